package report

import (
	"cmp"
	"slices"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// Totals are what a report has counted.
type Totals struct {
	x12.Stats // of the input
	Severity  [x12.Fatal + 1]int64
	Levels    [8]LevelCount // by SNIP type, 0 = envelope
	Dropped   int64         // findings counted but not written

	CleanSets  int64 // without an error in them
	Units      int64 // claims, claim payments, members, subjects
	CleanUnits int64 // without an error of their own

	Charge, Paid, Payment x12.Sum // CLM02 and CLP03, CLP04, BPR02

	rules   map[string]*RuleCount
	spoiled bool // the open set has an error below it
}

// LevelCount counts the findings of a level by severity.
type LevelCount [x12.Fatal + 1]int64

// RuleCount counts the findings of a rule.
type RuleCount struct {
	ID       string
	Level    uint8
	Severity x12.Severity // the highest
	N        int64
}

// maxRules bounds the memory of the counts by rule; an overlay may have any number of rules.
const maxRules = 10_000

func (t *Totals) count(i *x12.Issue) {
	t.Severity[i.Severity]++
	t.Levels[min(int(i.Level), len(t.Levels)-1)][i.Severity]++
	c := t.rules[i.Rule]
	if c == nil {
		if len(t.rules) >= maxRules {
			return
		}
		c = &RuleCount{ID: i.Rule, Level: i.Level}
		t.rules[i.Rule] = c
	}
	c.N++
	c.Severity = max(c.Severity, i.Severity)
}

// Rules returns the counts by rule, the most frequent first.
func (t *Totals) Rules() []RuleCount {
	list := make([]RuleCount, 0, len(t.rules))
	for _, c := range t.rules {
		list = append(list, *c)
	}
	slices.SortFunc(list, func(a, b RuleCount) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// Findings returns the number of findings, the dropped ones included.
func (t *Totals) Findings() (n int64) {
	for _, k := range t.Severity {
		n += k
	}
	return n
}

// step adds up the money of a step.
func (t *Totals) step(s *codec.Step) {
	if s.Tape == nil {
		return
	}
	switch s.Tape.Table.Set {
	case "837":
		if s.Kind == codec.Unit {
			add(&t.Charge, s.Tape, idCLM, 2)
		}
	case "835":
		if s.Kind == codec.Unit {
			add(&t.Charge, s.Tape, idCLP, 3)
			add(&t.Paid, s.Tape, idCLP, 4)
		} else if s.Kind == codec.Begin {
			add(&t.Payment, s.Tape, idBPR, 2)
		}
	}
}

// add adds element n of the first segment of an identifier.
func add(sum *x12.Sum, t *codec.Tape, id x12.SegID, n int) {
	if k := find(t, id, ""); k >= 0 {
		if v, ok := x12.ParseNumber(t.Elem(k, n)); ok {
			sum.Add(v)
		}
	}
}
