//go:build unix

package ach

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// killVar asks a process of this test binary to pay and to kill itself at a step: "N FOLDER".
const killVar = "EDI_ACH_TEST_KILL"

func TestMain(m *testing.M) {
	var n int
	var dir string
	if _, err := fmt.Sscanf(os.Getenv(killVar), "%d %s", &n, &dir); err == nil {
		os.Exit(payAndDie(n, dir))
	}
	os.Exit(m.Run())
}

// payAndDie pays the two payments of the worked example in dir and kills the process at step n.
func payAndDie(n int, dir string) int {
	at := 0
	_, _, err := pay(filepath.Join(dir, "pay.ach"), filepath.Join(dir, "paid.state"), stream(twoPayments()...), func(string) {
		if at++; at == n {
			syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {} // until it arrives
		}
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// killed runs a process that is killed at step n and reports whether it came that far.
func killed(t *testing.T, n int, dir string) bool {
	t.Helper()
	c := exec.Command(os.Args[0], "-test.run", "^$")
	c.Env = append(os.Environ(), killVar+"="+strconv.Itoa(n)+" "+dir)
	text, err := c.CombinedOutput()
	if err == nil {
		return false
	}
	status, ok := c.ProcessState.Sys().(syscall.WaitStatus)
	require.True(t, ok && status.Signaled() && status.Signal() == syscall.SIGKILL, "%s", text)
	return true
}

// paysOnce says that after some kills in dir a run to the end leaves each payment paid once.
func paysOnce(t *testing.T, dir string, kills ...int) {
	t.Helper()
	path := filepath.Join(dir, "pay.ach")
	_, _, err := pay(path, filepath.Join(dir, "paid.state"), stream(twoPayments()...), nil)
	require.NoError(t, err, "killed at %v", kills)
	require.Equal(t, workedExample, read(t, path), "killed at %v", kills)
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	require.NoError(t, err)
	require.ElementsMatch(t, []string{path, filepath.Join(dir, "paid.state")}, files, "killed at %v", kills)

	s, err := OpenState(filepath.Join(dir, "paid.state"))
	require.NoError(t, err)
	defer s.Close()
	require.Len(t, s.Runs(), 1, "killed at %v", kills)
	require.Len(t, s.paid, 2)
}

// A process that is killed at any step, and a second run: each payment stands in one file, once.
func TestKill(t *testing.T) {
	steps := 0
	for n := 1; ; n++ {
		dir := t.TempDir()
		if !killed(t, n, dir) {
			break
		}
		steps = n
		paysOnce(t, dir, n)
	}
	require.Greater(t, steps, 15)

	// and killed again while it mends what the first left behind
	stride := 5
	if testing.Short() {
		stride = 11
	}
	for i := 1; i <= steps; i++ {
		for k := 1 + i%stride; k <= steps; k += stride {
			dir := t.TempDir()
			require.True(t, killed(t, i, dir))
			killed(t, k, dir)
			paysOnce(t, dir, i, k)
		}
	}
}
