package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestExamples runs every example of every command's help, in a folder with the repository's samples. testscript.Main
// has put edi into PATH.
func TestExamples(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("no sh")
	}
	if raceDetector && testing.Short() {
		t.Skip("nothing in it runs side by side")
	}
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(filepath.Join(dir, "testdata"), os.DirFS("../../testdata")))
	text := output(t, "help")
	list := text[strings.Index(text, "Commands:"):]
	commands := regexp.MustCompile(`(?m)^  (\w+) `).FindAllStringSubmatch(list, -1)
	require.NotEmpty(t, commands)
	for _, m := range commands {
		_, examples, found := strings.Cut(output(t, "help", m[1]), "\nExamples:\n")
		require.True(t, found, "%s has no example", m[1])
		for line := range strings.Lines(strings.TrimSpace(examples)) {
			line = strings.TrimSpace(line)
			t.Run(line, func(t *testing.T) {
				cmd := exec.Command("sh", "-c", line)
				cmd.Dir = dir
				var stderr bytes.Buffer
				cmd.Stderr = &stderr
				out, err := cmd.Output()
				require.NoError(t, err, stderr.String())
				require.True(t, len(out) > 0 || strings.Contains(line, " -o ") || strings.Contains(line, " --out-dir "), "no output")
				require.NotContains(t, stderr.String(), "error:")
			})
		}
	}
}

func output(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command("edi", args...).Output()
	require.NoError(t, err)
	return string(out)
}

// TestInterrupt stops a run that would take minutes: its unfinished file must be gone.
func TestInterrupt(t *testing.T) {
	dir := t.TempDir()
	cmd := exec.Command("edi", "gen", "835", "--size", "100GB", "-o", "out.edi")
	cmd.Dir = dir
	require.NoError(t, cmd.Start())
	begun := func() bool {
		entries, err := os.ReadDir(dir)
		return err == nil && len(entries) > 0
	}
	require.Eventually(t, begun, 10*time.Second, time.Millisecond)
	time.Sleep(20 * time.Millisecond) // between creating the file and waiting for signals
	require.NoError(t, cmd.Process.Signal(os.Interrupt))
	var exit *exec.ExitError
	require.ErrorAs(t, cmd.Wait(), &exit)
	require.Equal(t, 130, exit.ExitCode())
	require.False(t, begun(), "the unfinished file is left")
}

// maxRSS is the most memory a streaming command may ever have resident, in KiB, and maxOwn how much of it may be its own: the
// rest are pages of the program file, of which the kernel maps what lies around those that run, and can take back.
const (
	maxRSS = 20 << 10
	maxOwn = 9 << 10
)

// peak is the most memory a process has had resident so far, and what it has of its own now, in KiB; 0 when that cannot be told. What wait tells will not do: it
// counts the memory of the test as well, which the process was for a moment.
func peak(pid int) (resident, own int) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, 0
	}
	figure := func(name string) int {
		_, rest, _ := strings.Cut(string(status), name+":")
		n, _ := strconv.Atoi(strings.TrimSpace(strings.Split(rest, "kB")[0]))
		return n
	}
	return figure("VmHWM"), figure("RssAnon")
}

// TestMemory streams one transaction set that is far larger than the ceiling through every command that streams.
func TestMemory(t *testing.T) {
	if now, _ := peak(os.Getpid()); testing.Short() || raceDetector || now == 0 {
		t.Skip("measures the memory of large runs, as Linux tells it")
	}
	dir := t.TempDir()
	edi := filepath.Join(dir, "edi") // the test's own is larger
	build := exec.Command("go", "build", "-o", edi, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	text, err := build.CombinedOutput()
	require.NoError(t, err, string(text))
	run := func(args ...string) {
		t.Helper()
		cmd := exec.Command(edi, args...)
		cmd.Dir = dir
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &out
		require.NoError(t, cmd.Start())
		done := make(chan error, 1)
		go func() { done <- cmd.Wait() }()
		most, own := 0, 0
		for running := true; running; {
			select {
			case err := <-done:
				require.NoError(t, err, out.String())
				running = false
			case <-time.After(2 * time.Millisecond):
				resident, anon := peak(cmd.Process.Pid)
				most, own = max(most, resident), max(own, anon)
			}
		}
		t.Logf("%6d KiB, %5d of its own: %s", most, own, strings.Join(args, " "))
		require.Less(t, most, maxRSS, "%v", args)
		require.Less(t, own, maxOwn, "%v", args)
		require.NotZero(t, most, "%v", args)
	}
	run("gen", "835", "--size", "48MB", "-o", "big.edi")
	run("fmt", "-o", "fmt.edi", "big.edi")
	run("fmt", "--canonical", "--delimiters", "|>!%", "-o", "fmt.edi", "big.edi")
	run("fmt", "--summary", "-o", "fmt.edi", "big.edi")
	run("stats", "-o", "stats.txt", "big.edi")
	run("json", "--layer", "segments", "-o", "big.json", "big.edi")
	run("x12", "-o", "back.edi", "big.json")
	run("fmt", "--canonical", "-o", "fmt.edi", "big.edi")
	back, err := os.ReadFile(filepath.Join(dir, "back.edi"))
	require.NoError(t, err)
	want, err := os.ReadFile(filepath.Join(dir, "fmt.edi"))
	require.NoError(t, err)
	require.True(t, bytes.Equal(want, back), "json and x12 do not give the canonical form")

	run("gen", "837p", "--size", "48MB", "-o", "big.edi")
	run("csv", "-o", "claims.csv", "big.edi")
	run("json", "--layer", "guide", "-o", "big.json", "big.edi")
	run("split", "--by", "claims:5000", "--out-dir", "parts", "big.edi")
	run("split", "--by", "payer", "--out-dir", "payers", "big.edi")
}
