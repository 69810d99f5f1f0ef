package roster

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/codes"
)

// Format is the form of a change list.
type Format uint8

// The forms.
const (
	Text Format = iota // lines for people, and the summary
	CSV                // a row a change
	JSON               // a line of JSON a change, and one with the summary
)

// Formats returns the names of the forms.
func Formats() []string { return []string{"text", "csv", "json"} }

// ErrFormat is returned by [FormatNamed].
var ErrFormat = errors.New("roster: no such format")

// FormatNamed returns the form of a name.
func FormatNamed(name string) (Format, error) {
	for i, n := range Formats() {
		if n == name {
			return Format(i), nil
		}
	}
	return 0, ErrFormat
}

// listColumn is a column of the change list: CSV and JSON have them all, in this order.
type listColumn struct {
	name, meaning string
	private       bool // may identify a person
	value         func(*row) string
}

// row is what the columns are made of.
type row struct {
	seq int64
	d   *Delta
	c   *Change
}

func (r *row) member(f Field) string { return r.d.Member().v[f] }

// coverage returns a field of the coverage as it is, or was.
func (r *row) coverage(f CoverageField) string {
	if r.c.To != nil {
		return r.c.To.v[f]
	}
	return r.was(f)
}

func (r *row) was(f CoverageField) string {
	if r.c.From != nil {
		return r.c.From.v[f]
	}
	return ""
}

func (r *row) is(f CoverageField) string {
	if r.c.To != nil {
		return r.c.To.v[f]
	}
	return ""
}

func (r *row) head() *Head {
	if r.d.Head == nil {
		return &Head{}
	}
	return r.d.Head
}

func iso(s string) string { return formatDate(s, "YYYY-MM-DD") }

func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// listColumns are the columns of a change list.
var listColumns = [...]listColumn{
	{"seq", "Ordinal of the change, 1 = first", false, func(r *row) string { return strconv.FormatInt(r.seq, 10) }},
	{"kind", "What the change is", false, func(r *row) string { return r.c.Kind.String() }},
	{"severity", "info, warning or error", false, func(r *row) string { return r.c.Severity.String() }},
	{"sponsor", "Identifier of the sponsor, N104 of 1000A", false, func(r *row) string { return r.head().Sponsor.ID }},
	{"group", "Group or policy number of the member, REF*1L", false, func(r *row) string { return r.member(PolicyNumber) }},
	{"subscriber_id", "Subscriber number, REF*0F", true, func(r *row) string { return r.member(SubscriberID) }},
	{"member_id", "Member identifier, NM109", true, func(r *row) string { return r.member(MemberID) }},
	{"member_type", "subscriber, spouse, child or other", false, func(r *row) string { return r.d.Member().Type() }},
	{"last_name", "NM103", true, func(r *row) string { return r.member(Last) }},
	{"first_name", "NM104", true, func(r *row) string { return r.member(First) }},
	{"dob", "Birth date, DMG02", true, func(r *row) string { return iso(r.member(BirthDate)) }},
	{"line", "Insurance line of the coverage, HD03; empty where the change is about the member", false, func(r *row) string { return r.coverage(Line) }},
	{"plan_old", "Plan before, HD04", false, func(r *row) string { return r.was(Plan) }},
	{"plan_new", "Plan after", false, func(r *row) string { return r.is(Plan) }},
	{"tier_old", "Coverage level before, HD05", false, func(r *row) string { return r.was(Tier) }},
	{"tier_new", "Coverage level after", false, func(r *row) string { return r.is(Tier) }},
	{"field", "Field that differs", false, func(r *row) string { return r.c.Field }},
	{"old", "Its value before", true, func(r *row) string { return r.c.Old }},
	{"new", "Its value after", true, func(r *row) string { return r.c.New }},
	{"effective_date", "From when the change holds", false, func(r *row) string { return iso(r.c.Effective) }},
	{"end_date", "Last day of what ends", false, func(r *row) string { return iso(r.c.End) }},
	{"retro_days", "How many days before the file's date the change reaches back", false, func(r *row) string { return count(r.c.RetroDays) }},
	{"reason_code", "Maintenance reason, INS04", false, func(r *row) string { return r.c.Reason }},
	{"reason", "Meaning of the reason", false, func(r *row) string {
		if r.c.Reason == "" {
			return ""
		}
		return codes.Describe("maint_reason", r.c.Reason)
	}},
	{"isa13", "Interchange of the new file", false, func(r *row) string { return r.head().Interchange }},
	{"gs06", "Group of the new file", false, func(r *row) string { return r.head().Group }},
	{"st02", "Set of the new file", false, func(r *row) string { return r.head().Set }},
	{"segment_no", "Ordinal of INS in the set; empty for one who is absent", false, func(r *row) string { return count(r.d.Place.Segment) }},
	{"note", "What else is to be said", false, func(r *row) string { return r.c.Note }},
}

// ListColumns returns the names of the columns of a change list with their meanings.
func ListColumns() (columns [][2]string) {
	for _, c := range listColumns {
		columns = append(columns, [2]string{c.name, c.meaning})
	}
	return columns
}

// ListOptions change how a change list is written.
type ListOptions struct {
	Format Format
	// Key replaces names, numbers, birth dates and the values of fields by a keyed digest (HMAC-SHA-256, 16 digits), so that
	// the list may leave the house. Without the key a digest says nothing; the same value has the same digest.
	Key []byte
	// Guard puts a ' in front of CSV text that a spreadsheet would take for a formula.
	Guard bool
}

// ListWriter writes a change list. Add is made to be the last argument of [Diff].
type ListWriter struct {
	w   io.Writer
	o   ListOptions
	q   csvtable.Quoter
	buf []byte
	seq int64
}

// NewListWriter returns a ListWriter to w; a CSV header is written at once. End must come last.
func NewListWriter(w io.Writer, o ListOptions) *ListWriter {
	l := &ListWriter{w: w, o: o, q: csvtable.Quoter{Guard: o.Guard}}
	if o.Format == CSV {
		for _, c := range listColumns {
			l.buf = append(append(l.buf, c.name...), ',')
		}
		l.buf[len(l.buf)-1] = '\n'
	}
	return l
}

// Add writes the changes of a member.
func (l *ListWriter) Add(d *Delta) error {
	for i := range d.Changes {
		l.seq++
		r := row{l.seq, d, &d.Changes[i]}
		switch l.o.Format {
		case CSV:
			for k := range listColumns {
				l.buf = l.q.Col(l.buf, l.value(k, &r))
			}
			l.buf[len(l.buf)-1] = '\n'
		case JSON:
			l.buf = append(l.buf, '{')
			start := len(l.buf)
			for k := range listColumns {
				l.buf = appendNamed(l.buf, start, listColumns[k].name, l.value(k, &r))
			}
			l.buf = append(l.buf, "}\n"...)
		default:
			l.line(&r)
		}
	}
	if len(l.buf) >= rosterBuffer {
		return l.flush()
	}
	return nil
}

// value returns the value of a column, as a digest where it may identify someone.
func (l *ListWriter) value(k int, r *row) string {
	s := listColumns[k].value(r)
	if listColumns[k].private {
		return l.redact(s)
	}
	return s
}

func (l *ListWriter) redact(s string) string {
	if len(l.o.Key) == 0 || s == "" {
		return s
	}
	h := hmac.New(sha256.New, l.o.Key)
	io.WriteString(h, s)
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// line writes a change for people: kind, who, what.
func (l *ListWriter) line(r *row) {
	m := r.d.Member()
	word := r.c.Kind.String()
	b := append(l.buf, word...)
	for n := len(word); n < 16; n++ {
		b = append(b, ' ')
	}
	b = append(b, l.redact(m.v[SubscriberID])...)
	b = append(append(b, ' '), l.redact(m.v[Last])...)
	if m.v[First] != "" {
		b = append(append(b, ", "...), l.redact(m.v[First])...)
	}
	b = append(append(append(b, " ("...), m.Type()...), ')')
	if line := r.coverage(Line); line != "" {
		b = append(append(b, ' '), line...)
		if plan := r.coverage(Plan); plan != "" && r.c.Kind != PlanChange {
			b = append(append(b, ' '), plan...)
		}
	}
	if f := r.c.Field; f != "" && r.c.Kind != Terminate {
		b = append(append(b, ' '), f...)
		b = append(append(append(b, ` "`...), l.redact(r.c.Old)...), '"')
		b = append(append(append(b, ` -> "`...), l.redact(r.c.New)...), '"')
	}
	if r.c.Effective != "" {
		b = append(append(b, " from "...), iso(r.c.Effective)...)
	}
	if r.c.End != "" {
		b = append(append(b, " until "...), iso(r.c.End)...)
	}
	if r.c.Reason != "" {
		b = append(append(b, ", reason "...), r.c.Reason...)
	}
	if r.c.Note != "" {
		b = append(append(b, ": "...), r.c.Note...)
	}
	l.buf = append(b, '\n')
}

func (l *ListWriter) flush() error {
	_, err := l.w.Write(l.buf)
	l.buf = l.buf[:0]
	return err
}

// End writes what is left, and the summary where the form has a place for it; with nil it does not.
func (l *ListWriter) End(sum *Summary) error {
	if sum != nil {
		switch l.o.Format {
		case Text:
			l.buf = sum.AppendText(l.buf)
		case JSON:
			l.buf = append(append(append(l.buf, `{"summary":`...), sum.AppendJSON(nil)...), "}\n"...)
		}
	}
	return l.flush()
}

// AppendText appends the summary as lines for people.
func (s *Summary) AppendText(b []byte) []byte {
	b = fmt.Appendf(b, "sets %d, members %d, of them subscribers %d", s.Sets, s.Members, s.Subscribers)
	if s.AlreadyApplied > 0 {
		b = fmt.Appendf(b, ", already applied sets %d", s.AlreadyApplied)
	}
	b = fmt.Appendf(b, "\nmembers changed %d", s.Changed)
	for k := Enroll; k < kinds; k++ {
		if n := s.Changes[k]; n > 0 {
			b = fmt.Appendf(b, ", %s %d", k, n)
		}
	}
	b = fmt.Appendf(b, "\nlives before %d, after %d, ended or missing %d\n", s.Before, s.After, s.Ended)
	for _, text := range s.Overridden {
		b = fmt.Appendf(b, "forced: %s\n", text)
	}
	return b
}

// AppendJSON appends the summary as a JSON object.
func (s *Summary) AppendJSON(b []byte) []byte {
	b = fmt.Appendf(b, `{"sets":%d,"alreadyApplied":%d,"members":%d,"subscribers":%d,"changed":%d,"changes":{`, s.Sets, s.AlreadyApplied, s.Members, s.Subscribers, s.Changed)
	start := len(b)
	for k := Enroll; k < kinds; k++ {
		if n := s.Changes[k]; n > 0 {
			if len(b) > start {
				b = append(b, ',')
			}
			b = fmt.Appendf(b, `"%s":%d`, k, n)
		}
	}
	b = fmt.Appendf(b, `},"before":%d,"after":%d,"ended":%d`, s.Before, s.After, s.Ended)
	for i, text := range s.Overridden {
		lead := ","
		if i == 0 {
			lead = `,"overridden":[`
		}
		b = codec.AppendString(append(b, lead...), text)
	}
	if len(s.Overridden) > 0 {
		b = append(b, ']')
	}
	return append(b, '}')
}

// Failed reports whether something of the files could not be applied.
func (s *Summary) Failed() bool { return s.Changes[Error] > 0 }
