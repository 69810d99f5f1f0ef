package report

import (
	"encoding/csv"
	"strconv"
	"strings"
)

// Column is a column of the CSV form.
type Column struct{ Name, Meaning string }

// Columns returns the columns of the CSV form, in order. Their names stay as they are; new ones come at the end.
func Columns() []Column {
	return []Column{
		{"file", "input file, <stdin> for standard input"},
		{"offset", "offset of the segment in the file, 0 = first byte"},
		{"interchange", "ISA13"},
		{"group", "GS06"},
		{"set", "ST02"},
		{"guide", "guide the set is read with"},
		{"unit_kind", "what the finding belongs to: claim, claim payment, member, subject, level .., set or envelope"},
		{"unit", "ordinal of the unit in its set, 1 = first"},
		{"unit_key", "CLM01, CLP01, REF 0F or TRN02 of the unit, only with values"},
		{"path", "loops, segment and element"},
		{"loop", "loops, with their ordinals"},
		{"segment", "ordinal of the segment in the set, ST = 1"},
		{"segment_id", "segment identifier"},
		{"element", "element, 1 = first"},
		{"component", "component of it"},
		{"repeat", "repetition of it"},
		{"level", "SNIP type 1 to 7, 0 = envelope"},
		{"severity", "info, warning, error or fatal"},
		{"rule", "rule id, see edi explain"},
		{"message", "what is wrong and what was expected"},
		{"value", "the offending value, only with values"},
		{"ta1", "TA105 note code"},
		{"ak9", "AK905 functional group code"},
		{"ik5", "IK502 transaction set code"},
		{"ik3", "IK304 segment code"},
		{"ik4", "IK403 element code"},
		{"text", "the segment, masked without values"},
	}
}

// csvForm writes a finding a line.
type csvForm struct {
	w   *csv.Writer
	row []string
}

func (f *csvForm) begin(r *Report) {
	f.w = csv.NewWriter(r.w)
	f.w.UseCRLF = r.o.CRLF
	for _, c := range Columns() {
		f.row = append(f.row, c.Name)
	}
	f.write(r)
}

func (f *csvForm) end(*Report) {}

func (f *csvForm) write(r *Report) {
	if r.o.Guard {
		for k, s := range f.row {
			if s != "" && strings.IndexByte("=+-@\t\r", s[0]) >= 0 {
				f.row[k] = "'" + s
			}
		}
	}
	if err := f.w.Write(f.row); err != nil && r.err == nil {
		r.err = err
	}
	f.w.Flush() // into the buffer of the report
	if err := f.w.Error(); err != nil && r.err == nil {
		r.err = err
	}
}

func (f *csvForm) finding(r *Report, e *entry) {
	i := e.Issue
	number := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	value, text := "", ""
	if r.o.Values {
		value = i.Value
	}
	if s := r.segment(e.finding); s != nil {
		text = string(s.text)
	}
	f.row = append(f.row[:0], e.file, strconv.FormatInt(e.offset, 10), i.Interchange, i.Group, i.Set, i.Guide, e.unit.kind, number(int(e.unit.ordinal)),
		e.unit.key, i.Path(), i.Loop, number(i.Segment), i.SegID, number(i.Element), number(i.Component), number(i.Repeat), strconv.Itoa(int(i.Level)),
		i.Severity.String(), i.Rule, i.Message, value, i.Codes.TA1, i.Codes.AK9, i.Codes.IK5, i.Codes.IK3, i.Codes.IK4, text)
	for k, s := range f.row {
		f.row[k] = strings.ToValidUTF8(s, "\uFFFD")
	}
	f.write(r)
}
