// Package ach turns the payments of 835s into NACHA files a bank accepts, and reads NACHA files back.
//
// Vocabulary. A payment is one transaction set 835: one BPR, one TRN, one payee. An entry is the record of a NACHA file
// that moves its money, an addenda the record behind it that carries the TRN. A payment is taken (an entry is written),
// skipped (it is none of the bank's business: a check, a wire, nothing to pay) or refused (it should be paid by ACH, but
// something about it is wrong or doubtful). A [Reason] is the stable word for why.
//
//	config, err := ach.ReadConfig(f)
//	run, err := ach.Convert(remittances, config, ach.Options{})
//	names, err := run.Release("payments.ach", nil)
//	err = run.WriteReport(os.Stderr, "text")
//
// The health care standard is CCD with exactly one addenda record of type 05 that holds the TRN segment, in a batch whose
// description is HCCLAIMPMT. A payment whose 835 says that money and remittance travel together may be a CTX entry
// instead, with the whole 835 in its addenda; that is protected health information in the hands of every bank on the way
// and never done unless Options.CTX asks for it.
//
// The worst failures are paying twice and paying wrong, so nothing is guessed or cut that decides who gets how much, and
// a [State] remembers across runs what was paid. [Run.Release] says how that survives a crash. What was written is read
// back from the bytes on disk, and compared, before it gets its name.
//
// A [Reader] reads any NACHA file entry by entry, returns and notifications of change too.
//
// What it does not do: debits, balanced files with an offset entry, IAT entries to foreign banks, sending anything.
package ach
