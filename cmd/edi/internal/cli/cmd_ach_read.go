package cli

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"github.com/x12-go/edi/ach"
	"github.com/x12-go/edi/x12/codec"
)

// achColumns returns the columns of edi ach --read, and the keys of its JSON.
func achColumns() []string {
	return []string{"line", "kind", "code", "amount", "trn_number", "payer_id", "trn_supplement", "name", "identification", "routing", "account_end", "trace",
		"sec", "description", "company", "company_id", "effective_date", "addenda", "reason", "original_trace", "corrected", "file", "batch"}
}

// achRow returns the cells of an entry. Of an account there are the last four characters only.
func achRow(e *ach.Entry) []string {
	var trn ach.TRN
	if e.TRN != nil {
		trn = *e.TRN
	}
	h := e.BatchHeader
	if h == nil {
		h = &ach.BatchHeader{}
	}
	var reason, original, corrected string
	switch {
	case e.Return != nil:
		reason, original = e.Return.Reason, e.Return.OriginalTrace
	case e.Change != nil:
		reason, original, corrected = e.Change.Code, e.Change.OriginalTrace, e.Change.Corrected
	}
	account := e.Account[max(0, len(e.Account)-4):]
	return []string{strconv.Itoa(e.Line), e.Kind.String(), fmt.Sprintf("%02d", e.Code), fmt.Sprintf("%d.%02d", e.Cents/100, e.Cents%100),
		trn.Number, trn.PayerID, trn.Supplement, e.Name, e.ID, e.Routing, account, e.Trace, h.SEC, h.Description, h.CompanyName, h.CompanyID,
		e.Effective().String(), strconv.Itoa(len(e.Addenda)), reason, original, corrected, strconv.Itoa(e.File), strconv.Itoa(e.Batch)}
}

// show is edi ach --read.
func (f *achFlags) show(c *call) error {
	c.args = []string{f.read}
	src, err := c.stream()
	if err != nil {
		return err
	}
	rd := ach.NewReader(src, c.report)
	if f.output != "" && f.output != "-" {
		return writeTo(f.output, func(w io.Writer) error { return f.entries(rd, w) })
	}
	return f.entries(rd, c.out)
}

// entries writes the entries in the form of --report.
func (f *achFlags) entries(rd *ach.Reader, w io.Writer) error {
	table := csv.NewWriter(w)
	write := func(e *ach.Entry) error { return writeEntryText(w, e) }
	switch f.report {
	case "csv":
		write = func(e *ach.Entry) error { return table.Write(achRow(e)) }
		if err := table.Write(achColumns()); err != nil {
			return err
		}
	case "json":
		write = func(e *ach.Entry) error { return writeEntryJSON(w, e) }
	case "none":
		write = func(*ach.Entry) error { return nil }
	}
	for {
		e, err := rd.Next()
		if err == io.EOF {
			table.Flush()
			return table.Error()
		}
		if err != nil {
			return err
		}
		if err := write(e); err != nil {
			return err
		}
	}
}

func writeEntryJSON(w io.Writer, e *ach.Entry) error {
	b := []byte{'{'}
	columns := achColumns()
	for i, cell := range achRow(e) {
		switch key := columns[i]; {
		case cell == "":
		case key == "line" || key == "addenda" || key == "file" || key == "batch":
			b = fmt.Appendf(b, "%q:%s,", key, cell)
		default:
			b = append(codec.AppendString(fmt.Appendf(b, "%q:", key), cell), ',')
		}
	}
	b[len(b)-1] = '}'
	_, err := w.Write(append(b, '\n'))
	return err
}

func writeEntryText(w io.Writer, e *ach.Entry) error {
	r := achRow(e)
	text := fmt.Sprintf("%-22s %14s  %s  %s  %s  entry %s", r[1], r[3], oneLine(r[12]), oneLine(e.Effective().String()), oneLine(r[7]), oneLine(r[11]))
	if e.TRN != nil {
		text += fmt.Sprintf("  TRN %s of %s", oneLine(r[4]), oneLine(r[5]))
	}
	switch {
	case e.Return != nil:
		text += fmt.Sprintf("  %s of entry %s", oneLine(r[18]), oneLine(r[19]))
	case e.Change != nil:
		text += fmt.Sprintf("  %s of entry %s: %s", oneLine(r[18]), oneLine(r[19]), oneLine(r[20]))
	}
	_, err := io.WriteString(w, text+"\n")
	return err
}
