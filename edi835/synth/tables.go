package synth

import "github.com/x12-go/edi/internal/invent"

// The tables are read-only. Codes come from the public code lists; names,
// addresses and identifiers are invented.

// payer classes steer which claims and which adjustments a payer can have.
type class uint8

const (
	commercial class = iota
	medicare
	medicaid
)

type payer struct {
	name, street, city, state, zip string
	id                             string // TRN03 and BPR10: 1 and a tax number
	phone                          string
	class                          class
}

func payers() []payer {
	return []payer{
		{"BLUE MESA HEALTH PLAN", "1200 MESA VERDE PKWY", "DURANGO", "CO", "813019998", "1990000101", "8005550101", commercial},
		{"GREAT LAKES MUTUAL ASSURANCE CO", "77 HARBOR LIGHT DR", "DULUTH", "MN", "558029998", "1990000202", "8005550102", commercial},
		{"TIDEWATER BENEFIT TRUST", "4 CHANDLERY WHARF", "NORFOLK", "VA", "235109998", "1990000303", "8005550103", commercial},
		{"PRAIRIE MEDICARE ADMINISTRATORS", "900 WHEATLAND AVE", "SALINA", "KS", "674019998", "1990000404", "8005550104", medicare},
		{"HIGH DESERT STATE MEDICAID", "31 PINON CT", "SANTA FE", "NM", "875059998", "1990000505", "8005550105", medicaid},
		{"CEDAR VALLEY EMPLOYEES HEALTH AND WELFARE FUND", "2250 FOUNDRY ST SUITE 400", "WATERLOO", "IA", "507019998", "1990000606", "8005550106", commercial},
	}
}

type payee struct {
	name, street, city, state, zip string
	npi, tax                       string
	prefix                         string // of its patient control numbers
	rdm                            string // where it wants the remittance
}

func payees() []payee {
	return []payee{
		{"RIVERBEND FAMILY MEDICINE", "18 COTTONWOOD LN", "PUEBLO", "CO", "810039997", "1999999984", "990010001", "RB", ""},
		{"SAINT BRIGID REGIONAL MEDICAL CENTER", "600 ABBEY RD", "OMAHA", "NE", "681029997", "1888888884", "990010002", "SB", "REMIT.SAINTBRIGID.EXAMPLE"},
		{"NORTHSTAR MULTISPECIALTY GROUP PLLC", "3400 POLARIS BLVD BLDG C", "ANCHORAGE", "AK", "995039997", "1777777776", "990010003", "NS", ""},
		{"OLD MILL DENTAL AND ORTHODONTICS", "9 MILLRACE CT", "LOWELL", "MA", "018529997", "1666666668", "990010004", "OM", ""},
		{"HARBORVIEW COMMUNITY PHARMACY", "150 BREAKWATER ST", "ASTORIA", "OR", "971039997", "1555555550", "990010005", "HV", ""},
		{"BLACK OAK PHYSICAL THERAPY", "72 SORREL WAY", "ASHEVILLE", "NC", "288019997", "1444444446", "990010006", "BO", ""},
	}
}

type clinician struct {
	invent.Name
	npi string
}

func clinicians() []clinician {
	return []clinician{
		{invent.Name{Last: "OKONKWO", First: "ADAEZE", Middle: "N", Suffix: ""}, "1234567893"}, {invent.Name{Last: "LINDQVIST", First: "PER", Middle: "", Suffix: ""}, "1111111112"},
		{invent.Name{Last: "HOLLOWAY", First: "MARGARET", Middle: "E", Suffix: ""}, "1222222220"}, {invent.Name{Last: "TRAN", First: "QUOC", Middle: "B", Suffix: ""}, "1333333338"},
		{invent.Name{Last: "DELACROIX", First: "SIMONE", Middle: "", Suffix: ""}, "1212121218"}, {invent.Name{Last: "MARCHETTI", First: "DINO", Middle: "A", Suffix: "JR"}, "1313131314"},
		{invent.Name{Last: "STANDING ELK", First: "ROSE", Middle: "", Suffix: ""}, "1414141410"}, {invent.Name{Last: "YAMAGUCHI", First: "KENJI", Middle: "T", Suffix: ""}, "1515151516"},
	}
}

// carriers are the other payers of crossover and corrected-priority claims.
func carriers() [][2]string {
	return [][2]string{
		{"FOUR CORNERS SUPPLEMENTAL INS CO", "FC901"}, {"LANTERN SENIOR SUPPLEMENT", "LS440"},
		{"HIGH DESERT STATE MEDICAID", "HDM01"}, {"UNION PACKERS BENEFIT FUND", "UP772"},
	}
}

// procedure is something that can be billed: price is the usual charge of one
// unit in cents.
type procedure struct {
	qualifier, code, modifier string
	revenue                   string // SVC04
	price                     int64
	maxUnits                  int64
	downcode                  string // a cheaper code a payer may pay instead
}

func professionalProcedures() []procedure {
	hc := func(code, modifier string, price, maxUnits int64) procedure {
		return procedure{qualifier: "HC", code: code, modifier: modifier, price: price, maxUnits: maxUnits}
	}
	list := []procedure{
		hc("99213", "", 13500, 1), hc("99213", "25", 13500, 1), hc("99214", "", 19800, 1), hc("99203", "", 21000, 1),
		hc("99204", "", 31500, 1), hc("99212", "", 8900, 1), hc("99215", "", 27500, 1), hc("36415", "", 1500, 1),
		hc("80053", "", 4800, 1), hc("85025", "", 3200, 1), hc("80061", "", 5600, 1), hc("83036", "", 4200, 1),
		hc("93000", "", 7500, 1), hc("71046", "26", 5200, 1), hc("96372", "59", 6500, 2), hc("90471", "", 4500, 1),
		hc("90686", "", 3900, 1), hc("97110", "GP", 6800, 4), hc("97140", "GP", 6500, 3), hc("97530", "GP", 7200, 3),
		hc("90834", "", 16500, 1), hc("90837", "95", 22000, 1), hc("11042", "", 38000, 1), hc("20610", "RT", 24500, 1),
		hc("69210", "", 12500, 1), hc("92014", "", 18800, 1), hc("J1885", "", 1200, 4), hc("J0696", "", 2200, 8),
		hc("G0439", "", 21000, 1), hc("76700", "", 42000, 1), hc("73630", "LT", 9800, 1), hc("99284", "", 98000, 1),
	}
	list[2].downcode = "99213"
	list[6].downcode = "99214"
	list[4].downcode = "99203"
	return list
}

func dentalProcedures() []procedure {
	ad := func(code string, price int64) procedure {
		return procedure{qualifier: "AD", code: code, price: price, maxUnits: 1}
	}
	return []procedure{
		ad("D0120", 6500), ad("D0140", 9500), ad("D0150", 11500), ad("D0210", 16500),
		ad("D0220", 3400), ad("D0274", 7800), ad("D1110", 11800), ad("D1120", 8200),
		ad("D1206", 4800), ad("D2140", 18500), ad("D2391", 21500), ad("D2392", 27500),
		ad("D2740", 138500), ad("D3330", 125000), ad("D4341", 32000), ad("D7140", 22500),
	}
}

func outpatientProcedures() []procedure {
	hc := func(revenue, code, modifier string, price, maxUnits int64) procedure {
		return procedure{qualifier: "HC", code: code, modifier: modifier, revenue: revenue, price: price, maxUnits: maxUnits}
	}
	nu := func(revenue string, price int64) procedure {
		return procedure{qualifier: "NU", code: revenue, price: price, maxUnits: 1}
	}
	return []procedure{
		hc("0450", "99283", "", 115000, 1), hc("0300", "80053", "", 18500, 1), hc("0305", "85025", "", 9800, 1),
		hc("0320", "71046", "", 45000, 1), hc("0351", "70450", "", 189000, 1), hc("0360", "29881", "RT", 680000, 1),
		hc("0636", "J1885", "", 4500, 4), hc("0730", "93005", "", 32000, 1), hc("0420", "97110", "GP", 16500, 4),
		hc("0510", "99213", "", 21500, 1), hc("0761", "G0378", "", 7800, 24), nu("0250", 8500),
		nu("0272", 24500), nu("0710", 98000), nu("0259", 2300), nu("0270", 6400),
	}
}

func roomProcedures() []procedure {
	nu := func(revenue string, price int64) procedure {
		return procedure{qualifier: "NU", code: revenue, price: price, maxUnits: 1}
	}
	return []procedure{
		nu("0120", 0), nu("0250", 0), nu("0270", 0), nu("0300", 0), nu("0320", 0), nu("0360", 0), nu("0370", 0), nu("0636", 0),
	}
}

func drugProcedures() []procedure {
	n4 := func(code string, price, maxUnits int64) procedure {
		return procedure{qualifier: "N4", code: code, price: price, maxUnits: maxUnits}
	}
	return []procedure{
		n4("99999010130", 45, 90), n4("99999010290", 22, 90), n4("99999020210", 310, 30), n4("99999031501", 1875, 12),
		n4("99999044402", 8, 180), n4("99999055560", 140, 60), n4("99999061001", 9950, 4), n4("99999077715", 265, 28),
	}
}

// drg is an inpatient grouping with its weight and the payment for it, cents.
type drg struct {
	code, weight string
	price        int64
}

func drgs() []drg {
	return []drg{
		{"470", "1.9104", 1299000}, {"291", "1.2683", 862400}, {"871", "1.8682", 1270300}, {"392", "0.7666", 521200},
		{"194", "0.8639", 587400}, {"690", "0.8", 544000}, {"807", "0.6512", 442800}, {"065", "1.018", 692200},
		{"378", "1.0029", 681900}, {"683", "0.8827", 600200}, {"481", "2.1176", 1439900}, {"460", "3.6042", 2450800},
	}
}

// The group codes of CAS01, in the order their segments are written.
const (
	groupCO = iota
	groupPR
	groupOA
	groupPI
	groupCount
)

func groupCodes() [groupCount]string { return [groupCount]string{"CO", "PR", "OA", "PI"} }

// denial is a reason to pay nothing for a line, with the remark it needs.
type denial struct {
	group          uint8
	reason, remark string
}

func denials() []denial {
	return []denial{
		{groupCO, "97", "M15"}, {groupCO, "16", "M51"}, {groupCO, "50", "N115"}, {groupCO, "197", ""},
		{groupOA, "18", "N522"}, {groupCO, "29", ""}, {groupPR, "96", "N130"}, {groupPR, "204", "N130"},
		{groupPR, "119", "N362"}, {groupCO, "11", "M76"}, {groupPI, "234", "M15"}, {groupCO, "236", "M80"},
		{groupCO, "151", "N362"}, {groupPR, "27", ""}, {groupCO, "181", "N56"}, {groupPR, "49", "N429"},
	}
}

// contractual lists the reasons a contractual reduction is split into when a
// line carries many of them: seven need a second CAS segment.
func contractual() []string { return []string{"45", "59", "104", "237", "131", "172", "223"} }

// drugRejects are NCPDP reject codes for LQ*RX.
func drugRejects() []string { return []string{"75", "70", "79", "76"} }
