package roster

import (
	"iter"
	"sync"

	"github.com/x12-go/edi/x12"
)

// Field is a value of a member.
type Field uint8

// The fields of a member that code names. All of them are in [Fields].
const (
	Subscriber Field = iota
	Relationship
	SubscriberID
	MemberIDQualifier
	MemberID
	BirthSequence
	PolicyNumber
	Last
	First
	Middle
	Prefix
	Suffix
	BirthDate
	Gender
	BenefitStatus
	COBRAEvent
	EmploymentStatus
	DeathDate
	EligibilityBegin
	EligibilityEnd
	EmploymentBegin
	Department
	Phone
	HomePhone
	WorkPhone
	CellPhone
	Email
	Address1
	Address2
	City
	StateCode
	PostalCode
	Country
	Health
	namedFields
)

// CoverageField is a value of a coverage.
type CoverageField uint8

// The fields of a coverage that code names. All of them are in [CoverageFields].
const (
	Line CoverageField = iota
	Plan
	Tier
	Begin
	End
	Premium
	Policy
	ClassOfContract
	Providers
	OtherCoverage
	namedCoverageFields
)

// form says how a field is taken from the generated structs and put back.
type form uint8

const (
	text      form = iota
	number         // compared by value
	date           // CCYYMMDD
	reference      // REF of SupplementalIDs or PolicyNumbers, by qualifier
	dated          // DTP, by qualifier
	amount         // AMT, by qualifier
	contact        // PER number, by qualifier
	object         // a part of the member as JSON
)

// FieldInfo describes a field: its name in roster files and change lists, and the element it comes from.
type FieldInfo struct {
	Name    string
	Element string
	kind    Kind // of a change of this field alone
	form    form
	key     string // qualifier
}

// Fields iterates over the fields of a member.
func Fields() iter.Seq2[Field, FieldInfo] {
	return func(yield func(Field, FieldInfo) bool) {
		for i := range memberFields {
			if !yield(Field(i), memberFields[i]) {
				return
			}
		}
	}
}

// CoverageFields iterates over the fields of a coverage.
func CoverageFields() iter.Seq2[CoverageField, FieldInfo] {
	return func(yield func(CoverageField, FieldInfo) bool) {
		for i := range coverageFields {
			if !yield(CoverageField(i), coverageFields[i]) {
				return
			}
		}
	}
}

// String returns the name of the field.
func (f Field) String() string { return memberFields[f].Name }

// String returns the name of the field.
func (f CoverageField) String() string { return coverageFields[f].Name }

// memberNames and coverageNames find fields by name.
var memberNames = sync.OnceValue(func() map[string]Field {
	names := map[string]Field{}
	for f, info := range Fields() {
		names[info.Name] = f
	}
	return names
})

var coverageNames = sync.OnceValue(func() map[string]CoverageField {
	names := map[string]CoverageField{}
	for f, info := range CoverageFields() {
		names[info.Name] = f
	}
	return names
})

// FieldNamed returns the field of a name.
func FieldNamed(name string) (Field, bool) {
	f, ok := memberNames()[name]
	return f, ok
}

// CoverageFieldNamed returns the coverage field of a name.
func CoverageFieldNamed(name string) (CoverageField, bool) {
	f, ok := coverageNames()[name]
	return f, ok
}

// memberFields is the table of the fields of a member.
var memberFields = [...]FieldInfo{
	Subscriber:        {"subscriber", "INS01", Related, text, ""},
	Relationship:      {"relationship", "INS02", Related, text, ""},
	SubscriberID:      {"subscriber_id", "REF*0F", IDChange, text, ""},
	MemberIDQualifier: {"member_id_qualifier", "2100A/NM108", IDChange, text, ""},
	MemberID:          {"member_id", "2100A/NM109", IDChange, text, ""},
	BirthSequence:     {"birth_sequence", "INS17", Demographic, number, ""},
	PolicyNumber:      {"policy_number", "REF*1L", Demographic, text, ""},
	Last:              {"last", "2100A/NM103", Demographic, text, ""},
	First:             {"first", "2100A/NM104", Demographic, text, ""},
	Middle:            {"middle", "2100A/NM105", Demographic, text, ""},
	Prefix:            {"prefix", "2100A/NM106", Demographic, text, ""},
	Suffix:            {"suffix", "2100A/NM107", Demographic, text, ""},
	BirthDate:         {"birth_date", "2100A/DMG02", Demographic, date, ""},
	Gender:            {"gender", "2100A/DMG03", Demographic, text, ""},
	BenefitStatus:     {"benefit_status", "INS05", Demographic, text, ""},
	COBRAEvent:        {"cobra_event", "INS07", Demographic, text, ""},
	EmploymentStatus:  {"employment_status", "INS08", Demographic, text, ""},
	DeathDate:         {"death_date", "INS12", Demographic, date, ""},
	EligibilityBegin:  {"eligibility_begin", "DTP*356", DateChange, dated, "356"},
	EligibilityEnd:    {"eligibility_end", "DTP*357", DateChange, dated, "357"},
	EmploymentBegin:   {"employment_begin", "DTP*336", DateChange, dated, "336"},
	Department:        {"id_dx", "REF*DX", Demographic, reference, "DX"},
	Phone:             {"phone", "2100A/PER*TE", Demographic, contact, "TE"},
	HomePhone:         {"home_phone", "2100A/PER*HP", Demographic, contact, "HP"},
	WorkPhone:         {"work_phone", "2100A/PER*WP", Demographic, contact, "WP"},
	CellPhone:         {"cell_phone", "2100A/PER*CP", Demographic, contact, "CP"},
	Email:             {"email", "2100A/PER*EM", Demographic, contact, "EM"},
	Address1:          {"address_1", "2100A/N301", Demographic, text, ""},
	Address2:          {"address_2", "2100A/N302", Demographic, text, ""},
	City:              {"city", "2100A/N401", Demographic, text, ""},
	StateCode:         {"state", "2100A/N402", Demographic, text, ""},
	PostalCode:        {"postal_code", "2100A/N403", Demographic, text, ""},
	Country:           {"country", "2100A/N404", Demographic, text, ""},
	Health:            {"health", "2100A/HLH01", Demographic, text, ""},

	{"location_qualifier", "2100A/N405", Demographic, text, ""},
	{"location", "2100A/N406", Demographic, text, ""},
	{"subdivision", "2100A/N407", Demographic, text, ""},
	{"height", "2100A/HLH02", Demographic, number, ""},
	{"weight", "2100A/HLH03", Demographic, number, ""},
	{"marital_status", "2100A/DMG04", Demographic, text, ""},
	{"races", "2100A/DMG05", Demographic, object, ""},
	{"citizenship", "2100A/DMG06", Demographic, text, ""},
	{"race_collection", "2100A/DMG11", Demographic, text, ""},
	{"medicare_plan", "INS06-1", Demographic, text, ""},
	{"medicare_reason", "INS06-2", Demographic, text, ""},
	{"student_status", "INS09", Demographic, text, ""},
	{"handicap", "INS10", Demographic, text, ""},
	{"confidentiality", "INS13", Demographic, text, ""},

	{"id_17", "REF*17", Demographic, reference, "17"},
	{"id_23", "REF*23", Demographic, reference, "23"},
	{"id_3h", "REF*3H", Demographic, reference, "3H"},
	{"id_4a", "REF*4A", Demographic, reference, "4A"},
	{"id_6o", "REF*6O", Demographic, reference, "6O"},
	{"id_abb", "REF*ABB", Demographic, reference, "ABB"},
	{"id_d3", "REF*D3", Demographic, reference, "D3"},
	{"id_f6", "REF*F6", Demographic, reference, "F6"},
	{"id_p5", "REF*P5", Demographic, reference, "P5"},
	{"id_qq", "REF*QQ", Demographic, reference, "QQ"},
	{"id_zz", "REF*ZZ", Demographic, reference, "ZZ"},

	{"date_050", "DTP*050", DateChange, dated, "050"},
	{"retirement_date", "DTP*286", DateChange, dated, "286"},
	{"date_296", "DTP*296", DateChange, dated, "296"},
	{"date_297", "DTP*297", DateChange, dated, "297"},
	{"date_300", "DTP*300", DateChange, dated, "300"},
	{"date_301", "DTP*301", DateChange, dated, "301"},
	{"employment_end", "DTP*337", DateChange, dated, "337"},
	{"medicare_begin", "DTP*338", DateChange, dated, "338"},
	{"medicare_end", "DTP*339", DateChange, dated, "339"},
	{"cobra_begin", "DTP*340", DateChange, dated, "340"},
	{"cobra_end", "DTP*341", DateChange, dated, "341"},
	{"date_350", "DTP*350", DateChange, dated, "350"},
	{"date_351", "DTP*351", DateChange, dated, "351"},
	{"date_383", "DTP*383", DateChange, dated, "383"},
	{"date_385", "DTP*385", DateChange, dated, "385"},
	{"date_386", "DTP*386", DateChange, dated, "386"},
	{"date_393", "DTP*393", DateChange, dated, "393"},
	{"date_394", "DTP*394", DateChange, dated, "394"},
	{"medicaid_begin", "DTP*473", DateChange, dated, "473"},
	{"medicaid_end", "DTP*474", DateChange, dated, "474"},

	{"other_phone", "2100A/PER*AP", Demographic, contact, "AP"},
	{"beeper", "2100A/PER*BN", Demographic, contact, "BN"},
	{"extension", "2100A/PER*EX", Demographic, contact, "EX"},
	{"fax", "2100A/PER*FX", Demographic, contact, "FX"},

	{"amount_b9", "2100A/AMT*B9", AmountChange, amount, "B9"},
	{"amount_c1", "2100A/AMT*C1", AmountChange, amount, "C1"},
	{"amount_d2", "2100A/AMT*D2", AmountChange, amount, "D2"},
	{"amount_eba", "2100A/AMT*EBA", AmountChange, amount, "EBA"},
	{"amount_fk", "2100A/AMT*FK", AmountChange, amount, "FK"},
	{"amount_p3", "2100A/AMT*P3", AmountChange, amount, "P3"},
	{"amount_r", "2100A/AMT*R", AmountChange, amount, "R"},

	{"employment_classes", "2100A/EC", Demographic, object, ""},
	{"income", "2100A/ICM", Demographic, object, ""},
	{"languages", "2100A/LUI", Demographic, object, ""},
	{"mailing_address", "2100C", Demographic, object, ""},
	{"employers", "2100D", Demographic, object, ""},
	{"schools", "2100E", Demographic, object, ""},
	{"custodial_parent", "2100F", Demographic, object, ""},
	{"responsible_persons", "2100G", Demographic, object, ""},
	{"drop_off_location", "2100H", Demographic, object, ""},
	{"disabilities", "2200", Demographic, object, ""},
	{"reporting_categories", "2700", Demographic, object, ""},
}

// memberFieldCount is the number of fields of a member.
const memberFieldCount = Field(len(memberFields))

// coverageFields is the table of the fields of a coverage.
var coverageFields = [...]FieldInfo{
	Line:            {"line", "HD03", PlanChange, text, ""},
	Plan:            {"plan", "HD04", PlanChange, text, ""},
	Tier:            {"tier", "HD05", TierChange, text, ""},
	Begin:           {"begin", "2300/DTP*348", DateChange, dated, "348"},
	End:             {"end", "2300/DTP*349", DateChange, dated, "349"},
	Premium:         {"premium", "2300/AMT*P3", AmountChange, amount, "P3"},
	Policy:          {"policy", "2300/REF*1L", CoverageChange, reference, "1L"},
	ClassOfContract: {"id_ce", "2300/REF*CE", CoverageChange, reference, "CE"},
	Providers:       {"providers", "2310", ProviderChange, object, ""},
	OtherCoverage:   {"other_coverage", "2320", COBChange, object, ""},

	{"late_enrollment", "HD09", CoverageChange, text, ""},
	{"date_300", "2300/DTP*300", DateChange, dated, "300"},
	{"date_343", "2300/DTP*343", DateChange, dated, "343"},
	{"date_543", "2300/DTP*543", DateChange, dated, "543"},
	{"date_695", "2300/DTP*695", DateChange, dated, "695"},
	{"amount_b9", "2300/AMT*B9", AmountChange, amount, "B9"},
	{"amount_c1", "2300/AMT*C1", AmountChange, amount, "C1"},
	{"amount_d2", "2300/AMT*D2", AmountChange, amount, "D2"},
	{"amount_eba", "2300/AMT*EBA", AmountChange, amount, "EBA"},
	{"amount_fk", "2300/AMT*FK", AmountChange, amount, "FK"},
	{"amount_r", "2300/AMT*R", AmountChange, amount, "R"},
	{"id_17", "2300/REF*17", CoverageChange, reference, "17"},
	{"id_9v", "2300/REF*9V", CoverageChange, reference, "9V"},
	{"id_e8", "2300/REF*E8", CoverageChange, reference, "E8"},
	{"id_m7", "2300/REF*M7", CoverageChange, reference, "M7"},
	{"id_pid", "2300/REF*PID", CoverageChange, reference, "PID"},
	{"id_rb", "2300/REF*RB", CoverageChange, reference, "RB"},
	{"id_x9", "2300/REF*X9", CoverageChange, reference, "X9"},
	{"id_xm", "2300/REF*XM", CoverageChange, reference, "XM"},
	{"id_xx1", "2300/REF*XX1", CoverageChange, reference, "XX1"},
	{"id_xx2", "2300/REF*XX2", CoverageChange, reference, "XX2"},
	{"id_zx", "2300/REF*ZX", CoverageChange, reference, "ZX"},
	{"id_zz", "2300/REF*ZZ", CoverageChange, reference, "ZZ"},
	{"prior_coverage_months", "2300/REF*QQ", CoverageChange, text, ""},
	{"id_cards", "2300/IDC", CoverageChange, object, ""},
}

// coverageFieldCount is the number of fields of a coverage.
const coverageFieldCount = CoverageField(len(coverageFields))

// The fields that only the mapping names, in the order of the tables.
const (
	locationQualifier = namedFields + iota
	location
	subdivision
	height
	weight
	maritalStatus
	races
	citizenship
	raceCollection
	medicarePlan
	medicareReason
	studentStatus
	handicap
	confidentiality
)

const (
	employmentClasses = memberFieldCount - 11 + iota
	income
	languages
	mailingAddress
	employers
	schools
	custodialParent
	responsiblePersons
	dropOffLocation
	disabilities
	reportingCategories
)

const (
	lateEnrollment = namedCoverageFields
	priorMonths    = coverageFieldCount - 2
	idCards        = coverageFieldCount - 1
)

// Prior is what a file says the receiver has on file for a member: loop 2100B and REF*Q4.
type Prior struct {
	Last, First, MemberID, BirthDate string
	SubscriberID                     string // REF*Q4
}

// IsZero reports whether the file says nothing of the kind.
func (p Prior) IsZero() bool { return p == Prior{} }

// Place says where a member stands in its file.
type Place struct {
	Offset  int64 // in the stream, bytes; of a CSV file the number of the line
	Segment int   // ordinal of INS in the set, ST = 1
}

// Coverage is a coverage of a member: loop 2300.
type Coverage struct {
	// HD01 and DTP*303: what the file wants done. They are no part of a state.
	Operation string
	Effective string

	v    [coverageFieldCount]string
	from int // which coverage of the state this one continues, 1 = first; 0 = none
}

// Get returns the value of a field: dates as CCYYMMDD, amounts as plain decimals, objects as JSON of the generated structs.
func (c *Coverage) Get(f CoverageField) string { return c.v[f] }

// Set sets the value of a field.
func (c *Coverage) Set(f CoverageField, s string) { c.v[f] = s }

// Member is a subscriber or a dependent.
type Member struct {
	Coverages []Coverage

	// INS03, INS04 and DTP*303: what the file wants done, why and from when. They are no part of a state.
	Operation string
	Reason    string
	Effective string
	Prior     Prior
	Place     Place

	v [memberFieldCount]string
}

// Get returns the value of a field: dates as CCYYMMDD, amounts as plain decimals, objects as JSON of the generated structs.
func (m *Member) Get(f Field) string { return m.v[f] }

// Set sets the value of a field.
func (m *Member) Set(f Field, s string) { m.v[f] = s }

// The member types of rosters.
const (
	TypeSubscriber = "subscriber"
	TypeSpouse     = "spouse"
	TypeChild      = "child"
	TypeOther      = "other"
)

// Type returns what kind of member it is by INS01 and INS02: a life partner counts as a spouse, and adopted, foster,
// step and grandchildren, wards and sponsored or collateral dependents as children.
func (m *Member) Type() string {
	switch m.v[Relationship] {
	case "18":
		return TypeSubscriber
	case "01", "53":
		return TypeSpouse
	case "05", "09", "10", "15", "17", "19", "23", "24", "38":
		return TypeChild
	}
	if m.v[Subscriber] == "Y" {
		return TypeSubscriber
	}
	return TypeOther
}

// never is the end of a coverage that has none.
const never = "99999999"

// until returns the last day of coverage, CCYYMMDD; never where there is none.
func (m *Member) until() string {
	if len(m.Coverages) == 0 {
		if end := m.v[EligibilityEnd]; end != "" {
			return end
		}
		return never
	}
	last := ""
	for i := range m.Coverages {
		end := m.Coverages[i].v[End]
		if end == "" {
			return never
		}
		last = max(last, end)
	}
	return last
}

// InForce reports whether the coverage holds on a day; on the zero date, whether it has not ended.
func (c *Coverage) InForce(on x12.Date) bool {
	begin, end := c.v[Begin], c.v[End]
	if on.IsZero() {
		return end == ""
	}
	var b [8]byte
	day := string(on.Long().AppendWire(b[:0]))
	return begin <= day && (end == "" || day <= end)
}

// InForce reports whether the member has a coverage that holds on a day. For one without coverages, eligibility
// (DTP*356 and DTP*357) decides.
func (m *Member) InForce(on x12.Date) bool {
	if len(m.Coverages) > 0 {
		for i := range m.Coverages {
			if m.Coverages[i].InForce(on) {
				return true
			}
		}
		return false
	}
	c := Coverage{}
	c.v[Begin], c.v[End] = m.v[EligibilityBegin], m.v[EligibilityEnd]
	return c.InForce(on)
}

// clone returns a copy that shares nothing with m but texts.
func (m *Member) clone() *Member {
	n := *m
	n.Coverages = append([]Coverage(nil), m.Coverages...)
	return &n
}

// reset empties m and keeps its memory.
func (m *Member) reset() {
	covs := m.Coverages[:0]
	*m = Member{Coverages: covs}
}
