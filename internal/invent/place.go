package invent

// Place is an invented address in a real town.
type Place struct {
	House  int64
	Street string
	Second string // N302
	Town   *Town
	Plus   int64 // the four digits behind the ZIP code, 0: not sent
}

// Town is a town with one of its ZIP codes.
type Town struct{ City, State, ZIP string }

// Write writes N3 and N4.
func (p *Place) Write(w *Wire) {
	w.Open("N3")
	w.Num(p.House)
	w.B = append(w.B, ' ')
	w.B = append(w.B, p.Street...)
	w.Str(p.Second)
	w.End()
	w.Open("N4")
	p.Locate(w)
	w.End()
}

// Locate writes the first three elements of N4.
func (p *Place) Locate(w *Wire) {
	w.Str(p.Town.City)
	w.Str(p.Town.State)
	w.Str(p.Town.ZIP)
	if p.Plus != 0 {
		w.B = AppendPadded(w.B, p.Plus, 4)
	}
}

// Places are where people live.
type Places struct {
	Streets, Seconds []string
	Towns            []Town
}

// Draw makes a place.
func (t *Places) Draw(r *Rand) Place {
	d := r.Next()
	p := Place{
		House: int64(d&0xFFF) + 1, Street: t.Streets[int(d>>12&0xFFF)%len(t.Streets)],
		Town: &t.Towns[int(d>>24&0xFFF)%len(t.Towns)],
	}
	if d>>40&7 == 0 {
		p.Second = t.Seconds[int(d>>44&0xFF)%len(t.Seconds)]
	}
	if d>>52&3 == 0 {
		p.Plus = 9000 + int64(d>>54&0x1FF)
	}
	return p
}

// Fixed is the n-th place, with all nine digits of its ZIP code.
func (t *Places) Fixed(n int64) Place {
	return Place{
		House: 100 + n*37, Street: t.Streets[int(n*7)%len(t.Streets)],
		Town: &t.Towns[int(n*5)%len(t.Towns)], Plus: 9900 + n%100,
	}
}

// Birthday draws a day between the first of the one and the 28th of the last
// month of the other year, as the number CCYYMMDD.
func Birthday(r *Rand, from, to int64) int64 {
	d := r.Next()
	return (from+int64(d&0xFFFF)%(to-from+1))*10000 + (int64(d>>16&0xFF)%12+1)*100 + int64(d>>24&0xFF)%28 + 1
}

// NPI makes a national provider identifier of the first digit and four times
// the two digits of n, with the check digit of ISO 7812 over 80840 and the
// nine. No register hands out such numbers one by one.
func NPI(first byte, n int64) string {
	var d [10]byte
	d[0] = first
	for i := 1; i < 9; i += 2 {
		d[i], d[i+1] = byte('0'+n/10%10), byte('0'+n%10)
	}
	sum := 24 // of 80840
	for i := 8; i >= 0; i-- {
		v := int(d[i] - '0')
		if i%2 == 0 {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
	}
	d[9] = byte('0' + (10-sum%10)%10)
	return string(d[:])
}

// NewPlaces returns the places of the tables.
func NewPlaces() Places {
	return Places{
		Streets: []string{
			"HICKORY HOLLOW RD", "TANNERY LN", "GLACIER AVE", "N 5TH ST", "COOPERS LANDING", "PERIWINKLE CT", "OLD MILL RD",
			"SPRUCE WAY", "ALDER CT", "DOCK ST", "CORMORANT DR", "BELL TOWER PL", "COUNTY ROAD 44", "E SYCAMORE ST", "RIDGE TRL",
			"QUAIL RUN", "W BIRCH AVE", "STATION SQ", "FERRY RD", "LOOKOUT PT", "SADDLEBACK TER", "MARIGOLD CIR", "S CANAL ST",
		},
		Seconds: []string{"APT 3", "APT 21C", "UNIT 12", "LOT 8", "REAR", "FLOOR 2"},
		Towns: []Town{
			{"PUEBLO", "CO", "81003"}, {"OMAHA", "NE", "68102"}, {"LOWELL", "MA", "01852"}, {"ASTORIA", "OR", "97103"},
			{"ASHEVILLE", "NC", "28801"}, {"DULUTH", "MN", "55802"}, {"NORFOLK", "VA", "23510"}, {"SALINA", "KS", "67401"},
			{"SANTA FE", "NM", "87505"}, {"WATERLOO", "IA", "50701"}, {"KALAMAZOO", "MI", "49007"}, {"BANGOR", "ME", "04401"},
			{"MACON", "GA", "31201"}, {"YAKIMA", "WA", "98901"},
		},
	}
}
