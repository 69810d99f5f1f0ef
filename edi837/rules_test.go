package edi837

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi837/synth"
	"github.com/x12-go/edi/internal/ruletest"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/validate"
)

func TestRuleSamples(t *testing.T) { ruletest.Samples(t, 0, Rules()) }

func validator(t testing.TB, o validate.Options) *validate.Validator {
	o.Packs = []validate.Pack{Rules()}
	v, err := validate.New(o)
	require.NoError(t, err)
	require.NoError(t, v.Compile())
	return v
}

func ruleFindings(t testing.TB, v *validate.Validator, src []byte) (list []*x12.Issue) {
	t.Helper()
	require.NoError(t, v.Run(bytes.NewReader(src), nil, func(i *x12.Issue) bool { list = append(list, i); return true }))
	return list
}

func say(i *x12.Issue) string {
	return fmt.Sprintf("%d %s: %s: %s [%s]", i.Segment, i.Path(), i.Severity, i.Message, i.Rule)
}

// TestRulesOfGuides wants a page for each rule that the guide files have.
func TestRulesOfGuides(t *testing.T) {
	v := validator(t, validate.Options{})
	n := 0
	for _, table := range v.Tables() {
		for _, slot := range table.Slots {
			for _, r := range slot.Rules {
				if strings.HasPrefix(r.ID, "837/") {
					n++
					assert.NotNil(t, v.Rule(r.ID), r.ID)
				}
			}
		}
	}
	assert.Positive(t, n)
}

// TestRulesOnGoodClaims runs the rules over the sound samples.
func TestRulesOnGoodClaims(t *testing.T) {
	v := validator(t, validate.Options{Level: 6})
	files, err := filepath.Glob("../testdata/837/valid/*.edi")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		src, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, i := range ruleFindings(t, v, src) {
			if strings.HasPrefix(i.Rule, "837/") && i.Severity >= x12.Warning {
				t.Errorf("%s: %s", filepath.Base(file), say(i))
			}
		}
	}
}

// TestRulesOnFaults finds the faults of SNIP levels 3, 4 and 6 of the samples that have one, and says them once.
func TestRulesOnFaults(t *testing.T) {
	v := validator(t, validate.Options{Level: 6})
	for file, want := range map[string][]string{
		"p-charge-mismatch":               {"837/balance-charges CLM.02"},
		"i-charge-mismatch":               {"837/balance-charges CLM.02"},
		"d-charge-mismatch":               {"837/balance-charges CLM.02"},
		"p-line-adjudication-unbalanced":  {"837/balance-line CAS.03"},
		"p-accident-without-date":         {"837/accident-date DTP"},
		"p-auto-accident-without-state":   {"837/auto-accident-state CLM.11-4"},
		"p-claim-without-18":              {"837/patient-level SBR.02"},
		"p-diagnosis-pointer":             {"837/diagnosis-pointer SV1.07-1"},
		"p-pointer-zero":                  {"837/pointer-value SV1.07-1"},
		"p-pwk-without-number":            {"837/attachment PWK.05"},
		"p-replacement-without-number":    {"837/original-reference REF"},
		"p-subscriber-without-address":    {"837/subscriber-address N3", "837/subscriber-address N4"},
		"p-subscriber-without-birth-date": {"837/subscriber-birth DMG"},
		"p-svd-unknown-payer":             {"837/adjudication-payer SVD.01"},
		"p-period-format-mismatch":        {"837/period-form DTP.03"},
		"d-replacement-without-date":      {"837/prior-placement DTP"},
		// What the walker and the element checks have said is not said again.
		"p-letter-in-charge": nil, "p-letter-in-line-charge": nil, "p-claim-without-lines": nil, "p-sv1-missing": nil, "p-sv1-twice": nil,
		"p-sv2-in-professional": nil, "i-sv1-in-institutional": nil, "d-sv3-missing": nil, "p-missing-charge": nil, "p-missing-lx": nil,
		"p-missing-sbr": nil, "p-missing-2010ba": nil, "p-second-2010ba": nil, "p-2320-without-2330b": nil, "p-2320-without-sbr": nil,
		"p-cas-without-amount": nil, "p-cas-half-triplet": nil, "i-cas-not-placed": nil, "p-hi-diagnosis-twice": nil, "p-missing-hi": nil,
		"p-hl-without-child": nil, "p-hl-child-flag-zero-with-child": nil, "i-attending-person": nil,
	} {
		src, err := os.ReadFile("../testdata/837/invalid/" + file + ".edi")
		require.NoError(t, err)
		var got []string
		for _, i := range ruleFindings(t, v, src) {
			if strings.HasPrefix(i.Rule, "837/") {
				got = append(got, i.Rule+" "+i.Path()[strings.LastIndex(i.Path(), "/")+1:])
			}
		}
		assert.Equal(t, want, got, file)
	}
}

// TestRulesOnOfficialExamples runs the rules over the examples of the guides: no error of the levels 1 to 4.
func TestRulesOnOfficialExamples(t *testing.T) {
	dir := os.Getenv("EDI_CORPUS")
	if dir == "" {
		t.Skip("EDI_CORPUS is not set")
	}
	f, err := os.Open(filepath.Join(dir, "manifest.tsv"))
	require.NoError(t, err)
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	rows, err := r.ReadAll()
	require.NoError(t, err)
	v := validator(t, validate.Options{Level: 4})
	official, all := 0, 0
	for _, row := range rows[1:] {
		if !strings.HasPrefix(row[1], "837") {
			continue
		}
		src, err := os.ReadFile(filepath.Join(dir, row[0]))
		require.NoError(t, err)
		var list []*x12.Issue
		_ = v.Run(bytes.NewReader(src), nil, func(i *x12.Issue) bool { list = append(list, i); return true }) // some are cut short
		all++
		if !strings.Contains(row[len(row)-1], "official guide example") || KindOf(row[2]) == "" || strings.HasPrefix(row[0], "bad/") {
			continue
		}
		official++
		for _, i := range list {
			assert.Less(t, i.Severity, x12.Error, "%s: %s", row[0], say(i))
		}
	}
	assert.Greater(t, official, 25)
	t.Logf("%d official examples of %d files", official, all)
}

// TestRulesOnGeneratedClaims validates generated claims, then changes one amount by a cent: that is found where it was done.
func TestRulesOnGeneratedClaims(t *testing.T) {
	v := validator(t, validate.Options{Level: 6})
	for _, kind := range []synth.Kind{synth.Professional, synth.Institutional, synth.Dental} {
		t.Run(kind.String(), func(t *testing.T) {
			var b bytes.Buffer
			_, err := synth.Write(&b, synth.Options{Kind: kind, Claims: 400, Seed: 11})
			require.NoError(t, err)
			for _, i := range ruleFindings(t, v, b.Bytes()) {
				t.Fatal("sound claims: ", say(i))
			}
			segs := strings.SplitAfter(b.String(), "~")
			amounts := amountsOf(segs)
			require.Greater(t, len(amounts), 1000)
			rnd := rand.New(rand.NewPCG(5, uint64(kind)))
			counts := map[string]int{}
			for range 250 {
				a := amounts[rnd.IntN(len(amounts))]
				changed := slices.Clone(segs)
				changed[a.seg] = aCentMore(segs[a.seg], a.elem)
				list := ruleFindings(t, v, []byte(strings.Join(changed, "")))
				var texts []string
				found := false
				for _, i := range list {
					at := i.Segment + 1 // ISA and GS stand before the set
					found = found || strings.HasPrefix(i.Rule, "837/balance-") && i.Level == 3 && slices.Contains(a.found, at)
					texts = append(texts, say(i))
					counts[i.Rule]++
				}
				if !found || len(list) > 3 {
					t.Fatalf("%s changed to %s: %d findings\n%s", segs[a.seg], changed[a.seg], len(list), strings.Join(texts, "\n"))
				}
			}
			t.Log(counts)
		})
	}
}

// amount is a monetary element that is part of an equation, and the segments at which a change of it may be told.
type amount struct {
	seg, elem int
	found     []int
}

// amountsOf lists the amounts of the claims of one set.
func amountsOf(segs []string) (list []amount) {
	claim, decision := 0, 0 // CLM, SVD
	inLine := false
	for i, s := range segs {
		e := strings.Split(strings.TrimSuffix(s, "~"), "*")
		add := func(elem int, found ...int) { list = append(list, amount{i, elem, append(found, i)}) }
		switch e[0] {
		case "CLM":
			claim, inLine = i, false
			add(2)
		case "LX":
			inLine = true
		case "SV1", "SV3":
			add(2, claim)
		case "SV2":
			add(3, claim)
		case "AMT":
			if e[1] == "D" {
				add(2)
			}
		case "SVD":
			decision = i
			add(2)
		case "CAS":
			told := []int{}
			if inLine { // at one of the adjustments of the decision
				for k := decision; k < i; k++ {
					told = append(told, k)
				}
			} else { // AMT D follows
				for k := i; !strings.HasPrefix(segs[k], "OI*"); k++ {
					told = append(told, k)
				}
			}
			for k := 3; k < len(e); k += 3 {
				add(k, told...)
			}
		}
	}
	return list
}

// aCentMore adds a cent to an element.
func aCentMore(seg string, elem int) string {
	e := strings.Split(strings.TrimSuffix(seg, "~"), "*")
	n, ok := x12.ParseNumber(e[elem])
	if !ok {
		panic(seg)
	}
	var sum x12.Sum
	sum.Add(n)
	sum.Add(x12.NewNumber(1, 2))
	e[elem] = sum.String()
	return strings.Join(e, "*") + "~"
}

// TestRulesWithWorkers finds the same with several workers.
func TestRulesWithWorkers(t *testing.T) {
	var b bytes.Buffer
	_, err := synth.Write(&b, synth.Options{Claims: 3000, Seed: 2})
	require.NoError(t, err)
	src := strings.ReplaceAll(b.String(), "*11:B:1*", "*11:B:7*")
	texts := func(workers int) (list []string) {
		for _, i := range ruleFindings(t, validator(t, validate.Options{Workers: workers}), []byte(src)) {
			list = append(list, say(i))
		}
		return list
	}
	one := texts(1)
	require.Greater(t, len(one), 100)
	require.Equal(t, one, texts(4))
}

// TestRulesOnHugeClaims holds the time for claims that no guide allows to grow with their size only.
func TestRulesOnHugeClaims(t *testing.T) {
	base, err := Rules().Samples("p")
	require.NoError(t, err)
	v := validator(t, validate.Options{Level: 6})
	payer := "SBR*U*18*******CI~\nOI***Y***Y~\nNM1*IL*1*A*B****MI*M~\nNM1*PR*2*C*****PI*X%d~\n"
	for name, edit := range map[string]func(n int) (old, with string){
		"payers": func(n int) (string, string) {
			var s strings.Builder
			for i := range n {
				fmt.Fprintf(&s, payer, i)
			}
			return "SBR*T*18", s.String() + "SBR*T*18"
		},
		"decisions": func(n int) (string, string) {
			return "SVD*BWMUT*112", strings.Repeat("SVD*NOBODY*1*HC:99215**1~\nDTP*573*D8*20250312~\n", n) + "SVD*BWMUT*112"
		},
		"parts": func(n int) (string, string) {
			return "SVD*BWMUT*112", strings.Repeat("SVD*BWMUT*0*HC:99215**1~\nDTP*573*D8*20250312~\n", n) + "SVD*BWMUT*112"
		},
		"lines": func(n int) (string, string) {
			return "LX*2", strings.Repeat("LX*2~\nSV1*HC:99211*0*UN*1***1~\nDTP*472*D8*20250303~\nREF*6R*SAME~\n", n) + "LX*2"
		},
		"diagnoses": func(n int) (string, string) {
			return "HI*ABK", strings.Repeat("HI*ABK:I10*ABF:E119*ABF:E785*ABF:J449~\n", n) + "HI*ABK"
		},
	} {
		old, with := edit(20000)
		src := strings.Replace(string(base), old, with, 1)
		start, n := time.Now(), 0
		_ = v.Run(strings.NewReader(src), nil, func(*x12.Issue) bool { n++; return true })
		assert.Positive(t, n, name)
		assert.Less(t, time.Since(start), 15*time.Second, name)
		t.Log(name, n, time.Since(start))
	}
}
