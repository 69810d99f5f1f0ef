package edit

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// File is an open part. Both of its ends are used: HL04 of a level is mended where it stands once a child follows.
type File interface {
	io.ReaderAt
	io.WriterAt
	io.Closer
}

// Store is where the parts go. [Split] closes a file when too many are open and opens it again when it goes on.
type Store interface {
	// Create makes an empty file. It is called once for each name.
	Create(name string) (File, error)
	// Open opens a file that Create has made.
	Open(name string) (File, error)
	// Spool makes a file for the time of the run that is no part.
	Spool() (File, error)
}

// ErrExists is the cause of the error for a part whose file is there already.
var ErrExists = errors.New("the file exists")

// Dir is a [Store] in a directory of the file system. Files are written to a directory of their own inside it and get
// their places with [Dir.Commit], so that a run that fails leaves no part behind.
type Dir struct {
	path  string
	temp  string
	made  bool // path was not there before
	force bool
}

// spoolName is no name of a part: those do not start with a dot.
const spoolName = ".spool"

// NewDir prepares a directory for parts and makes it if it is not there. Unless force is set, a file that is there
// already is never replaced: creating one of that name fails with [ErrExists].
func NewDir(path string, force bool) (*Dir, error) {
	d := &Dir{path: path, force: force}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		d.made = true
	}
	if err := os.MkdirAll(path, 0o777); err != nil {
		return nil, err
	}
	temp, err := os.MkdirTemp(path, ".split-*.tmp")
	if err != nil {
		return nil, err
	}
	d.temp = temp
	return d, nil
}

// Create makes a file that gets its place with Commit.
func (d *Dir) Create(name string) (File, error) {
	target := filepath.Join(d.path, name)
	switch info, err := os.Lstat(target); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, fmt.Errorf("%s is a directory", target)
	case !d.force:
		return nil, &fs.PathError{Op: "create", Path: target, Err: ErrExists}
	}
	return os.OpenFile(filepath.Join(d.temp, name), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
}

// Open opens a file made by Create before it has got its place.
func (d *Dir) Open(name string) (File, error) {
	return os.OpenFile(filepath.Join(d.temp, name), os.O_RDWR, 0)
}

// Spool makes a file that Commit leaves out.
func (d *Dir) Spool() (File, error) {
	return os.OpenFile(filepath.Join(d.temp, spoolName), os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
}

// Commit puts all files in their places, those named by last behind all others, and removes what else there is.
// All files must be closed. When it fails, those that have their places keep them.
func (d *Dir) Commit(last ...string) error {
	defer d.Discard()
	place := func(name string) error {
		return os.Rename(filepath.Join(d.temp, name), filepath.Join(d.path, name))
	}
	for {
		names, err := d.some(len(last) + 1)
		if err != nil {
			return err
		}
		moved := false
		for _, name := range names {
			if name == spoolName || slices.Contains(last, name) {
				continue
			}
			if err := place(name); err != nil {
				return err
			}
			moved = true
		}
		if !moved {
			break
		}
	}
	d.made = false
	for _, name := range last {
		if err := place(name); err != nil {
			return err
		}
	}
	return nil
}

// some returns names of files that wait for their places, more than skip of them if there are.
func (d *Dir) some(skip int) ([]string, error) {
	f, err := os.Open(d.temp)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	names, err := f.Readdirnames(skip + 1024)
	if err == io.EOF {
		err = nil
	}
	return names, err
}

// Discard removes all files that have not got their places, and the directory if NewDir has made it and it is empty.
func (d *Dir) Discard() {
	os.RemoveAll(d.temp)
	if d.made {
		os.Remove(d.path)
	}
}
