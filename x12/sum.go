package x12

import (
	"cmp"

	"github.com/shopspring/decimal"
)

// Sum adds Numbers exactly. It counts in an int64 at the largest scale seen,
// without allocating, and moves to a decimal when that overflows. The zero Sum
// is ready to use and has the value zero. Absent Numbers add nothing.
//
// A copy of a Sum is independent of the original. Compare Sums with
// [Sum.Cmp], not with ==, which sees more than the value.
type Sum struct {
	coef  int64 // the value is coef / 10^scale unless wide
	scale uint8 // 0 to MaxDigits
	wide  bool  // the value is over, for good
	over  decimal.Decimal
}

// Add adds n.
func (s *Sum) Add(n Number) {
	if s.wide || !s.add(n.coef, n.scale) {
		s.widen(n.Decimal())
	}
}

// Sub subtracts n.
func (s *Sum) Sub(n Number) {
	if s.wide || !s.add(-n.coef, n.scale) {
		s.widen(n.Decimal().Neg())
	}
}

// AddSum adds the value of t.
func (s *Sum) AddSum(t *Sum) {
	if s.wide || t.wide || !s.add(t.coef, t.scale) {
		s.widen(t.Decimal())
	}
}

// SubSum subtracts the value of t.
func (s *Sum) SubSum(t *Sum) {
	smallest := t.coef < 0 && t.coef == -t.coef // has no opposite in an int64
	if s.wide || t.wide || smallest || !s.add(-t.coef, t.scale) {
		s.widen(t.Decimal().Neg())
	}
}

// add adds coef / 10^scale, or reports false and leaves s as it was if that
// does not fit.
func (s *Sum) add(coef int64, scale uint8) bool {
	sum, ok := s.coef, true
	switch {
	case scale > s.scale:
		sum, ok = mulInt64(sum, pow10[scale-s.scale])
	case scale < s.scale:
		coef, ok = mulInt64(coef, pow10[s.scale-scale])
	}
	total := sum + coef
	// An overflow shows as a total whose sign differs from both terms'.
	if !ok || (total^sum)&(total^coef) < 0 {
		return false
	}
	s.coef, s.scale = total, max(s.scale, scale)
	return true
}

// widen moves s to a decimal and adds d.
func (s *Sum) widen(d decimal.Decimal) {
	s.over = s.Decimal().Add(d)
	s.wide = true
}

// Decimal returns the value, with an exponent of minus the largest scale seen.
func (s *Sum) Decimal() decimal.Decimal {
	if s.wide {
		return s.over
	}
	return decimal.New(s.coef, -int32(s.scale))
}

// Number returns the value as a Number with the largest scale seen, and
// whether it fits one.
func (s *Sum) Number() (Number, bool) {
	if !s.wide {
		if n := NewNumber(s.coef, int(s.scale)); n.Set() {
			return n, true
		}
	}
	n, err := NumberFromDecimal(s.Decimal())
	return n, err == nil
}

// Sign returns -1, 0 or 1 for a value below, equal to or above zero.
func (s *Sum) Sign() int {
	if s.wide {
		return s.over.Sign()
	}
	return cmp.Compare(s.coef, 0)
}

// IsZero reports whether the value is zero.
func (s *Sum) IsZero() bool { return s.Sign() == 0 }

// Equal reports whether the value is that of n. Absent counts as zero.
func (s *Sum) Equal(n Number) bool {
	if !s.wide && s.scale == n.scale {
		return s.coef == n.coef
	}
	return s.Decimal().Equal(n.Decimal())
}

// Cmp compares by value and returns -1, 0 or 1 as s is below, equal to or above
// t.
func (s *Sum) Cmp(t *Sum) int {
	if !s.wide && !t.wide && s.scale == t.scale {
		return cmp.Compare(s.coef, t.coef)
	}
	return s.Decimal().Cmp(t.Decimal())
}

// AppendPlain appends the value with two digits after the point, more where it
// needs them: 80.50, -0.25, 0.125. The text depends on the value alone.
func (s *Sum) AppendPlain(b []byte) []byte {
	n, ok := s.Number()
	if !ok {
		return appendMoney(b, s.Decimal().String())
	}
	if n.scale < 2 {
		if coef, ok := mulInt64(n.coef, pow10[2-n.scale]); ok && coef > -1e18 && coef < 1e18 {
			n.coef, n.scale = coef, 2
		} else {
			return appendMoney(b, s.Decimal().String())
		}
	}
	for n.scale > 2 && n.coef%10 == 0 {
		n.coef /= 10
		n.scale--
	}
	return n.AppendPlain(b)
}

// String returns the text of AppendPlain.
func (s *Sum) String() string { return string(s.AppendPlain(nil)) }

// appendMoney appends plain, a decimal without zeros at its end, with at least
// two digits after the point.
func appendMoney(b []byte, plain string) []byte {
	b = append(b, plain...)
	for i := range plain {
		if plain[i] == '.' {
			if len(plain)-i == 2 {
				b = append(b, '0')
			}
			return b
		}
	}
	return append(b, ".00"...)
}
