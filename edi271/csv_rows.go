package edi271

import (
	"github.com/x12-go/edi/edi271/ts271"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codes"
)

// csvMaxText bounds texts that stand on more rows than they were sent for. None that is valid has more than 80 characters.
const csvMaxText = 256

// csvAbove writes what stands above the EBs.
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
func csvDateOf(list []ts271.QualifiedPeriod, qualifier string) (from, to x12.Date) {
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

func csvReferenceOf(list []ts271.Reference, qualifier string) *ts271.Reference {
	for i := range list {
		if list[i].Qualifier == qualifier {
			return &list[i]
		}
	}
	return &ts271.Reference{}
}

// csvWord appends a word to a cell that began at start, nothing for an empty one.
func csvWord(b []byte, start int, s string) []byte {
	if s == "" {
		return b
	}
	if len(b) > start {
		b = append(b, ' ')
	}
	return append(b, s...)
}

// csvJoined appends values with a colon between two, without the empty ones at the end.
func csvJoined(b []byte, values ...string) []byte {
	last := len(values)
	for last > 0 && values[last-1] == "" {
		last--
	}
	for i, s := range values[:last] {
		if i > 0 {
			b = append(b, ':')
		}
		b = append(b, s...)
	}
	return b
}

func csvNumber(n x12.Number) string {
	if !n.Set() {
		return ""
	}
	return string(n.AppendPlain(nil))
}

var csvKeyFields = csvtable.KeyFields("reply_seq")

// csvSet is what the columns of the transaction set are written from.
type csvSet struct {
	csvAbove
	v *ts271.EligibilityResponse
}

var csvSetFields = []csvtable.Field[csvSet]{
	csvtable.Cols([]csvtable.Column{
		{Name: "reply_purpose", Element: "BHT02", Meaning: "11 response, 06 confirmation"},
		{Name: "reply_reference", Element: "BHT03", Meaning: "Number of the inquiry"},
		{Name: "reply_date", Element: "BHT04", Meaning: "Day the reply was made"},
		{Name: "reply_time", Element: "BHT05", Meaning: "Time of day the reply was made, HH:MM with what else was sent"},
	}, func(b []byte, r *csvSet) []byte {
		g := &r.v.Beginning
		b = csvtable.DateCol(r.cols(b, g.Purpose, g.Reference), g.Date)
		return append(g.Time.AppendISO(b), ',')
	}),
}

type csvSource struct {
	csvAbove
	v *ts271.SourceLevel
}

var csvSourceFields = []csvtable.Field[csvSource]{
	csvtable.Col("payer_name", "2100A NM103 to NM107", "Who answers: organization, or last, first middle suffix", func(b []byte, r *csvSource) []byte {
		s := &r.v.Source
		return r.name(b, s.Last, s.First, s.Middle, s.Suffix)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "payer_id", Element: "2100A NM109", Meaning: "Id of the payer"},
		{Name: "payer_id_qualifier", Element: "2100A NM108", Meaning: "PI payer id, XV national plan id, FI tax id, ..."},
		{Name: "payer_phone", Element: "2100A PER*IC TE", Meaning: "First telephone number of the payer"},
	}, func(b []byte, r *csvSource) []byte {
		s := &r.v.Source
		return r.cols(b, s.ID, s.IDQualifier, csvPhone(s.Contacts))
	}),
}

// csvPhone returns the first telephone number.
func csvPhone(list []ts271.Contact) string {
	for i := range list {
		c := &list[i]
		switch "TE" {
		case c.NumberQualifier:
			return c.Number
		case c.SecondNumberQualifier:
			return c.SecondNumber
		case c.ThirdNumberQualifier:
			return c.ThirdNumber
		}
	}
	return ""
}

type csvReceiver struct {
	csvAbove
	v *ts271.ReceiverLevel
}

var csvReceiverFields = []csvtable.Field[csvReceiver]{
	csvtable.Col("provider_name", "2100B NM103 to NM107", "Who asked: organization, or last, first middle suffix", func(b []byte, r *csvReceiver) []byte {
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
	v         *ts271.Person
	traces    []ts271.Trace
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
		var a ts271.Address
		var c ts271.CityStateZIP
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
		{Name: "group_name", Element: "2100C REF03 of REF*6P", Meaning: "Name of the group"},
		{Name: "policy_number", Element: "2100C REF*1L", Meaning: "Group or policy number"},
		{Name: "plan_number", Element: "2100C REF*18", Meaning: "Plan number"},
	}, func(b []byte, r *csvPerson) []byte {
		g := csvReferenceOf(r.v.AdditionalIDs, "6P")
		return r.cols(b, g.ID, g.Description, csvReferenceOf(r.v.AdditionalIDs, "1L").ID, csvReferenceOf(r.v.AdditionalIDs, "18").ID)
	}),
}

var csvPatientFields = []csvtable.Field[csvPerson]{
	csvtable.Cols([]csvtable.Column{
		{Name: "patient_is_subscriber", Element: "2000C, 2000D", Meaning: "1 when the answer is about the subscriber, 0 when about a dependent"},
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
	csvtable.Cols(csvPersonColumns("patient", "2100C, 2100D", "whom the answer is about"), csvPersonCols),
	csvtable.Cols([]csvtable.Column{
		{Name: "trace_number", Element: "TRN*2 TRN02", Meaning: "Trace number of the inquiry"},
		{Name: "trace_assigner", Element: "TRN*2 TRN03", Meaning: "Who gave it"},
		{Name: "payer_trace_number", Element: "TRN*1 TRN02", Meaning: "Trace number of the payer"},
	}, func(b []byte, r *csvPerson) []byte {
		var theirs, ours ts271.Trace
		for i := len(r.traces) - 1; i >= 0; i-- {
			switch r.traces[i].Type {
			case "1":
				theirs = r.traces[i]
			case "2":
				ours = r.traces[i]
			}
		}
		return r.cols(b, ours.Number, ours.AssignerID, theirs.Number)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "plan_from", Element: "DTP*291, DTP*346", Meaning: "First day of the plan, of the person"},
		{Name: "plan_to", Element: "DTP*291, DTP*347", Meaning: "Last day of the plan, of the person"},
		{Name: "eligibility_from", Element: "DTP*307, DTP*356", Meaning: "First day of eligibility, of the person"},
		{Name: "eligibility_to", Element: "DTP*307, DTP*357", Meaning: "Last day of eligibility, of the person"},
	}, func(b []byte, r *csvPerson) []byte {
		for _, q := range [...][3]string{{"291", "346", "347"}, {"307", "356", "357"}} {
			from, to := csvDateOf(r.v.Dates, q[0])
			if d, _ := csvDateOf(r.v.Dates, q[1]); !d.IsZero() {
				from = d
			}
			if _, d := csvDateOf(r.v.Dates, q[2]); !d.IsZero() {
				to = d
			}
			b = csvtable.DateCol(csvtable.DateCol(b, from), to)
		}
		return b
	}),
}

type csvRejection struct {
	csvAbove
	loop string
	v    *ts271.Rejection
}

var csvRejectionFields = []csvtable.Field[csvRejection]{
	csvtable.Cols([]csvtable.Column{
		{Name: "loop", Element: "keys", Meaning: "Whom it is about: 2000A the inquiry, 2100A the payer, 2100B the provider, 2100C the subscriber, 2100D the dependent, 2110C and 2110D a benefit"},
		{Name: "valid_request", Element: "AAA01", Meaning: "Y the inquiry was valid, N it was not"},
		{Name: "reject_reason", Element: "AAA03", Meaning: "Why it was rejected"},
		{Name: "reject_reason_description", Element: "AAA03", Meaning: "Meaning of reject_reason"},
		{Name: "follow_up", Element: "AAA04", Meaning: "What to do"},
		{Name: "follow_up_description", Element: "AAA04", Meaning: "Meaning of follow_up"},
	}, func(b []byte, r *csvRejection) []byte {
		return r.cols(b, r.loop, r.v.Valid, r.v.Reason, codes.Describe("aaa_reject", r.v.Reason), r.v.FollowUp, codes.Describe("aaa_followup", r.v.FollowUp))
	}),
}
