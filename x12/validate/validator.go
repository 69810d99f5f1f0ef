package validate

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// Options say what is checked and how.
type Options struct {
	Level    uint8 // highest SNIP type to run, 1 to 7; 0 = 5
	Packs    []Pack
	Lists    Lists                                          // external code lists; nil = the built-in snapshot
	Overlays []*Overlay                                     // additions of partners; they are level 7 and run at any Level
	Severity func(rule string, s x12.Severity) x12.Severity // changes the severity of a rule's findings, 0 = leave them out; may be nil
	Workers  int                                            // 0 or 1: everything in the calling goroutine
	Limits   x12.Limits
}

// Validator checks streams of sets against their guides and rules. It is safe for concurrent use.
type Validator struct {
	opts   Options
	rules  map[string]*Rule
	order  []*Rule
	tables []*guide.Table
	others []func(*x12.Segment, func(*x12.Issue))

	mu       sync.Mutex // of programs
	programs map[programKey]*program
}

// programKey is a guide with the overlays of a set.
type programKey struct {
	table *guide.Table
	mask  uint64
}

// New makes a Validator. Errors are faults of the packs or overlays.
func New(o Options) (*Validator, error) {
	if o.Level == 0 {
		o.Level = 5
	}
	v := &Validator{opts: o, rules: map[string]*Rule{}, programs: map[programKey]*program{}}
	for _, p := range packs(o) {
		list, err := ParseRules(p.Name, p.Text)
		if err != nil {
			return nil, err
		}
		for _, r := range list {
			if other := v.rules[r.ID]; other != nil {
				return nil, &SyntaxError{r.File, r.Line, "rule " + r.ID + " stands in " + other.File + " too"}
			}
			v.rules[r.ID] = r
			v.order = append(v.order, r)
		}
		v.tables = append(v.tables, p.Tables...)
		if p.Outside != nil {
			v.others = append(v.others, p.Outside)
		}
	}
	if len(o.Overlays) > maxOverlays {
		return nil, fmt.Errorf("validate: %d overlays, at most %d", len(o.Overlays), maxOverlays)
	}
	for _, over := range o.Overlays {
		if err := over.fits(v.tables); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// packs are the built-in packs and those of the options.
func packs(o Options) []Pack { return append([]Pack{Core(), Codes()}, o.Packs...) }

// Rules returns all rules, in the order of the packs.
func (v *Validator) Rules() []*Rule { return v.order }

// Rule returns a rule by its id, nil when there is none.
func (v *Validator) Rule(id string) *Rule { return v.rules[id] }

// Tables returns the guides.
func (v *Validator) Tables() []*guide.Table { return v.tables }

// Compile makes ready what is run for all guides and returns the faults found: rules whose places a guide does not have. What is
// not compiled before is compiled when the first set of its guide comes.
func (v *Validator) Compile() error {
	var errs []error
	for _, t := range v.tables {
		_, err := v.compile(t)
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// tune returns the severity of a finding: that of the rule unless an overlay of the set or the caller says otherwise.
func (v *Validator) tune(mask uint64, rule string, s x12.Severity) x12.Severity {
	for i, o := range v.opts.Overlays {
		if own, ok := o.severities[rule]; ok && mask>>i&1 != 0 {
			s = own
		}
	}
	if s == 0 {
		return 0
	}
	if v.opts.Severity == nil {
		return s
	}
	return v.opts.Severity(rule, s)
}

// program returns what is run for a guide with some overlays.
func (v *Validator) program(t *guide.Table, mask uint64) *program {
	v.mu.Lock()
	defer v.mu.Unlock()
	key := programKey{t, mask}
	p := v.programs[key]
	if p == nil {
		p, _ = v.compile(t)
		p.mask = mask
		for i, o := range v.opts.Overlays {
			if mask>>i&1 != 0 && o.isFor(t) {
				o.addTo(p)
			}
		}
		v.programs[key] = p
	}
	return p
}

// lastSet remembers the overlays of a group.
type lastSet struct {
	interchange *x12.Interchange
	group       *x12.Group
	overlays    uint64
}

// overlays returns the overlays that are for an envelope, bit by bit.
func (v *Validator) overlays(last *lastSet, env *codec.Env) uint64 {
	if last.interchange == env.Interchange && last.group == env.Group {
		return last.overlays
	}
	*last = lastSet{interchange: env.Interchange, group: env.Group}
	for i, o := range v.opts.Overlays {
		if o.takes(env) {
			last.overlays |= 1 << i
		}
	}
	return last.overlays
}

// isFor reports whether a rule is for a guide.
func (r *Rule) isFor(t *guide.Table) bool {
	return len(r.Of) == 0 || slices.ContainsFunc(r.Of, func(of string) bool { return of == t.Set || len(of) > 3 && strings.HasPrefix(t.ID, of) })
}

// compile binds the rules to a guide.
func (v *Validator) compile(t *guide.Table) (*program, error) {
	p := &program{table: t, slots: make([]slotInfo, len(t.Slots)), loops: loopSpans(t), rules: make([][]*bound, len(t.Loops))}
	for i := range t.Slots {
		s := &t.Slots[i]
		info := slotInfo{loop: s.Loop, in: s.Loop, trigger: s.Trigger}
		if s.Trigger {
			info.in, info.stream = t.Loops[s.Loop].Parent, t.Loops[s.Loop].Stream
		}
		p.slots[i] = info
	}
	if v.opts.Level >= 5 {
		p.codes = v.codeChecks(t, p.slots)
	}
	var errs []error
	for _, pack := range packs(v.opts) {
		for _, r := range v.order {
			if r.File == pack.Name && r.isFor(t) && r.Level <= v.opts.Level && r.By == "" {
				errs = append(errs, v.add(p, r, pack.Checks[r.ID], pack.Folds[r.ID]))
			}
		}
	}
	return p, errors.Join(errs...)
}

// add binds one rule for each place its loop has in the guide.
func (v *Validator) add(p *program, r *Rule, check Check, fold Fold) error {
	t := p.table
	fail := func(text string) error { return &SyntaxError{r.File, r.Line, "rule " + r.ID + ": " + text} }
	if r.Check != (check != nil || fold != nil) {
		return fail("the Go function and the word check belong together")
	}
	var errs []error
	found := false
	for i := range t.Loops {
		if i == 0 != (r.At == "/") || i > 0 && !atLoop(r.At, t.Loops[i].ID) {
			continue
		}
		found = true
		b := &Binder{Table: t, Loop: guide.LoopID(i), Codes: v.opts.Lists}
		var run *bound
		switch {
		case fold != nil:
			p.folds = append(p.folds, foldRule{r, fold(b)})
		case check != nil:
			run = &bound{rule: r, check: check(b)}
		default:
			run = b.bind(r)
		}
		for _, err := range b.errs {
			errs = append(errs, fail(err.Error()))
		}
		if run != nil && len(b.errs) == 0 {
			p.rules[i] = append(p.rules[i], run)
		}
	}
	if !found && len(r.Of) > 0 {
		errs = append(errs, fail(fmt.Sprintf("guide %s has no loop %s", t.ID, r.At)))
	}
	return errors.Join(errs...)
}

// Run checks a stream. Watch gets each step with its findings, sink each finding behind that; both may be nil. The error is that of
// reading; findings are none.
func (v *Validator) Run(r io.Reader, watch func(*codec.Step), sink x12.Sink) error {
	_, err := codec.Process(v.Job(r, watch, sink))
	return err
}

// Job returns what [codec.Process] needs to check a stream, for callers that change it.
func (v *Validator) Job(r io.Reader, watch func(*codec.Step), sink x12.Sink) codec.Job {
	if watch == nil {
		watch = func(*codec.Step) {}
	}
	var last lastSet
	j := codec.Job{
		Source: r, Tables: v.tables, Format: &format{v: v, kept: keeper{reuse: v.opts.Workers <= 1}}, Workers: v.opts.Workers, Limits: v.opts.Limits,
		Write: func(int, []byte) error { return nil },
		Watch: func(s *codec.Step) {
			mask := uint64(0)
			if len(v.opts.Overlays) > 0 && len(s.Issues) > 0 {
				env := &s.Env
				if s.Tape != nil {
					env = &s.Tape.Env
				}
				mask = v.overlays(&last, env)
			}
			s.Issues = slices.DeleteFunc(s.Issues, func(i *x12.Issue) bool { return !v.takes(mask, i) })
			watch(s)
		},
		Sink: sink,
	}
	return j
}

// takes reports whether a finding is wanted, and gives it its severity.
func (v *Validator) takes(mask uint64, i *x12.Issue) bool {
	if i.Level > v.opts.Level && i.Level < 7 {
		return false
	}
	i.Severity = v.tune(mask, i.Rule, i.Severity)
	return i.Severity != 0
}

// format runs a Validator over a stream. It has no output of its own.
type format struct {
	v      *Validator
	closer *tester
	report func(*x12.Issue)
	kept   keeper
}

func (f *format) Outputs() int { return 0 }

func (f *format) Begin(t *codec.Tape, _ [][]byte) any { return f.kept.context(nil, t) }

func (f *format) Enter(ctx any, t *codec.Tape, _ [][]byte) any {
	c, _ := ctx.(*context)
	return f.kept.context(around(c, codec.Enter, t), t)
}

func (f *format) Worker() codec.Worker { return &tester{v: f.v} }
func (f *format) NewTotal() any        { return &totals{} }

func (f *format) Join(t, u any) {
	into, from := t.(*totals), u.(*totals)
	if into.list == nil {
		into.list = from.list
		return
	}
	for i := range from.list {
		into.list[i].Join(from.list[i])
	}
}

func (f *format) Trailer(any, *codec.Tape) {}

// Close runs what was gathered over the set.
func (f *format) Close(ctx any, t *codec.Tape, total any, report func(*x12.Issue)) {
	if f.closer == nil {
		f.closer = &tester{v: f.v}
	}
	w := f.closer
	w.sink = report
	up, _ := ctx.(*context)
	w.load(up, t)
	if len(w.prog.folds) == 0 {
		return
	}
	w.index()
	sum := total.(*totals)
	sum.start(w.prog)
	s := &w.scope
	s.t, s.loop, s.from, s.to = w, 0, 0, len(t.Segs)
	for i, fold := range w.prog.folds {
		s.rule = fold.rule
		sum.list[i].Close(s)
	}
}

func (f *format) End(any, *codec.Tape, any, [][]byte) {}

// Finds takes where the findings of Other go.
func (f *format) Finds(report func(*x12.Issue)) { f.report = report }

// Other checks what stands outside sets that have a guide.
func (f *format) Other(env codec.Env, s *x12.Segment, _ [][]byte) {
	for _, check := range f.v.others {
		check(s, func(i *x12.Issue) {
			env.Place(i)
			f.report(i)
		})
	}
}
func (f *format) Finish([][]byte) {}
