// Package csvtest helps the tests of CSV tables.
package csvtest

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/x12-go/edi/internal/csvtable"
)

// Row is a row by column name.
type Row map[string]string

// Parse reads a table back; every row has the columns of the header, and all names differ.
func Parse(t testing.TB, b []byte) (rows []Row) {
	t.Helper()
	all, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil || len(all) == 0 {
		t.Fatalf("no table: %d rows, %v", len(all), err)
	}
	for _, rec := range all[1:] {
		row := Row{}
		for i, v := range rec {
			row[all[0][i]] = v
		}
		if len(row) != len(all[0]) {
			t.Fatal("two columns of one name")
		}
		rows = append(rows, row)
	}
	return rows
}

// Amount reads an amount, empty as zero. The column must be there.
func (r Row) Amount(t testing.TB, name string) decimal.Decimal {
	t.Helper()
	text, ok := r[name]
	if !ok {
		t.Fatalf("no column %s", name)
	}
	if text == "" {
		return decimal.Zero
	}
	d, err := decimal.NewFromString(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return d
}

// Key returns the values of some columns as one text.
func (r Row) Key(names ...string) string {
	var b strings.Builder
	for _, n := range names {
		b.WriteString(r[n] + "|")
	}
	return b.String()
}

// Dictionary appends the section of a table in the data dictionary; described are the columns with descriptions.
func Dictionary[C ~struct{ Name, Meaning, Element string }](b *strings.Builder, table, intro string, cols, described []C) {
	fmt.Fprintf(b, "\n## %s\n\n%s\n\n| # | column | element | meaning |\n|---|---|---|---|\n", table, intro)
	for i := range cols {
		c := csvtable.Column(cols[i])
		fmt.Fprintf(b, "| %d | %s | %s | %s |\n", i+1, c.Name, c.Element, c.Meaning)
	}
	for i := len(cols); i < len(described); i++ {
		if i == len(cols) {
			b.WriteString("\nWith descriptions also:")
		} else {
			b.WriteByte(',')
		}
		b.WriteString(" " + csvtable.Column(described[i]).Name)
	}
	if len(described) > len(cols) {
		b.WriteString(".\n")
	}
}

// Golden holds got against a file, which it writes instead when update is set.
func Golden(t testing.TB, update bool, file, got string) {
	t.Helper()
	if update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s differs; with -update-csv it is written anew\n%s", file, firstDifference(string(want), got))
	}
}

func firstDifference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := 0; ; i++ {
		switch {
		case i >= len(a) || i >= len(b):
			return fmt.Sprintf("%d lines, want %d", len(b), len(a))
		case a[i] != b[i]:
			return fmt.Sprintf("line %d\n want %s\n got  %s", i+1, a[i], b[i])
		}
	}
}
