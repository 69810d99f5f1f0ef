package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12/schema"
)

var updateCheck = flag.Bool("update-check", false, "rewrite the expected output of testdata/check/*.txtar")

const guide835 = "../../edi835/ts835/005010X221A1.guide"

// facts returns the path of a fact table. The tables are not part of the repository.
func facts(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("EDI_FACTS")
	if dir == "" {
		t.Skip("EDI_FACTS is not set: no fact tables to compare with")
	}
	return filepath.Join(dir, name)
}

// TestCheckCases runs the command on small guides and tables: files "guide", "facts.tsv" (columns between bars) and
// perhaps "accepted"; "want" is the exit status and what is printed.
func TestCheckCases(t *testing.T) {
	files, err := filepath.Glob("testdata/check/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			require.NoError(t, err)
			dir := t.TempDir()
			var want *txtar.File
			args := []string{filepath.Join(dir, "guide"), filepath.Join(dir, "facts.tsv")}
			for i := range ar.Files {
				f := &ar.Files[i]
				data := f.Data
				switch f.Name {
				case "want":
					want = f
					continue
				case "facts.tsv":
					data = tabs(data)
				case "accepted":
					args = append([]string{"-accept", filepath.Join(dir, "accepted")}, args...)
				}
				require.NoError(t, os.WriteFile(filepath.Join(dir, f.Name), data, 0o644))
			}
			require.NotNil(t, want, "no file want")
			var out bytes.Buffer
			status := check(args, &out, &out)
			got := strings.ReplaceAll(out.String(), dir+string(filepath.Separator), "") + "exit " + string(rune('0'+status)) + "\n"
			if *updateCheck {
				want.Data = []byte(got)
				require.NoError(t, os.WriteFile(file, txtar.Format(ar), 0o644))
				return
			}
			require.Equal(t, string(want.Data), got)
		})
	}
}

// tabs makes a table of lines like "| HEADER | L | HEADER |".
func tabs(data []byte) []byte {
	var b strings.Builder
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		for i, cell := range strings.Split(strings.TrimSuffix(strings.TrimPrefix(line, "|"), "|"), "|") {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(strings.TrimSpace(cell))
		}
		b.WriteByte('\n')
	}
	return []byte(b.String())
}

// TestCheck835 holds the guide of the 835 against its fact table.
func TestCheck835(t *testing.T) {
	var out bytes.Buffer
	status := check([]string{guide835, facts(t, "guides/835.tsv")}, &out, &out)
	require.Zero(t, status, "%s", &out)
	require.Empty(t, out.String())
}

// TestCheckAcknowledgments holds the guides of the 999 and of the 277 claim acknowledgment against their fact tables.
func TestCheckAcknowledgments(t *testing.T) {
	for guide, table := range map[string]string{"ts999/005010X231A1.guide": "999.tsv", "ts277ca/005010X214.guide": "277ca.tsv"} {
		var out bytes.Buffer
		status := check([]string{"../../x12/ack/" + guide, facts(t, "guides/"+table)}, &out, &out)
		require.Zero(t, status, "%s", &out)
		require.Empty(t, out.String())
	}
}

// TestDictionaryOfFacts makes sure that the dictionary is what the tables give.
func TestDictionaryOfFacts(t *testing.T) {
	var out, errs bytes.Buffer
	require.Zero(t, dict([]string{facts(t, "")}, &out, &errs), "%s", &errs)
	want, err := os.ReadFile("../../x12/schema/005010.dict")
	require.NoError(t, err)
	require.True(t, bytes.Equal(want, out.Bytes()), "run: x12gen dict $EDI_FACTS > x12/schema/005010.dict")
}

// TestDraftsOfAllFactTables writes a guide from each fact table and compares it with the table. What is left are
// the conditions that a rule inside one segment cannot say, and one limit that stands at the wrong element.
func TestDraftsOfAllFactTables(t *testing.T) {
	for name, set := range map[string]string{
		"835": "835", "837p": "837", "837i": "837", "837d": "837", "834": "834",
		"270": "270", "271": "271", "999": "999", "277ca": "277",
	} {
		t.Run(name, func(t *testing.T) {
			path := facts(t, filepath.Join("guides", name+".tsv"))
			rows, err := readFacts(path)
			require.NoError(t, err)
			guide := filepath.Join(t.TempDir(), "draft.guide")
			require.NoError(t, os.WriteFile(guide, []byte(draftGuide(set, rows)), 0o644))
			var out, errs bytes.Buffer
			require.Less(t, check([]string{guide, path}, &out, &errs), 2, "%s", &errs)
			for line := range strings.Lines(out.String()) {
				if !strings.Contains(line, " rule: guide none, facts required-if ") && !strings.HasSuffix(line, " differences\n") &&
					!strings.Contains(line, "SV5[Durable Medical Equipment Service].02 digits: guide none, facts 8") {
					t.Error(line)
				}
			}
		})
	}
}

// TestEveryChangeIsNoticed changes the fact table of the 835 in every cell, one at a time, and takes out every row.
func TestEveryChangeIsNoticed(t *testing.T) {
	if testing.Short() {
		t.Skip("compares some thousand times")
	}
	rows, err := readFacts(facts(t, "guides/835.tsv"))
	require.NoError(t, err)
	src, err := os.ReadFile(guide835)
	require.NoError(t, err)
	base, err := schema.Base("005010")
	require.NoError(t, err)
	guide, err := schema.Parse(guide835, src, base)
	require.NoError(t, err)
	differences := func() int {
		c := &checker{guidePath: guide835, guide: guide, dict: base, facts: rows}
		c.compareBody()
		return len(c.differences)
	}
	clean := differences()
	require.Equal(t, 1, clean, "only the version accepted besides")

	changes := 0
	try := func(r *factRow, what string, change func() bool) {
		saved := *r
		if change() {
			changes++
			if differences() <= clean {
				t.Errorf("line %d, %s %s: change of %s is not noticed", r.line, r.kind, r.id, what)
			}
		}
		*r = saved
	}
	str := func(r *factRow, what string, s *string) {
		try(r, what, func() bool { *s += "x"; return true })
	}
	var walk func(list *[]*factRow, wrapper bool)
	walk = func(list *[]*factRow, wrapper bool) {
		for i, r := range *list {
			if !wrapper {
				whole := *list
				if r.kind == "S" || r.kind == "L" || i == len(whole)-1 || whole[i].used() {
					*list = append(append([]*factRow{}, whole[:i]...), whole[i+1:]...)
					changes++
					if differences() <= clean {
						t.Errorf("line %d, %s %s: row taken out is not noticed", r.line, r.kind, r.id)
					}
					*list = whole
				}
				try(r, "usage", func() bool {
					r.usage = map[string]string{"R": "S", "S": "R", "N": "S"}[r.usage]
					return true
				})
				if r.kind == "S" || r.kind == "L" {
					try(r, "position", func() bool { r.pos++; return true })
				} else {
					str(r, "element", &r.de)
					str(r, "type", &r.typ)
					if r.typ != "COMP" {
						str(r, "min", &r.min)
						str(r, "max", &r.max)
					}
				}
				if r.used() {
					str(r, "name", &r.name)
					if r.kind != "C" {
						try(r, "repeat", func() bool { r.repeat += 7; return true })
					}
					if r.kind == "E" || r.kind == "C" {
						if r.list == "" { // else the guide names the qualifier instead of the list
							str(r, "ext", &r.ext)
						}
						try(r, "digits", func() bool { r.digits++; return true })
						try(r, "length", func() bool { r.length++; return true })
						try(r, "a code more", func() bool { r.codes = append(r.codes[:len(r.codes):len(r.codes)], "QQ"); return r.typ != "COMP" })
						try(r, "a code less", func() bool {
							if len(r.codes) == 0 {
								return false
							}
							r.codes = r.codes[1:]
							return true
						})
						try(r, "a check", func() bool { r.checks = append(r.checks[:len(r.checks):len(r.checks)], "equals X"); return true })
						try(r, "no check", func() bool { ok := len(r.checks) > 0; r.checks = nil; return ok })
					}
					try(r, "required-if", func() bool { r.required = "BPR04=FWT"; return true })
					try(r, "no required-if", func() bool { ok := r.required != ""; r.required = ""; return ok })
					if r.kind == "S" {
						try(r, "syntax", func() bool { r.syntax = append(r.syntax[:len(r.syntax):len(r.syntax)], "P0102"); return true })
						try(r, "no syntax", func() bool { ok := len(r.syntax) > 0; r.syntax = nil; return ok })
						try(r, "key", func() bool { r.key = &factKey{element: 1, codes: []string{"QQ"}}; return true })
					}
				}
			}
			walk(&r.sub, false)
		}
	}
	walk(&rows, true)
	require.Greater(t, changes, 3000)
}

func TestNotes(t *testing.T) {
	row := func(kind, ext, note string) *factRow {
		r := &factRow{kind: kind, ext: ext}
		r.note(note)
		return r
	}
	r := row("S", "", "P0809 C1110 C1203 key=NM101:DN,P3")
	require.Equal(t, []string{"P0809", "C1110", "C1203"}, r.syntax)
	require.Equal(t, &factKey{element: 1, codes: []string{"DN", "P3"}}, r.key)

	r = row("S", "", "key=CTX01-1:!SITUATIONAL TRIGGER")
	require.Equal(t, &factKey{element: 1, component: 1, not: true, codes: []string{"SITUATIONAL TRIGGER"}}, r.key)

	r = row("L", "", "key=NM101:13,1I between LS*2120 and LE*2120")
	require.Equal(t, []string{"13", "1I"}, r.key.codes)
	require.Equal(t, []string{"between LS*2120 and LE*2120"}, r.other)

	r = row("S", "", "R0203 key=REF01:F8 required-if CLM05-3 in 7,8")
	require.Equal(t, []string{"F8"}, r.key.codes)
	require.Equal(t, "CLM05-3 in 7,8", r.required)

	r = row("S", "", "key=REF01:LU repeat 1 here, 2 in the 837P guide")
	require.Equal(t, []string{"LU"}, r.key.codes)
	require.Equal(t, []string{"repeat 1 here, 2 in the 837P guide"}, r.other)

	r = row("L", "", "same-as=2000A/2000B/2300")
	require.Equal(t, "2000A/2000B/2300", r.sameAs)

	r = row("E", "", "guide-max=10 digits; equals the sum of SV102")
	require.Equal(t, 10, r.digits)
	require.Equal(t, []string{"equals the sum of SV102"}, r.checks)

	r = row("E", "", "guide-max=50; required-if PWK02 in BM,EL")
	require.Equal(t, 50, r.length)
	require.Equal(t, "PWK02 in BM,EL", r.required)

	require.Equal(t, "8", row("E", "npi", "npi-if NM108=XX").list)
	require.Equal(t, "1", row("E", "rarc", "ncpdp_reject if LQ01=RX").list)
	require.Equal(t, "1", row("C", "hcpcs", "by qualifier: HC hcpcs/cpt, AD cdt").list)
	require.Equal(t, "?", row("E", "hcpcs", "by qualifier: HC hcpcs/cpt").list)
	require.Equal(t, "1", row("C", "icd10cm", "icd9 if the qualifier is not the AB/APR form").list)
	require.Equal(t, []string{"005010X222", "005010X222A2"}, row("E", "", "also-accept 005010X222 005010X222A2").accept)
	require.True(t, row("E", "", "unsure: one source says not used").unsure)
}

func TestConditions(t *testing.T) {
	in := func(subject string, values ...string) condition { return condition{subject, "in", values} }
	for text, want := range map[string][]condition{
		"BPR04=ACH":                         {in("BPR04", "ACH")},
		"BPR04 in ACH,BOP":                  {in("BPR04", "ACH", "BOP")},
		"N404 absent or in US,CA":           {{"N404", "absent", nil}, in("N404", "US", "CA")},
		"CLM11-1=AA or CLM11-2=AA":          {in("CLM11-1", "AA"), in("CLM11-2", "AA")},
		"LS":                                {{"LS", "present", nil}},
		"CLM11 has AA or OA":                nil,
		"the claim has HI":                  nil,
		"in US":                             nil,
		"SBR02=18 or something else really": nil,
	} {
		require.Equal(t, want, conditionsOf(text), text)
	}
}

func TestCheckArguments(t *testing.T) {
	for _, args := range [][]string{{}, {"one"}, {"-nope"}, {"no-guide", "no-facts"}, {guide835, "no-facts"}} {
		var out, errs bytes.Buffer
		require.Equal(t, 2, check(args, &out, &errs), args)
		require.NotEmpty(t, errs.String())
		require.Empty(t, out.String())
	}
}
