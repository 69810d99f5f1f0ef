package invent

// Name is the name of a person.
type Name struct {
	Last, First, Middle, Suffix string
}

// Names are what persons are called, all invented in their combination.
type Names struct {
	Last, First []string
}

const initials = "ABCDEFGHJKLMNPRSTW"

// Draw makes a name.
func (t *Names) Draw(r *Rand) Name {
	n := Name{Last: t.Last[r.Below(int64(len(t.Last)))], First: t.First[r.Below(int64(len(t.First)))]}
	d := r.Below(100)
	if d < 40 {
		i := d % int64(len(initials))
		n.Middle = initials[i : i+1]
	}
	if d > 96 {
		n.Suffix = "JR"
	}
	return n
}

// Person writes NM1 up to NM107.
func Person(w *Wire, entity string, n Name) {
	w.Open("NM1")
	w.Str(entity)
	w.Str("1")
	w.Str(n.Last)
	w.Str(n.First)
	w.Str(n.Middle)
	w.Skip(1)
	w.Str(n.Suffix)
}

// Organization writes NM1 whole; without an identifier the qualifier is empty
// too.
func Organization(w *Wire, entity, name, qualifier, id string) {
	w.Open("NM1")
	w.Str(entity)
	w.Str("2")
	w.Str(name)
	w.Skip(4)
	w.Str(qualifier)
	w.Str(id)
	w.End()
}

// Reference writes REF.
func Reference(w *Wire, qualifier, value string) {
	w.Open("REF")
	w.Str(qualifier)
	w.Str(value)
	w.End()
}

// Address writes N3 and N4.
func Address(w *Wire, street, city, state, zip string) {
	w.Open("N3")
	w.Str(street)
	w.End()
	w.Open("N4")
	w.Str(city)
	w.Str(state)
	w.Str(zip)
	w.End()
}

// NewNames returns the names of the tables.
func NewNames() Names {
	return Names{Last: lastNames(), First: firstNames()}
}

func lastNames() []string {
	return []string{
		"ABERNATHY", "ACHTERBERG", "BALLARD", "BYSTROM", "CASTELLANOS", "CHO", "DE LA CRUZ", "DUNAWAY",
		"ELLINGSWORTH", "ESPINOZA", "FAIRWEATHER", "FITZGERALD-OWENS", "GALLAGHER", "GUPTA", "HAWKRIDGE", "HUANG",
		"ISAACSON", "IVERSEN", "JARAMILLO", "JUNG", "KAPLAN", "KOWALCZYK", "LEIBOWITZ", "LUNA",
		"MACALLISTER", "MBEKI", "NAKAMURA", "NG", "OBRIEN", "ODUYA", "PAPADOPOULOS", "PELLETIER",
		"QUARLES", "QUINTERO", "RADCLIFFE", "RASMUSSEN", "SANTORINI", "SMITH", "SORIEA", "STCLAIR",
		"TALBOT", "THORVALDSEN", "UNDERHILL", "UPCHURCH", "VANDERHOEVEN", "VU", "WEATHERBY", "WU",
		"XIONG", "YAZZIE", "YOUNGBLOOD", "ZAPATA", "ZELENKA", "ANAND", "BRODY", "CROW",
		"DRISCOLL", "ENGSTROM", "FUENTES", "GREER", "HOLT", "INGRAM", "KETTERING-ASHWORTH", "LOWE",
	}
}

func firstNames() []string {
	return []string{
		"ABIGAIL", "ALEJANDRO", "AMARA", "BENJAMIN", "BEA", "CARLOS", "CLEMENTINE", "DAKOTA",
		"DMITRI", "EILEEN", "ELIJAH", "FATIMA", "FRANCIS", "GEORGIA", "GUS", "HANNAH",
		"HIROSHI", "ISAAC", "INGRID", "JAMAL", "JOSEPHINE", "KAI", "KATARZYNA", "LEIA",
		"LEOPOLD", "MARISOL", "MAXIMILIANA", "NARCISA", "NOAH", "OLUWASEUN", "OPAL", "PATRICK",
		"PRIYA", "QUENTIN", "RAFAELA", "ROY", "SAMUEL", "SVETLANA", "TARIQ", "THEODORA",
		"UMA", "URSULA", "VALENTINA", "VICTOR", "WALTER", "WREN", "XAVIER", "XIMENA",
		"YOLANDA", "YUSUF", "ZACHARY", "ZOE", "ANN", "BARTHOLOMEW", "CORA", "DEAN",
		"ESME", "FELIX", "GRETA", "HUGO", "IRIS", "JO", "KIRA", "LIAM",
	}
}
