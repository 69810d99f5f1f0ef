package edi271

import (
	"github.com/x12-go/edi/edi271/ts271"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12/codes"
)

// csvBenefit is what the columns of an EB are written from.
type csvBenefit struct {
	csvtable.Quoter
	v       *ts271.Benefit
	scratch []byte
}

// packed appends what add writes as one cell.
func (r *csvBenefit) packed(b []byte, add func(b []byte, start int) []byte) []byte {
	start := len(b)
	return append(r.Settle(add(b, start), start, &r.scratch), ',')
}

// place returns the first place of service the benefit is limited to.
func (r *csvBenefit) place() string {
	for i := range r.v.AdditionalInformation {
		if a := &r.v.AdditionalInformation[i]; a.CodeQualifier == "ZZ" {
			return a.Code
		}
	}
	return ""
}

// entity returns the first entity with one of some roles.
func (r *csvBenefit) entity(roles ...string) *ts271.RelatedEntity {
	for i := range r.v.RelatedEntities {
		e := &r.v.RelatedEntities[i]
		for _, role := range roles {
			if e.Role == role {
				return e
			}
		}
	}
	return nil
}

// entityCols appends name, id and telephone number of an entity.
func (r *csvBenefit) entityCols(b []byte, e *ts271.RelatedEntity) []byte {
	if e == nil {
		return append(b, ",,,"...)
	}
	b = append(r.Name(b, e.Last, e.First, e.Middle, e.Suffix, &r.scratch), ',')
	return r.Col(r.Col(b, e.ID), csvPhone(e.Contacts))
}

var csvBenefitFields = []csvtable.Field[csvBenefit]{
	csvtable.Cols([]csvtable.Column{
		{Name: "information", Element: "EB01", Meaning: "What the row says: 1 to 5 active, 6 to 8 inactive, A coinsurance, B copayment, C deductible, F limitation, G out-of-pocket maximum, ..."},
		{Name: "coverage_level", Element: "EB02", Meaning: "IND individual, FAM family, ..."},
	}, func(b []byte, r *csvBenefit) []byte { return r.Col(r.Col(b, r.v.Information), r.v.CoverageLevel) }),
	csvtable.Cols([]csvtable.Column{
		{Name: "service_types", Element: "EB03", Meaning: "Service types, each for itself; 30 the plan as a whole"},
		{Name: "service_type_count", Element: "EB03", Meaning: "How many there are"},
	}, func(b []byte, r *csvBenefit) []byte {
		b = append(r.Words(b, r.v.ServiceTypes, &r.scratch), ',')
		n := int64(0)
		for _, s := range r.v.ServiceTypes {
			if s != "" {
				n++
			}
		}
		return csvtable.IntCol(b, n)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "insurance_type", Element: "EB04", Meaning: "Kind of insurance"},
		{Name: "plan_name", Element: "EB05", Meaning: "Name of the plan"},
		{Name: "time_period", Element: "EB06", Meaning: "What time the figures are for: 23 calendar year, 27 visit, 29 remaining, ..."},
	}, func(b []byte, r *csvBenefit) []byte {
		return r.Col(r.Col(r.Col(b, r.v.InsuranceType), r.v.PlanDescription), r.v.TimePeriod)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "amount", Element: "EB07", Meaning: "Money; of copayment, deductible and the like what the patient pays"},
		{Name: "percent", Element: "EB08", Meaning: "Fraction the patient pays: 0.2 is 20 percent"},
	}, func(b []byte, r *csvBenefit) []byte {
		return csvtable.NumCol(csvtable.NumCol(b, r.v.Amount), r.v.Percent)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "quantity_qualifier", Element: "EB09", Meaning: "What is counted: VS visits, DY days, S7 and S8 ages, ..."},
		{Name: "quantity", Element: "EB10", Meaning: "How many"},
	}, func(b []byte, r *csvBenefit) []byte {
		return csvtable.NumCol(r.Col(b, r.v.QuantityQualifier), r.v.Quantity)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "authorization_required", Element: "EB11", Meaning: "Y, N, or U the payer cannot tell"},
		{Name: "in_network", Element: "EB12", Meaning: "Care in the network: Y, N, W both alike, U not known"},
	}, func(b []byte, r *csvBenefit) []byte { return r.Col(r.Col(b, r.v.AuthorizationRequired), r.v.InNetwork) }),
	csvtable.Cols([]csvtable.Column{
		{Name: "procedure_qualifier", Element: "EB13-1", Meaning: "HC HCPCS, AD dental, N4 drug, ..."},
		{Name: "procedure_code", Element: "EB13-2", Meaning: "Procedure"},
		{Name: "modifiers", Element: "EB13-3 to EB13-6", Meaning: "Modifiers"},
		{Name: "procedure_end_code", Element: "EB13-8", Meaning: "Last procedure of a range"},
	}, func(b []byte, r *csvBenefit) []byte {
		p := &r.v.Procedure
		b = r.Col(r.Col(b, p.Qualifier), p.Code)
		return r.Col(append(r.Words(b, p.Modifiers, &r.scratch), ','), p.EndCode)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "place_of_service", Element: "III02 with III01 ZZ", Meaning: "Place of service the benefit is limited to, the first"},
		{Name: "conditions", Element: "III", Meaning: "All limits: qualifier:code:category:body part"},
	}, func(b []byte, r *csvBenefit) []byte {
		b = r.Col(b, r.place())
		return r.packed(b, func(b []byte, start int) []byte {
			for i := range r.v.AdditionalInformation {
				a := &r.v.AdditionalInformation[i]
				if i > 0 {
					b = append(b, " | "...)
				}
				b = csvJoined(b, a.CodeQualifier, a.Code, a.Category, a.InjuredBodyPart)
			}
			return b
		})
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "deliveries", Element: "HSD", Meaning: "How often: qualifier:quantity:unit:modulus:period:periods:frequency:time of day, HSD01 to HSD08"},
	}, func(b []byte, r *csvBenefit) []byte {
		return r.packed(b, func(b []byte, start int) []byte {
			for i := range r.v.Deliveries {
				d := &r.v.Deliveries[i]
				if i > 0 {
					b = append(b, ' ')
				}
				b = csvJoined(b, d.QuantityQualifier, csvNumber(d.Quantity), d.Unit, csvNumber(d.SampleModulus), d.TimePeriod, csvNumber(d.Periods), d.Frequency, d.PatternTime)
			}
			return b
		})
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "benefit_from", Element: "2110 DTP*291, 292, 307, 346, 348, 356", Meaning: "First day the row is for, when it is not that of the person"},
		{Name: "benefit_to", Element: "2110 DTP*291, 292, 307, 349, 357", Meaning: "Last day the row is for, when it is not that of the person"},
		{Name: "dates", Element: "2110 DTP", Meaning: "All dates of the row: qualifier:from:to"},
	}, func(b []byte, r *csvBenefit) []byte {
		v := r.v.Dates
		from, to := csvDateOf(v, "292")
		for _, q := range [...]string{"291", "307"} {
			if from.IsZero() {
				from, to = csvDateOf(v, q)
			}
		}
		for _, q := range [...]string{"346", "356", "348"} {
			if d, last := csvDateOf(v, q); !d.IsZero() {
				if from = d; last.After(d) {
					to = last
				}
			}
		}
		for _, q := range [...]string{"357", "349"} {
			if _, d := csvDateOf(v, q); !d.IsZero() {
				to = d
			}
		}
		b = csvtable.DateCol(csvtable.DateCol(b, from), to)
		return r.packed(b, func(b []byte, start int) []byte {
			for i := range v {
				from, to := csvDays(v[i].Format, v[i].Value)
				if i > 0 {
					b = append(b, ' ')
				}
				b = csvJoined(b, v[i].Qualifier, from.String(), to.String())
			}
			return b
		})
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "references", Element: "2110 REF", Meaning: "Numbers of the row: qualifier:number:name"},
		{Name: "rejections", Element: "2110 AAA", Meaning: "Rejections of the row: reason:follow up"},
		{Name: "messages", Element: "MSG", Meaning: "Free text, which may change the meaning of the row"},
	}, func(b []byte, r *csvBenefit) []byte {
		b = r.packed(b, func(b []byte, start int) []byte {
			for i := range r.v.AdditionalIDs {
				v := &r.v.AdditionalIDs[i]
				if i > 0 {
					b = append(b, " | "...)
				}
				b = csvJoined(b, v.Qualifier, v.ID, v.Description)
			}
			return b
		})
		b = r.packed(b, func(b []byte, start int) []byte {
			for i := range r.v.Rejections {
				if i > 0 {
					b = append(b, ' ')
				}
				b = csvJoined(b, r.v.Rejections[i].Reason, r.v.Rejections[i].FollowUp)
			}
			return b
		})
		return r.packed(b, func(b []byte, start int) []byte {
			for i, m := range r.v.Messages {
				if i > 0 {
					b = append(b, " | "...)
				}
				b = append(b, m...)
			}
			return b
		})
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "entity_count", Element: "2120", Meaning: "How many entities the row names"},
		{Name: "entities", Element: "2120 NM1", Meaning: "All of them: role:qualifier:id:name"},
		{Name: "primary_care_provider_name", Element: "2120 NM1*P3", Meaning: "Primary care provider: organization, or last, first middle suffix"},
		{Name: "primary_care_provider_id", Element: "2120 NM1*P3 NM109", Meaning: "Id of the primary care provider"},
		{Name: "primary_care_provider_phone", Element: "2120 PER*IC TE", Meaning: "Telephone number of the primary care provider"},
		{Name: "other_payer_name", Element: "2120 NM1*PR, PRP, SEP, TTP", Meaning: "First other payer: organization, or last, first middle suffix"},
		{Name: "other_payer_id", Element: "2120 NM1*PR, PRP, SEP, TTP NM109", Meaning: "Id of the other payer"},
		{Name: "other_payer_phone", Element: "2120 PER*IC TE", Meaning: "Telephone number of the other payer"},
	}, func(b []byte, r *csvBenefit) []byte {
		b = csvtable.IntCol(b, int64(len(r.v.RelatedEntities)))
		b = r.packed(b, func(b []byte, start int) []byte {
			for i := range r.v.RelatedEntities {
				e := &r.v.RelatedEntities[i]
				if i > 0 {
					b = append(b, " | "...)
				}
				b = append(append(append(append(append(append(b, e.Role...), ':'), e.IDQualifier...), ':'), e.ID...), ':')
				b = append(b, e.Last...)
				b = csvWord(csvWord(b, start, e.First), start, e.Middle)
				b = csvWord(b, start, e.Suffix)
			}
			return b
		})
		return r.entityCols(r.entityCols(b, r.entity("P3")), r.entity("PR", "PRP", "SEP", "TTP"))
	}),
}

// csvDescriptions returns the columns with the meanings of codes.
func csvDescriptions(set *codes.Set) []csvtable.Field[csvBenefit] {
	described := func(name, element, list string, code func(r *csvBenefit) string) csvtable.Field[csvBenefit] {
		return csvtable.Cols(csvtable.Described(name, element), func(b []byte, r *csvBenefit) []byte { return r.DescribeCol(b, set, list, code(r)) })
	}
	return []csvtable.Field[csvBenefit]{
		described("information", "EB01", "eb_info", func(r *csvBenefit) string { return r.v.Information }),
		described("coverage_level", "EB02", "coverage_level", func(r *csvBenefit) string { return r.v.CoverageLevel }),
		csvtable.Cols(csvtable.Described("service_types", "EB03"), func(b []byte, r *csvBenefit) []byte {
			return r.packed(b, func(b []byte, start int) []byte {
				for _, s := range r.v.ServiceTypes {
					if text := set.Describe("service_type", s); text != "" {
						if len(b) > start {
							b = append(b, " | "...)
						}
						b = append(b, text...)
					}
				}
				return b
			})
		}),
		described("insurance_type", "EB04", "insurance_type", func(r *csvBenefit) string { return r.v.InsuranceType }),
		described("time_period", "EB06", "time_period", func(r *csvBenefit) string { return r.v.TimePeriod }),
		described("quantity_qualifier", "EB09", "quantity_qualifier", func(r *csvBenefit) string { return r.v.QuantityQualifier }),
		described("place_of_service", "III02", "pos", (*csvBenefit).place),
	}
}
