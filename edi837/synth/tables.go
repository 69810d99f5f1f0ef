package synth

import "github.com/x12-go/edi/internal/invent"

// tables are what a kind draws from; read-only once made. Codes come from the
// public code lists; names, addresses and identifiers are invented.
type tables struct {
	names          invent.Names
	streets        []string
	seconds        []string
	towns          []town
	billers        []biller
	common         int64 // so many billers at the start are of the common sort
	clinicians     []clinician
	facilities     []facility
	payers         []payer
	casualtyPayers []payer
	employers      []string
	relations      []string
	diagnoses      []string
	drugs          []drug
	notes          []string
	surgeries      []string    // what was operated, as the kind codes it
	reports        []string    // PWK01
	otherEntities  [][2]string // NM101 and NM102 of the 2330 loops for providers
	professionalTables
	institutionalTables
	dentalTables
}

func newTables(k Kind) tables {
	t := tables{
		names: invent.NewNames(), streets: streets(), seconds: []string{"APT 2", "APT 14B", "UNIT 7", "LOT 31", "C O STANDING ELK", "FLOOR 3"},
		towns: towns(), employers: employers(), relations: []string{"20", "21", "39", "40", "53", "G8"},
		diagnoses: diagnoses(), drugs: drugs(), notes: notes(),
		reports: []string{"B4", "DA", "DG", "EB", "OZ", "P6", "RB", "RR"},
	}
	switch k {
	case Professional:
		t.reports = []string{"03", "05", "M1", "AS", "B4", "CT", "DG", "DS", "EB", "OB", "OZ", "PN", "RR"}
		t.otherEntities = [][2]string{{"DN", "1"}, {"82", "1"}, {"77", "2"}, {"DQ", "1"}, {"85", "2"}}
		t.surgeries = []string{"45378", "58150", "59400", "27447", "47562"}
		t.professionalTables = newProfessional()
	case Institutional:
		t.reports = []string{"05", "AS", "B4", "DG", "DS", "EB", "OZ", "PN", "RR"}
		t.otherEntities = [][2]string{{"71", "1"}, {"72", "1"}, {"ZZ", "1"}, {"77", "2"}, {"82", "1"}, {"DN", "1"}, {"85", "2"}}
		t.institutionalTables = newInstitutional()
		t.surgeries = surgicalCodes()
	default:
		t.otherEntities = [][2]string{{"DN", "1"}, {"82", "1"}, {"DQ", "1"}, {"85", "2"}, {"77", "2"}, {"DD", "1"}}
		t.diagnoses = dentalDiagnoses()
		t.dentalTables = newDental()
	}
	t.billers, t.common = newBillers(k, &t)
	t.clinicians = newClinicians(k, &t)
	t.facilities = newFacilities(&t)
	t.payers, t.casualtyPayers = newPayers(&t)
	return t
}

// fixed is the n-th address of the tables, with all nine digits of its ZIP code.
func (t *tables) fixed(n int64) address {
	return address{
		house: 100 + n*37, street: t.streets[int(n*7)%len(t.streets)],
		town: &t.towns[int(n*5)%len(t.towns)], plus: 9900 + n%100,
	}
}

func streets() []string {
	return []string{
		"COTTONWOOD LN", "ABBEY RD", "POLARIS BLVD", "MILLRACE CT", "BREAKWATER ST", "SORREL WAY", "MESA VERDE PKWY",
		"HARBOR LIGHT DR", "CHANDLERY WHARF", "WHEATLAND AVE", "PINON CT", "FOUNDRY ST", "N 14TH ST", "OLD COUNTY RD",
		"JUNIPER HILL TER", "E LARKSPUR AVE", "QUARRY RD", "SAWYER CREEK DR", "MAIN ST", "ORCHARD VIEW CIR",
		"LIGHTHOUSE PT", "S RAILROAD AVE", "COUNTY ROAD 12", "WINDMILL LN", "KETTLE POND RD", "ST ANNES PL",
		"FIDDLERS GREEN", "BUCKTHORN TRL", "W 3RD AVE",
	}
}

func towns() []town {
	return []town{
		{"PUEBLO", "CO", "81003"}, {"OMAHA", "NE", "68102"}, {"ANCHORAGE", "AK", "99503"}, {"LOWELL", "MA", "01852"},
		{"ASTORIA", "OR", "97103"}, {"ASHEVILLE", "NC", "28801"}, {"DURANGO", "CO", "81301"}, {"DULUTH", "MN", "55802"},
		{"NORFOLK", "VA", "23510"}, {"SALINA", "KS", "67401"}, {"SANTA FE", "NM", "87505"}, {"WATERLOO", "IA", "50701"},
		{"LAS CRUCES", "NM", "88001"}, {"KALAMAZOO", "MI", "49007"}, {"BANGOR", "ME", "04401"}, {"MACON", "GA", "31201"},
		{"YAKIMA", "WA", "98901"},
	}
}

func employers() []string {
	return []string{
		"COPPER KETTLE FOODS INC", "NORTHWIND FREIGHT LLC", "TALL PINES LUMBER CO", "RED BARN DAIRY COOPERATIVE",
		"GRANITE CITY FABRICATORS",
	}
}

func notes() []string {
	return []string{
		"SECOND OPINION REQUESTED BY PATIENT", "SEE ATTACHED REPORT", "PATIENT MOVED DURING TREATMENT",
		"SERVICE REPEATED AFTER FAILED FIRST ATTEMPT", "DAILY CARE AT HOME BY A RELATIVE",
		"NOT RELATED TO THE VISIT OF THE WEEK BEFORE",
	}
}

// seed is what tells one billing provider from the others of a table.
type seed struct {
	name     string // empty: a person
	class    class
	taxonomy string
}

func newBillers(k Kind, t *tables) (list []biller, common int64) {
	seeds, common := professionalBillers()
	switch k {
	case Institutional:
		seeds, common = institutionalBillers()
	case Dental:
		seeds, common = dentalBillers()
	}
	for i, s := range seeds {
		n := int64(i)
		b := biller{
			number: n, class: s.class, name: s.name, taxonomy: s.taxonomy, npi: npi('2', n*3+int64(k)*7+1),
			tax: string(invent.AppendPadded([]byte("990"), int64(k)*1000+n, 6)), phone: string(invent.AppendPadded([]byte("80055502"), n, 2)),
			address: t.fixed(n + int64(k)*11), payTo: t.fixed(n + 50),
		}
		b.prefix = string([]byte{"PHD"[k], byte('A' + i)})
		if s.name == "" {
			b.person = invent.Name{Last: t.names.Last[i*3], First: t.names.First[i*2], Middle: "Q"}
			b.tax = string(invent.AppendPadded([]byte("9"), 90000000+n, 8))
		}
		list = append(list, b)
	}
	return list, common
}

func professionalBillers() ([]seed, int64) {
	return []seed{
		{"RIVERBEND FAMILY MEDICINE", clinic, "207Q00000X"}, {"NORTHSTAR MULTISPECIALTY GROUP PLLC", clinic, "193200000X"},
		{"CEDAR VALLEY PEDIATRICS", clinic, "208000000X"}, {"HARBOR INTERNAL MEDICINE ASSOCIATES", clinic, "207R00000X"},
		{"BLACK OAK PHYSICAL THERAPY", clinic, "225100000X"}, {"", clinic, "207Q00000X"},
		{"TALL GRASS WOMENS HEALTH", clinic, "207V00000X"}, {"PRAIRIE HEART CONSULTANTS", clinic, "207RC0000X"},
		{"SAINT BRIGID EMERGENCY PHYSICIANS", clinic, "207P00000X"}, {"", clinic, "2084P0800X"},
		{"STILLWATER ANESTHESIA PARTNERS", anesthesia, "207L00000X"}, {"SWIFT CREEK AMBULANCE SERVICE", ambulance, "3416L0300X"},
		{"HOMEWARD MEDICAL EQUIPMENT", equipment, "332B00000X"}, {"LANTERN HOME INFUSION", infusion, "251F00000X"},
		{"BLUE MESA CLINICAL LABORATORY", lab, "291U00000X"}, {"CLEARWATER EYE CARE", vision, "152W00000X"},
		{"BACK IN LINE CHIROPRACTIC", chiropractic, "111N00000X"}, {"ISLAND COUNTY FIRE AND RESCUE", ambulance, "3416L0300X"},
	}, 10
}

func institutionalBillers() ([]seed, int64) {
	return []seed{
		{"SAINT BRIGID REGIONAL MEDICAL CENTER", hospital, "282N00000X"}, {"COTTONWOOD CRITICAL ACCESS HOSPITAL", hospital, "282NC0060X"},
		{"GREAT LAKES UNIVERSITY HOSPITAL", hospital, "282N00000X"}, {"TIDEWATER GENERAL HOSPITAL", hospital, "282N00000X"},
		{"MERCY OF THE PLAINS", hospital, "282N00000X"}, {"PINE RIDGE MEMORIAL", hospital, "282NC0060X"},
		{"EVENING STAR SKILLED NURSING", nursing, "314000000X"}, {"OPEN DOOR HOME HEALTH AGENCY", homeHealth, "251E00000X"},
		{"SOUTH FORK DIALYSIS CENTER", dialysis, "261QE0700X"}, {"MILLRACE NURSING AND REHABILITATION", nursing, "314000000X"},
	}, 6
}

func dentalBillers() ([]seed, int64) {
	return []seed{
		{"OLD MILL DENTAL", dentist, "261QD0000X"}, {"BRIGHT HARBOR FAMILY DENTISTRY", dentist, "1223G0001X"}, {"", dentist, "1223G0001X"},
		{"SUNFLOWER DENTAL GROUP", dentist, "1223G0001X"}, {"KETTLE POND SMILES PC", dentist, "1223P0221X"}, {"", dentist, "122300000X"},
		{"STRAIGHT ARROW ORTHODONTICS", orthodontist, "1223X0400X"}, {"HIGH STREET ORAL SURGERY", surgeon, "1223S0112X"},
		{"NORTH RIM ORTHODONTISTS", orthodontist, "1223X0400X"},
	}, 6
}

func newClinicians(k Kind, t *tables) []clinician {
	taxonomies := []string{"207Q00000X", "207R00000X", "208600000X", "363LF0000X", "207RC0000X", "208000000X", "207L00000X"}
	if k == Dental {
		taxonomies = []string{"1223G0001X", "122300000X", "1223P0221X", "1223X0400X"}
	}
	var list []clinician
	for i := range 40 {
		c := clinician{npi: npi('1', int64(i*2+12)), taxonomy: taxonomies[i%len(taxonomies)]}
		c.Last, c.First = t.names.Last[i*11%len(t.names.Last)], t.names.First[i*13%len(t.names.First)]
		if i%3 == 0 {
			c.Middle = "R"
		}
		if i%17 == 5 {
			c.Suffix = "III"
		}
		list = append(list, c)
	}
	return list
}

func newFacilities(t *tables) []facility {
	var list []facility
	for i, name := range []string{
		"SAINT BRIGID REGIONAL MEDICAL CENTER", "TIDEWATER GENERAL HOSPITAL", "LOWELL AMBULATORY SURGERY CENTER",
		"EVENING STAR SKILLED NURSING", "MERCY OF THE PLAINS", "QUARRY ROAD IMAGING", "PINE RIDGE MEMORIAL",
	} {
		list = append(list, facility{name: name, npi: npi('2', int64(i*9+60)), address: t.fixed(int64(i) + 70)})
	}
	return list
}

func newPayers(t *tables) (payers, casualty []payer) {
	payers = []payer{
		{name: "BLUE MESA HEALTH PLAN", id: "BMH01", filing: "BL"},
		{name: "PRAIRIE MEDICARE ADMINISTRATORS", id: "05999", filing: "MB", class: medicare},
		{name: "GREAT LAKES MUTUAL ASSURANCE CO", id: "GLM77", filing: "CI"},
		{name: "HIGH DESERT STATE MEDICAID", id: "HDM01", filing: "MC", class: medicaid},
		{name: "TIDEWATER BENEFIT TRUST", id: "TBT03", filing: "12"},
		{name: "LANTERN HEALTH MAINTENANCE ORGANIZATION", id: "LHMO5", filing: "HM"},
		{name: "FOUR CORNERS SUPPLEMENTAL INS CO", id: "FC901", filing: "CI"},
		{name: "UNION PACKERS BENEFIT FUND", id: "UP772", filing: "14"},
		{name: "COASTAL UNIFORMED SERVICES PLAN", id: "CUS10", filing: "CH"},
		{name: "CEDAR VALLEY EMPLOYEES HEALTH AND WELFARE FUND", id: "CVE66", filing: "15"},
	}
	casualty = []payer{
		{name: "KEYSTONE WORKERS COMPENSATION FUND", id: "KWC08", filing: "WC"},
		{name: "SAFE HARBOR AUTO INSURANCE", id: "SHA44", filing: "AM"},
	}
	for i := range payers {
		payers[i].address = t.fixed(int64(i) + 30)
	}
	for i := range casualty {
		casualty[i].address = t.fixed(int64(i) + 45)
	}
	return payers, casualty
}

// diagnoses are ICD-10-CM codes without their point; the number of them is
// prime.
func diagnoses() []string {
	return []string{
		"E119", "I10", "E785", "J069", "M545", "Z0000", "N390", "K219", "F411", "J45909", "R05", "R0789", "M25561", "E039",
		"L309", "H6690", "B349", "G43909", "I4891", "N183", "D649", "E6601", "F329", "J209", "K5900", "M1711", "R109", "R51",
		"S93401A", "S61219A", "Z23", "Z1231", "I2510", "I509", "J449", "E1165", "E780", "G4733", "H2513", "J189", "K573",
		"L0390", "M79671", "N179", "O0990", "R42", "R5383", "T148XXA", "Z7901", "Z794", "B9620", "C50911", "E876",
	}
}

func drugs() []drug {
	return []drug{
		{"99999010130", "ML", 50}, {"99999020210", "UN", 100}, {"99999031501", "ML", 250},
		{"99999044402", "GR", 120}, {"99999055560", "ME", 1000}, {"99999061001", "F2", 500},
	}
}
