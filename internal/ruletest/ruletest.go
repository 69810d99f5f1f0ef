// Package ruletest tests the samples of rules.
package ruletest

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/validate"
)

// Samples checks that the rules of the first pack fit their guides, that each has documentation, a good sample without findings and a
// bad one with a finding of the rule and at most most others. The other packs are there to be run too. A first pack
// without guides is one of those built in.
func Samples(t *testing.T, most int, packs ...validate.Pack) {
	t.Helper()
	name, samples := packs[0].Name, packs[0]
	if len(packs[0].Tables) == 0 {
		packs = packs[1:]
	}
	v, err := validate.New(validate.Options{Level: 6, Packs: packs})
	if err != nil {
		t.Fatal(err)
	}
	if err := v.Compile(); err != nil {
		t.Fatal(err)
	}
	for _, r := range v.Rules() {
		if r.File != name {
			continue
		}
		t.Run(r.ID, func(t *testing.T) {
			v := v
			if r.Overlay != "" {
				v = overlaid(t, r.Overlay, samples, packs)
			}
			sample(t, v, r, samples, most)
		})
	}
}

// overlaid makes a Validator with an overlay of the samples.
func overlaid(t *testing.T, name string, samples validate.Pack, packs []validate.Pack) *validate.Validator {
	text, err := samples.Samples(name)
	if err != nil {
		t.Fatal(err)
	}
	o, err := validate.ParseOverlay(name, string(text))
	if err != nil {
		t.Fatal(err)
	}
	v, err := validate.New(validate.Options{Level: 6, Packs: packs, Overlays: []*validate.Overlay{o}})
	if err != nil {
		t.Fatal(err)
	}
	return v
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
				if f.Level != r.Level && (f.Level != 0 || r.Level != 1) { // 0 is the envelope
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
	err = v.Run(bytes.NewReader(text), nil, func(i *x12.Issue) bool { list = append(list, i); return true })
	var fatal *x12.Issue
	if err != nil && !errors.As(err, &fatal) {
		t.Fatal(err)
	}
	if fatal != nil && (len(list) == 0 || list[len(list)-1].Rule != fatal.Rule) {
		list = append(list, fatal)
	}
	return list
}
