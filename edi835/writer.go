package edi835

import (
	"fmt"
	"io"
	"time"

	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
	"github.com/x12-go/edi/x12/codec"
)

// Rules of the writer.
const (
	RuleTransactionBalance = "835/transaction-balance" // BPR02 is not what the claims pay, less the provider adjustments
	RuleEnvelopeParties    = care.RuleEnvelopeParties  // an interchange to be written has no sender or no receiver
)

// Writer writes remittances with the interchanges and groups around them. Remittances whose [Envelope] is the same go into
// one interchange and group.
//
// A remittance is written whole by [Writer.Write], or step by step by Begin, Group, Claim and End. After an error
// in a remittance begun nothing more is written, and the output ends inside that remittance, so that no reader takes it
// for a whole one.
type Writer struct {
	x    *x12.Writer
	set  *ts835.Writer
	env  care.Envelopes
	opts writerOptions

	inSet   bool
	payment Payment
	totals  RemittanceTotals
	err     error
}

type writerOptions struct {
	delims     x12.Delimiters
	newline    bool
	now        time.Time
	bare       bool
	unbalanced bool
}

// WriterOption changes how a [Writer] works.
type WriterOption func(*writerOptions)

// WithDelimiters makes the writer use these delimiters. Without it, Write takes others than * ^ : ~ where the data
// holds one of these, and Begin takes these.
func WithDelimiters(d x12.Delimiters) WriterOption { return func(o *writerOptions) { o.delims = d } }

// WithNewline puts a LF behind each segment.
func WithNewline(on bool) WriterOption { return func(o *writerOptions) { o.newline = on } }

// WithTime sets the time of writing, for interchanges and groups without one of their own. The default is the time at
// which the Writer was made.
func WithTime(t time.Time) WriterOption { return func(o *writerOptions) { o.now = t } }

// WithoutEnvelope leaves out ISA, GS, GE and IEA.
func WithoutEnvelope() WriterOption { return func(o *writerOptions) { o.bare = true } }

// AllowUnbalanced makes the writer take a remittance whose BPR02 disagrees with its claims and provider adjustments.
func AllowUnbalanced() WriterOption { return func(o *writerOptions) { o.unbalanced = true } }

// NewWriter returns a Writer to w. Close must come last; it does not close w.
func NewWriter(w io.Writer, opts ...WriterOption) *Writer {
	wr := &Writer{opts: writerOptions{now: time.Now()}}
	for _, f := range opts {
		f(&wr.opts)
	}
	wr.x = x12.NewWriter(w, x12.WithNewline(wr.opts.newline))
	wr.set = ts835.NewWriter(wr.x)
	wr.env = care.Envelopes{W: wr.x, Now: wr.opts.now, Fixed: wr.opts.delims != (x12.Delimiters{}), Bare: wr.opts.bare}
	return wr
}

// Write writes a whole remittance. Where its balance fails, or an amount that X12 cannot carry, nothing is written and
// others may follow.
func (w *Writer) Write(r *Remittance) error {
	if w.err != nil {
		return w.err
	}
	totals := r.Totals()
	if err := w.balance(r.ControlNumber, &r.Payment, &totals); err != nil {
		return err
	}
	set, err := ToWire(r, nil)
	if err != nil {
		return err
	}
	d := w.opts.delims
	if d == (x12.Delimiters{}) {
		d = care.ChooseDelimiters(&r.Envelope, set)
	}
	if err := w.begin(r.Envelope, set, d); err != nil {
		return w.fail(err)
	}
	for i := range set.Groups {
		g := &set.Groups[i]
		if err := w.set.HeaderGroup(g); err != nil {
			return w.fail(err)
		}
		for k := range g.Claims {
			if err := w.set.ClaimPayment(&g.Claims[k]); err != nil {
				return w.fail(err)
			}
		}
	}
	w.inSet = false
	return w.fail(w.set.End(set))
}

// Begin starts a remittance: all but its groups and provider adjustments. Payment.Amount must be what the claims
// will pay, less the provider adjustments.
func (w *Writer) Begin(r *Remittance) error { return w.beginOn(r, nil, x12.DefaultDelimiters) }

func (w *Writer) beginOn(r *Remittance, base *ts835.RemittanceAdvice, d x12.Delimiters) error {
	if w.err != nil {
		return w.err
	}
	header := *r
	header.Groups, header.ProviderAdjustments = nil, nil
	set, err := ToWire(&header, base)
	if err != nil {
		return w.fail(err)
	}
	w.payment, w.totals = r.Payment, RemittanceTotals{}
	if w.opts.delims != (x12.Delimiters{}) {
		d = w.opts.delims
	}
	return w.fail(w.begin(r.Envelope, set, d))
}

// Group starts a claim group and writes the claims it holds.
func (w *Writer) Group(g *ClaimGroup) error {
	if err := w.groupOn(g, nil); err != nil {
		return err
	}
	for i := range g.Claims {
		if err := w.Claim(&g.Claims[i]); err != nil {
			return err
		}
	}
	return nil
}

func (w *Writer) groupOn(g *ClaimGroup, base *ts835.HeaderGroup) error {
	if err := w.ready(); err != nil {
		return err
	}
	header := *g
	header.Claims = nil
	loop, err := GroupToWire(&header, base)
	if err != nil {
		return w.fail(err)
	}
	return w.fail(w.set.HeaderGroup(loop))
}

// Claim writes a claim of the group started last.
func (w *Writer) Claim(c *Claim) error { return w.claimOn(c, nil) }

func (w *Writer) claimOn(c *Claim, base *ts835.ClaimPayment) error {
	if err := w.ready(); err != nil {
		return err
	}
	loop, err := ClaimToWire(c, base)
	if err != nil {
		return w.fail(err)
	}
	w.totals.AddClaim(c)
	return w.fail(w.set.ClaimPayment(loop))
}

// End writes the provider adjustments and ends the remittance. An [*x12.Issue] of [RuleTransactionBalance] says that the
// payment given to Begin is not what was written, unless [AllowUnbalanced].
func (w *Writer) End(adjustments ...ProviderAdjustment) error { return w.endOn(adjustments, nil) }

func (w *Writer) endOn(adjustments []ProviderAdjustment, base *ts835.RemittanceAdvice) error {
	if err := w.ready(); err != nil {
		return err
	}
	w.totals.AddProviderAdjustments(adjustments...)
	if err := w.balance("", &w.payment, &w.totals); err != nil {
		return w.fail(err)
	}
	set := new(ts835.RemittanceAdvice)
	if base != nil {
		set.ProviderAdjustments, set.TrailerExtras = base.ProviderAdjustments, base.TrailerExtras
	}
	m := &mapper{out: true}
	m.trailer(&Remittance{ProviderAdjustments: adjustments}, set)
	if m.err != nil {
		return w.fail(m.err)
	}
	w.inSet = false
	return w.fail(w.set.End(set))
}

// Step writes a step of a [Reader], changed or not, with all that the domain does not carry and, unless others were
// asked for, in the delimiters it came in. What belongs to no remittance is not written.
func (w *Writer) Step(ev *Event) error {
	switch ev.Kind {
	case codec.Begin:
		d := ev.Env.Interchange.Delims
		if w.opts.bare && ev.Env.Interchange.Seq > 0 { // without an ISA nothing tells them
			d = x12.DefaultDelimiters
		}
		return w.beginOn(ev.Remittance, ev.Set, d)
	case codec.Enter:
		return w.groupOn(ev.Group, ev.HeaderGroup)
	case codec.Unit:
		return w.claimOn(ev.Claim, ev.ClaimPayment)
	case codec.End:
		return w.endOn(ev.Remittance.ProviderAdjustments, ev.Set)
	}
	return w.err
}

// Close ends the group and the interchange that are open and writes what is left. After an error it writes what there
// is, without ending anything, and returns that error.
func (w *Writer) Close() error {
	if w.err == nil && w.inSet {
		w.err = fmt.Errorf("%w: Close inside a remittance", x12.ErrOrder)
	}
	if w.err != nil {
		_ = w.x.Flush()
		return w.err
	}
	return w.fail(w.x.Close())
}

// ready is the error of a call that needs a remittance begun.
func (w *Writer) ready() error {
	if w.err == nil && !w.inSet {
		return fmt.Errorf("%w: a part of a remittance before Begin", x12.ErrOrder)
	}
	return w.err
}

func (w *Writer) fail(err error) error {
	w.err = err
	return err
}

func (w *Writer) balance(control string, p *Payment, t *RemittanceTotals) error {
	if w.opts.unbalanced || t.Balance(p).OK() {
		return nil
	}
	return &x12.Issue{Offset: w.x.Offset(), Set: control, Rule: RuleTransactionBalance, SegID: "BPR", Element: 2, Level: 3, Severity: x12.Error,
		Message: "the payment is not the sum of the claim payments less the provider adjustments"}
}

// begin opens interchange and group as needed and starts a set.
func (w *Writer) begin(env Envelope, set *ts835.RemittanceAdvice, d x12.Delimiters) error {
	clash := func(d x12.Delimiters) bool { return care.Clash(d, set) }
	if err := w.env.Open(env, "HP", ts835.X221A1.ID, d, clash); err != nil {
		return err
	}
	head := *set
	head.ControlNumber = w.env.Sets.Next(set.ControlNumber, 4)
	if err := w.set.Begin(&head); err != nil {
		return err
	}
	w.inSet = true
	return nil
}
