package ach

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// ErrRoom is wrapped by the error for a run that the numbers of a day cannot tell apart: more files than file ids, or more
// entries than trace numbers.
var ErrRoom = errors.New("ach: no room")

// Run is what one run of Convert found: every payment, and the files to write.
type Run struct {
	// Payments are all 835s of the input in its order, taken, skipped and refused.
	Payments []*Payment

	config Config
	files  []file
	ctx    bool     // has CTX entries
	kept   *os.File // their texts
	keptAt int64
}

// file is one NACHA file to be.
type file struct {
	id      byte
	batches []batch
	lines   int // without fill
	cents   int64
	sum     string // SHA-256 in hexadecimal, once written
}

// batch is a part of a file.
type batch struct {
	batchKey
	entries []*Entry
	lines   int // entries and addenda
	cents   int64
}

// Files returns the number of files the payments that were taken need, 0 when none was taken.
func (r *Run) Files() int { return len(r.files) }

// Close lets go of the temporary file.
func (r *Run) Close() error {
	if r.kept == nil {
		return nil
	}
	f := r.kept
	r.kept = nil
	err := f.Close()
	os.Remove(f.Name()) // where it could not be removed while it was open
	return err
}

// keep puts the text of a CTX entry aside.
func (r *Run) keep(c *capture, e *Entry) error {
	if r.kept == nil {
		f, err := os.CreateTemp("", "edi-ach-*.tmp")
		if err != nil {
			return err
		}
		os.Remove(f.Name()) // its content stays as long as it is open
		r.kept = f
	}
	e.ctxAt = r.keptAt
	n, err := r.kept.Write(c.text.Bytes())
	r.keptAt += int64(n)
	return err
}

// ctxText returns the text of a CTX entry.
func (r *Run) ctxText(e *Entry) (string, error) {
	b := make([]byte, e.ctxLen)
	if _, err := r.kept.ReadAt(b, e.ctxAt); err != nil {
		return "", fmt.Errorf("read the 835 of a CTX entry: %w", err)
	}
	return string(b), nil
}

// arrange puts the entries into batches and files, and numbers them. Entries of one batch key stand together in the order of
// the input; batch keys in the order of their first entries.
func (r *Run) arrange(o Options) error {
	var order []batchKey
	groups := map[batchKey][]*Entry{}
	n := 0
	for _, p := range r.Payments {
		if p.Action != Taken {
			continue
		}
		k := p.Entry.batch
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], p.Entry)
		n++
	}
	seq := r.traceStart(o, n)
	if seq+n-1 > traceLast {
		return fmt.Errorf("%w: %d entries from trace sequence %d on go over %d", ErrRoom, n, seq, traceLast)
	}
	for _, k := range order {
		var open *batch
		for _, e := range groups[k] {
			open = r.place(open, e)
			e.Trace = fmt.Sprintf("%s%07d", k.ODFI, seq)
			seq++
		}
	}
	first := strings.IndexByte(fileIDs, r.config.FileID)
	if r.config.FileID == 0 {
		first = o.State.filesOf(r.config.Created.Format(stateTime))
	}
	if first+len(r.files) > len(fileIDs) {
		return fmt.Errorf("%w: %d files on a day that has %d already", ErrRoom, len(r.files), first)
	}
	for i := range r.files {
		r.files[i].id = fileIDs[first+i]
	}
	return nil
}

// traceStart returns the sequence number of the first of n entries.
func (r *Run) traceStart(o Options, n int) int {
	if o.TraceStart > 0 {
		return o.TraceStart
	}
	start := max(r.config.TraceStart, o.State.nextTrace())
	if start+n-1 > traceLast { // the numbers of earlier days are free again
		return r.config.TraceStart
	}
	return start
}

// place puts an entry into the open batch, or into a new one where that is full, or a new file where that is.
func (r *Run) place(open *batch, e *Entry) *batch {
	lines := 1 + e.pieces()
	if open == nil || open.lines+lines > max(r.config.BatchLines, lines) || open.cents+e.Cents > totalCents {
		open = nil
	}
	f := r.last()
	more := lines
	if open == nil {
		more += 2 // header and control of the batch
	}
	// a file of one entry may be over the limit, for an entry is never cut
	if f == nil || f.lines > 2 && r.overLines(f.lines+more) || f.cents+e.Cents > totalCents || open == nil && len(f.batches) == batchCount {
		r.files = append(r.files, file{lines: 2})
		f, open = r.last(), nil
		more = lines + 2
	}
	if open == nil {
		f.batches = append(f.batches, batch{batchKey: e.batch})
		open = &f.batches[len(f.batches)-1]
	}
	open.entries = append(open.entries, e)
	open.lines += lines
	open.cents += e.Cents
	f.lines += more
	f.cents += e.Cents
	e.File, e.Batch = len(r.files), len(f.batches)
	return open
}

// overLines reports whether a file of so many lines is too long, the fill of its last block included.
func (r *Run) overLines(lines int) bool {
	most := fileCount
	if r.config.FileLines > 0 {
		most = min(most, r.config.FileLines)
	}
	return (lines+9)/10*10 > most
}

func (r *Run) last() *file {
	if len(r.files) == 0 {
		return nil
	}
	return &r.files[len(r.files)-1]
}

// FileNames returns the names of the files of the run when the first is to be path: pay.ach, pay-2.ach, ...
func (r *Run) FileNames(path string) []string {
	var names []string
	ext := filepath.Ext(path)
	for i := range r.files {
		name := path
		if i > 0 {
			name = strings.TrimSuffix(path, ext) + "-" + strconv.Itoa(i+1) + ext
		}
		names = append(names, name)
	}
	return names
}
