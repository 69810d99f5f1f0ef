package deposit

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
)

// fuzzEntries reads a text to its end and checks what holds for every entry.
func fuzzEntries(t *testing.T, r EntryReader, size int) {
	m := NewMatcher(Options{})
	for n := 0; ; n++ {
		e, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			var fault *x12.Issue
			require.True(t, errors.As(err, &fault), "%v", err)
			break
		}
		require.LessOrEqual(t, n, size, "more entries than bytes")
		require.NotZero(t, e.Sort)
		require.Positive(t, e.Line)
		require.GreaterOrEqual(t, e.Amount.Sign(), 0)
		require.LessOrEqual(t, len(e.Text), maxText)
		if e.Amount.Sign() == 0 {
			require.NotEqual(t, Deposit, e.Sort)
		}
		m.AddEntry(e)
	}
	m.AddPayment(pay("EFT0001 1990000101 123.45 20261125 ACH BLUE MESA"))
	sound(t, m.Match())
}

func FuzzNACHA(f *testing.F) {
	f.Add([]byte(example))
	f.Add([]byte(nachaRecords("CTX", "REVERSAL", "7", "6", "799", "8", "9")))
	f.Fuzz(func(t *testing.T, text []byte) {
		fuzzEntries(t, NewNACHAReader(bytes.NewReader(text), "", nil), len(text))
	})
}

func FuzzBAI2(f *testing.F) {
	f.Add([]byte(bai2))
	f.Add([]byte("88,/\n16,165,1,D,99999999999,/\n16\n03,,,,,,,/"))
	f.Fuzz(func(t *testing.T, text []byte) {
		fuzzEntries(t, NewBAI2Reader(bytes.NewReader(text), "", TypeCodes{}, nil), len(text))
	})
}

func FuzzStatement(f *testing.F) {
	f.Add([]byte("date,amount,text\n2026-11-24,1.00,TRN*1*EFT1*1990000101\\\n"), "")
	f.Add([]byte("date;credit;debit\n24.11.26;\"1,000\";(3)\n"), "DD.MM.YY")
	f.Fuzz(func(t *testing.T, text []byte, form string) {
		r, err := NewStatementReader(bytes.NewReader(text), "", Statement{Date: form}, nil)
		if err != nil {
			require.ErrorIs(t, err, ErrStatement)
			return
		}
		fuzzEntries(t, r, len(text))
	})
}

func FuzzTRN(f *testing.F) {
	f.Add("TRN*1*EFT1*1990000101*9~")
	f.Fuzz(func(t *testing.T, text string) {
		trn, ok := ParseTRN(text)
		require.Equal(t, ok, trn.Number != "")
		require.LessOrEqual(t, len(trn.Number), maxTrace)
		require.LessOrEqual(t, len(trn.PayerID), payerIDLen)
	})
}
