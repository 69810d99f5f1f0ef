package edi835

import (
	"cmp"

	"github.com/shopspring/decimal"

	"github.com/x12-go/edi/x12"
)

// sum adds amounts exactly. Amounts of up to four decimals, which is all that money needs, cost an addition of integers. The
// zero sum is 0.
type sum struct {
	n    int64           // in hundredths of a cent; of what is small enough
	rest decimal.Decimal // what n does not hold
}

// sumMost keeps n from overflowing: no single amount is above it, and n is moved to rest when it is.
const sumMost = 1 << 60

var sumScale = [...]int64{1e4, 1e3, 1e2, 1e1, 1}

func (s *sum) add(n x12.Number) {
	if c := n.Coef(); n.Scale() < len(sumScale) && c < sumMost/10_000 && c > -sumMost/10_000 {
		s.n += c * sumScale[n.Scale()]
		if s.n > sumMost || s.n < -sumMost {
			s.rest, s.n = s.value(), 0
		}
		return
	}
	s.rest = s.rest.Add(n.Decimal())
}

func (s *sum) plus(t *sum) {
	s.n += t.n
	if !t.rest.IsZero() {
		s.rest = s.rest.Add(t.rest)
	}
	if s.n > sumMost || s.n < -sumMost {
		s.rest, s.n = s.value(), 0
	}
}

func (s *sum) neg() sum {
	if s.rest.IsZero() {
		return sum{n: -s.n}
	}
	return sum{-s.n, s.rest.Neg()}
}

// minus returns s - t.
func (s *sum) minus(t *sum) sum {
	out, n := *s, t.neg()
	out.plus(&n)
	return out
}

func (s *sum) value() decimal.Decimal { return s.rest.Add(decimal.New(s.n, -4)) }

func (s *sum) isZero() bool { return s.sign() == 0 }

// sign returns -1, 0 or 1.
func (s *sum) sign() int {
	if s.rest.IsZero() {
		return cmp.Compare(s.n, 0)
	}
	return s.value().Sign()
}

func (s *sum) equal(t *sum) bool {
	d := s.minus(t)
	return d.isZero()
}

// opposite reports whether the two add up to nothing.
func (s *sum) opposite(t *sum) bool {
	d := *s
	d.plus(t)
	return d.isZero()
}

// String returns the amount as messages have it.
func (s *sum) String() string { return s.value().String() }
