package cli

import (
	"os"
	"path/filepath"
)

// csvFiles are the files of --out-dir. A file is made with its first line, so that only sets that occur have files.
type csvFiles struct {
	dir  string
	outs []*output // by output of the format, nil until it is made
}

// writeFiles runs the format with a file for each table.
func (f *csvFlags) writeFiles(c *call, format *csvFormat) error {
	if err := os.MkdirAll(f.outDir, 0o777); err != nil {
		return err
	}
	files := &csvFiles{dir: f.outDir, outs: make([]*output, format.Outputs())}
	err := format.run(func(k int, b []byte) error {
		o, err := files.get(k, format)
		if err == nil {
			_, err = o.Write(b)
		}
		return err
	})
	err = files.close(err)
	for _, o := range files.outs {
		if o != nil {
			c.out.n += o.n // for the summary
		}
	}
	return err
}

func (l *csvFiles) get(k int, format *csvFormat) (*output, error) {
	if l.outs[k] == nil {
		o, err := openOutput(filepath.Join(l.dir, format.fileName(k)), nil)
		if err != nil {
			return nil, err
		}
		l.outs[k] = o
	}
	return l.outs[k], nil
}

// close puts all files in their places, or none when the run failed.
func (l *csvFiles) close(err error) error {
	for _, o := range l.outs {
		if o != nil && err == nil {
			err = o.flush()
		}
	}
	for _, o := range l.outs {
		switch {
		case o == nil:
		case err == nil:
			err = o.commit()
		default:
			o.discard()
		}
	}
	return err
}
