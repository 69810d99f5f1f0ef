package spm

// Record is a record of an import file: a pointer to one of the structs of this package.
type Record interface {
	// Identifier returns the first cell without its brackets: SPMINSERT.
	Identifier() string
}

// The tags of the fields are their rules: a type (T with a length, Int, Date, Bool, Money, Dec, SSN, Sex, Phone, Email, the name
// of an enumeration, or Empty), a flag (! = required, ? = required in a case that the checker knows, * = may be left out of
// an update but not sent empty), and former names behind a slash.

// Version opens a file.
type Version struct {
	Version string `spm:"T10 !"` // 2.0
}

// Key says which special plan member a record is about: the values on file before the record.
type Key struct {
	ClientName        string `spm:"T100 !"`
	OSSN              string `spm:"SSN ! oSSN"`
	OBillingStartDate string `spm:"Date ! oBillingStartDate"` // when billing began, or begins for a new one
	OBillingType      string `spm:"BillingType ! oBillingType"`
	OBillingFrequency string `spm:"BillingFrequency ! oBillingFrequency"`
}

// Insert is a new special plan member.
type Insert struct {
	ClientName                         string `spm:"T100 !"`
	ClientDivisionName                 string `spm:"T50 !"` // the client's name where it has no divisions
	Salutation                         string `spm:"Salutation"`
	FirstName                          string `spm:"T50 !"`
	MiddleInitial                      string `spm:"T1"`
	LastName                           string `spm:"T50 !"`
	SSN                                string `spm:"SSN !"`
	IndividualIdentifier               string `spm:"T20"`
	Email                              string `spm:"Email"`
	Phone                              string `spm:"Phone"`
	Phone2                             string `spm:"Phone"`
	Address1                           string `spm:"T50 !"`
	Address2                           string `spm:"T50"`
	City                               string `spm:"T50 !"`
	StateOrProvince                    string `spm:"T50 !"`
	PostalCode                         string `spm:"T35 !"`
	Country                            string `spm:"T50"` // empty for the USA
	Sex                                string `spm:"Sex !"`
	DOB                                string `spm:"Date !"`
	TobaccoUse                         string `spm:"TobaccoUse !"`
	EmployeeType                       string `spm:"EmployeeType !"`
	EmployeePayrollType                string `spm:"EmployeePayrollType !"`
	YearsOfService                     string `spm:"Int"`
	PremiumCouponType                  string `spm:"PremiumCouponType !"`
	IsCOBRAEligible                    string `spm:"Bool"`
	IsCOBRAEligibleAtTermination       string `spm:"Bool"`
	BillingStartDate                   string `spm:"Date !"` // cannot be changed once the welcome letter is out
	BillingEndDate                     string `spm:"Empty"`
	BillingFrequency                   string `spm:"BillingFrequency !"`
	BillingType                        string `spm:"BillingType !"`
	IsLegacy                           string `spm:"Bool"`
	EnrollmentDate                     string `spm:"Date !"` // of active coverage; 1/1/2000 where it is not known
	SPMSubsequentGracePeriodOptionType string `spm:"SubsequentGracePeriod ! /SPMGracePeriodOptionType"`
	SubsequentGracePeriodNrOfDays      string `spm:"Int ? /GracePeriodNrOfDays"`
	AllowMemberSSO                     string `spm:"Empty"`
	BenefitGroup                       string `spm:"T50"`
	AccountStructure                   string `spm:"T50"`
	ClientCustomData                   string `spm:"T50"`
	QueueHIPAACertification            string `spm:"Bool"`
	QueueWelcomeLetter                 string `spm:"Bool"`
	InitialGracePeriodDate             string `spm:"Date"`
	SPMInitialGracePeriodOptionType    string `spm:"InitialGracePeriod"`
	InitialGracePeriodDays             string `spm:"Int ?"`
}

// PlanInsert enrolls a member in a plan.
type PlanInsert struct {
	Key
	PlanName              string `spm:"T50 !"`
	StartDate             string `spm:"Date !"`
	EndDate               string `spm:"Date"`
	CoverageLevel         string `spm:"CoverageLevel !"`
	FirstDayOf            string `spm:"Date"`
	LastDayOf             string `spm:"Date"`
	NumberOfUnits         string `spm:"Dec"` // plans that are sold in units need it
	PlanBundleName        string `spm:"T50"` // plans of a bundle need it
	QueuePlanLetterChange string `spm:"Bool"`
}

// RateInsert is a rate of a plan whose rates are those of the member.
type RateInsert struct {
	Key
	PlanName      string `spm:"T50 !"`
	StartDate     string `spm:"Date !"` // of the coverage level that has the rate
	RateStartDate string `spm:"Date !"`
	RateEndDate   string `spm:"Date"`
	Rate          string `spm:"Dec !"`
}

// SubsidyInsert is a subsidy of all plans of an insurance type.
type SubsidyInsert struct {
	Key
	InsuranceType     string `spm:"InsuranceType !"`
	SubsidyType       string `spm:"SubsidyType !"`
	SubsidyAmountType string `spm:"SubsidyAmountType !"`
	StartDate         string `spm:"Date !"`
	EndDate           string `spm:"Date !"`
	Amount            string `spm:"Money !"` // 50 is 50 % of the premium where the type is PERCENTAGE
}

// Update changes the data of a member. What is empty stays.
type Update struct {
	Key
	Salutation                         string `spm:"Salutation"`
	FirstName                          string `spm:"T50 *"`
	MiddleInitial                      string `spm:"T1"`
	LastName                           string `spm:"T50 *"`
	SSN                                string `spm:"SSN *"`
	IndividualIdentifier               string `spm:"T20"`
	Email                              string `spm:"Email"`
	Phone                              string `spm:"Phone"`
	Phone2                             string `spm:"Phone"`
	Address1                           string `spm:"T50 *"`
	Address2                           string `spm:"T50"`
	City                               string `spm:"T50 *"`
	StateOrProvince                    string `spm:"T50 *"`
	PostalCode                         string `spm:"T35 *"`
	Country                            string `spm:"T50"`
	Sex                                string `spm:"Sex"`
	DOB                                string `spm:"Date *"`
	TobaccoUse                         string `spm:"TobaccoUse *"`
	EmployeeType                       string `spm:"EmployeeType *"`
	EmployeePayrollType                string `spm:"EmployeePayrollType *"`
	YearsOfService                     string `spm:"Int"`
	PremiumCouponType                  string `spm:"PremiumCouponType *"`
	IsCOBRAEligible                    string `spm:"Bool"`
	IsCOBRAEligibleAtTermination       string `spm:"Bool"`
	BillingStartDate                   string `spm:"Date *"`
	BillingEndDate                     string `spm:"Empty"`
	BillingFrequency                   string `spm:"BillingFrequency *"`
	BillingType                        string `spm:"BillingType *"`
	IsLegacy                           string `spm:"Bool"`
	EnrollmentDate                     string `spm:"Date"`
	SPMSubsequentGracePeriodOptionType string `spm:"SubsequentGracePeriod * /SPMGracePeriodOptionType"`
	SubsequentGracePeriodNrOfDays      string `spm:"Int * /GracePeriodNrOfDays"`
	AllowMemberSSO                     string `spm:"T50"`
	BenefitGroup                       string `spm:"T50"`
	AccountStructure                   string `spm:"T50"`
	ClientCustomData                   string `spm:"T50"`
	QueueHIPAACertification            string `spm:"Bool"`
	QueueWelcomeLetter                 string `spm:"Bool"`
	InitialGracePeriodDate             string `spm:"Date"`
	SPMInitialGracePeriodOptionType    string `spm:"InitialGracePeriod"`
	InitialGracePeriodDays             string `spm:"Int ?"`
}

// PlanUpdate changes the coverage level of a plan.
type PlanUpdate struct {
	Key
	PlanName      string `spm:"T50 !"`
	StartDate     string `spm:"Date !"` // of the level on file
	CoverageLevel string `spm:"CoverageLevel !"`
	EffectiveDate string `spm:"Date !"` // of the new level
}

// DivisionUpdate moves a member to another division.
type DivisionUpdate struct {
	Key
	ClientDivisionName string `spm:"T50 !"`
	EffectiveDate      string `spm:"Date"` // not in the past
}

// PlanDrop ends a plan.
type PlanDrop struct {
	Key
	PlanName      string `spm:"T50 !"`
	StartDate     string `spm:"Date !"` // of the last coverage level
	EffectiveDate string `spm:"Date !"` // the last day of coverage
}

// Identifier implements [Record].
func (*Version) Identifier() string { return "VERSION" }

// Identifier implements [Record].
func (*Insert) Identifier() string { return "SPMINSERT" }

// Identifier implements [Record].
func (*PlanInsert) Identifier() string { return "SPMPLANINSERT" }

// Identifier implements [Record].
func (*RateInsert) Identifier() string { return "SPMPLANMEMBERSPECIFICRATEINSERT" }

// Identifier implements [Record].
func (*SubsidyInsert) Identifier() string { return "SPMSUBSIDYSCHEDULEINSERT" }

// Identifier implements [Record].
func (*Update) Identifier() string { return "SPMUPDATE" }

// Identifier implements [Record].
func (*PlanUpdate) Identifier() string { return "SPMPLANUPDATE" }

// Identifier implements [Record].
func (*DivisionUpdate) Identifier() string { return "SPMCLIENTDIVISIONUPDATE" }

// Identifier implements [Record].
func (*PlanDrop) Identifier() string { return "SPMPLANDROP" }

// records are all records, empty.
func records() []Record {
	return []Record{new(Version), new(Insert), new(PlanInsert), new(RateInsert), new(SubsidyInsert), new(Update), new(PlanUpdate),
		new(DivisionUpdate), new(PlanDrop)}
}

// enumerations are the values of enumerated fields. Case does not matter.
func enumeration(name string) []string {
	switch name {
	case "BillingType":
		return []string{"RETIREE", "PREMIUMPAY", "FMLA", "LEAVEOFABSENCE", "STDPREMIUM", "LTDPREMIUM", "DISABILITYPREMIUM", "CUSTOM"}
	case "BillingFrequency":
		return []string{"MONTHLY", "WEEKLY", "BIWEEKLY", "QUARTERLY", "YEARLY", "SEMIMONTHLY"}
	case "CoverageLevel":
		return []string{"EE", "EE+SPOUSE", "EE+CHILDREN", "EE+FAMILY", "EE+1", "SPOUSEONLY", "SPOUSE+CHILDREN", "CHILDRENONLY"}
	case "Salutation":
		return []string{"MR", "MRS", "MS", "MISS", "DR"}
	case "TobaccoUse":
		return []string{"YES", "NO", "UNKNOWN"}
	case "EmployeeType":
		return []string{"FTE", "PTE", "UNKNOWN"}
	case "EmployeePayrollType":
		return []string{"EXEMPT", "NONEXEMPT", "UNKNOWN", "SALARY", "HOURLY", "EXECUTIVE"}
	case "PremiumCouponType":
		return []string{"PREMIUMNOTICE", "COUPONBOOK"}
	case "SubsequentGracePeriod":
		return []string{"CLIENTDEFAULT", "IGNORE", "CUSTOM"}
	case "InitialGracePeriod":
		return []string{"CUSTOM", "CLIENT DEFAULT", "IGNORE"}
	case "SubsidyType":
		return []string{"EMPLOYER"}
	case "SubsidyAmountType":
		return []string{"FLAT", "PERCENTAGE"}
	case "InsuranceType":
		return []string{"MEDICAL", "DENTAL", "VISION", "PHARMACY", "FSA", "HCRA", "EAP", "GAP", "401k", "LIFE", "NULIFE", "MSA", "PBA", "HSA",
			"NUOTHER1", "NUOTHER2", "GRPLIFE", "NUGRPLIFE", "VOLLIFE", "NUVOLLIFE", "CANCER", "MERP", "DEPLIFE1", "DEPLIFE2", "DEPLIFE3",
			"NUDEPLIFE1", "NUDEPLIFE2", "NUDEPLIFE3", "MEDSTURIDER1", "MEDSTURIDER2", "MEDSTURIDER3", "LTD", "AD&D", "CHIROPRACTIC", "VEBA",
			"CUSTOMBILLING", "LTDNONUNITBASED", "LTDUNITBASED", "STDNONUNITBASED", "STDUNITBASED", "CRITICALILLNESS", "ACCIDENTNONUNITBASED",
			"ACCIDENTUNITBASED", "VOLUNTARYOTHER", "UOTHER1", "UOTHER2", "UOTHER3"}
	}
	return nil
}
