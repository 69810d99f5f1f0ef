package insured

import "github.com/x12-go/edi/internal/invent"

// Party is an information source or receiver.
type Party struct {
	Number    int64  // from 0 in its table
	Role      string // NM101
	Name      string // empty: a person
	Person    invent.Name
	Qualifier string // NM108
	ID        string // NM109
	Taxonomy  string // of a provider
	Place     invent.Place
	Class     Class // of a source
}

// Class is who stands behind an information source.
type Class uint8

// The classes.
const (
	Private Class = iota
	Medicare
	Medicaid
	Military
)

// Write writes NM1.
func (p *Party) Write(w *invent.Wire) {
	if p.Name != "" {
		invent.Organization(w, p.Role, p.Name, p.Qualifier, p.ID)
		return
	}
	invent.Person(w, p.Role, p.Person)
	w.Str(p.Qualifier)
	w.Str(p.ID)
	w.End()
}

// Person is a subscriber or a dependent.
type Person struct {
	invent.Name
	Place    invent.Place
	Birth    int64 // CCYYMMDD
	Gender   string
	Member   int64
	Group    int64
	Relation string // INS02
}

// Tables are what is drawn from; read-only once made.
type Tables struct {
	Names      invent.Names
	Places     invent.Places
	Sources    []Party
	Receivers  []Party
	Clinicians []Party // persons with the role P3
	Diagnoses  []string
	Procedures []string
}

// Subscriber draws a subscriber of a source.
func (t *Tables) Subscriber(r *invent.Rand, source *Party) Person {
	from, to := int64(1958), int64(2005)
	if source.Class == Medicare {
		from, to = 1932, 1959
	}
	p := t.person(r, from, to)
	p.Relation = "18"
	p.Member = r.Below(1000000000)
	p.Group = r.Between(100, 999)
	return p
}

// Dependent draws a dependent of a subscriber.
func (t *Tables) Dependent(r *invent.Rand, s *Person) Person {
	relation, from, to := "19", int64(2003), int64(2023)
	switch d := r.Below(100); {
	case d < 38:
		relation, from, to = "01", 1955, 2004
	case d < 44:
		relation, from = "34", 1940
	}
	p := t.person(r, from, to)
	p.Last, p.Place, p.Member, p.Group, p.Relation = s.Last, s.Place, s.Member, s.Group, relation
	return p
}

func (t *Tables) person(r *invent.Rand, from, to int64) Person {
	p := Person{Name: t.Names.Draw(r), Place: t.Places.Draw(r), Birth: invent.Birthday(r, from, to), Gender: "F"}
	if r.Chance(500) {
		p.Gender = "M"
	}
	return p
}

// MemberID writes NM108 and NM109 of a subscriber.
func (p *Person) MemberID(w *invent.Wire, qualifier string) {
	w.Str(qualifier)
	w.Tagged("W", p.Member, 9)
}

// Level writes HL. The parent is 0 where there is none.
func Level(w *invent.Wire, n, parent int64, code string, child bool) {
	w.Open("HL")
	w.Num(n)
	if parent > 0 {
		w.Num(parent)
	} else {
		w.Skip(1)
	}
	w.Str(code)
	if child {
		w.Str("1")
	} else {
		w.Str("0")
	}
	w.End()
}

// NewTables returns the tables.
func NewTables() Tables {
	t := Tables{
		Names: invent.NewNames(), Places: invent.NewPlaces(),
		Sources: []Party{
			{Role: "PR", Name: "BLUE MESA HEALTH PLAN", Qualifier: "PI", ID: "BMH01"},
			{Role: "PR", Name: "GREAT LAKES MUTUAL ASSURANCE CO", Qualifier: "PI", ID: "GLM77"},
			{Role: "PR", Name: "PRAIRIE MEDICARE ADMINISTRATORS", Qualifier: "PI", ID: "05999", Class: Medicare},
			{Role: "PR", Name: "HIGH DESERT STATE MEDICAID", Qualifier: "PI", ID: "HDM01", Class: Medicaid},
			{Role: "PR", Name: "LANTERN HEALTH MAINTENANCE ORGANIZATION", Qualifier: "FI", ID: "990100003"},
			{Role: "2B", Name: "COTTONWOOD ADMINISTRATORS", Qualifier: "NI", ID: "90401"},
			{Role: "36", Name: "COPPER KETTLE FOODS INC", Qualifier: "24", ID: "990400000"},
			{Role: "GP", Name: "STILLWATER GATEWAY", Qualifier: "46", ID: "STWG5"},
			{Role: "P5", Name: "UNION PACKERS BENEFIT FUND", Qualifier: "FI", ID: "990200004"},
			{Role: "PR", Name: "COASTAL UNIFORMED SERVICES PLAN", Qualifier: "PI", ID: "CUS10", Class: Military},
		},
		Receivers: []Party{
			{Name: "RIVERBEND FAMILY MEDICINE", Taxonomy: "207Q00000X"}, {Name: "CEDAR VALLEY PEDIATRICS", Taxonomy: "208000000X"},
			{Taxonomy: "207Q00000X"}, {Name: "HARBOR INTERNAL MEDICINE ASSOCIATES", Taxonomy: "207R00000X"},
			{Role: "FA", Name: "SAINT BRIGID REGIONAL MEDICAL CENTER", Taxonomy: "282N00000X"},
			{Name: "BLACK OAK PHYSICAL THERAPY", Taxonomy: "225100000X"}, {Taxonomy: "2084P0800X"},
			{Role: "80", Name: "COTTONWOOD CRITICAL ACCESS HOSPITAL", Taxonomy: "282NC0060X"},
			{Name: "CLEARWATER EYE CARE", Taxonomy: "152W00000X", Qualifier: "SV", ID: "CLEAR0091"},
			{Name: "OLD MILL DENTAL", Taxonomy: "1223G0001X", Qualifier: "FI", ID: "990210009"},
		},
		Diagnoses:  []string{"M545", "E119", "I10", "J069", "S93401A", "K0251", "O0990", "F411", "M1711", "Z0000"},
		Procedures: []string{"99213", "70553", "27447", "97110", "45378", "E0601", "90834", "J1885"},
	}
	for i := range t.Sources {
		t.Sources[i].Number = int64(i)
		t.Sources[i].Place = t.Places.Fixed(int64(i))
	}
	for i := range t.Receivers {
		p, n := &t.Receivers[i], int64(i)
		p.Number, p.Place = n, t.Places.Fixed(n+20)
		if p.Role == "" {
			p.Role = "1P"
		}
		if p.ID == "" {
			p.Qualifier, p.ID = "XX", invent.NPI('1', n*4+16)
		}
		if p.Name == "" {
			p.Person = invent.Name{Last: t.Names.Last[n*3+2], First: t.Names.First[n*5+1], Middle: "K"}
		}
	}
	for i := range int64(24) {
		t.Clinicians = append(t.Clinicians, Party{
			Number: i, Role: "P3", Qualifier: "XX", ID: invent.NPI('1', i*2+17), Taxonomy: t.Receivers[i%4].Taxonomy, Place: t.Places.Fixed(i + 40),
			Person: invent.Name{Last: t.Names.Last[i*11%int64(len(t.Names.Last))], First: t.Names.First[i*13%int64(len(t.Names.First))]},
		})
	}
	return t
}
