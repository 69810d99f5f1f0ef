package ach

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Release writes the files of the run: the first to path, further ones beside it (see FileNames), and returns their names.
// With a state no file may be there before, and the payments are recorded, in this order:
//
//  1. each file is written under its name with .part behind it, synced, and read back and compared (CheckFile);
//  2. the payments are added to the state, synced; the commit line is added, synced;
//  3. each file is renamed, and its folder synced;
//  4. the state is told that the files are released.
//
// A crash in 1 or 2 leaves nothing paid: the state has no commit, and the next run begins anew. A crash behind it leaves the run
// paid, and State.Recover of the next run does what is left of 3 and 4. No order of these has a file under its name
// whose payments are not recorded. Without a state, files of the same names are replaced, each as one.
//
// A run without entries writes nothing.
func (r *Run) Release(path string, s *State) ([]string, error) {
	if len(r.files) == 0 {
		return nil, nil
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	names := r.FileNames(path)
	for i, name := range names {
		if _, err := os.Lstat(name); s != nil && !errors.Is(err, os.ErrNotExist) {
			if err == nil {
				err = os.ErrExist
			}
			return nil, fmt.Errorf("write %s: %w: with a state, files are not replaced", name, err)
		}
		if err := r.writePart(name, i, s); err != nil {
			r.discard(names)
			return nil, fmt.Errorf("write %s: %w", name, err)
		}
	}
	run := 0
	if s != nil {
		run = s.last + 1
		if err := r.record(s, run, names); err != nil {
			return nil, fmt.Errorf("write %s: %w", s.path, err)
		}
	}
	for _, name := range names {
		if err := rename(name); err != nil {
			return nil, err
		}
		s.at("renamed")
	}
	if s != nil {
		return names, s.end(run, "released")
	}
	return names, nil
}

func (r *Run) discard(names []string) {
	for _, name := range names {
		os.Remove(partOf(name))
	}
}

// writePart writes one file, and reads it back from the disk.
func (r *Run) writePart(name string, n int, s *State) (err error) {
	f, err := os.OpenFile(partOf(name), os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
	}()
	h := sha256.New()
	var w io.Writer = io.MultiWriter(f, h)
	if s != nil && s.step != nil {
		w = &halting{w, s}
	}
	if err := r.WriteFile(w, n); err != nil {
		return err
	}
	s.at("file: written")
	if err := f.Sync(); err != nil {
		return err
	}
	s.at("file: on disk")
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	again := sha256.New()
	if err := r.CheckFile(io.TeeReader(f, again), n); err != nil {
		return err
	}
	r.files[n].sum = hex.EncodeToString(h.Sum(nil))
	if !bytes.Equal(h.Sum(nil), again.Sum(nil)) {
		return fmt.Errorf("%w: other bytes than were written", ErrWritten)
	}
	s.at("file: checked")
	return nil
}

// halting is a step in the middle of a file, for tests.
type halting struct {
	w io.Writer
	s *State
}

// Write writes p in two parts.
func (h *halting) Write(p []byte) (int, error) {
	n, err := h.w.Write(p[:len(p)/2])
	if err != nil {
		return n, err
	}
	h.s.at("file: half written")
	m, err := h.w.Write(p[n:])
	return n + m, err
}

// record adds the payments of the run to the state. When it returns they are paid.
func (r *Run) record(s *State, run int, names []string) error {
	begin := stateLine{Event: "begin", Run: run, Created: r.config.Created.Format(stateTime)}
	for i, name := range names {
		begin.Files = append(begin.Files, stateFile{name, r.files[i].sum})
	}
	block := &stateBlock{run: run, created: begin.Created, files: begin.Files}
	var list []stateLine
	for _, p := range r.Payments {
		if p.Action != Taken {
			continue
		}
		k, account := p.key(), accountHash(p.Entry)
		l := stateLine{Event: "payment", Run: run, Payer: k.payer, Trace: k.trace, Prenote: k.prenote, Cents: p.Entry.Cents,
			Account: hex.EncodeToString(account[:]), Entry: p.Entry.Trace}
		if why := block.add(&l); why != "" {
			return fmt.Errorf("%w: %s", ErrState, why)
		}
		list = append(list, l)
	}
	begin.Payments, block.payments = len(list), len(list)
	text, err := appendLine(nil, &begin)
	for i := range list {
		if err == nil {
			text, err = appendLine(text, &list[i])
		}
	}
	if err != nil {
		return err
	}
	sum := sha256.Sum256(text)
	commit, err := appendLine(nil, &stateLine{Event: "commit", Run: run, Sum: hex.EncodeToString(sum[:])})
	if err != nil {
		return err
	}
	s.last = run
	if err := s.write(text, "payments"); err != nil {
		return err
	}
	if err := s.write(commit, "commit"); err != nil {
		return err
	}
	s.commit(block)
	return nil
}

// Write writes the one file of a run to w, once it was read back and compared in a temporary file. It is for outputs that cannot
// be taken back, a pipe. A run of several files is an error that wraps ErrRoom.
func (r *Run) Write(w io.Writer) error {
	switch len(r.files) {
	case 0:
		return nil
	case 1:
	default:
		return fmt.Errorf("%w: the payments need %d files, and the output is one", ErrRoom, len(r.files))
	}
	f, err := os.CreateTemp("", "edi-ach-*.tmp")
	if err != nil {
		return err
	}
	defer f.Close()
	os.Remove(f.Name())
	if err := r.WriteFile(f, 0); err != nil {
		return err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if err := r.CheckFile(f, 0); err != nil {
		return err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err = io.Copy(w, bufio.NewReader(f))
	return err
}
