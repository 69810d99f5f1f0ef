package schema

// Usage is how a guide uses a loop, segment, element or component.
type Usage byte

// The usages of a guide. What a guide file does not name is not used.
const (
	Required    Usage = 'R'
	Situational Usage = 'S'
	NotUsed     Usage = 'N'
)

// Guide is one parsed guide file: the structure of one transaction set as one implementation guide has it.
// Parse fills it; nothing in it refers to the text any more but the line numbers.
type Guide struct {
	ID      string   // "005010X221A1"
	Accept  []string // version identifiers also read under this guide, "005010X221"
	Near    []string // versions of other guides that are rather read under this one than under another of the set, with a warning
	Exact   bool     // a set that names none of these versions has no guide
	Set     string   // ST01, "835"
	Package string   // Go package of the generated code, "ts835"
	Root    string   // Go type of the whole set, "RemittanceAdvice"
	GS      string   // GS01, "HP"
	Base    string   // base standard in the dictionary, "005010"
	Unit    string   // id of the loop a stream yields, "2100"
	Title   string   // "Health Care Claim Payment/Advice"
	Body    *Loop    // the set itself: ID "", its Children hold tables 1 to 3 in order
	File    string   // name of the file it was read from, for messages

	Units    []string    // all loops a stream yields when there are several ("unit 2000C 2000D"); Unit is the first
	Doc      []string    // comment lines before and inside the guide line and its header
	TableDoc [4][]string // comment lines before "table 1" to "table 3", by table number
	End      []string    // comment lines after the last entry
}

// Node is a Loop or a Segment, in transmission order.
type Node interface{ node() }

// Loop is a loop of the guide, or (Guide.Body) the whole set.
type Loop struct {
	ID       string // "2110", as TR3 names it
	Title    string // "Service Payment Information"
	Usage    Usage
	Max      int    // most instances, 0 = no limit
	Field    string // Go field that holds it in its parent
	Type     string // Go type of one instance; Field if not given
	HL       string // HL03 that opens it, "" when it is no HL loop
	UseOf    string // id of the loop that holds the loop repeated here, "2000B" for "use 2300 of 2000B"; Children and Rules are shared then
	Table    int    // 1, 2 or 3
	Position int    // position of its first segment
	Children []Node
	Rules    []*Rule
	Parent   *Loop
	Line     int
	Doc      []string // comment lines before it
	Remark   string   // comment on its line
	col      int      // column of its first word, for messages
	given    string   // the title it has when the file gives none
}

// Segment is one place (slot) of a loop where a segment may stand.
type Segment struct {
	ID       string // "CAS"
	Title    string // "Claim Adjustment"
	Usage    Usage
	Max      int    // most uses, 0 = no limit
	Field    string // Go field; "*" = the elements are fields of the loop's own struct; "-" = not stored (SE)
	As       string // Go type when given by as=
	Inline   int    // element whose value alone is the field, 0 = a struct
	Table    int
	Position int
	Elements []*Element // only the used ones, in order
	Rules    []*Rule
	Loop     *Loop
	Std      *StdSegment // from the base dictionary
	Line     int
	Doc      []string // comment lines before it
	Remark   string   // comment on its line
	col      int      // column of its first word, for messages
	given    string   // the title it has when the file gives none
}

// Element is one element of a Segment, one component of a composite, or a run of either.
// The usage of a run is that of its first position; the others are situational.
type Element struct {
	Pos        int // 1 = first element (or component)
	To         int // last of a run "3..6" that fills one slice; 0 otherwise
	Usage      Usage
	Field      string   // Go field; "-" = constant, not stored; "" = the element named by inline=
	Title      string   // TR3 name; the dictionary's when the file gives none
	Codes      []string // closed list of values, nil = open
	Key        bool     // the codes also choose this slot among neighbours of the same id ("!{...}")
	KeyNot     bool     // chosen by any other value ("!{^...}")
	Type       string   // Go string type given by type=
	Money      bool     // "money": an amount in the currency of the set
	Count      bool     // "count": counts the instances of the loop that its segment opens, 1 2 3 in the loop around
	Digits     int      // guide's limit on digits (digits=10), 0 = only the standard's length
	MaxLen     int      // guide's limit on length (len=20), 0 = only the standard's length
	Ext        string   // external code list (ext=carc); "by:1" = chosen by the qualifier in element (or component) 1 beside it
	As         string   // Go type of a composite
	Like       int      // element whose components this composite repeats
	Repeat     int      // most repetitions, 1 if not given, 0 = no limit
	Components []*Element
	Fold       *Fold       // not nil: this entry stands for a repeated run of elements; Pos, To, Usage and Field repeat what it says
	Notes      []string    // further checkable notes, "equals ST02", as text
	Std        *StdElement // dictionary entry, nil for a Fold
	Line       int
	Doc        []string // comment lines before it
	Remark     string   // comment on its line
	col        int      // column of its first word, for messages
	given      string   // the title it has when the file gives none
}

// Fold is "fold 02..19 by 3 Entries AdjustmentEntry": equal groups of elements that become a slice of structs.
type Fold struct {
	From, To, By int
	Field, Type  string
	Elements     []*Element // Pos is the offset in the group, 0 = first; Usage is that of the first group
}

// Rule is a situational rule of one segment or loop.
// "when 04 in ACH BOP require 05 06": elements by number in a segment, field or segment ids in a loop.
type Rule struct {
	ID      string // "835/bpr-format"
	Subject string // "04" or "11-1" in a segment; in a loop a field, segment id, or "CLM05-3"
	Op      string // "in", "not-in", "present", "absent"
	Values  []string
	Require []string
	Forbid  []string
	Line    int
	Doc     []string // comment lines before it
	Remark  string   // comment on its line
	col     int      // column of its first word, for messages
}

// Dictionary is the base standard: elements, composites, segments and their syntax notes.
type Dictionary struct {
	Base       string // "005010"
	Elements   map[string]*StdElement
	Composites map[string]*StdSegment
	Segments   map[string]*StdSegment
}

// StdElement is a data element of the dictionary.
type StdElement struct {
	Number   string // "782", "I05"
	Name     string
	Type     string // AN ID R N0 N2 DT TM B; "COMP" for a composite
	Min, Max int
}

// StdSegment is a segment or composite of the dictionary.
type StdSegment struct {
	ID     string
	Name   string
	Fields []StdField
	Syntax []Syntax
}

// StdField is one position of a StdSegment.
type StdField struct {
	Element   string // data element number, or composite id
	Composite bool
	Name      string
	Mandatory bool
	Repeat    int // 0 = no limit
}

// Syntax is a relational condition among the elements of a segment: P0304, R0203, E0809, C0605, L050607.
type Syntax struct {
	Kind  byte // 'P' 'R' 'E' 'C' 'L'
	Elems []uint8
}

func (*Loop) node()    {}
func (*Segment) node() {}

// GoType returns the Go type of one use of the segment: As, or the name of the field.
// It is "" for a segment without a struct of its own (field "*" or "-", or inline).
func (s *Segment) GoType() string {
	switch {
	case s.As != "":
		return s.As
	case s.Field == "*" || s.Field == "-" || s.Inline != 0:
		return ""
	}
	return s.Field
}

// GoType returns the Go type of a composite: As, or the name of the field. It is "" for other elements.
func (e *Element) GoType() string {
	switch {
	case e.As != "":
		return e.As
	case len(e.Components) == 0 || e.Field == "-":
		return ""
	}
	return e.Field
}
