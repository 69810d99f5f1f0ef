package cli

import (
	"bufio"
	"bytes"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// file is one input file, decompressed when its first bytes say so.
type file struct {
	io.Reader
	closers []io.Closer
}

// zstdWindow is the largest Zstandard window taken, in bytes: what RFC 8878 asks of every decoder, and what all levels
// of the usual tools need unless they are told otherwise (--ultra, --long).
const zstdWindow = 8 << 20

// newFile looks at the first bytes of r. closer may be nil.
func newFile(r io.Reader, closer io.Closer) (*file, error) {
	f := &file{}
	if closer != nil {
		f.closers = append(f.closers, closer)
	}
	var magic [4]byte
	n, err := io.ReadFull(r, magic[:])
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		f.close()
		return nil, err
	}
	head := &prefixed{magic[:n], r}
	switch {
	case bytes.HasPrefix(magic[:n], []byte{0x1F, 0x8B}):
		err = f.gzip(head)
	case magic == [4]byte{0x28, 0xB5, 0x2F, 0xFD} || magic[0]&0xF0 == 0x50 && string(magic[1:]) == "\x2A\x4D\x18":
		err = f.zstd(head)
	default:
		f.Reader, err = head, nil
	}
	if err != nil {
		f.close()
		return nil, err
	}
	return f, nil
}

func (f *file) gzip(r io.Reader) error {
	z, err := gzip.NewReader(bufio.NewReaderSize(r, 32<<10))
	if err != nil {
		return err
	}
	f.Reader, f.closers = z, append(f.closers, z)
	return nil
}

func (f *file) zstd(r io.Reader) error {
	z, err := zstd.NewReader(r, zstd.WithDecoderLowmem(true), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(zstdWindow))
	if err != nil {
		return err
	}
	f.Reader, f.closers = z, append(f.closers, z.IOReadCloser())
	return nil
}

// close closes the decoder and the file under it and returns the first error.
func (f *file) close() error {
	var first error
	for i := len(f.closers) - 1; i >= 0; i-- {
		if err := f.closers[i].Close(); err != nil && first == nil {
			first = err
		}
	}
	f.closers = nil
	return first
}

// prefixed gives out head before the rest.
type prefixed struct {
	head []byte
	rest io.Reader
}

func (p *prefixed) Read(b []byte) (int, error) {
	if len(p.head) == 0 {
		return p.rest.Read(b)
	}
	n := copy(b, p.head)
	p.head = p.head[n:]
	return n, nil
}
