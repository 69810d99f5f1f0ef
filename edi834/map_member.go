package edi834

import "github.com/x12-go/edi/edi834/ts834"

func mapMember(m *mapper, d *Member, w *ts834.Member) {
	text(m, &d.SubscriberIndicator, &w.SubscriberIndicator)
	text(m, &d.Relationship, &w.Relationship)
	text(m, &d.MaintenanceType, &w.MaintenanceType)
	text(m, &d.MaintenanceReason, &w.MaintenanceReason)
	text(m, &d.BenefitStatus, &w.BenefitStatus)
	text(m, &d.MedicarePlan, &w.Medicare.Plan)
	text(m, &d.MedicareReason, &w.Medicare.EligibilityReason)
	text(m, &d.COBRAEvent, &w.COBRAEvent)
	text(m, &d.EmploymentStatus, &w.EmploymentStatus)
	text(m, &d.StudentStatus, &w.StudentStatus)
	text(m, &d.Handicap, &w.HandicapIndicator)
	m.day(&d.DeathDate, &w.DeathDateFormat, &w.DeathDate)
	text(m, &d.Confidentiality, &w.Confidentiality)
	m.num(&d.BirthSequence, &w.BirthSequence)
	text(m, &d.SubscriberID, &w.SubscriberID)
	text(m, &d.PolicyNumber, &w.PolicyNumber)
	mapFamily(m, memberReferences, &d.References, &d.References.Other, &w.SupplementalIDs, &references)
	mapFamily(m, memberDates, &d.Dates, &d.Dates.Other, &w.Dates, &dates)
	mapPerson(m, &d.Person, &w.Person)
	optional(m, &d.IncorrectPerson, &w.IncorrectPerson, mapIncorrectPerson)
	present(m, &d.MailingAddress, &w.MailingAddress, func(m *mapper, d *Address, w *ts834.MailingAddress) {
		mapStreet(m, d, &w.Address)
		mapCity(m, d, &w.CityStateZIP)
	})
	list(m, &d.Employers, &w.Employers, mapEmployer)
	list(m, &d.Schools, &w.Schools, func(m *mapper, d *School, w *ts834.School) {
		text(m, &d.Name, &w.Name)
		optional(m, &d.Contact, &w.Contact, mapContact)
		mapAddress(m, &d.Address, &w.Address, &w.CityStateZIP)
	})
	optional(m, &d.CustodialParent, &w.CustodialParent, func(m *mapper, d *RelatedPerson, w *ts834.RelatedPerson) {
		m.refuse(d.Role != "", "Member.CustodialParent.Role")
		mapParent(m, d, w)
	})
	list(m, &d.ResponsiblePersons, &w.ResponsiblePersons, mapRelatedPerson)
	optional(m, &d.DropOff, &w.DropOffLocation, func(m *mapper, d *DropOff, w *ts834.DropOffLocation) {
		m.name(&d.Name, name{&w.Last, &w.First, &w.Middle, &w.Prefix, &w.Suffix})
		mapAddress(m, &d.Address, &w.Address, &w.CityStateZIP)
	})
	list(m, &d.Disabilities, &w.Disabilities, func(m *mapper, d *Disability, w *ts834.Disability) {
		text(m, &d.Type, &w.Type)
		text(m, &d.DiagnosisQualifier, &w.DiagnosisQualifier)
		text(m, &d.Diagnosis, &w.Diagnosis)
		mapFamily(m, disabilityDates, d, &d.OtherDates, &w.Dates, &dates)
	})
	list(m, &d.Coverages, &w.HealthCoverages, mapCoverage)
	list(m, &d.ReportingCategories, &w.ReportingCategories, mapReportingCategory)
}

// name are the parts of a name in the exact structs.
type name struct{ Last, First, Middle, Prefix, Suffix *string }

func (m *mapper) name(d *Name, w name) {
	text(m, &d.Last, w.Last)
	text(m, &d.First, w.First)
	text(m, &d.Middle, w.Middle)
	text(m, &d.Prefix, w.Prefix)
	text(m, &d.Suffix, w.Suffix)
}

func mapPerson(m *mapper, d *Person, w *ts834.Person) {
	text(m, &d.Role, &w.Role)
	m.name(&d.Name, name{&w.Last, &w.First, &w.Middle, &w.Prefix, &w.Suffix})
	text(m, &d.IDQualifier, &w.IDQualifier)
	text(m, &d.ID, &w.ID)
	optional(m, &d.Contact, &w.Communications, mapCommunications)
	present(m, &d.Address, &w.Address, mapStreet)
	present(m, d, &w.CityStateZIP, mapResidence)
	present(m, &d.Demographics, &w.Demographics, mapDemographics)
	spread(m, &d.EmploymentClasses, &w.EmploymentClasses, 3, func(s *ts834.EmploymentClass) *[]string { return &s.Codes })
	optional(m, &d.Income, &w.Income, func(m *mapper, d *Income, w *ts834.Income) {
		text(m, &d.Frequency, &w.Frequency)
		m.num(&d.Wage, &w.Wage)
		m.num(&d.WorkHours, &w.WorkHours)
		text(m, &d.Location, &w.Location)
		text(m, &d.SalaryGrade, &w.SalaryGrade)
	})
	mapFamily(m, memberAmounts, &d.Amounts, &d.Amounts.Other, &w.Amounts, &amounts)
	optional(m, &d.Health, &w.Health, func(m *mapper, d *Health, w *ts834.Health) {
		text(m, &d.Code, &w.Code)
		m.num(&d.Height, &w.Height)
		m.num(&d.Weight, &w.Weight)
	})
	list(m, &d.Languages, &w.Languages, func(m *mapper, d *Language, w *ts834.Language) {
		text(m, &d.Qualifier, &w.Qualifier)
		text(m, &d.Code, &w.Code)
		text(m, &d.Description, &w.Description)
		text(m, &d.Use, &w.Use)
	})
}

// mapIncorrectPerson maps what loop 2100B has of a person.
func mapIncorrectPerson(m *mapper, d *IncorrectPerson, w *ts834.Person) {
	m.name(&d.Name, name{&w.Last, &w.First, &w.Middle, &w.Prefix, &w.Suffix})
	text(m, &d.IDQualifier, &w.IDQualifier)
	text(m, &d.ID, &w.ID)
	present(m, &d.Demographics, &w.Demographics, mapDemographics)
}

func mapDemographics(m *mapper, d *Demographics, w *ts834.Demographics) {
	m.day(&d.BirthDate, &w.BirthDateFormat, &w.BirthDate)
	text(m, &d.Gender, &w.Gender)
	text(m, &d.MaritalStatus, &w.MaritalStatus)
	list(m, &d.Races, &w.Races, func(m *mapper, d *Race, w *ts834.Race) {
		text(m, &d.Code, &w.Code)
		m.coded(&d.ListCode, &w.ListQualifier, &w.ListCode, "RET")
	})
	text(m, &d.Citizenship, &w.Citizenship)
	m.coded(&d.RaceCollection, &w.RaceCollectionQualifier, &w.RaceCollection, "REC")
}

func mapResidence(m *mapper, d *Person, w *ts834.CityStateZIPLocation) {
	city := ts834.CityStateZIP{City: w.City, State: w.State, PostalCode: w.PostalCode, Country: w.Country, CountrySubdivision: w.CountrySubdivision}
	mapCity(m, &d.Address, &city)
	if m.out {
		w.City, w.State, w.PostalCode, w.Country, w.CountrySubdivision = city.City, city.State, city.PostalCode, city.Country, city.CountrySubdivision
	}
	text(m, &d.LocationQualifier, &w.LocationQualifier)
	text(m, &d.Location, &w.Location)
}

func mapEmployer(m *mapper, d *Employer, w *ts834.Employer) {
	text(m, &d.EntityType, &w.EntityType)
	m.name(&d.Name, name{&w.Last, &w.First, &w.Middle, &w.Prefix, &w.Suffix})
	text(m, &d.IDQualifier, &w.IDQualifier)
	text(m, &d.ID, &w.ID)
	optional(m, &d.Contact, &w.Contact, mapContact)
	mapAddress(m, &d.Address, &w.Address, &w.CityStateZIP)
}

func mapRelatedPerson(m *mapper, d *RelatedPerson, w *ts834.RelatedPerson) {
	text(m, &d.Role, &w.Role)
	mapParent(m, d, w)
}

// mapParent maps a related person whose role goes without saying.
func mapParent(m *mapper, d *RelatedPerson, w *ts834.RelatedPerson) {
	m.name(&d.Name, name{&w.Last, &w.First, &w.Middle, &w.Prefix, &w.Suffix})
	text(m, &d.IDQualifier, &w.IDQualifier)
	text(m, &d.ID, &w.ID)
	optional(m, &d.Contact, &w.Communications, mapCommunications)
	mapAddress(m, &d.Address, &w.Address, &w.CityStateZIP)
}

func mapReportingCategory(m *mapper, d *ReportingCategory, w *ts834.ReportingCategory) {
	m.num(&d.Number, &w.Number)
	present(m, d, &w.Category, func(m *mapper, d *ReportingCategory, w *ts834.Category) {
		text(m, &d.Name, &w.Name)
		optional(m, &d.Reference, &w.Reference, func(m *mapper, d *Reference, w *ts834.Reference) {
			text(m, &d.Qualifier, &w.Qualifier)
			text(m, &d.ID, &w.ID)
		})
		m.period(&d.Effective, &w.Date)
	})
}

// period maps a range with its format.
func (m *mapper) period(d *DateRange, w **ts834.DatePeriod) {
	var was DateRange
	if *w != nil {
		was = rangeOf((*w).Format, (*w).Value)
	}
	switch {
	case !m.out:
		*d = was
	case was.equal(*d):
	case d.IsZero():
		*w = nil
	default:
		p := new(ts834.DatePeriod)
		p.Format, p.Value = d.wire()
		*w = p
	}
}

// mapAddress maps an N3 and an N4.
func mapAddress(m *mapper, d *Address, street **ts834.Address, city **ts834.CityStateZIP) {
	present(m, d, street, mapStreet)
	present(m, d, city, mapCity)
}

func mapStreet(m *mapper, d *Address, w *ts834.Address) {
	text(m, &d.Line1, &w.Line1)
	text(m, &d.Line2, &w.Line2)
}

func mapCity(m *mapper, d *Address, w *ts834.CityStateZIP) {
	text(m, &d.City, &w.City)
	text(m, &d.State, &w.State)
	text(m, &d.PostalCode, &w.PostalCode)
	text(m, &d.Country, &w.Country)
	text(m, &d.CountrySubdivision, &w.CountrySubdivision)
}

func mapContact(m *mapper, d *Contact, w *ts834.Contact) {
	if m.out {
		*w = ts834.Contact(*d)
	} else {
		*d = Contact(*w)
	}
}

// mapCommunications maps a PER that has no name.
func mapCommunications(m *mapper, d *Contact, w *ts834.Communications) {
	m.refuse(d.Name != "", "Contact.Name of a person or provider")
	text(m, &d.NumberQualifier, &w.NumberQualifier)
	text(m, &d.Number, &w.Number)
	text(m, &d.SecondNumberQualifier, &w.SecondNumberQualifier)
	text(m, &d.SecondNumber, &w.SecondNumber)
	text(m, &d.ThirdNumberQualifier, &w.ThirdNumberQualifier)
	text(m, &d.ThirdNumber, &w.ThirdNumber)
}
