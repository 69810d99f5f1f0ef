package cli

import (
	"bufio"
	"encoding/csv"
	"io"
	"strconv"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/edit"
)

// partTable is a CSV file beside the parts.
type partTable struct {
	file edit.File
	buf  *bufio.Writer
	csv  *csv.Writer
	row  []string
}

func newPartTable(dir *edit.Dir, name string, columns ...string) (*partTable, error) {
	f, err := dir.Create(name)
	if err != nil {
		return nil, err
	}
	t := &partTable{file: f, buf: bufio.NewWriter(io.NewOffsetWriter(f, 0))}
	t.csv = csv.NewWriter(t.buf)
	return t, t.csv.Write(columns)
}

// close ends the table; *err keeps what it is unless it is nil.
func (t *partTable) close(err *error) {
	t.csv.Flush()
	for _, e := range []error{t.csv.Error(), t.buf.Flush(), t.file.Close()} {
		if *err == nil {
			*err = e
		}
	}
}

func (t *partTable) write(values ...string) error {
	t.row = append(t.row[:0], values...)
	return t.csv.Write(t.row)
}

func plainCount(n int64) string { return strconv.FormatInt(n, 10) }

// amountOr is empty for amounts that the set does not have.
func amountOr(s *x12.Sum, has bool) string {
	if !has {
		return ""
	}
	return s.String()
}

// manifest has a row for each part.
type manifest struct{ *partTable }

func newManifest(dir *edit.Dir) (manifest, error) {
	t, err := newPartTable(dir, manifestName, "file", "key", "interchanges", "groups", "sets", "claims", "charge", "paid", "payment", "bytes")
	return manifest{t}, err
}

func (m manifest) add(p *edit.Part) error {
	return m.write(p.Name, p.Key, plainCount(p.Interchanges), plainCount(p.Groups), plainCount(p.Sets), plainCount(p.Claims),
		p.Charge.String(), amountOr(&p.Paid, p.Payments), amountOr(&p.Payment, p.Payments), plainCount(p.Bytes))
}

// setTable has a row for each set of each part.
type setTable struct {
	*partTable
	c *call
}

func newSetTable(dir *edit.Dir, c *call) (setTable, error) {
	t, err := newPartTable(dir, setsName, "file", "interchange", "group", "set", "type", "claims", "charge", "paid", "payment",
		"source_file", "source_offset", "source_interchange", "source_group", "source_set")
	return setTable{t, c}, err
}

func (t setTable) add(s *edit.Share) error {
	name, offset := t.c.src.place(s.Source.Offset)
	pays := s.Source.ID == "835"
	return t.write(s.Part, s.Interchange, s.Group, s.Set, s.Source.ID, plainCount(s.Claims), s.Charge.String(), amountOr(&s.Paid, pays),
		amountOr(&s.Payment, pays), name, plainCount(offset), s.Source.Interchange, s.Source.Group, s.Source.Set)
}
