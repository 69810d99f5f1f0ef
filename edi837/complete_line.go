package edi837

import "github.com/x12-go/edi/edi837/ts837"

// coded fills diagnoses and procedures of a claim.
func (f *filler) coded(c *Claim) {
	principal := false
	for i := range c.Diagnoses {
		d := &c.Diagnoses[i]
		d.Type = d.kind(i)
		principal = principal || d.Type == PrincipalDiagnosis
		switch d.Type {
		case PrincipalDiagnosis:
			or(&d.Qualifier, "ABK")
		case OtherDiagnosis:
			or(&d.Qualifier, "ABF")
		case AdmittingDiagnosis:
			or(&d.Qualifier, "ABJ")
		case ReasonForVisit:
			or(&d.Qualifier, "APR")
		case ExternalCause:
			or(&d.Qualifier, "ABN")
		}
		f.need(d.Code, at("Claim.Diagnoses", i)+".Code", "2300")
	}
	f.must(principal || f.kind == Dental && len(c.Diagnoses) == 0, "Claim.Diagnoses (principal)", "2300")
	for i := range c.Procedures {
		p := &c.Procedures[i]
		if p.Type == "" {
			p.Type = OtherProcedure
			if i == 0 {
				p.Type = PrincipalProcedure
			}
		}
		qualifiers := [...]string{"BBR", "BBQ"}
		if f.kind == Professional {
			qualifiers = [...]string{"BP", "BO"}
		} else {
			f.must(!p.Date.IsZero(), at("Claim.Procedures", i)+".Date", "2300")
		}
		which := 0
		if p.Type != PrincipalProcedure {
			which = 1
		}
		or(&p.Qualifier, qualifiers[which])
		f.need(p.Code, at("Claim.Procedures", i)+".Code", "2300")
	}
	for i, code := range c.Conditions {
		f.need(code, at("Claim.Conditions", i), "2300")
	}
}

// part fills what claims of one kind have.
func (f *filler) part(c *Claim) {
	if p := c.Professional; p != nil {
		f.ambulance(p.Ambulance, "Claim.Professional.Ambulance")
		if s := p.SpinalManipulation; s != nil {
			f.need(s.Condition, "Claim.Professional.SpinalManipulation.Condition", "2300")
		}
		for i := range p.Vision {
			f.need(p.Vision[i].Category, at("Claim.Professional.Vision", i)+".Category", "2300")
			f.condition(&p.Vision[i].ConditionIndicator, at("Claim.Professional.Vision", i), "2300")
		}
	}
	if f.kind == Institutional {
		f.must(!c.Dates.Statement.IsZero(), "Claim.Dates.Statement", "2300")
		if r := &c.Dates.Statement; !r.From.IsZero() && r.To.IsZero() {
			r.To = r.From // DTP*434 is always a range
		}
		if c.Institutional == nil {
			c.Institutional = new(InstitutionalPart)
		}
	}
	if p := c.Institutional; p != nil {
		f.need(p.AdmissionType, "Claim.Institutional.AdmissionType", "2300")
		f.need(p.PatientStatus, "Claim.Institutional.PatientStatus", "2300")
		for i, o := range p.Occurrences {
			f.must(o.Code != "" && !o.Date.IsZero(), at("Claim.Institutional.Occurrences", i)+" (Code or Date)", "2300")
		}
		for i := range p.OccurrenceSpans {
			o := &p.OccurrenceSpans[i]
			f.must(o.Code != "" && !o.Span.IsZero(), at("Claim.Institutional.OccurrenceSpans", i)+" (Code or Span)", "2300")
			if o.Span.To.IsZero() {
				o.Span.To = o.Span.From
			}
		}
		for i, v := range p.Values {
			f.must(v.Code != "" && v.Amount.Valid, at("Claim.Institutional.Values", i)+" (Code or Amount)", "2300")
		}
	}
	if p := c.Dental; p != nil {
		for i, t := range p.Teeth {
			f.must(t.Tooth != "" && t.Status != "", at("Claim.Dental.Teeth", i)+" (Tooth or Status)", "2300")
		}
	}
}

func (f *filler) ambulance(a *Ambulance, field string) {
	if a == nil {
		return
	}
	if a.PatientWeight.Valid || a.TransportReason != "" || a.Distance.Valid || a.RoundTripPurpose != "" || a.StretcherPurpose != "" {
		f.need(a.TransportReason, field+".TransportReason", "CR1")
		f.must(a.Distance.Valid, field+".Distance", "CR1")
	}
	for i := range a.Certifications {
		f.condition(&a.Certifications[i], at(field+".Certifications", i), "CRC")
	}
	if a.PickUp != nil {
		f.address(&a.PickUp.Address, field+".PickUp.Address", "NM1")
	}
	if a.DropOff != nil {
		f.address(&a.DropOff.Address, field+".DropOff.Address", "NM1")
	}
}

// providers fills the providers of a claim, a line or another payer.
func (f *filler) providers(p *Providers, field string, other bool) {
	one := func(v *Provider, role, without string) {
		if v == nil {
			return
		}
		field := field + "." + role
		f.name(&v.EntityType, v.First, without)
		for i := range v.SecondaryIDs {
			f.need(v.SecondaryIDs[i].Qualifier, at(field+".SecondaryIDs", i)+".Qualifier", "REF")
			f.need(v.SecondaryIDs[i].ID, at(field+".SecondaryIDs", i)+".ID", "REF")
		}
		if other {
			f.must(len(v.SecondaryIDs) > 0, field+".SecondaryIDs", "REF")
			return
		}
		id(&v.IDQualifier, v.ID, "XX")
		if role != "Purchased" {
			f.need(v.LastOrOrganization, field+".LastOrOrganization", "NM1")
		}
		if role == "ServiceFacility" {
			f.address(&v.Address, field+".Address", "N3")
		}
		if v.Contact != nil {
			f.contact(v.Contact, field+".Contact", "PER")
		}
	}
	organization := "2"
	if f.kind == Institutional {
		organization = "1"
	}
	for i := range p.Referring {
		if f.kind != Institutional {
			or(&p.Referring[i].Role, [...]string{"DN", "P3"}[min(i, 1)])
		}
		one(&p.Referring[i], at("Referring", i), "1")
	}
	one(p.Attending, "Attending", "1")
	one(p.Operating, "Operating", "1")
	one(p.OtherOperating, "OtherOperating", "1")
	one(p.Rendering, "Rendering", organization)
	one(p.AssistantSurgeon, "AssistantSurgeon", "1")
	one(p.ServiceFacility, "ServiceFacility", "2")
	one(p.Supervising, "Supervising", "1")
	one(p.Ordering, "Ordering", "1")
	one(p.Purchased, "Purchased", "2")
	one(p.Billing, "Billing", "2")
}

func (f *filler) otherPayer(p *OtherPayer, field string) {
	f.need(p.Name, field+".Name", "2330B")
	f.need(p.ID, field+".ID", "2330B")
	or(&p.IDQualifier, "PI")
	f.references(p.SecondaryIDs, field+".SecondaryIDs", "2330B")
	s := &p.Subscriber
	f.need(s.PayerResponsibility, field+".Subscriber.PayerResponsibility", "2320")
	f.need(s.Relationship, field+".Subscriber.Relationship", "2320")
	f.name(&s.EntityType, s.First, "1")
	f.need(s.LastOrOrganization, field+".Subscriber.LastOrOrganization", "2330A")
	f.need(s.ID, field+".Subscriber.ID", "2330A")
	or(&s.IDQualifier, "MI")
	or(&p.BenefitsAssignment, "Y")
	or(&p.ReleaseOfInformation, "Y")
	f.adjustments(p.Adjustments, field+".Adjustments")
	f.providers(&p.Providers, field+".Providers", true)
}

func (f *filler) adjustments(list []Adjustment, field string) {
	for i, a := range list {
		f.must(a.Group != "" && a.Reason != "" && a.Amount.Valid, at(field, i)+" (Group, Reason or Amount)", "CAS")
	}
}

func (f *filler) service(c *Claim, s *Service, i int) {
	field := at("Claim.Services", i)
	if !s.Number.Valid {
		s.Number = Count(int64(i + 1))
	}
	f.must(s.Charge.Valid, field+".Charge", "2400")
	switch f.kind {
	case Professional:
		f.need(s.Procedure.Code, field+".Procedure.Code", "2400")
		if len(s.DiagnosisPointers) == 0 && len(c.Diagnoses) == 1 {
			s.DiagnosisPointers = []int{1}
		}
		f.must(len(s.DiagnosisPointers) > 0, field+".DiagnosisPointers", "2400")
		f.must(!s.Dates.Service.IsZero(), field+".Dates.Service", "2400")
	case Institutional:
		f.need(s.RevenueCode, field+".RevenueCode", "2400")
	case Dental:
		f.need(s.Procedure.Code, field+".Procedure.Code", "2400")
	}
	if f.kind != Dental {
		or(&s.UnitOfMeasure, "UN")
		if !s.Units.Valid {
			s.Units = Count(1)
		}
	}
	f.procedure(&s.Procedure)
	note := "ADD"
	if f.kind == Institutional {
		note = "TPO"
	}
	f.supplements(s.Notes, note, s.Attachments, s.Contract, s.Pricing, field, "2400")
	if d := s.Drug; d != nil {
		or(&d.Qualifier, "N4")
		f.need(d.Code, field+".Drug.Code", "2410")
		f.must(d.Units.Valid, field+".Drug.Units", "2410")
		or(&d.UnitOfMeasure, "UN")
		id(&d.NumberQualifier, d.Number, "XZ")
	}
	f.providers(&s.Providers, field+".Providers", false)
	for k := range s.Adjudications {
		f.adjudication(s, &s.Adjudications[k], at(field+".Adjudications", k))
	}
	f.ambulance(s.Ambulance, field+".Ambulance")
	f.equipment(s, field+".Equipment")
	for k, r := range s.TestResults {
		f.must(r.Type != "" && r.Measurement != "" && r.Value.Valid, at(field+".TestResults", k)+" (Type, Measurement or Value)", "2400")
	}
	if p := s.Purchased; p != nil {
		f.need(p.ProviderID, field+".Purchased.ProviderID", "2400")
		f.must(p.Charge.Valid, field+".Purchased.Charge", "2400")
	}
	for k := range s.Forms {
		q := &s.Forms[k]
		or(&q.Qualifier, "UT")
		f.need(q.ID, at(field+".Forms", k)+".ID", "2440")
		f.must(len(q.Answers) > 0, at(field+".Forms", k)+".Answers", "2440")
		for n, a := range q.Answers {
			f.need(a.Question, at(at(field+".Forms", k)+".Answers", n)+".Question", "2440")
		}
	}
	if d := s.Dental; d != nil {
		for k, t := range d.Teeth {
			f.need(t.Code, at(field+".Dental.Teeth", k)+".Code", "2400")
		}
	}
}

func (f *filler) procedure(p *Procedure) {
	qualifier := "HC"
	if f.kind == Dental {
		qualifier = "AD"
	}
	id(&p.Qualifier, p.Code, qualifier)
}

// adjudication fills what another payer made of a line. It was paid as it was billed where nothing else is said.
func (f *filler) adjudication(s *Service, a *Adjudication, field string) {
	f.need(a.PayerID, field+".PayerID", "2430")
	f.must(a.Paid.Valid, field+".Paid", "2430")
	if a.Procedure.Code == "" && a.Procedure.Qualifier == "" {
		a.Procedure = s.Procedure
	}
	f.procedure(&a.Procedure)
	if f.kind == Institutional {
		or(&a.RevenueCode, s.RevenueCode)
	}
	if !a.Units.Valid {
		a.Units = s.Units
		if !a.Units.Valid {
			a.Units = Count(1)
		}
	}
	f.adjustments(a.Adjustments, field+".Adjustments")
	f.must(!a.Date.IsZero(), field+".Date", "2430")
}

func (f *filler) equipment(s *Service, field string) {
	e := s.Equipment
	if e == nil {
		return
	}
	var w ts837.ServiceLine
	(&mapper{out: true, kind: f.kind}).equipment(s, &w)
	if w.DurableMedicalEquipment != nil {
		or(&e.Code, s.Procedure.Code)
		f.must(e.LengthOfNeed.Valid, field+".LengthOfNeed", "SV5")
		f.must(e.RentalPrice.Valid, field+".RentalPrice", "SV5")
		f.must(e.PurchasePrice.Valid, field+".PurchasePrice", "SV5")
		f.need(e.RentalUnit, field+".RentalUnit", "SV5")
	}
	if w.EquipmentCertification != nil {
		f.need(e.CertificationType, field+".CertificationType", "CR3")
		f.must(e.Duration.Valid, field+".Duration", "CR3")
	}
	if e.Conditions != nil {
		f.condition(e.Conditions, field+".Conditions", "CRC")
	}
}
