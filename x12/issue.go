package x12

import (
	"fmt"
	"strconv"
	"strings"
)

// Severity says what a finding means for the document it is about.
type Severity uint8

// The severities. The zero Severity is no severity, so that a forgotten field shows.
const (
	Info    Severity = iota + 1 // worth knowing, nothing is wrong
	Warning                     // read as meant, but not as it should be
	Error                       // the document breaks a rule
	Fatal                       // the stream cannot go on
)

// String returns the severity as reports print it: "info", "warning", "error", "fatal".
func (s Severity) String() string {
	switch s {
	case Info:
		return "info"
	case Warning:
		return "warning"
	case Error:
		return "error"
	case Fatal:
		return "fatal"
	}
	return "severity(" + strconv.Itoa(int(s)) + ")"
}

// ParseSeverity is the reverse of [Severity.String]; ok is false for any other text.
func ParseSeverity(text string) (s Severity, ok bool) {
	for s = Info; s <= Fatal; s++ {
		if s.String() == text {
			return s, true
		}
	}
	return 0, false
}

// Codes are the acknowledgment codes a finding leads to; an empty one does not apply.
type Codes struct {
	TA1 string `json:"ta1,omitempty"` // TA105 note code
	AK9 string `json:"ak9,omitempty"` // AK905 functional group code
	IK5 string `json:"ik5,omitempty"` // IK502 transaction set code
	IK3 string `json:"ik3,omitempty"` // IK304 segment code
	IK4 string `json:"ik4,omitempty"` // IK403 element code
}

// Issue is one finding about a document: what is wrong, where, by which rule.
// It is the only error type for faults of the input; I/O errors stay themselves.
//
// Message says what was expected and never repeats Value, which may identify a patient.
type Issue struct {
	Offset      int64    // byte offset of the segment in the stream
	At          int      // byte of the value inside the segment
	Interchange string   // ISA13
	Group       string   // GS06
	Set         string   // ST02
	Guide       string   // "005010X221A1"
	Loop        string   // "2000[1]/2100[17]/2110[2]"
	Segment     int      // ordinal of the segment in the set, ST = 1 (IK302); 0 outside a set
	SegID       string   // "SVC"
	Element     int      // 1 = first element; 0 does not apply
	Component   int      // 1 = first component; 0 does not apply
	Repeat      int      // 1 = first repetition; 0 does not apply
	Value       string   // the offending text, at most 64 bytes
	Rule        string   // stable id, "element/too-long"
	Codes       Codes    // acknowledgment codes
	Level       uint8    // SNIP type 1 to 7; 0 = envelope
	Severity    Severity // how bad
	Message     string   // one line, lower case: what is wrong and what was expected
	DE          string   // data element number of the element, "782"; "" when it is not known
	Trigger     *Trigger // what made a situational rule apply; nil for other findings
	Also        []Also   // what is missing for the same reason, which Message names
	Err         error    // cause, for errors.Is and errors.As
}

// Also is a further segment or element that a finding is about. An acknowledgment names each of them.
type Also struct {
	SegID     string // of a segment that is missing too; "" for an element of the finding's own segment
	Loop      string // of such a segment, as in [Issue]
	Element   int
	Component int
	DE        string // data element number
	Code      string // IK304 or IK403
}

// Trigger is the element or segment that made a situational rule apply: CTX of a 999.
type Trigger struct {
	SegID     string // "CLM"
	Segment   int    // ordinal of the segment in the set, ST = 1
	Loop      string // as in [Issue]
	Element   int    // 0 = the segment as a whole
	Component int
	Repeat    int
	DE        string // data element number
}

// Path returns the place in path text, "2000[1]/2100[17]/SVC.01-2"; see [ParsePath].
func (i *Issue) Path() string {
	var b strings.Builder
	b.WriteString(i.Loop)
	if i.SegID != "" {
		if i.Loop != "" {
			b.WriteByte('/')
		}
		b.WriteString(i.SegID)
	}
	if i.Element > 0 {
		fmt.Fprintf(&b, ".%02d", i.Element)
		if i.Component > 0 {
			b.WriteByte('-')
			b.WriteString(strconv.Itoa(i.Component))
		}
		if i.Repeat > 1 {
			b.WriteByte('^')
			b.WriteString(strconv.Itoa(i.Repeat))
		}
	}
	return b.String()
}

// Error returns place, severity, message and rule, never the value.
func (i *Issue) Error() string {
	var b strings.Builder
	b.WriteString("x12: ")
	if i.Set != "" {
		b.WriteString("set " + i.Set + " ")
	}
	if p := i.Path(); p != "" {
		b.WriteString(p + " ")
	}
	fmt.Fprintf(&b, "@%d: %s: %s", i.Offset, i.Severity, i.Message)
	if i.Rule != "" {
		b.WriteString(" [" + i.Rule + "]")
	}
	return b.String()
}

// Unwrap returns the cause.
func (i *Issue) Unwrap() error { return i.Err }

// Sink takes findings as they are made, in stream order within one layer.
// It returns false to stop reading; the reader then ends with [ErrStopped].
// The Issue belongs to the sink.
type Sink func(*Issue) bool

// Issues collects findings up to a limit and counts the rest. It is an error when it holds one of severity Error or Fatal.
type Issues struct {
	Max    int // most findings kept; 0 = 10,000
	List   []*Issue
	Counts [Fatal + 1]int // by severity, the dropped ones included
}

// Add is a [Sink].
func (l *Issues) Add(i *Issue) bool {
	l.Counts[i.Severity]++
	limit := l.Max
	if limit == 0 {
		limit = 10_000
	}
	if len(l.List) < limit {
		l.List = append(l.List, i)
	}
	return true
}

// Err returns the collection as an error when it holds a finding of severity Error or Fatal, else nil.
func (l *Issues) Err() error {
	if l.Counts[Error]+l.Counts[Fatal] > 0 {
		return l
	}
	return nil
}

// Error prints the first finding of the highest severity and how many others there are.
func (l *Issues) Error() string {
	total := 0
	for _, n := range l.Counts {
		total += n
	}
	var first *Issue
	for _, i := range l.List {
		if first == nil || i.Severity > first.Severity {
			first = i
		}
	}
	if first == nil {
		return "x12: no findings"
	}
	if total == 1 {
		return first.Error()
	}
	return fmt.Sprintf("%s (and %d others)", first.Error(), total-1)
}

// Clip returns at most 64 bytes of a value for [Issue.Value].
func Clip(v []byte) string {
	if len(v) > 64 {
		v = v[:64]
	}
	return string(v)
}
