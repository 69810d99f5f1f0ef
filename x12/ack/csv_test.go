package ack

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/internal/csvtable/csvtest"
	"github.com/x12-go/edi/x12/codec"
)

// csvConvert reads src the way a program does, with the context of each level.
func csvConvert(t testing.TB, src []byte, file, table string, o CSVOptions) string {
	c, err := NewCSV([]string{table}, o)
	require.NoError(t, err)
	out := [][]byte{c.AppendHeader(nil, 0)}
	w, r := c.Worker(), NewReader(bytes.NewReader(src))
	var x, source, receiver, provider *RowContext
	var seq, n int64
	for {
		ev, err := r.Next()
		if err == io.EOF {
			return string(out[0])
		}
		require.NoError(t, err)
		switch ev.Kind {
		case codec.Begin:
			seq++
			n = 0
			if ev.Functional != nil {
				x = c.Functional(file, ev.Env, seq, ev.Functional)
			} else {
				x = c.Report(file, ev.Env, seq, ev.Report)
			}
			source, receiver, provider = x, x, x
		case codec.Unit:
			n++
			if ev.Set != nil {
				w.Set(out, x, n, ev.Set)
			} else {
				w.Patient(out, provider, n, ev.Patient)
			}
		case codec.Enter:
			switch {
			case ev.Provider != nil:
				w.Provider(out, receiver, ev.Provider)
				provider = receiver.Provider(ev.Provider)
			case ev.Receiver != nil:
				w.Receiver(out, source, ev.Receiver)
				receiver = source.Receiver(ev.Receiver)
				provider = receiver
			default:
				source = x.Source(ev.Source)
				receiver, provider = source, source
			}
		case codec.End:
			if ev.Functional != nil {
				w.Group(out, x, &ev.Functional.Result)
			}
		}
	}
}

const csvDocsIntro = `# CSV tables of acknowledgments

Layout version %d. This file is made from the column definitions in package ack; a test keeps it in step.

Text is UTF-8 (text of the input that is not UTF-8 is read as Latin-1), the delimiter a comma, quoting as in RFC 4180, rows
end with LF or with CR LF. The header row is always there, and the columns of a table and their order are the same for
every input. Within a layout version columns are only added at the end.

- An empty value is absent. Zero is written as a number.
- Amounts are plain decimals with the decimals of the file.
- Dates are YYYY-MM-DD, times HH:MM. Text that is not a date of the calendar is empty. Where the file has one day, from and to
  are that day.
- Ids and codes are text as in the file.
- Control numbers of more than 64 characters, and texts of more than 80 that stand on several rows, which no valid file has,
  are left out.

Options: the guard puts a ' in front of text that starts with = + - @, a tab or CR. Descriptions are added at the end of a
table under the name of the code's column with _description behind it.
`

var csvDocsTables = map[string]string{
	TableAcks: "Of a 999 or 997. One row per error: for an IK4 one with level element, for an IK3 without IK4 one with level segment, for " +
		"each code of IK5 one with level set. A set without any error has one row with level set. Behind the sets comes the group: " +
		"a row for each error of its own, one when it has none.",
	TableClaimAcks: "Of a 277 claim acknowledgment. One row per STC: of the batch (level receiver), of a provider, of a claim, of a line. " +
		"To add up claims take the rows with level claim and status_seq 1.",
}

func TestCSVDocs(t *testing.T) {
	var b strings.Builder
	fmt.Fprintf(&b, csvDocsIntro, CSVLayout)
	for _, table := range CSVTables() {
		cols, err := CSVColumns(table, CSVOptions{})
		require.NoError(t, err)
		described, err := CSVColumns(table, CSVOptions{Describe: true})
		require.NoError(t, err)
		csvtest.Dictionary(&b, table, csvDocsTables[table], cols, described)
	}
	csvtest.Golden(t, *update, filepath.Join("..", "..", "docs", "csv-acknowledgments.md"), b.String())
}

func TestCSVGolden(t *testing.T) {
	valid := samples(t, "valid")
	for name, table := range map[string]string{
		"999/partial.edi": TableAcks, "999/situations.edi": TableAcks, "999/group-errors.edi": TableAcks, "997/rejected.edi": TableAcks,
		"277ca/mixed.edi": TableClaimAcks, "277ca/institutional.edi": TableClaimAcks, "277ca/provider-rejected.edi": TableClaimAcks,
	} {
		got := csvConvert(t, valid[name], filepath.Base(name), table, CSVOptions{Guard: true, Describe: strings.HasSuffix(name, "partial.edi"), CRLF: name == "277ca/mixed.edi"})
		file := strings.ReplaceAll(strings.TrimSuffix(name, ".edi"), "/", "-")
		csvtest.Golden(t, *update, filepath.Join("testdata", "csv", file+".csv"), got)
	}
}

// TestCSVRows counts the rows of all samples against what they are of.
func TestCSVRows(t *testing.T) {
	for name, src := range everything(t) {
		want := map[string]int{}
		for a, err := range Acknowledgments(bytes.NewReader(src)) {
			require.NoError(t, err)
			if f := a.Functional; f != nil {
				want[TableAcks] += max(1, coded(f.Result.Errors))
				for _, s := range f.Sets {
					n := coded(s.Errors)
					for _, g := range s.Segments {
						n += max(1, len(g.Elements))
					}
					want[TableAcks] += max(1, n)
				}
			}
			if r := a.Claims; r != nil {
				for _, s := range r.Sources {
					for _, r := range s.Receivers {
						want[TableClaimAcks] += len(r.Batch.Statuses)
						for _, p := range r.Providers {
							if p.Batch != nil {
								want[TableClaimAcks] += len(p.Batch.Statuses)
							}
							for _, q := range p.Patients {
								for _, c := range q.Claims {
									want[TableClaimAcks] += len(c.Statuses)
									for _, l := range c.Lines {
										want[TableClaimAcks] += len(l.Statuses)
									}
								}
							}
						}
					}
				}
			}
		}
		for _, table := range CSVTables() {
			rows := csvtest.Parse(t, []byte(csvConvert(t, src, name, table, CSVOptions{Describe: true})))
			require.Len(t, rows, want[table], "%s %s", name, table)
		}
	}
}

func coded(list []Coded) (n int) {
	for _, c := range list {
		if c.Code != "" {
			n++
		}
	}
	return n
}

func TestCSVTables(t *testing.T) {
	_, err := NewCSV([]string{"claims"}, CSVOptions{})
	require.ErrorIs(t, err, ErrCSV)
	_, err = CSVColumns("", CSVOptions{})
	require.ErrorIs(t, err, ErrCSV)
}

// TestCSVIsBounded has a set with huge texts and many errors.
func TestCSVIsBounded(t *testing.T) {
	long := strings.Repeat("X", 1<<16)
	s := &SetAck{SetID: long, ControlNumber: long, Guide: long, Segments: make([]SegmentNote, 1000)}
	for i := range s.Segments {
		s.Segments[i].Error.Code = "8"
	}
	c, err := NewCSV([]string{TableAcks}, CSVOptions{})
	require.NoError(t, err)
	x := c.Functional("a.edi", codec.Env{}, 1, &FunctionalAck{Group: GroupReference{long, long, long}})
	out := [][]byte{c.AppendHeader(nil, 0)}
	c.Worker().Set(out, x, 1, s)
	require.Len(t, csvtest.Parse(t, out[0]), 1000)
	require.Less(t, len(out[0]), 1<<17)
}
