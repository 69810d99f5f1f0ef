package roster

import (
	"fmt"
	"io"
	"strings"

	"github.com/x12-go/edi/edi834/internal/csvrecord"
	"github.com/x12-go/edi/x12"
)

// Rules of findings about rosters that are read.
const (
	RuleHeader = "roster/header" // unknown or missing columns; the file is not read
	RuleRow    = "roster/row"    // a row that cannot be read; it is passed over
	RuleValue  = "roster/value"  // a value that cannot be taken; the row is, without it
)

// CSVReader reads a roster as a [Source]. Columns are found by the header, in any order, without case, under their names or
// aliases. Its members have the numbers of their lines as places.
type CSVReader struct {
	r    *csvrecord.Reader
	p    *Profile
	ids  []Field
	sink x12.Sink
	mask *Mask

	columns []*column // of the file
	head    *Head
	begun   bool
	ended   bool
	m       Member
	key     string // the cells of m that are no coverage
	next    Member
	nextKey string
	have    bool
	text    strings.Builder
}

// NewCSVReader returns a reader of a roster in the layout of a profile. IDs are where external_id goes. It reads the header:
// an unknown column, or one that is missing and must be there, is an [*x12.Issue] of [RuleHeader].
func NewCSVReader(r io.Reader, p *Profile, ids []Field, sink x12.Sink) (*CSVReader, error) {
	c := &CSVReader{r: csvrecord.NewReader(r), p: p, ids: ids, sink: sink, mask: new(Mask)}
	rec, err := c.r.Read()
	if err == io.EOF {
		return nil, headerIssue("the roster is empty: expected a header")
	}
	if err != nil {
		if err == csvrecord.ErrLimit || err == csvrecord.ErrQuote {
			return nil, headerIssue("the header cannot be read: " + err.Error())
		}
		return nil, err
	}
	for i, f := range rec.Fields {
		name := strings.TrimSpace(string(f))
		if i == 0 {
			name = strings.TrimPrefix(name, "\ufeff")
		}
		col := p.columnNamed(name)
		if col == nil {
			return nil, headerIssue(fmt.Sprintf("column %d of the header is none of the profile %s", i+1, p.Name))
		}
		for _, other := range c.columns {
			if other == col {
				return nil, headerIssue("the column " + col.header + " stands twice")
			}
		}
		c.columns = append(c.columns, col)
		c.knows(col)
	}
	for i := range p.columns {
		if col := &p.columns[i]; col.required && !contains(c.columns, col) {
			return nil, headerIssue("the column " + col.header + " is missing")
		}
	}
	return c, nil
}

func headerIssue(text string) *x12.Issue {
	return &x12.Issue{Rule: RuleHeader, Level: 1, Severity: x12.Fatal, Message: text}
}

func contains(list []*column, c *column) bool {
	for _, have := range list {
		if have == c {
			return true
		}
	}
	return false
}

func (p *Profile) columnNamed(name string) *column {
	for i := range p.columns {
		c := &p.columns[i]
		if strings.EqualFold(c.header, name) {
			return c
		}
		for _, a := range c.aliases {
			if strings.EqualFold(a, name) {
				return c
			}
		}
	}
	return nil
}

// knows puts what a column tells into the mask.
func (c *CSVReader) knows(col *column) {
	m := c.mask
	switch col.source.what {
	case fromMember:
		m.member[col.source.field] = true
	case fromCoverage:
		m.coverage[col.source.coverage] = true
	case memberType:
		m.member[Subscriber] = true
	case externalID:
		if len(c.ids) > 0 {
			m.member[c.ids[0]] = true
		}
	case subscriberExternalID:
		m.member[SubscriberID] = true
	}
}

// Mask implements [Source].
func (c *CSVReader) Mask() *Mask { return c.mask }

// Next implements [Source]. Rows one after the other that differ in their coverages only are one member. The head is that of
// the first row; it is a replacement.
func (c *CSVReader) Next() (*Head, *Member, error) {
	if !c.have && !c.ended {
		if err := c.row(); err != nil {
			return nil, nil, err
		}
	}
	if !c.begun {
		c.begun = true
		if c.head == nil {
			c.head = &Head{Action: ActionReplace, Subscribers: -1, Dependents: -1, Members: -1}
		}
		return c.head, nil, nil
	}
	if !c.have {
		return nil, nil, io.EOF
	}
	c.m, c.next = c.next, c.m
	c.key, c.have = c.nextKey, false
	for !c.ended {
		if err := c.row(); err != nil {
			return nil, nil, err
		}
		if !c.have || !c.p.PerCoverage || c.nextKey != c.key {
			break
		}
		c.m.Coverages = append(c.m.Coverages, c.next.Coverages...)
		c.have = false
	}
	return nil, &c.m, nil
}

// row reads the next row that can be taken into next.
func (c *CSVReader) row() error {
	for {
		rec, err := c.r.Read()
		switch {
		case err == io.EOF:
			c.ended = true
			return nil
		case err == csvrecord.ErrQuote || err == csvrecord.ErrLimit:
			if err := c.report(rec, RuleRow, x12.Error, err.Error()); err != nil {
				return err
			}
			continue
		case err != nil:
			return err
		case len(rec.Fields) != len(c.columns):
			if err := c.report(rec, RuleRow, x12.Error, fmt.Sprintf("the row has %d fields, the header %d", len(rec.Fields), len(c.columns))); err != nil {
				return err
			}
			continue
		}
		ok, err := c.take(rec)
		if err != nil {
			return err
		}
		if ok {
			c.have = true
			return nil
		}
	}
}

func (c *CSVReader) report(rec *csvrecord.Record, rule string, sev x12.Severity, text string) error {
	if c.sink != nil && !c.sink(&x12.Issue{Offset: rec.Offset, Segment: rec.Line, Rule: rule, Level: 1, Severity: sev, Message: text}) {
		return x12.ErrStopped
	}
	return nil
}

// maxRowCoverages bounds what the rows of one member may be.
const maxRowCoverages = 10_000

// take fills next from a record.
func (c *CSVReader) take(rec *csvrecord.Record) (bool, error) {
	m := &c.next
	m.reset()
	m.Place = Place{Offset: rec.Offset, Segment: rec.Line}
	c.text.Reset()
	h := Head{Action: ActionReplace, Subscribers: -1, Dependents: -1, Members: -1}
	var missing *column
	external := ""
	for i, col := range c.columns {
		raw := strings.TrimSpace(string(rec.Fields[i]))
		s, ok := c.p.ofText(col, raw)
		if !ok {
			if err := c.report(rec, RuleValue, x12.Warning, "the column "+col.header+" has a value that cannot be taken"); err != nil {
				return false, err
			}
		}
		if s == "" && col.required && !col.dependent {
			missing = col
		}
		if col.source.what != fromCoverage {
			c.text.WriteString(s)
			c.text.WriteByte(0x1F)
		}
		if col.source.what == externalID {
			external = s
		}
		c.set(m, &h, col.source, s)
	}
	if missing != nil {
		return false, c.report(rec, RuleRow, x12.Error, "the column "+missing.header+" is empty, and rows must have it")
	}
	if m.v[SubscriberID] == "" && m.Type() == TypeSubscriber {
		m.v[SubscriberID] = external
	}
	c.nextKey = c.text.String()
	if c.have = false; len(c.m.Coverages) > maxRowCoverages && c.nextKey == c.key {
		return false, c.report(rec, RuleRow, x12.Error, "a member with too many coverages")
	}
	for i := len(m.Coverages) - 1; i >= 0 && m.Coverages[i].v == ([coverageFieldCount]string{}); i-- {
		m.Coverages = m.Coverages[:i]
	}
	if c.head == nil {
		c.head = &h
	}
	return true, nil
}

// set puts a value in its place.
func (c *CSVReader) set(m *Member, h *Head, s source, v string) {
	if v == "" {
		return
	}
	switch s.what {
	case fromMember:
		m.v[s.field] = v
	case fromCoverage:
		n := max(1, s.nth)
		for len(m.Coverages) < n {
			m.Coverages = append(m.Coverages, Coverage{})
		}
		m.Coverages[n-1].v[s.coverage] = v
	case externalID:
		if len(c.ids) > 0 {
			m.v[c.ids[0]] = v
		}
	case subscriberExternalID:
		m.v[SubscriberID] = v
	case memberType:
		codes := map[string][2]string{TypeSubscriber: {"Y", "18"}, TypeSpouse: {"N", "01"}, TypeChild: {"N", "19"}, TypeOther: {"N", "G8"}}
		pair := codes[v]
		m.v[Subscriber] = pair[0]
		if m.v[Relationship] == "" {
			m.v[Relationship] = pair[1]
		}
	case socialSecurity:
		m.v[MemberIDQualifier], m.v[MemberID] = "34", strings.ReplaceAll(v, "-", "")
	case anyPhone:
		m.v[Phone] = v
	case sponsorID:
		h.Sponsor.ID, h.Sponsor.IDQualifier = v, "FI"
	case sponsorName:
		h.Sponsor.Name = v
	case payerID:
		h.Payer.ID, h.Payer.IDQualifier = v, "FI"
	case payerName:
		h.Payer.Name = v
	case masterPolicy:
		h.MasterPolicy = v
	case fileDate:
		h.Date, _ = x12.ParseDate(v)
	}
}
