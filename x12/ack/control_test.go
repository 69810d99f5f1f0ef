package ack_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12/ack"
)

// The test binary stands in for other programs: with this variable it takes numbers from the file it names and prints them.
const controlEnv = "ACK_TEST_CONTROL_FILE"

func TestMain(m *testing.M) {
	path := os.Getenv(controlEnv)
	if path == "" {
		os.Exit(m.Run())
	}
	f, err := ack.OpenControlFile(path)
	for k := 0; err == nil && k < 40; k++ {
		var n int64
		if n, err = f.Next(); err == nil {
			fmt.Println(n)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

// Programs side by side never get the same number, and none is left out.
func TestControlFileShared(t *testing.T) {
	path := filepath.Join(t.TempDir(), "control.txt")
	require.NoError(t, os.WriteFile(path, []byte("# numbers of the clearinghouse\n000001000\n"), 0o644))
	var runs []*exec.Cmd
	var outs []*strings.Builder
	for range 4 {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), controlEnv+"="+path)
		out := &strings.Builder{}
		c.Stdout, c.Stderr = out, os.Stderr
		require.NoError(t, c.Start())
		runs, outs = append(runs, c), append(outs, out)
	}
	seen := map[string]bool{}
	for k, c := range runs {
		require.NoError(t, c.Wait())
		for _, n := range strings.Fields(outs[k].String()) {
			require.False(t, seen[n], n)
			seen[n] = true
		}
	}
	require.Len(t, seen, 160)
	for n := 1001; n <= 1160; n++ {
		require.True(t, seen[fmt.Sprint(n)], n)
	}
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "# numbers of the clearinghouse\n000001160\n", string(text))
	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".control-*"))
	require.NoError(t, err)
	require.Empty(t, left)
}

func TestControlFileForms(t *testing.T) {
	dir := t.TempDir()
	for k, c := range []struct {
		text string
		want int64
		fail bool
	}{
		{"41\n", 42, false}, {"000000041", 42, false}, {"# c\n\n 41 \n", 42, false}, {"999999999\n", 1, false}, {"0\n", 1, false},
		{"", 0, true}, {"# nothing\n", 0, true}, {"41\n42\n", 0, true}, {"x\n", 0, true}, {"-1\n", 0, true}, {"1000000000\n", 0, true},
	} {
		path := filepath.Join(dir, fmt.Sprint(k))
		require.NoError(t, os.WriteFile(path, []byte(c.text), 0o644))
		f, err := ack.OpenControlFile(path)
		if c.fail {
			require.ErrorIs(t, err, ack.ErrControlFile, c.text)
			continue
		}
		require.NoError(t, err)
		n, err := f.Next()
		require.NoError(t, err)
		require.Equal(t, c.want, n, c.text)
	}
	f, err := ack.OpenControlFile(filepath.Join(dir, "new"))
	require.NoError(t, err)
	for want := int64(1); want < 4; want++ {
		n, err := f.Next()
		require.NoError(t, err)
		require.Equal(t, want, n)
	}
	_, err = (mustOpen(t, filepath.Join(dir, "no", "folder"))).Next()
	require.Error(t, err)
}

func mustOpen(t *testing.T, path string) *ack.ControlFile {
	f, err := ack.OpenControlFile(path)
	require.NoError(t, err)
	return f
}

func TestCountFrom(t *testing.T) {
	for _, c := range []struct{ first, want, then int64 }{{1, 1, 2}, {0, 1, 2}, {999_999_999, 999_999_999, 1}, {1 << 40, 999_999_999, 1}} {
		n := ack.CountFrom(c.first)
		a, _ := n.Next()
		b, _ := n.Next()
		require.Equal(t, []int64{c.want, c.then}, []int64{a, b})
	}
}
