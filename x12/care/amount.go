package care

import (
	"github.com/shopspring/decimal"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// Amount is one exact decimal value: money, a count, a rate. The zero Amount is absent, which is not the same as an amount
// of 0: "it was not sent".
//
// It has the layout of [decimal.NullDecimal] and converts to it; unlike that type it keeps the decimals it was written
// with, so that 80.50 is 80.50 in X12 and in JSON. In JSON it is a string, so that no reader takes it for binary
// floating point.
type Amount struct {
	Decimal decimal.Decimal // 0 when absent, so that sums need no test
	Valid   bool            // false: absent
}

// NewAmount returns d as an Amount that is there.
func NewAmount(d decimal.Decimal) Amount { return Amount{Decimal: d, Valid: true} }

// Cents returns an amount of money with two decimals: Cents(8050) is 80.50.
func Cents(n int64) Amount { return NewAmount(decimal.New(n, -2)) }

// ParseAmount reads plain decimal text of at most 18 digits, such as "80.50"; empty text is the absent Amount. It
// returns [x12.ErrNumber] for anything else, exponents included.
func ParseAmount(text string) (Amount, error) {
	var a Amount
	err := a.UnmarshalText([]byte(text))
	return a, err
}

// AmountOf returns the Amount of a number as it came from the wire.
func AmountOf(n x12.Number) Amount {
	if !n.Set() {
		return Amount{}
	}
	return NewAmount(n.Decimal())
}

// IsZero reports whether a is absent, which is what encoding/json's omitzero asks. For the value zero look at Decimal.
func (a Amount) IsZero() bool { return !a.Valid }

// Equal reports whether a and b are both absent, or both there with the same value, however many decimals are written.
func (a Amount) Equal(b Amount) bool {
	return a.Valid == b.Valid && (!a.Valid || a.Decimal.Equal(b.Decimal))
}

// Same reports whether a and b are written alike too: 80.5 and 80.50 are equal and not the same.
func (a Amount) Same(b Amount) bool {
	return a.Equal(b) && (!a.Valid || a.Decimal.Exponent() == b.Decimal.Exponent())
}

// String returns the value with all its decimals, "" when absent.
func (a Amount) String() string {
	if !a.Valid {
		return ""
	}
	if n, ok := a.number(); ok {
		return string(n.AppendPlain(nil))
	}
	if e := a.Decimal.Exponent(); e < 0 {
		return a.Decimal.StringFixed(-e)
	}
	return a.Decimal.String()
}

// Number returns a as it is written in X12. It returns [x12.ErrNumber] for more digits than X12 can carry.
func (a Amount) Number() (x12.Number, error) {
	if !a.Valid {
		return x12.Number{}, nil
	}
	if n, ok := a.number(); ok {
		return n, nil
	}
	return x12.NumberFromDecimal(a.Decimal)
}

// number returns a as a Number where that can be had without allocating; ok is false elsewhere.
func (a Amount) number() (n x12.Number, ok bool) {
	e := a.Decimal.Exponent()
	if e > 0 || e < -x12.MaxDigits || a.Decimal.NumDigits() > x12.MaxDigits {
		return n, false
	}
	return x12.NewNumber(a.Decimal.CoefficientInt64(), int(-e)), true
}

// AppendJSON appends a as a JSON string, null when absent.
func (a Amount) AppendJSON(b []byte) []byte {
	if !a.Valid {
		return append(b, "null"...)
	}
	if n, ok := a.number(); ok {
		return append(n.AppendPlain(append(b, '"')), '"')
	}
	return codec.AppendDecimal(b, a.Decimal)
}

// MarshalJSON implements [json.Marshaler] with the text of AppendJSON.
func (a Amount) MarshalJSON() ([]byte, error) { return a.AppendJSON(nil), nil }

// UnmarshalJSON implements [json.Unmarshaler]. It takes a string or a number without exponent; null and the empty string
// are absent. It returns [x12.ErrNumber] for anything else.
func (a *Amount) UnmarshalJSON(text []byte) error {
	var n x12.Number
	if err := n.UnmarshalJSON(text); err != nil {
		return err
	}
	*a = AmountOf(n)
	return nil
}

// MarshalText implements [encoding.TextMarshaler] with the text of String.
func (a Amount) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler]; see [ParseAmount].
func (a *Amount) UnmarshalText(text []byte) error {
	var n x12.Number
	if err := n.UnmarshalText(text); err != nil {
		return err
	}
	*a = AmountOf(n)
	return nil
}
