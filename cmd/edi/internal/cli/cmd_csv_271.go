package cli

import (
	"github.com/x12-go/edi/edi271"
	"github.com/x12-go/edi/edi271/ts271"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

func csvSet271() *csvSet {
	options := func(f *csvFlags) edi271.CSVOptions {
		o := &f.layout
		return edi271.CSVOptions{CRLF: o.CRLF, Describe: o.Describe, Guard: o.Guard, Codes: o.Codes}
	}
	return &csvSet{
		id: "271", tables: edi271.CSVTables(), usual: "benefits", guides: []*guide.Table{ts271.X279A1},
		open: func(tables []string, f *csvFlags) (csvWriter, error) {
			csv, err := edi271.NewCSV(tables, options(f))
			if err != nil {
				return nil, err
			}
			return &csv271{csv: csv, dec: ts271.NewDecoder(false), rows: csv.Worker()}, nil
		},
		columns: func(table string, f *csvFlags) ([]csvtable.Column, error) {
			return listed(edi271.CSVColumns(table, options(f)))
		},
	}
}

// csv271 writes tables of the 271.
type csv271 struct {
	csv  *edi271.CSV
	dec  *ts271.Decoder    // of begin and enter
	rows *edi271.CSVWorker // of the rejections of levels
}

// above271 is what a person stands under.
type above271 struct{ set, source, receiver, subscriber *edi271.RowContext }

func (w *csv271) header(b []byte, table int) []byte { return w.csv.AppendHeader(b, table) }

func (w *csv271) begin(t *codec.Tape, file string) any {
	w.dec.Recycle()
	var set ts271.EligibilityResponse
	w.dec.Header(t, &set)
	return above271{set: w.csv.Set(file, t.Env, int64(t.Set.Seq), &set)}
}

func (w *csv271) enter(ctx any, _ *codec.Tape) any { return ctx }

// enterRows writes what a payer says of a source or receiver that it refuses.
func (w *csv271) enterRows(ctx any, t *codec.Tape, out [][]byte) any {
	var sum edi271.SetTotals
	w.dec.Recycle()
	x := ctx.(above271)
	switch t.Table.Loops[t.Scope.Loop].Type {
	case typeSourceLevel:
		var v ts271.SourceLevel
		w.dec.SourceLevel(t, &v)
		w.rows.Source(out, x.set, &v, &sum)
		return above271{set: x.set, source: x.set.Source(&v)}
	case typeReceiverLevel:
		var v ts271.ReceiverLevel
		w.dec.ReceiverLevel(t, &v)
		w.rows.Receiver(out, x.source, &v, &sum)
		return above271{set: x.set, source: x.source, receiver: x.source.Receiver(&v)}
	case typeSubscriberLevel:
		var v ts271.SubscriberLevel
		w.dec.SubscriberLevel(t, &v)
		x.subscriber = x.receiver.Subscriber(&v)
	}
	return x
}

func (w *csv271) worker() csvUnits {
	return &csvUnits271{dec: ts271.NewDecoder(false), w: w.csv.Worker()}
}

type csvUnits271 struct {
	dec *ts271.Decoder
	w   *edi271.CSVWorker
}

func (w *csvUnits271) unit(ctx any, t *codec.Tape, total any, out [][]byte) {
	w.dec.Recycle()
	x, sum := ctx.(above271), total.(*edi271.SetTotals)
	if t.Table.Loops[t.Scope.Loop].Type == typeDependentLevel {
		var v ts271.DependentLevel
		w.dec.DependentLevel(t, &v)
		w.w.Dependent(out, x.subscriber, t.Units, &v, sum)
		return
	}
	var v ts271.SubscriberLevel
	w.dec.SubscriberLevel(t, &v)
	w.w.Subscriber(out, x.receiver, t.Units, &v, sum)
}

func (w *csv271) newTotal() any { return new(edi271.SetTotals) }

func (w *csv271) join(t, u any) { t.(*edi271.SetTotals).Add(u.(*edi271.SetTotals)) }

func (w *csv271) trailer(any, *codec.Tape) {}

func (w *csv271) end(_ any, _ *codec.Tape, total any, _ [][]byte) *made {
	sum := total.(*edi271.SetTotals)
	return &made{units: sum.Subscribers + sum.Dependents}
}
