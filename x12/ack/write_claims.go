package ack

import (
	"fmt"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/ack/ts277ca"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// claims writes 277CA, a set for each 837. Totals come before the claims there, and what is wrong with a level shows behind its
// claims: so claims go to a draft first, which is a 277CA without totals, and what rejects whole levels to lists beside it. When
// the 837 has ended, the draft is read back and the set is made of it.
type claims struct {
	w      *Writer
	done   spool       // the groups of the open interchange
	x      *x12.Writer // into done, nil before the first group
	groups int         // begun in it
	skip   map[int]bool
	open   bool // the group that answers the open one has begun
	sets   int  // in it

	inGroup, total tally // claims in that group, and in the groups that are not skipped

	tables map[*guide.Table][]role
	set    *claimSet // nil outside an 837
	draft  draft
}

// claimSet is the open 837.
type claimSet struct {
	roles     []role
	reference string // BHT03
	date      string // BHT04
	submitter *ts277ca.Party
	receiver  *ts277ca.Party
	reasons   []reason // of the set as a whole
	tally     tally

	provider, subscriber, patient level
	own                           bool // the patient is not the subscriber
	pending                       []ts277ca.Claim
}

// level is an open level of an 837: billing provider, subscriber, patient.
type level struct {
	open    bool
	ordinal uint32
	reasons []reason
	tally   tally
	person  ts277ca.Patient
}

// tally adds up claims.
type tally struct {
	accepted, rejected             int64
	acceptedAmount, rejectedAmount x12.Sum
}

func (t *tally) add(u *tally) {
	t.accepted += u.accepted
	t.rejected += u.rejected
	t.acceptedAmount.AddSum(&u.acceptedAmount)
	t.rejectedAmount.AddSum(&u.rejectedAmount)
}

// reject makes all claims rejected ones.
func (t *tally) reject() {
	t.rejected += t.accepted
	t.rejectedAmount.AddSum(&t.acceptedAmount)
	t.accepted, t.acceptedAmount = 0, x12.Sum{}
}

func (t *tally) total() x12.Number {
	var sum x12.Sum
	sum.AddSum(&t.acceptedAmount)
	sum.AddSum(&t.rejectedAmount)
	return amountOf(&sum)
}

func amountOf(s *x12.Sum) x12.Number {
	n, ok := s.Number()
	if !ok {
		return x12.NewNumber(0, 0)
	}
	return n
}

// maxReasons bounds the reasons kept of one claim, line or level: three STC.
const maxReasons = 9

func addReason(list []reason, r reason) []reason {
	for _, have := range list {
		if have == r {
			return list
		}
	}
	if len(list) >= maxReasons {
		return list
	}
	return append(list, r)
}

// before opens the levels of a step.
func (c *claims) before(s *codec.Step) error {
	if s.Kind == codec.Begin {
		c.set = nil
		if c.w.o.Kinds&Kind277CA != 0 && s.Tape.Table.Set == "837" && c.w.group != nil && c.w.group.g.Seq > 0 && c.w.inter.in.Seq > 0 {
			return c.begin(s.Tape)
		}
	}
	if c.set == nil || s.Kind != codec.Enter {
		return nil
	}
	t := s.Tape
	switch t.Table.Loops[t.Scope.Loop].ID {
	case "2000A":
		return c.enterProvider(t)
	case "2000B":
		return c.enterSubscriber(t)
	case "2000C":
		return c.enterPatient(t)
	}
	return nil
}

// after enters the findings of a step, and its claim.
func (c *claims) after(s *codec.Step) error {
	v := c.set
	if v == nil {
		return nil
	}
	var claim faults
	for _, i := range s.Issues {
		if i.Severity < x12.Error || i.Level == 0 && i.Codes.IK5 == "" || closes(i) && i.Offset == c.w.set.set.Offset {
			continue
		}
		r := reasonOf(i, keyOf(s, i))
		switch {
		case s.Kind == codec.Unit && inLoop(i.Loop, "2300"):
			claim.add(i, r)
		case inLoop(i.Loop, "2000C") && v.patient.open && v.own:
			v.patient.reasons = addReason(v.patient.reasons, r)
		case (inLoop(i.Loop, "2000B") || inLoop(i.Loop, "2000C")) && v.subscriber.open:
			v.subscriber.reasons = addReason(v.subscriber.reasons, r)
		case inLoop(i.Loop, "2000A") && v.provider.open:
			v.provider.reasons = addReason(v.provider.reasons, r)
		default:
			v.reasons = addReason(v.reasons, r)
		}
	}
	if s.Kind == codec.Unit && s.Tape.Table.Loops[s.Tape.Scope.Loop].ID == "2300" {
		return c.claim(s.Tape, &claim)
	}
	return nil
}

// faults are the reasons against one claim.
type faults struct {
	claim []reason
	lines map[int][]reason // by number of the line, 1 = first
}

func (f *faults) add(i *x12.Issue, r reason) {
	if n := loopIndex(i.Loop, "2400"); n > 0 {
		if f.lines == nil {
			f.lines = map[int][]reason{}
		}
		f.lines[n] = addReason(f.lines[n], r)
		return
	}
	f.claim = addReason(f.claim, r)
}

// begin opens an 837.
func (c *claims) begin(t *codec.Tape) error {
	if c.tables == nil {
		c.tables = map[*guide.Table][]role{}
	}
	roles := c.tables[t.Table]
	if roles == nil {
		roles = rolesOf(t.Table)
		c.tables[t.Table] = roles
	}
	in := c.w.inter
	v := &claimSet{roles: roles, reference: c.w.mend(in, t.Set.Control, 50, "0")}
	for k := range t.Segs {
		switch v.at(t, k) {
		case roleBeginning:
			v.reference = c.w.mend(in, string(t.Elem(k, 3)), 50, v.reference)
			if d, ok := x12.ParseDate(t.Elem(k, 4)); ok && len(t.Elem(k, 4)) == 8 {
				v.date = string(d.AppendWire(nil))
			}
		case roleSubmitter:
			v.submitter = c.party(t, k)
		case roleReceiver:
			v.receiver = c.party(t, k)
		}
	}
	c.set = v
	return c.draft.begin(c.w, in)
}

// at returns the role of a segment of a tape.
func (v *claimSet) at(t *codec.Tape, k int) role {
	g := &t.Segs[k]
	if g.Flag&guide.Virtual != 0 || int(g.Slot) >= len(v.roles) {
		return roleNone
	}
	return v.roles[g.Slot]
}

// elem returns an element as it may be sent, other when there is nothing to send.
func (c *claims) elem(t *codec.Tape, k, n, most int, other string) string {
	return c.w.mend(c.w.inter, string(t.Elem(k, n)), most, other)
}

// unknown stands where a name or identifier has to be and none came.
const unknown = "UNKNOWN"

// party returns who an NM1 names.
func (c *claims) party(t *codec.Tape, k int) *ts277ca.Party {
	p := &ts277ca.Party{EntityType: c.elem(t, k, 2, 1, "2"), Last: c.elem(t, k, 3, 60, unknown), IDQualifier: "46", ID: c.elem(t, k, 9, 80, unknown)}
	if p.EntityType == "1" {
		p.First, p.Middle, p.Suffix = c.elem(t, k, 4, 35, ""), c.elem(t, k, 5, 25, ""), c.elem(t, k, 7, 10, "")
	} else {
		p.EntityType = "2"
	}
	p.ID = longEnough(p.ID)
	return p
}

// longEnough returns an identifier of at least the two characters that NM109 has.
func longEnough(id string) string {
	if len(id) < 2 {
		return "0" + id
	}
	return id
}

// person returns the patient an NM1 names; member is the identifier where it has none.
func (c *claims) person(t *codec.Tape, k int, member string) ts277ca.Patient {
	p := ts277ca.Patient{
		Last: c.elem(t, k, 3, 60, unknown), First: c.elem(t, k, 4, 35, ""), Middle: c.elem(t, k, 5, 25, ""), Suffix: c.elem(t, k, 7, 10, ""),
		IDQualifier: "MI", ID: longEnough(c.elem(t, k, 9, 80, member)),
	}
	if q := t.Elem(k, 8); string(q) == "II" {
		p.IDQualifier = "II"
	}
	return p
}

func (c *claims) enterProvider(t *codec.Tape) error {
	v := c.set
	if err := c.closeProvider(); err != nil {
		return err
	}
	p := &ts277ca.Party{EntityType: "2", Last: unknown, IDQualifier: "FI", ID: unknown}
	for k := range t.Segs {
		switch v.at(t, k) {
		case roleBilling:
			p = c.party(t, k)
			if p.IDQualifier = "XX"; string(t.Elem(k, 8)) != "XX" {
				p.IDQualifier, p.ID = "FI", unknown
			}
		case roleBillingTax:
			if q := string(t.Elem(k, 1)); p.ID == unknown && (q == "EI" || q == "SY") {
				p.ID = longEnough(c.elem(t, k, 2, 80, unknown))
			}
		}
	}
	p.Role = "85"
	v.provider = level{open: true, ordinal: v.provider.ordinal + 1}
	return c.draft.w.ProviderLevel(&ts277ca.ProviderLevel{Party: *p})
}

func (c *claims) enterSubscriber(t *codec.Tape) error {
	v := c.set
	if err := c.closeSubscriber(); err != nil {
		return err
	}
	if err := c.needProvider(t); err != nil {
		return err
	}
	s := level{open: true, ordinal: v.subscriber.ordinal + 1, person: ts277ca.Patient{Last: unknown, IDQualifier: "MI", ID: unknown}}
	for k := range t.Segs {
		if v.at(t, k) == roleSubscriber {
			s.person = c.person(t, k, unknown)
		}
	}
	v.subscriber = s
	v.patient = level{open: true, ordinal: v.patient.ordinal + 1, person: s.person}
	v.own = false
	return nil
}

func (c *claims) enterPatient(t *codec.Tape) error {
	v := c.set
	if err := c.closePatient(); err != nil {
		return err
	}
	if err := c.needSubscriber(t); err != nil {
		return err
	}
	p := level{open: true, ordinal: v.patient.ordinal + 1, person: ts277ca.Patient{Last: unknown, IDQualifier: "MI", ID: v.subscriber.person.ID}}
	for k := range t.Segs {
		if v.at(t, k) == rolePatient {
			p.person = c.person(t, k, v.subscriber.person.ID)
		}
	}
	v.patient, v.own = p, true
	return nil
}

// needProvider opens a provider without a name where claims come without one.
func (c *claims) needProvider(t *codec.Tape) error {
	if c.set.provider.open {
		return nil
	}
	return c.enterProvider(&codec.Tape{Table: t.Table})
}

func (c *claims) needSubscriber(t *codec.Tape) error {
	if c.set.subscriber.open {
		return nil
	}
	return c.enterSubscriber(&codec.Tape{Table: t.Table})
}

// closePatient hands on the claims of the open patient.
func (c *claims) closePatient() error {
	v := c.set
	p := &v.patient
	if !p.open {
		return nil
	}
	if err := c.flush(); err != nil {
		return err
	}
	p.open = false
	if err := c.draft.reject(tierPatient, p); err != nil {
		return err
	}
	v.subscriber.tally.add(&p.tally)
	return nil
}

func (c *claims) closeSubscriber() error {
	v := c.set
	if err := c.closePatient(); err != nil || !v.subscriber.open {
		return err
	}
	v.subscriber.open = false
	if err := c.draft.reject(tierSubscriber, &v.subscriber); err != nil {
		return err
	}
	v.provider.tally.add(&v.subscriber.tally)
	return nil
}

func (c *claims) closeProvider() error {
	v := c.set
	if err := c.closeSubscriber(); err != nil || !v.provider.open {
		return err
	}
	v.provider.open = false
	if err := c.draft.reject(tierProvider, &v.provider); err != nil {
		return err
	}
	v.tally.add(&v.provider.tally)
	return c.draft.total(&v.provider.tally)
}

// maxPending is how many claims of one patient come under one level.
const maxPending = 100

// flush writes the claims that wait to the draft.
func (c *claims) flush() error {
	v := c.set
	if len(v.pending) == 0 {
		return nil
	}
	err := c.draft.w.PatientLevel(&ts277ca.PatientLevel{
		Level:   codec.Level{Number: fmt.Sprint(v.patient.ordinal), Parent: fmt.Sprint(v.subscriber.ordinal)},
		Patient: v.patient.person, Claims: v.pending,
	})
	v.pending = v.pending[:0]
	return err
}

// endSet makes the 277CA of the open set; rejected says that a 999 of the same run rejects it, so that its claims were not looked at.
func (c *claims) endSet(t *setState, rejected bool) error {
	v := c.set
	if v == nil {
		return nil
	}
	if err := c.closeProvider(); err != nil {
		return err
	}
	c.set = nil
	if err := c.draft.end(); err != nil {
		return err
	}
	if v.tally.accepted+v.tally.rejected == 0 || rejected {
		return nil
	}
	return c.write(t, v)
}

// endGroup closes the group that answers one; one with faults of its own was not processed, where a 999 of the same run says so.
func (c *claims) endGroup(g *groupState) error {
	if !c.open {
		return nil
	}
	c.open = false
	if len(g.codes) > 0 && g.kind != 0 {
		c.skip[c.groups-1] = true
	} else {
		c.total.add(&c.inGroup)
	}
	return c.x.EndGroup()
}

// end writes the groups of an interchange that has ended, or drops them.
func (c *claims) end(t *interState) error {
	if c.x == nil {
		return nil
	}
	err := c.x.Close()
	c.x, c.open = nil, false
	if err == nil && t.note == "" && len(c.skip) < c.groups {
		err = c.w.send(t, "00501", c.done.reader(), func(group int) bool { return c.skip[group] })
		c.w.stats.Accepted += c.total.accepted
		c.w.stats.Rejected += c.total.rejected
	}
	if e := c.done.reset(); err == nil {
		err = e
	}
	return err
}

func (c *claims) close() {
	c.done.close()
	c.draft.close()
}
