package edit_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/edit"
)

func list(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestDir(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deep", "er")
	text := file835(t, 4, 3, 0)
	run := func(force bool) (*edit.Dir, error) {
		d, err := edit.NewDir(path, force)
		require.NoError(t, err)
		_, err = edit.Split(x12.NewReader(strings.NewReader(text)), d, edit.Options{By: edit.ByClaims(6), MaxOpen: 1})
		return d, err
	}
	d, err := run(false)
	require.NoError(t, err)
	_, err = d.Spool()
	require.NoError(t, err)
	require.Len(t, list(t, path), 1, "nothing has its place yet")
	d.Discard()
	require.NoFileExists(t, path, "the directory was made for the run")

	d, err = run(false)
	require.NoError(t, err)
	last, err := d.Create("manifest.csv")
	require.NoError(t, err)
	require.NoError(t, last.Close())
	require.NoError(t, d.Commit("manifest.csv"))
	require.Equal(t, []string{"manifest.csv", "part-0001.edi", "part-0002.edi"}, list(t, path))
	m, _, _ := split(t, text, edit.Options{By: edit.ByClaims(6)})
	for _, name := range m.names() {
		got, err := os.ReadFile(filepath.Join(path, name))
		require.NoError(t, err)
		require.Equal(t, m.text(name), string(got))
	}

	d, err = run(false)
	require.ErrorIs(t, err, edit.ErrExists)
	d.Discard()
	require.Len(t, list(t, path), 3, "what was there stays")
	text = file835(t, 2, 3, 7)
	d, err = run(true)
	require.NoError(t, err)
	require.NoError(t, d.Commit())
	got, err := os.ReadFile(filepath.Join(path, "part-0001.edi"))
	require.NoError(t, err)
	require.Contains(t, string(got), "*XXXXXXX~")

	require.NoError(t, os.Remove(filepath.Join(path, "part-0001.edi")))
	require.NoError(t, os.Mkdir(filepath.Join(path, "part-0001.edi"), 0o777))
	_, err = run(true)
	require.ErrorContains(t, err, "is a directory")
	_, err = edit.NewDir(filepath.Join(path, "part-0002.edi"), false)
	require.Error(t, err, "a file is no directory")
}

// TestDirMany puts more files in their places than are listed at a time.
func TestDirMany(t *testing.T) {
	path := t.TempDir()
	d, err := edit.NewDir(path, false)
	require.NoError(t, err)
	text := envelope(strings.Split(strings.Repeat(set("0001", "REF*X*1~")+"|", 2100), "|")[:2100]...)
	res, err := edit.Split(x12.NewReader(strings.NewReader(text)), d, edit.Options{})
	require.NoError(t, err)
	require.EqualValues(t, 2100, res.Parts)
	require.NoError(t, d.Commit())
	require.Len(t, list(t, path), 2100)
}
