package edi834

import (
	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12/codes"
)

// csvCoverage is what the columns of a coverage are written from.
type csvCoverage struct {
	csvCell
	v *ts834.HealthCoverage
}

// csvCoverageText is a column with a text of the coverage.
func csvCoverageText(name, element, meaning string, of func(*ts834.HealthCoverage) string) csvtable.Field[csvCoverage] {
	return csvtable.Col(name, element, meaning, func(b []byte, r *csvCoverage) []byte { return r.Text(b, of(r.v)) })
}

var csvCoverageReferences = []csvQualified{
	{"coverage_client_reporting_category", "17", "Category the sponsor reports the coverage under"},
	{"policy_number", "1L", "Group or policy number of the coverage"},
	{"payment_category", "9V", "Payment category"},
	{"contract_class", "CE", "Class of contract"},
	{"service_contract_number", "E8", "Service contract"},
	{"medical_assistance_category", "M7", "Category of medical assistance"},
	{"program_number", "PID", "Program"},
	{"rate_code", "RB", "Rate code"},
	{"internal_control_number", "X9", "Internal control number"},
	{"issuer_number", "XM", "Issuer"},
	{"special_program_code", "XX1", "Special program"},
	{"service_area_code", "XX2", "Service area"},
	{"county_code", "ZX", "County"},
	{"coverage_mutually_defined_id", "ZZ", "Number both sides agreed on"},
}

// role returns the first provider of a role.
func (r *csvCoverage) role(role string) *ts834.Provider {
	for i := range r.v.Providers {
		if r.v.Providers[i].Role == role {
			return &r.v.Providers[i]
		}
	}
	return nil
}

var csvCoverageFields = []csvtable.Field[csvCoverage]{
	csvCoverageText("coverage_maintenance_type_code", "HD01", "001 change, 002 delete, 021 addition, 024 termination, 025 reinstatement, 026 correction, 030 compare", func(v *ts834.HealthCoverage) string { return v.MaintenanceType }),
	csvCoverageText("insurance_line_code", "HD03", "HLT health, DEN dental, VIS vision, ...", func(v *ts834.HealthCoverage) string { return v.InsuranceLine }),
	csvCoverageText("plan_description", "HD04", "Plan, in the words or codes of the sponsor", func(v *ts834.HealthCoverage) string { return v.PlanDescription }),
	csvCoverageText("coverage_level_code", "HD05", "EMP employee only, FAM family, ...", func(v *ts834.HealthCoverage) string { return v.CoverageLevel }),
	csvCoverageText("late_enrollment", "HD09", "Y or N", func(v *ts834.HealthCoverage) string { return v.LateEnrollment }),
	csvtable.Cols([]csvtable.Column{
		{Name: "benefit_begin_date", Element: "DTP*348", Meaning: "First day of the benefit"},
		{Name: "benefit_end_date", Element: "DTP*349, DTP*348", Meaning: "Last day of the benefit: of DTP*349, else the end of a DTP*348 that is a range"},
	}, func(b []byte, r *csvCoverage) []byte {
		begin, end := csvPeriod(r.v.Dates, "348"), csvPeriod(r.v.Dates, "349").Last()
		if end.IsZero() {
			end = begin.To
		}
		return csvtable.DateCol(csvtable.DateCol(b, begin.First()), end)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "coverage_maintenance_effective_date", Element: "DTP*303", Meaning: "Day from which the change holds"},
		{Name: "coverage_enrollment_signed_date", Element: "DTP*300", Meaning: "Day the enrollment was signed"},
		{Name: "premium_paid_to_date", Element: "DTP*343", Meaning: "Last day the premium is paid for"},
		{Name: "last_premium_paid_date", Element: "DTP*543", Meaning: "Day the premium was last paid"},
		{Name: "previous_period_from", Element: "DTP*695", Meaning: "First day of the period of before"},
		{Name: "previous_period_to", Element: "DTP*695", Meaning: "Last day of it"},
	}, func(b []byte, r *csvCoverage) []byte {
		b = csvtable.DateCol(b, csvPeriod(r.v.Dates, "303").First())
		b = csvtable.DateCol(b, csvPeriod(r.v.Dates, "300").First())
		b = csvtable.DateCol(b, csvPeriod(r.v.Dates, "343").Last())
		b = csvtable.DateCol(b, csvPeriod(r.v.Dates, "543").First())
		before := csvPeriod(r.v.Dates, "695")
		return csvtable.DateCol(csvtable.DateCol(b, before.First()), before.Last())
	}),
	csvtable.Cols(csvColumns("AMT", csvAmounts), func(b []byte, r *csvCoverage) []byte { return csvAmountCols(b, r.v.Amounts) }),
	csvtable.Cols(csvColumns("REF", csvCoverageReferences), func(b []byte, r *csvCoverage) []byte {
		return r.refs(b, csvCoverageReferences, r.v.PolicyNumbers)
	}),
	csvCoverageText("prior_coverage_months", "REF*QQ", "Months of coverage before that count", func(v *ts834.HealthCoverage) string { return v.PriorCoverageMonths }),
	csvtable.Col("id_cards", "IDC", "Cards to send as type:count:action", func(b []byte, r *csvCoverage) []byte {
		start := len(b)
		for i := range r.v.IDCards {
			v := &r.v.IDCards[i]
			b = append(packed(b, start, " "), v.Type...)
			if v.Count.Set() || v.Action != "" {
				b = append(b, ':')
				if v.Count.Set() {
					b = csvtable.Plain(b, v.Count)
				}
			}
			if v.Action != "" {
				b = append(append(b, ':'), v.Action...)
			}
		}
		return r.Settle(b, start, r.scratch)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "primary_care_provider_name", Element: "2310*P3 NM103 to NM107", Meaning: "Primary care provider: organization, or last, first middle suffix"},
		{Name: "primary_care_provider_npi", Element: "2310*P3 NM109", Meaning: "NPI of that provider"},
		{Name: "primary_care_provider_id", Element: "2310*P3 NM109", Meaning: "Id of that provider, of any kind"},
		{Name: "primary_care_provider_id_qualifier", Element: "2310*P3 NM108", Meaning: "XX NPI, FI tax id, SV number of the payer, 34 social security number"},
		{Name: "primary_care_relationship_code", Element: "2310*P3 NM110", Meaning: "25 established patient, 26 not established, 72 unknown"},
		{Name: "primary_care_change_date", Element: "2310*P3 PLA03", Meaning: "Day from which it is this provider"},
		{Name: "primary_care_change_reason_code", Element: "2310*P3 PLA05", Meaning: "Why it changes"},
	}, func(b []byte, r *csvCoverage) []byte {
		v := r.role("P3")
		if v == nil {
			return append(b, ",,,,,,,"...)
		}
		b = append(r.Name(b, v.Last, v.First, v.Middle, v.Suffix, r.scratch), ',')
		npi := ""
		if v.IDQualifier == "XX" {
			npi = v.ID
		}
		b = r.cols(b, npi, v.ID, v.IDQualifier, v.Relationship)
		if v.Change == nil {
			return append(b, ",,"...)
		}
		return r.Col(csvtable.DateCol(b, v.Change.EffectiveDate), v.Change.Reason)
	}),
	csvtable.Cols([]csvtable.Column{{Name: "provider_count", Element: "2310 LX", Meaning: "Number of providers"}},
		func(b []byte, r *csvCoverage) []byte { return csvtable.IntCol(b, int64(len(r.v.Providers))) }),
	csvtable.Col("providers", "2310 NM101, NM109", "Providers as role:id", func(b []byte, r *csvCoverage) []byte {
		start := len(b)
		for i := range r.v.Providers {
			b = joined(packed(b, start, " "), r.v.Providers[i].Role, r.v.Providers[i].ID)
		}
		return r.Settle(b, start, r.scratch)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "other_insurance_count", Element: "COB", Meaning: "Number of other insurances"},
		{Name: "other_insurance_responsibility_code", Element: "COB01", Meaning: "First other insurance: P primary, S secondary, T tertiary, U unknown"},
		{Name: "other_insurance_policy_number", Element: "COB02", Meaning: "Group or policy number there"},
		{Name: "other_insurance_coordination_code", Element: "COB03", Meaning: "1 coordination, 5 unknown, 6 no coordination"},
		{Name: "other_insurance_service_types", Element: "COB04", Meaning: "Service types it covers"},
		{Name: "other_insurance_begin_date", Element: "2320 DTP*344", Meaning: "First day of it"},
		{Name: "other_insurance_end_date", Element: "2320 DTP*345", Meaning: "Last day of it"},
		{Name: "other_insurer_name", Element: "2330*IN NM103", Meaning: "Insurer"},
		{Name: "other_insurer_id", Element: "2330*IN NM109", Meaning: "Id of the insurer"},
	}, func(b []byte, r *csvCoverage) []byte {
		b = csvtable.IntCol(b, int64(len(r.v.CoordinationOfBenefits)))
		if len(r.v.CoordinationOfBenefits) == 0 {
			return append(b, ",,,,,,,,"...)
		}
		v := &r.v.CoordinationOfBenefits[0]
		b = r.cols(b, v.Responsibility, v.PolicyNumber, v.Coordination)
		b = append(r.Words(b, v.ServiceTypes, r.scratch), ',')
		b = csvtable.DateCol(csvtable.DateCol(b, csvDate(v.Dates, "344")), csvDate(v.Dates, "345"))
		for i := range v.RelatedEntities {
			if e := &v.RelatedEntities[i]; e.Role == "IN" {
				return r.cols(b, e.Name, e.ID)
			}
		}
		return append(b, ",,"...)
	}),
}

// csvCoverageDescriptions has the meanings of codes of a coverage.
func csvCoverageDescriptions(set *codes.Set) []csvtable.Field[csvCoverage] {
	described := func(name, element, list string, code func(*ts834.HealthCoverage) string) csvtable.Field[csvCoverage] {
		return csvtable.Cols(csvtable.Described(name, element), func(b []byte, r *csvCoverage) []byte {
			return r.DescribeCol(b, set, list, code(r.v))
		})
	}
	return []csvtable.Field[csvCoverage]{
		described("coverage_maintenance_type_code", "HD01", "maint_type", func(v *ts834.HealthCoverage) string { return v.MaintenanceType }),
		described("insurance_line_code", "HD03", "insurance_line", func(v *ts834.HealthCoverage) string { return v.InsuranceLine }),
		described("coverage_level_code", "HD05", "coverage_level", func(v *ts834.HealthCoverage) string { return v.CoverageLevel }),
		described("other_insurance_responsibility_code", "COB01", "payer_resp", func(v *ts834.HealthCoverage) string {
			if len(v.CoordinationOfBenefits) == 0 {
				return ""
			}
			return v.CoordinationOfBenefits[0].Responsibility
		}),
	}
}
