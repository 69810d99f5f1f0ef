package ack

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/ack/ts277ca"
	"github.com/x12-go/edi/x12/codec"
)

// The levels of an 837 that can be rejected with all their claims.
const (
	tierProvider = iota
	tierSubscriber
	tierPatient
	tiers
)

// draft is a 277CA without totals, and what goes into it when its set has ended. The levels of its patients are numbered by
// patient and subscriber, to find what rejects those.
type draft struct {
	text   spool
	x      *x12.Writer
	w      *ts277ca.Writer
	late   [tiers]spool // ordinal and index in lists of levels that are rejected, ascending
	totals spool        // a line for each provider
	lists  [][]reason
	index  map[string]uint32
}

// maxLists bounds the combinations of reasons that are kept apart; the last one is for all others.
const maxLists = 4096

func (d *draft) begin(w *Writer, t *interState) error {
	for _, s := range d.spools() {
		s.dir = w.o.TempDir
		if err := s.reset(); err != nil {
			return err
		}
	}
	d.lists, d.index = d.lists[:0], map[string]uint32{}
	d.x = x12.NewWriter(&d.text)
	d.w = ts277ca.NewWriter(d.x)
	if err := d.x.BeginInterchange(w.draft(t)); err != nil {
		return err
	}
	if err := d.x.BeginGroup(&x12.Group{Seq: 1, GS: [8]string{"HN", "A", "B", "20000101", "0000", "1", "X", ts277ca.X214.ID}}); err != nil {
		return err
	}
	if err := d.w.Begin(&ts277ca.ClaimAcknowledgment{ControlNumber: "0001"}); err != nil {
		return err
	}
	if err := d.w.SourceLevel(&ts277ca.SourceLevel{}); err != nil {
		return err
	}
	return d.w.ReceiverLevel(&ts277ca.ReceiverLevel{})
}

func (d *draft) spools() []*spool {
	return []*spool{&d.text, &d.totals, &d.late[tierProvider], &d.late[tierSubscriber], &d.late[tierPatient]}
}

func (d *draft) end() error { return d.x.Close() }

func (d *draft) close() {
	for _, s := range d.spools() {
		s.close()
	}
}

// reject notes that a level is rejected, if it is.
func (d *draft) reject(tier int, l *level) error {
	if len(l.reasons) == 0 {
		return nil
	}
	l.tally.reject()
	key := fmt.Sprint(l.reasons)
	at, ok := d.index[key]
	if !ok {
		if at = uint32(len(d.lists)); at < maxLists {
			d.lists = append(d.lists, append([]reason(nil), l.reasons...))
			if at == maxLists-1 {
				d.lists[at] = []reason{{category: "A7", code: code21}}
			}
			d.index[key] = at
		} else {
			at = maxLists - 1
		}
	}
	var rec [8]byte
	binary.LittleEndian.PutUint32(rec[:4], l.ordinal)
	binary.LittleEndian.PutUint32(rec[4:], at)
	_, err := d.late[tier].Write(rec[:])
	return err
}

// total notes what the claims of a provider come to.
func (d *draft) total(t *tally) error {
	_, err := fmt.Fprintf(&d.totals, "%d %d %s %s\n", t.accepted, t.rejected, amountOf(&t.acceptedAmount).AppendPlain(nil), amountOf(&t.rejectedAmount).AppendPlain(nil))
	return err
}

// lateReader finds what rejects a level. It is asked for ordinals that never go down.
type lateReader struct {
	r       *bufio.Reader
	lists   [][]reason
	ordinal uint32
	at      uint32
	done    bool
}

func (d *draft) lateReader(tier int) *lateReader {
	return &lateReader{r: bufio.NewReader(d.late[tier].reader()), lists: d.lists}
}

func (l *lateReader) reasons(ordinal uint32) ([]reason, error) {
	for l.ordinal < ordinal && !l.done {
		var rec [8]byte
		switch _, err := io.ReadFull(l.r, rec[:]); {
		case err == io.EOF:
			l.done = true
		case err != nil:
			return nil, fmt.Errorf("ack: %w", err)
		default:
			l.ordinal, l.at = binary.LittleEndian.Uint32(rec[:4]), binary.LittleEndian.Uint32(rec[4:])
		}
	}
	if l.done || l.ordinal != ordinal {
		return nil, nil
	}
	return l.lists[l.at], nil
}

var errDraft = errors.New("ack: a draft cannot be read back")

// readTotal reads what total wrote.
func readTotal(r *bufio.Reader) (t tally, err error) {
	line, err := r.ReadString('\n')
	if err != nil {
		return t, fmt.Errorf("%w: %w", errDraft, err)
	}
	f := strings.Fields(line)
	if len(f) != 4 {
		return t, errDraft
	}
	t.accepted, _ = strconv.ParseInt(f[0], 10, 64)
	t.rejected, _ = strconv.ParseInt(f[1], 10, 64)
	for i, sum := range []*x12.Sum{&t.acceptedAmount, &t.rejectedAmount} {
		n, ok := x12.ParseNumber(f[2+i])
		if !ok {
			return t, errDraft
		}
		sum.Add(n)
	}
	return t, nil
}

// write makes the 277CA of a set from its draft.
func (c *claims) write(t *setState, v *claimSet) error {
	w, in := c.w, c.w.inter
	if err := c.openGroup(); err != nil {
		return err
	}
	if len(v.reasons) > 0 {
		v.tally.reject()
	}
	c.sets++
	c.inGroup.accepted += v.tally.accepted
	c.inGroup.rejected += v.tally.rejected
	out := ts277ca.NewWriter(c.x)
	now := w.now()
	number := digits(in.in.ISA[12], 9) + "-" + setControl(w, in, t.set.Control)
	head := &ts277ca.ClaimAcknowledgment{ControlNumber: fmt.Sprintf("%04d", c.sets)}
	head.Beginning = ts277ca.Beginning{Reference: number, Date: dateOf(now), Time: timeOf(now)}
	if err := out.Begin(head); err != nil {
		return err
	}
	if err := out.SourceLevel(c.source(v, number)); err != nil {
		return err
	}
	if err := out.ReceiverLevel(c.receiver(v)); err != nil {
		return err
	}
	late := [tiers]*lateReader{c.draft.lateReader(0), c.draft.lateReader(1), c.draft.lateReader(2)}
	totals := bufio.NewReader(c.draft.totals.reader())
	rd := ts277ca.NewReader(c.draft.text.reader(), codec.WithReuse())
	provider := uint32(0)
	var against []reason // the set or the provider
	for {
		ev, err := rd.Next()
		if err == io.EOF {
			return out.End(&ts277ca.ClaimAcknowledgment{})
		}
		if err != nil {
			return fmt.Errorf("%w: %w", errDraft, err)
		}
		switch {
		case ev.Kind == codec.Enter && ts277ca.X214.Loops[ev.Loop].ID == "2000C":
			provider++
			against, err = late[tierProvider].reasons(provider)
			if err == nil {
				err = c.writeProvider(out, ev.ProviderLevel, provider, number, totals, &against, v.reasons)
			}
		case ev.Kind == codec.Unit:
			err = c.writePatient(out, ev.PatientLevel, against, late)
		}
		if err != nil {
			return err
		}
	}
}

// openGroup begins the group of 277CA that answers the open group.
func (c *claims) openGroup() error {
	if c.open {
		return nil
	}
	if c.x == nil {
		c.x, c.groups, c.skip, c.total = x12.NewWriter(&c.done), 0, map[int]bool{}, tally{}
		if err := c.x.BeginInterchange(c.w.draft(c.w.inter)); err != nil {
			return err
		}
	}
	g, err := c.w.replyGroup(c.w.inter, c.w.group.g, "HN", ts277ca.X214.ID)
	if err != nil {
		return err
	}
	c.open, c.sets, c.inGroup = true, 0, tally{}
	c.groups++
	return c.x.BeginGroup(g)
}

// source is loop 2000A: who answers is who the claims were sent to.
func (c *claims) source(v *claimSet, number string) *ts277ca.SourceLevel {
	day := string(c.today().AppendWire(nil))
	p := v.receiver
	if p == nil {
		p = &ts277ca.Party{EntityType: "2", Last: unknown, IDQualifier: "46", ID: longEnough(c.w.mend(c.w.inter, c.w.inter.in.ISA[7], 80, unknown))}
	}
	p.Role, p.EntityType, p.First, p.Middle, p.Suffix = c.w.o.Source, "2", "", "", ""
	return &ts277ca.SourceLevel{
		Level: codec.Level{Child: "1"}, Party: *p,
		Receipt: ts277ca.Receipt{Number: number, ReceiptDate: day, ProcessDate: day},
	}
}

// receiver is loop 2000B: who sent the claims.
func (c *claims) receiver(v *claimSet) *ts277ca.ReceiverLevel {
	p := v.submitter
	if p == nil {
		p = &ts277ca.Party{EntityType: "2", Last: unknown, IDQualifier: "46", ID: longEnough(c.w.mend(c.w.inter, c.w.inter.in.ISA[5], 80, unknown))}
	}
	p.Role, p.Suffix = "41", ""
	b := ts277ca.Batch{Number: v.reference}
	list := []reason{{category: "A1", code: "19", entity: c.w.o.Source}}
	if len(v.reasons) > 0 {
		list = nil
		for _, r := range v.reasons {
			if r.entity != "" && r.entity != "40" && r.entity != "41" {
				r.entity = ""
			}
			list = addReason(list, r)
		}
	}
	split(list, func(first ts277ca.Status, further []ts277ca.Status) {
		b.Statuses = append(b.Statuses, ts277ca.BatchStatus{Status: first, Further: further, EffectiveDate: c.today(), Action: action(list), Charge: v.tally.total()})
	})
	b.AcceptedCount, b.RejectedCount, b.AcceptedAmount, b.RejectedAmount = v.tally.numbers()
	return &ts277ca.ReceiverLevel{Level: codec.Level{Child: "1"}, Party: *p, Batch: b}
}

// numbers returns the totals as QTY and AMT have them; what counts nothing is left out.
func (t *tally) numbers() (accepted, rejected, acceptedAmount, rejectedAmount x12.Number) {
	if t.accepted > 0 {
		accepted, acceptedAmount = x12.NewNumber(t.accepted, 0), amountOf(&t.acceptedAmount)
	}
	if t.rejected > 0 {
		rejected, rejectedAmount = x12.NewNumber(t.rejected, 0), amountOf(&t.rejectedAmount)
	}
	return accepted, rejected, acceptedAmount, rejectedAmount
}

// writeProvider writes loop 2000C with the totals of its claims. What is against the set is added to what is against the provider.
func (c *claims) writeProvider(out *ts277ca.Writer, p *ts277ca.ProviderLevel, ordinal uint32, number string, totals *bufio.Reader, against *[]reason, set []reason) error {
	t, err := readTotal(totals)
	if err != nil {
		return err
	}
	if len(set) > 0 {
		t.reject()
	}
	b := &ts277ca.ProviderBatch{Number: number + "-" + strconv.Itoa(int(ordinal))}
	if list := *against; len(list) > 0 {
		var told []reason
		for _, r := range list {
			if r.entity != "85" && r.entity != "87" {
				r.entity = ""
			}
			told = addReason(told, r)
		}
		split(told, func(first ts277ca.Status, further []ts277ca.Status) {
			b.Statuses = append(b.Statuses, ts277ca.ProviderStatus{Status: first, Further: further, Action: "U", Charge: t.total()})
		})
	}
	b.AcceptedCount, b.RejectedCount, b.AcceptedAmount, b.RejectedAmount = t.numbers()
	p.Batch, p.Extras = b, nil
	p.Level = codec.Level{Child: "1"}
	if t.accepted+t.rejected == 0 {
		p.Level.Child, p.Batch = "0", nil
	}
	list := append([]reason(nil), set...)
	for _, r := range *against {
		list = addReason(list, r)
	}
	*against = list
	return out.ProviderLevel(p)
}

// writePatient writes loop 2000D. Claims that were accepted are rejected where something is against a level around them.
func (c *claims) writePatient(out *ts277ca.Writer, p *ts277ca.PatientLevel, against []reason, late [tiers]*lateReader) error {
	list := append([]reason(nil), against...)
	for _, tier := range []int{tierSubscriber, tierPatient} {
		ordinal := p.Level.Number
		if tier == tierSubscriber {
			ordinal = p.Level.Parent
		}
		n, err := strconv.ParseUint(ordinal, 10, 32)
		if err != nil {
			return errDraft
		}
		more, err := late[tier].reasons(uint32(n))
		if err != nil {
			return err
		}
		for _, r := range more {
			list = addReason(list, r)
		}
	}
	p.Level, p.Extras = codec.Level{}, nil
	for i := range p.Claims {
		a := &p.Claims[i]
		if len(list) > 0 && len(a.Statuses) > 0 && a.Statuses[0].Action == "WQ" {
			a.Statuses = claimStatuses(list, a.Statuses[0].EffectiveDate, a.Statuses[0].Charge)
		}
	}
	return out.PatientLevel(p)
}
