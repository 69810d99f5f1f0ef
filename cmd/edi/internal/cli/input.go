package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"sort"
	"sync"
)

// stdinName stands for standard input in findings.
const stdinName = "<stdin>"

// input is the files of a call as one stream, in order, each decompressed when it is gzip or Zstandard.
//
// Offsets count the bytes a command reads, so that those of a compressed file are offsets in its text.
type input struct {
	stdin    io.Reader
	names    []string
	size     int64 // bytes of all files as stored, -1 when not known
	progress *progress
	joined   func(offset int64) // a file ended without a terminator, see join
	long     func()             // called once when the input turns out to be long

	next int   // of names
	file *file // nil between files
	pos  int64 // bytes given out
	raw  int64 // bytes read as stored
	tail tail
	held []byte // blanks kept back, see readFile
	put  []byte // to give out before the next file

	mu    sync.Mutex // guards spans: findings may come from another goroutine
	spans []span
}

// span says where a file starts in the stream.
type span struct {
	name  string
	start int64
}

// openInput checks that all files are there; it opens each when its turn comes.
func openInput(names []string, stdin io.Reader) (*input, error) {
	if len(names) == 0 {
		names = []string{"-"}
	}
	in := &input{stdin: stdin, names: names}
	for _, name := range names {
		info, err := in.stat(name)
		switch {
		case err != nil:
			return nil, err
		case info != nil && info.IsDir():
			return nil, fmt.Errorf("%s is a directory", name)
		case info == nil || !info.Mode().IsRegular():
			in.size = -1
		case in.size >= 0:
			in.size += info.Size()
		}
	}
	return in, nil
}

// stat returns nil for a standard input that is no file.
func (in *input) stat(name string) (os.FileInfo, error) {
	if name != "-" {
		return os.Stat(name)
	}
	if f, ok := in.stdin.(*os.File); ok {
		return f.Stat()
	}
	return nil, nil
}

// Read gives out the stream.
func (in *input) Read(p []byte) (int, error) {
	for {
		if len(in.put) > 0 {
			n := copy(p, in.put)
			in.put = in.put[n:]
			in.pos += int64(n)
			return n, nil
		}
		if in.file == nil {
			if in.next == len(in.names) {
				return 0, io.EOF
			}
			if err := in.open(in.names[in.next]); err != nil {
				return 0, err
			}
			in.next++
		}
		n, err := in.readFile(p)
		if in.long != nil && in.pos < longRun && in.pos+int64(n) >= longRun {
			in.long()
		}
		in.progress.tick()
		if err == io.EOF {
			err = in.file.close()
			in.file = nil
			in.join(in.pos + int64(n+len(in.put)))
		} else if err != nil {
			err = fmt.Errorf("read %s: %w", in.name(), cause(err))
		}
		in.pos += int64(n)
		if n > 0 || err != nil {
			return n, err
		}
	}
}

// maxHeld is how many blanks at the end of what was read are kept back.
const maxHeld = 1 << 10

// readFile reads the current file. Of a file that is not the last it keeps back blanks until it is known whether they
// are its end, since the terminator that may be missing belongs in front of them.
func (in *input) readFile(p []byte) (int, error) {
	if in.next == len(in.names) {
		return in.file.Read(p)
	}
	small := len(p) < 2*maxHeld
	if small { // too small for what may be kept back
		p = make([]byte, 4*maxHeld)
	}
	k := copy(p, in.held)
	n, err := in.file.Read(p[k:])
	in.tail.note(p[k : k+n])
	if n == 0 {
		return 0, err // held stays
	}
	in.held = in.held[:0]
	n += k
	end := n
	for end > 0 && n-end < maxHeld && p[end-1] <= ' ' {
		end--
	}
	in.held = append(in.held, p[end:n]...)
	if small {
		in.put = p[:end]
		return 0, err
	}
	return end, err
}

// join ends the last segment of a file that has no terminator, lest the next file's first segment become part of it.
// The file's text, blanks at its end aside, ends at offset.
func (in *input) join(offset int64) {
	if in.next < len(in.names) {
		if term, open := in.tail.open(); open {
			if in.joined != nil {
				in.joined(offset)
			}
			in.put = append(in.put, term)
		}
		in.put = append(in.put, in.held...)
		in.held = in.held[:0]
	}
	in.tail = tail{}
}

// cause strips the name that the os package puts into errors: the caller names the file as the user did.
func cause(err error) error {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

func (in *input) name() string {
	if n := in.names[in.next-1]; n != "-" {
		return n
	}
	return stdinName
}

func (in *input) open(name string) error {
	var src io.Reader = in.stdin
	var closer io.Closer
	shown := stdinName
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		src, closer, shown = f, f, name
	}
	f, err := newFile(&counted{src, &in.raw}, closer)
	if err != nil {
		return fmt.Errorf("read %s: %w", shown, cause(err))
	}
	in.file = f
	in.mu.Lock()
	in.spans = append(in.spans, span{shown, in.pos + int64(len(in.put))})
	in.mu.Unlock()
	return nil
}

func (in *input) close() {
	if in.file != nil {
		in.file.close()
		in.file = nil
	}
}

// place returns the file a stream offset falls into and the offset in it.
func (in *input) place(offset int64) (name string, local int64) {
	in.mu.Lock()
	defer in.mu.Unlock()
	k := sort.Search(len(in.spans), func(k int) bool { return in.spans[k].start > offset })
	if k == 0 {
		return stdinName, offset
	}
	// A file that is empty starts where the next one does; the search finds the last of them.
	s := in.spans[k-1]
	return s.name, offset - s.start
}

// counted counts the bytes read from r.
type counted struct {
	r io.Reader
	n *int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	*c.n += int64(n)
	return n, err
}

// isaLen is the length of an interchange header with its terminator.
const isaLen = 106

// tail remembers of a file what tells whether its last segment was ended: the terminator its first header names,
// and its last byte that is not blank.
type tail struct {
	head  [isaLen]byte
	heads int
	last  byte
}

func (t *tail) note(p []byte) {
	if t.heads < isaLen {
		t.heads += copy(t.head[t.heads:], p)
	}
	for i := len(p) - 1; i >= 0; i-- {
		if p[i] > ' ' {
			t.last = p[i]
			return
		}
	}
}

// open reports whether the file ended inside a segment: with a letter or digit, which no terminator is.
func (t *tail) open() (terminator byte, open bool) {
	h := &t.head
	if t.heads < isaLen || string(h[:3]) != "ISA" || h[103] != h[3] || h[isaLen-1] <= ' ' {
		return 0, false
	}
	c := t.last | 0x20
	return h[isaLen-1], t.last-'0' < 10 || c-'a' < 26
}
