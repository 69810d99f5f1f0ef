package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/x12-go/edi/x12/schema"
)

// dict is "x12gen dict DIR": it writes the dictionary of the base standard 005010 to stdout, made from the tables
// elements.tsv, composites.tsv and segments.tsv in DIR. The exit status is 0, or 2 when a table cannot be read.
func dict(args []string, stdout, stderr io.Writer) int {
	if len(args) != 1 {
		fmt.Fprintln(stderr, "usage: x12gen dict DIR > x12/schema/005010.dict")
		return 2
	}
	out, err := dictionaryText(args[0])
	if err == nil {
		_, err = schema.ParseDictionary("005010.dict", out)
	}
	if err == nil {
		_, err = stdout.Write(out)
	}
	if err != nil {
		fmt.Fprintln(stderr, "x12gen dict:", err)
		return 2
	}
	return 0
}

// spelling puts right what the tables misspell.
var spelling = strings.NewReplacer(
	"Affilition", "Affiliation",
	"Contract Function Code", "Contact Function Code",
	"Exchnage", "Exchange",
	"Hierachical", "Hierarchical",
	"Segement", "Segment",
	"Sublaxation", "Subluxation",
)

// dictionaryText writes the rows in the order of the tables, which is that of their ids.
func dictionaryText(dir string) ([]byte, error) {
	elements, err := readTSV(filepath.Join(dir, "elements.tsv"), "de", "name", "type", "min", "max")
	if err != nil {
		return nil, err
	}
	composites, err := readTSV(filepath.Join(dir, "composites.tsv"), "composite", "position", "de", "name", "requirement", "syntax")
	if err != nil {
		return nil, err
	}
	segments, err := readTSV(filepath.Join(dir, "segments.tsv"), "segment", "position", "de", "name", "requirement", "syntax", "repeat")
	if err != nil {
		return nil, err
	}
	for _, table := range [][][]string{elements, composites, segments} {
		for _, row := range table {
			for i := range row {
				row[i] = spelling.Replace(row[i])
			}
		}
	}
	var b bytes.Buffer
	b.WriteString("# Dictionary of the base standard 005010: data elements, composites, segments and their syntax notes.\n")
	b.WriteString("# Written by \"x12gen dict\"; the form is that of schema.ParseDictionary.\n")
	b.WriteString("base 005010\nelements\n")
	names := map[string]string{}
	for _, e := range elements {
		names[e[0]] = e[1]
		if e[2] != "COMP" {
			fmt.Fprintf(&b, "  %s %s %s %s %s\n", e[0], e[2], e[3], e[4], e[1])
		}
	}
	last := ""
	for i, c := range composites {
		if c[0] != last {
			last = c[0]
			fmt.Fprintf(&b, "composite %s %s\n", c[0], names[c[0]])
			writeSyntax(&b, compositeSyntax(composites[i:]))
		}
		writePosition(&b, c[2], c[3], c[4], "1", names)
	}
	for _, s := range segments {
		if s[1] == "00" {
			fmt.Fprintf(&b, "segment %s %s\n", s[0], s[3])
			writeSyntax(&b, s[5])
			continue
		}
		writePosition(&b, s[2], s[3], s[4], s[6], names)
	}
	return b.Bytes(), nil
}

// compositeSyntax gathers the notes of the composite rows starts with; each stands on every row it names.
func compositeSyntax(rows [][]string) string {
	var notes []string
	seen := map[string]bool{}
	for _, r := range rows {
		if r[0] != rows[0][0] {
			break
		}
		for _, n := range strings.Fields(r[5]) {
			if !seen[n] {
				seen[n] = true
				notes = append(notes, n)
			}
		}
	}
	return strings.Join(notes, " ")
}

func writeSyntax(b *bytes.Buffer, notes string) {
	if notes != "" {
		fmt.Fprintf(b, "  syntax %s\n", notes)
	}
}

func writePosition(b *bytes.Buffer, de, name, need, repeat string, names map[string]string) {
	switch repeat {
	case "", "1":
		repeat = ""
	case ">1":
		repeat = "*0"
	default:
		repeat = "*" + repeat
	}
	if name == names[de] {
		name = ""
	} else {
		name = " " + name
	}
	fmt.Fprintf(b, "  %s %s%s%s\n", de, need, repeat, name)
}

// readTSV reads a tab separated file without quoting and returns the named columns of each row.
func readTSV(path string, columns ...string) ([][]string, error) {
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(strings.TrimSuffix(string(src), "\n"), "\n")
	head := strings.Split(lines[0], "\t")
	at := make([]int, len(columns))
	for i, want := range columns {
		at[i] = slices.Index(head, want)
		if at[i] < 0 {
			return nil, fmt.Errorf("%s: no column %q", path, want)
		}
	}
	rows := make([][]string, 0, len(lines)-1)
	for _, line := range lines[1:] {
		cells := strings.Split(line, "\t")
		row := make([]string, len(columns))
		for i, j := range at {
			if j < len(cells) {
				row[i] = cells[j]
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}
