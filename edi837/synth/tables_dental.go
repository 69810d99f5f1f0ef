package synth

type dentalTables struct {
	checkups     []item
	restorations []item
	extractions  []item
	orthodontics []item
}

func newDental() dentalTables {
	ad := func(code string, price int64) item { return item{code: code, price: price, most: 1} }
	return dentalTables{
		checkups: []item{
			ad("D0120", 6500), ad("D0140", 9500), ad("D0150", 11500), ad("D0210", 16500), ad("D0274", 7800), ad("D1110", 11800),
			ad("D1120", 8200), ad("D1206", 4800), {code: "D0230", price: 2900, most: 4},
		},
		restorations: []item{
			ad("D2140", 18500).as(onSurfaces), ad("D2391", 21500).as(onSurfaces), ad("D2392", 27500).as(onSurfaces),
			ad("D2330", 19800).as(onSurfaces), ad("D2740", 138500).as(crown), ad("D2750", 129000).as(crown), ad("D3330", 125000).as(onTooth),
			ad("D1351", 5900).as(onTooth), ad("D4341", 32000).as(inQuadrant), ad("D5110", 185000).as(inArch), ad("D7140", 22500).as(onTooth),
		},
		extractions: []item{
			ad("D7210", 34500).as(onTooth), ad("D7240", 52500).as(onTooth), ad("D7140", 22500).as(onTooth), ad("D9223", 19500),
			ad("D7310", 41000).as(inQuadrant),
		},
		orthodontics: []item{
			ad("D8080", 589000).as(braces), ad("D8670", 21500).as(braces), ad("D8090", 612000).as(braces), ad("D8680", 45000).as(inArch),
		},
	}
}

// dentalDiagnoses are ICD-10-CM codes without their point; the number of them
// is prime.
func dentalDiagnoses() []string {
	return []string{
		"K0251", "K0261", "K0262", "K029", "K0401", "K047", "K0510", "K05219", "K0530", "K0381", "K011", "K088", "Z0120", "Z0121",
		"K0889", "S025XXA", "M2630",
	}
}
