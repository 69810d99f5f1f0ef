package roster

import (
	"fmt"
	"os"
)

// store keeps records in a file that has no name any more and goes with the process. Records are appended and never
// changed; one that is replaced stays as it was.
type store struct {
	f    *os.File
	buf  []byte // not written yet
	end  int64  // where buf will go
	page []byte // of the file, from at on
	at   int64
	held int
}

// The sizes of what is written and read at once. Members that are looked up stand near one another as a rule.
const (
	storeBuffer = 256 << 10
	storePage   = 32 << 10
)

// newStore makes a store in a folder; "" is that of temporary files.
func newStore(dir string) (*store, error) {
	f, err := os.CreateTemp(dir, "roster-*.tmp")
	if err != nil {
		return nil, fmt.Errorf("roster: %w", err)
	}
	// Where an open file cannot be removed, close does it.
	os.Remove(f.Name())
	return &store{f: f, at: -1}, nil
}

func (s *store) close() error {
	err := s.f.Close()
	os.Remove(s.f.Name())
	return err
}

// add appends a record and returns where it is.
func (s *store) add(rec []byte) (int64, error) {
	if len(s.buf)+len(rec) > storeBuffer {
		if err := s.flush(); err != nil {
			return 0, err
		}
	}
	at := s.end + int64(len(s.buf))
	s.buf = append(s.buf, rec...)
	return at, nil
}

func (s *store) flush() error {
	n, err := s.f.WriteAt(s.buf, s.end)
	if err != nil {
		return fmt.Errorf("roster: %w", err)
	}
	s.end += int64(n)
	s.buf = s.buf[:0]
	return nil
}

// read returns n bytes from a place on, valid until the next call of a method.
func (s *store) read(at int64, n int) ([]byte, error) {
	if at >= s.end {
		i := int(at - s.end)
		if i+n > len(s.buf) {
			return nil, errStored
		}
		return s.buf[i : i+n], nil
	}
	if at >= s.at && at+int64(n) <= s.at+int64(s.held) {
		return s.page[at-s.at:][:n], nil
	}
	if len(s.page) < max(n, storePage) {
		s.page, s.held = make([]byte, max(n, storePage)), 0
	}
	want := int(min(int64(len(s.page)), s.end-at))
	if want < n {
		return nil, errStored
	}
	s.at, s.held = at, 0
	if _, err := s.f.ReadAt(s.page[:want], at); err != nil {
		return nil, fmt.Errorf("roster: %w", err)
	}
	s.held = want
	return s.page[:n], nil
}
