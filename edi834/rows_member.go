package edi834

import (
	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12/codes"
)

// csvMember is what the columns of a member are written from.
type csvMember struct {
	csvCell
	v *ts834.Member
}

// csvMemberText is a column with a text of the member.
func csvMemberText(name, element, meaning string, of func(*ts834.Member) string) csvtable.Field[csvMember] {
	return csvtable.Col(name, element, meaning, func(b []byte, r *csvMember) []byte { return r.Text(b, of(r.v)) })
}

var csvMemberReferences = []csvQualified{
	{"client_reporting_category", "17", "Category the sponsor reports the member under"},
	{"client_number", "23", "Number the sponsor has for the member"},
	{"case_number", "3H", "Case"},
	{"personal_identification_number", "4A", "PIN"},
	{"cross_reference_number", "6O", "Cross reference"},
	{"personal_id", "ABB", "Personal id"},
	{"pharmacy_number", "D3", "NCPDP number of the pharmacy"},
	{"department_number", "DX", "Department or agency"},
	{"medicare_number", "F6", "Medicare number"},
	{"position_code", "P5", "Position"},
	{"prior_id", "Q4", "Id of before"},
	{"unit_number", "QQ", "Unit"},
	{"mutually_defined_id", "ZZ", "Number both sides agreed on"},
}

var csvMemberDates = []csvQualified{
	{"received_date", "050", "Day the request was received"},
	{"retirement_date", "286", "Retirement"},
	{"disability_return_to_work_date", "296", "Back at work after a disability"},
	{"disability_last_worked_date", "297", "Last day at work before a disability"},
	{"enrollment_signed_date", "300", "Day the enrollment was signed"},
	{"cobra_event_date", "301", "Event that entitles to COBRA"},
	{"maintenance_effective_date", "303", "Day from which the change holds"},
	{"employment_begin_date", "336", "First day of employment"},
	{"employment_end_date", "337", "Last day of employment"},
	{"medicare_begin_date", "338", "First day of Medicare"},
	{"medicare_end_date", "339", "Last day of Medicare"},
	{"cobra_begin_date", "340", "First day of COBRA"},
	{"cobra_end_date", "341", "Last day of COBRA"},
	{"education_begin_date", "350", "First day of education"},
	{"education_end_date", "351", "Last day of education"},
	{"eligibility_begin_date", "356", "First day of eligibility"},
	{"eligibility_end_date", "357", "Last day of eligibility"},
	{"adjusted_hire_date", "383", "Adjusted day of hire"},
	{"credited_service_begin_date", "385", "First day of service that counts"},
	{"credited_service_end_date", "386", "Last day of service that counts"},
	{"plan_suspension_date", "393", "Participation in the plan suspended"},
	{"rehire_date", "394", "Hired again"},
	{"medicaid_begin_date", "473", "First day of Medicaid"},
	{"medicaid_end_date", "474", "Last day of Medicaid"},
}

var csvNumbers = []csvQualified{
	{"home_phone", "HP", "Home phone"},
	{"work_phone", "WP", "Work phone"},
	{"cell_phone", "CP", "Cellular phone"},
	{"telephone", "TE", "Telephone"},
	{"alternate_phone", "AP", "Alternate telephone"},
	{"email", "EM", "E-mail"},
}

var csvMemberFields = []csvtable.Field[csvMember]{
	csvtable.Col("is_subscriber", "INS01", "1 for a subscriber, 0 for a dependent", func(b []byte, r *csvMember) []byte { return csvtable.Flag(b, csvIsSubscriber(r.v)) }),
	csvMemberText("subscriber_id", "REF*0F", "Number of the subscriber, the same for all of a family", func(v *ts834.Member) string { return v.SubscriberID }),
	csvMemberText("relationship_code", "INS02", "What the member is to the subscriber: 18 self, 01 spouse, 19 child, ...", func(v *ts834.Member) string { return v.Relationship }),
	csvMemberText("maintenance_type_code", "INS03", "001 change, 021 addition, 024 termination, 025 reinstatement, 030 compare", func(v *ts834.Member) string { return v.MaintenanceType }),
	csvMemberText("maintenance_reason_code", "INS04", "Why", func(v *ts834.Member) string { return v.MaintenanceReason }),
	csvMemberText("benefit_status_code", "INS05", "A active, C COBRA, S surviving insured, T TEFRA", func(v *ts834.Member) string { return v.BenefitStatus }),
	csvMemberText("medicare_plan_code", "INS06-1", "Parts of Medicare", func(v *ts834.Member) string { return v.Medicare.Plan }),
	csvMemberText("medicare_reason_code", "INS06-2", "0 age, 1 disability, 2 end stage renal disease", func(v *ts834.Member) string { return v.Medicare.EligibilityReason }),
	csvMemberText("cobra_event_code", "INS07", "Event that entitles to COBRA", func(v *ts834.Member) string { return v.COBRAEvent }),
	csvMemberText("employment_status_code", "INS08", "FT full time, PT part time, RT retired, ...", func(v *ts834.Member) string { return v.EmploymentStatus }),
	csvMemberText("student_status_code", "INS09", "F full time, P part time, N no student", func(v *ts834.Member) string { return v.StudentStatus }),
	csvMemberText("handicap", "INS10", "Y or N", func(v *ts834.Member) string { return v.HandicapIndicator }),
	csvtable.Cols([]csvtable.Column{{Name: "death_date", Element: "INS12", Meaning: "Day the member died"}},
		func(b []byte, r *csvMember) []byte { return csvtable.DateTextCol(b, r.v.DeathDate) }),
	csvMemberText("confidentiality_code", "INS13", "R restricted, U unrestricted", func(v *ts834.Member) string { return v.Confidentiality }),
	csvtable.Cols([]csvtable.Column{{Name: "birth_sequence", Element: "INS17", Meaning: "Which of those born on one day, 1 = first"}},
		func(b []byte, r *csvMember) []byte { return csvtable.NumCol(b, r.v.BirthSequence) }),
	csvMemberText("group_number", "REF*1L", "Group or policy number", func(v *ts834.Member) string { return v.PolicyNumber }),
	csvtable.Cols(csvColumns("REF", csvMemberReferences), func(b []byte, r *csvMember) []byte {
		return r.refs(b, csvMemberReferences, r.v.SupplementalIDs)
	}),
	csvtable.Cols(csvColumns("DTP", csvMemberDates), func(b []byte, r *csvMember) []byte { return csvDates(b, csvMemberDates, r.v.Dates) }),

	csvMemberText("name_role_code", "2100A NM101", "IL insured, 74 corrected", func(v *ts834.Member) string { return v.Person.Role }),
	csvMemberText("last_name", "2100A NM103", "Last name", func(v *ts834.Member) string { return v.Person.Last }),
	csvMemberText("first_name", "2100A NM104", "First name", func(v *ts834.Member) string { return v.Person.First }),
	csvMemberText("middle_name", "2100A NM105", "Middle name or initial", func(v *ts834.Member) string { return v.Person.Middle }),
	csvMemberText("name_prefix", "2100A NM106", "Prefix of the name", func(v *ts834.Member) string { return v.Person.Prefix }),
	csvMemberText("name_suffix", "2100A NM107", "Suffix of the name", func(v *ts834.Member) string { return v.Person.Suffix }),
	csvMemberText("member_id", "2100A NM109", "Id of the member", func(v *ts834.Member) string { return v.Person.ID }),
	csvMemberText("member_id_qualifier", "2100A NM108", "34 social security number, ZZ agreed id", func(v *ts834.Member) string { return v.Person.IDQualifier }),
	csvtable.Cols(csvColumns("2100A PER", csvNumbers), func(b []byte, r *csvMember) []byte {
		p := r.v.Person.Communications
		if p == nil {
			return append(b, csvCommas[:len(csvNumbers)]...)
		}
		for i := range csvNumbers {
			switch csvNumbers[i].qualifier {
			case p.NumberQualifier:
				b = r.Text(b, p.Number)
			case p.SecondNumberQualifier:
				b = r.Text(b, p.SecondNumber)
			case p.ThirdNumberQualifier:
				b = r.Text(b, p.ThirdNumber)
			}
			b = append(b, ',')
		}
		return b
	}),
	csvtable.Cols(append(csvAddress("", "2100A", "the member"),
		csvtable.Column{Name: "location_qualifier", Element: "2100A N405", Meaning: "CY county, 60 area"},
		csvtable.Column{Name: "location", Element: "2100A N406", Meaning: "County or area"},
	), func(b []byte, r *csvMember) []byte {
		if a := r.v.Person.Address; a != nil {
			b = r.cols(b, a.Line1, a.Line2)
		} else {
			b = append(b, ",,"...)
		}
		if c := r.v.Person.CityStateZIP; c != nil {
			return r.cols(b, c.City, c.State, c.PostalCode, c.Country, c.LocationQualifier, c.Location)
		}
		return append(b, ",,,,,,"...)
	}),
	csvtable.Cols([]csvtable.Column{{Name: "birth_date", Element: "2100A DMG02", Meaning: "Day of birth"}},
		func(b []byte, r *csvMember) []byte {
			if d := r.v.Person.Demographics; d != nil {
				return csvtable.DateTextCol(b, d.BirthDate)
			}
			return append(b, ',')
		}),
	csvtable.Cols([]csvtable.Column{
		{Name: "gender_code", Element: "2100A DMG03", Meaning: "F, M or U"},
		{Name: "marital_status_code", Element: "2100A DMG04", Meaning: "I single, M married, ..."},
		{Name: "race_codes", Element: "2100A DMG05", Meaning: "Race or ethnicity: codes of DMG05-1 and, where there is none, of DMG05-3"},
		{Name: "citizenship_code", Element: "2100A DMG06", Meaning: "Citizenship"},
		{Name: "race_collection_code", Element: "2100A DMG11", Meaning: "How race and ethnicity were found out"},
	}, func(b []byte, r *csvMember) []byte {
		d := r.v.Person.Demographics
		if d == nil {
			return append(b, ",,,,,"...)
		}
		b = r.cols(b, d.Gender, d.MaritalStatus)
		start := len(b)
		for i := range d.Races {
			if code := d.Races[i].Code; code != "" {
				b = append(packed(b, start, " "), code...)
			} else if code := d.Races[i].ListCode; code != "" {
				b = append(packed(b, start, " "), code...)
			}
		}
		b = append(r.Settle(b, start, r.scratch), ',')
		return r.cols(b, d.Citizenship, d.RaceCollection)
	}),
	csvtable.Col("employment_class_codes", "2100A EC01 to EC03", "Employment classes", func(b []byte, r *csvMember) []byte {
		start := len(b)
		for i := range r.v.Person.EmploymentClasses {
			for _, code := range r.v.Person.EmploymentClasses[i].Codes {
				if code != "" {
					b = append(packed(b, start, " "), code...)
				}
			}
		}
		return r.Settle(b, start, r.scratch)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "wage_frequency_code", Element: "2100A ICM01", Meaning: "How often the wage is paid: 1 weekly, 4 monthly, 7 yearly, H hourly, ..."},
		{Name: "wage_amount", Element: "2100A ICM02", Meaning: "Wage"},
		{Name: "work_hours", Element: "2100A ICM03", Meaning: "Hours of work"},
		{Name: "work_location", Element: "2100A ICM04", Meaning: "Where the member works"},
		{Name: "salary_grade", Element: "2100A ICM05", Meaning: "Salary grade"},
	}, func(b []byte, r *csvMember) []byte {
		v := r.v.Person.Income
		if v == nil {
			return append(b, ",,,,,"...)
		}
		b = csvtable.NumCol(csvtable.NumCol(r.Col(b, v.Frequency), v.Wage), v.WorkHours)
		return r.cols(b, v.Location, v.SalaryGrade)
	}),
	csvtable.Cols(csvColumns("2100A AMT", csvAmounts), func(b []byte, r *csvMember) []byte { return csvAmountCols(b, r.v.Person.Amounts) }),
	csvtable.Cols([]csvtable.Column{
		{Name: "health_code", Element: "2100A HLH01", Meaning: "T tobacco, S substance abuse, X both, N none, U unknown"},
		{Name: "height", Element: "2100A HLH02", Meaning: "Height"},
		{Name: "weight", Element: "2100A HLH03", Meaning: "Weight"},
	}, func(b []byte, r *csvMember) []byte {
		v := r.v.Person.Health
		if v == nil {
			return append(b, ",,,"...)
		}
		return csvtable.NumCol(csvtable.NumCol(r.Col(b, v.Code), v.Height), v.Weight)
	}),
	csvtable.Col("languages", "2100A LUI02, LUI04", "Languages as code:use, or their descriptions", func(b []byte, r *csvMember) []byte {
		start := len(b)
		for i := range r.v.Person.Languages {
			v := &r.v.Person.Languages[i]
			code := v.Code
			or(&code, v.Description)
			b = joined(packed(b, start, " "), code, v.Use)
		}
		return r.Settle(b, start, r.scratch)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "incorrect_last_name", Element: "2100B NM103", Meaning: "Last name of before, which was wrong or has changed"},
		{Name: "incorrect_first_name", Element: "2100B NM104", Meaning: "First name of before"},
		{Name: "incorrect_middle_name", Element: "2100B NM105", Meaning: "Middle name of before"},
		{Name: "incorrect_id", Element: "2100B NM109", Meaning: "Id of before"},
		{Name: "incorrect_id_qualifier", Element: "2100B NM108", Meaning: "Kind of it"},
		{Name: "incorrect_birth_date", Element: "2100B DMG02", Meaning: "Day of birth of before"},
		{Name: "incorrect_gender_code", Element: "2100B DMG03", Meaning: "Gender of before"},
	}, func(b []byte, r *csvMember) []byte {
		v := r.v.IncorrectPerson
		if v == nil {
			return append(b, ",,,,,,,"...)
		}
		b = r.cols(b, v.Last, v.First, v.Middle, v.ID, v.IDQualifier)
		if v.Demographics == nil {
			return append(b, ",,"...)
		}
		return r.Col(csvtable.DateTextCol(b, v.Demographics.BirthDate), v.Demographics.Gender)
	}),
	csvtable.Cols(csvAddress("mailing_", "2100C", "the member for mail"), func(b []byte, r *csvMember) []byte {
		if v := r.v.MailingAddress; v != nil {
			return r.cols(b, v.Address.Line1, v.Address.Line2, v.CityStateZIP.City, v.CityStateZIP.State, v.CityStateZIP.PostalCode, v.CityStateZIP.Country)
		}
		return append(b, ",,,,,,"...)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "employer_name", Element: "2100D NM103 to NM107", Meaning: "First employer: organization, or last, first middle suffix"},
		{Name: "employer_id", Element: "2100D NM109", Meaning: "Id of it"},
	}, func(b []byte, r *csvMember) []byte {
		if len(r.v.Employers) == 0 {
			return append(b, ",,"...)
		}
		v := &r.v.Employers[0]
		return r.Col(append(r.Name(b, v.Last, v.First, v.Middle, v.Suffix, r.scratch), ','), v.ID)
	}),
	csvtable.Col("school_name", "2100E NM103", "First school", func(b []byte, r *csvMember) []byte {
		if len(r.v.Schools) == 0 {
			return b
		}
		return r.Text(b, r.v.Schools[0].Name)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "custodial_parent_name", Element: "2100F NM103 to NM107", Meaning: "Custodial parent: last, first middle suffix"},
		{Name: "custodial_parent_id", Element: "2100F NM109", Meaning: "Id of that parent"},
	}, func(b []byte, r *csvMember) []byte { return r.related(b, r.v.CustodialParent) }),
	csvtable.Cols([]csvtable.Column{
		{Name: "responsible_person_role_code", Element: "2100G NM101", Meaning: "First responsible person: QD responsible party, GD guardian, S1 parent, ..."},
		{Name: "responsible_person_name", Element: "2100G NM103 to NM107", Meaning: "Last, first middle suffix"},
		{Name: "responsible_person_id", Element: "2100G NM109", Meaning: "Id of that person"},
	}, func(b []byte, r *csvMember) []byte {
		if len(r.v.ResponsiblePersons) == 0 {
			return append(b, ",,,"...)
		}
		v := &r.v.ResponsiblePersons[0]
		return r.related(r.Col(b, v.Role), v)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "disability_type_code", Element: "2200 DSB01", Meaning: "First disability: 1 short term, 2 long term, 3 permanent, 4 none"},
		{Name: "disability_diagnosis", Element: "2200 DSB08", Meaning: "Diagnosis of it"},
		{Name: "disability_begin_date", Element: "2200 DTP*360", Meaning: "First day of it"},
		{Name: "disability_end_date", Element: "2200 DTP*361", Meaning: "Last day of it"},
	}, func(b []byte, r *csvMember) []byte {
		if len(r.v.Disabilities) == 0 {
			return append(b, ",,,,"...)
		}
		v := &r.v.Disabilities[0]
		return csvtable.DateCol(csvtable.DateCol(r.cols(b, v.Type, v.Diagnosis), csvDate(v.Dates, "360")), csvDate(v.Dates, "361"))
	}),
	csvtable.Cols([]csvtable.Column{{Name: "coverage_count", Element: "HD", Meaning: "Number of coverages"}},
		func(b []byte, r *csvMember) []byte { return csvtable.IntCol(b, csvCount(r.v)) }),
	csvtable.Col("insurance_line_codes", "HD03", "Insurance lines of the coverages", func(b []byte, r *csvMember) []byte {
		start := len(b)
		for i := range r.v.HealthCoverages {
			if line := r.v.HealthCoverages[i].InsuranceLine; line != "" {
				b = append(packed(b, start, " "), line...)
			}
		}
		return r.Settle(b, start, r.scratch)
	}),
	csvtable.Col("reporting_categories", "2750 N102, REF", "Reporting categories as name:qualifier:id, with a bar between two", func(b []byte, r *csvMember) []byte {
		start := len(b)
		for i := range r.v.ReportingCategories {
			c := r.v.ReportingCategories[i].Category
			if c == nil {
				continue
			}
			var ref ts834.Reference
			if c.Reference != nil {
				ref = *c.Reference
			}
			b = joined(packed(b, start, " | "), c.Name, ref.Qualifier, ref.ID)
		}
		return r.Settle(b, start, r.scratch)
	}),
}

// related appends the name and the id of a person.
func (r *csvMember) related(b []byte, v *ts834.RelatedPerson) []byte {
	if v == nil {
		return append(b, ",,"...)
	}
	return r.Col(append(r.Name(b, v.Last, v.First, v.Middle, v.Suffix, r.scratch), ','), v.ID)
}

// csvMemberDescriptions has the meanings of codes of a member.
func csvMemberDescriptions(set *codes.Set) []csvtable.Field[csvMember] {
	described := func(name, element, list string, code func(*ts834.Member) string) csvtable.Field[csvMember] {
		return csvtable.Cols(csvtable.Described(name, element), func(b []byte, r *csvMember) []byte {
			return r.DescribeCol(b, set, list, code(r.v))
		})
	}
	demographics := func(of func(*ts834.Demographics) string) func(*ts834.Member) string {
		return func(v *ts834.Member) string {
			if v.Person.Demographics == nil {
				return ""
			}
			return of(v.Person.Demographics)
		}
	}
	return []csvtable.Field[csvMember]{
		described("relationship_code", "INS02", "relationship", func(v *ts834.Member) string { return v.Relationship }),
		described("maintenance_type_code", "INS03", "maint_type", func(v *ts834.Member) string { return v.MaintenanceType }),
		described("maintenance_reason_code", "INS04", "maint_reason", func(v *ts834.Member) string { return v.MaintenanceReason }),
		described("benefit_status_code", "INS05", "benefit_status", func(v *ts834.Member) string { return v.BenefitStatus }),
		described("medicare_plan_code", "INS06-1", "medicare_plan", func(v *ts834.Member) string { return v.Medicare.Plan }),
		described("cobra_event_code", "INS07", "cobra_event", func(v *ts834.Member) string { return v.COBRAEvent }),
		described("employment_status_code", "INS08", "employment_status", func(v *ts834.Member) string { return v.EmploymentStatus }),
		described("student_status_code", "INS09", "student_status", func(v *ts834.Member) string { return v.StudentStatus }),
		described("gender_code", "2100A DMG03", "gender", demographics(func(d *ts834.Demographics) string { return d.Gender })),
		described("marital_status_code", "2100A DMG04", "marital_status", demographics(func(d *ts834.Demographics) string { return d.MaritalStatus })),
		described("responsible_person_role_code", "2100G NM101", "entity", func(v *ts834.Member) string {
			if len(v.ResponsiblePersons) == 0 {
				return ""
			}
			return v.ResponsiblePersons[0].Role
		}),
	}
}
