package edi837

import "github.com/x12-go/edi/edi837/ts837"

// name are the fields of an NM1 that most providers have.
type name struct {
	EntityType, Last, First, Middle, Suffix, IDQualifier, ID *string
}

func (m *mapper) name(d *Provider, w name) {
	text(m, &d.EntityType, w.EntityType)
	text(m, &d.LastOrOrganization, w.Last)
	text(m, &d.First, w.First)
	text(m, &d.Middle, w.Middle)
	text(m, &d.Suffix, w.Suffix)
	text(m, &d.IDQualifier, w.IDQualifier)
	text(m, &d.ID, w.ID)
}

func mapProvider(m *mapper, d *Provider, w *ts837.Provider) {
	text(m, &d.Role, &w.Role)
	m.name(d, name{&w.EntityType, &w.Last, &w.First, &w.Middle, &w.Suffix, &w.IDQualifier, &w.ID})
	text(m, &d.Taxonomy, &w.Taxonomy)
	list(m, &d.SecondaryIDs, &w.SecondaryIDs, mapPlainID)
	m.refuse(!d.Address.IsZero(), "Provider.Address")
	m.refuse(d.Contact != nil, "Provider.Contact")
}

// mapPlainID maps a number without the payer that gave it.
func mapPlainID(m *mapper, d *ProviderID, w *ts837.Reference) {
	text(m, &d.Qualifier, &w.Qualifier)
	text(m, &d.ID, &w.ID)
	m.refuse(d.PayerID != "", "ProviderID.PayerID outside a line")
}

func mapProviderID(m *mapper, d *ProviderID, w *ts837.LineProviderID) {
	text(m, &d.Qualifier, &w.Qualifier)
	text(m, &d.ID, &w.ID)
	text(m, &d.PayerID, &w.OtherPayer.ID)
}

// facility maps what all facilities have: an organization with an NPI.
func (m *mapper) facility(d *Provider, name, qualifier, id *string) {
	m.refuse(d.Role != "", "Provider.Role of a ServiceFacility")
	m.entity(&d.EntityType, "2", "Provider.EntityType of a ServiceFacility")
	text(m, &d.LastOrOrganization, name)
	m.refuse(d.First != "" || d.Middle != "" || d.Suffix != "", "the first name of a ServiceFacility")
	text(m, &d.IDQualifier, qualifier)
	text(m, &d.ID, id)
	m.refuse(d.Taxonomy != "", "Provider.Taxonomy of a ServiceFacility")
}

func mapFacility(m *mapper, d *Provider, w *ts837.Facility) {
	m.facility(d, &w.Name, &w.IDQualifier, &w.ID)
	mapStreet(m, &d.Address, &w.Address)
	mapCity(m, &d.Address, &w.CityStateZIP)
	list(m, &d.SecondaryIDs, &w.SecondaryIDs, mapPlainID)
	optional(m, &d.Contact, &w.Contact, mapPhoneContact)
}

func mapLineFacility(m *mapper, d *Provider, w *ts837.LineFacility) {
	m.facility(d, &w.Name, &w.IDQualifier, &w.ID)
	present(m, &d.Address, &w.Address, mapStreet)
	present(m, &d.Address, &w.CityStateZIP, mapCity)
	list(m, &d.SecondaryIDs, &w.SecondaryIDs, mapProviderID)
	m.refuse(d.Contact != nil, "Provider.Contact of the ServiceFacility of a line")
}

func mapLineProvider(m *mapper, d *Provider, w *ts837.LineProvider) {
	text(m, &d.Role, &w.Role)
	m.name(d, name{&w.EntityType, &w.Last, &w.First, &w.Middle, &w.Suffix, &w.IDQualifier, &w.ID})
	text(m, &d.Taxonomy, &w.Taxonomy)
	present(m, &d.Address, &w.Address, mapStreet)
	present(m, &d.Address, &w.CityStateZIP, mapCity)
	list(m, &d.SecondaryIDs, &w.SecondaryIDs, mapProviderID)
	optional(m, &d.Contact, &w.Contact, mapContact)
}

// mapOtherPayerProvider maps a provider as another payer knows it: by its numbers.
func mapOtherPayerProvider(m *mapper, d *Provider, w *ts837.OtherPayerProvider) {
	text(m, &d.Role, &w.Role)
	text(m, &d.EntityType, &w.EntityType)
	list(m, &d.SecondaryIDs, &w.SecondaryIDs, mapPlainID)
	m.refuse(d.LastOrOrganization != "" || d.First != "" || d.Middle != "" || d.Suffix != "" || d.ID != "" || d.IDQualifier != "" ||
		d.Taxonomy != "" || !d.Address.IsZero() || d.Contact != nil, "more of a provider of an OtherPayer than EntityType and SecondaryIDs")
}

func (m *mapper) claimProviders(d *Providers, w *ts837.Claim) {
	optional(m, &d.Attending, &w.Attending, mapProvider)
	optional(m, &d.Operating, &w.Operating, mapProvider)
	optional(m, &d.OtherOperating, &w.OtherOperating, mapProvider)
	list(m, &d.Referring, &w.Referring, mapProvider)
	optional(m, &d.Rendering, &w.Rendering, mapProvider)
	optional(m, &d.AssistantSurgeon, &w.AssistantSurgeon, mapProvider)
	optional(m, &d.ServiceFacility, &w.ServiceFacility, mapFacility)
	optional(m, &d.Supervising, &w.Supervising, mapProvider)
	m.refuse(d.Ordering != nil, "Providers.Ordering outside a line")
	m.refuse(d.Purchased != nil, "Providers.Purchased outside a line")
	m.refuse(d.Billing != nil, "Providers.Billing outside an OtherPayer")
}

func (m *mapper) payerProviders(d *Providers, w *ts837.OtherSubscriber) {
	optional(m, &d.Attending, &w.Attending, mapOtherPayerProvider)
	optional(m, &d.Operating, &w.Operating, mapOtherPayerProvider)
	optional(m, &d.OtherOperating, &w.OtherOperating, mapOtherPayerProvider)
	list(m, &d.Referring, &w.Referring, mapOtherPayerProvider)
	optional(m, &d.Rendering, &w.Rendering, mapOtherPayerProvider)
	optional(m, &d.AssistantSurgeon, &w.AssistantSurgeon, mapOtherPayerProvider)
	optional(m, &d.ServiceFacility, &w.ServiceFacility, mapOtherPayerProvider)
	optional(m, &d.Supervising, &w.Supervising, mapOtherPayerProvider)
	optional(m, &d.Billing, &w.Billing, mapOtherPayerProvider)
	m.refuse(d.Ordering != nil, "Providers.Ordering outside a line")
	m.refuse(d.Purchased != nil, "Providers.Purchased outside a line")
}

func (m *mapper) lineProviders(d *Providers, w *ts837.ServiceLine) {
	m.refuse(d.Attending != nil, "Providers.Attending of a line")
	optional(m, &d.Operating, &w.Operating, mapLineProvider)
	optional(m, &d.OtherOperating, &w.OtherOperating, mapLineProvider)
	list(m, &d.Referring, &w.Referring, mapLineProvider)
	optional(m, &d.Rendering, &w.Rendering, mapLineProvider)
	optional(m, &d.AssistantSurgeon, &w.AssistantSurgeon, mapLineProvider)
	optional(m, &d.ServiceFacility, &w.ServiceFacility, mapLineFacility)
	optional(m, &d.Supervising, &w.Supervising, mapLineProvider)
	optional(m, &d.Ordering, &w.Ordering, mapLineProvider)
	optional(m, &d.Purchased, &w.PurchasedServiceProvider, mapLineProvider)
	m.refuse(d.Billing != nil, "Providers.Billing outside an OtherPayer")
}
