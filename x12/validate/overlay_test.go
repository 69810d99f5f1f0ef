package validate_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi270"
	"github.com/x12-go/edi/edi271"
	"github.com/x12-go/edi/edi834"
	"github.com/x12-go/edi/edi835"
	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/edi837"
	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
	"github.com/x12-go/edi/x12/validate"
)

func guides() validate.Pack {
	return validate.Pack{Name: "guides", Tables: []*guide.Table{ts837.X222A1, ts837.X223A2, ts837.X224A2, ts835.X221A1}}
}

func overlay(t *testing.T, text string) *validate.Overlay {
	t.Helper()
	o, err := validate.ParseOverlay("test.overlay", text)
	require.NoError(t, err)
	return o
}

func sampleText(t *testing.T) []byte {
	t.Helper()
	text, err := base("p-basic")
	require.NoError(t, err)
	return text
}

// An overlay is for the senders, receivers and days it names.
func TestOverlayScope(t *testing.T) {
	text := sampleText(t)
	for _, c := range []struct {
		lines string
		found bool
	}{
		{"", true},
		{"for isa-sender CEDARBAY\nfor isa-receiver SUMMITLK", true},
		{"for isa-sender OTHER CEDARBAY", true},
		{"for isa-sender OTHER", false},
		{"for gs-sender CEDARBAY\nfor gs-receiver OTHER", false},
		{"from 20250318\nuntil 20250318", true},
		{"from 20250319", false},
		{"until 20250317", false},
	} {
		lines := strings.ReplaceAll("\n"+c.lines, "\n", "\n  ")
		o := overlay(t, "overlay toy of 837"+lines+"\n  2300/NTE require\n")
		got := findings(t, validate.Options{Packs: []validate.Pack{guides()}, Overlays: []*validate.Overlay{o}}, text)
		if c.found {
			require.Equal(t, []string{"2000A[1]/2000B[1]/2300[1]/NTE overlay/require"}, got, c.lines)
		} else {
			require.Empty(t, got, c.lines)
		}
	}
}

// The groups of one stream may have different overlays.
func TestOverlayOfOneGroup(t *testing.T) {
	text := sampleText(t)
	other := bytes.ReplaceAll(text, []byte("GS*HC*CEDARBAY"), []byte("GS*HC*NORTHLAKE"))
	stream := bytes.Join([][]byte{text, other, text}, nil)
	a := overlay(t, "overlay a of 005010X222A1\n  for gs-sender NORTHLAKE\n  2300/NTE require\n  severity element/charset off\n")
	b := overlay(t, "overlay b of 837\n  for gs-sender CEDARBAY\n  2300/Referring require\n")
	for _, workers := range []int{1, 3} {
		got := findings(t, validate.Options{Packs: []validate.Pack{guides()}, Overlays: []*validate.Overlay{a, b}, Workers: workers}, stream)
		require.Equal(t, []string{
			"2000A[1]/2000B[1]/2300[1]/NM1 overlay/require", "2000A[1]/2000B[1]/2300[1]/NTE overlay/require",
			"2000A[1]/2000B[1]/2300[1]/NM1 overlay/require",
		}, got)
	}
}

// An overlay changes severities of its sets, the caller those of all.
func TestOverlaySeverity(t *testing.T) {
	text := bytes.ReplaceAll(sampleText(t), []byte("ALDER CT"), []byte("ALDÉR CT"))
	o := overlay(t, "overlay toy of 837\n  severity element/charset error\n")
	run := func(opts validate.Options) (list []x12.Severity) {
		opts.Packs, opts.Overlays = []validate.Pack{guides()}, []*validate.Overlay{o}
		v, err := validate.New(opts)
		require.NoError(t, err)
		require.NoError(t, v.Run(bytes.NewReader(text), nil, func(i *x12.Issue) bool { list = append(list, i.Severity); return true }))
		return list
	}
	require.Equal(t, []x12.Severity{x12.Error}, run(validate.Options{}))
	require.Equal(t, []x12.Severity{x12.Warning}, run(validate.Options{Severity: func(rule string, s x12.Severity) x12.Severity {
		if rule == "element/charset" {
			return x12.Warning
		}
		return s
	}}))
}

// Faults of an overlay name its line.
func TestOverlayErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "test.overlay:1: expected overlay NAME of GUIDE"},
		{"overlay Acme of 837", "test.overlay:1: expected overlay NAME"},
		{"overlay acme of 837\n2300/NTE require", "test.overlay:2: expected an indented line"},
		{"overlay acme of 837\n\n  2300/NTE", "test.overlay:3: expected a place and require"},
		{"overlay acme of 837\n  2300/NTE needs", "test.overlay:2: expected require, forbid"},
		{"overlay acme of 837\n  2300/CLM.01 length 9..3", "test.overlay:2: 9..3: expected the smaller length first"},
		{"overlay acme of 837\n  2300/CLM.01 length X", "test.overlay:2: X: expected a number"},
		{"overlay acme of 837\n  for somebody X", "test.overlay:2: expected for isa-sender"},
		{"overlay acme of 837\n  from 20250231", "test.overlay:2: 20250231: expected a day"},
		{"overlay acme of 837\n  severity element/date loud", "test.overlay:2: loud: expected off"},
		{"overlay acme of 837\n  rule acme/x at 2300 check", "test.overlay:2: rule acme/x: expected require"},
		{"overlay acme of 837\n  rule acme/x at 2300 when CLM.01 is 3", "test.overlay:2: when CLM.01: expected a place"},
		{"overlay acme of 837\n  rule acme/x at 2300 require CLM.01\n    titel x", "test.overlay:3: found"},
	} {
		_, err := validate.ParseOverlay("test.overlay", c.text)
		require.ErrorContains(t, err, c.want, c.text)
	}
	for _, c := range []struct{ text, want string }{
		{"overlay acme of 850", "test.overlay:1: no guide 850"},
		{"overlay acme of 837\n  2300/ZZZ require", "test.overlay:2: ZZZ: guide 005010X224A2 has no such segment in loop 2300"},
		{"overlay acme of 837\n  9999 forbid", "test.overlay:2: no guide of the overlay has loop 9999"},
		{"overlay acme of 835\n  2100/Charged require", "test.overlay:2: Charged: guide 005010X221A1 has no such field"},
		{"overlay acme of 835\n  rule acme/x at 2100 require CLP.77", "test.overlay:2: CLP.77: guide 005010X221A1 has no such element"},
	} {
		o := overlay(t, c.text)
		_, err := validate.New(validate.Options{Packs: []validate.Pack{guides()}, Overlays: []*validate.Overlay{o}})
		require.ErrorContains(t, err, c.want, c.text)
	}
}

// The overlays of testdata are good, and say something about its files.
func TestOverlaySamples(t *testing.T) {
	for _, c := range []struct {
		overlay, file string
		want          []string
	}{
		{"summit-lake", "837/valid/p-ambulance", []string{"2000A[1]/2000B[1]/2300[1]/CLM.05-1 overlay/codes", "2000A[1]/2000B[1]/2300[1]/AMT overlay/require"}},
		{"summit-lake", "837/valid/p-basic", nil},
		{"remits", "835/valid/remit-basic", nil},
	} {
		text, err := os.ReadFile("../../testdata/overlays/" + c.overlay + ".overlay")
		require.NoError(t, err)
		o, err := validate.ParseOverlay(c.overlay, string(text))
		require.NoError(t, err)
		in, err := os.ReadFile("../../testdata/" + c.file + ".edi")
		require.NoError(t, err)
		require.Equal(t, c.want, findings(t, validate.Options{Packs: []validate.Pack{guides()}, Overlays: []*validate.Overlay{o}}, in), c.file)
	}
}

func FuzzOverlay(f *testing.F) {
	for _, name := range []string{"summit-lake", "remits"} {
		text, err := os.ReadFile("../../testdata/overlays/" + name + ".overlay")
		require.NoError(f, err)
		f.Add(string(text))
	}
	f.Add("overlay a of 837\n  2300/CLM.01 length 1..2\n  rule a/b at 2300 when CLM.01 like ( forbid CLM")
	f.Fuzz(func(t *testing.T, text string) {
		o, err := validate.ParseOverlay("f", text)
		if err != nil {
			return
		}
		v, err := validate.New(validate.Options{Packs: []validate.Pack{guides()}, Overlays: []*validate.Overlay{o}})
		if err != nil {
			return
		}
		in, err := base("p-basic")
		require.NoError(t, err)
		require.NoError(t, v.Run(bytes.NewReader(in), nil, nil))
	})
}

// FuzzValidate changes sets: nothing makes the rules panic, and the findings do not depend on the number of workers.
func FuzzValidate(f *testing.F) {
	for _, name := range []string{"p-basic", "i-everything", "d-everything", "p-cob-secondary"} {
		text, err := base(name)
		require.NoError(f, err)
		f.Add(text)
	}
	for _, name := range []string{"835/valid/reversal-correction", "834/valid/*", "271/valid/*"} {
		files, err := filepath.Glob("../../testdata/" + name + ".edi")
		require.NoError(f, err)
		for _, file := range files[:min(len(files), 5)] {
			text, err := os.ReadFile(file)
			require.NoError(f, err)
			f.Add(text)
		}
	}
	packs := []validate.Pack{edi835.Rules(), edi837.Rules(), edi834.Rules(), edi270.Rules(), edi271.Rules()}
	one, err := validate.New(validate.Options{Level: 6, Packs: packs})
	require.NoError(f, err)
	three, err := validate.New(validate.Options{Level: 6, Packs: packs, Workers: 3})
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, text []byte) {
		run := func(v *validate.Validator) (list []x12.Issue) {
			_ = v.Run(bytes.NewReader(text), nil, func(i *x12.Issue) bool {
				c := *i
				c.Err, c.Trigger = nil, nil
				list = append(list, c)
				return true
			})
			return list
		}
		require.Equal(t, run(one), run(three))
	})
}
