package ack_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/ack"
)

// told are the differences between acknowledgments that others publish beside their samples and ours, as
// docs/acknowledgments-writing.md lists them with their reasons: what is only theirs with a - in front, what is only ours with a +.
var told = map[string][]string{
	// Sets without a guide: only the envelope is looked at.
	"other-mulesoft-biztalk-interop-850-badbiztalk":    {"*"},
	"other-mulesoft-biztalk-interop-850x2.BiztalkTest": {"-AK3 CUR 3 2", "-AK3 REF 4 2", "-AK2 850 000000123", "-AK5 R 5", "-AK9 R 1 1 0", "+AK9 A 1 1 1"},
	// Their tests lay an overlay of their own over the 834.
	"834-mulesoft-test834-834-no-per":                          {"-AK3 PER 19 3", "+AK3 HD 19 8", "+AK4 3 7"},
	"834-mulesoft-test834-834-per-no-contact":                  {"-AK4 7 1", "-AK4 8 1", "+AK4 1 7", "+AK4 1 1", "+AK3 HD 20 8", "+AK4 3 7"},
	"834-mulesoft-test834-834-per08-too-long":                  {"-AK4 9 5", "+AK4 7 7", "+AK3 HD 20 8", "+AK4 3 7"},
	"other-mulesoft-ta1-tests-850-bad-isa":                     {"-TA1 R 011", "+TA1 E 011"},
	"other-mulesoft-ta1-tests-850-group-header-error":          {"-TA1 E 024", "+TA1 R 024"},
	"other-mulesoft-ta1-tests-850-interchange-count-error":     {"-TA1 E 021", "+TA1 R 021"},
	"other-mulesoft-ta1-tests-850-interchange-number-mismatch": {"-TA1 E 001", "+TA1 R 001"},
	"other-mulesoft-ta1-tests-850-missing-group-header":        {"-TA1 E 022", "+TA1 R 024"},
}

var notes = regexp.MustCompile(`(?m)^(AK2|AK3|IK3|AK4|IK4|AK5|IK5|AK9|TA1)\*([^~\r\n]*)`)

// verdicts returns acceptance, segments and elements named in an acknowledgment, without what each program adds of its own.
func verdicts(text string) (list []string) {
	text = strings.NewReplacer("~", "\n").Replace(text)
	for _, m := range notes.FindAllStringSubmatch(text, -1) {
		f := strings.Split(m[2], "*")
		id := m[1]
		switch id {
		case "TA1":
			f = f[3:]
		case "AK2":
			f = f[:2]
		case "AK3", "IK3":
			f = []string{f[0], f[1], f[len(f)-1]}
		case "AK4", "IK4":
			place, _, _ := strings.Cut(f[0], ":")
			f = []string{place, f[2]}
		case "AK5", "IK5": // the order of the codes is free
			slices.Sort(f[1:])
		}
		if id[0] == 'I' { // IK3 to IK5 are the AK3 to AK5 of a 997
			id = "AK" + id[2:]
		}
		if n := len(list) - 1; id == "AK5" && len(f) == 1 && f[0] == "A" && strings.HasPrefix(list[n], "AK2 ") {
			list = list[:n] // a set that is accepted need not be named, and is named by us
			continue
		}
		list = append(list, id+" "+strings.Join(f, " "))
	}
	return list
}

// difference returns what is only in one list, with - for the first and + for the second.
func difference(a, b []string) (out []string) {
	for _, v := range a {
		if k := slices.Index(b, v); k >= 0 {
			b = slices.Delete(slices.Clone(b), k, k+1)
		} else {
			out = append(out, "-"+v)
		}
	}
	for _, v := range b {
		out = append(out, "+"+v)
	}
	slices.Sort(out)
	return out
}

// The acknowledgments that others publish beside their samples are met, with the differences that are told.
func TestPublishedAnswers(t *testing.T) {
	dir := os.Getenv("EDI_CORPUS")
	if dir == "" {
		t.Skip("EDI_CORPUS is not set: the corpus of other people's samples is not here")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	require.NoError(t, err)
	v := validator(t, 1)
	compared, same := 0, 0
	for _, file := range files {
		kind := strings.TrimPrefix(filepath.Ext(file), ".")
		if kinds[kind] == 0 {
			continue
		}
		base, variant, _ := strings.Cut(filepath.Base(file), ".")
		src, err := os.ReadFile(filepath.Join(filepath.Dir(file), base+".edi"))
		require.NoError(t, err)
		want, err := os.ReadFile(file)
		require.NoError(t, err)
		k := kinds[kind]
		if kind == "999" { // of sets that a 999 cannot name
			k |= ack.Kind997
		}
		got, _ := answer(t, v, src, ack.WriteOptions{Kinds: k, AlwaysTA1: true, Delims: x12.DefaultDelimiters})
		compared++
		diff, known := difference(verdicts(string(want)), verdicts(got)), slices.Clone(told[base])
		if list, ok := told[base+"."+strings.TrimSuffix(variant, "."+kind)]; ok {
			known = slices.Clone(list)
		}
		if len(known) == 1 && known[0] == "*" {
			continue
		}
		slices.Sort(known)
		if len(diff) == 0 {
			same++
		}
		require.Equal(t, known, diff, "%s\n%s\n%s", file, want, got)
	}
	require.Greater(t, compared, 20)
	t.Logf("%d published answers compared, %d met as they are", compared, same)
}
