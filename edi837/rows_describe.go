package edi837

import (
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12/codes"
)

// The description columns come at the end of a table and only with [CSVOptions.Describe].

// describe is DescribeCol for what stands above the claims.
func (r *csvAbove) describe(b []byte, set *codes.Set, list, code string) []byte {
	return r.DescribeCol(b, set, list, csvShort(code))
}

func csvSubscriberDescriptions(set *codes.Set) []csvtable.Field[csvSubscriber] {
	return []csvtable.Field[csvSubscriber]{
		csvtable.Cols(csvtable.Described("payer_responsibility", "2000B SBR01"), func(b []byte, r *csvSubscriber) []byte {
			return r.describe(b, set, "payer_resp", r.v.Responsibility)
		}),
		csvtable.Cols(csvtable.Described("insurance_type", "2000B SBR05"), func(b []byte, r *csvSubscriber) []byte {
			return r.describe(b, set, "insurance_type", r.v.InsuranceType)
		}),
		csvtable.Cols(csvtable.Described("claim_filing_indicator", "2000B SBR09"), func(b []byte, r *csvSubscriber) []byte {
			return r.describe(b, set, "claim_filing", r.v.FilingIndicator)
		}),
	}
}

func csvPatientDescriptions(set *codes.Set) []csvtable.Field[csvPatient] {
	return []csvtable.Field[csvPatient]{
		csvtable.Cols(csvtable.Described("patient_relationship", "2000C PAT01, 2000B SBR02"), func(b []byte, r *csvPatient) []byte {
			return r.describe(b, set, "relationship", r.relationship)
		}),
	}
}

func csvClaimDescriptions(set *codes.Set) []csvtable.Field[csvClaim] {
	described := func(name, element, list string, code func(r *csvClaim) string) csvtable.Field[csvClaim] {
		return csvtable.Cols(csvtable.Described(name, element), func(b []byte, r *csvClaim) []byte {
			return r.DescribeCol(b, set, list, code(r))
		})
	}
	admission := func(name, element, list string, code func(r *csvClaim) string) csvtable.Field[csvClaim] {
		return described(name, element, list, func(r *csvClaim) string {
			if r.v.Admission == nil {
				return ""
			}
			return code(r)
		})
	}
	return []csvtable.Field[csvClaim]{
		csvtable.Cols(csvtable.Described("facility_type_code", "CLM05-1"), func(b []byte, r *csvClaim) []byte {
			list := "pos"
			if r.kind == Institutional {
				list = "facility_type"
			}
			return r.DescribeCol(b, set, list, r.v.Facility.Type)
		}),
		described("claim_frequency_code", "CLM05-3", "claim_freq", func(r *csvClaim) string { return r.v.Facility.Frequency }),
		described("assignment_code", "CLM07", "assignment", func(r *csvClaim) string { return r.v.Assignment }),
		described("release_of_information", "CLM09", "release_info", func(r *csvClaim) string { return r.v.ReleaseOfInformation }),
		described("special_program", "CLM12", "special_program", func(r *csvClaim) string { return r.v.SpecialProgram }),
		described("delay_reason", "CLM20", "delay_reason", func(r *csvClaim) string { return r.v.DelayReason }),
		admission("admission_type", "CL101", "admission_type", func(r *csvClaim) string { return r.v.Admission.Type }),
		admission("admission_source", "CL102", "admission_source", func(r *csvClaim) string { return r.v.Admission.Source }),
		admission("patient_status", "CL103", "discharge_status", func(r *csvClaim) string { return r.v.Admission.PatientStatus }),
		described("contract_type", "CN101", "contract_type", func(r *csvClaim) string {
			if r.v.Contract == nil {
				return ""
			}
			return r.v.Contract.Type
		}),
		described("service_authorization_exception", "REF*4N", "auth_exception", func(r *csvClaim) string { return r.v.ServiceAuthorizationException }),
		described("pricing_methodology", "HCP01", "pricing_method", func(r *csvClaim) string {
			if r.v.Pricing == nil {
				return ""
			}
			return r.v.Pricing.Methodology
		}),
	}
}

func csvLineDescriptions(set *codes.Set) []csvtable.Field[csvLine] {
	return []csvtable.Field[csvLine]{
		csvtable.Cols(csvtable.Described("revenue_code", "SV201"), func(b []byte, r *csvLine) []byte {
			if r.v.Institutional == nil {
				return append(b, ',')
			}
			return r.DescribeCol(b, set, "revenue", r.v.Institutional.RevenueCode)
		}),
		csvtable.Cols(csvtable.Described("place_of_service", "SV105, SV303, CLM05-1"), func(b []byte, r *csvLine) []byte {
			return r.DescribeCol(b, set, "pos", r.found.place)
		}),
		csvtable.Cols(csvtable.Described("pricing_methodology", "2400 HCP01"), func(b []byte, r *csvLine) []byte {
			if r.v.Pricing == nil {
				return append(b, ',')
			}
			return r.DescribeCol(b, set, "pricing_method", r.v.Pricing.Methodology)
		}),
	}
}
