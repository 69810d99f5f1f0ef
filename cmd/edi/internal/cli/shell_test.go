package cli

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/x12-go/edi/x12"
)

func TestInputPlaces(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	a, empty, b := write("a", "0123456789"), write("empty", ""), write("b", "abc")
	in, err := openInput([]string{a, empty, "-", b}, strings.NewReader("xyz"))
	require.NoError(t, err)
	require.Equal(t, int64(-1), in.size, "stdin is no file")
	text, err := io.ReadAll(iotest.OneByteReader(in))
	require.NoError(t, err)
	require.Equal(t, "0123456789xyzabc", string(text))
	for offset, want := range map[int64]struct {
		name  string
		local int64
	}{0: {a, 0}, 9: {a, 9}, 10: {stdinName, 0}, 12: {stdinName, 2}, 13: {b, 0}, 16: {b, 3}} {
		name, local := in.place(offset)
		require.Equal(t, want.name, name, "offset %d", offset)
		require.Equal(t, want.local, local, "offset %d", offset)
	}
	in, err = openInput([]string{a, b}, nil)
	require.NoError(t, err)
	require.Equal(t, int64(13), in.size)
}

// TestInputJoin checks files without their last terminator, for every way the bytes can arrive.
func TestInputJoin(t *testing.T) {
	head := "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260105*0930*^*00501*000000001*0*T*:~"
	require.Len(t, head, isaLen)
	for name, c := range map[string]struct{ first, want string }{
		"open":          {head + "IEA*0*1", head + "IEA*0*1~"},
		"open, blanks":  {head + "IEA*0*1\r\n \n", head + "IEA*0*1~\r\n \n"},
		"closed":        {head + "IEA*0*1~\n", head + "IEA*0*1~\n"},
		"no X12":        {"abc", "abc"},
		"many blanks":   {head + "IEA*0*1~" + strings.Repeat("\n", 5*maxHeld), head + "IEA*0*1~" + strings.Repeat("\n", 5*maxHeld)},
		"inner blanks":  {head + "N1*A   \n   B~", head + "N1*A   \n   B~"},
		"nothing at it": {"", ""},
	} {
		path := filepath.Join(t.TempDir(), "first")
		require.NoError(t, os.WriteFile(path, []byte(c.first), 0o600))
		for _, wrap := range []func(io.Reader) io.Reader{func(r io.Reader) io.Reader { return r }, iotest.OneByteReader, iotest.HalfReader, iotest.DataErrReader} {
			in, err := openInput([]string{path, "-"}, strings.NewReader("ISA second "))
			require.NoError(t, err)
			joined := int64(-1)
			in.joined = func(offset int64) { joined = offset }
			got, err := io.ReadAll(wrap(in))
			require.NoError(t, err)
			require.Equal(t, c.want+"ISA second ", string(got), name)
			if k := strings.Index(c.want, "IEA*0*1~"); len(c.first) != len(c.want) {
				require.Equal(t, int64(k+7), joined, name)
			}
			_, local := in.place(int64(len(c.want)))
			require.Zero(t, local, name)
		}
	}
}

func TestProgress(t *testing.T) {
	var screen bytes.Buffer
	now := time.Unix(0, 0)
	c := &console{w: &screen, terminal: true}
	in := &input{size: 100e6}
	p := &progress{console: c, in: in, sets: func() int64 { return 7 }, now: func() time.Time { return now }, start: now}
	in.raw = 5e6
	now = now.Add(500 * time.Millisecond)
	p.tick()
	require.Empty(t, screen.String(), "a short run shows nothing")
	in.raw, now = 20e6, now.Add(1500*time.Millisecond)
	p.tick()
	require.Equal(t, "\r\x1b[K20.0 MB of 100.0 MB  7 sets  10.0 MB/s  0:08 left", screen.String())
	screen.Reset()
	p.tick()
	require.Empty(t, screen.String(), "drawn at most five times a second")
	c.printf("a finding")
	require.Equal(t, "\r\x1b[Ka finding\n", screen.String(), "a line takes the place of the progress")
	screen.Reset()
	in.size, now = -1, now.Add(time.Second)
	p.tick()
	require.NotContains(t, screen.String(), "left", "no size, no time left")
	c.endProgress()
	require.True(t, strings.HasSuffix(screen.String(), "\r\x1b[K"))

	require.Nil(t, (&call{console: &console{}, opts: options{progress: true}}).newProgress(), "no terminal, no progress")
	require.Nil(t, (&call{console: &console{terminal: true}}).newProgress(), "--progress=false")
}

func TestOutputFlush(t *testing.T) {
	var got bytes.Buffer
	o := &output{w: &got, live: true}
	_, err := o.Write([]byte("first"))
	require.NoError(t, err)
	require.NoError(t, o.endSet())
	require.Equal(t, "first", got.String(), "the first set is shown at once")
	o.since = time.Now().Add(time.Hour) // nothing is due by time
	_, err = o.Write([]byte("second"))
	require.NoError(t, err)
	require.NoError(t, o.endSet())
	require.Equal(t, "first", got.String(), "few bytes, soon after: kept")
	_, err = o.Write(make([]byte, flushBytes))
	require.NoError(t, err)
	require.NoError(t, o.endSet())
	require.Equal(t, len("firstsecond")+flushBytes, got.Len(), "many bytes are shown")
	o.live, o.since = false, time.Time{}
	_, err = o.Write([]byte("third"))
	require.NoError(t, err)
	require.NoError(t, o.endSet())
	require.NotContains(t, got.String(), "third", "a file is written in blocks")
}

func TestSeverities(t *testing.T) {
	var l severities
	require.NoError(t, l.Set("envelope/*=off"))
	require.NoError(t, l.Set("envelope/junk=warning"))
	require.Equal(t, x12.Severity(0), l.tune("envelope/se-count", x12.Error))
	require.Equal(t, x12.Warning, l.tune("envelope/junk", x12.Error))
	require.Equal(t, x12.Error, l.tune("segment/id", x12.Error))
	require.Equal(t, x12.Fatal, l.tune("envelope/no-interchange", x12.Fatal))
	for _, bad := range []string{"", "x", "=off", "x=loud", "x=fatal", "x="} {
		require.Error(t, l.Set(bad), bad)
	}
}

func TestDelimitersFlag(t *testing.T) {
	var d delimiters
	require.NoError(t, d.Set(`*:^\n`))
	require.Equal(t, x12.Delimiters{Element: '*', Component: ':', Repetition: '^', Segment: '\n'}, d.Delimiters)
	require.NoError(t, d.Set(`*\x1D\~`))
	require.Equal(t, x12.Delimiters{Element: '*', Component: 0x1D, Repetition: '\\', Segment: '~'}, d.Delimiters)
	require.NoError(t, d.Set(`*:~`))
	require.Equal(t, x12.Delimiters{Element: '*', Component: ':', Segment: '~'}, d.Delimiters)
	require.Equal(t, byte('!'), d.over(x12.Delimiters{Repetition: '!'}).Repetition)
	for _, bad := range []string{"", "*", "*:^~x", "**:~", "*:a~", "*: ~", `*:^\x`, `*:^\xZZ`, "*:^\x00", "*:^é"} {
		require.Error(t, d.Set(bad), bad)
	}
}

func TestByteSize(t *testing.T) {
	for text, want := range map[string]int64{"1": 1, "17B": 17, "10MB": 10e6, "10M": 10e6, "512KiB": 512 << 10, "1GB": 1e9, "2TiB": 2 << 40, "3kib": 3 << 10} {
		var s byteSize
		require.NoError(t, s.Set(text), text)
		require.Equal(t, want, int64(s), text)
	}
	for _, bad := range []string{"", "0", "-1", "MB", "1.5MB", "10XB", "10iB", "1BB", "9999999TiB", "99999999999999999999"} {
		var s byteSize
		require.Error(t, s.Set(bad), bad)
	}
}

// TestTable keeps the table usable by help, completion and manual.
func TestTable(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range commands() {
		require.False(t, seen[m.name], m.name)
		seen[m.name] = true
		require.NotEmpty(t, m.summary, m.name)
		require.NotEmpty(t, m.example, m.name)
		require.False(t, strings.HasSuffix(m.summary, "."), m.name)
		fs, run := m.flagSet(new(options)) // panics when a flag is declared twice
		require.NotNil(t, run, m.name)
		for _, f := range m.allFlags() {
			require.NotEmpty(t, f.Usage, "%s --%s", m.name, f.Name)
			require.NotNil(t, fs.Lookup(f.Name))
		}
	}
}
