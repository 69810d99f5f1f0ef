package synth

import "github.com/x12-go/edi/internal/invent"

// choose is yes or no as b says.
func choose[T any](b bool, yes, no T) T {
	if b {
		return yes
	}
	return no
}

// address is where somebody is.
type address struct {
	house  int64
	street string
	second string // N302
	town   *town
	plus   int64 // the four digits behind the ZIP code, 0: not sent
}

type town struct{ city, state, zip string }

// write writes N3 and N4.
func (a *address) write(w *invent.Wire) {
	w.Open("N3")
	w.Num(a.house)
	w.B = append(w.B, ' ')
	w.B = append(w.B, a.street...)
	w.Str(a.second)
	w.End()
	w.Open("N4")
	w.Str(a.town.city)
	w.Str(a.town.state)
	w.Str(a.town.zip)
	if a.plus != 0 {
		w.B = invent.AppendPadded(w.B, a.plus, 4)
	}
	w.End()
}

// person is a subscriber or a patient.
type person struct {
	name    invent.Name
	address address
	birth   int64 // CCYYMMDD
	gender  string
}

// draw makes a person born between the years.
func (g *generator) draw(r *invent.Rand, from, to int64) person {
	p := person{name: g.names.Draw(r), address: g.place(r)}
	d := r.Next()
	p.birth = (from+int64(d&0xFFFF)%(to-from+1))*10000 + (int64(d>>16&0xFF)%12+1)*100 + int64(d>>24&0xFF)%28 + 1
	p.gender = choose(d>>40&1 == 0, "F", "M")
	if d>>56 == 0 {
		p.gender = "U"
	}
	return p
}

// place makes an address.
func (g *generator) place(r *invent.Rand) address {
	d := r.Next()
	a := address{
		house: int64(d&0xFFF) + 1, street: g.streets[int(d>>12&0xFFF)%len(g.streets)],
		town: &g.towns[int(d>>24&0xFFF)%len(g.towns)],
	}
	if d>>40&7 == 0 {
		a.second = g.seconds[int(d>>44&0xFF)%len(g.seconds)]
	}
	if d>>52&3 == 0 {
		a.plus = 9000 + int64(d>>54&0x1FF)
	}
	return a
}

// demographics writes DMG.
func (p *person) demographics(w *invent.Wire) {
	w.Open("DMG")
	w.Str("D8")
	w.Padded(p.birth, 8)
	w.Str(p.gender)
	w.End()
}

// biller is a billing provider.
type biller struct {
	number   int64
	class    class
	name     string // empty: a person
	person   invent.Name
	taxonomy string
	npi, tax string
	phone    string
	prefix   string // of its patient control numbers
	address  address
	payTo    address
}

// clinician is a provider who is a person.
type clinician struct {
	invent.Name
	npi, taxonomy string
}

// provider writes NM1 whole for a clinician.
func provider(w *invent.Wire, entity string, c *clinician) {
	invent.Person(w, entity, c.Name)
	w.Str("XX")
	w.Str(c.npi)
	w.End()
}

func specialty(w *invent.Wire, code, taxonomy string) {
	w.Open("PRV")
	w.Str(code)
	w.Str("PXC")
	w.Str(taxonomy)
	w.End()
}

// facility is a place of service with a name of its own.
type facility struct {
	name, npi string
	address   address
}

// payerClass is who stands behind a payer.
type payerClass uint8

const (
	private payerClass = iota
	medicare
	medicaid
)

type payer struct {
	name, id, filing string
	class            payerClass
	address          address
}

// contact writes PER; the name may be empty.
func contact(w *invent.Wire, name, phone string) {
	w.Open("PER")
	w.Str("IC")
	w.Str(name)
	w.Str("TE")
	w.Str(phone)
	w.End()
}

// member ends NM1 with a member number.
func member(w *invent.Wire, number int64) {
	w.Str("MI")
	w.Sep()
	w.B = append(w.B, 'W')
	w.B = invent.AppendPadded(w.B, number, 9)
	w.End()
}

// tagged writes a REF of letters and a number.
func tagged(w *invent.Wire, qualifier, tag string, n int64, width int) {
	w.Open("REF")
	w.Str(qualifier)
	w.Sep()
	w.B = append(w.B, tag...)
	w.B = invent.AppendPadded(w.B, n, width)
	w.End()
}

// securityNumber writes a REF of nine digits that begin with 9, which no social
// security number does.
func securityNumber(w *invent.Wire, qualifier string, n int64) {
	tagged(w, qualifier, "9", n%100000000, 8)
}

func casualtyNumber(w *invent.Wire, n int64) { tagged(w, "Y4", "PC", n, 9) }

// npi makes a national provider identifier of the first digit and four times
// the two digits of n, with the check digit of ISO 7812 over 80840 and the nine.
func npi(first byte, n int64) string {
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
