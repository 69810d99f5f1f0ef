package ach

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// ErrState is wrapped by every error about a state file.
var ErrState = errors.New("ach: state file")

// State is what earlier runs have paid, kept in a file that is only ever added to. A nil *State knows of nothing.
//
// The file has a JSON object a line. A run is a block: "begin" with the files and their SHA-256, a "payment" for each, "commit"
// with the SHA-256 of the block so far. Behind it stands "released" once the files have their names, or "void" when they
// were never sent. A block without its commit never counted. See [Run.Release] for the order of writing.
type State struct {
	f      *os.File
	path   string
	unlock func()

	paid  map[identity]paid
	runs  map[int]*stateRun
	files map[string]int // of a day, as YYYY-MM-DD
	last  int            // highest run number
	trace int            // sequence number of the last entry
	torn  bool
	step  func(string) // for tests: called at every step of writing
}

// identity is the key of a payment, in 16 bytes whatever its length.
type identity [16]byte

// paid is what is remembered of a payment.
type paid struct {
	cents   int64
	account identity
	run     int32
}

// stateRun is one block.
type stateRun struct {
	files    []stateFile
	released bool
	void     bool
}

// stateFile is a file of a run: where it is to be, and what it holds.
type stateFile struct {
	Name string `json:"name"`
	Sum  string `json:"sha256"`
}

// stateLine is one line of the file.
type stateLine struct {
	Event    string      `json:"event"` // begin, payment, commit, released, void
	Run      int         `json:"run"`
	Created  string      `json:"created,omitempty"`
	Files    []stateFile `json:"files,omitempty"`
	Payments int         `json:"payments,omitempty"` // in begin

	Payer   string `json:"payer,omitempty"` // TRN03
	Trace   string `json:"trace,omitempty"` // TRN02
	Prenote bool   `json:"prenote,omitempty"`
	Cents   int64  `json:"cents,omitempty"`
	Account string `json:"account,omitempty"` // start of the SHA-256 of routing and account number
	Entry   string `json:"entry,omitempty"`   // trace number of the entry

	Sum string `json:"sha256,omitempty"` // in commit: of the lines from begin on
}

// Unreleased is a run that was recorded as paid and stopped before it was known that its files are where they should be.
type Unreleased struct {
	Run   int
	Files []string // that are neither in their place nor beside it
}

// Error says what to do.
func (u *Unreleased) Error() string {
	return fmt.Sprintf("ach: state file: run %d was interrupted, and %q is not there to be released: find out whether it was sent, then resolve the run as released or void",
		u.Run, u.Files)
}

// Unwrap returns ErrState.
func (u *Unreleased) Unwrap() error { return ErrState }

// OpenState opens the state file at path, which is made if it is not there, and locks it. The error for a file that was
// changed by other hands wraps ErrState.
func OpenState(path string) (*State, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	s := &State{f: f, path: path, paid: map[identity]paid{}, runs: map[int]*stateRun{}, files: map[string]int{}}
	if s.unlock, err = lockFile(f); err != nil {
		f.Close()
		return nil, fmt.Errorf("%w %s: in use by another run (%v)", ErrState, path, err)
	}
	if err := s.load(); err != nil {
		s.Close()
		return nil, err
	}
	return s, syncFolder(path)
}

// Close unlocks the file.
func (s *State) Close() error {
	if s == nil || s.f == nil {
		return nil
	}
	err := s.f.Close()
	s.unlock()
	s.f = nil
	return err
}

func (k key) identity() identity {
	sum := sha256.Sum256([]byte(k.payer + "\x00" + k.trace + "\x00" + strconv.FormatBool(k.prenote)))
	return identity(sum[:16])
}

func accountHash(e *Entry) identity {
	sum := sha256.Sum256([]byte(e.Routing + "\x00" + e.Account + "\x00" + strconv.Itoa(e.Code)))
	return identity(sum[:16])
}

// lookup returns what is remembered of a payment.
func (s *State) lookup(k key) (paid, bool) {
	if s == nil {
		return paid{}, false
	}
	p, ok := s.paid[k.identity()]
	return p, ok
}

// nextTrace returns the sequence number behind the last one used, 0 for none.
func (s *State) nextTrace() int {
	if s == nil || s.trace == 0 {
		return 0
	}
	return s.trace + 1
}

// stateTime is the form of the time of a run.
const stateTime = "2006-01-02T15:04"

// dayOf returns the day of a time in that form.
func dayOf(created string) string {
	day, _, _ := strings.Cut(created, "T")
	return day
}

// filesOf returns how many files were written on the day of a time.
func (s *State) filesOf(created string) int {
	if s == nil {
		return 0
	}
	return s.files[dayOf(created)]
}

// stateBlock is the part of the file that is being read: it counts when its commit comes.
type stateBlock struct {
	run      int
	created  string
	files    []stateFile
	payments int
	ids      []identity
	paid     []paid
	trace    int
}

// load reads the file. A line cut short, and a block without its commit, are what a crash leaves behind; anything else that is
// not as it was written is an error.
func (s *State) load() error {
	r := bufio.NewReaderSize(s.f, 64<<10)
	h := sha256.New()
	var open *stateBlock
	for n := 1; ; n++ {
		text, err := r.ReadBytes('\n')
		if err == io.EOF && len(text) == 0 {
			return nil
		}
		if err != nil && err != io.EOF {
			return err
		}
		fault := func(what string) error {
			return fmt.Errorf("%w %s: line %d: %s", ErrState, s.path, n, what)
		}
		l, whole := parseLine(text)
		whole = whole && err == nil
		if s.torn = err == io.EOF; !whole {
			if !s.torn && !bytes.HasSuffix(text, []byte(tornMark)) {
				return fault("not a line of a state file")
			}
			open = nil
			continue
		}
		switch l.Event {
		case "begin":
			if l.Run <= s.last {
				return fault("a run that was there before")
			}
			s.last = l.Run
			open = &stateBlock{run: l.Run, created: l.Created, files: l.Files, payments: l.Payments}
			h.Reset()
		case "payment":
			if open == nil || l.Run != open.run {
				return fault("a payment outside a run")
			}
			if why := open.add(&l); why != "" {
				return fault(why)
			}
		case "commit":
			if open == nil || l.Run != open.run || len(open.ids) != open.payments || l.Sum != hex.EncodeToString(h.Sum(nil)) {
				return fault("the run is not as it was written")
			}
			s.commit(open)
			open = nil
		case "released", "void":
			if !s.mark(l.Run, l.Event) {
				return fault("a run that was not committed")
			}
		default:
			return fault("not a line of a state file")
		}
		if open != nil {
			h.Write(text)
		}
	}
}

// parseLine reads one line. Text behind the object spoils it.
func parseLine(text []byte) (l stateLine, ok bool) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if d.Decode(&l) != nil {
		return l, false
	}
	_, err := d.Token()
	return l, err == io.EOF
}

func (b *stateBlock) add(l *stateLine) (why string) {
	account, err := hex.DecodeString(l.Account)
	if err != nil || len(account) != 16 || len(l.Entry) != 15 || !digits(l.Entry) {
		return "not a payment"
	}
	b.ids = append(b.ids, key{l.Payer, l.Trace, l.Prenote}.identity())
	b.paid = append(b.paid, paid{cents: l.Cents, account: identity(account), run: int32(l.Run)})
	b.trace, _ = strconv.Atoi(l.Entry[8:])
	return ""
}

func (s *State) commit(b *stateBlock) {
	for i, id := range b.ids {
		s.paid[id] = b.paid[i]
	}
	s.runs[b.run] = &stateRun{files: b.files}
	s.files[dayOf(b.created)] += len(b.files)
	if b.trace > 0 {
		s.trace = b.trace
	}
}

// mark notes the end of a run and reports whether there is such a run.
func (s *State) mark(run int, event string) bool {
	r := s.runs[run]
	if r == nil || r.void || event == "released" && r.released {
		return false
	}
	if event == "released" {
		r.released = true
		return true
	}
	r.void = true
	for id, p := range s.paid {
		if int(p.run) == run {
			delete(s.paid, id)
		}
	}
	return true
}

// Recover ends what an interrupted run has begun: its files are renamed, or found to be in place already. It returns the names of
// the files released now. An *Unreleased error says that a file is in neither place, so that only a person can know
// whether it went to the bank.
func (s *State) Recover() ([]string, error) {
	var names []string
	for n := 1; n <= s.last; n++ {
		r := s.runs[n]
		if r == nil || r.released || r.void {
			continue
		}
		var lost []string
		for _, f := range r.files {
			if sumOf(f.Name) == f.Sum {
				os.Remove(partOf(f.Name))
				names = append(names, f.Name)
				continue
			}
			_, err := os.Lstat(f.Name)
			if !errors.Is(err, os.ErrNotExist) || sumOf(partOf(f.Name)) != f.Sum {
				lost = append(lost, f.Name)
				continue
			}
			if err := rename(f.Name); err != nil {
				return names, err
			}
			s.at("renamed")
			names = append(names, f.Name)
		}
		if lost != nil {
			return names, &Unreleased{Run: n, Files: lost}
		}
		if err := s.end(n, "released"); err != nil {
			return names, err
		}
	}
	return names, nil
}

// Resolve ends a run by the word of a person: released, its files are with the bank, or void, they never went there and
// never will, and their payments may be paid again.
func (s *State) Resolve(run int, how string) error {
	r := s.runs[run]
	switch {
	case how != "released" && how != "void":
		return fmt.Errorf("%w: a run is resolved as released or void", ErrState)
	case r == nil:
		return fmt.Errorf("%w %s: there is no run %d", ErrState, s.path, run)
	case r.void || how == "released" && r.released:
		return fmt.Errorf("%w %s: run %d is resolved already", ErrState, s.path, run)
	}
	if how == "void" {
		for _, f := range r.files { // lest it be found and released by hand
			os.Remove(partOf(f.Name))
		}
	}
	return s.end(run, how)
}

// Runs returns the numbers of the runs that are paid: committed and not void.
func (s *State) Runs() []int {
	var list []int
	for n, r := range s.runs {
		if !r.void {
			list = append(list, n)
		}
	}
	slices.Sort(list)
	return list
}

// end writes the last line of a run.
func (s *State) end(run int, event string) error {
	b, err := appendLine(nil, &stateLine{Event: event, Run: run})
	if err != nil {
		return err
	}
	if err := s.write(b, event); err != nil {
		return err
	}
	s.mark(run, event)
	return nil
}

func appendLine(b []byte, l *stateLine) ([]byte, error) {
	text, err := json.Marshal(l)
	return append(append(b, text...), '\n'), err
}

// at is a step of the protocol, where a test may kill the process.
func (s *State) at(step string) {
	if s != nil && s.step != nil {
		s.step(step)
	}
}

// tornMark ends a line that a crash has cut off. It spoils the line: one that lacked nothing but its end must not count later
// when it did not count at once.
const tornMark = " torn\n"

// write adds to the file and waits until it is on the disk.
func (s *State) write(b []byte, what string) error {
	if s.torn {
		b = append([]byte(tornMark), b...)
	}
	s.torn = true // until all is written
	if s.step != nil {
		for _, n := range [...]int{len(b) / 2, len(b) - len(b)/2 - 1} {
			if _, err := s.f.Write(b[:n]); err != nil {
				return err
			}
			b = b[n:]
			s.at(what + ": partly written")
		}
	}
	if _, err := s.f.Write(b); err != nil {
		return err
	}
	s.torn = false
	s.at(what + ": written")
	if err := s.f.Sync(); err != nil {
		return err
	}
	s.at(what + ": on disk")
	return nil
}

// partOf returns the name a file has until it is released.
func partOf(name string) string { return name + ".part" }

// rename releases a file.
func rename(name string) error {
	if err := os.Rename(partOf(name), name); err != nil {
		return err
	}
	return syncFolder(name)
}

// syncFolder waits until the names in the folder of a file are on the disk.
func syncFolder(name string) error {
	if runtime.GOOS == "windows" { // it cannot sync folders
		return nil
	}
	d, err := os.Open(filepath.Dir(name))
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// sumOf returns the SHA-256 of a file, "" when it cannot be read.
func sumOf(name string) string {
	f, err := os.Open(name)
	if err != nil {
		return ""
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil))
}
