package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/edit"
	"github.com/x12-go/edi/x12/report"
)

// parted is what --good and --bad write. The input is read twice: what is bad above a claim, or of a set, may show behind it.
type parted struct {
	verdicts report.Verdicts
	files    [2]*pending // good and bad, nil for one that is not asked for
	copy     *os.File    // of an input that cannot be read again
	n        int64       // bytes read the first time
}

// part prepares the files; nil when none is asked for.
func (f *validateFlags) part(c *call) (*parted, error) {
	if f.good == "" && f.bad == "" {
		return nil, nil
	}
	p := &parted{}
	for k, name := range [...]string{f.good, f.bad} {
		if name == "" {
			continue
		}
		if name == "-" {
			p.discard()
			return nil, usagef("--good and --bad write files: the report goes to standard output")
		}
		for j, other := range [...]string{f.good, f.bad, c.opts.output} {
			if j != k && other != "" && same(name, other) {
				p.discard()
				return nil, usagef("--good, --bad and -o: expected different files, not %s twice", name)
			}
		}
		file, special, err := createBeside(name)
		if err == nil && special && name != os.DevNull {
			file.discard()
			err = fmt.Errorf("%s is no regular file: HL04 is mended where it stands", name)
		}
		if err != nil {
			p.discard()
			return nil, err
		}
		p.files[k] = file
	}
	if readsOnce(c.args) {
		dir := filepath.Dir(f.good)
		if f.good == "" {
			dir = filepath.Dir(f.bad)
		}
		file, err := os.CreateTemp(dir, ".edi-input-*")
		if err != nil {
			p.discard()
			return nil, err
		}
		p.copy = file
		os.Remove(file.Name()) // where an open file cannot be removed discard does it
	}
	return p, nil
}

func same(a, b string) bool {
	if filepath.Clean(a) == filepath.Clean(b) {
		return true
	}
	x, xerr := os.Stat(a)
	y, yerr := os.Stat(b)
	return xerr == nil && yerr == nil && os.SameFile(x, y) && x.Mode().IsRegular()
}

// readsOnce reports whether some of the input can be read only once.
func readsOnce(names []string) bool {
	for _, name := range names {
		if name == "-" {
			return true
		}
		if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
			return true
		}
	}
	return len(names) == 0
}

// copying returns the input with a copy of it made on the way, if there has to be one.
func (p *parted) copying(src io.Reader) io.Reader {
	if p.copy != nil {
		src = io.TeeReader(src, p.copy)
	}
	return &counted{src, &p.n}
}

// again returns the input from its beginning.
func (p *parted) again(c *call) (r io.Reader, done func(), err error) {
	if p.copy != nil {
		_, err := p.copy.Seek(0, io.SeekStart)
		return p.copy, func() {}, err
	}
	in, err := openInput(c.args, c.stdin)
	if err != nil {
		return nil, nil, err
	}
	return in, in.close, nil
}

// errChanged is for input that was another the second time.
var errChanged = errors.New("the input changed while it was read: --good and --bad are not written")

// write reads the input again and makes the files.
func (p *parted) write(c *call) error {
	if err := p.verdicts.Rewind(); err != nil {
		return err
	}
	src, done, err := p.again(c)
	if err != nil {
		return err
	}
	defer done()
	var n int64
	var parts []edit.Part
	res, err := edit.Sift(x12.NewReader(&counted{src, &n}), p, &p.verdicts, edit.Options{
		OnPart: func(part *edit.Part) error {
			parts = append(parts, *part)
			return nil
		},
	})
	switch {
	case err == nil:
		err = p.verdicts.Err()
	case isFault(err):
		err = errChanged // the first time it could be read to its end
	}
	if err == nil && n != p.n {
		err = errChanged
	}
	if err != nil {
		return err
	}
	for k, file := range p.files {
		p.files[k] = nil
		if file == nil {
			continue
		}
		if err := file.commit(); err != nil {
			return err
		}
	}
	if !c.opts.quiet {
		p.tell(c, &res, parts)
	}
	return nil
}

// tell prints what went where.
func (p *parted) tell(c *call, res *edit.Result, parts []edit.Part) {
	line := func(name string, sets int64, t *edit.Totals) []byte {
		b := append([]byte("edi validate: "), name...)
		b = appendFigure(b, "sets", sets)
		b = appendFigure(b, "units", t.Claims)
		b = t.Charge.AppendPlain(append(b, " charge="...))
		b = t.Paid.AppendPlain(append(b, " paid="...))
		return append(t.Payment.AppendPlain(append(b, " payment="...)), '\n')
	}
	c.console.write(string(line("in", res.In.Sets, &res.In)))
	for _, key := range [...]string{"good", "bad"} {
		none := edit.Part{}
		of := &none
		for k := range parts {
			if parts[k].Key == key {
				of = &parts[k]
			}
		}
		c.console.write(string(line(key, of.Sets, &of.Totals)))
	}
}

// Create and Open give out the files; what is not asked for goes nowhere.
func (p *parted) Create(name string) (edit.File, error) {
	k := 0
	if name == edit.BadName {
		k = 1
	}
	if p.files[k] == nil {
		return nowhere{}, nil
	}
	return kept{p.files[k].File}, nil
}

// Open is Create: the files stay open.
func (p *parted) Open(name string) (edit.File, error) { return p.Create(name) }

// Spool is not used by [edit.Sift].
func (p *parted) Spool() (edit.File, error) { return nil, errors.New("no file to keep a set in") }

// discard removes what has not got its place.
func (p *parted) discard() {
	p.verdicts.Close()
	for k, file := range p.files {
		if file != nil {
			file.discard()
			p.files[k] = nil
		}
	}
	if p.copy != nil {
		p.copy.Close()
		os.Remove(p.copy.Name())
		p.copy = nil
	}
}

// kept is a file that is closed by its owner.
type kept struct{ *os.File }

// Close does nothing.
func (kept) Close() error { return nil }

// nowhere takes what is not asked for.
type nowhere struct{}

func (nowhere) ReadAt([]byte, int64) (int, error)      { return 0, io.EOF }
func (nowhere) WriteAt(b []byte, _ int64) (int, error) { return len(b), nil }
func (nowhere) Close() error                           { return nil }
