package ach

import (
	"errors"
	"fmt"
	"io"

	"github.com/x12-go/edi/x12"
)

// ErrWritten is wrapped by the error for a file that, read back, is not what was to be written.
var ErrWritten = errors.New("ach: the file written is not as it must be")

// CheckFile reads back a file of the run, 0 = first, from its bytes, and compares it with the payments: each entry and its
// TRN, the text of a CTX entry byte for byte, lines of 94 printable characters, counts, amounts, hashes and blocks. The
// error wraps ErrWritten and names the line; it holds no values.
func (r *Run) CheckFile(in io.Reader, n int) error {
	var found *x12.Issue
	rd := NewReader(in, func(i *x12.Issue) bool {
		found = i
		return false
	})
	f := &r.files[n]
	for i := range f.batches {
		b := &f.batches[i]
		for k, want := range b.entries {
			got, err := rd.Next()
			switch {
			case err == io.EOF:
				return fmt.Errorf("%w: batch %d: entry %d is not there", ErrWritten, i+1, k+1)
			case errors.Is(err, x12.ErrStopped):
				return fmt.Errorf("%w: line %d: %s", ErrWritten, found.Segment, found.Message)
			case err != nil:
				return err
			}
			if err := r.compare(got, want, b, i, f); err != nil {
				return err
			}
		}
	}
	_, err := rd.Next()
	switch {
	case err == io.EOF && rd.Files() == 1 && rd.Line() == (f.lines+block-1)/block*block:
		return nil
	case errors.Is(err, x12.ErrStopped):
		return fmt.Errorf("%w: line %d: %s", ErrWritten, found.Segment, found.Message)
	case err == nil || err == io.EOF:
		return fmt.Errorf("%w: entries or lines behind the last", ErrWritten)
	}
	return err
}

// compare compares one entry read back with the one that was to be written.
func (r *Run) compare(got, want *Entry, b *batch, n int, f *file) error {
	fault := func(what string) error {
		return fmt.Errorf("%w: line %d: %s", ErrWritten, got.Line, what)
	}
	h, c := got.BatchHeader, &r.config
	switch {
	case h == nil || got.Header == nil:
		return fault("an entry outside a batch or a file")
	case got.Header.Destination != c.Destination || got.Header.Origin != c.Origin || got.Header.ID != string(f.id) || got.Header.Created != c.Created.Format("0601021504"):
		return fault("the file header")
	case h.ServiceClass != "220" || h.CompanyName != b.CompanyName || h.CompanyID != b.CompanyID || h.SEC != b.SEC || h.Description != b.Description ||
		h.Effective != b.Effective || h.ODFI != b.ODFI || h.Settlement != "" || h.Number != fmt.Sprintf("%07d", n+1) || got.Batch != n+1:
		return fault("the batch header")
	case got.Code != want.Code || got.Routing != want.Routing || got.Account != want.Account || got.Cents != want.Cents:
		return fault("who is credited, or how much")
	case got.ID != want.ID || got.Name != want.Name || got.Trace != want.Trace || got.Kind != want.Kind:
		return fault("name, identification or trace number")
	case b.SEC == "CCD" && (len(got.Addenda) != 1 || got.TRN == nil || *got.TRN != *want.TRN || got.Text() != want.trn):
		return fault("the TRN in the addenda")
	case b.SEC == "CTX":
		text, err := r.ctxText(want)
		if err != nil {
			return err
		}
		if len(got.Addenda) != want.pieces() || got.Text() != text || got.TRN == nil || got.TRN.Number != want.TRN.Number || got.TRN.PayerID != want.TRN.PayerID {
			return fault("the 835 in the addenda")
		}
	}
	return nil
}
