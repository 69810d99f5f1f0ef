package synth

type professionalTables struct {
	places            []string
	visits            []item
	procedures        []item
	anesthesia        []item
	transports        []item
	transportSupplies []item
	mileage           item
	equipment         []item
	infusions         []item
	labs              []item
	visions           []item
	chiropractics     []item
}

// hc is a procedure by code, modifier, price in cents and most units.
func hc(code, modifier string, price, most int64) item {
	return item{code: code, modifier: modifier, price: price, most: most}
}

// as is the item with a trait.
func (it item) as(t trait) item { it.trait = t; return it }

// with is the item with a drug of the table, from 1.
func (it item) with(drug int) item { it.drug = drug; return it }

func newProfessional() professionalTables {
	minutes := func(code, modifier string, price int64) item {
		it := hc(code, modifier, price, 1)
		it.second, it.minutes = "P2", true
		return it
	}
	return professionalTables{
		places: []string{
			"11", "11", "11", "11", "11", "11", "11", "11", "11", "11", "11", "11", "11", "11", "11", "10",
			"22", "22", "21", "23", "31",
		},
		visits: []item{
			hc("99213", "", 13500, 1).as(visit), hc("99213", "25", 13500, 1).as(visit), hc("99214", "", 19800, 1).as(visit),
			hc("99203", "", 21000, 1).as(visit), hc("99212", "", 8900, 1).as(visit), hc("99215", "", 27500, 1).as(visit),
			hc("99395", "", 18500, 1).as(visit), hc("99204", "25", 31500, 1).as(visit), hc("G0439", "", 21000, 1).as(visit),
		},
		procedures: []item{
			hc("36415", "", 1500, 1), hc("80053", "", 4800, 1).as(laboratory), hc("85025", "", 3200, 1).as(laboratory),
			hc("80061", "", 5600, 1).as(laboratory), hc("83036", "QW", 4200, 1).as(laboratory), hc("93000", "", 7500, 1),
			hc("71046", "26", 5200, 1), hc("96372", "59", 6500, 2), hc("90471", "", 4500, 1), hc("90686", "", 3900, 1).as(vaccine),
			hc("90715", "", 6200, 1).as(vaccine).with(1), hc("97110", "GP", 6800, 4).as(therapy), hc("97140", "GP", 6500, 3).as(therapy),
			hc("97530", "GP", 7200, 3).as(therapy), hc("90834", "", 16500, 1), hc("11042", "", 38000, 1), hc("20610", "RT", 24500, 1),
			hc("69210", "", 12500, 1), hc("J1885", "", 1200, 4).with(1), hc("J0696", "", 2200, 8).with(2), hc("76700", "TC", 42000, 1),
			hc("73630", "LT", 9800, 1), hc("77067", "", 24000, 1).as(mammogram),
		},
		anesthesia: []item{
			minutes("00810", "AA", 450), minutes("00840", "QZ", 520), minutes("01967", "AA", 480), minutes("01402", "QK", 610),
			minutes("00142", "QX", 390),
		},
		transports: []item{
			hc("A0427", "RH", 85000, 1), hc("A0429", "SH", 62000, 1), hc("A0428", "HN", 38000, 1), hc("A0433", "RH", 110000, 1),
		},
		transportSupplies: []item{hc("A0422", "", 4500, 1), hc("A0398", "", 3200, 1)},
		mileage:           hc("A0425", "RH", 1450, 60).as(mileage),
		equipment: []item{
			hc("E1390", "RR", 22500, 1).as(rental), hc("E0601", "RR", 12500, 1).as(rental), hc("E0143", "NU", 11900, 1).as(purchase),
			hc("E0260", "RR", 16800, 1).as(rental), hc("K0001", "RR", 6200, 1).as(rental), hc("A7030", "NU", 18500, 1).as(purchase),
		},
		infusions: []item{
			hc("S9500", "SH", 14500, 7), hc("J0696", "", 2200, 8).with(2), hc("J1885", "", 1200, 4).with(3), hc("S9338", "", 16800, 7),
			hc("J3490", "", 9800, 3).with(4), hc("J7190", "", 150, 900).with(5),
		},
		labs: []item{
			hc("80053", "90", 4800, 1).as(laboratory), hc("85025", "", 3200, 1).as(laboratory), hc("84443", "", 6100, 1).as(laboratory),
			hc("81001", "", 1900, 1).as(laboratory), hc("87086", "", 3500, 2).as(laboratory), hc("88305", "TC", 14500, 3).as(laboratory),
		},
		visions: []item{
			hc("92014", "", 18800, 1), hc("92015", "", 4500, 1), hc("V2020", "", 9500, 1), hc("V2203", "", 7200, 2), hc("92250", "50", 9000, 1),
		},
		chiropractics: []item{hc("98941", "AT", 6500, 1), hc("98940", "AT", 5200, 1), hc("97012", "", 3100, 2)},
	}
}
