package codec

import (
	"io"
	"slices"
	"sync"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
)

// Format makes output of a stream of sets. It may have several outputs, written side by side; out has one buffer for each,
// to append to. Begin, Enter, Trailer, Other and Finish are called in stream order from one goroutine, Join and End in
// stream order from another, which may be some batches behind: what they share belongs to the ctx of the set. NewTotal
// and the methods of the workers run side by side with all of them.
type Format interface {
	// Outputs returns the number of outputs.
	Outputs() int
	// Begin makes the context of a set of its header. The tape is valid during the call only.
	Begin(t *Tape, out [][]byte) (ctx any)
	// Enter makes the context of the units below a loop that has opened. It is called for a unit too that other units stand
	// in, before Unit is, which gets that context.
	Enter(ctx any, t *Tape, out [][]byte) any
	// Worker returns what handles units. ctx, t and out are as above; what it keeps for End it adds to total.
	Worker() Worker
	// NewTotal returns an empty total, Join adds u to t.
	NewTotal() any
	Join(t, u any)
	// Trailer takes a part of the trailer that has units behind it. ctx is that of Begin.
	Trailer(ctx any, t *Tape)
	// End closes a set. ctx is that of Begin.
	End(ctx any, t *Tape, total any, out [][]byte)
	// Other takes a segment of a set without a guide, or one that stands outside sets and is not of the envelope.
	Other(env Env, s *x12.Segment, out [][]byte)
	// Finish comes last.
	Finish(out [][]byte)
}

// Worker handles units.
type Worker interface {
	Unit(ctx any, t *Tape, total any, out [][]byte)
}

// Job is what [Process] is given.
type Job struct {
	Source  io.Reader
	Tables  []*guide.Table
	Format  Format
	Write   func(output int, b []byte) error   // in order, from one goroutine; b is valid during the call
	SetEnd  func() error                       // after the output of each set was written; may be nil
	Sink    x12.Sink                           // findings in stream order, from the goroutine of Write
	Check   bool                               // run the element checks
	Start   func(r *x12.Reader, sink x12.Sink) // before reading; may be nil; r and sink may be used from Source's Read, and from the methods of Format that come in stream order
	Workers int                                // 0 or 1: everything in the calling goroutine
	Limits  x12.Limits
	Watch   func(*Step) // takes each step with its findings, in stream order from the goroutine of Write; may be nil
}

// Step is one step of a stream with all that was found in it, as [Job.Watch] takes it. It is valid during the call.
//
// A finding comes with the step at which it showed: what a unit lacks shows at its end, a wrong total at the end of the set.
// Watch may change the list: what it leaves there goes to [Job.Sink].
type Step struct {
	Kind   Kind // as in [Event], or 0 for what was found behind the last step, with the place the stream came to as Env
	Ctx    any  // of the format, as its worker gets it; for the steps of a set that Begin made for End
	Tape   *Tape
	Issues []*x12.Issue

	// Of Other and Control.
	Env  Env
	Elem []string // the segment's identifier and its elements
}

// Tester is a [Worker] that also looks at what is not a unit. Test is called for each step with a tape, before Unit is; what it finds
// goes to the function that Report was given.
type Tester interface {
	Worker
	Report(func(*x12.Issue))
	Test(ctx any, kind Kind, t *Tape)
}

// Finder is a [Format] that has findings of its own: they go to what Finds is given, from the methods that come in the order of
// the stream.
type Finder interface {
	Format
	Finds(report func(*x12.Issue))
}

// Closer is a [Format] that has findings at the end of a set: Close is called in front of End, with the same arguments.
type Closer interface {
	Format
	Close(ctx any, t *Tape, total any, report func(*x12.Issue))
}

// Process runs a stream through a format. The output and the findings are the same for any number of workers.
// With more than one, the calling goroutine writes, one reads and places segments, and the workers decode and format; what is
// under way is bounded.
func Process(j Job) (x12.Stats, error) {
	p := &process{Job: j}
	list := []x12.Option{x12.WithLimits(j.Limits), x12.WithSink(p.note)}
	p.stream = NewStream(x12.NewReader(j.Source, list...), p.note, j.Tables...)
	p.stream.Controls = j.Watch != nil
	if f, ok := j.Format.(Finder); ok {
		f.Finds(func(i *x12.Issue) { p.note(i) })
	}
	if j.Start != nil {
		j.Start(p.stream.r, p.note)
	}
	var err error
	if j.Workers <= 1 {
		err = p.inline()
	} else {
		err = p.parallel()
	}
	return p.stream.r.Stats(), err
}

// process is one run.
type process struct {
	Job
	stream  *Stream
	pending []*x12.Issue // found while reading, not yet with a batch
	now     Step         // what Watch is given
}

func (p *process) note(i *x12.Issue) bool {
	p.pending = append(p.pending, i)
	return true
}

// place returns what the reader stands in.
func (p *process) place() Env {
	return Env{Interchange: p.stream.r.Interchange(), Group: p.stream.r.Group()}
}

// take returns the findings so far.
func (p *process) take() []*x12.Issue {
	l := p.pending
	p.pending = nil
	return l
}

// step hands a step on, and its findings in stream order; it returns false when the sink has had enough.
func (p *process) step(st Step) bool {
	s := &p.now
	*s = st
	inOrder(s.Issues)
	if p.Watch != nil {
		p.Watch(s)
	}
	for _, i := range s.Issues {
		if p.Sink != nil && !p.Sink(i) {
			return false
		}
	}
	return true
}

// inOrder sorts findings by the place in the stream.
func inOrder(list []*x12.Issue) {
	if len(list) > 1 {
		slices.SortStableFunc(list, func(a, b *x12.Issue) int {
			switch {
			case a.Offset < b.Offset:
				return -1
			case a.Offset > b.Offset:
				return 1
			}
			return 0
		})
	}
}

// found is a finding of a batch, with the item at which it was made. One about something long passed comes with what
// showed it, whether that is in the same batch or not.
type found struct {
	item int
	*x12.Issue
}

// emitBatch hands on the findings of a batch, item by item as inline does.
func (p *process) emitBatch(b *batch) bool {
	list := b.issues
	slices.SortStableFunc(list, func(a, b found) int { return a.item - b.item })
	var step []*x12.Issue
	for at := range b.items {
		n := 0
		for n < len(list) && list[n].item == at {
			n++
		}
		if n == 0 && p.Watch == nil {
			continue
		}
		step = step[:0]
		for _, f := range list[:n] {
			step = append(step, f.Issue)
		}
		list = list[n:]
		it := &b.items[at]
		st := Step{Kind: it.kind, Ctx: it.ctx, Issues: step, Env: it.env, Elem: it.elem}
		if it.kind > 0 && it.kind < Other {
			st.Tape = &it.tape
		}
		if !p.step(st) {
			return false
		}
	}
	return true
}

// writeSize is how much output is collected before it is written.
const writeSize = 64 << 10

// inline runs without other goroutines.
func (p *process) inline() error {
	out := make([][]byte, p.Format.Outputs())
	w := p.Format.Worker()
	total := p.Format.NewTotal()
	add := func(i *x12.Issue) { p.pending = append(p.pending, i) }
	var check *Checker
	if p.Check {
		check = NewChecker(add)
	}
	test, _ := w.(Tester)
	if test != nil {
		test.Report(add)
	}
	closer, _ := p.Format.(Closer)
	var set, ctx any
	write := func(least int) error {
		for k, b := range out {
			if len(b) > least {
				if err := p.Write(k, b); err != nil {
					return err
				}
				out[k] = b[:0]
			}
		}
		return nil
	}
	for {
		ev, err := p.stream.Next()
		if err != nil {
			p.Format.Finish(out)
			if werr := write(0); werr != nil {
				return werr
			}
			if !p.step(Step{Issues: p.take(), Env: p.place()}) {
				return x12.ErrStopped
			}
			if err == io.EOF {
				return nil
			}
			return err
		}
		if check != nil && ev.Tape != nil {
			check.Tape(ev.Tape)
		}
		switch ev.Kind {
		case Begin:
			set = p.Format.Begin(ev.Tape, out)
			ctx = set
		case Enter:
			ctx = p.Format.Enter(ctx, ev.Tape, out)
		case Unit:
			if ev.Nests {
				ctx = p.Format.Enter(ctx, ev.Tape, out)
			}
		case Trailer:
			p.Format.Trailer(set, ev.Tape)
		case Other:
			p.Format.Other(p.stream.Env(), ev.Seg, out)
		}
		at := ctx
		if ev.Kind == Trailer || ev.Kind == End {
			at = set
		}
		if test != nil && ev.Tape != nil {
			test.Test(at, ev.Kind, ev.Tape)
		}
		switch ev.Kind {
		case Unit:
			w.Unit(ctx, ev.Tape, total, out)
		case End:
			if closer != nil {
				closer.Close(set, ev.Tape, total, add)
			}
			p.Format.End(set, ev.Tape, total, out)
			total = p.Format.NewTotal()
		}
		if p.Watch != nil || len(p.pending) > 0 {
			st := Step{Kind: ev.Kind, Ctx: at, Tape: ev.Tape, Issues: p.take()}
			if ev.Seg != nil {
				st.Env, st.Elem = p.stream.Env(), elements(ev.Seg)
			}
			if !p.step(st) {
				return x12.ErrStopped
			}
		}
		least := writeSize
		if ev.Kind == End && p.SetEnd != nil {
			least = 0
		}
		if err := write(least); err != nil {
			return err
		}
		if ev.Kind == End && p.SetEnd != nil {
			if err := p.SetEnd(); err != nil {
				return err
			}
		}
	}
}

// batch is a piece of the stream on its way through the workers.
type batch struct {
	items  []item
	text   []byte
	toks   []uint32
	issues []found
	out    [][]byte
	totals []any   // between the ends of sets
	ends   [][]int // lengths of out at each end of a set
	err    error   // of the stream, behind the last item
	done   chan struct{}
}

// item is one step of a batch.
type item struct {
	kind  Kind
	ctx   any
	tape  Tape
	plain [][]byte
	env   Env // of Other and Control, as elem
	elem  []string
}

// elements copies a segment.
func elements(s *x12.Segment) []string {
	out := make([]string, s.Len()+1)
	out[0] = string(s.Name())
	for i := 1; i < len(out); i++ {
		out[i] = string(s.Elem(i))
	}
	return out
}

const (
	batchBytes = 96 << 10
	batchItems = 512
)

// parallel reads in one goroutine, formats in Workers others and writes in this one.
func (p *process) parallel() error {
	work := make(chan *batch, p.Workers)
	order := make(chan *batch, p.Workers+1)
	free := make(chan *batch, 2*p.Workers+2)
	quit := make(chan struct{})
	var wg sync.WaitGroup
	for range p.Workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			p.worker(work)
		}()
	}
	for range 2*p.Workers + 2 {
		free <- &batch{done: make(chan struct{}, 1), out: make([][]byte, p.Format.Outputs())}
	}
	wg.Add(1)
	go func() {
		defer wg.Done()
		defer close(order)
		defer close(work)
		p.feed(free, work, order, quit)
	}()
	err := p.collect(order, free)
	close(quit)
	for range order { // let the feeder finish
	}
	wg.Wait()
	return err
}

// feed fills batches.
func (p *process) feed(free, work, order chan *batch, quit chan struct{}) {
	var set, ctx any
	next := func() *batch {
		select {
		case b := <-free:
			b.items, b.text, b.toks, b.issues, b.err = b.items[:0], b.text[:0], b.toks[:0], nil, nil
			return b
		case <-quit:
			return nil
		}
	}
	b := next()
	for b != nil {
		ev, err := p.stream.Next()
		it := b.add(ev.Kind)
		for _, i := range p.take() {
			b.issues = append(b.issues, found{len(b.items) - 1, i})
		}
		if err != nil {
			b.err = err
			it.kind, it.plain, it.ctx, it.env = 0, make([][]byte, p.Format.Outputs()), nil, p.place()
			p.Format.Finish(it.plain)
		} else {
			if ev.Seg != nil && p.Watch != nil {
				it.env, it.elem = p.stream.Env(), elements(ev.Seg)
			}
			if ev.Kind == Begin || ev.Kind == Enter || ev.Kind == Other || ev.Nests {
				it.plain = make([][]byte, p.Format.Outputs())
				switch ev.Kind {
				case Begin:
					set = p.Format.Begin(ev.Tape, it.plain)
					ctx = set
				case Enter, Unit:
					ctx = p.Format.Enter(ctx, ev.Tape, it.plain)
				default:
					p.Format.Other(p.stream.Env(), ev.Seg, it.plain)
				}
			}
			it.ctx = ctx
			switch ev.Kind {
			case Trailer:
				p.Format.Trailer(set, ev.Tape)
				it.ctx = set
			case End:
				it.ctx = set
			}
			if ev.Tape != nil {
				b.copyTape(it, ev.Tape)
			}
		}
		if err == nil && len(b.text) < batchBytes && len(b.items) < batchItems {
			continue
		}
		order <- b
		work <- b
		if err != nil {
			return
		}
		b = next()
	}
}

// add appends an item, reusing the memory of an old one.
func (b *batch) add(kind Kind) *item {
	n := len(b.items)
	if n < cap(b.items) {
		b.items = b.items[:n+1]
	} else {
		b.items = append(b.items, item{})
	}
	it := &b.items[n]
	it.kind, it.plain, it.elem = kind, nil, nil
	return it
}

// copyTape makes the tape of an item its own. Growing text or toks leaves earlier tapes on the old arrays, which stay as
// they are.
func (b *batch) copyTape(it *item, t *Tape) { t.CopyTo(&it.tape, &b.text, &b.toks) }

// worker formats batches.
func (p *process) worker(work chan *batch) {
	w := p.Format.Worker()
	var b *batch
	var check *Checker
	at := 0
	add := func(i *x12.Issue) { b.issues = append(b.issues, found{at, i}) }
	if p.Check {
		check = NewChecker(add)
	}
	test, _ := w.(Tester)
	if test != nil {
		test.Report(add)
	}
	for b = range work {
		for k := range b.out {
			b.out[k] = b.out[k][:0]
		}
		b.totals = append(b.totals[:0], p.Format.NewTotal())
		b.ends = b.ends[:0]
		for i := range b.items {
			it := &b.items[i]
			at = i
			taped := it.kind > 0 && it.kind < Other
			if check != nil && taped {
				check.Tape(&it.tape)
			}
			if test != nil && taped {
				test.Test(it.ctx, it.kind, &it.tape)
			}
			for k := range it.plain {
				b.out[k] = append(b.out[k], it.plain[k]...)
			}
			switch it.kind {
			case Unit:
				w.Unit(it.ctx, &it.tape, b.totals[len(b.totals)-1], b.out)
			case End:
				at := make([]int, len(b.out))
				for k := range b.out {
					at[k] = len(b.out[k])
				}
				b.ends = append(b.ends, at)
				b.totals = append(b.totals, p.Format.NewTotal())
			}
		}
		b.done <- struct{}{}
	}
}

// collect writes batches in order.
func (p *process) collect(order, free chan *batch) error {
	total := p.Format.NewTotal()
	tail := make([][]byte, p.Format.Outputs())
	for b := range order {
		<-b.done
		if err := p.writeBatch(b, &total, tail); err != nil {
			return err
		}
		if !p.emitBatch(b) {
			return x12.ErrStopped
		}
		if b.err == io.EOF {
			return nil
		}
		if b.err != nil {
			return b.err
		}
		free <- b
	}
	return nil
}

// writeBatch writes the output of one batch, closing the sets that end in it.
func (p *process) writeBatch(b *batch, total *any, tail [][]byte) error {
	from := make([]int, len(b.out))
	write := func(k int, text []byte) error {
		if len(text) == 0 {
			return nil
		}
		return p.Write(k, text)
	}
	n := 0
	for i := range b.items {
		it := &b.items[i]
		if it.kind != End {
			continue
		}
		p.Format.Join(*total, b.totals[n])
		for k := range tail {
			tail[k] = tail[k][:0]
		}
		if closer, ok := p.Format.(Closer); ok {
			closer.Close(it.ctx, &it.tape, *total, func(f *x12.Issue) { b.issues = append(b.issues, found{i, f}) })
		}
		p.Format.End(it.ctx, &it.tape, *total, tail)
		for k := range b.out {
			if err := write(k, b.out[k][from[k]:b.ends[n][k]]); err != nil {
				return err
			}
			from[k] = b.ends[n][k]
			if err := write(k, tail[k]); err != nil {
				return err
			}
		}
		n++
		*total = p.Format.NewTotal()
		if p.SetEnd != nil {
			if err := p.SetEnd(); err != nil {
				return err
			}
		}
	}
	p.Format.Join(*total, b.totals[n])
	for k := range b.out {
		if err := write(k, b.out[k][from[k]:]); err != nil {
			return err
		}
	}
	return nil
}

// Place enters the names of interchange, group and set into a finding.
func (e *Env) Place(i *x12.Issue) {
	if e.Interchange != nil {
		i.Interchange = e.Interchange.Control()
	}
	if e.Group != nil {
		i.Group = e.Group.Control()
	}
	if e.Set != nil {
		i.Set = e.Set.Control
	}
}
