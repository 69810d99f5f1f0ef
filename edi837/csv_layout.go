package edi837

import (
	"slices"

	"github.com/x12-go/edi/internal/csvtable"
)

// Fields that stand in more than one table.
var (
	csvSetLead        = csvtable.Pick(csvSetFields, "kind")
	csvBillingLead    = csvtable.Pick(csvBillingFields, "billing_provider_npi")
	csvSubscriberLead = csvtable.Pick(csvSubscriberFields, "payer_id", "subscriber_id")
	csvClaimLead      = csvtable.Pick(csvClaimFields, "patient_control_number", "claim_frequency_code")
)

// csvDiagnosisSeq follows claim_seq in diagnoses.
var csvDiagnosisSeq = csvtable.Column{Name: "diagnosis_seq", Element: "keys", Meaning: "Ordinal of the row in the claim, 1 = first"}

// define makes what depends on the options.
func (c *CSV) define() {
	if c.o.Describe {
		c.subscriberMeanings = csvSubscriberDescriptions(c.o.Codes)
		c.patientMeanings = csvPatientDescriptions(c.o.Codes)
		c.claimMeanings = csvClaimDescriptions(c.o.Codes)
		c.lineMeanings = csvLineDescriptions(c.o.Codes)
	}
	c.blankBilling = csvBlank(csvBillingFields, csvBillingLead, nil)
	c.blankSubscriber = csvBlank(csvSubscriberFields, csvSubscriberLead, c.subscriberMeanings)
	c.blankPatient = csvBlank(csvPatientFields, nil, c.patientMeanings)
}

// csvBlank returns a level of empty values.
func csvBlank[T any](columns, lead, meanings []csvtable.Field[T]) *csvLevel {
	n, k := len(csvtable.Columns(columns)), len(csvtable.Columns(lead))
	return &csvLevel{b: []byte(csvtable.Commas(n + k + len(csvtable.Columns(meanings)))), lead: n, meanings: n + k}
}

// parts returns the parts of a row of a table.
func (c *CSV) parts(kind int) []csvPart {
	parts := []csvPart{
		csvtable.NewPart(csvtable.Columns(csvKeyFields), func(w *CSVWorker, b []byte) []byte { return append(b, w.x.set.keys...) }),
		csvtable.NewPart([]csvtable.Column{csvtable.ClaimSeq}, func(w *CSVWorker, b []byte) []byte { return csvtable.IntCol(b, w.claimSeq) }),
	}
	switch kind {
	case csvClaims:
		return append(parts, c.claimParts()...)
	case csvServices:
		return append(parts, c.serviceParts()...)
	}
	return append(parts, c.diagnosisParts()...)
}

func (c *CSV) claimParts() []csvPart {
	above := slices.Concat(csvtable.Columns(csvSetFields), csvtable.Columns(csvBillingFields),
		csvtable.Columns(csvSubscriberFields), csvtable.Columns(csvPatientFields))
	parts := []csvPart{
		csvtable.NewPart(above, func(w *CSVWorker, b []byte) []byte {
			x := w.x
			b = append(append(b, x.set.own.columnText()...), x.billing.columnText()...)
			return append(append(b, x.subscriber.columnText()...), x.patient.columnText()...)
		}),
		csvtable.NewPart(csvtable.Columns(csvClaimFields), func(w *CSVWorker, b []byte) []byte {
			return csvtable.Append(b, csvClaimFields, &w.claim)
		}),
	}
	if c.o.Describe {
		above := slices.Concat(csvtable.Columns(c.subscriberMeanings), csvtable.Columns(c.patientMeanings))
		parts = append(parts,
			csvtable.NewPart(above, func(w *CSVWorker, b []byte) []byte {
				return append(append(b, w.x.subscriber.meaningText()...), w.x.patient.meaningText()...)
			}),
			csvtable.NewPart(csvtable.Columns(c.claimMeanings), func(w *CSVWorker, b []byte) []byte {
				return csvtable.Append(b, w.c.claimMeanings, &w.claim)
			}))
	}
	return parts
}

// lead returns the columns that services and diagnoses have of what is above them.
func (c *CSV) lead() csvPart {
	cols := slices.Concat(csvtable.Columns(csvSetLead), csvtable.Columns(csvBillingLead),
		csvtable.Columns(csvSubscriberLead), csvtable.Columns(csvClaimLead))
	return csvtable.NewPart(cols, func(w *CSVWorker, b []byte) []byte { return append(b, w.lead...) })
}

func (c *CSV) serviceParts() []csvPart {
	parts := []csvPart{
		csvtable.NewPart([]csvtable.Column{csvtable.ServiceSeq}, func(w *CSVWorker, b []byte) []byte { return csvtable.IntCol(b, w.seq) }),
		c.lead(),
		csvtable.NewPart(csvtable.Columns(csvLineFields), func(w *CSVWorker, b []byte) []byte {
			return csvtable.Append(b, csvLineFields, &w.line)
		}),
	}
	if c.o.Describe {
		parts = append(parts, csvtable.NewPart(csvtable.Columns(c.lineMeanings), func(w *CSVWorker, b []byte) []byte {
			return csvtable.Append(b, w.c.lineMeanings, &w.line)
		}))
	}
	return parts
}

func (c *CSV) diagnosisParts() []csvPart {
	return []csvPart{
		csvtable.NewPart([]csvtable.Column{csvDiagnosisSeq}, func(w *CSVWorker, b []byte) []byte { return csvtable.IntCol(b, w.seq) }),
		c.lead(),
		csvtable.NewPart(csvtable.Columns(csvDiagnosisFields), func(w *CSVWorker, b []byte) []byte {
			return csvtable.Append(b, csvDiagnosisFields, &w.diagnosis)
		}),
	}
}
