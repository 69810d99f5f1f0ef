package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/x12-go/edi/x12/schema"
)

// check is "x12gen check [-accept FILE] GUIDE FACTS.tsv": it compares a guide file with a fact table, both ways,
// and prints every difference with its place on both sides. Differences kept on purpose stand in FILE (by default
// check-accepted.txt beside the guide), one a line, as
//
//	005010X221A1: 2000/2100 CLP[Claim Payment Information].02 codes: guide {1 2}, facts {1 2 3}  # the reason
//
// The exit status is 0 when nothing differs that is not accepted, 1 otherwise, 2 when the command line or a file is
// at fault.
func check(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("x12gen check", flag.ContinueOnError)
	flags.SetOutput(stderr)
	accept := flags.String("accept", "", "file of differences kept on purpose (default: check-accepted.txt beside the guide)")
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: x12gen check [-accept FILE] GUIDE FACTS.tsv")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return 2
	}
	if flags.NArg() != 2 {
		flags.Usage()
		return 2
	}
	c := &checker{guidePath: flags.Arg(0), factsPath: flags.Arg(1)}
	accepted, err := readAccepted(acceptedPath(*accept, c.guidePath), *accept != "")
	if err == nil {
		err = c.compare()
	}
	if err != nil {
		printErrors(stderr, err)
		return 2
	}
	left := 0
	for _, d := range c.differences {
		if accepted.take(c.guide.ID, d.text) {
			continue
		}
		left++
		fmt.Fprintf(stdout, "%s:%s %s:%s: %s\n", filepath.Base(c.guidePath), lineText(d.guideLine),
			filepath.Base(c.factsPath), lineText(d.factLine), d.text)
	}
	for _, a := range accepted.stale(c.guide.ID) {
		left++
		fmt.Fprintf(stdout, "%s:%d: accepted, but there is no such difference: %s\n", filepath.Base(accepted.path), a.line, a.text)
	}
	if left > 0 {
		fmt.Fprintf(stdout, "%d differences\n", left)
		return 1
	}
	return 0
}

// printErrors prints each fault of a guide file on its own line.
func printErrors(w io.Writer, err error) {
	var list schema.ErrorList
	if !errors.As(err, &list) {
		fmt.Fprintln(w, "x12gen check:", err)
		return
	}
	for _, e := range list {
		fmt.Fprintln(w, e)
	}
}

// acceptedDifference is one line of the file of differences kept on purpose.
type acceptedDifference struct {
	guide, text string
	line        int
	used        bool
}

type acceptedFile struct {
	path string
	list []*acceptedDifference
}

func acceptedPath(given, guide string) string {
	if given != "" {
		return given
	}
	return filepath.Join(filepath.Dir(guide), "check-accepted.txt")
}

// readAccepted reads the file; when it was not asked for by name it may be missing.
func readAccepted(path string, must bool) (*acceptedFile, error) {
	a := &acceptedFile{path: path}
	src, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) && !must {
		return a, nil
	}
	if err != nil {
		return nil, err
	}
	for i, line := range strings.Split(string(src), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		text, reason, ok := strings.Cut(line, " # ")
		if !ok || strings.TrimSpace(reason) == "" {
			return nil, fmt.Errorf("%s:%d: no reason, expected \" # \" and why the difference stays", path, i+1)
		}
		guide, text, ok := strings.Cut(strings.TrimSpace(text), ": ")
		if !ok {
			return nil, fmt.Errorf("%s:%d: expected a guide id, \": \" and the difference", path, i+1)
		}
		a.list = append(a.list, &acceptedDifference{guide: guide, text: text, line: i + 1})
	}
	return a, nil
}

// take tells whether a difference is accepted, and notes that it occurs.
func (a *acceptedFile) take(guide, text string) bool {
	found := false
	for _, d := range a.list {
		if d.guide == guide && d.text == text {
			d.used, found = true, true
		}
	}
	return found
}

// stale returns the lines about the guide that no difference needed.
func (a *acceptedFile) stale(guide string) []*acceptedDifference {
	var list []*acceptedDifference
	for _, d := range a.list {
		if d.guide == guide && !d.used {
			list = append(list, d)
		}
	}
	return list
}

// difference is one thing that guide and facts say otherwise. Its text has no line numbers, so that it stays the
// same when lines are added elsewhere.
type difference struct {
	guideLine, factLine int
	text                string
}

// checker compares one guide with one fact table.
type checker struct {
	guidePath, factsPath string
	guide                *schema.Guide
	dict                 *schema.Dictionary
	facts                []*factRow
	differences          []difference
	claimed              map[claim]bool // what rules of the guide demand and the facts know
}

func (c *checker) compare() error {
	src, err := os.ReadFile(c.guidePath)
	if err != nil {
		return err
	}
	// The base standard stands in the guide; the only one at hand is 005010, and Parse refuses any other.
	if c.dict, err = schema.Base("005010"); err != nil {
		return err
	}
	if c.guide, err = schema.Parse(c.guidePath, src, c.dict); err != nil {
		return err
	}
	if c.facts, err = readFacts(c.factsPath); err != nil {
		return err
	}
	c.compareBody()
	return nil
}

// differ notes a difference. Line 0 stands for a side that has nothing there.
func (c *checker) differ(guideLine, factLine int, where, format string, args ...any) {
	c.differences = append(c.differences, difference{guideLine, factLine, where + " " + fmt.Sprintf(format, args...)})
}

// value notes a difference of one property.
func (c *checker) value(guideLine, factLine int, where, what string, guide, fact any) {
	if g, f := fmt.Sprint(guide), fmt.Sprint(fact); g != f {
		c.differ(guideLine, factLine, where, "%s: guide %s, facts %s", what, orNone(g), orNone(f))
	}
}

func lineText(n int) string {
	if n == 0 {
		return "-"
	}
	return fmt.Sprint(n)
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}
