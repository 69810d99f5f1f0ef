package validate_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/internal/ruletest"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
	"github.com/x12-go/edi/x12/validate"
)

func base(name string) ([]byte, error) {
	return os.ReadFile("../../testdata/837/valid/" + name + ".edi")
}

// pack has a rule for each thing rules can say.
func pack(text string) validate.Pack {
	return validate.Pack{Name: "toy.rules", Tables: []*guide.Table{ts837.X222A1, ts837.X223A2, ts837.X224A2}, Samples: base, Text: text, Checks: map[string]validate.Check{
		"toy/check": func(b *validate.Binder) func(*validate.Scope) {
			charge, line := b.Place("CLM.02"), b.Place("2400/SV1.02")
			return func(s *validate.Scope) {
				var sum x12.Sum
				for a := range s.All(line) {
					n, _ := a.Number()
					sum.Add(n)
				}
				if n, ok := s.First(charge).Number(); ok && !sum.Equal(n) {
					s.Report(s.First(charge), "expected "+sum.String())
				}
			}
		},
	}, Folds: map[string]validate.Fold{
		"toy/fold": func(b *validate.Binder) func() validate.Gatherer {
			trace := b.Place("/BHT.03")
			return func() validate.Gatherer { return &count{trace: trace} }
		},
	}}
}

// count reports a set with more than one claim at its header.
type count struct {
	trace *validate.Place
	n     int
}

func (c *count) Unit(*validate.Scope)      { c.n++ }
func (c *count) Join(of validate.Gatherer) { c.n += of.(*count).n }
func (c *count) Close(s *validate.Scope) {
	if c.n > 1 {
		s.Report(s.First(c.trace), "expected one claim")
	}
}

const toys = `
rule toy/require level=4 of 837 at 2300
  when CLM.05-3 in 7 8
  require REF[F8]
  title a replacement names the claim it replaces
  why   w
  mend  m
  base  p-basic
  fail  CLM* => CLM*A1*187.5***11:B:7*Y*A*Y*Y
rule toy/below level=4 of 837 at 2000B
  when SBR.02 in 18
  require 2010BA/DMG 2010BA/N3
  title the subscriber who is the patient has address and birth date
  why   w
  mend  m
  base  p-basic
  fail  DMG* =>
  fail  N3*77 =>
rule toy/around level=4 of 005010X222 at 2400
  when SV1.02 above 100 and 2300/CLM.05-3 in 8
  when 2000B/SBR.02 like 1.
  forbid DTP[472]
  title t
  why   w
  mend  m
  base  p-basic
  fail  CLM* => CLM*A1*187.5***11:B:8*Y*A*Y*Y ;; AMT* => AMT*F5*20~REF*F8*1
rule toy/element level=4 severity=warning of 837 at 2300
  when /BHT.06 in RP and 2310B absent
  require-one CLM.20 CLM.12
  title t
  why   w
  mend  m
  base  p-basic
  pass  BHT* => BHT*0019*00*CB0000001*20250318*0945*RP
  fail  BHT* => BHT*0019*00*CB0000001*20250318*0945*RP ;; NM1*82 => ;; PRV*PE =>
rule toy/check level=3 of 005010X222 at 2300 check
  title t
  why   w
  mend  m
  base  p-basic
  fail  CLM* => CLM*A1*187***11:B:1*Y*A*Y*Y
rule toy/fold level=3 of 837 at / check
  title t
  why   w
  mend  m
  base  p-three-claims
  pass  CLM* => CLM*X
  fail
`

func TestRules(t *testing.T) {
	text := toys
	text = text[:strings.Index(text, "rule toy/fold")]
	ruletest.Samples(t, 0, pack(text))
}

func findings(t *testing.T, o validate.Options, text []byte) (list []string) {
	t.Helper()
	v, err := validate.New(o)
	require.NoError(t, err)
	require.NoError(t, v.Run(bytes.NewReader(text), nil, func(i *x12.Issue) bool {
		list = append(list, i.Path()+" "+i.Rule)
		return true
	}))
	return list
}

// The findings are the same, in the same order, for any number of workers, and those of a level above the wanted one are not told.
func TestWorkersAndLevels(t *testing.T) {
	text, err := os.ReadFile("../../testdata/837/valid/p-basic.edi")
	require.NoError(t, err)
	text = bytes.ReplaceAll(text, []byte("*187.5***11:B:1"), []byte("*187***11:B:7"))
	text = bytes.Repeat(text, 50)
	one := findings(t, validate.Options{Packs: []validate.Pack{pack(toys)}}, text)
	require.Len(t, one, 100)
	require.Equal(t, one, findings(t, validate.Options{Packs: []validate.Pack{pack(toys)}, Workers: 3}, text))
	require.Len(t, findings(t, validate.Options{Packs: []validate.Pack{pack(toys)}, Level: 3}, text), 50)
	require.Empty(t, findings(t, validate.Options{Packs: []validate.Pack{pack(toys)}, Level: 2}, text))
}

func TestFolds(t *testing.T) {
	text, err := os.ReadFile("../../testdata/837/valid/p-three-claims.edi")
	if err != nil {
		text, err = os.ReadFile("../../testdata/837/valid/i-three-claims.edi")
	}
	require.NoError(t, err)
	for _, workers := range []int{1, 3} {
		require.Equal(t, []string{"BHT.03 toy/fold"}, findings(t, validate.Options{Packs: []validate.Pack{pack(toys)}, Workers: workers}, text))
	}
}

func TestRuleTextErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"when CLM.01 present", "toy.rules:1: expected a rule such as"},
		{" when CLM.01 present", "toy.rules:1: expected a rule before this line"},
		{"rule toy/x level=9 at 2300 require CLM", "toy.rules:1: level=9: expected 1 to 7"},
		{"rule toy/x at 2300 require CLM", "toy.rules:1: rule toy/x: expected level=1 to level=7"},
		{"rule toy/x level=4 at 2300", "expected either require, require-one or forbid, or check, or by"},
		{"rule toy/x level=4 require CLM", "expected the loop it is run for"},
		{"rule toy/x level=4 at 2300 require CLM\nrule toy/x level=4 at 2300 require CLM", "toy.rules:2: rule toy/x stands in line 1 too"},
		{"rule toy/x level=4 at 2300 when CLM.01 is 5 require CLM", "expected a place and in, not-in"},
		{"rule toy/x level=4 at 2300 when CLM.01 in require CLM", "expected values"},
		{"rule toy/x level=4 at 2300 when CLM.01 like ( require CLM", "missing closing )"},
		{"rule toy/x level=4 at 2300 require CLM\n  pass CLM*", "toy.rules:2: expected a change"},
	} {
		_, err := validate.ParseRules("toy.rules", c.text)
		require.ErrorContains(t, err, c.want, c.text)
	}
	for _, c := range []struct{ text, want string }{
		{"rule toy/x level=4 of 837 at 2300 require REF[ZZ]", "has no such segment in loop 2300"},
		{"rule toy/x level=4 of 837 at 2300 require CLM.77", "has no such element"},
		{"rule toy/x level=4 of 837 at 9999 require CLM", "has no loop 9999"},
		{"rule toy/x level=4 of 837 at 2300 require 2499/CLM", "has no loop 2499 there"},
		{"rule toy/x level=4 of 837 at 2300 require clm", "expected a place such as"},
		{"rule toy/x level=4 of 837 at 2300 check", "belong together"},
	} {
		v, err := validate.New(validate.Options{Packs: []validate.Pack{pack(c.text)}})
		require.NoError(t, err)
		require.ErrorContains(t, v.Compile(), c.want, c.text)
	}
}
