package x12

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"math/bits"

	"github.com/shopspring/decimal"
)

// MaxDigits is the largest number of digits a [Number] holds, leading zeros
// of the integer part not counted.
const MaxDigits = 18

// ErrNumber is returned for text that is not an X12 number or for a value that
// needs more than [MaxDigits] digits.
var ErrNumber = errors.New("x12: not a number of at most 18 digits")

// Number is the value of an R, N0 or other numeric element. It is exact and
// remembers the form it was written in, so 80.50, 80.5 and 080.5 stay apart on
// the wire while [Number.Equal] holds between them.
//
// The zero Number is absent: the element was not sent. Absent counts as zero
// in every method that looks at the value; [Number.Set] tells the two apart.
// The == operator compares the written form as well as the value.
type Number struct {
	coef  int64 // the value is coef / 10^scale
	scale uint8 // digits after the decimal point
	pad   uint8 // zeros written before the first significant integer digit
	flags uint8
}

const (
	numberSet     = 1 << iota // a value is there
	numberDot                 // a decimal point ends the text: "5."
	numberNegZero             // "-0": the sign that coef cannot hold
)

// numberBuf has room for the digits of any Number, its point, sign and a zero.
const numberBuf = MaxDigits + 6

// pow10 holds the powers of ten that fit an int64.
var pow10 = [...]int64{
	1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9,
	1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
}

// digitPairs is "00" to "99", so that two digits cost one division.
const digitPairs = "00010203040506070809" +
	"10111213141516171819" +
	"20212223242526272829" +
	"30313233343536373839" +
	"40414243444546474849" +
	"50515253545556575859" +
	"60616263646566676869" +
	"70717273747576777879" +
	"80818283848586878889" +
	"90919293949596979899"

// ParseNumber reads the text of an R element: an optional minus sign, then
// digits with at most one decimal point among, before or after them. It takes
// no plus sign, no exponent and no blanks. It reports false for any other
// text, for more than [MaxDigits] digits, counting all those after the point
// but not the leading zeros before it, and for more than 255 such zeros.
//
// Number.AppendWire gives back the same bytes.
func ParseNumber[T ~string | ~[]byte](s T) (Number, bool) {
	i := 0
	neg := len(s) > 0 && s[0] == '-'
	if neg {
		i = 1
	}
	start := i
	for i < len(s) && s[i] == '0' {
		i++
	}
	pad := i - start
	// The coefficient may wrap here: the digit count below rejects the text
	// in every case where it could.
	var coef int64
	first := i
	for i < len(s) {
		c := s[i] - '0'
		if c > 9 {
			break
		}
		coef = coef*10 + int64(c)
		i++
	}
	digits, scale := i-first, 0
	flags := uint8(numberSet)
	if i < len(s) {
		if s[i] != '.' {
			return Number{}, false
		}
		i++
		scale = len(s) - i
		for i < len(s) {
			c := s[i] - '0'
			if c > 9 {
				return Number{}, false
			}
			coef = coef*10 + int64(c)
			i++
		}
		if scale == 0 {
			flags |= numberDot
		}
		digits += scale
	}
	if digits > MaxDigits || pad > 255 || digits+pad == 0 {
		return Number{}, false
	}
	if neg {
		if coef == 0 {
			flags |= numberNegZero
		}
		coef = -coef
	}
	return Number{coef: coef, scale: uint8(scale), pad: uint8(pad), flags: flags}, true
}

// NewNumber returns coef / 10^scale, written with scale digits after the
// point: NewNumber(8050, 2) is 80.50. A negative scale multiplies. A value
// between zero and one is written without a zero before the point, since
// X12.6 suppresses leading zeros: NewNumber(5, 1) is .5. The value zero keeps
// one: NewNumber(0, 2) is 0.00.
//
// It returns the absent Number if the value needs more than [MaxDigits] digits
// or the scale is above that. Use [NumberFromDecimal] where this can happen.
func NewNumber(coef int64, scale int) Number {
	if scale < 0 && coef != 0 {
		if scale < -MaxDigits {
			return Number{}
		}
		var ok bool
		if coef, ok = mulInt64(coef, pow10[-scale]); !ok {
			return Number{}
		}
	}
	if coef <= -1e18 || coef >= 1e18 || scale > MaxDigits {
		return Number{}
	}
	n := Number{coef: coef, scale: uint8(max(scale, 0)), flags: numberSet}
	if coef == 0 {
		n.pad = 1
	}
	return n
}

// NumberFromDecimal returns d as a Number with as many digits after the point
// as d's exponent says, fewer only when zeros at the end must go to fit. It
// returns [ErrNumber] if d needs more than [MaxDigits] digits.
func NumberFromDecimal(d decimal.Decimal) (Number, error) {
	exp := int64(d.Exponent())
	if d.IsZero() {
		return NewNumber(0, int(min(max(-exp, 0), MaxDigits))), nil
	}
	if exp > MaxDigits {
		return Number{}, ErrNumber
	}
	// Of the zeros at the end only those after the point may be dropped.
	digits := int64(d.NumDigits())
	if drop := max(digits, -exp) - MaxDigits; drop > 0 && exp < 0 {
		if drop > -exp || drop >= digits {
			return Number{}, ErrNumber
		}
		short := d.Truncate(int32(-exp - drop))
		if !short.Equal(d) {
			return Number{}, ErrNumber
		}
		d, exp = short, exp+drop
	}
	coef := d.Coefficient()
	if !coef.IsInt64() {
		return Number{}, ErrNumber
	}
	n := NewNumber(coef.Int64(), int(-exp))
	if !n.Set() {
		return Number{}, ErrNumber
	}
	return n, nil
}

// Set reports whether a value is there. The amount zero is set.
func (n Number) Set() bool { return n.flags&numberSet != 0 }

// IsZero reports whether n is absent, which is what encoding/json's omitzero
// asks. For the value zero use Set and Sign.
func (n Number) IsZero() bool { return n.flags&numberSet == 0 }

// Sign returns -1, 0 or 1 for a value below, equal to or above zero.
func (n Number) Sign() int { return cmp.Compare(n.coef, 0) }

// Coef returns the value without its decimal point: 8050 for 80.50.
func (n Number) Coef() int64 { return n.coef }

// Scale returns the number of digits after the decimal point, 0 to
// [MaxDigits]: 2 for 80.50.
func (n Number) Scale() int { return int(n.scale) }

// Decimal returns the value as a decimal with exponent -Scale. Absent gives 0.
func (n Number) Decimal() decimal.Decimal {
	return decimal.New(n.coef, -int32(n.scale))
}

// Equal reports whether n and m have the same value, however written.
func (n Number) Equal(m Number) bool { return n.Cmp(m) == 0 }

// Cmp compares by value and returns -1, 0 or 1 as n is below, equal to or
// above m.
func (n Number) Cmp(m Number) int {
	if n.scale == m.scale {
		return cmp.Compare(n.coef, m.coef)
	}
	sign := n.Sign()
	if other := m.Sign(); sign != other {
		return cmp.Compare(sign, other)
	}
	// Cross-multiplied magnitudes stay below 10^36, well inside 128 bits.
	nhi, nlo := bits.Mul64(magnitude(n.coef), uint64(pow10[m.scale]))
	mhi, mlo := bits.Mul64(magnitude(m.coef), uint64(pow10[n.scale]))
	if c := cmp.Compare(nhi, mhi); c != 0 {
		return c * sign
	}
	return cmp.Compare(nlo, mlo) * sign
}

// Neg returns n with the opposite sign and otherwise the same written form.
// Zero loses a minus sign but does not gain one.
func (n Number) Neg() Number {
	n.coef = -n.coef
	n.flags &^= numberNegZero
	return n
}

// AppendWire appends the text as it was read, or nothing when absent.
func (n Number) AppendWire(b []byte) []byte {
	if n.flags&numberSet == 0 {
		return b
	}
	var buf [numberBuf]byte
	i := len(buf)
	if n.flags&numberDot != 0 {
		i--
		buf[i] = '.'
	}
	i = n.digits(&buf, i)
	if n.pad > 1 {
		if n.negative() {
			b = append(b, '-')
		}
		for range n.pad {
			b = append(b, '0')
		}
		return append(b, buf[i:]...)
	}
	if n.pad == 1 {
		i--
		buf[i] = '0'
	}
	if n.negative() {
		i--
		buf[i] = '-'
	}
	return append(b, buf[i:]...)
}

// negative reports whether a minus sign is written.
func (n Number) negative() bool { return n.coef < 0 || n.flags&numberNegZero != 0 }

// AppendPlain appends the value as spreadsheets and other readers expect it:
// one zero and no more before the point of a value below one, no point at the
// end, no minus sign on zero. Zeros after the point stay. Absent gives nothing.
func (n Number) AppendPlain(b []byte) []byte {
	if n.flags&numberSet == 0 {
		return b
	}
	var buf [numberBuf]byte
	i := n.digits(&buf, len(buf))
	if i == len(buf) || buf[i] == '.' {
		i--
		buf[i] = '0'
	}
	if n.coef < 0 {
		i--
		buf[i] = '-'
	}
	return append(b, buf[i:]...)
}

// digits writes the magnitude before buf[i], without leading zeros in the
// integer part, and returns where it starts.
func (n Number) digits(buf *[numberBuf]byte, i int) int {
	u := magnitude(n.coef)
	if n.scale > 0 {
		left := n.scale
		for ; left >= 2; left -= 2 {
			pair := u % 100 * 2
			u /= 100
			i -= 2
			buf[i+1] = digitPairs[pair+1]
			buf[i] = digitPairs[pair]
		}
		if left > 0 {
			i--
			buf[i] = byte('0' + u%10)
			u /= 10
		}
		i--
		buf[i] = '.'
	}
	for u >= 10 {
		pair := u % 100 * 2
		u /= 100
		i -= 2
		buf[i+1] = digitPairs[pair+1]
		buf[i] = digitPairs[pair]
	}
	if u > 0 {
		i--
		buf[i] = byte('0' + u)
	}
	return i
}

// String returns the text as it was read, or "" when absent.
func (n Number) String() string {
	var buf [numberBuf]byte
	return string(n.AppendWire(buf[:0]))
}

// AppendText implements [encoding.TextAppender] with the text of AppendWire.
// The error is always nil.
func (n Number) AppendText(b []byte) ([]byte, error) { return n.AppendWire(b), nil }

// MarshalText implements [encoding.TextMarshaler] with the text of AppendWire.
func (n Number) MarshalText() ([]byte, error) { return n.AppendWire(nil), nil }

// UnmarshalText implements [encoding.TextUnmarshaler]. Empty text is absent;
// otherwise the rules of [ParseNumber] hold and [ErrNumber] is returned.
func (n *Number) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*n = Number{}
		return nil
	}
	v, ok := ParseNumber(text)
	if !ok {
		return ErrNumber
	}
	*n = v
	return nil
}

// MarshalJSON implements [json.Marshaler]: a string, so that readers with
// binary floating point cannot change it, or null when absent.
func (n Number) MarshalJSON() ([]byte, error) {
	if n.IsZero() {
		return []byte("null"), nil
	}
	b := make([]byte, 0, numberBuf+2)
	b = append(b, '"')
	b = n.AppendWire(b)
	return append(b, '"'), nil
}

// UnmarshalJSON implements [json.Unmarshaler]. It takes a string or a number
// without exponent; null and the empty string are absent.
func (n *Number) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		*n = Number{}
		return nil
	}
	if len(text) >= 2 && text[0] == '"' {
		if bytes.IndexByte(text, '\\') < 0 {
			return n.UnmarshalText(text[1 : len(text)-1])
		}
		var s string
		if err := json.Unmarshal(text, &s); err != nil {
			return ErrNumber // the cause may quote the text
		}
		return n.UnmarshalText([]byte(s))
	}
	if len(text) == 0 {
		return ErrNumber
	}
	return n.UnmarshalText(text)
}

func magnitude(v int64) uint64 {
	if v < 0 {
		return -uint64(v)
	}
	return uint64(v)
}

// mulInt64 returns a * b for b > 0 and whether it fits.
func mulInt64(a, b int64) (int64, bool) {
	p := a * b
	return p, p/b == a
}
