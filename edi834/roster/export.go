package roster

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
)

// ExportConfig is what an 834 needs and a roster does not say.
type ExportConfig struct {
	Sender, Receiver string    // ISA06 and ISA08, and GS02 and GS03
	Sponsor, Payer   Party     // N1*P5 and N1*IN; those of the roster's head where they are empty
	MasterPolicy     string    // REF*38; that of the roster's head when empty
	Action           string    // BGN08, RX when empty
	Reference        string    // BGN02, when empty the time of writing
	Time             time.Time // of writing; must not be zero
	Newline          bool
	// EndFamilies sends a subscriber whose coverages all end with INS03 024, which ends the dependents too. Without it the
	// coverages alone are ended, and those of dependents as the change list says.
	EndFamilies bool
	// Plans says how plans of the roster are sent; one that is not in it is sent under its name as Line, or the line
	// the roster has.
	Plans map[string]PlanCodes
	Line  string // HD03 of coverages without one; HLT when empty
}

// PlanCodes is how a plan is sent.
type PlanCodes struct {
	Line   string // HD03
	Plan   string // HD04; the name of the roster when empty
	Policy string // REF*1L of the coverage
}

// ErrConfig is wrapped by the errors of [NewExporter] for what the config lacks.
var ErrConfig = errors.New("roster: config")

// RuleExport is a member that cannot be written as an 834.
const RuleExport = "roster/export"

// Exporter writes members as an 834: those of a roster as a full file (BGN08 RX or 4), or the deltas of a change list as a
// change file (2). Each subscriber must come in front of its dependents.
type Exporter struct {
	x    *x12.Writer
	set  *ts834.Writer
	c    ExportConfig
	head *ts834.BenefitEnrollment
}

// NewExporter returns an Exporter to w. Close must come last.
func NewExporter(w io.Writer, c ExportConfig) (*Exporter, error) {
	if c.Action == "" {
		c.Action = ActionReplace
	}
	switch {
	case c.Sender == "" || c.Receiver == "":
		return nil, fmt.Errorf("%w: no sender or receiver", ErrConfig)
	case c.Time.IsZero():
		return nil, fmt.Errorf("%w: no time of writing", ErrConfig)
	case !slices.Contains([]string{ActionChange, ActionVerify, ActionReplace}, c.Action):
		return nil, fmt.Errorf("%w: action %q: expected 2, 4 or RX", ErrConfig, c.Action)
	}
	if c.Reference == "" {
		c.Reference = c.Time.Format("20060102150405")
	}
	if c.Line == "" {
		c.Line = "HLT"
	}
	x := x12.NewWriter(w, x12.WithNewline(c.Newline))
	return &Exporter{x: x, set: ts834.NewWriter(x), c: c}, nil
}

// begin opens the envelopes and the set.
func (e *Exporter) begin(h *Head) error {
	c := &e.c
	if c.Sponsor == (Party{}) {
		c.Sponsor = h.Sponsor
	}
	if c.Payer == (Party{}) {
		c.Payer = h.Payer
	}
	if c.MasterPolicy == "" {
		c.MasterPolicy = h.MasterPolicy
	}
	if c.Sponsor.ID == "" || c.Payer.ID == "" {
		return fmt.Errorf("%w: no identifier of the sponsor or the payer", ErrConfig)
	}
	env := care.Envelope{Interchange: care.Interchange{SenderID: c.Sender, ReceiverID: c.Receiver}}
	in := env.Interchange.Header(c.Time, "000000001", x12.DefaultDelimiters)
	if err := e.x.BeginInterchange(in); err != nil {
		return err
	}
	if err := e.x.BeginGroup(env.Group.Header("BE", "005010X220A1", c.Time, "1", &env.Interchange)); err != nil {
		return err
	}
	e.head = &ts834.BenefitEnrollment{ControlNumber: "0001", MasterPolicyNumber: c.MasterPolicy,
		Beginning: ts834.Beginning{Purpose: PurposeOriginal, Reference: c.Reference, Date: x12.DateOf(c.Time), Time: x12.TimeOf(c.Time).Short(), Action: c.Action},
		Sponsor:   ts834.Party(c.Sponsor), Payer: ts834.Party(c.Payer)}
	return e.set.Begin(e.head)
}

// Member writes a member of a roster as it is: maintenance type 030 everywhere.
func (e *Exporter) Member(h *Head, m *Member) error {
	n := m.clone()
	n.Operation, n.Reason, n.Effective, n.Prior = opAudit, "XN", "", Prior{}
	for i := range n.Coverages {
		n.Coverages[i].Operation, n.Coverages[i].Effective = opAudit, ""
	}
	return e.write(h, n)
}

// Write writes a member of a change file as it is, with its operations.
func (e *Exporter) Write(h *Head, m *Member) error { return e.write(h, m.clone()) }

// Delta writes what changed about a member: the coverages that changed, with their operations. Changes that are notes, and
// those of members who are missing, are passed over.
func (e *Exporter) Delta(d *Delta) error {
	if d.New == nil {
		return nil
	}
	n := d.New.clone()
	n.Coverages = nil
	kindsSeen := map[Kind]bool{}
	for i := range d.Changes {
		ch := &d.Changes[i]
		if ch.Kind == Missing || ch.Kind == Warning || ch.Kind == Error || ch.Note == noteAudit {
			continue
		}
		kindsSeen[ch.Kind] = true
		n.Reason = first(ch.Reason, n.Reason)
		e.coverages(n, ch)
	}
	if len(kindsSeen) == 0 {
		return nil
	}
	n.Prior = Prior{}
	switch {
	case d.Old == nil:
		n.Operation = opAdd
	case d.New.until() != never && d.Old.until() == never && (e.c.EndFamilies || n.Type() != TypeSubscriber):
		n.Operation = opEnd
	case kindsSeen[Reinstate]:
		n.Operation = opReinstate
	default:
		n.Operation = opChange
	}
	if d.Old != nil && kindsSeen[IDChange] {
		o := d.Old
		n.Prior = Prior{Last: o.v[Last], First: o.v[First], MemberID: o.v[MemberID], BirthDate: o.v[BirthDate]}
		if o.v[SubscriberID] != n.v[SubscriberID] {
			n.Prior.SubscriberID = o.v[SubscriberID]
		}
	} else if d.Old != nil && kindsSeen[Demographic] && (d.Old.v[First] != n.v[First] || d.Old.v[BirthDate] != n.v[BirthDate]) {
		n.Prior = Prior{Last: d.Old.v[Last], First: d.Old.v[First], BirthDate: d.Old.v[BirthDate]}
	}
	return e.write(d.Head, n)
}

// coverages adds what a change does to a coverage. A plan change is the end of one and the beginning of the other.
func (e *Exporter) coverages(n *Member, ch *Change) {
	add := func(c *Coverage, op, effective string) {
		for i := range n.Coverages {
			if n.Coverages[i].v[Line] == c.v[Line] && n.Coverages[i].v[Plan] == c.v[Plan] && n.Coverages[i].v[Begin] == c.v[Begin] {
				if n.Coverages[i].Operation == opChange {
					n.Coverages[i].Operation = op
				}
				return
			}
		}
		k := *c
		k.Operation, k.Effective = op, effective
		n.Coverages = append(n.Coverages, k)
	}
	switch {
	case ch.Kind == Cancel:
		add(ch.From, opDelete, "")
	case ch.To == nil:
	case ch.Kind == Enroll:
		add(ch.To, opAdd, "")
	case ch.Kind == Terminate:
		add(ch.To, opEnd, "")
	case ch.Kind == Reinstate:
		add(ch.To, opReinstate, "")
	case ch.Kind == PlanChange:
		was := *ch.From
		if was.v[End] == "" {
			was.v[End] = before(ch.To.v[Begin])
		}
		add(&was, opEnd, "")
		add(ch.To, opAdd, "")
	default:
		add(ch.To, opChange, ch.Effective)
	}
}

// before returns the day before a day, CCYYMMDD.
func before(day string) string {
	d, ok := x12.ParseDate(day)
	if !ok {
		return ""
	}
	return dayBefore(&Head{Date: d})
}

func (e *Exporter) write(h *Head, m *Member) error {
	if e.head == nil {
		if err := e.begin(h); err != nil {
			return err
		}
	}
	for i := range m.Coverages {
		c := &m.Coverages[i]
		if p, ok := e.c.Plans[c.v[Plan]]; ok {
			c.v[Line], c.v[Plan], c.v[Policy] = first(p.Line, c.v[Line]), first(p.Plan, c.v[Plan]), first(p.Policy, c.v[Policy])
		}
		c.v[Line] = first(c.v[Line], e.c.Line)
	}
	m.v[BenefitStatus] = first(m.v[BenefitStatus], "A")
	if m.Type() == TypeSubscriber {
		m.v[Subscriber], m.v[Relationship] = "Y", "18"
	} else {
		m.v[Subscriber] = first(m.v[Subscriber], "N")
	}
	if g := strings.ToUpper(m.v[Gender]); g != "" && !strings.Contains("MFU", g) {
		m.v[Gender] = "U"
	}
	w, err := m.ToWire()
	if err != nil {
		return &x12.Issue{Offset: m.Place.Offset, Segment: m.Place.Segment, Rule: RuleExport, Severity: x12.Error, Err: err,
			Message: "a field of the member does not hold what it must: expected the JSON of its loop"}
	}
	return e.set.Member(w)
}

// Close ends the set and the envelopes. Without a member nothing is written.
func (e *Exporter) Close() error {
	if e.head != nil {
		if err := e.set.End(e.head); err != nil {
			return err
		}
	}
	return e.x.Close()
}
