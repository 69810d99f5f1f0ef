package ack

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Numbers gives control numbers for interchanges and groups, 1 to 999,999,999; none comes twice.
type Numbers interface {
	Next() (int64, error)
}

// maxControl is the largest number that ISA13 holds. Behind it comes 1 again.
const maxControl = 999_999_999

// counter counts in memory.
type counter struct{ last int64 }

// CountFrom returns Numbers that start with first, which is 1 to 999,999,999, and are forgotten with the process.
func CountFrom(first int64) Numbers { return &counter{min(max(first, 1), maxControl) - 1} }

func (c *counter) Next() (int64, error) {
	c.last = c.last%maxControl + 1
	return c.last, nil
}

// ControlFile is a text file that holds the control number used last, so that programs that run one after the other, or side by
// side, never use one twice. Its form is one line with the number; lines that start with # are comments and stay.
//
// Each number is written, and on the disk, before it is used: a crash loses a number and never repeats one. While it is read
// and written a second file, named as the first with .lock behind, is locked; it stays there. The file system must be able to lock
// files, as those of networks may not be.
type ControlFile struct{ path string }

// OpenControlFile returns the control numbers in a file. A file that is not there is made, and starts with 1.
func OpenControlFile(path string) (*ControlFile, error) {
	f := &ControlFile{path}
	_, _, err := f.read()
	return f, err
}

// ErrControlFile is the cause of the error for a control file that holds no number.
var ErrControlFile = errors.New("expected one line with a number from 0 to 999999999")

// Next returns the next number.
func (f *ControlFile) Next() (n int64, err error) {
	unlock, err := lockFile(f.path + ".lock")
	if err != nil {
		return 0, fmt.Errorf("ack: lock %s: %w", f.path, err)
	}
	defer func() {
		if e := unlock(); err == nil && e != nil {
			err = fmt.Errorf("ack: unlock %s: %w", f.path, e)
		}
	}()
	last, comments, err := f.read()
	if err != nil {
		return 0, err
	}
	n = last%maxControl + 1
	return n, f.write(n, comments)
}

func (f *ControlFile) read() (last int64, comments []string, err error) {
	in, err := os.Open(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil, nil
	}
	if err != nil {
		return 0, nil, fmt.Errorf("ack: %w", err)
	}
	defer in.Close()
	found := false
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			comments = append(comments, line)
			continue
		}
		last, err = strconv.ParseInt(line, 10, 64)
		if err != nil || found || last < 0 || last > maxControl {
			return 0, nil, fmt.Errorf("ack: %s: %w", f.path, ErrControlFile)
		}
		found = true
	}
	if err := lines.Err(); err != nil {
		return 0, nil, fmt.Errorf("ack: %s: %w", f.path, err)
	}
	if !found { // an empty file may be one that was cut off: starting again could repeat numbers
		return 0, nil, fmt.Errorf("ack: %s: %w", f.path, ErrControlFile)
	}
	return last, comments, nil
}

// write puts a new file in the place of the old one, whole and on the disk.
func (f *ControlFile) write(n int64, comments []string) (err error) {
	dir := filepath.Dir(f.path)
	out, err := os.CreateTemp(dir, ".control-*.tmp")
	if err != nil {
		return fmt.Errorf("ack: %w", err)
	}
	defer func() {
		if err != nil {
			os.Remove(out.Name())
			err = fmt.Errorf("ack: %w", err)
		}
	}()
	text := strings.Join(append(comments, fmt.Sprintf("%09d", n)), "\n") + "\n"
	_, err = out.WriteString(text)
	if err == nil {
		err = out.Chmod(0o644)
	}
	if err == nil {
		err = out.Sync()
	}
	if e := out.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(out.Name(), f.path)
	}
	if err != nil {
		return err
	}
	if d, e := os.Open(dir); e == nil { // the rename is on the disk too, where folders can be synced
		_ = d.Sync()
		_ = d.Close()
	}
	return nil
}
