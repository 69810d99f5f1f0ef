package edi837

import (
	"reflect"
	"slices"

	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/x12"
)

func mapService(m *mapper, d *Service, w *ts837.ServiceLine) {
	m.num(&d.Number, &w.Number)
	m.performed(d, w)
	text(m, &d.LineControlNumber, &w.LineControlNumber)
	m.serviceDates(&d.Dates, w)
	m.serviceReferences(&d.References, w)
	m.serviceAmounts(&d.Amounts, w)
	m.apart(&d.Notes, "TPO", &w.ThirdPartyNote, func(d *[]Note) {
		var one []ts837.Note
		if w.Note != nil {
			one = []ts837.Note{*w.Note}
		}
		list(m, d, &one, mapNote)
		m.refuse(len(*d) > 1, "a second of the Service.Notes")
		if !m.out {
			return
		}
		if w.Note = nil; len(one) > 0 {
			w.Note = &one[0]
		}
	})
	list(m, &d.Attachments, &w.Attachments, mapAttachment)
	optional(m, &d.Contract, &w.Contract, mapContract)
	optional(m, &d.Pricing, &w.Pricing, mapLinePricing)
	m.texts(&d.FileInformation, &w.FileInformation)
	optional(m, &d.Drug, &w.Drug, mapDrug)
	m.lineProviders(&d.Providers, w)
	list(m, &d.Adjudications, &w.Adjudications, mapAdjudication)
	m.equipment(d, w)
	m.ambulance(&d.Ambulance, &w.Ambulance, &w.AmbulanceCertifications, &w.AmbulancePickUp, &w.AmbulanceDropOff)
	text(m, &d.HospiceEmployed, &w.HospiceEmployee)
	list(m, &d.TestResults, &w.TestResults, func(m *mapper, d *TestResult, w *ts837.TestResult) {
		text(m, &d.Type, &w.Reference)
		text(m, &d.Measurement, &w.Qualifier)
		m.num(&d.Value, &w.Value)
	})
	optional(m, &d.Purchased, &w.PurchasedService, func(m *mapper, d *PurchasedService, w *ts837.PurchasedService) {
		text(m, &d.ProviderID, &w.ProviderID)
		m.num(&d.Charge, &w.Charge)
	})
	list(m, &d.Forms, &w.Forms, mapForm)
}

// performed maps what was done: SV1, SV2 or SV3, and TOO.
func (m *mapper) performed(d *Service, w *ts837.ServiceLine) {
	teeth := d.Dental
	if teeth == nil {
		teeth = new(DentalService)
	}
	wire := m.kind
	if !m.out { // what came, whatever the guide
		switch {
		case w.Professional != nil:
			wire = Professional
		case w.Institutional != nil:
			wire = Institutional
		case w.Dental != nil:
			wire = Dental
		}
	}
	switch wire {
	case Professional:
		filled(m, d, &w.Professional, mapProfessionalService)
	case Institutional:
		filled(m, d, &w.Institutional, mapInstitutionalService)
	case Dental:
		filled(m, d, &w.Dental, func(m *mapper, d *Service, w *ts837.DentalService) { mapDentalService(m, d, teeth, w) })
	}
	list(m, &teeth.Teeth, &w.Teeth, func(m *mapper, d *Tooth, w *ts837.Tooth) {
		text(m, &d.Code, &w.Code)
		m.texts(&d.Surfaces, &w.Surfaces.Codes)
	})
	if !m.out {
		if !reflect.ValueOf(teeth).Elem().IsZero() {
			d.Dental = teeth
		}
		return
	}
	m.refuse(d.RevenueCode != "" && m.kind != Institutional, "Service.RevenueCode")
	m.refuse(d.NonCovered.Valid && m.kind != Institutional, "Service.NonCovered")
	m.refuse(d.UnitOfMeasure != "" && m.kind == Dental, "Service.UnitOfMeasure")
	m.refuse(d.PlaceOfService != "" && m.kind == Institutional, "Service.PlaceOfService")
	m.refuse(len(d.DiagnosisPointers) > 0 && m.kind == Institutional, "Service.DiagnosisPointers")
	m.refuse((d.Emergency != "" || d.EPSDT != "" || d.FamilyPlanning != "" || d.CopayStatus != "") && m.kind != Professional,
		"Service.Emergency, EPSDT, FamilyPlanning or CopayStatus")
	m.refuse(d.Dental != nil && m.kind != Dental, "Service.Dental")
}

// filled maps a segment that is not there when it is empty, unless the base has it empty too.
func filled[D, W any](m *mapper, d *D, w **W, each func(*mapper, *D, *W)) {
	v := new(W)
	copyTo(v, *w)
	had := *w != nil && reflect.ValueOf(v).Elem().IsZero()
	each(m, d, v)
	if !m.out {
		return
	}
	if *w = nil; had || !reflect.ValueOf(v).Elem().IsZero() {
		*w = v
	}
}

func mapProfessionalService(m *mapper, d *Service, w *ts837.ProfessionalService) {
	mapProcedure(m, &d.Procedure, &w.Procedure)
	m.num(&d.Charge, &w.Charge)
	text(m, &d.UnitOfMeasure, &w.Unit)
	m.num(&d.Units, &w.Units)
	text(m, &d.PlaceOfService, &w.PlaceOfService)
	m.pointers(&d.DiagnosisPointers, &w.Diagnoses.Pointers)
	text(m, &d.Emergency, &w.Emergency)
	text(m, &d.EPSDT, &w.EPSDT)
	text(m, &d.FamilyPlanning, &w.FamilyPlanning)
	text(m, &d.CopayStatus, &w.CopayStatus)
}

func mapInstitutionalService(m *mapper, d *Service, w *ts837.InstitutionalService) {
	text(m, &d.RevenueCode, &w.RevenueCode)
	mapProcedure(m, &d.Procedure, &w.Procedure)
	m.num(&d.Charge, &w.Charge)
	text(m, &d.UnitOfMeasure, &w.Unit)
	m.num(&d.Units, &w.Units)
	m.num(&d.NonCovered, &w.NonCovered)
}

func mapDentalService(m *mapper, d *Service, teeth *DentalService, w *ts837.DentalService) {
	mapProcedure(m, &d.Procedure, &w.Procedure)
	m.num(&d.Charge, &w.Charge)
	text(m, &d.PlaceOfService, &w.PlaceOfService)
	m.texts(&teeth.OralCavity, &w.OralCavity.Areas)
	text(m, &teeth.Prosthesis, &w.Prosthesis)
	m.num(&d.Units, &w.Units)
	m.pointers(&d.DiagnosisPointers, &w.Diagnoses.Pointers)
}

func mapProcedure(m *mapper, d *Procedure, w *ts837.Procedure) {
	text(m, &d.Qualifier, &w.Qualifier)
	text(m, &d.Code, &w.Code)
	m.texts(&d.Modifiers, &w.Modifiers)
	text(m, &d.Description, &w.Description)
}

// pointers maps diagnosis pointers. A gap is 0, and what is no whole number is one too; there is none at the end.
func (m *mapper) pointers(d *[]int, w *[]x12.Number) {
	var was []int
	for i, n := range *w {
		if v := n.Decimal(); n.Set() && v.IsInteger() && v.IntPart() != 0 {
			was = append(append(was, make([]int, i-len(was))...), int(v.IntPart()))
		}
	}
	switch {
	case !m.out:
		*d = was
	case !slices.Equal(*d, was):
		*w = make([]x12.Number, len(*d))
		for i, n := range *d {
			if n != 0 {
				(*w)[i] = x12.NewNumber(int64(n), 0)
			}
		}
	}
}

func (m *mapper) serviceDates(d *ServiceDates, w *ts837.ServiceLine) {
	m.period(&d.Service, &w.ServiceDate)
	m.day(&d.Prescription, &w.PrescriptionDate)
	m.day(&d.Recertification, &w.RecertificationDate)
	m.day(&d.BeginTherapy, &w.BeginTherapyDate)
	m.day(&d.LastCertification, &w.LastCertificationDate)
	m.day(&d.LastSeen, &w.LastSeenDate)
	m.qualified(&w.TestDates, qualifiedDay{"738", &d.HemoglobinTest}, qualifiedDay{"739", &d.CreatinineTest})
	m.day(&d.Shipped, &w.ShippedDate)
	m.day(&d.LastXRay, &w.LastXRayDate)
	m.day(&d.InitialTreatment, &w.InitialTreatmentDate)
	var placed []ts837.QualifiedDate
	if w.PriorPlacement != nil {
		placed = []ts837.QualifiedDate{*w.PriorPlacement}
	}
	m.qualified(&placed, qualifiedDay{"441", &d.PriorPlacement}, qualifiedDay{"139", &d.EstimatedPriorPlacement})
	m.refuse(len(placed) > 1, "both ServiceDates.PriorPlacement and EstimatedPriorPlacement")
	if m.out {
		if w.PriorPlacement = nil; len(placed) > 0 {
			w.PriorPlacement = &placed[0]
		}
	}
	m.day(&d.AppliancePlacement, &w.AppliancePlacementDate)
	m.day(&d.Replacement, &w.ReplacementDate)
	m.day(&d.TreatmentStart, &w.TreatmentStartDate)
	m.day(&d.TreatmentCompletion, &w.TreatmentCompletionDate)
}

func (m *mapper) serviceReferences(d *ServiceReferences, w *ts837.ServiceLine) {
	if m.kind == Dental {
		text(m, &d.RepricedNumber, &w.RepricedClaim)
		text(m, &d.AdjustedRepricedNumber, &w.AdjustedRepricedClaim)
	} else {
		text(m, &d.RepricedNumber, &w.RepricedLine)
		text(m, &d.AdjustedRepricedNumber, &w.AdjustedRepricedLine)
	}
	list(m, &d.PriorAuthorizations, &w.PriorAuthorizations, mapPayerNumber)
	list(m, &d.Referrals, &w.ReferralNumbers, mapPayerNumber)
	list(m, &d.Predeterminations, &w.Predeterminations, mapPayerNumber)
	text(m, &d.MammographyCertification, &w.MammographyCertification)
	text(m, &d.CLIA, &w.CLIA)
	text(m, &d.ReferringCLIA, &w.ReferringCLIA)
	text(m, &d.ImmunizationBatch, &w.ImmunizationBatch)
}

func mapPayerNumber(m *mapper, d *PayerNumber, w *ts837.LineReference) {
	text(m, &d.Number, &w.Number)
	text(m, &d.PayerID, &w.OtherPayer.ID)
}

func (m *mapper) serviceAmounts(d *ServiceAmounts, w *ts837.ServiceLine) {
	m.num(&d.SalesTax, &w.SalesTax)
	m.num(&d.Postage, &w.Postage)
	m.num(&d.ServiceTax, &w.ServiceTax)
	m.num(&d.FacilityTax, &w.FacilityTax)
	m.num(&d.AmbulancePatients, &w.AmbulancePatients)
	m.num(&d.ObstetricUnits, &w.ObstetricUnits)
}

func mapLinePricing(m *mapper, d *Pricing, w *ts837.LinePricing) {
	text(m, &d.Methodology, &w.Methodology)
	m.num(&d.Allowed, &w.Allowed)
	m.num(&d.Savings, &w.Savings)
	text(m, &d.RepricerID, &w.OrganizationID)
	m.num(&d.Rate, &w.Rate)
	text(m, &d.GroupCode, &w.ApprovedGroup)
	m.num(&d.GroupAmount, &w.ApprovedGroupAmount)
	text(m, &d.RevenueCode, &w.ApprovedRevenueCode)
	text(m, &d.ProcedureQualifier, &w.ApprovedProcedureQualifier)
	text(m, &d.ProcedureCode, &w.ApprovedProcedure)
	text(m, &d.UnitOfMeasure, &w.ApprovedUnit)
	m.num(&d.Units, &w.ApprovedUnits)
	text(m, &d.RejectReason, &w.RejectReason)
	text(m, &d.PolicyCompliance, &w.PolicyCompliance)
	text(m, &d.Exception, &w.Exception)
}

func mapDrug(m *mapper, d *Drug, w *ts837.Drug) {
	text(m, &d.Qualifier, &w.Qualifier)
	text(m, &d.Code, &w.Code)
	m.num(&d.Units, &w.Quantity)
	text(m, &d.UnitOfMeasure, &w.Unit.Code)
	present(m, d, &w.Prescription, func(m *mapper, d *Drug, w *ts837.Reference) {
		text(m, &d.NumberQualifier, &w.Qualifier)
		text(m, &d.Number, &w.ID)
	})
}

func mapAdjudication(m *mapper, d *Adjudication, w *ts837.LineAdjudication) {
	text(m, &d.PayerID, &w.PayerID)
	m.num(&d.Paid, &w.Paid)
	mapProcedure(m, &d.Procedure, &w.Procedure)
	text(m, &d.RevenueCode, &w.RevenueCode)
	m.num(&d.Units, &w.PaidUnits)
	m.num(&d.BundledLine, &w.BundledLine)
	m.adjustments(&d.Adjustments, &w.Adjustments)
	m.day(&d.Date, &w.RemittanceDate)
	m.num(&d.RemainingPatientLiability, &w.RemainingLiability)
}

// equipment maps what the exact structs have in four places.
func (m *mapper) equipment(d *Service, w *ts837.ServiceLine) {
	e := d.Equipment
	if e == nil {
		e = new(Equipment)
	}
	present(m, e, &w.DurableMedicalEquipment, func(m *mapper, d *Equipment, w *ts837.DurableMedicalEquipment) {
		text(m, &d.Code, &w.Procedure.Code)
		m.num(&d.LengthOfNeed, &w.LengthOfNecessity)
		m.num(&d.RentalPrice, &w.RentalPrice)
		m.num(&d.PurchasePrice, &w.PurchasePrice)
		text(m, &d.RentalUnit, &w.RentalUnit)
	})
	text(m, &e.CertificateTransmission, &w.MedicalNecessityCertificate)
	present(m, e, &w.EquipmentCertification, func(m *mapper, d *Equipment, w *ts837.EquipmentCertification) {
		text(m, &d.CertificationType, &w.Type)
		m.num(&d.Duration, &w.Duration)
	})
	optional(m, &e.Conditions, &w.EquipmentCondition, func(m *mapper, d *ConditionIndicator, w *ts837.EquipmentCondition) {
		m.condition(d, &w.Applies, &w.Conditions)
	})
	if !m.out && !reflect.ValueOf(e).Elem().IsZero() {
		d.Equipment = e
	}
}

func mapForm(m *mapper, d *Form, w *ts837.Form) {
	text(m, &d.Qualifier, &w.Qualifier)
	text(m, &d.ID, &w.Code)
	list(m, &d.Answers, &w.Answers, func(m *mapper, d *Answer, w *ts837.FormAnswer) {
		text(m, &d.Question, &w.Question)
		text(m, &d.YesNo, &w.YesNo)
		text(m, &d.Text, &w.Text)
		m.date(&d.Date, &w.Date)
		m.num(&d.Percent, &w.Percent)
	})
}
