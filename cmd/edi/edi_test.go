package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"edi": main})
}

// TestScript runs the scripts of testdata/script. Each finds the samples in the folder testdata, and has the commands
// gzip and zstd, which compress FILE to FILE.gz and FILE.zst.
func TestScript(t *testing.T) {
	samples, err := filepath.Glob("testdata/*.edi")
	if err != nil || len(samples) == 0 {
		t.Fatal("no samples", err)
	}
	testscript.Run(t, testscript.Params{
		Files:               scripts(t),
		Deadline:            time.Now().Add(4 * time.Minute),
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			for _, name := range samples {
				text, err := os.ReadFile(name)
				if err != nil {
					return err
				}
				to := filepath.Join(env.WorkDir, name)
				if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
					return err
				}
				if err := os.WriteFile(to, text, 0o666); err != nil {
					return err
				}
			}
			remittances, err := filepath.Abs("../../testdata/835")
			if err != nil {
				return err
			}
			return os.Symlink(remittances, filepath.Join(env.WorkDir, "testdata", "835"))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"gzip": compress(".gz", func(w io.Writer) (io.WriteCloser, error) { return gzip.NewWriter(w), nil }),
			"zstd": compress(".zst", func(w io.Writer) (io.WriteCloser, error) { return zstd.NewWriter(w) }),
		},
	})
}

// scripts returns the scripts to run: with the race detector, and in short, those that use several goroutines, for starting edi
// hundreds of times is slow then and shows nothing else.
func scripts(t *testing.T) (files []string) {
	all, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(all) == 0 {
		t.Fatal("no scripts", err)
	}
	if !raceDetector || !testing.Short() {
		return all
	}
	for _, file := range all {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(text, []byte("--workers")) {
			files = append(files, file)
		}
	}
	return files
}

func compress(suffix string, open func(io.Writer) (io.WriteCloser, error)) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, _ bool, args []string) {
		f, err := os.Create(ts.MkAbs(args[0] + suffix))
		ts.Check(err)
		defer f.Close()
		w, err := open(f)
		ts.Check(err)
		_, err = io.WriteString(w, ts.ReadFile(args[0]))
		ts.Check(err)
		ts.Check(w.Close())
	}
}
