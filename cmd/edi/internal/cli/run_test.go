package cli

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/x12-go/edi/x12"
)

// edi runs a command line on input.
func edi(input []byte, args ...string) (stdout []byte, stderr string, code int) {
	var out, errs bytes.Buffer
	code = Run(args, bytes.NewReader(input), &out, &errs)
	return out.Bytes(), errs.String(), code
}

type failingWriter struct {
	left int
	err  error
}

func (w *failingWriter) Write(p []byte) (int, error) {
	if w.left -= len(p); w.left < 0 {
		return 0, w.err
	}
	return len(p), nil
}

func TestFailingOutput(t *testing.T) {
	input := sample(t, 300_000)
	lines, _, code := edi(input, "json", "--layer", "segments")
	require.Equal(t, 0, code)
	for _, c := range []struct {
		args  []string
		input []byte
	}{
		{[]string{"fmt"}, input}, {[]string{"fmt", "--canonical"}, input}, {[]string{"fmt", "--delimiters", "|>!%"}, input},
		{[]string{"fmt", "--summary"}, input}, {[]string{"stats", "-q"}, input}, {[]string{"json", "--layer", "segments"}, input},
		{[]string{"x12"}, lines}, {[]string{"gen", "835", "--size", "300KB"}, nil}, {[]string{"help"}, nil}, {[]string{"man"}, nil},
	} {
		var errs bytes.Buffer
		code := Run(c.args, bytes.NewReader(c.input), &failingWriter{100, syscall.EPIPE}, &errs)
		require.Equal(t, exitClean, code, "%v: a closed pipe ends quietly", c.args)
		require.NotContains(t, errs.String(), "write", "%v", c.args)

		errs.Reset()
		code = Run(c.args, bytes.NewReader(c.input), &failingWriter{100, syscall.ENOSPC}, &errs)
		require.Equal(t, exitUsage, code, "%v", c.args)
		require.Contains(t, errs.String(), "no space left", "%v", c.args)
	}
}

type failingReader struct {
	data io.Reader
	err  error
}

func (r *failingReader) Read(p []byte) (int, error) {
	n, err := r.data.Read(p)
	if err == io.EOF {
		err = r.err
	}
	return n, err
}

func TestFailingInput(t *testing.T) {
	input := sample(t, 100_000)
	lines, _, _ := edi(input, "json", "--layer", "segments")
	for _, c := range []struct {
		args  []string
		input []byte
	}{
		{[]string{"fmt"}, input}, {[]string{"fmt", "--canonical"}, input}, {[]string{"stats"}, input},
		{[]string{"json", "--layer", "segments"}, input}, {[]string{"x12"}, lines},
	} {
		target := filepath.Join(t.TempDir(), "out")
		var out, errs bytes.Buffer
		in := &failingReader{bytes.NewReader(c.input[:len(c.input)*2/3]), errors.New("cable cut")}
		require.Equal(t, exitUsage, Run(c.args, in, &out, &errs), "%v", c.args)
		require.Contains(t, errs.String(), "read <stdin>: cable cut")
		require.NotZero(t, out.Len(), "%v: what was read is written", c.args)

		in = &failingReader{bytes.NewReader(c.input[:len(c.input)*2/3]), errors.New("cable cut")}
		require.Equal(t, exitUsage, Run(append(c.args, "-o", target), in, &out, &errs))
		left, err := os.ReadDir(filepath.Dir(target))
		require.NoError(t, err)
		require.Empty(t, left, "%v", c.args)
	}
}

func TestFindingsAreLimited(t *testing.T) {
	set := "ST*999*0001~XX~SE*2*0001~"
	input := "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260105*0930*^*00501*000000001*0*T*:~GS*FA*S*R*20260105*0930*1*X*005010X231A1~" +
		strings.Repeat(set, maxPrinted) + "GE*1*1~IEA*1*000000001~"
	_, errs, code := edi([]byte(input), "fmt")
	require.Equal(t, exitInput, code)
	lines := strings.Split(strings.TrimSpace(errs), "\n")
	require.Len(t, lines, maxPrinted+1)
	require.Regexp(t, `^edi: \d+ more findings not printed$`, lines[maxPrinted])
	_, errs, code = edi([]byte(input), "fmt", "--quiet")
	require.Equal(t, exitInput, code)
	require.Empty(t, errs)
}

// TestLongSetBreaksOff covers the one case in which part of a set is written: it was too long to keep back.
func TestLongSetBreaksOff(t *testing.T) {
	line := `{"segments":[["ST","835","0001"]` + strings.Repeat(`,["REF","XX","0123456789"]`, 40_000)
	out, errs, code := edi([]byte(line+`,["REF",5]]}`), "x12")
	require.Equal(t, exitInput, code)
	require.Contains(t, errs, "json/syntax")
	require.True(t, bytes.HasPrefix(out, []byte("ST*835*0001~\nREF*XX*0123456789~\n")))
	require.NotContains(t, string(out), "SE*", "a set that is not whole must not look whole")

	out, _, code = edi([]byte(line+`]}`), "x12")
	require.Equal(t, exitClean, code)
	require.True(t, bytes.HasSuffix(out, []byte("SE*40002*0001~\n")))
}

// roundTrip checks that json and x12 give the canonical form of sound input, and that canonical form and the plain one
// hold the same.
func roundTrip(t *testing.T, input []byte) {
	t.Helper()
	canonical, _, code := edi(input, "fmt", "--canonical", "-q")
	lines, _, jsonCode := edi(input, "json", "--layer", "segments", "-q")
	back, errs, backCode := edi(lines, "x12")
	if strings.Contains(errs, ": TA1.") {
		return // a TA1 has plain elements; one with components is refused on the way back
	}
	if code == exitClean && jsonCode == exitClean {
		require.Equal(t, exitClean, backCode, errs)
	}
	if backCode == exitClean && code == exitClean {
		require.Equal(t, string(canonical), string(back))
		again, _, code := edi(canonical, "fmt", "--canonical", "-q")
		require.Equal(t, exitClean, code)
		require.Equal(t, string(canonical), string(again), "the canonical form is not a fixed point")
	}
}

// segments returns the segments of a stream, each with its terminator.
func segments(input []byte) []string {
	var list []string
	rd := x12.NewReader(bytes.NewReader(input))
	for {
		s, err := rd.Read()
		if err != nil {
			return list
		}
		list = append(list, string(s.Bytes())+string(s.Delims.Segment))
	}
}

// lossless checks that fmt, in both forms and there and back, loses no byte of any segment.
func lossless(t *testing.T, input []byte) {
	t.Helper()
	want := segments(input)
	oneLine, _, _ := edi(input, "fmt", "--oneline", "-q")
	require.Equal(t, strings.Join(want, ""), string(oneLine))
	byLine, _, _ := edi(oneLine, "fmt", "-q")
	require.Equal(t, want, segments(byLine))
	direct, _, _ := edi(input, "fmt", "-q")
	require.Equal(t, string(byLine), string(direct))
}

func TestRoundTripSynthetic(t *testing.T) {
	input := sample(t, 200_000)
	roundTrip(t, input)
	lossless(t, input)
}

// TestCorpus runs over the samples of a folder of folders named by EDI_CORPUS; those in bad are unsound on purpose.
func TestCorpus(t *testing.T) {
	root := os.Getenv("EDI_CORPUS")
	if root == "" {
		t.Skip("EDI_CORPUS is not set")
	}
	files := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".edi" {
			return err
		}
		input, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		t.Run(filepath.Base(path), func(t *testing.T) {
			if filepath.Base(filepath.Dir(path)) != "bad" {
				lossless(t, input)
				sound(t, input)
				return
			}
			roundTrip(t, input) // must not panic, nor differ where it succeeds
		})
		return nil
	})
	require.NoError(t, err)
	require.Greater(t, files, 100)
}

// sound is roundTrip for input whose envelope is sound: the forms agree even where segments stand outside sets.
func sound(t *testing.T, input []byte) {
	t.Helper()
	canonical, _, _ := edi(input, "fmt", "--canonical", "-q")
	lines, _, _ := edi(input, "json", "--layer", "segments", "-q")
	back, _, _ := edi(lines, "x12", "-q")
	require.NotEmpty(t, canonical)
	require.Equal(t, string(canonical), string(back))
	inSets := func(list []string) int {
		n := 0
		for _, s := range list {
			if !strings.HasPrefix(s, "ISB") && !strings.HasPrefix(s, "ISX") && !strings.HasPrefix(s, "ISE") {
				n++
			}
		}
		return n
	}
	require.Equal(t, inSets(segments(input)), inSets(segments(canonical)))
}

func FuzzRoundTrip(f *testing.F) {
	names, err := filepath.Glob("../../testdata/*.edi")
	if err != nil || len(names) == 0 {
		f.Fatal("no samples", err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, input []byte) {
		roundTrip(t, input)
		edi(input, "stats", "--json", "--segments", "-q")
		edi(input, "fmt", "--delimiters", "|>!%", "-q")
	})
}

func FuzzX12(f *testing.F) {
	f.Add([]byte(`{"interchange":{"isa":["00","","00","","ZZ","S","ZZ","R","260105","0930","^","00501","1","0","T",":"]},"group":{"gs":["HP","S"]},"segments":[["ST","835","0001"],["REF",["a","b"],{"repeat":["x"]},{"bytes":"6Q=="}]]}`))
	f.Add([]byte(`{"interchange":{"seq":0,"delimiters":"|^>%"},"set":{"id":"1"},"segments":[["ST"]]}`))
	f.Fuzz(func(t *testing.T, lines []byte) {
		out, _, code := edi(lines, "x12")
		if code != exitClean || len(out) == 0 {
			return
		}
		again, _, code := edi(out, "fmt", "--canonical", "-q")
		if code == exitClean {
			require.Equal(t, string(out), string(again), "what x12 writes is canonical")
		}
	})
}
