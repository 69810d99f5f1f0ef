package cli

import (
	"github.com/x12-go/edi/edi835"
	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

func csvSet835() *csvSet {
	return &csvSet{
		id: "835", tables: edi835.CSVTables(), usual: "flat", guides: []*guide.Table{ts835.X221A1},
		open: func(tables []string, f *csvFlags) (csvWriter, error) {
			csv, err := edi835.NewCSV(tables, f.layout)
			if err != nil {
				return nil, err
			}
			return &csv835{csv: csv, front: ts835.NewDecoder(true), back: ts835.NewDecoder(true), last: csv.Worker()}, nil
		},
		columns: func(table string, f *csvFlags) ([]csvtable.Column, error) {
			return listed(edi835.CSVColumns(table, f.layout))
		},
	}
}

// listed turns columns of a package into those of all.
func listed[C ~struct{ Name, Meaning, Element string }](cols []C, err error) (list []csvtable.Column, _ error) {
	for _, c := range cols {
		list = append(list, csvtable.Column(c))
	}
	return list, err
}

// csv835 writes tables of the 835.
type csv835 struct {
	csv *edi835.CSV
	// Decoders of what stands around claims: front for begin, enter and trailer, back for end, which may run beside them.
	front, back *ts835.Decoder
	last        *edi835.CSVWorker // of end
}

// csvRemit is the context of a set, csvRemitGroup that of its claims.
type csvRemit struct {
	set *ts835.RemittanceAdvice
	row *edi835.RowContext
}

type csvRemitGroup struct {
	*csvRemit
	row *edi835.RowContext
}

func (w *csv835) header(b []byte, table int) []byte { return w.csv.AppendHeader(b, table) }

func (w *csv835) begin(t *codec.Tape, file string) any {
	set := new(ts835.RemittanceAdvice)
	w.front.Header(t, set)
	return &csvRemit{set, w.csv.Set(file, t.Env, int64(t.Set.Seq), set)}
}

func (w *csv835) enter(ctx any, t *codec.Tape) any {
	var x *csvRemit
	switch c := ctx.(type) {
	case *csvRemit:
		x = c
	case *csvRemitGroup:
		x = c.csvRemit
	}
	group := new(ts835.HeaderGroup)
	w.front.HeaderGroup(t, group)
	return &csvRemitGroup{x, x.row.Group(group)}
}

func (w *csv835) worker() csvUnits {
	return &csvUnits835{dec: ts835.NewDecoder(false), w: w.csv.Worker()}
}

type csvUnits835 struct {
	dec   *ts835.Decoder
	w     *edi835.CSVWorker
	claim ts835.ClaimPayment
}

func (w *csvUnits835) unit(ctx any, t *codec.Tape, total any, out [][]byte) {
	w.dec.Recycle()
	w.claim = ts835.ClaimPayment{}
	w.dec.ClaimPayment(t, &w.claim)
	w.w.Claim(out, ctx.(*csvRemitGroup).row, t.Units, &w.claim, total.(*edi835.SetTotals))
}

func (w *csv835) newTotal() any { return new(edi835.SetTotals) }

func (w *csv835) join(t, u any) { t.(*edi835.SetTotals).Add(u.(*edi835.SetTotals)) }

func (w *csv835) trailer(ctx any, t *codec.Tape) { w.front.Trailer(t, ctx.(*csvRemit).set) }

func (w *csv835) end(ctx any, t *codec.Tape, total any, out [][]byte) *made {
	x := ctx.(*csvRemit)
	w.back.Trailer(t, x.set)
	sum := total.(*edi835.SetTotals)
	w.last.Trailer(out, x.row, sum, x.set)
	m := &made{units: sum.Claims, charge: sum.Charge, paid: sum.Paid}
	m.payment.Add(x.set.Payment.Amount)
	return m
}
