package edi837

import (
	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12"
)

// csvSubscriber is what the columns of subscriber and payer are written from.
type csvSubscriber struct {
	csvAbove
	v *ts837.SubscriberLevel
}

var csvSubscriberFields = []csvtable.Field[csvSubscriber]{
	csvtable.Cols([]csvtable.Column{
		{Name: "subscriber_level", Element: "2000B HL01", Meaning: "Number of the subscriber's level, as written"},
		{Name: "payer_responsibility", Element: "2000B SBR01", Meaning: "P primary, S secondary, T tertiary payer, ..."},
		{Name: "group_number", Element: "2000B SBR03", Meaning: "Group or policy number"},
		{Name: "group_name", Element: "2000B SBR04", Meaning: "Name of the group"},
		{Name: "insurance_type", Element: "2000B SBR05", Meaning: "Why Medicare is not primary"},
		{Name: "claim_filing_indicator", Element: "2000B SBR09", Meaning: "Kind of insurance"},
	}, func(b []byte, r *csvSubscriber) []byte {
		v := r.v
		return r.cols(b, v.Level.Number, v.Responsibility, v.GroupNumber, v.GroupName, v.InsuranceType, v.FilingIndicator)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "subscriber_last_name", Element: "2010BA NM103", Meaning: "Last name of the subscriber, or name of an organization"},
		{Name: "subscriber_first_name", Element: "2010BA NM104", Meaning: "First name of the subscriber"},
		{Name: "subscriber_middle_name", Element: "2010BA NM105", Meaning: "Middle name or initial of the subscriber"},
		{Name: "subscriber_suffix", Element: "2010BA NM107", Meaning: "Suffix of the subscriber's name"},
	}, func(b []byte, r *csvSubscriber) []byte {
		s := &r.v.Subscriber
		return r.cols(b, s.Last, s.First, s.Middle, s.Suffix)
	}),
	csvtable.Col("subscriber_id", "2010BA NM109", "Member id of the subscriber", func(b []byte, r *csvSubscriber) []byte { return r.text(b, r.v.Subscriber.ID) }),
	csvtable.Col("subscriber_id_qualifier", "2010BA NM108", "Kind of subscriber_id", func(b []byte, r *csvSubscriber) []byte { return r.text(b, r.v.Subscriber.IDQualifier) }),
	csvtable.Cols([]csvtable.Column{
		{Name: "subscriber_birth_date", Element: "2010BA DMG02", Meaning: "Birth date of the subscriber"},
		{Name: "subscriber_gender", Element: "2010BA DMG03", Meaning: "F, M or U"},
	}, func(b []byte, r *csvSubscriber) []byte {
		d := r.v.Subscriber.Demographics
		if d == nil {
			return append(b, ',', ',')
		}
		return r.cols(csvtable.DateTextCol(b, d.BirthDate), d.Gender)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "subscriber_address_1", Element: "2010BA N301", Meaning: "Address of the subscriber"},
		{Name: "subscriber_address_2", Element: "2010BA N302", Meaning: "Second line of it"},
		{Name: "subscriber_city", Element: "2010BA N401", Meaning: "City"},
		{Name: "subscriber_state", Element: "2010BA N402", Meaning: "State or province"},
		{Name: "subscriber_postal_code", Element: "2010BA N403", Meaning: "ZIP or postal code"},
	}, func(b []byte, r *csvSubscriber) []byte {
		return r.address(b, r.v.Subscriber.Address, r.v.Subscriber.CityStateZIP)
	}),
	csvtable.Col("payer_name", "2010BB NM103", "Payer the claim goes to", func(b []byte, r *csvSubscriber) []byte { return r.text(b, r.v.Payer.Name) }),
	csvtable.Col("payer_id", "2010BB NM109", "Id of the payer", func(b []byte, r *csvSubscriber) []byte { return r.text(b, r.v.Payer.ID) }),
	csvtable.Cols([]csvtable.Column{
		{Name: "payer_id_qualifier", Element: "2010BB NM108", Meaning: "PI payer id, XV health plan id"},
		{Name: "payer_secondary_id", Element: "2010BB REF*2U EI FY NF", Meaning: "First other id of the payer"},
		{Name: "billing_provider_payer_id", Element: "2010BB REF*G2 LU", Meaning: "First id the payer gave the billing provider"},
	}, func(b []byte, r *csvSubscriber) []byte {
		p := &r.v.Payer
		return r.cols(b, p.IDQualifier, csvFirstID(p.SecondaryIDs), csvFirstID(p.BillingProviderIDs))
	}),
}

// address appends address lines, city, state and postal code.
func (r *csvAbove) address(b []byte, a *ts837.Address, c *ts837.CityStateZIP) []byte {
	if a == nil {
		b = append(b, ',', ',')
	} else {
		b = r.cols(b, a.Line1, a.Line2)
	}
	if c == nil {
		return append(b, ",,,"...)
	}
	return r.cols(b, c.City, c.State, c.PostalCode)
}

func csvFirstID(list []ts837.Reference) string {
	if len(list) == 0 {
		return ""
	}
	return list[0].ID
}

// csvPatient is what the columns of the patient are written from.
type csvPatient struct {
	csvAbove
	subscriber                  bool // the subscriber is the patient
	level, relationship         string
	last, first, middle, suffix string
	street                      *ts837.Address
	city                        *ts837.CityStateZIP
	demographics                *ts837.Demographics
	deathDate, pregnant         string
	weight                      x12.Number
	caseNumber                  string
}

// self makes it the subscriber, who is the patient.
func (p *csvPatient) self(v *ts837.SubscriberLevel) {
	s := &v.Subscriber
	*p = csvPatient{
		subscriber: true, relationship: v.Relationship, last: s.Last, first: s.First, middle: s.Middle, suffix: s.Suffix,
		street: s.Address, city: s.CityStateZIP, demographics: s.Demographics, caseNumber: s.PropertyCasualtyNumber,
	}
	if d := v.PatientDetails; d != nil {
		p.deathDate, p.pregnant, p.weight = d.DeathDate, d.Pregnant, d.Weight
	}
}

// dependent makes it a patient who is not the subscriber.
func (p *csvPatient) dependent(v *ts837.PatientLevel) {
	d := &v.Patient
	*p = csvPatient{
		level: v.Level.Number, relationship: v.Relationship, last: d.Last, first: d.First, middle: d.Middle, suffix: d.Suffix,
		street: &d.Address, city: &d.CityStateZIP, demographics: &d.Demographics,
		deathDate: v.DeathDate, pregnant: v.Pregnant, weight: v.Weight, caseNumber: d.PropertyCasualtyNumber,
	}
}

var csvPatientFields = []csvtable.Field[csvPatient]{
	csvtable.Col("patient_level", "2000C HL01", "Number of the patient's level, as written; empty when the subscriber is the patient", func(b []byte, r *csvPatient) []byte { return r.text(b, r.level) }),
	csvtable.Col("patient_is_subscriber", "2000C", "1 when the claim stands under the subscriber, else 0", func(b []byte, r *csvPatient) []byte { return csvtable.Flag(b, r.subscriber) }),
	csvtable.Cols([]csvtable.Column{
		{Name: "patient_relationship", Element: "2000C PAT01, 2000B SBR02", Meaning: "What the patient is to the subscriber: 18 self, 01 spouse, 19 child, ..."},
		{Name: "patient_last_name", Element: "2010CA NM103", Meaning: "Last name of the patient; like the columns behind it of the subscriber (2010BA) who is the patient"},
		{Name: "patient_first_name", Element: "2010CA NM104", Meaning: "First name of the patient"},
		{Name: "patient_middle_name", Element: "2010CA NM105", Meaning: "Middle name or initial of the patient"},
		{Name: "patient_suffix", Element: "2010CA NM107", Meaning: "Suffix of the patient's name"},
	}, func(b []byte, r *csvPatient) []byte {
		return r.cols(b, r.relationship, r.last, r.first, r.middle, r.suffix)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "patient_birth_date", Element: "2010CA DMG02", Meaning: "Birth date of the patient"},
		{Name: "patient_gender", Element: "2010CA DMG03", Meaning: "F, M or U"},
		{Name: "patient_address_1", Element: "2010CA N301", Meaning: "Address of the patient"},
		{Name: "patient_address_2", Element: "2010CA N302", Meaning: "Second line of it"},
		{Name: "patient_city", Element: "2010CA N401", Meaning: "City"},
		{Name: "patient_state", Element: "2010CA N402", Meaning: "State or province"},
		{Name: "patient_postal_code", Element: "2010CA N403", Meaning: "ZIP or postal code"},
		{Name: "patient_death_date", Element: "PAT06", Meaning: "Day the patient died; professional"},
		{Name: "patient_weight", Element: "PAT08", Meaning: "Weight of the patient in pounds; professional"},
		{Name: "patient_pregnant", Element: "PAT09", Meaning: "Y when the patient is pregnant; professional"},
		{Name: "property_casualty_number", Element: "REF*Y4 of 2010CA or 2010BA", Meaning: "Number of the property and casualty claim"},
	}, func(b []byte, r *csvPatient) []byte {
		if d := r.demographics; d == nil {
			b = append(b, ',', ',')
		} else {
			b = r.cols(csvtable.DateTextCol(b, d.BirthDate), d.Gender)
		}
		b = csvtable.DateTextCol(r.address(b, r.street, r.city), r.deathDate)
		return r.cols(csvtable.NumCol(b, r.weight), r.pregnant, r.caseNumber)
	}),
}
