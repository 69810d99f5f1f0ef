package edi271

import (
	"slices"
	"strings"

	"github.com/x12-go/edi/x12"
)

// plain returns a text as it is compared: letters and digits, in capitals.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= '0' && r <= '9', r >= 'A' && r <= 'Z', r > 0x7F:
			return r
		}
		return -1
	}, s)
}

// plainLast is plain of a last name, without the suffixes and titles that some put behind it.
func plainLast(s string) string {
	words := strings.FieldsFunc(strings.ToUpper(s), func(r rune) bool { return r == ' ' || r == ',' })
	for len(words) > 1 {
		switch plain(words[len(words)-1]) {
		case "JR", "SR", "I", "II", "III", "IV", "V", "MD", "DO", "RN", "ESQ", "PHD":
			words = words[:len(words)-1]
			continue
		}
		break
	}
	return plain(strings.Join(words, ""))
}

// nameKey returns last name, first name and birth date, "" where one is missing.
func nameKey(p *Person) string {
	last, first := plainLast(p.LastOrOrganization), plain(p.First)
	if last == "" || first == "" || p.BirthDate.IsZero() {
		return ""
	}
	return last + "/" + first + "/" + p.BirthDate.String()
}

// memberID returns the number of the subscriber as it is compared.
func memberID(r *Response) string {
	if r.Subscriber == nil {
		return ""
	}
	return plain(r.Subscriber.ID)
}

// personKeys returns what an answer is found by; two about the same person have one in common.
func personKeys(r *Response) (keys []string) {
	p := r.Subject()
	if p == nil {
		return []string{"nobody"}
	}
	if id := memberID(r); id != "" {
		if r.Dependent == nil {
			keys = append(keys, "id/"+id)
		} else {
			keys = append(keys, "dependent/"+id+"/"+plain(p.First)+"/"+p.BirthDate.String())
		}
	}
	if name := nameKey(p); name != "" {
		keys = append(keys, "name/"+name)
	}
	return keys
}

// samePerson returns nil where two answers are about the same person of the same payer.
func samePerson(a, b *Response) error {
	x, y := &a.Source, &b.Source
	payer := x.ID != "" && x.IDQualifier == y.IDQualifier && plain(x.ID) == plain(y.ID)
	if name := plain(x.LastOrOrganization); !payer && (name == "" || name != plain(y.LastOrOrganization)) {
		return otherPerson("the payers differ")
	}
	p, q := a.Subject(), b.Subject()
	if p == nil || q == nil {
		return nil // one was refused before anybody was looked for
	}
	if name := nameKey(p); name != "" && name == nameKey(q) {
		return nil
	}
	id := memberID(a)
	switch {
	case id == "" || id != memberID(b):
		return otherPerson("neither the member ids nor names and birth dates agree")
	case (a.Dependent == nil) != (b.Dependent == nil):
		return otherPerson("one is about the subscriber and one about a dependent")
	case differ(p.BirthDate, q.BirthDate):
		return otherPerson("the birth dates differ")
	case a.Dependent != nil && (plain(p.First) != plain(q.First) || p.First == "" || p.BirthDate.IsZero() || q.BirthDate.IsZero()):
		return otherPerson("the names and birth dates of the dependents do not agree")
	}
	return nil
}

func differ(a, b x12.Date) bool { return !a.IsZero() && !b.IsZero() && !a.Equal(b) }

// people makes the response without its rows: that of base, with what it lacks from the other.
func (m *Merged) people(base, other *Response, side Side) {
	out := *base
	out.Benefits = nil
	if other == nil {
		m.Response = &out
		return
	}
	if len(out.Source.Contacts) == 0 {
		out.Source.Contacts = other.Source.Contacts
	}
	if out.Receiver == nil {
		out.Receiver = other.Receiver
	}
	f := &personMerger{m: m, side: side}
	switch {
	case out.Subject() == nil:
		out.Subscriber, out.Dependent = other.Subscriber, other.Dependent
	case other.Subject() == nil:
	case (out.Dependent == nil) == (other.Dependent == nil):
		out.Subscriber = f.merge("subscriber", out.Subscriber, other.Subscriber)
		out.Dependent = f.merge("dependent", out.Dependent, other.Dependent)
	case out.Dependent != nil:
		out.Dependent = f.merge("dependent", out.Dependent, without(other.Subscriber))
	default:
		out.Subscriber = f.merge("subscriber", out.Subscriber, without(other.Dependent))
	}
	out.Traces = slices.Clone(out.Traces)
	seen := map[Trace]bool{}
	for _, t := range out.Traces {
		seen[t] = true
	}
	for _, t := range other.Traces {
		if !seen[t] {
			seen[t] = true
			out.Traces = append(out.Traces, t)
		}
	}
	m.Response = &out
}

// without returns a person without what only a subscriber or only a dependent has.
func without(p *Person) *Person {
	q := *p
	q.ID, q.IDQualifier, q.Relationship = "", "", ""
	return &q
}

// personMerger merges persons and notes what they disagree on.
type personMerger struct {
	m    *Merged
	side Side // of the person that is merged into
}

func (f *personMerger) conflict(field string) {
	f.m.Conflicts = append(f.m.Conflicts, Conflict{Kind: ConflictPerson, Kept: f.side, Rule: RulePerson, Field: field})
}

// text fills an empty text, and notes one that differs.
func (f *personMerger) text(field string, to *string, from string, same func(string) string) {
	switch {
	case *to == "":
		*to = from
	case from != "" && same(*to) != same(from):
		f.conflict(field)
	}
}

func (f *personMerger) merge(name string, base, other *Person) *Person {
	if base == nil || other == nil {
		return either(base, other)
	}
	p := *base
	f.text(name+".lastOrOrganization", &p.LastOrOrganization, other.LastOrOrganization, plainLast)
	f.text(name+".first", &p.First, other.First, plain)
	f.text(name+".middle", &p.Middle, other.Middle, plain)
	f.text(name+".suffix", &p.Suffix, other.Suffix, plain)
	if p.ID == "" {
		p.IDQualifier = other.IDQualifier
	}
	f.text(name+".id", &p.ID, other.ID, plain)
	switch {
	case p.BirthDate.IsZero():
		p.BirthDate = other.BirthDate
	case differ(p.BirthDate, other.BirthDate):
		f.conflict(name + ".birthDate")
	}
	f.text(name+".gender", &p.Gender, other.Gender, plain)
	f.text(name+".relationship", &p.Relationship, other.Relationship, plain)
	switch {
	case p.Address.IsZero():
		p.Address = other.Address
	case !other.Address.IsZero() && plain(p.Address.Line1+p.Address.PostalCode) != plain(other.Address.Line1+other.Address.PostalCode):
		f.conflict(name + ".address")
	}
	if p.Specialty == nil {
		p.Specialty = other.Specialty
	}
	if p.Military == nil {
		p.Military = other.Military
	}
	if !p.BirthSequence.Valid {
		p.BirthSequence = other.BirthSequence
	}
	if len(p.Diagnoses) == 0 {
		p.Diagnoses = other.Diagnoses
	}
	p.References = complement(p.References, other.References, func(r *Reference) string { return r.Qualifier }, func(q string) { f.conflict(name + ".references " + q) })
	p.Dates = complement(p.Dates, other.Dates, func(d *Date) string { return d.Qualifier }, func(q string) { f.conflict(name + ".dates " + q) })
	return &p
}

func either(a, b *Person) *Person {
	if a == nil {
		return b
	}
	return a
}

// complement adds the entries of kinds that the base has none of; of others it reports the kinds that have another entry.
func complement[T comparable](base, other []T, kind func(*T) string, conflict func(string)) []T {
	kinds, all, told := map[string]bool{}, map[T]bool{}, map[string]bool{}
	for i := range base {
		kinds[kind(&base[i])], all[base[i]] = true, true
	}
	out := slices.Clone(base)
	for i := range other {
		switch k := kind(&other[i]); {
		case !kinds[k]:
			out = append(out, other[i])
		case !all[other[i]] && !told[k]:
			told[k] = true
			conflict(k)
		}
	}
	return out
}
