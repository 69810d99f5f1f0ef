package ack

import (
	"bytes"
	"fmt"
	"io"
	"os"
)

// spool keeps bytes until they can be written: a little in memory, more in a file that has no name any more.
type spool struct {
	dir  string
	buf  []byte
	file *os.File
	end  int64 // of what is in the file
}

// spoolMemory is how much of a spool stays in memory.
const spoolMemory = 64 << 10

// Write adds to the spool.
func (s *spool) Write(p []byte) (int, error) {
	if len(s.buf)+len(p) > spoolMemory {
		if err := s.flush(); err != nil {
			return 0, err
		}
	}
	s.buf = append(s.buf, p...)
	return len(p), nil
}

func (s *spool) flush() error {
	if s.file == nil {
		f, err := os.CreateTemp(s.dir, "ack-*.tmp")
		if err != nil {
			return fmt.Errorf("ack: %w", err)
		}
		os.Remove(f.Name()) // where an open file cannot be removed, close does it
		s.file = f
	}
	n, err := s.file.WriteAt(s.buf, s.end)
	if err != nil {
		return fmt.Errorf("ack: %w", err)
	}
	s.end += int64(n)
	s.buf = s.buf[:0]
	return nil
}

// reader returns what was written so far.
func (s *spool) reader() io.Reader {
	if s.file == nil {
		return bytes.NewReader(s.buf)
	}
	return io.MultiReader(io.NewSectionReader(s.file, 0, s.end), bytes.NewReader(s.buf))
}

// reset makes the spool empty; its file, if there is one, is used again.
func (s *spool) reset() error {
	s.buf = s.buf[:0]
	s.end = 0
	if s.file == nil {
		return nil
	}
	if err := s.file.Truncate(0); err != nil {
		return fmt.Errorf("ack: %w", err)
	}
	return nil
}

func (s *spool) close() {
	if s.file != nil {
		s.file.Close()
		os.Remove(s.file.Name())
		s.file = nil
	}
}
