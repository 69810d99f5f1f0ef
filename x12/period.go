package x12

import "errors"

// ErrPeriod is returned for text that is not in the form its qualifier names.
var ErrPeriod = errors.New("x12: date or time not in the form of its qualifier")

// Period is a date, a time, both, or a range of them: element 1250, the
// qualifier, with element 1251, the value in the form it names, as in DTP02
// with DTP03 and DMG01 with DMG02.
//
//	D8   From             CCYYMMDD
//	D6   From             YYMMDD
//	DB   From             MMDDCCYY
//	DT   From, FromTime   CCYYMMDDHHMM
//	RTS  From, FromTime   CCYYMMDDHHMMSS
//	TM   FromTime         HHMM
//	TS   FromTime         HHMMSS
//	RD8  From, To         CCYYMMDD-CCYYMMDD
//	RD6  From, To         YYMMDD-YYMMDD
//	RD   From, To         MMDDCCYY-MMDDCCYY
//	RDT  all four         CCYYMMDDHHMM-CCYYMMDDHHMM
//	DTS  all four         CCYYMMDDHHMMSS-CCYYMMDDHHMMSS
//	DDT  all but FromTime CCYYMMDD-CCYYMMDDHHMM
//	DTD  all but ToTime   CCYYMMDDHHMM-CCYYMMDD
//	RTM  both times       HHMM-HHMM
//
// The health care guides of 005010 use D8, RD8, DT and TM. A value with any
// other qualifier, or one that does not have the form of its qualifier, is
// kept in Text, which then is the wire text whatever the other fields say.
// The order of From and To is not checked.
type Period struct {
	Qualifier string `json:"qualifier,omitzero"`
	From      Date   `json:"from,omitzero"`
	FromTime  Time   `json:"fromTime,omitzero"`
	To        Date   `json:"to,omitzero"`
	ToTime    Time   `json:"toTime,omitzero"`
	Text      string `json:"text,omitzero"`
}

// moment is the form of one end of a period.
type moment uint8

const (
	momentNone     moment = iota
	momentDay             // CCYYMMDD
	momentShortDay        // YYMMDD
	momentUSDay           // MMDDCCYY
	momentMinute          // CCYYMMDDHHMM
	momentSecond          // CCYYMMDDHHMMSS
	momentClock           // HHMM
	momentClockSec        // HHMMSS
)

// width returns the number of characters of the form.
func (m moment) width() int {
	switch m {
	case momentDay, momentUSDay:
		return 8
	case momentShortDay, momentClockSec:
		return 6
	case momentMinute:
		return 12
	case momentSecond:
		return 14
	case momentClock:
		return 4
	}
	return 0
}

// periodForm returns the forms of the two ends; to is momentNone for a single
// date or time, and both are for a qualifier that Period does not take apart.
func periodForm(qualifier string) (from, to moment) {
	switch qualifier {
	case "D8":
		return momentDay, momentNone
	case "RD8":
		return momentDay, momentDay
	case "DT":
		return momentMinute, momentNone
	case "TM":
		return momentClock, momentNone
	case "D6":
		return momentShortDay, momentNone
	case "DB":
		return momentUSDay, momentNone
	case "RTS":
		return momentSecond, momentNone
	case "TS":
		return momentClockSec, momentNone
	case "RD6":
		return momentShortDay, momentShortDay
	case "RD":
		return momentUSDay, momentUSDay
	case "RDT":
		return momentMinute, momentMinute
	case "DTS":
		return momentSecond, momentSecond
	case "DDT":
		return momentDay, momentMinute
	case "DTD":
		return momentMinute, momentDay
	case "RTM":
		return momentClock, momentClock
	}
	return momentNone, momentNone
}

// ParsePeriod takes text apart by the form that qualifier names. It reports
// false if the text does not have that form; the text is then in Text, so that
// nothing is lost. A qualifier without a form known here, and an empty text,
// are not faults.
//
// Period.AppendWire gives back the same text.
func ParsePeriod(qualifier, text string) (Period, bool) {
	p := Period{Qualifier: qualifier}
	from, to := periodForm(qualifier)
	if from == momentNone || text == "" {
		p.Text = text
		return p, true
	}
	want := from.width()
	if to != momentNone {
		want += 1 + to.width()
	}
	if len(text) == want {
		var ok bool
		p.From, p.FromTime, ok = from.parse(text[:from.width()])
		if ok && to != momentNone {
			ok = text[from.width()] == '-'
			if ok {
				p.To, p.ToTime, ok = to.parse(text[from.width()+1:])
			}
		}
		if ok {
			return p, true
		}
	}
	return Period{Qualifier: qualifier, Text: text}, false
}

// parse reads text, which has the width of the form.
func (m moment) parse(text string) (d Date, t Time, ok bool) {
	switch m {
	case momentDay, momentShortDay:
		d, ok = ParseDate(text)
	case momentUSDay:
		var wire [8]byte
		copy(wire[copy(wire[:], text[4:]):], text[:4])
		d, ok = ParseDate(wire[:])
	case momentMinute, momentSecond:
		if d, ok = ParseDate(text[:8]); ok {
			t, ok = ParseTime(text[8:])
		}
	case momentClock, momentClockSec:
		t, ok = ParseTime(text)
	}
	return d, t, ok
}

// appendWire appends d and t in the form, a part that is absent as nothing.
func (m moment) appendWire(b []byte, d Date, t Time) []byte {
	switch m {
	case momentDay:
		return d.Long().AppendWire(b)
	case momentShortDay:
		return d.Short().AppendWire(b)
	case momentUSDay:
		if d.IsZero() {
			return b
		}
		b = appendTwoDigits(appendTwoDigits(b, d.month), d.day)
		return appendTwoDigits(appendTwoDigits(b, d.year/100), d.year%100)
	case momentMinute:
		return t.withDigits(4).AppendWire(d.Long().AppendWire(b))
	case momentSecond:
		return t.withDigits(6).AppendWire(d.Long().AppendWire(b))
	case momentClock:
		return t.withDigits(4).AppendWire(b)
	case momentClockSec:
		return t.withDigits(6).AppendWire(b)
	}
	return b
}

// DayPeriod returns d as a D8 value, or the absent Period for an absent d.
func DayPeriod(d Date) Period {
	if d.IsZero() {
		return Period{}
	}
	return Period{Qualifier: "D8", From: d.Long()}
}

// DaysPeriod returns the days from the first to the last, both included, as an
// RD8 value. If either is absent it returns DayPeriod of the other.
func DaysPeriod(first, last Date) Period {
	switch {
	case last.IsZero():
		return DayPeriod(first)
	case first.IsZero():
		return DayPeriod(last)
	}
	return Period{Qualifier: "RD8", From: first.Long(), To: last.Long()}
}

// IsZero reports whether p is absent: no qualifier and no value.
func (p Period) IsZero() bool { return p == Period{} }

// IsRange reports whether the qualifier names a range known here.
func (p Period) IsRange() bool {
	_, to := periodForm(p.Qualifier)
	return to != momentNone
}

// Last returns To for a range of dates and From for a single date.
func (p Period) Last() Date {
	if p.IsRange() {
		return p.To
	}
	return p.From
}

// Check returns [ErrPeriod] if p has a qualifier known here and its value is
// not taken apart, or would not come back the same from the wire: it lacks a
// part that the form needs, has one the form has no room for, or is outside
// the years that six digits can tell.
func (p Period) Check() error {
	if from, _ := periodForm(p.Qualifier); from == momentNone {
		return nil
	}
	b := p.AppendWire(make([]byte, 0, 32))
	q, ok := ParsePeriod(p.Qualifier, string(b))
	if !ok || len(b) == 0 || p.Text != "" || !q.From.Equal(p.From) || !q.FromTime.Equal(p.FromTime) ||
		!q.To.Equal(p.To) || !q.ToTime.Equal(p.ToTime) {
		return ErrPeriod
	}
	return nil
}

// AppendWire appends the text of element 1251 in the form of the qualifier, or
// Text where that is set.
func (p Period) AppendWire(b []byte) []byte {
	from, to := periodForm(p.Qualifier)
	if p.Text != "" || from == momentNone {
		return append(b, p.Text...)
	}
	b = from.appendWire(b, p.From, p.FromTime)
	if to != momentNone && (!p.To.IsZero() || !p.ToTime.IsZero()) {
		b = to.appendWire(append(b, '-'), p.To, p.ToTime)
	}
	return b
}
