package schema

import (
	"fmt"
	"sort"
)

// maxErrors ends a parse that finds nothing but errors.
const maxErrors = 100

// Error is one fault of a guide or dictionary file.
// Line and Column count from 1; a column counts bytes.
type Error struct {
	File         string
	Line, Column int
	Msg          string
}

// Error returns "file:line:column: what is wrong".
func (e *Error) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Msg)
}

// ErrorList is every fault found in one file, in the order of the lines.
type ErrorList []*Error

// Error returns the first fault and how many more there are.
func (l ErrorList) Error() string {
	switch len(l) {
	case 0:
		return "no errors"
	case 1:
		return l[0].Error()
	case 2:
		return l[0].Error() + " (and 1 more error)"
	}
	return fmt.Sprintf("%s (and %d more errors)", l[0], len(l)-1)
}

// Unwrap gives the single faults to errors.As.
func (l ErrorList) Unwrap() []error {
	errs := make([]error, len(l))
	for i, e := range l {
		errs[i] = e
	}
	return errs
}

// reporter collects the faults of one file, at most maxErrors.
type reporter struct {
	file string
	list ErrorList
}

func (r *reporter) errorf(line, col int, format string, args ...any) {
	if len(r.list) >= maxErrors {
		return
	}
	r.list = append(r.list, &Error{r.file, line, col, fmt.Sprintf(format, args...)})
}

func (r *reporter) full() bool { return len(r.list) >= maxErrors }

// err returns the faults sorted by place, nil if there are none.
func (r *reporter) err() error {
	if len(r.list) == 0 {
		return nil
	}
	sort.SliceStable(r.list, func(i, j int) bool {
		a, b := r.list[i], r.list[j]
		if a.Line != b.Line {
			return a.Line < b.Line
		}
		return a.Column < b.Column
	})
	return r.list
}
