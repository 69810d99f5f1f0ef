package edi835

import (
	"slices"

	"github.com/x12-go/edi/edi835/ts835"
)

// Fields that stand in more than one table.
var (
	csvTraceField      = csvPick(csvPaymentFields, "trace_number")
	csvPaymentsFields  = slices.Concat(csvPaymentFields, csvBankFields)
	csvServiceClaim    = csvPick(csvClaimFields, "patient_control_number", "payer_claim_control_number", "claim_status_code")
	csvAdjustmentClaim = csvPick(csvClaimFields, "payer_claim_control_number", "patient_control_number")
	csvAdjustmentLine  = csvPick(csvLineFields, "line_item_control_number", "procedure_code")
)

// The columns of flat that tell its rows apart.
var csvRowColumns = []Column{
	{Name: "row_type", Element: "keys", Meaning: "service; claim for a claim without lines; provider_adjustment"},
	{Name: "claim_row", Element: "keys", Meaning: "1 on the first row of a claim, 0 on its others: filter on 1 before adding up claim columns"},
}

// define makes the fields that depend on the options.
func (c *CSV) define() {
	n := c.o.adjustments()
	blank := csvCommas(4 * n)
	c.claimTail = []csvField[csvClaim]{
		csvCols([]Column{{Name: "claim_adjustments", Element: "2100 CAS",
			Meaning: "Adjustments at claim level as group:reason:amount[:quantity], a blank between two"}},
			func(b []byte, r *csvClaim) []byte { return csvPacked(b, r.csvText, r.v.Adjustments, r.scratch) }),
		csvCols(csvNumberedColumns("claim", n), func(b []byte, r *csvClaim) []byte {
			return csvNumbered(b, r.csvText, r.v.Adjustments, n, blank)
		}),
	}
	c.lineTail = []csvField[csvLine]{
		csvCols([]Column{{Name: "service_adjustments", Element: "2110 CAS",
			Meaning: "Adjustments of the line as group:reason:amount[:quantity], a blank between two"}},
			func(b []byte, r *csvLine) []byte { return csvPacked(b, r.csvText, r.v.Adjustments, r.scratch) }),
		csvCols(csvNumberedColumns("service", n), func(b []byte, r *csvLine) []byte {
			return csvNumbered(b, r.csvText, r.v.Adjustments, n, blank)
		}),
		csvRemarkField,
	}
	if c.o.Describe {
		c.claimDescriptions = csvClaimDescriptions(c.o.Codes)
		c.lineDescriptions = csvLineDescriptions(c.o.Codes)
		if n > 0 {
			c.claimReasons = []csvField[csvClaim]{csvReasonDescriptions("claim", n, c.o.Codes,
				func(r *csvClaim) (csvText, []ts835.Adjustment) { return r.csvText, r.v.Adjustments })}
			c.lineReasons = []csvField[csvLine]{csvReasonDescriptions("service", n, c.o.Codes,
				func(r *csvLine) (csvText, []ts835.Adjustment) { return r.csvText, r.v.Adjustments })}
		}
	}
	c.blankPayment = csvCommas(len(csvFieldColumns(csvPaymentFields)))
	c.blankHeader = csvCommas(len(csvFieldColumns(csvHeaderFields)))
	c.blankClaim = csvCommas(len(csvFieldColumns(csvClaimFields)) + len(csvFieldColumns(c.claimTail)))
	c.blankLine = csvCommas(len(csvFieldColumns(csvLineFields)) + len(csvFieldColumns(c.lineTail)))
	c.blankProvider = csvCommas(len(csvFieldColumns(csvProviderFields)))
	c.blankClaimDescriptions = csvCommas(len(csvFieldColumns(c.claimDescriptions)) + len(csvFieldColumns(c.claimReasons)))
	c.blankLineDescriptions = csvCommas(len(csvFieldColumns(c.lineDescriptions)) + len(csvFieldColumns(c.lineReasons)))
}

// parts returns the parts of a row of a table.
func (c *CSV) parts(kind int) []csvPart {
	keys := csvPart{csvFieldColumns(csvKeyFields), func(w *CSVWorker, b []byte) []byte { return append(b, w.x.keys...) }}
	claimSeq := csvPart{[]Column{csvClaimSeq}, func(w *CSVWorker, b []byte) []byte { return csvSeq(b, w.claimSeq) }}
	serviceSeq := csvPart{[]Column{csvServiceSeq}, func(w *CSVWorker, b []byte) []byte { return csvSeq(b, int64(w.serviceSeq)) }}
	switch kind {
	case csvClaims:
		return c.withClaimDescriptions([]csvPart{
			keys, claimSeq,
			{csvFieldColumns(csvPaymentFields), func(w *CSVWorker, b []byte) []byte { return append(b, w.x.payment...) }},
			{csvFieldColumns(csvHeaderFields), func(w *CSVWorker, b []byte) []byte { return append(b, w.x.header...) }},
			{csvFieldColumns(csvClaimFields), func(w *CSVWorker, b []byte) []byte { return append(b, w.claimText...) }},
		})
	case csvServices:
		return c.serviceParts(keys, claimSeq, serviceSeq)
	case csvAdjustments:
		return c.adjustmentParts(keys, claimSeq, serviceSeq)
	case csvPayments:
		return []csvPart{
			keys,
			{csvFieldColumns(csvPaymentsFields), func(w *CSVWorker, b []byte) []byte { return append(b, w.x.banks...) }},
			{csvFieldColumns(csvTotalFields), func(w *CSVWorker, b []byte) []byte { return csvAppendFields(b, csvTotalFields, &w.closing) }},
		}
	}
	return c.flatParts(keys, claimSeq, serviceSeq)
}

// csvSeq appends an ordinal, nothing for 0, and a comma.
func csvSeq(b []byte, n int64) []byte {
	if n == 0 {
		return append(b, ',')
	}
	return csvInt(b, n)
}

func (c *CSV) withClaimDescriptions(parts []csvPart) []csvPart {
	if !c.o.Describe {
		return parts
	}
	return append(parts, csvPart{csvFieldColumns(c.claimDescriptions), func(w *CSVWorker, b []byte) []byte {
		return append(b, w.claimMeanings...)
	}})
}

func (c *CSV) serviceParts(keys, claimSeq, serviceSeq csvPart) []csvPart {
	lead := slices.Concat(csvFieldColumns(csvServiceClaim), csvFieldColumns(csvTraceField))
	parts := []csvPart{
		keys, claimSeq, serviceSeq,
		{lead, func(w *CSVWorker, b []byte) []byte { return append(b, w.serviceLead...) }},
		{csvFieldColumns(csvLineFields), func(w *CSVWorker, b []byte) []byte { return append(b, w.line().text...) }},
	}
	if c.o.Describe {
		status := csvStatusDescription(c.o.Codes)
		parts = append(parts,
			csvPart{status.cols, func(w *CSVWorker, b []byte) []byte { return status.add(b, &w.claim) }},
			csvPart{csvFieldColumns(c.lineDescriptions), func(w *CSVWorker, b []byte) []byte { return append(b, w.line().meanings...) }})
	}
	return parts
}

func (c *CSV) adjustmentParts(keys, claimSeq, serviceSeq csvPart) []csvPart {
	lead := slices.Concat(csvFieldColumns(csvTraceField), csvFieldColumns(csvAdjustmentClaim), csvFieldColumns(csvAdjustmentLine))
	parts := []csvPart{
		keys, claimSeq, serviceSeq,
		{csvFieldColumns(csvPlaceFields), func(w *CSVWorker, b []byte) []byte { return csvAppendFields(b, csvPlaceFields, &w.adjustment) }},
		{lead, func(w *CSVWorker, b []byte) []byte { return append(b, w.adjustmentLead...) }},
		{csvFieldColumns(csvAdjustmentFields), func(w *CSVWorker, b []byte) []byte {
			return csvAppendFields(b, csvAdjustmentFields, &w.adjustment)
		}},
	}
	if c.o.Describe {
		meanings := csvAdjustmentDescriptions(c.o.Codes)
		parts = append(parts, csvPart{csvFieldColumns(meanings), func(w *CSVWorker, b []byte) []byte {
			return csvAppendFields(b, meanings, &w.adjustment)
		}})
	}
	return parts
}

// flatParts returns the parts of flat. A name that claim and line columns have in common gets the level in front.
func (c *CSV) flatParts(keys, claimSeq, serviceSeq csvPart) []csvPart {
	claim := csvFieldColumns(csvClaimFields)
	line := csvFieldColumns(csvLineFields)
	for i := range claim {
		for k := range line {
			if claim[i].Name == line[k].Name {
				claim[i].Name = "claim_" + claim[i].Name
				line[k].Name = "service_" + line[k].Name
				break
			}
		}
	}
	claim = slices.Concat(csvFieldColumns(csvPaymentFields), csvFieldColumns(csvHeaderFields), claim, csvFieldColumns(c.claimTail))
	parts := []csvPart{
		keys, claimSeq, serviceSeq,
		{csvRowColumns, func(w *CSVWorker, b []byte) []byte { return append(b, w.rowType...) }},
		{claim, func(w *CSVWorker, b []byte) []byte { return append(b, w.flatClaim...) }},
		{append(line, csvFieldColumns(c.lineTail)...), func(w *CSVWorker, b []byte) []byte {
			if w.serviceSeq == 0 {
				return append(b, w.c.blankLine...)
			}
			return append(b, w.line().flat...)
		}},
		{csvFieldColumns(csvProviderFields), func(w *CSVWorker, b []byte) []byte {
			if w.adjustment.plb == nil {
				return append(b, w.c.blankProvider...)
			}
			return csvAppendFields(b, csvProviderFields, &w.adjustment)
		}},
	}
	if !c.o.Describe {
		return parts
	}
	provider := csvProviderDescriptions(c.o.Codes)
	return append(parts,
		csvPart{slices.Concat(csvFieldColumns(c.claimDescriptions), csvFieldColumns(c.claimReasons)), func(w *CSVWorker, b []byte) []byte {
			return append(b, w.flatMeanings...)
		}},
		csvPart{slices.Concat(csvFieldColumns(c.lineDescriptions), csvFieldColumns(c.lineReasons)), func(w *CSVWorker, b []byte) []byte {
			if w.serviceSeq == 0 {
				return append(b, w.c.blankLineDescriptions...)
			}
			return append(b, w.line().flatMeanings...)
		}},
		csvPart{csvFieldColumns(provider), func(w *CSVWorker, b []byte) []byte {
			if w.adjustment.plb == nil {
				return append(b, ',')
			}
			return csvAppendFields(b, provider, &w.adjustment)
		}})
}
