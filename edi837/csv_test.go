package edi837

import (
	"bytes"
	"flag"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi837/synth"
	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/internal/csvtable/csvtest"
	"github.com/x12-go/edi/x12/codec"
)

var csvUpdate = flag.Bool("update-csv", false, "write the expected CSV files and the data dictionary")

// csvScan hands a worker's claims to one, the way a program reads: with the context of each.
func csvScan(r *ts837.Reader, c *CSV, file string, one func(x *RowContext, ev *ts837.Event), end func(ev *ts837.Event)) error {
	var x *RowContext
	var seq int64
	for {
		ev, err := r.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch ev.Kind {
		case codec.Begin:
			seq++
			x = c.Set(file, ev.Env, seq, ev.Set)
		case codec.Enter:
			x = x.Enter(ev)
		case codec.Unit:
			one(x, ev)
		case codec.End:
			if end != nil {
				end(ev)
			}
		}
	}
}

// csvConvert writes the named tables of src, with the totals of all sets.
func csvConvert(src []byte, file string, tables []string, o CSVOptions) ([][]byte, SetTotals, error) {
	var all, totals SetTotals
	c, err := NewCSV(tables, o)
	if err != nil {
		return nil, all, err
	}
	out := make([][]byte, len(tables))
	for i := range out {
		out[i] = c.AppendHeader(nil, i)
	}
	w := c.Worker()
	r := ts837.NewReader(bytes.NewReader(src), codec.WithReuse())
	err = csvScan(r, c, file, func(x *RowContext, ev *ts837.Event) {
		w.Claim(out, x, ev.Number, ev.Claim, &totals)
	}, func(*ts837.Event) {
		all.Add(&totals)
		totals.Reset()
	})
	return out, all, err
}

type csvRow = csvtest.Row

// csvParsed converts src and reads all tables back.
func csvParsed(t testing.TB, src string, o CSVOptions) map[string][]csvRow {
	t.Helper()
	out, _, err := csvConvert([]byte(src), "in.edi", CSVTables(), o)
	require.NoError(t, err)
	tables := map[string][]csvRow{}
	for i, name := range CSVTables() {
		tables[name] = csvtest.Parse(t, out[i])
	}
	return tables
}

func csvSynthetic(t testing.TB, o synth.Options) string {
	t.Helper()
	var b strings.Builder
	_, err := synth.Write(&b, o)
	require.NoError(t, err)
	return b.String()
}
