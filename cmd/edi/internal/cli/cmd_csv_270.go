package cli

import (
	"github.com/x12-go/edi/edi270"
	"github.com/x12-go/edi/edi270/ts270"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

func csvSet270() *csvSet {
	options := func(f *csvFlags) edi270.CSVOptions {
		o := &f.layout
		return edi270.CSVOptions{CRLF: o.CRLF, Describe: o.Describe, Guard: o.Guard, Codes: o.Codes}
	}
	return &csvSet{
		id: "270", tables: edi270.CSVTables(), usual: "inquiries", guides: []*guide.Table{ts270.X279A1},
		open: func(tables []string, f *csvFlags) (csvWriter, error) {
			csv, err := edi270.NewCSV(tables, options(f))
			if err != nil {
				return nil, err
			}
			return &csv270{csv: csv, dec: ts270.NewDecoder(false)}, nil
		},
		columns: func(table string, f *csvFlags) ([]csvtable.Column, error) {
			return listed(edi270.CSVColumns(table, options(f)))
		},
	}
}

// csv270 writes tables of the 270.
type csv270 struct {
	csv *edi270.CSV
	dec *ts270.Decoder // of begin and enter
}

// above270 is what a person stands under.
type above270 struct{ set, source, receiver, subscriber *edi270.RowContext }

func (w *csv270) header(b []byte, table int) []byte { return w.csv.AppendHeader(b, table) }

func (w *csv270) begin(t *codec.Tape, file string) any {
	w.dec.Recycle()
	var set ts270.EligibilityInquiry
	w.dec.Header(t, &set)
	return above270{set: w.csv.Set(file, t.Env, int64(t.Set.Seq), &set)}
}

func (w *csv270) enter(ctx any, t *codec.Tape) any {
	w.dec.Recycle()
	x := ctx.(above270)
	switch t.Table.Loops[t.Scope.Loop].Type {
	case typeSourceLevel:
		var v ts270.SourceLevel
		w.dec.SourceLevel(t, &v)
		return above270{set: x.set, source: x.set.Source(&v)}
	case typeReceiverLevel:
		var v ts270.ReceiverLevel
		w.dec.ReceiverLevel(t, &v)
		return above270{set: x.set, source: x.source, receiver: x.source.Receiver(&v)}
	case typeSubscriberLevel:
		var v ts270.SubscriberLevel
		w.dec.SubscriberLevel(t, &v)
		x.subscriber = x.receiver.Subscriber(&v)
	}
	return x
}

func (w *csv270) worker() csvUnits {
	return &csvUnits270{dec: ts270.NewDecoder(false), w: w.csv.Worker()}
}

type csvUnits270 struct {
	dec *ts270.Decoder
	w   *edi270.CSVWorker
}

func (w *csvUnits270) unit(ctx any, t *codec.Tape, total any, out [][]byte) {
	w.dec.Recycle()
	x, sum := ctx.(above270), total.(*edi270.SetTotals)
	if t.Table.Loops[t.Scope.Loop].Type == typeDependentLevel {
		var v ts270.DependentLevel
		w.dec.DependentLevel(t, &v)
		w.w.Dependent(out, x.subscriber, t.Units, &v, sum)
		return
	}
	var v ts270.SubscriberLevel
	w.dec.SubscriberLevel(t, &v)
	w.w.Subscriber(out, x.receiver, t.Units, &v, sum)
}

func (w *csv270) newTotal() any { return new(edi270.SetTotals) }

func (w *csv270) join(t, u any) { t.(*edi270.SetTotals).Add(u.(*edi270.SetTotals)) }

func (w *csv270) trailer(any, *codec.Tape) {}

func (w *csv270) end(_ any, _ *codec.Tape, total any, _ [][]byte) *made {
	sum := total.(*edi270.SetTotals)
	return &made{units: sum.Inquiries}
}
