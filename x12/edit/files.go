package edit

// Buffers of the parts. There are as many as files may be open.
const (
	bufferSize = 8 << 10
	maxOpen    = 256
)

// files keeps the parts used last open, up to a number, each with a buffer.
type files struct {
	store   Store
	newline bool
	max     int
	onShare func(*Share) error

	first, last *part // open parts, the one used last in front
	n           int
	free        [][]byte
	spool       File
}

// use makes sure that the part's file is open, and closes that of another if there are too many.
func (f *files) use(p *part) error {
	if f.first == p {
		return nil
	}
	if p.file != nil {
		f.unlink(p)
		f.link(p)
		return nil
	}
	for f.n >= f.max {
		if err := f.close(f.last); err != nil {
			return err
		}
	}
	open := f.store.Open
	if !p.made {
		open = f.store.Create
	}
	file, err := open(p.Name)
	if err != nil {
		return err
	}
	p.file, p.made = file, true
	if k := len(f.free); k > 0 {
		p.buf, f.free = f.free[k-1], f.free[:k-1]
	} else {
		p.buf = make([]byte, 0, bufferSize)
	}
	f.link(p)
	return nil
}

func (f *files) link(p *part) {
	f.n++
	if p.prev, p.next = nil, f.first; f.first != nil {
		f.first.prev = p
	} else {
		f.last = p
	}
	f.first = p
}

func (f *files) unlink(p *part) {
	f.n--
	if p.prev != nil {
		p.prev.next = p.next
	} else {
		f.first = p.next
	}
	if p.next != nil {
		p.next.prev = p.prev
	} else {
		f.last = p.prev
	}
	p.prev, p.next = nil, nil
}

// close writes the buffer of an open part and closes its file.
func (f *files) close(p *part) error {
	err := p.flush()
	if cerr := p.file.Close(); err == nil {
		err = cerr
	}
	f.unlink(p)
	f.free = append(f.free, p.buf[:0])
	p.file, p.buf = nil, nil
	return err
}

// closeAll closes what a failed run has left open.
func (f *files) closeAll() {
	for f.first != nil {
		f.first.file.Close()
		f.unlink(f.first)
	}
	if f.spool != nil {
		f.spool.Close()
		f.spool = nil
	}
}

// size returns how many bytes the part has so far.
func (p *part) size() int64 { return p.flushed + int64(len(p.buf)) }

// write appends to the part.
func (p *part) write(b []byte) error {
	if err := p.out.use(p); err != nil {
		return err
	}
	if len(p.buf)+len(b) <= cap(p.buf) {
		p.buf = append(p.buf, b...)
		return nil
	}
	if err := p.flush(); err != nil {
		return err
	}
	if len(b) < cap(p.buf) {
		p.buf = append(p.buf, b...)
		return nil
	}
	n, err := p.file.WriteAt(b, p.flushed)
	p.flushed += int64(n)
	return err
}

func (p *part) flush() error {
	n, err := p.file.WriteAt(p.buf, p.flushed)
	p.flushed += int64(n)
	p.buf = p.buf[:0]
	return err
}

// patch replaces a byte that was written before.
func (p *part) patch(at int64, c byte) error {
	if at >= p.flushed {
		p.buf[at-p.flushed] = c
		return nil
	}
	if err := p.out.use(p); err != nil {
		return err
	}
	_, err := p.file.WriteAt([]byte{c}, at)
	return err
}
