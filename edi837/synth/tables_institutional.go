package synth

type institutionalTables struct {
	rooms          []item
	care           []item
	outpatients    []item
	episodes       []item
	homeVisits     []item
	dialyses       []item
	reasons        [3][]string // codes of patients' reasons for a visit, apart by place
	causesOfInjury []string
	groups         []string // DRG
}

// revenue is a service known by its revenue code alone.
func revenue(code string, price, most int64) item {
	return item{revenue: code, price: price, most: most}
}

// under is the item with a revenue code.
func (it item) under(revenue string) item { it.revenue = revenue; return it }

func newInstitutional() institutionalTables {
	return institutionalTables{
		rooms: []item{
			revenue("0120", 128000, 1).as(days), revenue("0110", 152000, 1).as(days), revenue("0200", 345000, 1).as(days),
			revenue("0206", 218000, 1).as(days),
		},
		care: []item{
			revenue("0250", 18500, 20), revenue("0258", 9500, 8), revenue("0270", 14500, 9), revenue("0300", 8800, 24),
			revenue("0320", 42000, 3), revenue("0360", 580000, 1), revenue("0370", 98000, 2), revenue("0410", 16500, 6),
			revenue("0420", 15500, 5), revenue("0636", 24500, 6), revenue("0710", 86000, 1), revenue("0730", 31000, 2),
			hc("J1885", "", 4500, 4).under("0636").with(3),
		},
		outpatients: []item{
			hc("99283", "", 115000, 1).under("0450").as(visit), hc("99284", "25", 189000, 1).under("0450").as(visit),
			hc("80053", "", 18500, 1).under("0301"), hc("85025", "", 9800, 1).under("0305"), hc("71046", "", 45000, 1).under("0324"),
			hc("70450", "", 189000, 1).under("0351"), hc("29881", "RT", 680000, 1).under("0360"),
			hc("J1885", "", 4500, 4).under("0636").with(1), hc("93005", "", 32000, 1).under("0730"),
			hc("97110", "GP", 16500, 4).under("0420"), hc("99213", "", 21500, 1).under("0510"),
			hc("G0378", "", 7800, 24).under("0762"), revenue("0250", 8500, 6), revenue("0272", 24500, 2), revenue("0710", 98000, 1),
			hc("J0696", "", 3100, 8).under("0636").with(2), hc("45378", "", 245000, 1).under("0750"),
		},
		episodes: []item{
			hc("1AA11", "", 0, 1).under("0023"), hc("2BB21", "", 0, 1).under("0023"),
		},
		homeVisits: []item{
			hc("G0299", "", 18500, 4).under("0551"), hc("G0151", "", 19500, 4).under("0421"), hc("G0156", "", 7200, 8).under("0571"),
		},
		dialyses: []item{
			hc("90999", "V5", 98000, 1).under("0821"), hc("J0882", "", 650, 60).under("0636").with(6), hc("J1756", "", 220, 100).under("0636").with(1),
			revenue("0270", 4200, 6),
		},
		reasons:        [3][]string{{"R109", "R0789", "R509"}, {"R42", "R51", "R112"}, {"R55", "M545", "R05"}},
		causesOfInjury: []string{"W010XXA", "V4352XA", "W1830XA", "X500XXA"},
		groups:         []string{"470", "291", "871", "392", "194", "690", "807", "065", "378", "683"},
	}
}

// surgicalCodes are ICD-10-PCS codes.
func surgicalCodes() []string {
	return []string{"0SRD0J9", "0DTJ4ZZ", "4A023N7", "02703DZ", "30233N1", "5A1955Z", "0FT44ZZ"}
}
