// Package match ties remittances (835) to the claims they answer (837): which claim was paid, denied, taken back or not
// answered, when, why, and whether the sums agree.
//
// Vocabulary. A [Claim] is what is kept of a submitted claim, an [Answer] of a remittance claim (CLP). Every claim and every
// answer is in the [Result] once; an answer belongs to one claim at most. A [Role] says what an answer does: answer first,
// take back, correct, add a later payer's part. The answers that count for a claim in the end stand; a [State] says what
// came of the claim, an [Outcome] what the payer decided. Amounts of [Money] add up to the charge, to the cent.
//
//	m := match.NewMatcher(match.Options{})
//	err := m.ReadClaims(edi837.NewReader(claims), nil)
//	err = m.ReadRemittances(edi835.NewReader(remittances), nil)
//	result := m.Match()
//	fmt.Print(result.Report().Total.FirstPassRate())
//
// # Which claim an answer is for
//
// CLP01 is CLM01. Where several claims have that number, and where none has, the payer's number (CLP07, REF*F8), charge,
// dates, payer, and patient decide, in the order of [Basis]. A number that more than 64 claims share is none, and neither
// is one of zeros alone. A claim whose charge, dates and member all disagree is not taken, whatever its number. Where a
// weaker ground leaves a choice nothing is chosen. A reversal belongs where the answer it takes back belongs.
//
// Lines are tied within a claim and its answer, one to one, by REF*6R, else by procedure, modifiers, day and charge. Lines
// that the payer took apart (the same REF*6R, or SVC06) belong to the one that was billed.
//
// # What is there and what is not
//
// The order of files does not matter: matching begins when all are read. Claims are kept as keys and amounts, about 230
// bytes and 100 for each line; remittance claims as about 280, 150 for each line and 24 for each adjustment; the result adds
// about 120 for each and 16 for each line. Lists that grow have a quarter of room. Both are streamed: no claim or remittance
// is held whole. Names and birth dates are not kept. Submissions and payments that were read twice count once. Provider adjustments (PLB)
// are summed and tied to no claim.
package match
