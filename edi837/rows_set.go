package edi837

import (
	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/internal/csvtable"
)

// csvMaxText bounds texts that stand on more rows than they were sent for: above the claims, or in the claim for its
// lines. None that is valid has more than 80 characters.
const csvMaxText = 256

// csvAbove writes what stands above the claims.
type csvAbove struct {
	csvtable.Quoter
	scratch []byte
}

func (r *csvAbove) text(b []byte, s string) []byte { return r.Text(b, csvShort(s)) }

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

// csvNPI returns an id that is a national provider id.
func csvNPI(qualifier, id string) string {
	if qualifier == "XX" {
		return id
	}
	return ""
}

var csvKeyFields = csvtable.KeyFields("submission_seq")

// csvSet is what the columns of the transaction set are written from.
type csvSet struct {
	csvAbove
	v    *ts837.HealthCareClaim
	kind Kind
}

var csvSetFields = []csvtable.Field[csvSet]{
	csvtable.Col("kind", "ST03, GS08", "Kind of claim: professional, institutional or dental", func(b []byte, r *csvSet) []byte { return append(b, r.kind...) }),
	csvtable.Col("guide", "ST03, GS08", "Guide the set was read as", func(b []byte, r *csvSet) []byte { return r.text(b, r.v.Guide) }),
	csvtable.Col("submission_purpose", "BHT02", "00 original, 18 reissue", func(b []byte, r *csvSet) []byte { return r.text(b, r.v.Beginning.Purpose) }),
	csvtable.Col("submission_reference", "BHT03", "Number the submitter gave the batch", func(b []byte, r *csvSet) []byte { return r.text(b, r.v.Beginning.Reference) }),
	csvtable.Cols([]csvtable.Column{
		{Name: "submission_date", Element: "BHT04", Meaning: "Day the batch was made"},
		{Name: "submission_time", Element: "BHT05", Meaning: "Time of day the batch was made, HH:MM with what else was sent"},
	}, func(b []byte, r *csvSet) []byte {
		return append(r.v.Beginning.Time.AppendISO(csvtable.DateCol(b, r.v.Beginning.Date)), ',')
	}),
	csvtable.Col("claim_or_encounter", "BHT06", "CH claims, RP encounters reported, 31 subrogation demands", func(b []byte, r *csvSet) []byte { return r.text(b, r.v.Beginning.Type) }),
	csvtable.Col("submitter_name", "1000A NM103 to NM105", "Submitter: organization, or last, first middle", func(b []byte, r *csvSet) []byte {
		s := &r.v.Submitter
		return r.name(b, s.Last, s.First, s.Middle, "")
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "submitter_id", Element: "1000A NM109", Meaning: "Id of the submitter"},
		{Name: "receiver_name", Element: "1000B NM103", Meaning: "Name of the receiver"},
		{Name: "receiver_id", Element: "1000B NM109", Meaning: "Id of the receiver"},
	}, func(b []byte, r *csvSet) []byte {
		return r.cols(b, r.v.Submitter.ID, r.v.Receiver.Name, r.v.Receiver.ID)
	}),
}

// csvBilling is what the columns of the billing provider are written from.
type csvBilling struct {
	csvAbove
	v *ts837.BillingLevel
}

var csvBillingFields = []csvtable.Field[csvBilling]{
	csvtable.Col("billing_level", "2000A HL01", "Number of the billing provider's level, as written", func(b []byte, r *csvBilling) []byte { return r.text(b, r.v.Level.Number) }),
	csvtable.Col("billing_provider_name", "2010AA NM103 to NM107", "Billing provider: organization, or last, first middle suffix", func(b []byte, r *csvBilling) []byte {
		p := &r.v.Provider
		return r.name(b, p.Last, p.First, p.Middle, p.Suffix)
	}),
	csvtable.Col("billing_provider_npi", "2010AA NM109", "National provider id of the billing provider, with NM108 XX", func(b []byte, r *csvBilling) []byte {
		return r.text(b, csvNPI(r.v.Provider.IDQualifier, r.v.Provider.ID))
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "billing_provider_tax_id", Element: "2010AA REF*EI, REF*SY", Meaning: "Tax id of the billing provider"},
		{Name: "billing_provider_tax_id_qualifier", Element: "2010AA REF01", Meaning: "EI employer's number, SY social security number"},
		{Name: "billing_provider_taxonomy", Element: "2000A PRV03", Meaning: "Specialty of the billing provider"},
	}, func(b []byte, r *csvBilling) []byte {
		return r.cols(b, r.v.Provider.TaxID.ID, r.v.Provider.TaxID.Qualifier, r.v.Taxonomy)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "billing_provider_address_1", Element: "2010AA N301", Meaning: "Address of the billing provider"},
		{Name: "billing_provider_address_2", Element: "2010AA N302", Meaning: "Second line of it"},
		{Name: "billing_provider_city", Element: "2010AA N401", Meaning: "City"},
		{Name: "billing_provider_state", Element: "2010AA N402", Meaning: "State or province"},
		{Name: "billing_provider_postal_code", Element: "2010AA N403", Meaning: "ZIP or postal code"},
		{Name: "billing_provider_country", Element: "2010AA N404", Meaning: "Country; empty is the United States"},
	}, func(b []byte, r *csvBilling) []byte {
		a, c := &r.v.Provider.Address, &r.v.Provider.CityStateZIP
		return r.cols(b, a.Line1, a.Line2, c.City, c.State, c.PostalCode, c.Country)
	}),
	csvtable.Col("billing_provider_phone", "2010AA PER*IC TE", "First telephone number of the billing provider", func(b []byte, r *csvBilling) []byte { return r.text(b, csvPhone(r.v.Provider.Contacts)) }),
	csvtable.Col("currency", "2000A CUR02", "Currency of the amounts; empty is US dollars", func(b []byte, r *csvBilling) []byte { return r.text(b, r.v.Currency) }),
	csvtable.Cols([]csvtable.Column{
		{Name: "pay_to_address_1", Element: "2010AB N301", Meaning: "Where payments go, when not to the billing provider's address"},
		{Name: "pay_to_address_2", Element: "2010AB N302", Meaning: "Second line of it"},
		{Name: "pay_to_city", Element: "2010AB N401", Meaning: "City"},
		{Name: "pay_to_state", Element: "2010AB N402", Meaning: "State or province"},
		{Name: "pay_to_postal_code", Element: "2010AB N403", Meaning: "ZIP or postal code"},
		{Name: "pay_to_country", Element: "2010AB N404", Meaning: "Country; empty is the United States"},
	}, func(b []byte, r *csvBilling) []byte {
		p := r.v.PayToAddress
		if p == nil {
			return append(b, ",,,,,,"...)
		}
		c := &p.CityStateZIP
		return r.cols(b, p.Address.Line1, p.Address.Line2, c.City, c.State, c.PostalCode, c.Country)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "pay_to_plan_name", Element: "2010AC NM103", Meaning: "Plan that wants its money back"},
		{Name: "pay_to_plan_id", Element: "2010AC NM109", Meaning: "Id of that plan"},
		{Name: "pay_to_plan_tax_id", Element: "2010AC REF*EI", Meaning: "Tax id of that plan"},
	}, func(b []byte, r *csvBilling) []byte {
		p := r.v.PayToPlan
		if p == nil {
			return append(b, ",,,"...)
		}
		return r.cols(b, p.Name, p.ID, p.TaxID)
	}),
}

// csvPhone returns the first telephone number.
func csvPhone(list []ts837.Contact) string {
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
