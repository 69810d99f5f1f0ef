package edi834

import "github.com/x12-go/edi/edi834/ts834"

func mapCoverage(m *mapper, d *Coverage, w *ts834.HealthCoverage) {
	text(m, &d.MaintenanceType, &w.MaintenanceType)
	text(m, &d.InsuranceLine, &w.InsuranceLine)
	text(m, &d.PlanDescription, &w.PlanDescription)
	text(m, &d.CoverageLevel, &w.CoverageLevel)
	text(m, &d.LateEnrollment, &w.LateEnrollment)
	mapFamily(m, coverageDates, &d.Dates, &d.Dates.Other, &w.Dates, &periods)
	mapFamily(m, memberAmounts, &d.Amounts, &d.Amounts.Other, &w.Amounts, &amounts)
	mapFamily(m, coverageReferences, &d.References, &d.References.Other, &w.PolicyNumbers, &references)
	text(m, &d.PriorCoverageMonths, &w.PriorCoverageMonths)
	list(m, &d.IDCards, &w.IDCards, func(m *mapper, d *IDCard, w *ts834.IDCard) {
		text(m, &d.Description, &w.Description)
		text(m, &d.Type, &w.Type)
		m.num(&d.Count, &w.Count)
		text(m, &d.Action, &w.Action)
	})
	list(m, &d.Providers, &w.Providers, mapProvider)
	list(m, &d.CoordinationOfBenefits, &w.CoordinationOfBenefits, mapOtherInsurance)
}

func mapProvider(m *mapper, d *Provider, w *ts834.Provider) {
	m.num(&d.Number, &w.Number)
	text(m, &d.Role, &w.Role)
	text(m, &d.EntityType, &w.EntityType)
	m.name(&d.Name, name{&w.Last, &w.First, &w.Middle, &w.Prefix, &w.Suffix})
	text(m, &d.IDQualifier, &w.IDQualifier)
	text(m, &d.ID, &w.ID)
	text(m, &d.Relationship, &w.Relationship)
	m.streets(d, w)
	present(m, &d.Address, &w.CityStateZIP, mapCity)
	list(m, &d.Contacts, &w.Communications, mapCommunications)
	optional(m, &d.Change, &w.Change, func(m *mapper, d *ProviderChange, w *ts834.ProviderChange) {
		m.date(&d.Effective, &w.EffectiveDate)
		text(m, &d.Reason, &w.Reason)
	})
}

// streets maps the N3 of a provider: the first is that of the address.
func (m *mapper) streets(d *Provider, w *ts834.Provider) {
	var first *ts834.Address
	rest := w.Addresses
	if len(rest) > 0 {
		one := rest[0]
		first, rest = &one, rest[1:]
	}
	present(m, &d.Address, &first, mapStreet)
	list(m, &d.MoreLines, &rest, func(m *mapper, d *AddressLines, w *ts834.Address) {
		text(m, &d.Line1, &w.Line1)
		text(m, &d.Line2, &w.Line2)
	})
	if !m.out {
		return
	}
	if w.Addresses = nil; first == nil && len(rest) > 0 {
		first = new(ts834.Address)
	}
	if first != nil {
		w.Addresses = append([]ts834.Address{*first}, rest...)
	}
}

func mapOtherInsurance(m *mapper, d *CoordinationOfBenefits, w *ts834.CoordinationOfBenefits) {
	text(m, &d.Responsibility, &w.Responsibility)
	text(m, &d.PolicyNumber, &w.PolicyNumber)
	text(m, &d.Coordination, &w.Coordination)
	m.texts(&d.ServiceTypes, &w.ServiceTypes)
	mapFamily(m, otherInsuranceReferences, d, &d.OtherReferences, &w.AdditionalIDs, &references)
	mapFamily(m, otherInsuranceDates, d, &d.OtherDates, &w.Dates, &dates)
	list(m, &d.Entities, &w.RelatedEntities, func(m *mapper, d *RelatedEntity, w *ts834.RelatedEntity) {
		text(m, &d.Role, &w.Role)
		text(m, &d.Name, &w.Name)
		text(m, &d.IDQualifier, &w.IDQualifier)
		text(m, &d.ID, &w.ID)
		mapAddress(m, &d.Address, &w.Address, &w.CityStateZIP)
		text(m, &d.Phone, &w.Phone)
	})
}
