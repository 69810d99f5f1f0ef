package edi835

import (
	"strconv"

	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12/codes"
)

// The description columns come at the end of a table and only with [CSVOptions.Describe].

// csvDescribed names the column that describes the column of a code.
func csvDescribed(name, element string) []Column {
	return []Column{{Name: name + "_description", Element: element, Meaning: "Meaning of " + name}}
}

// describe appends the meaning of a code and a comma.
func (t csvText) describe(b []byte, set *codes.Set, list, code string) []byte {
	if code == "" {
		return append(b, ',')
	}
	return t.col(b, set.Describe(list, code))
}

func csvStatusDescription(set *codes.Set) csvField[csvClaim] {
	return csvCols(csvDescribed("claim_status_code", "CLP02"), func(b []byte, r *csvClaim) []byte {
		return r.describe(b, set, "claim_status_clp", string(r.v.Status))
	})
}

// csvClaimDescriptions has none for facility_type_code: CLP08 does not tell a place of service from the type of bill.
func csvClaimDescriptions(set *codes.Set) []csvField[csvClaim] {
	return []csvField[csvClaim]{
		csvStatusDescription(set),
		csvCols(csvDescribed("claim_filing_indicator", "CLP06"), func(b []byte, r *csvClaim) []byte {
			return r.describe(b, set, "claim_filing", r.v.FilingIndicator)
		}),
		csvCols(csvDescribed("claim_frequency_code", "CLP09"), func(b []byte, r *csvClaim) []byte {
			return r.describe(b, set, "claim_freq", r.v.Frequency)
		}),
		csvCol("claim_remark_codes_description", "MIA05, MIA20 to 23, MOA03 to 07", "Meanings of claim_remark_codes, a semicolon between two",
			func(b []byte, r *csvClaim) []byte {
				return csvMeanings(b, r.csvText, set, r.remarks, r.scratch)
			}),
	}
}

func csvLineDescriptions(set *codes.Set) []csvField[csvLine] {
	return []csvField[csvLine]{
		csvCols(csvDescribed("revenue_code", "SVC04, SVC01-2"), func(b []byte, r *csvLine) []byte {
			return r.describe(b, set, "revenue", r.revenueCode())
		}),
		csvCol("remark_codes_description", "LQ*HE", "Meanings of remark_codes, a semicolon between two", func(b []byte, r *csvLine) []byte {
			return csvMeanings(b, r.csvText, set, r.remarks, r.scratch)
		}),
	}
}

// csvMeanings appends the meanings of remark codes; a code without one stands for itself, so that the order shows.
func csvMeanings(b []byte, t csvText, set *codes.Set, remarks []string, scratch *[]byte) []byte {
	start := len(b)
	for _, code := range remarks {
		if code == "" {
			continue
		}
		if len(b) > start {
			b = append(b, "; "...)
		}
		if d := set.Describe("rarc", code); d != "" {
			code = d
		}
		b = append(b, code...)
	}
	return t.settle(b, start, scratch)
}

func csvAdjustmentDescriptions(set *codes.Set) []csvField[csvAdjustment] {
	return []csvField[csvAdjustment]{
		csvCols(csvDescribed("group_code", "CAS01"), func(b []byte, r *csvAdjustment) []byte {
			return r.describe(b, set, "adj_group", r.group)
		}),
		csvCols(csvDescribed("reason_code", "CAS02, PLB03-1"), func(b []byte, r *csvAdjustment) []byte {
			return r.describe(b, set, csvReasonList(r.level), r.reason)
		}),
	}
}

func csvReasonList(level csvLevel) string {
	if level == csvProviderLevel {
		return "plb_reason"
	}
	return "carc"
}

func csvProviderDescriptions(set *codes.Set) []csvField[csvAdjustment] {
	return []csvField[csvAdjustment]{
		csvCols(csvDescribed("provider_adjustment_reason", "PLB03-1"), func(b []byte, r *csvAdjustment) []byte {
			return r.describe(b, set, "plb_reason", r.reason)
		}),
	}
}

// csvReasonDescriptions are the meanings of the numbered reasons of flat.
func csvReasonDescriptions[T any](level string, n int, set *codes.Set, from func(r *T) (csvText, []ts835.Adjustment)) csvField[T] {
	var cols []Column
	for i := 1; i <= n; i++ {
		cols = append(cols, csvDescribed(level+"_adj_"+strconv.Itoa(i)+"_reason", "CAS02")...)
	}
	blank := csvCommas(n)
	return csvCols(cols, func(b []byte, r *T) []byte {
		t, list := from(r)
		seen := 0
		for i := range list {
			for k := range list[i].Entries {
				if e := &list[i].Entries[k]; !csvAbsent(e) && seen < n {
					b = t.describe(b, set, "carc", e.Reason)
					seen++
				}
			}
		}
		return append(b, blank[seen:]...)
	})
}
