// Package deposit ties the payments that 835s announce to the money that came into the bank.
//
// Vocabulary. A [Payment] is one 835 as far as money goes: amount, date, trace number, payer. An [Entry] is one line of the
// bank: of a NACHA file ([NewNACHAReader]), a BAI2 file ([NewBAI2Reader]) or a statement in CSV ([NewStatementReader]); [Open]
// tells these apart. Entries that bring money are deposits. A [Link] says what became of payments and entries that belong
// together: every payment and every entry is in exactly one link.
//
//	m := deposit.NewMatcher(deposit.Options{})
//	for {
//		p, err := payments.Next() // and likewise entries, with AddEntry
//		...
//		m.AddPayment(p)
//	}
//	result := m.Match()
//
// # Tiers
//
//	1  TRN02, TRN03 and amount are equal                            matched
//	2  TRN02 and amount are equal; TRN03 is missing, or differs,
//	   or TRN02 is equal but for leading zeros                      matched, and the basis says so
//	3  TRN02 is equal, the amount is not                            amount mismatch: both stay open
//	4  the trace stands in the text of the entry; or payer, amount
//	   and day agree; or sums do (one deposit for several 835s, and
//	   the reverse)                                                 suggested
//	5  amount and day agree, payer or trace cannot be told          suggested
//
// Only the first two are matches. A suggestion is made where there is no other choice on either side, and a person
// has to confirm it; where there is a choice nothing is suggested and the basis of the open links is [Ambiguous]. Days are
// near within [Options.Window] business days of the Federal Reserve.
//
// # What is there and what is not
//
// Memory grows with payments and entries, not with claims. Names of payers are compared in upper case without
// punctuation, and as cut to the 16 characters of a NACHA batch header. A deposit of checks of several payers is not taken
// apart. Money in another currency than US dollars takes no part.
package deposit
