package edi835

import (
	"strconv"

	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12/codes"
)

// The description columns come at the end of a table and only with [CSVOptions.Describe].

func csvStatusDescription(set *codes.Set) csvtable.Field[csvClaim] {
	return csvtable.Cols(csvtable.Described("claim_status_code", "CLP02"), func(b []byte, r *csvClaim) []byte {
		return r.DescribeCol(b, set, "claim_status_clp", string(r.v.Status))
	})
}

// csvClaimDescriptions has none for facility_type_code: CLP08 does not tell a place of service from the type of bill.
func csvClaimDescriptions(set *codes.Set) []csvtable.Field[csvClaim] {
	return []csvtable.Field[csvClaim]{
		csvStatusDescription(set),
		csvtable.Cols(csvtable.Described("claim_filing_indicator", "CLP06"), func(b []byte, r *csvClaim) []byte {
			return r.DescribeCol(b, set, "claim_filing", r.v.FilingIndicator)
		}),
		csvtable.Cols(csvtable.Described("claim_frequency_code", "CLP09"), func(b []byte, r *csvClaim) []byte {
			return r.DescribeCol(b, set, "claim_freq", r.v.Frequency)
		}),
		csvtable.Col("claim_remark_codes_description", "MIA05, MIA20 to 23, MOA03 to 07", "Meanings of claim_remark_codes, a semicolon between two",
			func(b []byte, r *csvClaim) []byte {
				return csvMeanings(b, r.Quoter, set, r.remarks, r.scratch)
			}),
	}
}

func csvLineDescriptions(set *codes.Set) []csvtable.Field[csvLine] {
	return []csvtable.Field[csvLine]{
		csvtable.Cols(csvtable.Described("revenue_code", "SVC04, SVC01-2"), func(b []byte, r *csvLine) []byte {
			return r.DescribeCol(b, set, "revenue", r.revenueCode())
		}),
		csvtable.Col("remark_codes_description", "LQ*HE", "Meanings of remark_codes, a semicolon between two", func(b []byte, r *csvLine) []byte {
			return csvMeanings(b, r.Quoter, set, r.remarks, r.scratch)
		}),
	}
}

// csvMeanings appends the meanings of remark codes; a code without one stands for itself, so that the order shows.
func csvMeanings(b []byte, t csvtable.Quoter, set *codes.Set, remarks []string, scratch *[]byte) []byte {
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
	return t.Settle(b, start, scratch)
}

func csvAdjustmentDescriptions(set *codes.Set) []csvtable.Field[csvAdjustment] {
	return []csvtable.Field[csvAdjustment]{
		csvtable.Cols(csvtable.Described("group_code", "CAS01"), func(b []byte, r *csvAdjustment) []byte {
			return r.DescribeCol(b, set, "adj_group", r.group)
		}),
		csvtable.Cols(csvtable.Described("reason_code", "CAS02, PLB03-1"), func(b []byte, r *csvAdjustment) []byte {
			return r.DescribeCol(b, set, csvReasonList(r.level), r.reason)
		}),
	}
}

func csvReasonList(level csvLevel) string {
	if level == csvProviderLevel {
		return "plb_reason"
	}
	return "carc"
}

func csvProviderDescriptions(set *codes.Set) []csvtable.Field[csvAdjustment] {
	return []csvtable.Field[csvAdjustment]{
		csvtable.Cols(csvtable.Described("provider_adjustment_reason", "PLB03-1"), func(b []byte, r *csvAdjustment) []byte {
			return r.DescribeCol(b, set, "plb_reason", r.reason)
		}),
	}
}

// csvReasonDescriptions are the meanings of the numbered reasons of flat.
func csvReasonDescriptions[T any](level string, n int, set *codes.Set, from func(r *T) (csvtable.Quoter, []ts835.Adjustment)) csvtable.Field[T] {
	var cols []csvtable.Column
	for i := 1; i <= n; i++ {
		cols = append(cols, csvtable.Described(level+"_adj_"+strconv.Itoa(i)+"_reason", "CAS02")...)
	}
	blank := csvtable.Commas(n)
	return csvtable.Cols(cols, func(b []byte, r *T) []byte {
		t, list := from(r)
		seen := 0
		for i := range list {
			for k := range list[i].Entries {
				if e := &list[i].Entries[k]; !csvAbsent(e) && seen < n {
					b = t.DescribeCol(b, set, "carc", e.Reason)
					seen++
				}
			}
		}
		return append(b, blank[seen:]...)
	})
}
