package synth

import "github.com/x12-go/edi/internal/invent"

// tables are what is drawn from; read-only once made. Codes are those of the
// guide and the public code lists; names, addresses and identifiers are
// invented.
type tables struct {
	names         invent.Names
	places        invent.Places
	sponsors      []sponsor
	payers        []company
	otherPayers   []company
	medical       []plan
	further       []plan
	clinicians    []clinician
	facilities    []facility
	schools       []string
	reporting     []category
	relations     []string
	statuses      []string
	medicare      []string
	cobraEvents   []string
	employments   []string
	supplements   []string
	otherDates    []string
	marital       []string
	races         []string
	languages     []string
	responsible   []string
	diagnoses     []string
	changeReasons []string
}

// sponsor is who pays for the coverage.
type sponsor struct {
	number            int64
	name, tax, policy string
}

type company struct{ name, tax string }

// plan is something to be covered by.
type plan struct {
	line       string // HD03
	name, code string
	rate       int64 // cents a month for one
	deductible int64 // cents
	family     bool  // dependents can have it
	provider   string
	share      int64 // of the families that have it, in a thousand
}

// clinician is a provider who is a person.
type clinician struct {
	invent.Name
	npi string
}

type facility struct{ role, name, npi string }

// category is a reporting category: a value, a number behind a tag, a date, or
// more than one of them.
type category struct {
	name, qualifier, value, tag string
	dated, period               bool
}

func newTables() tables {
	t := tables{
		names: invent.NewNames(), places: invent.NewPlaces(), sponsors: sponsors(),
		payers: []company{
			{"BLUE MESA HEALTH PLAN", "990100001"}, {"GREAT LAKES MUTUAL ASSURANCE CO", "990100002"},
			{"LANTERN HEALTH MAINTENANCE ORGANIZATION", "990100003"},
		},
		otherPayers: []company{
			{"TIDEWATER BENEFIT TRUST", "990200001"}, {"FOUR CORNERS SUPPLEMENTAL INS CO", "990200002"},
			{"PRAIRIE MEDICARE ADMINISTRATORS", "990200003"}, {"UNION PACKERS BENEFIT FUND", "990200004"},
		},
		medical: medical(), further: further(),
		facilities: []facility{
			{"3D", "TALL GRASS WOMENS CLINIC", invent.NPI('2', 61)}, {"80", "SAINT BRIGID REGIONAL MEDICAL CENTER", invent.NPI('2', 60)},
			{"1X", "BLUE MESA CLINICAL LABORATORY", invent.NPI('2', 63)}, {"QA", "CORNER STREET PHARMACY", invent.NPI('2', 64)},
			{"FA", "LOWELL AMBULATORY CENTER", invent.NPI('2', 65)},
		},
		schools:   []string{"STILLWATER STATE UNIVERSITY", "COPPER RIDGE COMMUNITY COLLEGE", "HARBOR TECHNICAL INSTITUTE"},
		reporting: categories(), relations: []string{"17", "15", "05", "07", "G8", "23", "09"},
		statuses: []string{"S", "T", "A"}, medicare: []string{"A", "B", "C", "D"},
		cobraEvents: []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "ZZ"},
		employments: []string{"PT", "AC", "L1", "AO", "AU"}, supplements: []string{"17", "3H", "4A", "6O", "ABB", "D3", "P5", "Q4", "QQ", "ZZ"},
		otherDates: []string{"050", "286", "296", "297", "300", "383", "385", "386", "393", "473", "474"},
		marital:    []string{"I", "I", "D", "W", "S", "B", "U", "X", "R", "M"}, races: []string{"C", "B", "A", "H", "I", "J", "N", "O", "7", "E"},
		languages:   []string{"SPA", "ENG", "VIE", "TAG", "FRE", "POL", "RUS", "ARA"},
		responsible: []string{"6Y", "9K", "E1", "EI", "EXS", "GB", "GD", "J6", "LR", "QD", "S1", "TZ", "X4"},
		diagnoses:   []string{"M545", "S72001A", "G35", "I639", "F329"}, changeReasons: []string{"14", "22", "46", "AA", "AB", "AC", "AG", "AH", "AI"},
	}
	for i := range 40 {
		c := clinician{npi: invent.NPI('1', int64(i*2+13))}
		c.Last, c.First = t.names.Last[i*11%len(t.names.Last)], t.names.First[i*13%len(t.names.First)]
		if i%3 == 0 {
			c.Middle = "T"
		}
		t.clinicians = append(t.clinicians, c)
	}
	return t
}

func sponsors() []sponsor {
	list := []sponsor{
		{name: "COPPER KETTLE FOODS INC"}, {name: "NORTHWIND FREIGHT LLC"}, {name: "TALL PINES LUMBER CO"},
		{name: "CITY OF STILLWATER"}, {name: "GRANITE CITY FABRICATORS"}, {name: "HIGH DESERT STATE MEDICAID"},
		{name: "SORREL SCHOOL DISTRICT 9"},
	}
	for i := range list {
		s, n := &list[i], int64(i)
		s.number = n
		s.tax = string(invent.AppendPadded([]byte("990400"), n, 3))
		s.policy = string(invent.AppendPadded([]byte("MP"), 20500+n*37, 6))
	}
	return list
}

func medical() []plan {
	return []plan{
		{line: "HLT", name: "MESA CHOICE 1500", code: "MC15", rate: 48250, deductible: 150000, family: true},
		{line: "PPO", name: "MESA PREFERRED 500", code: "MP05", rate: 61500, deductible: 50000, family: true},
		{line: "HMO", name: "LANTERN CARE", code: "LC01", rate: 44000, deductible: 25000, family: true, provider: "P3"},
		{line: "POS", name: "LANTERN CARE PLUS", code: "LP01", rate: 52075, deductible: 75000, family: true, provider: "P3"},
		{line: "EPO", name: "GREAT LAKES EXCLUSIVE", code: "GE02", rate: 47810, deductible: 100000, family: true},
		{line: "HLT", name: "MESA SAVER 3200 HSA", code: "MS32", rate: 35540, deductible: 320000, family: true},
		{line: "MM", name: "GREAT LAKES MAJOR MEDICAL", code: "GM09", rate: 39999, deductible: 500000, family: true},
	}
}

func further() []plan {
	return []plan{
		{line: "DEN", name: "SMILE BASIC", code: "DB10", rate: 3850, deductible: 5000, family: true, share: 500},
		{line: "DCP", name: "SMILE PREPAID", code: "DP11", rate: 2125, family: true, share: 60},
		{line: "VIS", name: "CLEAR VIEW", code: "CV20", rate: 975, family: true, provider: "OD", share: 350},
		{line: "PDG", name: "RETAIL PHARMACY", code: "RX30", rate: 5410, family: true, share: 120},
		{line: "MOD", name: "MAIL PHARMACY", code: "RX31", rate: 1200, family: true, share: 40},
		{line: "STD", name: "SHORT TERM INCOME 60", code: "SD40", rate: 1433, share: 140},
		{line: "LTD", name: "LONG TERM INCOME 50", code: "LD41", rate: 2210, share: 120},
		{line: "AK", name: "QUIET MIND", code: "MH50", rate: 810, family: true, share: 40},
		{line: "HE", name: "", code: "HR51", rate: 450, family: true, share: 20},
		{line: "LTC", name: "EVENING CARE", code: "LT60", rate: 7400, share: 10},
	}
}

func categories() []category {
	return []category{
		{name: "DEPARTMENT", qualifier: "LU", tag: "D"}, {name: "COST CENTER", qualifier: "ZZ", tag: "CC"},
		{name: "UNION", qualifier: "17", value: "LOCAL 482"}, {name: "BARGAINING UNIT", qualifier: "XX1", value: "BU4"},
		{name: "WORK SITE", qualifier: "00", tag: "WS"}, {name: "TOBACCO USE", qualifier: "ZZ", value: "NO"},
		{name: "PAY CYCLE", qualifier: "XX2", value: "BIWEEKLY"}, {name: "OPEN ENROLLMENT", dated: true, period: true},
		{name: "PRIOR CARRIER", qualifier: "18", value: "TIDEWATER BENEFIT TRUST", dated: true}, {name: "BENEFIT CLASS", qualifier: "9X", value: "A"},
		{name: "REPORTING GROUP", qualifier: "26", tag: "RG"}, {name: "BRANCH", qualifier: "3L", tag: ""},
		{name: "MEMBERSHIP", qualifier: "6M", tag: "M"}, {name: "PROGRAM", qualifier: "PID", value: "WELLNESS"},
		{name: "NEWBORN NOTICE", dated: true}, {name: "REGION", qualifier: "YY", value: "WEST"}, {name: "LOCATION", qualifier: "GE", value: "NORTH YARD"},
		{name: "PAYMENT CATEGORY", qualifier: "9V", value: "2"}, {name: "DIVISION", qualifier: "19", tag: "DV"},
	}
}
