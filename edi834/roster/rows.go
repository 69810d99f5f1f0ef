package roster

import (
	"io"
	"strings"

	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12"
)

// Rules of findings about rosters that are written.
const (
	RuleRequired  = "roster/required"       // a column that a row must have is empty
	RuleSSN       = "roster/ssn-as-id"      // the external id would be a social security number
	RuleCoverages = "roster/more-coverages" // more coverages than the layout has columns for
	RuleFamily    = "roster/no-subscriber"  // the subscriber does not stand in front of the dependent
)

// WriteOptions say who is in a roster.
type WriteOptions struct {
	// On is the day on which members are in force; the zero date is that of the file they came in last.
	On x12.Date
	// EndedSince also takes those whose coverage ended on this day or later.
	EndedSince x12.Date
	// All takes everyone, and all coverages.
	All bool
	// IDs are the identifiers of external_id, the preferred first.
	IDs []Field
	// Guard puts a ' in front of text that a spreadsheet would take for a formula.
	Guard bool
	// Sink gets what is wrong with a row; it is written all the same.
	Sink x12.Sink
}

// Writer writes a roster as CSV: a header and the rows of members as they come.
type Writer struct {
	w    io.Writer
	p    *Profile
	o    WriteOptions
	q    csvtable.Quoter
	buf  []byte
	eol  string
	head bool
	rows int64

	subscriber string // whose external id is known
	external   string
}

// NewWriter returns a Writer to w. Flush must come last.
func NewWriter(w io.Writer, p *Profile, o WriteOptions) *Writer {
	return &Writer{w: w, p: p, o: o, q: csvtable.Quoter{Guard: o.Guard}, eol: csvtable.EOL(p.CRLF)}
}

// Rows returns the number of rows so far.
func (w *Writer) Rows() int64 { return w.rows }

// rosterBuffer is how much is written at once.
const rosterBuffer = 64 << 10

// Write writes the rows of a member; none when the roster does not have it.
func (w *Writer) Write(h *Head, m *Member) error {
	w.header()
	if m.Type() == TypeSubscriber {
		w.subscriber, w.external = m.v[SubscriberID], w.externalID(m)
	}
	on := w.o.On
	if on.IsZero() {
		on = h.Date
	}
	var shown []*Coverage
	for i := range m.Coverages {
		if c := &m.Coverages[i]; w.o.All || c.InForce(on) || w.recent(c.v[End]) {
			shown = append(shown, c)
		}
	}
	if len(shown) == 0 && !w.o.All && (len(m.Coverages) > 0 || !m.InForce(on) && !w.recent(m.v[EligibilityEnd])) {
		return nil
	}
	if w.p.PerCoverage {
		for _, c := range shown {
			w.row(h, m, []*Coverage{c})
		}
	}
	if !w.p.PerCoverage || len(shown) == 0 {
		w.row(h, m, w.prefer(shown))
	}
	if len(w.buf) >= rosterBuffer {
		return w.Flush()
	}
	return nil
}

func (w *Writer) recent(end string) bool {
	if w.o.EndedSince.IsZero() {
		return false
	}
	var b [8]byte
	return end >= string(w.o.EndedSince.Long().AppendWire(b[:0]))
}

// prefer puts the coverage that stands for the member in front.
func (w *Writer) prefer(list []*Coverage) []*Coverage {
	for _, line := range w.p.lines {
		for _, c := range list {
			if c.v[Line] == line {
				return append([]*Coverage{c}, list...)
			}
		}
	}
	return list
}

// Flush writes what is left, and the header of a roster without rows.
func (w *Writer) Flush() error {
	w.header()
	_, err := w.w.Write(w.buf)
	w.buf = w.buf[:0]
	return err
}

func (w *Writer) header() {
	if w.head {
		return
	}
	w.head = true
	for i := range w.p.columns {
		w.buf = w.q.Col(w.buf, w.p.columns[i].header)
	}
	w.endRow()
}

func (w *Writer) endRow() {
	w.buf = append(w.buf[:len(w.buf)-1], w.eol...) // in the place of the last comma
}

func (w *Writer) row(h *Head, m *Member, covs []*Coverage) {
	w.rows++
	most := 0
	for i := range w.p.columns {
		c := &w.p.columns[i]
		most = max(most, c.source.nth)
		s := w.p.toText(c, w.value(c.source, h, m, covs))
		if s == "" && c.required && (!c.dependent || m.Type() != TypeSubscriber) {
			w.report(RuleRequired, x12.Error, m, "the column "+c.header+" is empty, and rows must have it")
		}
		w.buf = w.q.Col(w.buf, s)
	}
	w.endRow()
	if most > 0 && len(covs) > most {
		w.report(RuleCoverages, x12.Warning, m, "more coverages than the roster has columns for")
	}
}

func (w *Writer) report(rule string, sev x12.Severity, m *Member, text string) {
	if w.o.Sink != nil {
		w.o.Sink(&x12.Issue{Offset: m.Place.Offset, Segment: m.Place.Segment, SegID: "INS", Rule: rule, Level: 7, Severity: sev, Message: text})
	}
}

func (w *Writer) value(s source, h *Head, m *Member, covs []*Coverage) string {
	switch s.what {
	case fromMember:
		return m.v[s.field]
	case fromCoverage:
		if n := max(1, s.nth); n <= len(covs) {
			return covs[n-1].v[s.coverage]
		}
	case externalID:
		id := w.externalID(m)
		if id != "" && m.v[MemberIDQualifier] == "34" && id == m.v[MemberID] {
			w.report(RuleSSN, x12.Warning, m, "the external id is the social security number: name another identifier")
		}
		return id
	case subscriberExternalID:
		if w.subscriber != m.v[SubscriberID] || w.external == "" {
			if len(w.o.IDs) > 0 {
				w.report(RuleFamily, x12.Warning, m, "the subscriber does not stand in front of the dependent: the subscriber number is taken")
			}
			return m.v[SubscriberID]
		}
		return w.external
	case memberType:
		return m.Type()
	case socialSecurity:
		if m.v[MemberIDQualifier] == "34" {
			return m.v[MemberID]
		}
	case anyPhone:
		for _, f := range [...]Field{CellPhone, HomePhone, Phone, WorkPhone} {
			if m.v[f] != "" {
				return m.v[f]
			}
		}
	case sponsorID:
		return h.Sponsor.ID
	case sponsorName:
		return h.Sponsor.Name
	case payerID:
		return h.Payer.ID
	case payerName:
		return h.Payer.Name
	case masterPolicy:
		return h.MasterPolicy
	case fileDate:
		return string(h.Date.Long().AppendWire(nil))
	}
	return ""
}

// externalID returns an id that stays with the person as long as nothing is said of a change.
func (w *Writer) externalID(m *Member) string {
	for _, f := range w.o.IDs {
		if m.v[f] != "" {
			return m.v[f]
		}
	}
	id := m.v[SubscriberID]
	kind := m.Type()
	if id == "" || kind == TypeSubscriber {
		return id
	}
	b := append([]byte(id), '-', kind[0]&^0x20)
	b = append(b, m.v[BirthDate]...)
	b = append(b, '-')
	for _, c := range []byte(strings.ToUpper(m.v[First])) {
		if c >= 'A' && c <= 'Z' {
			b = append(b, c)
		}
	}
	return string(append(b, m.v[BirthSequence]...))
}
