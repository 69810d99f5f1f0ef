package edi835

import (
	"slices"

	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/internal/csvtable"
)

// Fields that stand in more than one table.
var (
	csvTraceField      = csvtable.Pick(csvPaymentFields, "trace_number")
	csvPaymentsFields  = slices.Concat(csvPaymentFields, csvBankFields)
	csvServiceClaim    = csvtable.Pick(csvClaimFields, "patient_control_number", "payer_claim_control_number", "claim_status_code")
	csvAdjustmentClaim = csvtable.Pick(csvClaimFields, "payer_claim_control_number", "patient_control_number")
	csvAdjustmentLine  = csvtable.Pick(csvLineFields, "line_item_control_number", "procedure_code")
)

// The columns of flat that tell its rows apart.
var csvRowColumns = []csvtable.Column{
	{Name: "row_type", Element: "keys", Meaning: "service; claim for a claim without lines; provider_adjustment"},
	{Name: "claim_row", Element: "keys", Meaning: "1 on the first row of a claim, 0 on its others: filter on 1 before adding up claim columns"},
}

// define makes the fields that depend on the options.
func (c *CSV) define() {
	n := c.o.adjustments()
	blank := csvtable.Commas(4 * n)
	c.claimTail = []csvtable.Field[csvClaim]{
		csvtable.Cols([]csvtable.Column{{Name: "claim_adjustments", Element: "2100 CAS",
			Meaning: "Adjustments at claim level as group:reason:amount[:quantity], a blank between two"}},
			func(b []byte, r *csvClaim) []byte { return csvPacked(b, r.Quoter, r.v.Adjustments, r.scratch) }),
		csvtable.Cols(csvNumberedColumns("claim", n), func(b []byte, r *csvClaim) []byte {
			return csvNumbered(b, r.Quoter, r.v.Adjustments, n, blank)
		}),
	}
	c.lineTail = []csvtable.Field[csvLine]{
		csvtable.Cols([]csvtable.Column{{Name: "service_adjustments", Element: "2110 CAS",
			Meaning: "Adjustments of the line as group:reason:amount[:quantity], a blank between two"}},
			func(b []byte, r *csvLine) []byte { return csvPacked(b, r.Quoter, r.v.Adjustments, r.scratch) }),
		csvtable.Cols(csvNumberedColumns("service", n), func(b []byte, r *csvLine) []byte {
			return csvNumbered(b, r.Quoter, r.v.Adjustments, n, blank)
		}),
		csvRemarkField,
	}
	if c.o.Describe {
		c.claimDescriptions = csvClaimDescriptions(c.o.Codes)
		c.lineDescriptions = csvLineDescriptions(c.o.Codes)
		if n > 0 {
			c.claimReasons = []csvtable.Field[csvClaim]{csvReasonDescriptions("claim", n, c.o.Codes,
				func(r *csvClaim) (csvtable.Quoter, []ts835.Adjustment) { return r.Quoter, r.v.Adjustments })}
			c.lineReasons = []csvtable.Field[csvLine]{csvReasonDescriptions("service", n, c.o.Codes,
				func(r *csvLine) (csvtable.Quoter, []ts835.Adjustment) { return r.Quoter, r.v.Adjustments })}
		}
	}
	c.blankPayment = csvtable.Commas(len(csvtable.Columns(csvPaymentFields)))
	c.blankHeader = csvtable.Commas(len(csvtable.Columns(csvHeaderFields)))
	c.blankClaim = csvtable.Commas(len(csvtable.Columns(csvClaimFields)) + len(csvtable.Columns(c.claimTail)))
	c.blankLine = csvtable.Commas(len(csvtable.Columns(csvLineFields)) + len(csvtable.Columns(c.lineTail)))
	c.blankProvider = csvtable.Commas(len(csvtable.Columns(csvProviderFields)))
	c.blankClaimDescriptions = csvtable.Commas(len(csvtable.Columns(c.claimDescriptions)) + len(csvtable.Columns(c.claimReasons)))
	c.blankLineDescriptions = csvtable.Commas(len(csvtable.Columns(c.lineDescriptions)) + len(csvtable.Columns(c.lineReasons)))
}

// parts returns the parts of a row of a table.
func (c *CSV) parts(kind int) []csvPart {
	keys := csvtable.NewPart(csvtable.Columns(csvKeyFields), func(w *CSVWorker, b []byte) []byte { return append(b, w.x.keys...) })
	claimSeq := csvtable.NewPart([]csvtable.Column{csvtable.ClaimSeq}, func(w *CSVWorker, b []byte) []byte { return csvtable.SeqCol(b, w.claimSeq) })
	serviceSeq := csvtable.NewPart([]csvtable.Column{csvtable.ServiceSeq}, func(w *CSVWorker, b []byte) []byte { return csvtable.SeqCol(b, int64(w.serviceSeq)) })
	switch kind {
	case csvClaims:
		return c.withClaimDescriptions([]csvPart{
			keys, claimSeq,
			csvtable.NewPart(csvtable.Columns(csvPaymentFields), func(w *CSVWorker, b []byte) []byte { return append(b, w.x.payment...) }),
			csvtable.NewPart(csvtable.Columns(csvHeaderFields), func(w *CSVWorker, b []byte) []byte { return append(b, w.x.header...) }),
			csvtable.NewPart(csvtable.Columns(csvClaimFields), func(w *CSVWorker, b []byte) []byte { return append(b, w.claimText...) }),
		})
	case csvServices:
		return c.serviceParts(keys, claimSeq, serviceSeq)
	case csvAdjustments:
		return c.adjustmentParts(keys, claimSeq, serviceSeq)
	case csvPayments:
		return []csvPart{
			keys,
			csvtable.NewPart(csvtable.Columns(csvPaymentsFields), func(w *CSVWorker, b []byte) []byte { return append(b, w.x.banks...) }),
			csvtable.NewPart(csvtable.Columns(csvTotalFields), func(w *CSVWorker, b []byte) []byte { return csvtable.Append(b, csvTotalFields, &w.closing) }),
		}
	}
	return c.flatParts(keys, claimSeq, serviceSeq)
}

func (c *CSV) withClaimDescriptions(parts []csvPart) []csvPart {
	if !c.o.Describe {
		return parts
	}
	return append(parts, csvtable.NewPart(csvtable.Columns(c.claimDescriptions), func(w *CSVWorker, b []byte) []byte {
		return append(b, w.claimMeanings...)
	}))
}

func (c *CSV) serviceParts(keys, claimSeq, serviceSeq csvPart) []csvPart {
	lead := slices.Concat(csvtable.Columns(csvServiceClaim), csvtable.Columns(csvTraceField))
	parts := []csvPart{
		keys, claimSeq, serviceSeq,
		csvtable.NewPart(lead, func(w *CSVWorker, b []byte) []byte { return append(b, w.serviceLead...) }),
		csvtable.NewPart(csvtable.Columns(csvLineFields), func(w *CSVWorker, b []byte) []byte { return append(b, w.line().text...) }),
	}
	if c.o.Describe {
		status := csvStatusDescription(c.o.Codes)
		parts = append(parts,
			csvtable.NewPart(status.Columns, func(w *CSVWorker, b []byte) []byte { return status.Add(b, &w.claim) }),
			csvtable.NewPart(csvtable.Columns(c.lineDescriptions), func(w *CSVWorker, b []byte) []byte { return append(b, w.line().meanings...) }))
	}
	return parts
}

func (c *CSV) adjustmentParts(keys, claimSeq, serviceSeq csvPart) []csvPart {
	lead := slices.Concat(csvtable.Columns(csvTraceField), csvtable.Columns(csvAdjustmentClaim), csvtable.Columns(csvAdjustmentLine))
	parts := []csvPart{
		keys, claimSeq, serviceSeq,
		csvtable.NewPart(csvtable.Columns(csvPlaceFields), func(w *CSVWorker, b []byte) []byte { return csvtable.Append(b, csvPlaceFields, &w.adjustment) }),
		csvtable.NewPart(lead, func(w *CSVWorker, b []byte) []byte { return append(b, w.adjustmentLead...) }),
		csvtable.NewPart(csvtable.Columns(csvAdjustmentFields), func(w *CSVWorker, b []byte) []byte {
			return csvtable.Append(b, csvAdjustmentFields, &w.adjustment)
		}),
	}
	if c.o.Describe {
		meanings := csvAdjustmentDescriptions(c.o.Codes)
		parts = append(parts, csvtable.NewPart(csvtable.Columns(meanings), func(w *CSVWorker, b []byte) []byte {
			return csvtable.Append(b, meanings, &w.adjustment)
		}))
	}
	return parts
}

// flatParts returns the parts of flat. A name that claim and line columns have in common gets the level in front.
func (c *CSV) flatParts(keys, claimSeq, serviceSeq csvPart) []csvPart {
	claim := csvtable.Columns(csvClaimFields)
	line := csvtable.Columns(csvLineFields)
	for i := range claim {
		for k := range line {
			if claim[i].Name == line[k].Name {
				claim[i].Name = "claim_" + claim[i].Name
				line[k].Name = "service_" + line[k].Name
				break
			}
		}
	}
	claim = slices.Concat(csvtable.Columns(csvPaymentFields), csvtable.Columns(csvHeaderFields), claim, csvtable.Columns(c.claimTail))
	parts := []csvPart{
		keys, claimSeq, serviceSeq,
		csvtable.NewPart(csvRowColumns, func(w *CSVWorker, b []byte) []byte { return append(b, w.rowType...) }),
		csvtable.NewPart(claim, func(w *CSVWorker, b []byte) []byte { return append(b, w.flatClaim...) }),
		csvtable.NewPart(append(line, csvtable.Columns(c.lineTail)...), func(w *CSVWorker, b []byte) []byte {
			if w.serviceSeq == 0 {
				return append(b, w.c.blankLine...)
			}
			return append(b, w.line().flat...)
		}),
		csvtable.NewPart(csvtable.Columns(csvProviderFields), func(w *CSVWorker, b []byte) []byte {
			if w.adjustment.plb == nil {
				return append(b, w.c.blankProvider...)
			}
			return csvtable.Append(b, csvProviderFields, &w.adjustment)
		}),
	}
	if !c.o.Describe {
		return parts
	}
	provider := csvProviderDescriptions(c.o.Codes)
	return append(parts,
		csvtable.NewPart(slices.Concat(csvtable.Columns(c.claimDescriptions), csvtable.Columns(c.claimReasons)), func(w *CSVWorker, b []byte) []byte {
			return append(b, w.flatMeanings...)
		}),
		csvtable.NewPart(slices.Concat(csvtable.Columns(c.lineDescriptions), csvtable.Columns(c.lineReasons)), func(w *CSVWorker, b []byte) []byte {
			if w.serviceSeq == 0 {
				return append(b, w.c.blankLineDescriptions...)
			}
			return append(b, w.line().flatMeanings...)
		}),
		csvtable.NewPart(csvtable.Columns(provider), func(w *CSVWorker, b []byte) []byte {
			if w.adjustment.plb == nil {
				return append(b, ',')
			}
			return csvtable.Append(b, provider, &w.adjustment)
		}))
}
