package edi834

import "github.com/x12-go/edi/x12"

// Name is the name of a person, or of an organization in Last.
type Name struct {
	Last   string `json:"last,omitempty"`
	First  string `json:"first,omitempty"`
	Middle string `json:"middle,omitempty"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
}

// Demographics is a DMG.
type Demographics struct {
	BirthDate x12.Date `json:"birthDate,omitzero"`
	// F, M or U.
	Gender string `json:"gender,omitempty"`
	// I = single, M = married, D = divorced, W = widowed, ...
	MaritalStatus string `json:"maritalStatus,omitempty"`
	Races         []Race `json:"races,omitempty"`
	// DMG06. 1 = citizen of the USA, ...
	Citizenship string `json:"citizenship,omitempty"`
	// DMG11, qualifier REC. How race and ethnicity were found out.
	RaceCollection string `json:"raceCollection,omitempty"`
}

// Race is one DMG05.
type Race struct {
	// C = Caucasian, H = Hispanic, ...
	Code string `json:"code,omitempty"`
	// Of the list of the Centers for Disease Control, qualifier RET.
	ListCode string `json:"listCode,omitempty"`
}

// Person is who a member is: loop 2100A.
type Person struct {
	// NM101. IL = insured, 74 = corrected. Written as 74 when empty and there is an IncorrectPerson, else as IL.
	Role string `json:"role,omitempty"`
	Name
	// NM108 and NM109. 34 = social security number, ZZ = id both sides agreed on. Written as ZZ when empty: a number is
	// never taken for a social security number by its look.
	IDQualifier string `json:"idQualifier,omitempty"`
	ID          string `json:"id,omitempty"`
	// PER*IP. It has no name.
	Contact *Contact `json:"contact,omitempty"`
	// Where the member lives.
	Address Address `json:"address,omitzero"`
	// N405 and N406. CY = county, 60 = area. Written as CY when empty.
	LocationQualifier string `json:"locationQualifier,omitempty"`
	Location          string `json:"location,omitempty"`
	Demographics
	// EC. 01 = union, 02 = non-union, ...
	EmploymentClasses []string `json:"employmentClasses,omitempty"`
	Income            *Income  `json:"income,omitempty"`
	// AMT of the member; those of a coverage are with it.
	Amounts   Amounts    `json:"amounts,omitzero"`
	Health    *Health    `json:"health,omitempty"`
	Languages []Language `json:"languages,omitempty"`
}

// SocialSecurityNumber returns the social security number, "" when the id is none.
func (p *Person) SocialSecurityNumber() string {
	if p.IDQualifier == "34" {
		return p.ID
	}
	return ""
}

// IncorrectPerson is who a member was thought to be: loop 2100B.
type IncorrectPerson struct {
	Name
	// NM108 and NM109, as in [Person].
	IDQualifier string `json:"idQualifier,omitempty"`
	ID          string `json:"id,omitempty"`
	Demographics
}

// Income is an ICM.
type Income struct {
	// ICM01, how often Wage is paid. 1 = weekly, 2 = every two weeks, 4 = monthly, 7 = yearly, H = hourly, ...
	Frequency string `json:"frequency,omitempty"`
	Wage      Amount `json:"wage,omitzero"`
	// ICM03, in a week.
	WorkHours   Amount `json:"workHours,omitzero"`
	Location    string `json:"location,omitempty"`
	SalaryGrade string `json:"salaryGrade,omitempty"`
}

// Health is an HLH.
type Health struct {
	// HLH01. T = tobacco, S = substance abuse, N = none, U = unknown, X = both.
	Code string `json:"code,omitempty"`
	// HLH02 in inches, HLH03 in pounds.
	Height Amount `json:"height,omitzero"`
	Weight Amount `json:"weight,omitzero"`
}

// Language is a LUI.
type Language struct {
	// LUI01. LD = NISO Z39.53, LE = ISO 639-2. Written as LE when empty and there is a Code.
	Qualifier   string `json:"qualifier,omitempty"`
	Code        string `json:"code,omitempty"`
	Description string `json:"description,omitempty"`
	// LUI04. 5 = reading, 6 = writing, 7 = speaking, 8 = native.
	Use string `json:"use,omitempty"`
}

// Employer is loop 2100D.
type Employer struct {
	// NM102, 1 = person, 2 = organization. Written as 1 when empty and there is a first name, else as 2.
	EntityType string `json:"entityType,omitempty"`
	Name
	// NM108 and NM109. 24 = employer's id, 34 = social security number. Written as 24 when empty.
	IDQualifier string   `json:"idQualifier,omitempty"`
	ID          string   `json:"id,omitempty"`
	Contact     *Contact `json:"contact,omitempty"`
	Address     Address  `json:"address,omitzero"`
}

// School is loop 2100E.
type School struct {
	Name    string   `json:"name,omitempty"`
	Contact *Contact `json:"contact,omitempty"`
	Address Address  `json:"address,omitzero"`
}

// RelatedPerson is a custodial parent or responsible person: loops 2100F and 2100G.
type RelatedPerson struct {
	// NM101 of a responsible person. QD = responsible party, GD = guardian, LR = legal representative, S1 = parent, X4 =
	// spouse, EXS = former spouse, ... Written as QD when empty.
	Role string `json:"role,omitempty"`
	Name
	// NM108 and NM109, as in [Person].
	IDQualifier string `json:"idQualifier,omitempty"`
	ID          string `json:"id,omitempty"`
	// It has no name.
	Contact *Contact `json:"contact,omitempty"`
	Address Address  `json:"address,omitzero"`
}

// DropOff is loop 2100H.
type DropOff struct {
	Name
	Address Address `json:"address,omitzero"`
}
