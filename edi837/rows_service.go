package edi837

import (
	"slices"

	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12"
)

// csvLine is what the columns of a service line are written from.
type csvLine struct {
	csvtable.Quoter
	scratch *[]byte
	claim   *csvClaim
	v       *ts837.ServiceLine
	none    ts837.Procedure // of a line without one
	found   csvLineFound
}

// csvLineFound is what the three kinds of lines have in common, and what was looked up and summed up.
type csvLineFound struct {
	procedure   *ts837.Procedure // never nil
	charge      x12.Number
	units       x12.Number
	unit, place string
	pointers    []x12.Number

	from, to x12.Date
	source   string

	paid, liability csvtable.Total
	adjusted        csvtable.Adjusted
}

// load looks up what stands in several places.
func (r *csvLine) load(v *ts837.ServiceLine) {
	r.v = v
	r.found = csvLineFound{procedure: &r.none, charge: csvCharge(v)}
	f := &r.found
	switch {
	case v.Professional != nil:
		s := v.Professional
		f.procedure, f.units, f.unit, f.place, f.pointers = &s.Procedure, s.Units, s.Unit, s.PlaceOfService, s.Diagnoses.Pointers
	case v.Institutional != nil:
		s := v.Institutional
		f.procedure, f.units, f.unit = &s.Procedure, s.Units, s.Unit
	case v.Dental != nil:
		s := v.Dental
		f.procedure, f.units, f.place, f.pointers = &s.Procedure, s.Units, s.PlaceOfService, s.Diagnoses.Pointers
	}
	if f.place == "" && r.claim.kind != Institutional {
		f.place = csvShort(r.claim.v.Facility.Type)
	}
	if first, last := csvDaysOf(v.ServiceDate); !first.IsZero() {
		f.from, f.to, f.source = first, last, "service"
	} else if c := &r.claim.found; c.source == "statement" || c.source == "claim" {
		f.from, f.to, f.source = c.from, c.to, c.source
	}
	for i := range v.Adjudications {
		a := &v.Adjudications[i]
		f.paid.Add(a.Paid)
		f.liability.Add(a.RemainingLiability)
		csvAdd(&f.adjusted, a.Adjustments)
	}
}

// pointed returns the diagnosis a pointer names.
func (r *csvLine) pointed(pointer x12.Number) string {
	if pointer.Scale() != 0 || pointer.Coef() < 1 {
		return ""
	}
	for i := range r.claim.codes {
		switch c := &r.claim.codes[i]; {
		case c.pointer == 0:
			return "" // they come first
		case int64(c.pointer) == pointer.Coef():
			return csvShort(c.code)
		}
	}
	return ""
}

// csvLineFields are the columns of a service line, part by part.
var csvLineFields = slices.Concat(csvLineHead, csvLineNumbers, csvLineProviders, csvLineEquipment, csvLineTeeth, csvLineExtras,
	csvLineDecisions)

// csvLineHead is LX, SV1 to SV3 and when they were.
var csvLineHead = []csvtable.Field[csvLine]{
	csvtable.Cols([]csvtable.Column{
		{Name: "line_number", Element: "LX01", Meaning: "Number of the line, as written"},
		{Name: "line_item_control_number", Element: "REF*6R", Meaning: "Number the provider gave the line"},
		{Name: "procedure_qualifier", Element: "SV101-1, SV202-1, SV301-1", Meaning: "Kind of procedure_code"},
		{Name: "procedure_code", Element: "SV101-2, SV202-2, SV301-2", Meaning: "Procedure"},
		{Name: "modifier_1", Element: "SV101-3, SV202-3, SV301-3", Meaning: "Modifier 1"},
		{Name: "modifier_2", Element: "SV101-4, SV202-4, SV301-4", Meaning: "Modifier 2"},
		{Name: "modifier_3", Element: "SV101-5, SV202-5, SV301-5", Meaning: "Modifier 3"},
		{Name: "modifier_4", Element: "SV101-6, SV202-6, SV301-6", Meaning: "Modifier 4"},
		{Name: "procedure_description", Element: "SV101-7, SV202-7, SV301-7", Meaning: "Description of the procedure"},
	}, func(b []byte, r *csvLine) []byte {
		p := r.found.procedure
		b = append(r.v.Number.AppendWire(b), ',')
		b = r.Col(r.Col(r.Col(b, r.v.LineControlNumber), p.Qualifier), p.Code)
		return r.Col(r.ListCols(b, p.Modifiers, 4), p.Description)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "revenue_code", Element: "SV201", Meaning: "Revenue code; institutional"},
		{Name: "charge_amount", Element: "SV102, SV203, SV302", Meaning: "Charge of the line"},
		{Name: "units", Element: "SV104, SV205, SV306", Meaning: "Units, minutes or days; of a dental line the count, empty is 1"},
		{Name: "unit_of_measure", Element: "SV103, SV204", Meaning: "UN units, MJ minutes, DA days; professional and institutional"},
		{Name: "place_of_service", Element: "SV105, SV303, CLM05-1", Meaning: "Place of service, that of the claim when the line has none; professional and dental"},
		{Name: "non_covered_amount", Element: "SV207", Meaning: "Part of the charge that is not covered; institutional"},
	}, func(b []byte, r *csvLine) []byte {
		f := &r.found
		var revenue string
		var nonCovered x12.Number
		if s := r.v.Institutional; s != nil {
			revenue, nonCovered = s.RevenueCode, s.NonCovered
		}
		b = csvtable.NumCol(csvtable.NumCol(r.Col(b, revenue), f.charge), f.units)
		return csvtable.NumCol(r.Col(r.Col(b, f.unit), f.place), nonCovered)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "service_from", Element: "DTP*472, DTP*434", Meaning: "First day of the service; of the claim or statement when the line has no date"},
		{Name: "service_to", Element: "DTP*472, DTP*434", Meaning: "Last day of the service; of the claim or statement when the line has no date"},
		{Name: "service_date_source", Element: "DTP", Meaning: "Where the two are from: service, claim or statement"},
	}, func(b []byte, r *csvLine) []byte {
		f := &r.found
		return append(append(csvtable.DateCol(csvtable.DateCol(b, f.from), f.to), f.source...), ',')
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "diagnosis_pointer_1", Element: "SV107-1, SV311-1", Meaning: "Diagnosis pointer 1; professional and dental"},
		{Name: "diagnosis_pointer_2", Element: "SV107-2, SV311-2", Meaning: "Diagnosis pointer 2"},
		{Name: "diagnosis_pointer_3", Element: "SV107-3, SV311-3", Meaning: "Diagnosis pointer 3"},
		{Name: "diagnosis_pointer_4", Element: "SV107-4, SV311-4", Meaning: "Diagnosis pointer 4"},
		{Name: "diagnosis_code_1", Element: "HI-2", Meaning: "Diagnosis that pointer 1 names"},
		{Name: "diagnosis_code_2", Element: "HI-2", Meaning: "Diagnosis that pointer 2 names"},
		{Name: "diagnosis_code_3", Element: "HI-2", Meaning: "Diagnosis that pointer 3 names"},
		{Name: "diagnosis_code_4", Element: "HI-2", Meaning: "Diagnosis that pointer 4 names"},
	}, func(b []byte, r *csvLine) []byte {
		list := r.found.pointers[:min(len(r.found.pointers), 4)]
		if len(list) == 0 {
			return append(b, ",,,,,,,,"...)
		}
		for _, n := range list {
			b = csvtable.NumCol(b, n)
		}
		b = append(b, ",,,,"[len(list):]...)
		for _, n := range list {
			b = r.Col(b, r.pointed(n))
		}
		return append(b, ",,,,"[len(list):]...)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "emergency", Element: "SV109", Meaning: "Y when it was an emergency; professional"},
		{Name: "epsdt", Element: "SV111", Meaning: "Y when from a screening of children; professional"},
		{Name: "family_planning", Element: "SV112", Meaning: "Y for family planning; professional"},
		{Name: "copay_status", Element: "SV115", Meaning: "0 when no copayment was due; professional"},
	}, func(b []byte, r *csvLine) []byte {
		s := r.v.Professional
		if s == nil {
			return append(b, ",,,,"...)
		}
		return r.Col(r.Col(r.Col(r.Col(b, s.Emergency), s.EPSDT), s.FamilyPlanning), s.CopayStatus)
	}),
}

// csvLineNumbers are the drug and the REF.
var csvLineNumbers = []csvtable.Field[csvLine]{
	csvtable.Cols([]csvtable.Column{
		{Name: "ndc_code", Element: "LIN03", Meaning: "National drug code, with LIN02 N4; professional and institutional"},
		{Name: "ndc_quantity", Element: "CTP04", Meaning: "Quantity of the drug"},
		{Name: "ndc_unit", Element: "CTP05-1", Meaning: "F2 international unit, GR gram, ME milligram, ML milliliter, UN unit"},
		{Name: "product_qualifier", Element: "LIN02", Meaning: "Kind of product_code; professional"},
		{Name: "product_code", Element: "LIN03", Meaning: "Universal product number, when not a national drug code; professional"},
		{Name: "prescription_number", Element: "2410 REF*XZ, REF*VY", Meaning: "Prescription, or link between the parts of a compound"},
	}, func(b []byte, r *csvLine) []byte {
		d := r.v.Drug
		if d == nil {
			return append(b, ",,,,,,"...)
		}
		ndc, product := d.Code, ""
		if d.Qualifier != "N4" {
			ndc, product = "", d.Code
		}
		b = r.Col(csvtable.NumCol(r.Col(b, ndc), d.Quantity), d.Unit.Code)
		if product == "" {
			b = append(b, ',', ',')
		} else {
			b = r.Col(r.Col(b, d.Qualifier), product)
		}
		if d.Prescription == nil {
			return append(b, ',')
		}
		return r.Col(b, d.Prescription.ID)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "prior_authorization_number", Element: "2400 REF*G1", Meaning: "First prior authorization of the line; professional and dental"},
		{Name: "predetermination_number", Element: "2400 REF*G3", Meaning: "First predetermination of the line; dental"},
		{Name: "referral_number", Element: "2400 REF*9F", Meaning: "First referral of the line; professional and dental"},
		{Name: "repriced_line_number", Element: "REF*9B, REF*9A", Meaning: "Repricer's number of the line"},
		{Name: "adjusted_repriced_line_number", Element: "REF*9D, REF*9C", Meaning: "Repricer's number of the adjusted line"},
		{Name: "clia_number", Element: "2400 REF*X4", Meaning: "Laboratory certification (CLIA); professional"},
		{Name: "referring_clia_number", Element: "REF*F4", Meaning: "Laboratory that referred the test; professional"},
		{Name: "mammography_certification_number", Element: "2400 REF*EW", Meaning: "Mammography certification; professional"},
		{Name: "immunization_batch_number", Element: "REF*BT", Meaning: "Batch of the vaccine; professional"},
	}, func(b []byte, r *csvLine) []byte {
		v := r.v
		b = r.Col(r.Col(b, csvFirstNumber(v.PriorAuthorizations)), csvFirstNumber(v.Predeterminations))
		b = r.Col(b, csvFirstNumber(v.ReferralNumbers))
		b = r.Col(b, csvEither(v.RepricedLine, v.RepricedClaim))
		b = r.Col(b, csvEither(v.AdjustedRepricedLine, v.AdjustedRepricedClaim))
		return r.Col(r.Col(r.Col(r.Col(b, v.CLIA), v.ReferringCLIA), v.MammographyCertification), v.ImmunizationBatch)
	}),
}

func csvFirstNumber(list []ts837.LineReference) string {
	if len(list) == 0 {
		return ""
	}
	return list[0].Number
}

func csvEither(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// csvLineProviders are the loops 2420.
var csvLineProviders = []csvtable.Field[csvLine]{
	csvtable.Cols([]csvtable.Column{
		{Name: "rendering_provider_name", Element: "NM1*82", Meaning: "Rendering provider of the line, else of the claim; empty when it is the billing provider"},
		{Name: "rendering_provider_npi", Element: "NM1*82 NM109", Meaning: "National provider id of the rendering provider"},
		{Name: "rendering_provider_taxonomy", Element: "NM1*82 PRV03", Meaning: "Specialty of the rendering provider; professional and dental"},
	}, func(b []byte, r *csvLine) []byte {
		if p := r.v.Rendering; p != nil {
			return r.Col(r.provider(b, p), p.Taxonomy)
		}
		p := r.claim.v.Rendering
		if p == nil {
			return append(b, ",,,"...)
		}
		b = r.Name(b, csvShort(p.Last), csvShort(p.First), csvShort(p.Middle), csvShort(p.Suffix), r.scratch)
		return r.Col(r.Col(append(b, ','), csvShort(csvNPI(p.IDQualifier, p.ID))), csvShort(p.Taxonomy))
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "operating_provider_name", Element: "2420A NM1*72", Meaning: "Operating physician of the line; institutional"},
		{Name: "operating_provider_npi", Element: "2420A NM109", Meaning: "National provider id of the operating physician"},
		{Name: "other_operating_provider_name", Element: "2420B NM1*ZZ", Meaning: "Other operating physician of the line; institutional"},
		{Name: "other_operating_provider_npi", Element: "2420B NM109", Meaning: "National provider id of the other operating physician"},
		{Name: "ordering_provider_name", Element: "2420E NM1*DK", Meaning: "Ordering provider; professional"},
		{Name: "ordering_provider_npi", Element: "2420E NM109", Meaning: "National provider id of the ordering provider"},
		{Name: "referring_provider_name", Element: "2420F NM1*DN, 2420D", Meaning: "First referring provider of the line; professional and institutional"},
		{Name: "referring_provider_npi", Element: "2420F NM109, 2420D", Meaning: "National provider id of the referring provider"},
		{Name: "supervising_provider_name", Element: "NM1*DQ", Meaning: "Supervising provider of the line; professional and dental"},
		{Name: "supervising_provider_npi", Element: "NM1*DQ NM109", Meaning: "National provider id of the supervising provider"},
		{Name: "assistant_surgeon_name", Element: "2420B NM1*DD", Meaning: "Assistant surgeon of the line; dental"},
		{Name: "assistant_surgeon_npi", Element: "2420B NM109", Meaning: "National provider id of the assistant surgeon"},
		{Name: "purchased_service_provider_npi", Element: "2420B NM1*QB NM109", Meaning: "National provider id of who sold the service; professional"},
		{Name: "purchased_service_charge", Element: "PS102", Meaning: "What was paid for it; professional"},
		{Name: "service_facility_name", Element: "NM1*77 NM103", Meaning: "Where the service was, when not as in the claim; professional and dental"},
		{Name: "service_facility_npi", Element: "NM1*77 NM109", Meaning: "National provider id of it"},
	}, func(b []byte, r *csvLine) []byte {
		v := r.v
		var referring *ts837.LineProvider
		if len(v.Referring) > 0 {
			referring = &v.Referring[0]
		}
		for _, p := range [...]*ts837.LineProvider{v.Operating, v.OtherOperating, v.Ordering, referring, v.Supervising, v.AssistantSurgeon} {
			b = r.provider(b, p)
		}
		if p := v.PurchasedServiceProvider; p != nil {
			b = r.Text(b, csvNPI(p.IDQualifier, p.ID))
		}
		b = append(b, ',')
		if p := v.PurchasedService; p != nil {
			b = csvtable.Plain(b, p.Charge)
		}
		b = append(b, ',')
		f := v.ServiceFacility
		if f == nil {
			return append(b, ',', ',')
		}
		return r.Col(r.Col(b, f.Name), csvNPI(f.IDQualifier, f.ID))
	}),
}

// provider appends name and national provider id.
func (r *csvLine) provider(b []byte, p *ts837.LineProvider) []byte {
	if p == nil {
		return append(b, ',', ',')
	}
	b = append(r.Name(b, p.Last, p.First, p.Middle, p.Suffix, r.scratch), ',')
	return r.Col(b, csvNPI(p.IDQualifier, p.ID))
}
