package synth

import "github.com/x12-go/edi/internal/invent/insured"

// tables are what is drawn from; read-only once made. Codes are those of the
// guide and the public code lists; names, addresses and identifiers are
// invented.
type tables struct {
	plans              []plan
	medicare, medicaid plan
	limitations        []limitation
	rare               []rare
	otherPayers        []insured.Party
	vendors            []vendor
	employers          []string
	relations          []string
	services, ranks    []string
	messages, endings  []string

	// Reasons of AAA, by level.
	sourceReasons, sourceNameReasons, receiverReasons   []string
	subscriberReasons, dependentReasons, benefitReasons []string
}

// plan is what a person has.
type plan struct {
	name, insurance string
	family          bool
	outside         bool  // pays outside of its network
	serviceYear     bool  // counts by its own year
	deductible      int64 // cents, of one person in the network
	pocket          int64 // cents, the most one person pays
	coinsurance     int64 // percent
	copays          []copay
}

type copay struct {
	types string
	cents int64
	both  bool // in the network and outside
}

// limitation is a limit of a service type.
type limitation struct {
	types, time, measure string
	quantity, dollars    int64
	delivered            bool // HSD says it once more
	share                int64
}

// rare is a row of a sort that few answers have.
type rare struct {
	row
	text, reason string
}

type vendor struct {
	insured.Party
	types string
}

func newTables() tables {
	places := insured.NewTables().Places
	t := tables{
		plans: plans(), limitations: limitations(), rare: rareRows(),
		medicare: plan{name: "", insurance: "MB", serviceYear: false, deductible: 25700, coinsurance: 20},
		medicaid: plan{name: "HIGH DESERT CARE", insurance: "MC", copays: []copay{{"98", 200, true}, {"88", 100, true}, {"86", 0, true}}},
		otherPayers: []insured.Party{
			{Name: "TIDEWATER BENEFIT TRUST", Qualifier: "PI", ID: "TBT03"}, {Name: "FOUR CORNERS SUPPLEMENTAL INS CO", Qualifier: "FI", ID: "990200002"},
			{Name: "SAFE HARBOR AUTO INSURANCE", Qualifier: "NI", ID: "44021"},
		},
		vendors: []vendor{
			{insured.Party{Role: "VN", Name: "CLEAR VIEW VISION", Qualifier: "PI", ID: "CLV01"}, "AL"},
			{insured.Party{Role: "VN", Name: "RETAIL PHARMACY PARTNERS", Qualifier: "PI", ID: "RPP10"}, "88"},
			{insured.Party{Role: "PR", Name: "QUIET MIND BEHAVIORAL", Qualifier: "PI", ID: "QMB20"}, "MH"},
		},
		employers: []string{"COPPER KETTLE FOODS INC", "NORTHWIND FREIGHT LLC", "TALL PINES LUMBER CO", "CITY OF STILLWATER"},
		relations: []string{"20", "21", "39", "40", "G8"}, services: []string{"A", "C", "D", "F", "J", "O"}, ranks: []string{"E1", "S1", "C1", "L1", "M1", "P1"},
		messages:      []string{"ELIGIBILITY IS NO GUARANTEE OF PAYMENT", "PLAN YEAR BEGINS IN JANUARY", "SEE PLAN BOOKLET FOR DETAILS"},
		endings:       []string{"COVERAGE ENDED WITH EMPLOYMENT", "MEMBER MOVED TO ANOTHER PLAN"},
		sourceReasons: []string{"42", "04", "41", "79"}, sourceNameReasons: []string{"42", "80", "41", "79", "T4", "04"},
		receiverReasons:   []string{"43", "44", "50", "51", "45", "41", "15", "97"},
		subscriberReasons: []string{"75", "72", "73", "58", "71", "76", "78", "62", "63", "15", "42"},
		dependentReasons:  []string{"67", "64", "65", "58", "68", "71", "77", "66", "62"},
		benefitReasons:    []string{"33", "52", "54", "56", "60", "62", "69", "15"},
	}
	for i := range t.otherPayers {
		t.otherPayers[i].Number, t.otherPayers[i].Place = int64(i), places.Fixed(int64(i)+60)
	}
	for i := range t.vendors {
		t.vendors[i].Number = int64(i)
	}
	return t
}

func plans() []plan {
	visits := func(office, specialist, urgent, emergency int64) []copay {
		return []copay{{"98", office, false}, {"33 PT", specialist, false}, {"UC", urgent, true}, {"86", emergency, true}, {"MH", office, false}}
	}
	return []plan{
		{name: "MESA CHOICE 1500", insurance: "PR", family: true, outside: true, deductible: 150000, pocket: 600000, coinsurance: 20, copays: visits(3000, 5000, 7500, 25000)},
		{name: "MESA PREFERRED 500", insurance: "PR", family: true, outside: true, deductible: 50000, pocket: 350000, coinsurance: 10, copays: visits(2000, 4000, 5000, 15000)},
		{name: "LANTERN CARE", insurance: "HM", family: true, copays: visits(1500, 3000, 4000, 10000)},
		{name: "LANTERN CARE PLUS", insurance: "PS", family: true, outside: true, serviceYear: true, deductible: 75000, pocket: 400000, coinsurance: 15, copays: visits(2500, 4500, 6000, 20000)},
		{name: "MESA SAVER 3200 HSA", insurance: "HM", family: true, deductible: 320000, pocket: 640000, coinsurance: 30},
		{name: "GREAT LAKES EXCLUSIVE", insurance: "EP", deductible: 100000, pocket: 500000, coinsurance: 20, copays: visits(2500, 5000, 6500, 30000)},
		{name: "GREAT LAKES INDEMNITY", insurance: "IN", family: true, outside: true, deductible: 25000, pocket: 200000, coinsurance: 20},
	}
}

func limitations() []limitation {
	return []limitation{
		{types: "33", time: "23", measure: "VS", quantity: 20, delivered: true, share: 350},
		{types: "PT AD AF", time: "23", measure: "VS", quantity: 60, share: 250},
		{types: "AG", time: "23", measure: "DY", quantity: 100, delivered: true, share: 120},
		{types: "MH", time: "22", measure: "VS", quantity: 30, share: 60},
		{types: "38", time: "32", dollars: 150000, share: 70},
		{types: "35", time: "23", dollars: 200000, share: 100},
		{types: "42", time: "36", measure: "VS", quantity: 40, share: 40},
		{types: "AO", time: "", measure: "YY", quantity: 2, share: 30},
		{types: "BH", time: "", measure: "S7", quantity: 18, share: 20},
		{types: "A6", time: "25", measure: "P6", quantity: 12, share: 15},
	}
}

func rareRows() []rare {
	return []rare{
		{row: row{info: "CB", level: "EMP", types: "30", insurance: "GP"}, text: "COVERED BY THE EMPLOYER"},
		{row: row{info: "D", types: "88", time: "34", measure: "DY", quantity: 30, network: "Y"}, text: "GENERIC DRUGS FIRST"},
		{row: row{info: "E", types: "75"}, text: "EXCLUDED BY RIDER"},
		{row: row{info: "H", types: "48", time: "32"}},
		{row: row{info: "J", types: "48", money: true, amount: 50000}, text: "PENALTY WITHOUT NOTICE OF ADMISSION"},
		{row: row{info: "K", types: "48", insurance: "MA", time: "33", measure: "LA", quantity: 60}},
		{row: row{info: "M", types: "30", time: "34", measure: "MN", quantity: 6}},
		{row: row{info: "MC", types: "AI"}},
		{row: row{info: "N", types: "BY"}},
		{row: row{info: "O", types: "CQ"}, reason: "98"},
		{row: row{info: "P"}, text: "BENEFITS ARE SUBJECT TO THE TERMS OF THE PLAN"},
		{row: row{info: "Q", types: "20"}},
		{row: row{info: "S", types: "41", time: "24", measure: "99", quantity: 1}},
		{row: row{info: "T", types: "30"}},
		{row: row{info: "W", types: "30"}, text: "ASK THE DENTAL PLAN"},
		{row: row{info: "Y", types: "30", insurance: "MC", time: "34", money: true, amount: 12500}},
		{row: row{info: "2", types: "47", insurance: "HM"}}, {row: row{info: "3", types: "98", insurance: "HM"}},
	}
}
