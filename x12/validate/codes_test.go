package validate_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi270/ts270"
	"github.com/x12-go/edi/edi271/ts271"
	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/internal/ruletest"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codes"
	"github.com/x12-go/edi/x12/guide"
	"github.com/x12-go/edi/x12/validate"
)

// codeGuides has no rules of its own.
var codeGuides = validate.Pack{Name: "none.rules", Tables: []*guide.Table{
	ts837.X222A1, ts837.X223A2, ts837.X224A2, ts835.X221A1, ts834.X220A1, ts270.X279A1, ts271.X279A1,
}}

func TestCodeRules(t *testing.T) { ruletest.Samples(t, 0, validate.Codes(), codeGuides) }

// codeFindings validates a sample of the built-in packs with changes; each is "old => new" of a first segment.
func codeFindings(t *testing.T, lists validate.Lists, base string, changes ...string) (list []*x12.Issue) {
	t.Helper()
	text, err := validate.Codes().Samples(base)
	require.NoError(t, err)
	var edits []validate.Edit
	for _, c := range changes {
		from, to, _ := strings.Cut(c, " => ")
		edits = append(edits, validate.Edit{Prefix: from, With: to})
	}
	text, err = validate.Apply(text, edits)
	require.NoError(t, err)
	v, err := validate.New(validate.Options{Packs: []validate.Pack{codeGuides}, Lists: lists})
	require.NoError(t, err)
	require.NoError(t, v.Run(bytes.NewReader(text), nil, func(i *x12.Issue) bool { list = append(list, i); return true }))
	return list
}

func paths(list []*x12.Issue) (out []string) {
	for _, i := range list {
		path := i.Path()
		out = append(out, path[strings.LastIndex(path, "/")+1:]+" "+i.Rule)
	}
	return out
}

func TestCodeFinding(t *testing.T) {
	list := codeFindings(t, nil, "837p", "HI* => HI*ABK:J069*ABF:J06.9*ABF:R509*ABF:..")
	require.Equal(t, []string{"HI.02-2 code/icd10cm", "HI.04-2 code/icd10cm"}, paths(list))
	i := list[0]
	require.Equal(t, x12.Codes{IK3: "8", IK4: "I12", IK5: "I5"}, i.Codes)
	require.Equal(t, "2000A[1]/2000B[1]/2300[1]", i.Loop)
	require.Equal(t, "1271", i.DE)
	require.Equal(t, "J06.9", i.Value)
	require.NotContains(t, i.Message, "J06")
	require.EqualValues(t, 5, i.Level)
	require.Equal(t, 12, i.At)

	// Warnings have no acknowledgment code.
	list = codeFindings(t, nil, "837p", "CLM* => CLM*CB-1001*187.5***38:B:1*Y*A*Y*Y")
	require.Equal(t, []string{"CLM.05-1 code/unknown"}, paths(list))
	require.Equal(t, x12.Codes{}, list[0].Codes)

	// Repetitions are counted, and what the element checks have said is not said again.
	list = codeFindings(t, nil, "codes-834", "DMG* => DMG*D8*19800512*F**:RET:2106-3^:RET:2106-4")
	require.Equal(t, []string{"DMG.05-3^2 code/race"}, paths(list))
	require.Equal(t, []string{"N4.02 element/too-long"}, paths(codeFindings(t, nil, "837p", "N4* => N4*ASTORIA*ORE*971030410")))
	require.Equal(t, []string{"NM1.09 element/components"}, paths(codeFindings(t, nil, "837p", "NM1*85* => NM1*85*2*CEDAR BAY*****XX*19999:00016")))
}

func TestCodeCountries(t *testing.T) {
	for n4, want := range map[string]string{
		"N4*OTTAWA*ON*K1A0B1*CA":     "",
		"N4*OTTAWA*ON*K1A0B1":        "N4.02 code/state-country",
		"N4*OTTAWA*ON*K1A*CA":        "N4.03 code/zip",
		"N4*OTTAWA*ZZ*K1A0B1*CA":     "N4.02 code/state-country",
		"N4*BERLIN**SW1A 1AA*GB":     "",
		"N4*BERLIN*XX*10115*DE":      "",
		"N4*BERLIN**10115*XY":        "N4.04 code/unknown",
		"N4*ASTORIA*XX*97103":        "N4.02 code/unknown",
		"N4*ASTORIA*OR*97103*US":     "",
		"N4*ASTORIA*OR*K1A0B1*US":    "N4.03 code/zip",
		"N4*ASTORIA*OR*97103*US*":    "",
		"N4*SAN JUAN*PR*00907":       "",
		"N4*APO*AE*09012":            "",
		"N4*TIJUANA*BCN*22000*MX***": "N4.02 element/too-long",
	} {
		got := paths(codeFindings(t, nil, "837p", "N4* => "+n4))
		if want == "" {
			require.Empty(t, got, n4)
		} else {
			require.Equal(t, []string{want}, got, n4)
		}
	}
}

// Lists of the caller take the place of those built in, and of forms for which none is.
func TestCodeLists(t *testing.T) {
	const head = "code\tdescription\tstart\tstop\n"
	set, err := codes.Load(fstest.MapFS{
		"hcpcs.tsv":     {Data: []byte(head + "99213\tvisit\t\t2025-03-09\n87880\ttest\t2025-03-10\t\n")},
		"icd10cm.tsv":   {Data: []byte(head + "J069\t\t2024-10-01\t\nR509\t\t2025-03-11\t\n")},
		"condition.tsv": {Data: []byte(head + "09\t\t\t\n")},
		"zip.tsv":       {Data: []byte(head + "97103\t\t\t\n")},
	})
	require.NoError(t, err)
	list := codeFindings(t, set, "837p")
	require.Equal(t, []string{"HI.02-2 code/inactive", "SV1.01-2 code/inactive"}, paths(list))
	require.Contains(t, list[0].Message, "not in use on the service date: begins 2025-03-11 (code list icd10cm)")
	require.Contains(t, list[1].Message, "ended 2025-03-09 (code list hcpcs)")

	// A line has its own day, a claim those of all its lines.
	require.Empty(t, codeFindings(t, set, "837p", "DTP*472 => DTP*472*RD8*20250309-20250312"))
	require.Equal(t, []string{"HI.02-2 code/inactive", "SV1.01-2 code/inactive", "SV1.01-2 code/inactive"},
		paths(codeFindings(t, set, "837p", "DTP*472 => DTP*472*D8*20250310~REF*6R*A", "REF*6R*CB-1001-1 => ", "DTP*472*D8*20250310 => DTP*472*D8*20250310", "SV1*HC:87880 => SV1*HC:99213*42.5*UN*1***1")))
	// What a stay is coded with is held against its own period, not the days of its lines.
	in := []string{"HI*ABK => HI*ABK:J069:::::::Y", "HI*ABJ => HI*ABJ:R509", "HI*ABN => ", "HI*ABF => ", "HI*BG => HI*BG:09*BG:39"}
	require.Equal(t, []string{"HI.01-2 code/inactive", "HI.02-2 code/unknown"}, paths(codeFindings(t, set, "codes-837i", in...)))
	require.Equal(t, []string{"HI.02-2 code/unknown"}, paths(codeFindings(t, set, "codes-837i", append(in, "DTP*434 => DTP*434*RD8*20250301-20250311")...)))
	// Without a day nothing is said.
	for _, i := range codeFindings(t, set, "837p", "DTP*472 => ", "DTP*472 => ") {
		require.Equal(t, "segment/missing", i.Rule)
	}

	require.Equal(t, []string{"N4.03 code/unknown", "HI.02-2 code/inactive", "SV1.01-2 code/inactive"}, paths(codeFindings(t, set, "837p", "N4* => N4*ASTORIA*OR*971040410")))
}

// Reasons of a payer are held against the day of the remittance, and reversals may repeat ended ones.
func TestCodeDatesOfRemittance(t *testing.T) {
	const head = "code\tdescription\tstart\tstop\n"
	set, err := codes.Load(fstest.MapFS{
		"carc.tsv":  {Data: []byte(head + "45\t\t\t2025-03-12\n3\t\t2025-03-13\t\n")},
		"hcpcs.tsv": {Data: []byte(head + "99214\t\t2025-02-25\t\n85025\t\t2025-02-24\t\n")},
	})
	require.NoError(t, err)
	both := []string{"SVC.01-2 code/inactive", "CAS.02 code/inactive", "CAS.02 code/inactive"}
	list := codeFindings(t, set, "codes-835")
	require.Equal(t, both, paths(list))
	require.Contains(t, list[1].Message, "on the decision date: ended 2025-03-12")
	require.Equal(t, both, paths(codeFindings(t, set, "codes-835", "DTM*405 => ")), "BPR16 without a production date")
	require.Equal(t, both[:1], paths(codeFindings(t, set, "codes-835", "CLP* => CLP*RB-10042*22*210*132.6*30*12*2025061004177*11*1")))
	require.Equal(t, []string{"CAS.02 code/inactive"}, paths(codeFindings(t, set, "codes-835", "DTM*405 => DTM*405*20250312", "SVC*HC:99214 => SVC*HC:85025*180*112.6**1")))
	require.Equal(t, both, paths(codeFindings(t, set, "codes-835", "DTM*472 => ")), "the days of the claim where a line has none")
}

// Valid samples of this project have no findings of codes.
func TestCodesOfValidSamples(t *testing.T) {
	v, err := validate.New(validate.Options{Packs: []validate.Pack{codeGuides}})
	require.NoError(t, err)
	files, err := filepath.Glob("../../testdata/*/valid/*.edi")
	require.NoError(t, err)
	require.Greater(t, len(files), 100)
	for _, f := range files {
		text, err := os.ReadFile(f)
		require.NoError(t, err)
		require.NoError(t, v.Run(bytes.NewReader(text), nil, func(i *x12.Issue) bool {
			if strings.HasPrefix(i.Rule, "code/") {
				t.Errorf("%s: %s: %s %q", f, i.Path(), i.Message, i.Value)
			}
			return true
		}))
	}
}

// Copies of the examples in the guides have sound codes, but for NPIs, which are invented without their check digit, and some slips.
func TestCodesOfCorpus(t *testing.T) {
	root := os.Getenv("EDI_CORPUS")
	if root == "" {
		t.Skip("EDI_CORPUS is not set")
	}
	v, err := validate.New(validate.Options{Packs: []validate.Pack{codeGuides}})
	require.NoError(t, err)
	files, err := filepath.Glob(filepath.Join(root, "*", "*005010x*.edi"))
	require.NoError(t, err)
	slips := map[string]string{
		"10-1234567": "code/tax-id",  // the guide itself asks for nine digits
		"3111":       "code/zip",     // of an address in Florida
		"187.50":     "code/revenue", // an amount one element too early
	}
	official := 0
	for _, f := range files {
		base := filepath.Base(f)
		if !strings.HasPrefix(base, "stupidedi-") && !strings.HasPrefix(base, "lfh-") {
			continue
		}
		official++
		text, err := os.ReadFile(f)
		require.NoError(t, err)
		_ = v.Run(bytes.NewReader(text), nil, func(i *x12.Issue) bool {
			if strings.HasPrefix(i.Rule, "code/") && i.Rule != "code/npi" && i.Severity >= x12.Error && slips[i.Value] != i.Rule {
				t.Errorf("%s: %s: %s %q", base, i.Path(), i.Message, i.Value)
			}
			return true
		})
	}
	require.Greater(t, official, 50)
}
