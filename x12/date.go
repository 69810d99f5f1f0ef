package x12

import (
	"cmp"
	"errors"
	"time"
)

// ErrDate is returned for text that is not a calendar day in the expected form.
var ErrDate = errors.New("x12: not a date")

// Date is the value of a DT element: a day of the calendar, years 1 to 9999.
// The zero Date is absent. A Date remembers whether it was written with six
// digits, which the == operator sees and [Date.Compare] does not.
type Date struct {
	year       uint16
	month, day uint8
	short      bool // written YYMMDD
}

// centuryPivot splits the two-digit years: below it they belong to the years
// from 2000 on, from it on to the years before.
const centuryPivot = 50

// ParseDate reads CCYYMMDD or YYMMDD. X12 gives no century for six digits: the
// years 00 to 49 are taken as 2000 to 2049 and 50 to 99 as 1950 to 1999, which
// is right for the envelope date ISA09 but a guess for dates of birth. It
// reports false for any other form and for days that are not on the calendar.
//
// Date.AppendWire gives back the same bytes.
func ParseDate[T ~string | ~[]byte](s T) (Date, bool) {
	switch len(s) {
	case 8:
		year, month, day := twoDigits(s[0], s[1])*100+twoDigits(s[2], s[3]), twoDigits(s[4], s[5]), twoDigits(s[6], s[7])
		return newDate(year, month, day, false)
	case 6:
		year, month, day := twoDigits(s[0], s[1]), twoDigits(s[2], s[3]), twoDigits(s[4], s[5])
		return newDate(fullYear(year), month, day, true)
	}
	return Date{}, false
}

// NewDate returns the given day, written with eight digits, or false if there
// is no such day in the years 1 to 9999.
func NewDate(year, month, day int) (Date, bool) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 {
		return Date{}, false
	}
	return newDate(uint32(year), uint32(month), uint32(day), false)
}

// DateOf returns the day of t in t's own location, or the absent Date if its
// year is not 1 to 9999.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	d, _ := NewDate(year, int(month), day)
	return d
}

func newDate(year, month, day uint32, short bool) (Date, bool) {
	if year-1 >= 9999 || month-1 >= 12 || day-1 >= 31 || day > daysIn(year, month) {
		return Date{}, false
	}
	return Date{year: uint16(year), month: uint8(month), day: uint8(day), short: short}, true
}

func daysIn(year, month uint32) uint32 {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// fullYear adds the century to a two-digit year and keeps a bad one bad.
func fullYear(year uint32) uint32 {
	if year < centuryPivot {
		return 2000 + year
	}
	return 1900 + year
}

// badDigits is what twoDigits returns for bytes that are not digits: too large
// for any field of a date or time, even after a century is added to it, and
// small enough to be multiplied by 100.
const badDigits = 1 << 20

func twoDigits(a, b byte) uint32 {
	a -= '0'
	b -= '0'
	if a > 9 || b > 9 {
		return badDigits
	}
	return uint32(a)*10 + uint32(b)
}

func appendTwoDigits[T ~uint8 | ~uint16](b []byte, v T) []byte {
	return append(b, '0'+byte(v/10), '0'+byte(v%10))
}

// Year returns the year with its century, 0 when absent.
func (d Date) Year() int { return int(d.year) }

// Month returns the month, 1 to 12, 0 when absent.
func (d Date) Month() time.Month { return time.Month(d.month) }

// Day returns the day of the month, 1 to 31, 0 when absent.
func (d Date) Day() int { return int(d.day) }

// IsZero reports whether d is absent.
func (d Date) IsZero() bool { return d.day == 0 }

// Time returns the start of the day in UTC, or the zero time when absent.
func (d Date) Time() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
}

// Compare returns -1, 0 or 1 as d is an earlier, the same or a later day than
// e. An absent date comes before every other.
func (d Date) Compare(e Date) int { return cmp.Compare(d.ordinal(), e.ordinal()) }

// Before reports whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.ordinal() < e.ordinal() }

// After reports whether d is a later day than e.
func (d Date) After(e Date) bool { return d.ordinal() > e.ordinal() }

// Equal reports whether d and e are the same day, however written.
func (d Date) Equal(e Date) bool { return d.ordinal() == e.ordinal() }

// ordinal orders days; it does not count them.
func (d Date) ordinal() uint32 {
	return uint32(d.year)<<16 | uint32(d.month)<<8 | uint32(d.day)
}

// Short returns d written with six digits, as ISA09 wants it. Outside the
// years 1950 to 2049, which six digits cannot tell, it returns d unchanged.
func (d Date) Short() Date {
	if d.year >= 1900+centuryPivot && d.year < 2000+centuryPivot {
		d.short = true
	}
	return d
}

// Long returns d written with eight digits.
func (d Date) Long() Date {
	d.short = false
	return d
}

// AppendWire appends CCYYMMDD, or YYMMDD if d is written so, or nothing when
// absent.
func (d Date) AppendWire(b []byte) []byte {
	if d.IsZero() {
		return b
	}
	if !d.short {
		b = appendTwoDigits(b, d.year/100)
	}
	b = appendTwoDigits(b, d.year%100)
	b = appendTwoDigits(b, d.month)
	return appendTwoDigits(b, d.day)
}

// AppendISO appends the day as 2026-01-31, however written on the wire, or
// nothing when absent.
func (d Date) AppendISO(b []byte) []byte { return d.Long().appendDashed(b) }

func (d Date) appendDashed(b []byte) []byte {
	if d.IsZero() {
		return b
	}
	if !d.short {
		b = appendTwoDigits(b, d.year/100)
	}
	b = append(appendTwoDigits(b, d.year%100), '-')
	b = append(appendTwoDigits(b, d.month), '-')
	return appendTwoDigits(b, d.day)
}

// String returns the day as 2026-01-31, or "" when absent.
func (d Date) String() string {
	var buf [10]byte
	return string(d.AppendISO(buf[:0]))
}

// AppendText implements [encoding.TextAppender]: 2026-01-31, or 26-01-31 for a
// date written with six digits, so that the written form survives. The error
// is always nil.
func (d Date) AppendText(b []byte) ([]byte, error) { return d.appendDashed(b), nil }

// MarshalText implements [encoding.TextMarshaler] with the text of AppendText.
func (d Date) MarshalText() ([]byte, error) { return d.appendDashed(nil), nil }

// UnmarshalText implements [encoding.TextUnmarshaler]. It takes 2026-01-31 and
// 26-01-31; empty text is absent. It returns [ErrDate] for anything else.
func (d *Date) UnmarshalText(text []byte) error {
	var wire [8]byte
	n := len(text)
	switch {
	case n == 0:
		*d = Date{}
		return nil
	case (n == 8 || n == 10) && text[n-3] == '-' && text[n-6] == '-':
		k := copy(wire[:], text[:n-6])
		k += copy(wire[k:], text[n-5:n-3])
		k += copy(wire[k:], text[n-2:])
		if v, ok := ParseDate(wire[:k]); ok {
			*d = v
			return nil
		}
	}
	return ErrDate
}
