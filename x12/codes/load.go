package codes

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"strings"
)

// Limits of one Load, wide enough for the largest registers in use (the drug directory has some 250,000 entries).
const (
	maxFiles = 256
	maxBytes = 64 << 20  // all files together
	maxRows  = 1_000_000 // all files together
	maxName  = 64        // bytes of a list name
)

// Load returns the built-in snapshot with the lists of fsys put in. Each file NAME.tsv in the root of fsys becomes the
// list NAME: it takes the place of the built-in list of that name as a whole, or adds a list. Other files, hidden files
// and folders are left alone.
//
// A file is UTF-8 text, lines of tab-separated columns without quoting. The first line is "code", "description",
// "start", "stop"; the dates are ISO dates or empty; a code stands once. NAME is made of lower-case letters, digits and
// underscores. Files are read at once and may be changed afterwards.
//
// Load fails when there is no such file at all, when a file is faulty (a [*ParseError] with name and line), or when
// the files together have more than 64 MiB or a million codes. It reads regular files only and never waits for a pipe.
func Load(fsys fs.FS) (*Set, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, fmt.Errorf("codes: %w", err)
	}
	s := &Set{lists: maps.Clone(Default().lists)}
	loaded, bytesLeft, rowsLeft := 0, int64(maxBytes), maxRows
	for _, e := range entries {
		file := e.Name()
		if e.IsDir() || path.Ext(file) != extension || strings.HasPrefix(file, ".") {
			continue
		}
		if loaded++; loaded > maxFiles {
			return nil, fmt.Errorf("codes: more than %d files", maxFiles)
		}
		name := strings.TrimSuffix(file, extension)
		if !validName(name) {
			return nil, &ParseError{File: file, Err: errors.New("file name is not lower-case letters, digits and underscores")}
		}
		text, err := readFile(fsys, file, bytesLeft)
		if err != nil {
			return nil, &ParseError{File: file, Err: err}
		}
		t, err := parse(file, name, text, rowsLeft)
		if err != nil {
			return nil, err
		}
		bytesLeft -= int64(len(text))
		rowsLeft -= len(t.rows)
		s.lists[name] = &list{name: name, table: t, loaded: true}
	}
	if loaded == 0 {
		return nil, fmt.Errorf("codes: no %s file found", extension)
	}
	return s, nil
}

// readFile reads a regular file of at most limit bytes. It asks for the kind before opening, since opening a pipe waits.
func readFile(fsys fs.FS, file string, limit int64) (text string, err error) {
	info, err := fs.Stat(fsys, file)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", errors.New("not a regular file")
	}
	f, err := fsys.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	var b strings.Builder
	n, err := io.Copy(&b, io.LimitReader(f, limit+1))
	if err != nil {
		return "", err
	}
	if n > limit {
		return "", fmt.Errorf("files have more than %d bytes together", maxBytes)
	}
	return b.String(), nil
}

// validName reports whether a list may be called so.
func validName(name string) bool {
	if name == "" || len(name) > maxName {
		return false
	}
	for i := range len(name) {
		c := name[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return true
}
