package cli

import (
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12/ack"
	"github.com/x12-go/edi/x12/ack/ts277ca"
	"github.com/x12-go/edi/x12/ack/ts997"
	"github.com/x12-go/edi/x12/ack/ts999"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

func csvSet999() *csvSet { return csvSetAck(ts999.X231A1, ack.TableAcks, open999) }

func csvSet997() *csvSet { return csvSetAck(ts997.X230, ack.TableAcks, open997) }

func csvSet277CA() *csvSet { return csvSetAck(ts277ca.X214, ack.TableClaimAcks, open277CA) }

// csvSetAck returns a set that has one table of package ack.
func csvSetAck(g *guide.Table, table string, open func(*ack.CSV) csvWriter) *csvSet {
	options := func(f *csvFlags) ack.CSVOptions {
		o := &f.layout
		return ack.CSVOptions{CRLF: o.CRLF, Describe: o.Describe, Guard: o.Guard, Codes: o.Codes}
	}
	return &csvSet{
		id: g.Set, tables: []string{table}, usual: table, guides: []*guide.Table{g},
		open: func(tables []string, f *csvFlags) (csvWriter, error) {
			csv, err := ack.NewCSV(tables, options(f))
			if err != nil {
				return nil, err
			}
			return open(csv), nil
		},
		columns: func(table string, f *csvFlags) ([]csvtable.Column, error) {
			return listed(ack.CSVColumns(table, options(f)))
		},
	}
}

// csvFunctional writes the table of the 999, or of the 997: D is the decoder of its package, S a whole set, U what is said of one.
type csvFunctional[D, S, U any] struct {
	csv             *ack.CSV
	decoder         func(owned bool) *D
	recycle         func(*D)
	header, trailer func(*D, *codec.Tape, *S)
	set             func(*D, *codec.Tape, *U)
	functional      func(*S) *ack.FunctionalAck
	answered        func(*U) *ack.SetAck

	front, back *D             // of begin and trailer; of end, which may run beside these
	rows        *ack.CSVWorker // of groups
}

func open999(csv *ack.CSV) csvWriter {
	w := &csvFunctional[ts999.Decoder, ts999.ImplementationAcknowledgment, ts999.SetResponse]{
		csv: csv, decoder: ts999.NewDecoder, recycle: (*ts999.Decoder).Recycle, header: (*ts999.Decoder).Header,
		trailer: (*ts999.Decoder).Trailer, set: (*ts999.Decoder).SetResponse, functional: ack.FunctionalFrom999, answered: ack.SetFrom999,
	}
	return w.ready()
}

func open997(csv *ack.CSV) csvWriter {
	w := &csvFunctional[ts997.Decoder, ts997.FunctionalAcknowledgment, ts997.SetResponse]{
		csv: csv, decoder: ts997.NewDecoder, recycle: (*ts997.Decoder).Recycle, header: (*ts997.Decoder).Header,
		trailer: (*ts997.Decoder).Trailer, set: (*ts997.Decoder).SetResponse, functional: ack.FunctionalFrom997, answered: ack.SetFrom997,
	}
	return w.ready()
}

func (w *csvFunctional[D, S, U]) ready() csvWriter {
	w.front, w.back, w.rows = w.decoder(true), w.decoder(true), w.csv.Worker()
	return &csvFunctionalWriter[D, S, U]{w}
}

// csvFunctionalWriter is the csvWriter of these.
type csvFunctionalWriter[D, S, U any] struct{ *csvFunctional[D, S, U] }

// csvFunctionalSet is the context of a set.
type csvFunctionalSet[S any] struct {
	row *ack.RowContext
	set *S // its trailer
}

func (w *csvFunctionalWriter[D, S, U]) header(b []byte, table int) []byte {
	return w.csv.AppendHeader(b, table)
}

func (w *csvFunctionalWriter[D, S, U]) begin(t *codec.Tape, file string) any {
	x := &csvFunctionalSet[S]{set: new(S)}
	w.csvFunctional.header(w.front, t, x.set)
	x.row = w.csv.Functional(file, t.Env, int64(t.Set.Seq), w.functional(x.set))
	return x
}

func (w *csvFunctionalWriter[D, S, U]) enter(ctx any, _ *codec.Tape) any { return ctx }

func (w *csvFunctionalWriter[D, S, U]) worker() csvUnits {
	return &csvAnswered[D, S, U]{w: w.csvFunctional, dec: w.decoder(false), rows: w.csv.Worker()}
}

// csvAnswered writes what is said of sets.
type csvAnswered[D, S, U any] struct {
	w    *csvFunctional[D, S, U]
	dec  *D
	rows *ack.CSVWorker
}

func (u *csvAnswered[D, S, U]) unit(ctx any, t *codec.Tape, total any, out [][]byte) {
	*total.(*int64)++
	u.w.recycle(u.dec)
	v := new(U)
	u.w.set(u.dec, t, v)
	u.rows.Set(out, ctx.(*csvFunctionalSet[S]).row, t.Units, u.w.answered(v))
}

func (w *csvFunctionalWriter[D, S, U]) newTotal() any { return new(int64) }

func (w *csvFunctionalWriter[D, S, U]) join(t, u any) { *t.(*int64) += *u.(*int64) }

func (w *csvFunctionalWriter[D, S, U]) trailer(ctx any, t *codec.Tape) {
	w.csvFunctional.trailer(w.front, t, ctx.(*csvFunctionalSet[S]).set)
}

func (w *csvFunctionalWriter[D, S, U]) end(ctx any, t *codec.Tape, total any, out [][]byte) *made {
	x := ctx.(*csvFunctionalSet[S])
	w.csvFunctional.trailer(w.back, t, x.set)
	w.rows.Group(out, x.row, &w.functional(x.set).Result)
	return &made{units: *total.(*int64)}
}

// csv277CA writes the table of the 277 claim acknowledgment.
type csv277CA struct {
	csv  *ack.CSV
	dec  *ts277ca.Decoder // of begin and enter
	rows *ack.CSVWorker   // of levels
}

func open277CA(csv *ack.CSV) csvWriter {
	return &csv277CA{csv: csv, dec: ts277ca.NewDecoder(false), rows: csv.Worker()}
}

func (w *csv277CA) header(b []byte, table int) []byte { return w.csv.AppendHeader(b, table) }

func (w *csv277CA) begin(t *codec.Tape, file string) any {
	w.dec.Recycle()
	var v ts277ca.ClaimAcknowledgment
	w.dec.Header(t, &v)
	return w.csv.Report(file, t.Env, int64(t.Set.Seq), ack.ReportFromWire(&v))
}

func (w *csv277CA) enter(ctx any, _ *codec.Tape) any { return ctx }

// enterRows writes what is said of a batch, or of all claims of a provider.
func (w *csv277CA) enterRows(ctx any, t *codec.Tape, out [][]byte) any {
	w.dec.Recycle()
	x := ctx.(*ack.RowContext)
	switch t.Table.Loops[t.Scope.Loop].Type {
	case typeSourceLevel:
		var v ts277ca.SourceLevel
		w.dec.SourceLevel(t, &v)
		return x.Source(ack.SourceFromWire(&v))
	case typeReceiverLevel:
		var v ts277ca.ReceiverLevel
		w.dec.ReceiverLevel(t, &v)
		r := ack.ReceiverFromWire(&v)
		w.rows.Receiver(out, x, r)
		return x.Receiver(r)
	}
	var v ts277ca.ProviderLevel
	w.dec.ProviderLevel(t, &v)
	p := ack.ProviderFromWire(&v)
	w.rows.Provider(out, x, p)
	return x.Provider(p)
}

func (w *csv277CA) worker() csvUnits {
	return &csvUnits277CA{dec: ts277ca.NewDecoder(false), rows: w.csv.Worker()}
}

type csvUnits277CA struct {
	dec  *ts277ca.Decoder
	rows *ack.CSVWorker
}

func (w *csvUnits277CA) unit(ctx any, t *codec.Tape, total any, out [][]byte) {
	*total.(*int64)++
	w.dec.Recycle()
	var v ts277ca.PatientLevel
	w.dec.PatientLevel(t, &v)
	w.rows.Patient(out, ctx.(*ack.RowContext), t.Units, ack.PatientFromWire(&v))
}

func (w *csv277CA) newTotal() any { return new(int64) }

func (w *csv277CA) join(t, u any) { *t.(*int64) += *u.(*int64) }

func (w *csv277CA) trailer(any, *codec.Tape) {}

func (w *csv277CA) end(_ any, _ *codec.Tape, total any, _ [][]byte) *made {
	return &made{units: *total.(*int64)}
}
