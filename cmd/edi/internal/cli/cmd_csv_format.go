package cli

import (
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// csvSet is a kind of transaction set that has tables.
type csvSet struct {
	id      string
	tables  []string
	usual   string // the table that is written when none is named
	guides  []*guide.Table
	open    func(tables []string, f *csvFlags) (csvWriter, error)
	columns func(table string, f *csvFlags) ([]csvtable.Column, error)
}

// csvSets returns the sets in the order of preference.
func csvSets() []*csvSet {
	return []*csvSet{csvSet835(), csvSet837(), csvSet834(), csvSet271(), csvSet270(), csvSet999(), csvSet997(), csvSet277CA()}
}

// csvWriter writes tables of one kind of set. out has a buffer for each of its tables. Its methods are called as those of
// a [codec.Format].
type csvWriter interface {
	header(b []byte, table int) []byte
	begin(t *codec.Tape, file string) (ctx any)
	enter(ctx any, t *codec.Tape) any
	worker() csvUnits
	newTotal() any
	join(t, u any)
	trailer(ctx any, t *codec.Tape)
	// end closes the set that begin made ctx for, and says what was made of it.
	end(ctx any, t *codec.Tape, total any, out [][]byte) *made
}

// csvLevels is a csvWriter whose levels have rows of their own.
type csvLevels interface {
	enterRows(ctx any, t *codec.Tape, out [][]byte) any
}

// csvUnits handles units in one goroutine.
type csvUnits interface {
	unit(ctx any, t *codec.Tape, total any, out [][]byte)
}

// ruleOtherSet is of a set that has no place in the table being written.
const ruleOtherSet = "csv/other-set"

// csvFormat is the [codec.Format] of the tables.
type csvFormat struct {
	c    *call
	sink x12.Sink
	list []*csvOpen
	told bool     // the set to write was named, so others are no surprise
	all  bool     // all are written, to outputs of their own
	main *csvOpen // the set whose tables have the plain names, or that is written alone; nil until known
}

// csvOpen is a set with the writer of its tables.
type csvOpen struct {
	*csvSet
	names []string // of the tables
	w     csvWriter
	no    int // ordinal in the list
	first int // output of its first table
	begun bool
}

func (f *csvFormat) add(s *csvSet, tables []string, w csvWriter) {
	o := &csvOpen{csvSet: s, names: tables, w: w, no: len(f.list)}
	f.list = append(f.list, o)
	if len(f.list) == 1 && f.told {
		f.main = o
	}
}

// together makes the format write all sets, each table to an output of its own.
func (f *csvFormat) together() {
	f.all = true
	n := 0
	for _, o := range f.list {
		o.first = n
		n += len(o.names)
	}
	if len(f.list) == 1 {
		f.main = f.list[0]
	}
}

// fileName returns the name of the file of an output.
func (f *csvFormat) fileName(output int) string {
	for _, o := range f.list {
		if k := output - o.first; k >= 0 && k < len(o.names) {
			if o == f.main {
				return o.names[k] + ".csv"
			}
			return o.id + "-" + o.names[k] + ".csv"
		}
	}
	return ""
}

// run writes the tables of the input.
func (f *csvFormat) run(write func(output int, b []byte) error) error {
	var tables []*guide.Table
	for _, s := range csvSets() { // also those that are left out, so that the finding can say so
		tables = append(tables, s.guides...)
	}
	f.c.sums.made = &made{}
	return f.c.process(f, tables, write)
}

func (f *csvFormat) findings(sink x12.Sink) { f.sink = sink }

// of returns the set that reads a guide, nil for one that is not written.
func (f *csvFormat) of(t *guide.Table) *csvOpen {
	for _, o := range f.list {
		if o.id == t.Set {
			return o
		}
	}
	return nil
}

func (o *csvOpen) out(all [][]byte) [][]byte { return all[o.first : o.first+len(o.names)] }

// start writes the header rows.
func (o *csvOpen) start(out [][]byte) {
	if o.begun {
		return
	}
	o.begun = true
	for i, b := range o.out(out) {
		o.out(out)[i] = o.w.header(b, i)
	}
}

func (f *csvFormat) Outputs() int {
	n := 1
	for _, o := range f.list {
		n = max(n, o.first+len(o.names))
	}
	return n
}

// csvContext is the context of a set or of its units.
type csvContext struct {
	set *csvOpen // nil when it is left out
	ctx any
}

func (f *csvFormat) Begin(t *codec.Tape, out [][]byte) any {
	o := f.of(t.Table)
	if f.main == nil {
		f.main = o
	}
	if o == nil || o != f.main && !f.all {
		f.left(t)
		return &csvContext{}
	}
	o.start(out)
	name, _ := f.c.src.place(t.Set.Offset)
	return &csvContext{o, o.w.begin(t, name)}
}

// left reports a set that is not in the table.
func (f *csvFormat) left(t *codec.Tape) {
	i := &x12.Issue{
		Offset: t.Set.Offset, Segment: 1, SegID: "ST", Element: 1, Rule: ruleOtherSet, Level: 2, Severity: x12.Warning, Guide: t.Guide,
		Message: "the set has no rows in tables of another kind of set: --set " + t.Table.Set + " writes its own",
	}
	if f.told {
		i.Severity = x12.Info
	}
	t.Env.Place(i)
	f.sink(i)
}

func (f *csvFormat) Enter(ctx any, t *codec.Tape, out [][]byte) any {
	x := ctx.(*csvContext)
	if x.set == nil {
		return x
	}
	if w, ok := x.set.w.(csvLevels); ok {
		return &csvContext{x.set, w.enterRows(x.ctx, t, x.set.out(out))}
	}
	return &csvContext{x.set, x.set.w.enter(x.ctx, t)}
}

func (f *csvFormat) Worker() codec.Worker {
	return &csvWorker{units: make([]csvUnits, len(f.list))}
}

type csvWorker struct{ units []csvUnits } // by set, nil until one occurs

func (w *csvWorker) Unit(ctx any, t *codec.Tape, total any, out [][]byte) {
	x := ctx.(*csvContext)
	o := x.set
	if o == nil {
		return
	}
	if w.units[o.no] == nil {
		w.units[o.no] = o.w.worker()
	}
	w.units[o.no].unit(x.ctx, t, total.(*csvTotal).of(o), o.out(out))
}

// csvTotal is the total of the set it is used for.
type csvTotal struct {
	set *csvOpen
	sum any
}

func (t *csvTotal) of(o *csvOpen) any {
	if t.set == nil {
		t.set, t.sum = o, o.w.newTotal()
	}
	return t.sum
}

func (f *csvFormat) NewTotal() any { return new(csvTotal) }

func (f *csvFormat) Join(t, u any) {
	if u := u.(*csvTotal); u.set != nil {
		u.set.w.join(t.(*csvTotal).of(u.set), u.sum)
	}
}

func (f *csvFormat) Trailer(ctx any, t *codec.Tape) {
	if x := ctx.(*csvContext); x.set != nil {
		x.set.w.trailer(x.ctx, t)
	}
}

func (f *csvFormat) End(ctx any, t *codec.Tape, total any, out [][]byte) {
	if x := ctx.(*csvContext); x.set != nil {
		f.c.sums.made.add(x.set.w.end(x.ctx, t, total.(*csvTotal).of(x.set), x.set.out(out)))
		f.c.sums.made.sets++
	}
}

func (f *csvFormat) Other(codec.Env, *x12.Segment, [][]byte) {}

// Finish writes the header rows if no set has come.
func (f *csvFormat) Finish(out [][]byte) {
	if f.main == nil {
		f.main = f.list[0]
	}
	f.main.start(out)
}
