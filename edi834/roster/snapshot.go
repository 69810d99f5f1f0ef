package roster

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// A snapshot is a state as lines of JSON. The first has the key snapshot with the version of the form and the references of
// the change files that were applied; then come members, behind a line with the head of their sponsor:
//
//	{"snapshot":1,"applied":["..."]}
//	{"head":{"sponsor":{"id":"..."},...}}
//	{"member":{"subscriber_id":"...",...},"coverages":[{"line":"HLT",...}]}

const snapshotVersion = 1

// RuleSnapshot is a line of a snapshot that cannot be read; the file is not read on.
const RuleSnapshot = "roster/snapshot"

// WriteSnapshot writes the state as a snapshot, which [NewSnapshotReader] reads back.
func (s *State) WriteSnapshot(w io.Writer) error {
	b := bufio.NewWriterSize(w, 64<<10)
	fmt.Fprintf(b, `{"snapshot":%d`, snapshotVersion)
	applied := make([]string, 0, len(s.applied))
	for ref := range s.applied {
		applied = append(applied, ref)
	}
	slices.Sort(applied)
	var buf []byte
	for i, ref := range applied {
		lead := ","
		if i == 0 {
			lead = `,"applied":[`
		}
		buf = codec.AppendString(append(buf[:0], lead...), ref)
		b.Write(buf)
	}
	if len(applied) > 0 {
		b.WriteByte(']')
	}
	b.WriteString("}\n")
	written := make([]bool, len(s.scopes))
	head := func(scope uint32) error {
		written[scope] = true
		text, err := json.Marshal(s.scopes[scope].head)
		if err == nil {
			_, err = fmt.Fprintf(b, "{\"head\":%s}\n", text)
		}
		return err
	}
	var m Member
	for i := range s.count {
		e := s.entry(i)
		if i == 0 || e.scope != s.entry(i-1).scope {
			if err := head(e.scope); err != nil {
				return err
			}
		}
		if err := s.load(e, &m); err != nil {
			return err
		}
		buf = appendSnapshot(buf[:0], &m)
		if _, err := b.Write(buf); err != nil {
			return err
		}
	}
	for scope := range s.scopes {
		if !written[scope] {
			if err := head(uint32(scope)); err != nil {
				return err
			}
		}
	}
	return b.Flush()
}

func appendSnapshot(b []byte, m *Member) []byte {
	b = append(b, `{"member":{`...)
	start := len(b)
	for f, s := range m.v {
		b = appendNamed(b, start, memberFields[f].Name, s)
	}
	b = append(b, '}')
	for i := range m.Coverages {
		lead := `,{`
		if i == 0 {
			lead = `,"coverages":[{`
		}
		b = append(b, lead...)
		start = len(b)
		for f, s := range m.Coverages[i].v {
			b = appendNamed(b, start, coverageFields[f].Name, s)
		}
		b = append(b, '}')
	}
	if len(m.Coverages) > 0 {
		b = append(b, ']')
	}
	return append(b, "}\n"...)
}

func appendNamed(b []byte, start int, name, value string) []byte {
	if value == "" {
		return b
	}
	if len(b) > start {
		b = append(b, ',')
	}
	b = append(append(append(b, '"'), name...), `":`...)
	return codec.AppendString(b, value)
}

// SnapshotReader reads a snapshot as a [Source] for [State.Load].
type SnapshotReader struct {
	r       *bufio.Reader
	line    int
	offset  int64
	applied []string
	mask    *Mask
	m       Member
	buf     []byte
}

// maxSnapshotLine is the longest line of a snapshot in bytes.
const maxSnapshotLine = 16 << 20

// NewSnapshotReader returns a reader of a snapshot. It reads the first line; what is wrong is an [*x12.Issue] of
// [RuleSnapshot].
func NewSnapshotReader(r io.Reader) (*SnapshotReader, error) {
	s := &SnapshotReader{r: bufio.NewReaderSize(r, 64<<10), mask: fullMask()}
	line, err := s.next()
	if err == io.EOF {
		return nil, s.fault("the snapshot is empty")
	}
	if err != nil {
		return nil, err
	}
	var first struct {
		Snapshot int      `json:"snapshot"`
		Applied  []string `json:"applied"`
	}
	if err := json.Unmarshal(line, &first); err != nil || first.Snapshot != snapshotVersion {
		return nil, s.fault("no snapshot of version 1")
	}
	for i := range first.Applied {
		first.Applied[i] = codec.Text(first.Applied[i])
	}
	s.applied = first.Applied
	return s, nil
}

// Mask implements [Source].
func (s *SnapshotReader) Mask() *Mask { return s.mask }

func (s *SnapshotReader) fault(text string) error {
	return &x12.Issue{Offset: s.offset, Segment: s.line, Rule: RuleSnapshot, Level: 1, Severity: x12.Fatal, Message: text}
}

// next returns the next line.
func (s *SnapshotReader) next() ([]byte, error) {
	s.buf = s.buf[:0]
	s.line++
	for {
		part, err := s.r.ReadSlice('\n')
		s.buf = append(s.buf, part...)
		s.offset += int64(len(part))
		switch {
		case len(s.buf) > maxSnapshotLine:
			return nil, s.fault("a line of more than 16 MiB")
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF && len(s.buf) > 0:
			return s.buf, nil
		}
		return s.buf, err
	}
}

// Next implements [Source].
func (s *SnapshotReader) Next() (*Head, *Member, error) {
	line, err := s.next()
	for err == nil && len(bytes.TrimSpace(line)) == 0 {
		line, err = s.next()
	}
	if err != nil {
		return nil, nil, err
	}
	var v struct {
		Head      *Head               `json:"head"`
		Member    map[string]string   `json:"member"`
		Coverages []map[string]string `json:"coverages"`
	}
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil || (v.Head == nil) == (v.Member == nil) {
		return nil, nil, s.fault("a line that is neither a head nor a member")
	}
	if v.Head != nil {
		v.Head.Subscribers, v.Head.Dependents, v.Head.Members = -1, -1, -1
		return v.Head, nil, nil
	}
	m := &s.m
	m.reset()
	m.Place = Place{Offset: s.offset - int64(len(line)), Segment: s.line}
	for name, text := range v.Member {
		f, ok := FieldNamed(name)
		if !ok {
			return nil, nil, s.fault("a field that members do not have")
		}
		m.v[f] = codec.Text(text)
	}
	for _, c := range v.Coverages {
		m.Coverages = append(m.Coverages, Coverage{})
		for name, text := range c {
			f, ok := CoverageFieldNamed(name)
			if !ok {
				return nil, nil, s.fault("a field that coverages do not have")
			}
			m.Coverages[len(m.Coverages)-1].v[f] = codec.Text(text)
		}
	}
	return nil, m, nil
}
