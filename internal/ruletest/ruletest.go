// Package ruletest tests the samples of rules.
package ruletest

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/validate"
)

// Samples checks that the rules of packs fit their guides, that each has documentation, a good sample without findings and a bad one with a
// finding of the rule and at most most others. Rules of the first pack are tested; the others are there to be run too.
func Samples(t *testing.T, most int, packs ...validate.Pack) {
	t.Helper()
	v, err := validate.New(validate.Options{Level: 6, Packs: packs})
	if err != nil {
		t.Fatal(err)
	}
	if err := v.Compile(); err != nil {
		t.Fatal(err)
	}
	for _, r := range v.Rules() {
		if r.File != packs[0].Name {
			continue
		}
		t.Run(r.ID, func(t *testing.T) { sample(t, v, r, packs[0], most) })
	}
}

func sample(t *testing.T, v *validate.Validator, r *validate.Rule, p validate.Pack, most int) {
	if r.Title == "" || r.Why == "" || r.Mend == "" {
		t.Error("expected title, why and mend")
	}
	if r.Base == "" || len(r.Fail) == 0 {
		t.Fatal("expected a base and a fail sample")
	}
	base, err := p.Samples(r.Base)
	if err != nil {
		t.Fatal(err)
	}
	pass := r.Pass
	if len(pass) == 0 {
		pass = [][]validate.Edit{nil}
	}
	for i, edits := range pass {
		for _, f := range Findings(t, v, base, edits) {
			if f.Rule == r.ID || f.Severity >= x12.Warning {
				t.Errorf("pass %d: %s", i+1, describe(f))
			}
		}
	}
	for i, edits := range r.Fail {
		own, others := 0, ""
		list := Findings(t, v, base, edits)
		for _, f := range list {
			if f.Rule == r.ID {
				own++
				if f.Level != r.Level {
					t.Errorf("fail %d: level %d, expected %d", i+1, f.Level, r.Level)
				}
			} else {
				others += "\n\t" + describe(f)
			}
		}
		if own == 0 {
			t.Errorf("fail %d: no finding of the rule%s", i+1, others)
		}
		if len(list)-own > most {
			t.Errorf("fail %d: %d other findings%s", i+1, len(list)-own, others)
		}
	}
}

func describe(f *x12.Issue) string {
	return fmt.Sprintf("%s: %s: %s [%s] %q", f.Path(), f.Severity, f.Message, f.Rule, f.Value)
}

// Findings validates base with changes.
func Findings(t *testing.T, v *validate.Validator, base []byte, edits []validate.Edit) (list []*x12.Issue) {
	t.Helper()
	text, err := validate.Apply(base, edits)
	if err != nil {
		t.Fatal(err)
	}
	if err := v.Run(bytes.NewReader(text), nil, func(i *x12.Issue) bool { list = append(list, i); return true }); err != nil {
		t.Fatal(err)
	}
	return list
}
