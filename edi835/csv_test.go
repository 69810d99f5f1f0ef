package edi835

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi835/synth"
	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/internal/csvtable/csvtest"
	"github.com/x12-go/edi/x12/codec"
)

var csvUpdate = flag.Bool("update-csv", false, "write the expected CSV files and the data dictionary")

// csvConvert writes the named tables of src the way a program does.
func csvConvert(src []byte, file string, tables []string, o CSVOptions) ([][]byte, error) {
	c, err := NewCSV(tables, o)
	if err != nil {
		return nil, err
	}
	out := make([][]byte, len(tables))
	for i := range out {
		out[i] = c.AppendHeader(nil, i)
	}
	w := c.Worker()
	r := ts835.NewReader(bytes.NewReader(src), codec.WithReuse())
	var set, group *RowContext
	var totals SetTotals
	var seq int64
	for {
		ev, err := r.Next()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		switch ev.Kind {
		case codec.Begin:
			seq++
			set = c.Set(file, ev.Env, seq, ev.Set)
			group = set
			totals.Reset()
		case codec.Enter:
			group = set.Group(ev.HeaderGroup)
		case codec.Unit:
			w.Claim(out, group, ev.Number, ev.ClaimPayment, &totals)
		case codec.End:
			w.Trailer(out, set, &totals, ev.Set)
		}
	}
}

type csvRow = csvtest.Row

// csvParsed converts src and reads all tables back.
func csvParsed(t testing.TB, src string, o CSVOptions) map[string][]csvRow {
	t.Helper()
	out, err := csvConvert([]byte(src), "in.edi", CSVTables(), o)
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

func TestCSVGolden(t *testing.T) {
	cases := []struct {
		file, name string
		o          CSVOptions
		tables     []string
	}{
		{"all-segments", "all-segments", CSVOptions{}, CSVTables()},
		{"remit-basic", "remit-basic", CSVOptions{}, CSVTables()},
		{"reversal-correction", "reversal-correction", CSVOptions{}, CSVTables()},
		{"provider-adjustments", "provider-adjustments", CSVOptions{}, CSVTables()},
		{"institutional-inpatient", "institutional-inpatient", CSVOptions{}, CSVTables()},
		{"pharmacy", "pharmacy", CSVOptions{}, CSVTables()},
		{"names-latin1", "names-latin1", CSVOptions{}, []string{"claims", "payments"}},
		{"claim-level-only", "claim-level-only", CSVOptions{}, []string{"claims", "services", "adjustments", "flat"}},
		{"cas-six-triplets", "cas-six-triplets", CSVOptions{Adjustments: 2}, []string{"adjustments", "flat"}},
		{"two-payers-three-sets", "two-payers-three-sets", CSVOptions{}, []string{"payments", "adjustments"}},
		{"remit-basic", "remit-basic-describe", CSVOptions{Describe: true, Adjustments: 1}, CSVTables()},
		{"remit-basic", "remit-basic-first", CSVOptions{RepeatFirst: true, Guard: true, CRLF: true}, []string{"flat"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			src, err := os.ReadFile("../testdata/835/valid/" + c.file + ".edi")
			require.NoError(t, err)
			out, err := csvConvert(src, c.file+".edi", c.tables, c.o)
			require.NoError(t, err)
			for i, table := range c.tables {
				csvtest.Parse(t, out[i])
				golden := filepath.Join("testdata", "csv", c.name+"."+table+".csv")
				csvtest.Golden(t, *csvUpdate, golden, string(out[i]))
			}
		})
	}
}
