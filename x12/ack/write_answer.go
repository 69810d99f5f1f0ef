package ack

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/ack/ts277ca"
)

// answer writes the answers to an interchange that has ended.
func (w *Writer) answer(t *interState) error {
	answered := w.stats.TA1 + w.stats.Functional + w.stats.ClaimReports
	if t.groups == 0 && t.acks > 0 { // it holds answers alone
		return nil
	}
	if t.note != "" {
		w.stats.Interchanges++
	}
	if w.o.Kinds&KindTA1 != 0 && (t.note != "" || t.in.ISA[13] == "1" || w.o.AlwaysTA1) {
		if err := w.ta1(t); err != nil {
			return err
		}
	}
	if err := w.functional.end(t); err != nil {
		return err
	}
	if err := w.claims.end(t); err != nil {
		return err
	}
	if w.stats.TA1+w.stats.Functional+w.stats.ClaimReports > answered {
		w.stats.Answered++
	}
	return nil
}

// status returns TA104 and TA105.
func (t *interState) status() (status, note string) {
	switch {
	case t.note != "":
		return "R", t.note
	case t.noted != "":
		return "E", t.noted
	}
	return "A", "000"
}

// ta1 writes an interchange that is a TA1 alone.
func (w *Writer) ta1(t *interState) error {
	now := w.now()
	in, err := w.reply(t, versionOf(t.in))
	if err != nil {
		return err
	}
	x := w.writer()
	if err := x.BeginInterchange(in); err != nil {
		return err
	}
	a := TA1{ControlNumber: digits(t.in.ISA[12], 9), Date: dateOf(now), Time: timeOf(now)}
	if d, ok := x12.ParseDate(t.in.ISA[8]); ok && len(t.in.ISA[8]) == 6 {
		a.Date = d
	}
	if c, ok := x12.ParseTime(t.in.ISA[9]); ok && len(t.in.ISA[9]) == 4 {
		a.Time = c
	}
	a.Status.Code, a.Note.Code = t.status()
	if err := a.Write(x); err != nil {
		return err
	}
	w.stats.TA1++
	return x.Close()
}

// versionOf returns ISA12 of an answer that can have the version of what it answers.
func versionOf(in *x12.Interchange) string {
	if v := in.ISA[11]; len(v) == 5 && allDigits(v) && v >= "00200" && v <= "00899" {
		return v
	}
	return "00501"
}

func (w *Writer) writer() *x12.Writer { return x12.NewWriter(w.out, x12.WithNewline(w.o.Newline)) }

func (w *Writer) now() time.Time {
	if w.o.Now.IsZero() {
		return time.Now()
	}
	return w.o.Now
}

func dateOf(t time.Time) x12.Date {
	d, _ := x12.ParseDate(t.Format("20060102"))
	return d
}

func timeOf(t time.Time) x12.Time {
	c, _ := x12.ParseTime(t.Format("1504"))
	return c
}

// delims returns the delimiters of the answers to an interchange.
func (w *Writer) delims(t *interState) x12.Delimiters {
	d := w.o.Delims
	if d == (x12.Delimiters{}) {
		d = t.in.Delims
	}
	if _, ok := x12.ParseDelimiters(d.Text()); !ok {
		d = x12.DefaultDelimiters
	}
	for _, c := range []byte("^!`|{") {
		if d.Repetition == 0 && c != d.Element && c != d.Component && c != d.Segment {
			d.Repetition = c
		}
	}
	return d
}

// draft returns the header of an interchange in a spool.
func (w *Writer) draft(t *interState) *x12.Interchange {
	return &x12.Interchange{Seq: 1, Delims: w.delims(t), ISA: [16]string{"00", "", "00", "", "ZZ", "", "ZZ", "", "", "", "", "00501", "0", "0", "P"}}
}

// reply returns the header of an answer, with a control number of its own.
func (w *Writer) reply(t *interState, version string) (*x12.Interchange, error) {
	n, err := w.o.Numbers.Next()
	if err != nil {
		return nil, err
	}
	now := w.now()
	usage := "P"
	if t.in.ISA[14] == "T" {
		usage = "T"
	}
	repetition := ""
	if version < "00402" {
		repetition = "U"
	}
	fromQ, from := w.party(t, t.in.ISA[6], t.in.ISA[7])
	toQ, to := w.party(t, t.in.ISA[4], t.in.ISA[5])
	return &x12.Interchange{Seq: 1, Delims: w.delims(t), ISA: [16]string{
		"00", "", "00", "", fromQ, from, toQ, to, now.Format("060102"), now.Format("1504"), repetition, version, fmt.Sprintf("%09d", n), "0", usage,
	}}, nil
}

// party returns the qualifier and identifier of an interchange as they may be sent.
func (w *Writer) party(t *interState, qualifier, id string) (string, string) {
	if !x12.IsInterchangeQualifier(qualifier) {
		qualifier = "ZZ"
	}
	return qualifier, w.mend(t, id, 15, "UNKNOWN")
}

// replyGroup returns the header of a group that answers another.
func (w *Writer) replyGroup(t *interState, g *x12.Group, id, version string) (*x12.Group, error) {
	n, err := w.o.Numbers.Next()
	if err != nil {
		return nil, err
	}
	now := w.now()
	from := w.mend(t, g.GS[2], 15, w.mend(t, t.in.ISA[7], 15, "UNKNOWN"))
	to := w.mend(t, g.GS[1], 15, w.mend(t, t.in.ISA[5], 15, "UNKNOWN"))
	return &x12.Group{Seq: 1, GS: [8]string{id, from, to, now.Format("20060102"), now.Format("1504"), fmt.Sprint(n), "X", version}}, nil
}

// send writes an interchange whose groups wait in a spool. Those that skip says are left out; nil = none.
func (w *Writer) send(t *interState, version string, r io.Reader, skip func(group int) bool) error {
	in, err := w.reply(t, version)
	if err != nil {
		return err
	}
	x := w.writer()
	begun := false
	rd := x12.NewReader(r)
	group := -1
	for {
		s, err := rd.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return fmt.Errorf("ack: %w", err)
		}
		if string(s.Name()) == "GS" {
			group++
		}
		if skip != nil && group >= 0 && skip(group) {
			continue
		}
		if !begun && group >= 0 {
			begun = true
			if err := x.BeginInterchange(in); err != nil {
				return err
			}
		}
		switch string(s.Name()) {
		case "ISA":
		case "GS":
			err = x.BeginGroup(rd.Group())
		case "ST":
			if rd.Set().ID == ts277ca.X214.Set {
				w.stats.ClaimReports++
			} else {
				w.stats.Functional++
			}
			err = x.BeginSet(rd.Set())
		case "SE":
			err = x.EndSet()
		case "GE":
			err = x.EndGroup()
		case "IEA":
		default:
			err = x.Copy(s, false)
		}
		if err != nil {
			return err
		}
	}
	return x.Close()
}

// clean returns a value that may be sent as it is, cut to most bytes; "" when it may not.
func (w *Writer) clean(t *interState, v string, most int) string {
	if len(v) > most {
		v = v[:most]
	}
	d := w.delims(t)
	for _, c := range []byte(v) {
		if c < ' ' || c > '~' || c == d.Element || c == d.Component || c == d.Repetition || c == d.Segment {
			return ""
		}
	}
	if strings.Trim(v, " ") != v || t.in.Delims.Component != 0 && strings.IndexByte(v, t.in.Delims.Component) >= 0 {
		return ""
	}
	return v
}

// mend returns a value with what may not be sent replaced by blanks, cut to most bytes; other when nothing is left.
func (w *Writer) mend(t *interState, v string, most int, other string) string {
	d := w.delims(t)
	b := []byte(v)
	for i, c := range b {
		if c < ' ' || c > '~' || c == d.Element || c == d.Component || c == d.Repetition || c == d.Segment {
			b[i] = ' '
		}
	}
	v = strings.Trim(string(b), " ")
	if v = strings.TrimRight(v[:min(len(v), most)], " "); v == "" {
		return other
	}
	return v
}

func allDigits(v string) bool { return v != "" && strings.Trim(v, "0123456789") == "" }

// digits returns a control number in n digits: as it is where it has them, else what digits there are, with zeros in front.
func digits(v string, n int) string {
	if !allDigits(v) {
		v = ""
	}
	if len(v) > n {
		v = v[len(v)-n:]
	}
	return strings.Repeat("0", n-len(v)) + v
}

// groupControl returns AK102: GS06 as the number it has to be there, 0 where it is none.
func groupControl(g *x12.Group) string {
	v := strings.TrimLeft(strings.TrimSpace(g.Control()), "0")
	if len(v) > 9 || !allDigits(v) {
		return "0"
	}
	return v
}

// setControl returns AK202: ST02 as it came, or in the four to nine characters it has to have there.
func setControl(w *Writer, t *interState, v string) string {
	v = w.mend(t, v, 9, "")
	for len(v) < 4 {
		v = "0" + v
	}
	return v
}
