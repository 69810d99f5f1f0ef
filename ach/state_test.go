package ach

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// pay runs text with a state, as a command does: recover, convert, release.
func pay(path, state, text string, step func(string)) (*Run, []string, error) {
	s, err := OpenState(state)
	if err != nil {
		return nil, nil, err
	}
	defer s.Close()
	s.step = step
	if _, err := s.Recover(); err != nil {
		return nil, nil, err
	}
	r, err := Convert(strings.NewReader(text), testConfig(), Options{State: s})
	if err != nil {
		return nil, nil, err
	}
	defer r.Close()
	names, err := r.Release(path, s)
	return r, names, err
}

func read(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(b)
}

func TestStateAcrossRuns(t *testing.T) {
	dir := t.TempDir()
	path, state := filepath.Join(dir, "pay.ach"), filepath.Join(dir, "paid.state")
	r, names, err := pay(path, state, stream(twoPayments()...), nil)
	require.NoError(t, err)
	require.Equal(t, []string{path}, names)
	require.Equal(t, workedExample, read(t, path))
	require.Equal(t, 2, r.Totals().Taken.Payments)

	// the same again: nothing to pay, nothing to write
	r, names, err = pay(path, state, stream(twoPayments()...), nil)
	require.NoError(t, err)
	require.Empty(t, names)
	for _, p := range r.Payments {
		require.Equal(t, Skipped, p.Action)
		require.Equal(t, AlreadyPaid, p.Reason)
	}

	// with a new one: only that, its trace numbers counting on, and never over a file that is there
	third := newRemit().pays("7").trace("EFT0001236")
	again := append(twoPayments(), third)
	_, _, err = pay(path, state, stream(again...), nil)
	require.ErrorIs(t, err, os.ErrExist)
	next := filepath.Join(dir, "next.ach")
	r, names, err = pay(next, state, stream(again...), nil)
	require.NoError(t, err)
	require.Equal(t, []string{next}, names)
	require.Equal(t, "999988880000003", r.Payments[2].Entry.Trace)
	require.Equal(t, "B", field(read(t, next), 34, 34), "the second file of the day")
	list := checkNacha(t, read(t, next))
	require.Len(t, list, 1)
	require.EqualValues(t, 700, list[0].cents)

	// the same identity with another amount, or to another account, is refused
	r, _, err = pay(next, state, stream(newRemit().pays("7").trace("EFT0001235"), newRemit().set(15, "744567891")), nil)
	require.NoError(t, err)
	for _, p := range r.Payments {
		require.Equal(t, Refused, p.Action)
		require.Equal(t, PaidDiffers, p.Reason)
	}
}

func TestStateInUse(t *testing.T) {
	path := filepath.Join(t.TempDir(), "paid.state")
	s, err := OpenState(path)
	require.NoError(t, err)
	defer s.Close()
	_, err = OpenState(path)
	require.ErrorIs(t, err, ErrState)
}

var errStop = errors.New("stopped by the test")

// stopped runs f and reports whether errStop ended it.
func stopped(f func()) (yes bool) {
	defer func() {
		if v := recover(); v != nil {
			if v != errStop {
				panic(v)
			}
			yes = true
		}
	}()
	f()
	return false
}

// A run whose file has gone between its commit and its release is for a person to judge.
func TestUnreleased(t *testing.T) {
	for _, how := range []string{"released", "void"} {
		dir := t.TempDir()
		path, state := filepath.Join(dir, "pay.ach"), filepath.Join(dir, "paid.state")
		committed := false
		require.True(t, stopped(func() {
			pay(path, state, stream(twoPayments()...), func(name string) {
				if name == "commit: on disk" {
					committed = true
					panic(errStop)
				}
			})
		}))
		require.True(t, committed)
		require.NoError(t, os.Remove(partOf(path)))
		var u *Unreleased
		_, _, err := pay(path, state, stream(twoPayments()...), nil)
		require.ErrorAs(t, err, &u)
		require.Equal(t, 1, u.Run)
		require.Equal(t, []string{path}, u.Files)

		s, err := OpenState(state)
		require.NoError(t, err)
		require.Error(t, s.Resolve(2, how))
		require.Error(t, s.Resolve(1, "paid"))
		require.NoError(t, s.Resolve(1, how))
		require.Error(t, s.Resolve(1, how))
		require.NoError(t, s.Close())
		r, _, err := pay(path, state, stream(twoPayments()...), nil)
		require.NoError(t, err)
		if how == "void" {
			require.Equal(t, 2, r.Totals().Taken.Payments)
			checkNacha(t, read(t, path))
		} else {
			require.Equal(t, 2, r.Totals().Skipped.Payments)
		}
	}
}

// A file of the name that holds something else is never taken for the run's own, nor replaced by it.
func TestRecoverForeignFile(t *testing.T) {
	dir := t.TempDir()
	path, state := filepath.Join(dir, "pay.ach"), filepath.Join(dir, "paid.state")
	require.True(t, stopped(func() {
		pay(path, state, stream(twoPayments()...), func(name string) {
			if name == "commit: on disk" {
				panic(errStop)
			}
		})
	}))
	require.NoError(t, os.WriteFile(path, []byte("something else"), 0o600))
	_, _, err := pay(path, state, stream(twoPayments()...), nil)
	var u *Unreleased
	require.ErrorAs(t, err, &u)
	require.Equal(t, "something else", read(t, path))
}

// A state that was changed by other hands is refused, at every byte.
func TestStateChanged(t *testing.T) {
	dir := t.TempDir()
	path, state := filepath.Join(dir, "pay.ach"), filepath.Join(dir, "paid.state")
	_, _, err := pay(path, state, stream(twoPayments()...), nil)
	require.NoError(t, err)
	_, _, err = pay(filepath.Join(dir, "next.ach"), state, stream(newRemit().pays("7").trace("EFT0001236")), nil)
	require.NoError(t, err)
	text := []byte(read(t, state))
	changed := filepath.Join(dir, "changed.state")
	ids := map[string]bool{"EFT0001234": true, "EFT0001235": true, "EFT0001236": true}
	knows := func() (n int, err error) {
		s, err := OpenState(changed)
		if err != nil {
			return 0, err
		}
		defer s.Close()
		for trace := range ids {
			if _, ok := s.lookup(keyOf(trace)); ok {
				n++
			}
		}
		if _, err := s.Recover(); err != nil {
			return n, err
		}
		return n, nil
	}
	step := 1
	if testing.Short() {
		step = 7
	}
	for i := 0; i < len(text); i += step {
		b := bytes.Clone(text)
		b[i] ^= 1
		require.NoError(t, os.WriteFile(changed, b, 0o600))
		n, err := knows()
		require.True(t, err != nil || n == 3, "byte %d: %d payments are known, and nothing is said", i, n)
	}
	// cut short, it is what a crash leaves: the payments of committed blocks are known
	for i := range text {
		require.NoError(t, os.WriteFile(changed, text[:i], 0o600))
		n, err := knows()
		require.NoError(t, err, i)
		commits := bytes.Count(text[:i], []byte(`"commit"`))
		if !bytes.HasSuffix(text[:i], []byte("\n")) && bytes.Contains(text[bytes.LastIndexByte(text[:i], '\n')+1:i], []byte(`"commit"`)) {
			commits--
		}
		require.Equal(t, []int{0, 2, 3}[commits], n, i)
	}
}

func keyOf(trace string) key { return key{payer: "1512345678", trace: trace} }

// A line that lacked nothing but its end did not count, and never will.
func TestStateLineWithoutEnd(t *testing.T) {
	dir := t.TempDir()
	path, state := filepath.Join(dir, "pay.ach"), filepath.Join(dir, "paid.state")
	_, _, err := pay(path, state, stream(newRemit()), nil)
	require.NoError(t, err)
	text := read(t, state)
	commit := strings.Index(text, `{"event":"commit"`)
	end := commit + strings.IndexByte(text[commit:], '\n')
	require.NoError(t, os.WriteFile(state, []byte(text[:end]), 0o600))
	require.NoError(t, os.Remove(path))
	r, _, err := pay(path, state, stream(newRemit()), nil)
	require.NoError(t, err)
	require.Equal(t, Taken, r.Payments[0].Action)
	s, err := OpenState(state)
	require.NoError(t, err)
	defer s.Close()
	require.Equal(t, []int{2}, s.Runs())
}
