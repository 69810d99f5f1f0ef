package cli

import (
	"github.com/x12-go/edi/edi834"
	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

func csvSet834() *csvSet {
	options := func(f *csvFlags) edi834.CSVOptions {
		o := &f.layout
		return edi834.CSVOptions{CRLF: o.CRLF, Describe: o.Describe, Guard: o.Guard, Codes: o.Codes}
	}
	return &csvSet{
		id: "834", tables: edi834.CSVTables(), usual: "members", guides: []*guide.Table{ts834.X220A1},
		open: func(tables []string, f *csvFlags) (csvWriter, error) {
			csv, err := edi834.NewCSV(tables, options(f))
			if err != nil {
				return nil, err
			}
			return &csv834{csv: csv, dec: ts834.NewDecoder(false)}, nil
		},
		columns: func(table string, f *csvFlags) ([]csvtable.Column, error) {
			return listed(edi834.CSVColumns(table, options(f)))
		},
	}
}

// csv834 writes tables of the 834.
type csv834 struct {
	csv *edi834.CSV
	dec *ts834.Decoder // of begin
}

func (w *csv834) header(b []byte, table int) []byte { return w.csv.AppendHeader(b, table) }

func (w *csv834) begin(t *codec.Tape, file string) any {
	w.dec.Recycle()
	var set ts834.BenefitEnrollment
	w.dec.Header(t, &set)
	return w.csv.Set(file, t.Env, int64(t.Set.Seq), &set)
}

func (w *csv834) enter(ctx any, _ *codec.Tape) any { return ctx }

func (w *csv834) worker() csvUnits {
	return &csvUnits834{dec: ts834.NewDecoder(false), w: w.csv.Worker()}
}

type csvUnits834 struct {
	dec    *ts834.Decoder
	w      *edi834.CSVWorker
	member ts834.Member
}

func (w *csvUnits834) unit(ctx any, t *codec.Tape, total any, out [][]byte) {
	w.dec.Recycle()
	w.member = ts834.Member{}
	w.dec.Member(t, &w.member)
	w.w.Member(out, ctx.(*edi834.RowContext), t.Units, &w.member, total.(*edi834.SetTotals))
}

func (w *csv834) newTotal() any { return new(edi834.SetTotals) }

func (w *csv834) join(t, u any) { t.(*edi834.SetTotals).Add(u.(*edi834.SetTotals)) }

func (w *csv834) trailer(any, *codec.Tape) {}

func (w *csv834) end(_ any, _ *codec.Tape, total any, _ [][]byte) *made {
	return &made{units: total.(*edi834.SetTotals).Members}
}
