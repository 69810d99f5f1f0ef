package spm

import (
	"reflect"
	"strconv"
	"strings"
	"sync"
)

// Layout is the fields of a record in order.
type Layout struct {
	Identifier string
	Fields     []FieldInfo

	typ reflect.Type
}

// FieldInfo is a field of a record and its rules.
type FieldInfo struct {
	Name    string
	Former  string   // the name in older files, "" = none
	Type    string   // Text, Int, Date, Bool, Money, Dec, SSN, Sex, Phone, Email, Empty or Enum
	Max     int      // of Text, characters
	Values  []string // of Enum
	Flag    byte     // '!', '?', '*' or 0; see the tags
	index   []int
	enumSet string
}

// layouts makes the table of the tags.
var layouts = sync.OnceValue(func() []Layout {
	var list []Layout
	for _, r := range records() {
		t := reflect.TypeOf(r).Elem()
		list = append(list, Layout{Identifier: r.Identifier(), Fields: fieldsOf(t, nil), typ: t})
	}
	return list
})

func fieldsOf(t reflect.Type, index []int) (fields []FieldInfo) {
	for i := range t.NumField() {
		f := t.Field(i)
		at := append(append([]int(nil), index...), i)
		if f.Anonymous {
			fields = append(fields, fieldsOf(f.Type, at)...)
			continue
		}
		info := FieldInfo{Name: f.Name, index: at}
		words := strings.Fields(f.Tag.Get("spm"))
		kind := words[0]
		n, err := strconv.Atoi(kind[1:])
		switch {
		case kind[0] == 'T' && err == nil:
			info.Type, info.Max = "Text", n
		case enumeration(kind) != nil:
			info.Type, info.Values, info.enumSet = "Enum", enumeration(kind), kind
		default:
			info.Type = kind
		}
		for _, w := range words[1:] {
			switch former, old := strings.CutPrefix(w, "/"); {
			case old:
				info.Former = former
			case len(w) == 1:
				info.Flag = w[0]
			default:
				info.Name = w
			}
		}
		fields = append(fields, info)
	}
	return fields
}

// Layouts returns the records with their fields, in the order of the specification.
func Layouts() []Layout { return append([]Layout(nil), layouts()...) }

// layoutOf finds a layout by identifier, without case; nil for none.
func layoutOf(identifier string) *Layout {
	list := layouts()
	for i := range list {
		if strings.EqualFold(list[i].Identifier, identifier) {
			return &list[i]
		}
	}
	return nil
}

// field returns a value of a record.
func (l *Layout) field(r Record, i int) string {
	return reflect.ValueOf(r).Elem().FieldByIndex(l.Fields[i].index).String()
}

// newRecord returns an empty record and a way to set its fields.
func (l *Layout) newRecord() (Record, func(i int, s string)) {
	v := reflect.New(l.typ)
	return v.Interface().(Record), func(i int, s string) { v.Elem().FieldByIndex(l.Fields[i].index).SetString(s) }
}

// keyOf returns the key of a record: that of the member it makes, for an Insert; nil where a record has none.
func keyOf(r Record) *Key {
	switch r := r.(type) {
	case *Insert:
		return &Key{r.ClientName, r.SSN, r.BillingStartDate, r.BillingType, r.BillingFrequency}
	case *PlanInsert:
		return &r.Key
	case *RateInsert:
		return &r.Key
	case *SubsidyInsert:
		return &r.Key
	case *Update:
		return &r.Key
	case *PlanUpdate:
		return &r.Key
	case *DivisionUpdate:
		return &r.Key
	case *PlanDrop:
		return &r.Key
	}
	return nil
}

// canonical returns the key as one text, however its values are written.
func (k *Key) canonical() string {
	day := k.OBillingStartDate
	if d, ok := ParseDate(day); ok {
		day = string(d.AppendWire(nil))
	}
	return strings.ToUpper(strings.TrimSpace(k.ClientName) + "\x1f" + strings.ReplaceAll(k.OSSN, "-", "") + "\x1f" + day + "\x1f" + k.OBillingType + "\x1f" + k.OBillingFrequency)
}
