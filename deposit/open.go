package deposit

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/x12-go/edi/x12"
)

// Format is the form of a file of a bank.
type Format string

// The formats.
const (
	NACHA Format = "nacha"
	BAI2  Format = "bai2"
	CSV   Format = "csv"
)

// Bank says how the files of a bank are read.
type Bank struct {
	Format    Format // "" = by what the file starts with
	TypeCodes TypeCodes
	Statement Statement
}

// ErrFormat is wrapped by the error of [Open] for a format that is none.
var ErrFormat = errors.New("deposit: no such format")

// Open returns a reader of the entries of r: a NACHA file when it starts with a file header 101, a BAI2 file when it starts
// with 01 and a comma, and a statement in CSV otherwise. The file is named in entries only.
func Open(r io.Reader, file string, b Bank, sink x12.Sink) (EntryReader, error) {
	in := bufio.NewReaderSize(r, 4<<10)
	if b.Format == "" {
		head, err := in.Peek(512)
		if err != nil && err != io.EOF {
			return nil, err
		}
		b.Format = formatOf(head)
	}
	switch b.Format {
	case NACHA:
		return NewNACHAReader(in, file, sink), nil
	case BAI2:
		return NewBAI2Reader(in, file, b.TypeCodes, sink), nil
	case CSV:
		return NewStatementReader(in, file, b.Statement, sink)
	}
	return nil, fmt.Errorf("%w: %q", ErrFormat, string(b.Format))
}

func formatOf(head []byte) Format {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	switch {
	case bytes.HasPrefix(head, []byte("01,")):
		return BAI2
	case len(head) >= 40 && bytes.HasPrefix(head, []byte("101")) && string(head[34:39]) == "09410":
		return NACHA
	}
	return CSV
}
