package x12

import (
	"cmp"
	"errors"
	"time"
)

// ErrTime is returned for text that is not a time of day in the expected form.
var ErrTime = errors.New("x12: not a time")

// Time is the value of a TM element: a time of day on the 24-hour clock in no
// stated zone, with the precision it was written in. The zero Time is absent;
// midnight is not. The == operator sees the precision, [Time.Compare] does not.
type Time struct {
	hour, minute, second uint8
	hundredths           uint8
	digits               uint8 // 4, 6, 7 or 8; 0 when absent
}

// ParseTime reads HHMM, HHMMSS, HHMMSSD or HHMMSSDD, where D is tenths and DD
// hundredths of a second. It reports false for any other form and for hours
// above 23, minutes above 59 or seconds above 59.
//
// Time.AppendWire gives back the same bytes.
func ParseTime[T ~string | ~[]byte](s T) (Time, bool) {
	var second, fraction uint32
	switch len(s) {
	case 4:
	case 8:
		fraction = twoDigits(s[6], s[7])
		second = twoDigits(s[4], s[5])
	case 7:
		fraction = twoDigits(s[6], '0')
		second = twoDigits(s[4], s[5])
	case 6:
		second = twoDigits(s[4], s[5])
	default:
		return Time{}, false
	}
	hour, minute := twoDigits(s[0], s[1]), twoDigits(s[2], s[3])
	if hour > 23 || minute > 59 || second > 59 || fraction > 99 {
		return Time{}, false
	}
	return Time{
		hour: uint8(hour), minute: uint8(minute), second: uint8(second),
		hundredths: uint8(fraction), digits: uint8(len(s)),
	}, true
}

// NewTime returns the given time of day, written HHMMSS, or false if there is
// no such time.
func NewTime(hour, minute, second int) (Time, bool) {
	if hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 {
		return Time{}, false
	}
	return Time{hour: uint8(hour), minute: uint8(minute), second: uint8(second), digits: 6}, true
}

// TimeOf returns the time of day of t in t's own location, written HHMMSS.
func TimeOf(t time.Time) Time {
	hour, minute, second := t.Clock()
	v, _ := NewTime(hour, minute, second)
	return v
}

// Hour returns the hour, 0 to 23.
func (t Time) Hour() int { return int(t.hour) }

// Minute returns the minute, 0 to 59.
func (t Time) Minute() int { return int(t.minute) }

// Second returns the second, 0 to 59, 0 when it was not written.
func (t Time) Second() int { return int(t.second) }

// Hundredths returns the hundredths of a second, 0 to 99, 0 when they were not
// written.
func (t Time) Hundredths() int { return int(t.hundredths) }

// Digits returns how many digits the time was written with: 4, 6, 7 or 8, or 0
// when absent.
func (t Time) Digits() int { return int(t.digits) }

// IsZero reports whether t is absent. Midnight is not.
func (t Time) IsZero() bool { return t.digits == 0 }

// Duration returns the time since midnight.
func (t Time) Duration() time.Duration {
	return time.Duration(t.hour)*time.Hour + time.Duration(t.minute)*time.Minute +
		time.Duration(t.second)*time.Second + time.Duration(t.hundredths)*10*time.Millisecond
}

// Compare returns -1, 0 or 1 as t is earlier than, equal to or later than u,
// parts that were not written counting as zero. An absent time comes before
// every other.
func (t Time) Compare(u Time) int { return cmp.Compare(t.ordinal(), u.ordinal()) }

// Before reports whether t is earlier than u.
func (t Time) Before(u Time) bool { return t.ordinal() < u.ordinal() }

// Equal reports whether t and u are the same time of day, however written.
func (t Time) Equal(u Time) bool { return t.ordinal() == u.ordinal() }

func (t Time) ordinal() int64 {
	if t.IsZero() {
		return -1
	}
	return int64(t.Duration())
}

// Short returns t written HHMM, as ISA10 wants it, without its seconds.
func (t Time) Short() Time { return t.withDigits(4) }

// withDigits returns t written with 4 or 6 digits. Absent stays absent.
func (t Time) withDigits(digits uint8) Time {
	if t.IsZero() {
		return t
	}
	u := Time{hour: t.hour, minute: t.minute, digits: digits}
	if digits == 6 {
		u.second = t.second
	}
	return u
}

// AppendWire appends the digits as they were read, or nothing when absent.
func (t Time) AppendWire(b []byte) []byte {
	if t.IsZero() {
		return b
	}
	b = appendTwoDigits(b, t.hour)
	b = appendTwoDigits(b, t.minute)
	if t.digits >= 6 {
		b = appendTwoDigits(b, t.second)
	}
	return t.appendFraction(b)
}

// AppendISO appends the time as 14:30, 14:30:05, 14:30:05.2 or 14:30:05.25, by
// the precision it was written in, or nothing when absent.
func (t Time) AppendISO(b []byte) []byte {
	if t.IsZero() {
		return b
	}
	b = append(appendTwoDigits(b, t.hour), ':')
	b = appendTwoDigits(b, t.minute)
	if t.digits >= 6 {
		b = appendTwoDigits(append(b, ':'), t.second)
	}
	if t.digits > 6 {
		b = append(b, '.')
	}
	return t.appendFraction(b)
}

func (t Time) appendFraction(b []byte) []byte {
	switch t.digits {
	case 7:
		return append(b, '0'+t.hundredths/10)
	case 8:
		return appendTwoDigits(b, t.hundredths)
	}
	return b
}

// String returns the text of AppendISO.
func (t Time) String() string {
	var buf [11]byte
	return string(t.AppendISO(buf[:0]))
}

// AppendText implements [encoding.TextAppender] with the text of AppendISO.
// The error is always nil.
func (t Time) AppendText(b []byte) ([]byte, error) { return t.AppendISO(b), nil }

// MarshalText implements [encoding.TextMarshaler] with the text of AppendISO.
func (t Time) MarshalText() ([]byte, error) { return t.AppendISO(nil), nil }

// UnmarshalText implements [encoding.TextUnmarshaler] for the text AppendISO
// writes; empty text is absent. It returns [ErrTime] for anything else.
func (t *Time) UnmarshalText(text []byte) error {
	const form = "hh:mm:ss.dd"
	if len(text) == 0 {
		*t = Time{}
		return nil
	}
	var wire [8]byte
	k := 0
	if len(text) > len(form) {
		return ErrTime
	}
	for i, c := range text {
		switch mark := form[i]; {
		case mark != ':' && mark != '.':
			wire[k] = c
			k++
		case c != mark || i == len(text)-1:
			return ErrTime
		}
	}
	v, ok := ParseTime(wire[:k])
	if !ok {
		return ErrTime
	}
	*t = v
	return nil
}
