package ach

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	nacha "github.com/moov-io/ach"
)

// The layout: lines of 94 characters in blocks of 10.
const (
	columns = 94
	block   = 10
)

// WriteFile writes a file of the run, 0 = first. The records and batches are made and checked by moov-io/ach, one batch at
// a time; what that package does not check was checked by Convert. The same run writes the same bytes.
func (r *Run) WriteFile(w io.Writer, n int) error {
	f := &r.files[n]
	out := &lines{w: bufio.NewWriterSize(w, 64<<10)}
	h, opts := r.fileHeader(f)
	if err := h.ValidateWith(opts); err != nil {
		return fmt.Errorf("ach: file header: %w", err)
	}
	out.put(&h)
	control := nacha.NewFileControl()
	var hash int64
	for i := range f.batches {
		b, err := r.batch(&f.batches[i], i+1)
		if err != nil {
			return fmt.Errorf("ach: batch %d: %w", i+1, err)
		}
		out.batch(b)
		c := b.GetControl()
		hash += int64(c.EntryHash)
		control.EntryAddendaCount += c.EntryAddendaCount
		control.TotalCreditEntryDollarAmountInFile += c.TotalCreditEntryDollarAmount
		control.TotalDebitEntryDollarAmountInFile += c.TotalDebitEntryDollarAmount
	}
	control.BatchCount = len(f.batches)
	control.BlockCount = (f.lines + block - 1) / block
	control.EntryHash = int(hash % hashModulus)
	if err := control.Validate(); err != nil {
		return fmt.Errorf("ach: file control: %w", err)
	}
	out.put(&control)
	fill := strings.Repeat("9", columns) + "\n"
	for ; out.n%block != 0; out.n++ {
		out.text(fill)
	}
	if out.err != nil {
		return out.err
	}
	return out.w.Flush()
}

// lines writes records; the first error sticks.
type lines struct {
	w   *bufio.Writer
	n   int
	err error
}

func (l *lines) text(s string) {
	if l.err == nil {
		_, l.err = l.w.WriteString(s)
	}
}

func (l *lines) put(record fmt.Stringer) {
	l.n++
	l.text(record.String())
	l.text("\n")
}

func (l *lines) batch(b nacha.Batcher) {
	l.put(b.GetHeader())
	for _, e := range b.GetEntries() {
		l.put(e)
		for _, a := range e.Addenda05 {
			l.put(a)
		}
	}
	l.put(b.GetControl())
}

func (r *Run) fileHeader(f *file) (nacha.FileHeader, *nacha.ValidateOpts) {
	c := &r.config
	opts := &nacha.ValidateOpts{BypassOriginValidation: len(c.Origin) == 10} // else it would be cut to 9
	h := nacha.NewFileHeader()
	h.SetValidation(opts)
	h.ImmediateDestination = c.Destination
	h.ImmediateOrigin = c.Origin
	h.ImmediateDestinationName = c.DestinationName
	h.ImmediateOriginName = c.OriginName
	h.ReferenceCode = c.Reference
	h.FileCreationDate = c.Created.Format("060102")
	h.FileCreationTime = c.Created.Format("1504")
	h.FileIDModifier = string(f.id)
	return h, opts
}

// batch makes one batch; Create fills in its control record and checks it all.
func (r *Run) batch(b *batch, number int) (nacha.Batcher, error) {
	h := nacha.NewBatchHeader()
	h.ServiceClassCode = nacha.CreditsOnly
	h.CompanyName = b.CompanyName
	h.CompanyIdentification = b.CompanyID
	h.StandardEntryClassCode = b.SEC
	h.CompanyEntryDescription = b.Description
	h.EffectiveEntryDate = b.Effective.Time().Format("060102")
	h.ODFIIdentification = b.ODFI
	h.BatchNumber = number
	made, err := nacha.NewBatch(h)
	if err != nil {
		return nil, err
	}
	for _, e := range b.entries {
		d, err := r.entry(e)
		if err != nil {
			return nil, err
		}
		made.AddEntry(d)
	}
	return made, made.Create()
}

func (r *Run) entry(e *Entry) (*nacha.EntryDetail, error) {
	d := nacha.NewEntryDetail()
	d.TransactionCode = e.Code
	d.SetRDFI(e.Routing)
	d.DFIAccountNumber = e.Account
	d.Amount = int(e.Cents)
	d.IdentificationNumber = e.ID
	d.TraceNumber = e.Trace
	texts := []string{e.trn}
	if e.batch.SEC == "CTX" {
		all, err := r.ctxText(e)
		if err != nil {
			return nil, err
		}
		texts = cut(all)
		d.SetCATXAddendaRecords(len(texts))
		d.SetCATXReceivingCompany(e.Name)
	} else {
		d.IndividualName = e.Name
	}
	for _, text := range texts {
		a := nacha.NewAddenda05()
		a.PaymentRelatedInformation = text
		d.AddAddenda05(a)
	}
	d.AddendaRecordIndicator = 1 // SetCATXAddendaRecords has set it to the number of addenda
	return d, nil
}

// cut cuts the text of a CTX entry into pieces that fill their addenda.
func cut(text string) []string {
	pieces := make([]string, 0, len(text)/addendaText+1)
	for len(text) > addendaText {
		pieces = append(pieces, text[:addendaText])
		text = text[addendaText:]
	}
	return append(pieces, text)
}
