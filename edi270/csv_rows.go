package edi270

import (
	"github.com/x12-go/edi/edi270/ts270"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codes"
)

// csvMaxText bounds texts that stand on more rows than they were sent for. None that is valid has more than 80 characters.
const csvMaxText = 256

// csvAbove writes what stands above the EQs.
type csvAbove struct {
	csvtable.Quoter
	scratch []byte
}

// cols appends texts, each with a comma.
func (r *csvAbove) cols(b []byte, list ...string) []byte {
	for _, s := range list {
		b = r.Col(b, csvShort(s))
	}
	return b
}

func (r *csvAbove) name(b []byte, last, first, middle, suffix string) []byte {
	return r.Name(b, csvShort(last), csvShort(first), csvShort(middle), csvShort(suffix), &r.scratch)
}

// csvShort returns s, or nothing when it is longer than any valid text.
func csvShort(s string) string {
	if len(s) > csvMaxText {
		return ""
	}
	return s
}

// csvDays reads a day or a range.
func csvDays(format, value string) (from, to x12.Date) {
	if format != "D8" && format != "RD8" || len(value) != len("CCYYMMDD") && format == "D8" {
		format = map[bool]string{true: "RD8", false: "D8"}[len(value) > len("CCYYMMDD")]
	}
	p, _ := x12.ParsePeriod(format, value)
	return p.From.Long(), p.To.Long()
}

// csvDateOf returns the first date of a list with a qualifier; one day is its own last.
func csvDateOf(list []ts270.QualifiedPeriod, qualifier string) (from, to x12.Date) {
	for i := range list {
		if list[i].Qualifier == qualifier {
			if from, to = csvDays(list[i].Format, list[i].Value); to.IsZero() {
				to = from
			}
			return from, to
		}
	}
	return from, to
}

func csvReferenceOf(list []ts270.Reference, qualifier string) string {
	for i := range list {
		if list[i].Qualifier == qualifier {
			return list[i].ID
		}
	}
	return ""
}

var csvKeyFields = csvtable.KeyFields("request_seq")

// csvSet is what the columns of the transaction set are written from.
type csvSet struct {
	csvAbove
	v *ts270.EligibilityInquiry
}

var csvSetFields = []csvtable.Field[csvSet]{
	csvtable.Cols([]csvtable.Column{
		{Name: "request_purpose", Element: "BHT02", Meaning: "13 request, 01 cancellation"},
		{Name: "request_reference", Element: "BHT03", Meaning: "Number of the request"},
		{Name: "request_date", Element: "BHT04", Meaning: "Day the request was made"},
		{Name: "request_time", Element: "BHT05", Meaning: "Time of day the request was made, HH:MM with what else was sent"},
	}, func(b []byte, r *csvSet) []byte {
		g := &r.v.Beginning
		b = csvtable.DateCol(r.cols(b, g.Purpose, g.Reference), g.Date)
		return append(g.Time.AppendISO(b), ',')
	}),
}

type csvSource struct {
	csvAbove
	v *ts270.SourceLevel
}

var csvSourceFields = []csvtable.Field[csvSource]{
	csvtable.Col("payer_name", "2100A NM103 to NM107", "Who is asked: organization, or last, first middle suffix", func(b []byte, r *csvSource) []byte {
		s := &r.v.Source
		return r.name(b, s.Last, s.First, s.Middle, s.Suffix)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "payer_id", Element: "2100A NM109", Meaning: "Id of the payer"},
		{Name: "payer_id_qualifier", Element: "2100A NM108", Meaning: "PI payer id, XV national plan id, FI tax id, ..."},
	}, func(b []byte, r *csvSource) []byte {
		s := &r.v.Source
		return r.cols(b, s.ID, s.IDQualifier)
	}),
}

type csvReceiver struct {
	csvAbove
	v *ts270.ReceiverLevel
}

var csvReceiverFields = []csvtable.Field[csvReceiver]{
	csvtable.Col("provider_name", "2100B NM103 to NM107", "Who asks: organization, or last, first middle suffix", func(b []byte, r *csvReceiver) []byte {
		p := &r.v.Receiver
		return r.name(b, p.Last, p.First, p.Middle, p.Suffix)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "provider_npi", Element: "2100B NM109", Meaning: "National provider id, with NM108 XX"},
		{Name: "provider_id", Element: "2100B NM109", Meaning: "Id of the provider"},
		{Name: "provider_id_qualifier", Element: "2100B NM108", Meaning: "XX national provider id, SV number the payer gave, FI tax id, ..."},
	}, func(b []byte, r *csvReceiver) []byte {
		p, npi := &r.v.Receiver, ""
		if p.IDQualifier == "XX" {
			npi = p.ID
		}
		return r.cols(b, npi, p.ID, p.IDQualifier)
	}),
}

// csvPerson is what the columns of subscriber and patient are written from.
type csvPerson struct {
	csvAbove
	v         *ts270.Person
	traces    []ts270.Trace
	dependent bool
}

// csvPersonCols appends names, birth date and gender.
func csvPersonCols(b []byte, r *csvPerson) []byte {
	b = r.cols(b, r.v.Last, r.v.First, r.v.Middle, r.v.Suffix)
	d := r.v.Demographics
	if d == nil {
		return append(b, ",,"...)
	}
	return r.cols(csvtable.DateTextCol(b, csvShort(d.BirthDate)), d.Gender)
}

func csvPersonColumns(who, loop, meaning string) []csvtable.Column {
	return []csvtable.Column{
		{Name: who + "_last_name", Element: loop + " NM103", Meaning: "Last name of " + meaning},
		{Name: who + "_first_name", Element: loop + " NM104", Meaning: "First name"},
		{Name: who + "_middle_name", Element: loop + " NM105", Meaning: "Middle name"},
		{Name: who + "_suffix", Element: loop + " NM107", Meaning: "Suffix"},
		{Name: who + "_birth_date", Element: loop + " DMG02", Meaning: "Day of birth"},
		{Name: who + "_gender", Element: loop + " DMG03", Meaning: "F, M or U"},
	}
}

var csvSubscriberFields = []csvtable.Field[csvPerson]{
	csvtable.Cols(csvPersonColumns("subscriber", "2100C", "who has the coverage"), csvPersonCols),
	csvtable.Cols([]csvtable.Column{
		{Name: "subscriber_id", Element: "2100C NM109", Meaning: "Member id"},
		{Name: "subscriber_id_qualifier", Element: "2100C NM108", Meaning: "MI member id, II unique health id"},
		{Name: "subscriber_address_1", Element: "2100C N301", Meaning: "Address of the subscriber"},
		{Name: "subscriber_address_2", Element: "2100C N302", Meaning: "Second line of it"},
		{Name: "subscriber_city", Element: "2100C N401", Meaning: "City"},
		{Name: "subscriber_state", Element: "2100C N402", Meaning: "State or province"},
		{Name: "subscriber_postal_code", Element: "2100C N403", Meaning: "ZIP or postal code"},
	}, func(b []byte, r *csvPerson) []byte {
		var a ts270.Address
		var c ts270.CityStateZIP
		if r.v.Address != nil {
			a = *r.v.Address
		}
		if r.v.CityStateZIP != nil {
			c = *r.v.CityStateZIP
		}
		return r.cols(b, r.v.ID, r.v.IDQualifier, a.Line1, a.Line2, c.City, c.State, c.PostalCode)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "group_number", Element: "2100C REF*6P", Meaning: "Group number"},
		{Name: "policy_number", Element: "2100C REF*1L", Meaning: "Group or policy number"},
		{Name: "social_security_number", Element: "2100C REF*SY", Meaning: "Social security number"},
	}, func(b []byte, r *csvPerson) []byte {
		ids := r.v.AdditionalIDs
		return r.cols(b, csvReferenceOf(ids, "6P"), csvReferenceOf(ids, "1L"), csvReferenceOf(ids, "SY"))
	}),
}

var csvPatientFields = []csvtable.Field[csvPerson]{
	csvtable.Cols([]csvtable.Column{
		{Name: "patient_is_subscriber", Element: "2000C, 2000D", Meaning: "1 when it is asked about the subscriber, 0 when about a dependent"},
		{Name: "patient_relationship", Element: "2100C INS02, 2100D INS02", Meaning: "18 self, 01 spouse, 19 child, ..."},
	}, func(b []byte, r *csvPerson) []byte {
		code := ""
		if s := r.v.Relationship; s != nil {
			code = s.Code
		} else if !r.dependent {
			code = "18"
		}
		return r.cols(append(csvtable.Flag(b, !r.dependent), ','), code)
	}),
	csvtable.Cols(csvPersonColumns("patient", "2100C, 2100D", "whom it is asked about"), csvPersonCols),
	csvtable.Cols([]csvtable.Column{
		{Name: "trace_number", Element: "TRN02", Meaning: "First trace number"},
		{Name: "trace_assigner", Element: "TRN03", Meaning: "Who gave it"},
		{Name: "second_trace_number", Element: "TRN02", Meaning: "Second trace number"},
		{Name: "second_trace_assigner", Element: "TRN03", Meaning: "Who gave it"},
	}, func(b []byte, r *csvPerson) []byte {
		var t [2]ts270.Trace
		copy(t[:], r.traces)
		return r.cols(b, t[0].Number, t[0].AssignerID, t[1].Number, t[1].AssignerID)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "provider_role", Element: "2100C PRV01, 2100D PRV01", Meaning: "Part of the provider the inquiry is for"},
		{Name: "provider_reference_qualifier", Element: "2100C PRV02, 2100D PRV02", Meaning: "HPI national provider id, PXC taxonomy, ..."},
		{Name: "provider_reference", Element: "2100C PRV03, 2100D PRV03", Meaning: "Number of the provider the inquiry is for"},
	}, func(b []byte, r *csvPerson) []byte {
		p := r.v.Provider
		if p == nil {
			return append(b, ",,,"...)
		}
		return r.cols(b, p.Role, p.IDQualifier, p.ID)
	}),
	csvtable.Col("diagnosis_codes", "HI", "Diagnoses of the person, the principal one first", func(b []byte, r *csvPerson) []byte {
		h := r.v.Diagnoses
		if h == nil {
			return b
		}
		words := []string{csvShort(h.Principal.Code)}
		for i := range h.Others[:min(len(h.Others), 7)] {
			words = append(words, csvShort(h.Others[i].Code))
		}
		return r.Words(b, words, &r.scratch)
	}),
}

// csvQuestion is what the columns of an EQ are written from.
type csvQuestion struct {
	csvtable.Quoter
	v        *ts270.Inquiry
	from, to x12.Date // DTP*291 of the person
	scratch  []byte
}

var csvQuestionFields = []csvtable.Field[csvQuestion]{
	csvtable.Cols([]csvtable.Column{
		{Name: "service_types", Element: "EQ01", Meaning: "Service types asked about; 30 the plan as a whole"},
		{Name: "procedure_qualifier", Element: "EQ02-1", Meaning: "HC HCPCS, AD dental, N4 drug, ..."},
		{Name: "procedure_code", Element: "EQ02-2", Meaning: "Procedure asked about"},
		{Name: "modifiers", Element: "EQ02-3 to EQ02-6", Meaning: "Modifiers"},
		{Name: "coverage_level", Element: "EQ03", Meaning: "FAM all of the family"},
	}, func(b []byte, r *csvQuestion) []byte {
		p := &r.v.Procedure
		b = append(r.Words(b, r.v.ServiceTypes, &r.scratch), ',')
		b = append(r.Words(r.Col(r.Col(b, p.Qualifier), p.Code), p.Modifiers, &r.scratch), ',')
		return r.Col(b, r.v.CoverageLevel)
	}),
	csvtable.Col("diagnosis_pointers", "EQ05", "Which of the diagnoses, 1 = first", func(b []byte, r *csvQuestion) []byte {
		for i, n := range r.v.DiagnosisPointers.Pointers {
			if i > 0 {
				b = append(b, ' ')
			}
			if n.Set() {
				b = n.AppendPlain(b)
			}
		}
		return b
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "spend_down_amount", Element: "AMT*R", Meaning: "Spend down"},
		{Name: "spend_down_billed_amount", Element: "AMT*PB", Meaning: "Billed in all towards the spend down"},
		{Name: "place_of_service", Element: "III02", Meaning: "Place of service"},
		{Name: "authorization_qualifier", Element: "2110 REF01", Meaning: "9F referral, G1 prior authorization"},
		{Name: "authorization_number", Element: "2110 REF02", Meaning: "Number of the referral or authorization"},
	}, func(b []byte, r *csvQuestion) []byte {
		var a ts270.Reference
		if r.v.Authorization != nil {
			a = *r.v.Authorization
		}
		b = csvtable.NumCol(csvtable.NumCol(b, r.v.SpendDown), r.v.SpendDownTotalBilled)
		return r.Col(r.Col(r.Col(b, r.v.PlaceOfService), a.Qualifier), a.ID)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "plan_from", Element: "2110 DTP*291, 2100 DTP*291", Meaning: "First day asked about: of the EQ, else of the person"},
		{Name: "plan_to", Element: "2110 DTP*291, 2100 DTP*291", Meaning: "Last day asked about"},
	}, func(b []byte, r *csvQuestion) []byte {
		from, to := r.from, r.to
		if d := r.v.Date; d != nil {
			if from, to = csvDays(d.Format, d.Value); to.IsZero() {
				to = from
			}
		}
		return csvtable.DateCol(csvtable.DateCol(b, from), to)
	}),
}

// csvDescriptions returns the columns with the meanings of codes.
func csvDescriptions(set *codes.Set) []csvtable.Field[csvQuestion] {
	return []csvtable.Field[csvQuestion]{
		csvtable.Cols(csvtable.Described("service_types", "EQ01"), func(b []byte, r *csvQuestion) []byte {
			start := len(b)
			for _, s := range r.v.ServiceTypes {
				if text := set.Describe("service_type", s); text != "" {
					if len(b) > start {
						b = append(b, " | "...)
					}
					b = append(b, text...)
				}
			}
			return append(r.Settle(b, start, &r.scratch), ',')
		}),
		csvtable.Cols(csvtable.Described("place_of_service", "III02"), func(b []byte, r *csvQuestion) []byte {
			return r.DescribeCol(b, set, "pos", r.v.PlaceOfService)
		}),
	}
}
