package cli

import (
	"github.com/x12-go/edi/edi837"
	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12/codec"
)

func csvSet837() *csvSet {
	options := func(f *csvFlags) edi837.CSVOptions {
		o := &f.layout
		return edi837.CSVOptions{CRLF: o.CRLF, Describe: o.Describe, Guard: o.Guard, Codes: o.Codes}
	}
	return &csvSet{
		id: "837", tables: edi837.CSVTables(), usual: "claims", guides: tables837(),
		open: func(tables []string, f *csvFlags) (csvWriter, error) {
			csv, err := edi837.NewCSV(tables, options(f))
			if err != nil {
				return nil, err
			}
			return &csv837{csv: csv, dec: ts837.NewDecoder(false)}, nil
		},
		columns: func(table string, f *csvFlags) ([]csvtable.Column, error) {
			return listed(edi837.CSVColumns(table, options(f)))
		},
	}
}

// csv837 writes tables of the 837. The context of units is an [edi837.RowContext], which keeps nothing of what the
// decoder lends.
type csv837 struct {
	csv *edi837.CSV
	dec *ts837.Decoder // of begin and enter
}

func (w *csv837) header(b []byte, table int) []byte { return w.csv.AppendHeader(b, table) }

func (w *csv837) begin(t *codec.Tape, file string) any {
	w.dec.Recycle()
	var set ts837.HealthCareClaim
	w.dec.Header(t, &set)
	return w.csv.Set(file, t.Env, int64(t.Set.Seq), &set)
}

func (w *csv837) enter(ctx any, t *codec.Tape) any {
	w.dec.Recycle()
	x := ctx.(*edi837.RowContext)
	switch t.Table.Loops[t.Scope.Loop].Type {
	case typeBillingLevel:
		var v ts837.BillingLevel
		w.dec.BillingLevel(t, &v)
		return x.Billing(&v)
	case typeSubscriberLevel:
		var v ts837.SubscriberLevel
		w.dec.SubscriberLevel(t, &v)
		return x.Subscriber(&v)
	case typePatientLevel:
		var v ts837.PatientLevel
		w.dec.PatientLevel(t, &v)
		return x.Patient(&v)
	}
	return x
}

func (w *csv837) worker() csvUnits {
	return &csvUnits837{dec: ts837.NewDecoder(false), w: w.csv.Worker()}
}

type csvUnits837 struct {
	dec   *ts837.Decoder
	w     *edi837.CSVWorker
	claim ts837.Claim
}

func (w *csvUnits837) unit(ctx any, t *codec.Tape, total any, out [][]byte) {
	w.dec.Recycle()
	w.claim = ts837.Claim{}
	w.dec.Claim(t, &w.claim)
	w.w.Claim(out, ctx.(*edi837.RowContext), t.Units, &w.claim, total.(*edi837.SetTotals))
}

func (w *csv837) newTotal() any { return new(edi837.SetTotals) }

func (w *csv837) join(t, u any) { t.(*edi837.SetTotals).Add(u.(*edi837.SetTotals)) }

func (w *csv837) trailer(any, *codec.Tape) {}

func (w *csv837) end(_ any, _ *codec.Tape, total any, _ [][]byte) *made {
	sum := total.(*edi837.SetTotals)
	return &made{units: sum.Claims, charge: sum.Charge}
}
