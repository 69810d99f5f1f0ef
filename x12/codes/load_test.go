package codes

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// folder makes a file system of texts by name.
func folder(texts map[string]string) fstest.MapFS {
	m := fstest.MapFS{}
	for name, text := range texts {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

func TestLoadReplacesAndAdds(t *testing.T) {
	s, err := Load(folder(map[string]string{
		"carc.tsv":      header + "\n45\tNewer words\t2000-01-01\t2030-12-31\n999\tInvented\t\t\n",
		"hcpcs.tsv":     "\ufeff" + header + "\r\nA0001\tInvented supply\r\n\r\nA0002\r\n", // as a spreadsheet saves it
		"revenue.tsv":   header + "\n450\tOne code\n045X\tTen codes\n0XXX\tThousand codes",
		"README.md":     "not a list",
		".carc.tsv":     "hidden",
		"old/carc.tsv":  "in a folder",
		"dir.tsv/x.txt": "a folder with the name of a list",
	}))
	require.NoError(t, err)

	assert.Equal(t, "Newer words", s.Describe("carc", "45"))
	_, ok := s.Lookup("carc", "1")
	assert.False(t, ok, "the list is replaced as a whole")
	_, status := s.LookupOn("carc", "45", 20310101)
	assert.Equal(t, Ended, status)

	assert.True(t, s.Has("hcpcs"))
	assert.Contains(t, s.Lists(), "hcpcs")
	assert.Len(t, s.Lists(), len(Lists())+1)
	var got []Code
	for c := range s.All("hcpcs") {
		got = append(got, c)
	}
	assert.Equal(t, []Code{{Code: "A0001", Description: "Invented supply"}, {Code: "A0002"}}, got)

	assert.Equal(t, "One code", s.Describe("revenue", "0450"))
	assert.Equal(t, "Ten codes", s.Describe("revenue", "451"))
	assert.Equal(t, "Thousand codes", s.Describe("revenue", "0999"))
	assert.Empty(t, s.Describe("revenue", "1000"))

	assert.Equal(t, "Office", s.Describe("pos", "11"), "other lists stay")
	assert.Equal(t, "Deductible", Describe("carc", "1"), "the snapshot is untouched")
	assert.False(t, Default().Has("hcpcs"))
}

func TestLoadAcceptsTheSnapshotItself(t *testing.T) {
	sub, err := fs.Sub(files, "data")
	require.NoError(t, err)
	s, err := Load(sub)
	require.NoError(t, err)
	assert.Equal(t, Lists(), s.Lists())
	for _, name := range Lists() {
		assert.NotSame(t, Default().lists[name], s.lists[name])
		assert.Equal(t, slices.Collect(Default().All(name)), slices.Collect(s.All(name)))
	}
}

func TestLoadFaults(t *testing.T) {
	good := header + "\n1\tone\t\t\n"
	for name, tc := range map[string]struct{ file, text, want string }{
		"empty file":      {"carc.tsv", "", `codes: carc.tsv:1: first line is not "code\tdescription\tstart\tstop"`},
		"no header":       {"carc.tsv", "1\tone\t\t\n", `codes: carc.tsv:1: first line is not "code\tdescription\tstart\tstop"`},
		"commas":          {"carc.tsv", "code,description,start,stop\n", `codes: carc.tsv:1: first line is not "code\tdescription\tstart\tstop"`},
		"header only":     {"carc.tsv", header + "\r\n\r\n", `codes: "carc.tsv": no codes`},
		"no code":         {"carc.tsv", good + "\ttwo\t\t\n", "codes: carc.tsv:3: no code"},
		"columns":         {"carc.tsv", good + "2\ttwo\t\t\t\n", "codes: carc.tsv:3: more than four columns"},
		"twice":           {"carc.tsv", good + "\n1\tone\t\t\n", "codes: carc.tsv:4: same code as entry 1"},
		"twice, zeros":    {"revenue.tsv", header + "\n450\n0450\n", "codes: revenue.tsv:3: same code as entry 1"},
		"not a range":     {"revenue.tsv", header + "\n0X50\n", "codes: revenue.tsv:2: not a revenue code of up to four digits, or X for the last ones"},
		"range too long":  {"revenue.tsv", header + "\n0045X\n", "codes: revenue.tsv:2: not a revenue code of up to four digits, or X for the last ones"},
		"date form":       {"pos.tsv", good + "2\ttwo\t01/31/2024\t\n", "codes: pos.tsv:3: start: not a date of the form 2006-01-02"},
		"no such day":     {"pos.tsv", good + "2\ttwo\t\t2023-02-29\n", "codes: pos.tsv:3: stop: not a date of the form 2006-01-02"},
		"year 0":          {"pos.tsv", good + "2\ttwo\t\t0000-01-01\n", "codes: pos.tsv:3: stop: not a date of the form 2006-01-02"},
		"backwards":       {"pos.tsv", good + "2\ttwo\t2024-01-02\t2024-01-01\n", "codes: pos.tsv:3: stop is before start"},
		"latin 1":         {"pos.tsv", good + "2\tcaf\xe9\t\t\n", "codes: pos.tsv:3: not UTF-8"},
		"terminal escape": {"pos.tsv", good + "2\t\x1b[2J\t\t\n", "codes: pos.tsv:3: control character"},
		"lone return":     {"pos.tsv", good + "2\ttwo\rthree\t\t\n", "codes: pos.tsv:3: control character"},
		"nul in code":     {"pos.tsv", good + "2\x00\ttwo\t\t\n", "codes: pos.tsv:3: control character"},
		"space":           {"pos.tsv", good + " 2\ttwo\t\t\n", "codes: pos.tsv:3: space around the code"},
		"long code":       {"pos.tsv", good + strings.Repeat("2", 81) + "\n", "codes: pos.tsv:3: code longer than 80 bytes"},
		"long line":       {"pos.tsv", good + "2\t" + strings.Repeat("w", maxLine) + "\n", "codes: pos.tsv:3: line longer than 8192 bytes"},
		"name case":       {"CARC.tsv", good, `codes: "CARC.tsv": file name is not lower-case letters, digits and underscores`},
		"name with line":  {"a\nb.tsv", good, `codes: "a\nb.tsv": file name is not lower-case letters, digits and underscores`},
		"no name":         {"x.txt", good, "codes: no .tsv file found"},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := Load(folder(map[string]string{tc.file: tc.text}))
			assert.Nil(t, s)
			require.EqualError(t, err, tc.want)
			if name == "no name" {
				return
			}
			var pe *ParseError
			require.ErrorAs(t, err, &pe)
			assert.Equal(t, tc.file, pe.File)
		})
	}
}

func TestLoadLimits(t *testing.T) {
	many := map[string]string{}
	for i := range maxFiles + 1 {
		many[fmt.Sprintf("l%d.tsv", i)] = header + "\n1\n"
	}
	_, err := Load(folder(many))
	assert.EqualError(t, err, "codes: more than 256 files")

	maps.DeleteFunc(many, func(name, _ string) bool { return name == "l0.tsv" })
	_, err = Load(folder(many))
	assert.NoError(t, err)

	_, err = parse("pos.tsv", "pos", header+"\n1\n2\n3\n", 2)
	assert.EqualError(t, err, "codes: pos.tsv:4: more than 1000000 codes")
	_, err = parse("pos.tsv", "pos", header+"\n1\n2\n3\n", 3)
	assert.NoError(t, err)

	m := folder(map[string]string{"a.tsv": header + "\n12345\n"})
	_, err = readFile(m, "a.tsv", int64(len(header))+6)
	assert.EqualError(t, err, "files have more than 67108864 bytes together")
	text, err := readFile(m, "a.tsv", int64(len(header))+7)
	assert.NoError(t, err)
	assert.Len(t, text, len(header)+7)
}

// A pipe, device or link to a folder must not be opened: it could wait for ever.
func TestLoadReadsRegularFilesOnly(t *testing.T) {
	m := fstest.MapFS{"carc.tsv": &fstest.MapFile{Mode: fs.ModeNamedPipe}}
	_, err := Load(m)
	assert.EqualError(t, err, `codes: "carc.tsv": not a regular file`)
}

func TestLoadFolderFaults(t *testing.T) {
	_, err := Load(os.DirFS(t.TempDir() + "/absent"))
	assert.ErrorIs(t, err, fs.ErrNotExist)

	_, err = Load(failing{folder(map[string]string{"carc.tsv": header + "\n1\n"})})
	assert.ErrorIs(t, err, errDisk)
	assert.EqualError(t, err, `codes: "carc.tsv": disk on fire`)
}

var errDisk = errors.New("disk on fire")

// failing gives files whose reading fails after some bytes.
type failing struct{ fstest.MapFS }

func (f failing) Open(name string) (fs.File, error) {
	file, err := f.MapFS.Open(name)
	if err != nil || name == "." {
		return file, err
	}
	return failingFile{file}, nil
}

type failingFile struct{ fs.File }

func (f failingFile) Read(p []byte) (int, error) {
	n, _ := f.File.Read(p[:min(len(p), 3)])
	return n, errDisk
}

func FuzzLoad(f *testing.F) {
	for _, text := range []string{
		"", header, header + "\n1\tone\t\t\n", header + "\r\n045X\tER\t2020-01-01\t2021-01-01\r\n",
		header + "\n450\n0450\n", "\ufeff" + header + "\n\n\nXXXX\n", header + "\n1\t\t\t2023-02-29\n", header + "\n1\t\xff\n",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, name := range []string{"carc", "revenue"} {
			s, err := Load(folder(map[string]string{name + ".tsv": text}))
			if err != nil {
				var pe *ParseError
				if !errors.As(err, &pe) || pe.File != name+".tsv" {
					t.Fatalf("error without a file: %v", err)
				}
				continue
			}
			// What was loaded is found, and written out and loaded again is the same.
			var out strings.Builder
			out.WriteString(header + "\n")
			for c := range s.All(name) {
				fmt.Fprintf(&out, "%s\t%s\t%s\t%s\n", c.Code, c.Description, c.Start, c.Stop)
				got, ok := s.Lookup(name, c.Code)
				if isRange := name == "revenue" && strings.HasSuffix(c.Code, "X"); ok == isRange {
					t.Fatalf("Lookup(%q, %q) = %v", name, c.Code, ok)
				} else if ok && got != c {
					t.Fatalf("Lookup(%q, %q) = %q", name, c.Code, got)
				}
			}
			again, err := Load(folder(map[string]string{name + ".tsv": out.String()}))
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(slices.Collect(s.All(name)), slices.Collect(again.All(name))) {
				t.Fatal("second reading differs")
			}
		}
	})
}
