package validate_test

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi270"
	"github.com/x12-go/edi/edi271"
	"github.com/x12-go/edi/edi834"
	"github.com/x12-go/edi/edi835"
	"github.com/x12-go/edi/edi837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/ack/ts277ca"
	"github.com/x12-go/edi/x12/ack/ts997"
	"github.com/x12-go/edi/x12/ack/ts999"
	"github.com/x12-go/edi/x12/guide"
	"github.com/x12-go/edi/x12/validate"
)

// everything checks with all guides and rules there are.
func everything(t *testing.T, level uint8) *validate.Validator {
	t.Helper()
	acks := validate.Pack{Name: "acknowledgments", Tables: []*guide.Table{ts999.X231A1, ts997.X230, ts277ca.X214}}
	v, err := validate.New(validate.Options{Level: level, Packs: []validate.Pack{
		edi835.Rules(), edi837.Rules(), edi834.Rules(), edi270.Rules(), edi271.Rules(), acks,
	}})
	require.NoError(t, err)
	require.NoError(t, v.Compile())
	return v
}

// fileFindings checks a file.
func fileFindings(t *testing.T, v *validate.Validator, file string) (list []*x12.Issue) {
	t.Helper()
	src, err := os.ReadFile(file)
	require.NoError(t, err)
	err = v.Run(bytes.NewReader(src), nil, func(i *x12.Issue) bool {
		list = append(list, i)
		return true
	})
	if len(list) == 0 || list[len(list)-1].Severity != x12.Fatal {
		require.NoError(t, err, file)
	}
	return list
}

// want is a finding that a table expects: a rule, or the beginning of one, and a place as "NM109", "2010BB", "2010AA/N4" or "".
type want struct{ rule, loop, seg, elem string }

var (
	ruleForm  = regexp.MustCompile(`^[a-z0-9]+/[a-z0-9-]*$`)
	placeForm = regexp.MustCompile(`^(?:([0-9]{4}[A-Z]{0,2})(?:/|$))?(?:([A-Z][A-Z0-9]{1,2}?)([0-9]{2}(?:-[0-9]+)?)?)?$`)
	instance  = regexp.MustCompile(`\[[0-9]+\]`)
)

// parseWants reads "rule place rule place"; ok is false for words.
func parseWants(text string) (list []want, ok bool) {
	for _, word := range strings.Fields(text) {
		if ruleForm.MatchString(word) {
			list = append(list, want{rule: word})
			continue
		}
		m := placeForm.FindStringSubmatch(word)
		if m == nil || len(list) == 0 {
			return nil, false
		}
		last := &list[len(list)-1]
		if last.loop+last.seg != "" {
			last = &want{rule: last.rule}
			list = append(list, *last)
			last = &list[len(list)-1]
		}
		last.loop, last.seg, last.elem = m[1], m[2], m[3]
	}
	return list, len(list) > 0
}

// is reports whether a finding is the one expected.
func (w want) is(i *x12.Issue) bool {
	loop := instance.ReplaceAllString(i.Loop, "")
	at := place("", i)
	return strings.HasPrefix(i.Rule, w.rule) && (w.loop == "" || loop == w.loop || strings.HasSuffix(loop, "/"+w.loop)) &&
		(w.seg == "" || i.SegID == w.seg) && (w.elem == "" || at == w.seg+w.elem || strings.HasPrefix(at, w.seg+w.elem+"-"))
}

// table reads a tab-separated file, without its comments.
func table(t *testing.T, name string) (rows [][]string) {
	t.Helper()
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimRight(line, "\r\n"); line != "" && line[0] != '#' {
			rows = append(rows, strings.Split(line, "\t"))
		}
	}
	return rows
}

// corpusRow is a line of the manifest of EDI_CORPUS.
type corpusRow struct{ path, kind, expectation, notes string }

// official reports whether the file is an example of an implementation guide.
func (r corpusRow) official() bool { return strings.Contains(r.notes, "official guide example") }

// corpus returns the folder of other people's samples and its manifest.
func corpus(t *testing.T) (dir string, rows []corpusRow) {
	t.Helper()
	dir = os.Getenv("EDI_CORPUS")
	if dir == "" {
		t.Skip("EDI_CORPUS is not set: the corpus of other people's samples is not here")
	}
	for _, f := range table(t, filepath.Join(dir, "manifest.tsv"))[1:] {
		require.GreaterOrEqual(t, len(f), 10, f[0])
		kind, _, _ := strings.Cut(f[8], ":")
		kind, _, _ = strings.Cut(kind, " ")
		rows = append(rows, corpusRow{f[0], kind, f[8], f[9]})
	}
	require.NotEmpty(t, rows)
	return dir, rows
}

// foreign reports whether a file has a set for which there is no guide, or one of another version than the guide it is read with.
func foreign(list []*x12.Issue) bool {
	return slices.ContainsFunc(list, func(i *x12.Issue) bool { return i.Rule == "guide/none" || i.Rule == "guide/version" })
}

// counted tells findings without their instances, "2 element/code 2110/SVC01-1".
func counted(list []*x12.Issue, takes func(*x12.Issue) bool) string {
	counts := map[string]int{}
	for _, i := range list {
		if takes(i) {
			_, loop := path.Split(instance.ReplaceAllString(i.Loop, ""))
			counts[i.Rule+" "+place(loop, i)]++
		}
	}
	var out []string
	for what, n := range counts {
		out = append(out, strconv.Itoa(n)+" "+what)
	}
	slices.SortFunc(out, func(a, b string) int {
		_, a, _ = strings.Cut(a, " ")
		_, b, _ = strings.Cut(b, " ")
		return strings.Compare(a, b)
	})
	return strings.Join(out, "; ")
}

// place tells the place of a finding as manifests do, "2110/SVC01-1".
func place(loop string, i *x12.Issue) string {
	flat := x12.Issue{Loop: loop, SegID: i.SegID, Element: i.Element, Component: i.Component}
	return strings.Replace(flat.Path(), ".", "", 1)
}

// broken are the shapes of ids and codes in the examples of the guides that their makers invented, or that were dropped since:
// each finding of level 5 on those examples is checked again here, in another way than the rules do it.
var broken = map[string]func(v string) bool{
	"code/npi":          func(v string) bool { return !luhn("80840"+v) || len(v) != 10 || v[0] != '1' && v[0] != '2' },
	"code/taxonomy":     func(v string) bool { return len(v) != 10 || v[9] != 'X' },
	"code/tax-id":       func(v string) bool { return !digits(v) || len(v) != 9 },
	"code/party-tax-id": func(v string) bool { return !digits(v) || len(v) != 9 },
	"code/zip":          func(v string) bool { return !digits(v) || len(v) != 5 && len(v) != 9 },
	"code/unknown":      func(v string) bool { return v == "1" }, // a patient status (CL103) has two digits
}

func digits(v string) bool {
	return v != "" && !strings.ContainsFunc(v, func(r rune) bool { return r < '0' || r > '9' })
}

func luhn(v string) bool {
	sum := 0
	for k := range v {
		d := int(v[len(v)-1-k] - '0')
		if k%2 == 1 {
			d = d*2/10 + d*2%10
		}
		sum += d
	}
	return digits(v) && sum%10 == 0
}

// doubted are the warnings of situational rules on the examples of the guides. All are true: the examples leave out what the text
// of their own guides asks for, which is why these rules only warn.
var doubted = []string{
	"837/billing-zip", "837/facility-zip", // ZIP codes of five digits
	"837/billing-street",  // a post office box in 2010AA
	"837/dental-date",     // no date at all, although it is no predetermination
	"837/outpatient-date", // lines of an outpatient claim without DTP 472
	"837/period-form",     // one day as RD8
}

// The examples of the guides have no error of the levels 1 to 4, and what the higher levels find is so.
func TestOfficialExamples(t *testing.T) {
	dir, rows := corpus(t)
	v := everything(t, 6)
	files, other := 0, 0
	rules := map[string]int{}
	for _, row := range rows {
		if !row.official() || row.kind != "valid" {
			continue
		}
		list := fileFindings(t, v, filepath.Join(dir, row.path))
		if foreign(list) {
			other++ // of guides that are not here
			continue
		}
		files++
		for _, i := range list {
			if i.Severity >= x12.Warning {
				rules[i.Severity.String()+" "+i.Rule]++
			}
			switch {
			case i.Severity <= x12.Info:
			case i.Level >= 5:
				if is := broken[i.Rule]; is == nil || !is(i.Value) {
					t.Errorf("%s: %s: is that so?", row.path, i.Error())
				}
			case i.Severity >= x12.Error || i.Level < 4 || !slices.Contains(doubted, i.Rule):
				t.Errorf("%s: %s", row.path, i.Error())
			}
		}
	}
	t.Logf("%d examples of our guides, %d of others: %v", files, other, rules)
	require.Greater(t, files, 50)
}

// TestCorpusInvalid holds the files that the manifest of EDI_CORPUS calls invalid against a table of what is wrong with them.
func TestCorpusInvalid(t *testing.T) {
	dir, rows := corpus(t)
	v := everything(t, 4)
	faults := map[string][]string{}
	for _, f := range table(t, filepath.Join("testdata", "corpus-invalid.tsv")) {
		faults["bad/"+f[0]] = f
	}
	files, passed := 0, 0
	for _, row := range rows {
		if row.kind != "invalid" {
			continue
		}
		f := faults[row.path]
		delete(faults, row.path)
		if len(f) < 2 {
			t.Errorf("%s: the manifest says %q, the table nothing", row.path, row.expectation)
			continue
		}
		if f[1] == "-" {
			require.Len(t, f, 3, "%s: expected the reason why nothing is found", row.path)
			passed++
			continue
		}
		files++
		list := fileFindings(t, v, filepath.Join(dir, row.path))
		for part := range strings.SplitSeq(f[1], ";") {
			wants, ok := parseWants(part)
			require.True(t, ok, "%s: %s", row.path, part)
			for _, w := range wants {
				if !slices.ContainsFunc(list, func(i *x12.Issue) bool { return i.Severity >= x12.Warning && w.is(i) }) {
					t.Errorf("%s: no %v, found %s", row.path, w, told(list, nil, x12.Info))
				}
			}
		}
	}
	require.Empty(t, faults, "no longer invalid files of the corpus")
	t.Logf("%d invalid files found out, %d passed over", files, passed)
}

// TestCorpusValid compares the errors of the levels 1 to 4 on the files that the manifest of EDI_CORPUS calls valid with a table of
// those read by people and found to be so: "valid" there means no more than that somebody's reader took the file.
func TestCorpusValid(t *testing.T) {
	dir, rows := corpus(t)
	v := everything(t, 4)
	faults := map[string][]string{}
	for _, f := range table(t, filepath.Join("testdata", "corpus-valid.tsv")) {
		require.Len(t, f, 3, f[0])
		faults[f[0]] = f
	}
	files, other := 0, 0
	for _, row := range rows {
		if row.kind != "valid" {
			continue
		}
		list := fileFindings(t, v, filepath.Join(dir, row.path))
		if foreign(list) {
			other++
			continue
		}
		files++
		want := ""
		if f := faults[row.path]; f != nil {
			want = f[1]
			delete(faults, row.path)
		}
		if found := counted(list, func(i *x12.Issue) bool { return i.Severity >= x12.Error }); found != want {
			t.Errorf("%s\nexpected %s\nfound    %s", row.path, want, found)
		}
	}
	require.Empty(t, faults, "no longer valid files of the corpus")
	t.Logf("%d valid files of our guides, %d of others", files, other)
}

var (
	offBalance = regexp.MustCompile(`off in (\d+) of \d+ sets, (\d+) of \d+ claims, (\d+) of \d+ services`)
	offCharges = regexp.MustCompile(`CLM02 differs from its line charges in (\d+) of`)
)

// unsummed reports whether a file lacks an amount, or has one that is no number: the notes count it as 0, the rules pass over sums
// with it.
func unsummed(list []*x12.Issue) bool {
	amounts := []string{"CLP03", "CLP04", "SVC02", "SVC03", "SV302", "SV203", "CLM02"}
	return slices.ContainsFunc(list, func(i *x12.Issue) bool {
		return (i.Rule == "element/missing" || i.Rule == "element/number") && slices.Contains(amounts, place("", i)) ||
			i.Rule == "segment/missing" && slices.Contains([]string{"BPR", "SV1", "SV2", "SV3"}, i.SegID) ||
			i.Rule == "loop/missing" && strings.HasSuffix(i.Loop, "2400") || i.Rule == "loop/trigger-missing" && i.SegID == "LX"
	})
}

// TestCorpusBalance compares the findings of balancing with sums that were made for the notes of the manifest in another way.
func TestCorpusBalance(t *testing.T) {
	dir, rows := corpus(t)
	v := everything(t, 4)
	count := func(list []*x12.Issue, rule, place string) (n int) {
		for _, i := range list {
			if w, ok := parseWants(rule + " " + place); ok && w[0].is(i) {
				n++
			}
		}
		return n
	}
	files := 0
	for _, row := range rows {
		off, charges := offBalance.FindStringSubmatch(row.notes), offCharges.FindStringSubmatch(row.notes)
		if !strings.Contains(row.notes, "own 835 balance") && charges == nil {
			continue
		}
		list := fileFindings(t, v, filepath.Join(dir, row.path))
		found := []int{count(list, "837/balance-charges", "CLM02")}
		want := charges
		if charges == nil {
			found = []int{count(list, "835/balance-transaction", "BPR02"), count(list, "835/balance-claim", "CLP04"), count(list, "835/balance-line", "SVC03")}
			want = off
		}
		files++
		for k, n := range found {
			noted := 0
			if want != nil {
				noted, _ = strconv.Atoi(want[k+1])
			}
			if row.path == "bad/835-stupidedi-notes-split.edi" && k == 0 {
				noted = 2 // two of its sets pay without a claim, which the note does not count
			}
			if n != noted && !(n < noted && unsummed(list)) {
				t.Errorf("%s: %v sets, claims, services that do not add up, noted are %v", row.path, found, want)
				break
			}
		}
	}
	require.NotZero(t, files)
	t.Logf("%d files with noted sums", files)
}

// TestOwnSamples compares the findings on the files of testdata with its manifest: each finding it names is there, the severest
// is as severe as it says, and nothing else is found, unless the manifest says that there is more.
func TestOwnSamples(t *testing.T) {
	v := everything(t, 6)
	root := filepath.Join("..", "..", "testdata")
	listed := map[string]bool{}
	for _, row := range table(t, filepath.Join(root, "manifest.tsv"))[1:] {
		file, expectation := row[0], row[10]
		if strings.HasPrefix(file, "ta1/") {
			continue // segments outside sets, which package ack checks
		}
		list := fileFindings(t, v, filepath.Join(root, filepath.FromSlash(file)))
		compare(t, file, expectation, list)
		listed[file] = true
	}
	files, err := filepath.Glob(filepath.Join(root, "*", "*", "*.edi"))
	require.NoError(t, err)
	for _, file := range files {
		if file, err = filepath.Rel(root, file); err == nil && !strings.HasPrefix(file, "ta1") && !listed[filepath.ToSlash(file)] {
			t.Errorf("%s: not in the manifest", file)
		}
	}
	t.Logf("%d files", len(listed))
}

// compare holds findings against an expectation of the manifest.
func compare(t *testing.T, file, expectation string, list []*x12.Issue) {
	t.Helper()
	parts := strings.Split(expectation, ";")
	named := make([]bool, len(list))
	worst := x12.Severity(0)
	for _, i := range list {
		worst = max(worst, i.Severity)
	}
	more := strings.Contains(expectation, "more findings") || strings.Contains(expectation, "may be said too")
	if parts[0] == "clean" {
		if worst >= x12.Warning {
			t.Errorf("%s: expected clean, found %s", file, told(list, nil, x12.Warning))
		}
		return
	}
	for n, part := range parts {
		severity, level := x12.Severity(0), -1
		if word, rest, ok := strings.Cut(strings.TrimSpace(part), ":"); ok {
			if s, ok := x12.ParseSeverity(word); ok {
				severity, part = s, rest
			}
		}
		part = strings.TrimSpace(part)
		if rest, ok := strings.CutPrefix(part, "snip"); ok && len(rest) > 2 && rest[1] == ' ' {
			level, part = int(rest[0]-'0'), rest[2:]
		}
		wants, ok := parseWants(part)
		switch {
		case n == 0 && severity == 0 || (n == 0 || level >= 0) && !ok:
			t.Errorf("%s: no rule in %q of the manifest: found %s", file, part, told(list, nil, x12.Info))
			return
		case n == 0:
			if worst != severity {
				t.Errorf("%s: expected %s at worst, found %s", file, severity, told(list, nil, x12.Info))
			}
		case !ok:
			continue // a remark
		}
		for _, w := range wants {
			found := false
			for k, i := range list {
				if w.is(i) && (level < 0 || i.Level == uint8(level)) {
					found, named[k] = true, true
				}
			}
			if !found {
				t.Errorf("%s: no %v of level %d: found %s", file, w, level, told(list, nil, x12.Info))
			}
		}
	}
	if extra := told(list, named, x12.Warning); extra != "" && !more {
		t.Errorf("%s: found too: %s", file, extra)
	}
}

// told lists findings as the manifest names them, without those that are named.
func told(list []*x12.Issue, named []bool, least x12.Severity) string {
	var out []string
	for k, i := range list {
		if i.Severity >= least && (named == nil || !named[k]) && len(out) < 12 {
			out = append(out, i.Severity.String()+":snip"+string('0'+i.Level)+" "+i.Rule+" "+place(instance.ReplaceAllString(i.Loop, ""), i))
		}
	}
	return strings.Join(out, "; ")
}
