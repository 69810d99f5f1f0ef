package x12_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
)

const (
	goodISA = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260301*0930*^*00501*000000042*0*P*:~"
	goodGS  = "GS*HC*SENDER*RECEIVER*20260301*0930*7*X*005010X222A1~"
	goodST  = "ST*837*0001*005010X222A1~"
)

// codesOf returns the findings of a stream with their acknowledgment codes.
func codesOf(t *testing.T, text string) (list []string) {
	t.Helper()
	r := x12.NewReader(strings.NewReader(text), x12.WithSink(func(i *x12.Issue) bool {
		c := i.Codes
		list = append(list, fmt.Sprintf("%s %s %s%s%s", i.Severity, i.Rule, c.TA1, c.AK9, c.IK5))
		return true
	}))
	for {
		if _, err := r.Read(); err != nil {
			if err != io.EOF {
				list = append(list, "end")
			}
			return list
		}
	}
}

// What a receiver sees of the envelope comes with the code of TA105, AK905 or IK502 that tells it.
func TestEnvelopeCodes(t *testing.T) {
	good := goodISA + goodGS + goodST + "SE*2*0001~GE*1*7~IEA*1*000000042~"
	require.Empty(t, codesOf(t, good))
	for _, c := range []struct{ old, with, want string }{
		{"ISA*00*", "ISA*9A*", "error envelope/isa-element 010"},
		{"*00*          *ZZ*SENDER", "*7X*          *ZZ*SENDER", "error envelope/isa-element 012"},
		{"*ZZ*SENDER", "*Z1*SENDER", "error envelope/isa-element 005"},
		{"*ZZ*SENDER         ", "*ZZ*               ", "error envelope/isa-element 006"},
		{"*ZZ*RECEIVER", "*5Q*RECEIVER", "error envelope/isa-element 007"},
		{"RECEIVER       *", "               *", "error envelope/isa-element 008"},
		{"*260301*0930*^", "*260231*0930*^", "error envelope/isa-element 014"},
		{"*260301*0930*^", "*260301*2530*^", "error envelope/isa-element 015"},
		{"*00501*", "*0050A*", "error envelope/isa-element 017"},
		{"*00501*", "*00901*", "error envelope/isa-element 003"},
		{"*000000042*0*P", "*00000004A*0*P", "error envelope/isa-element 018|error envelope/iea-control 001"},
		{"*0*P*:", "*0*Q*:", "error envelope/isa-element 020"},
		{"*0*P*:", "*2*P*:", "warning envelope/isa-element 019"},
		{"ISA*00*          ", "ISA*00*LETMEIN   ", "warning envelope/isa-element 011"},
		{"*00*          *ZZ*SENDER", "*00*SECRET    *ZZ*SENDER", "warning envelope/isa-element 013"},
		{"ISA*00*          *", "ISA*00*     *", "warning envelope/isa-width 011"},
		{"*ZZ*SENDER         *", "*ZZ*SENDER*", "warning envelope/isa-width 006"},
		{"*000000042*0*P", "*42*0*P", "warning envelope/isa-width 018"},
		{"GS*HC*", "GS**", "error envelope/gs-element 024"},
		{"GS*HC*SENDER", "GS*HC*", "error envelope/gs-element 024"},
		{"*7*X*005010X222A1", "*7*X*", "error envelope/gs-element 024"},
		{"*7*X*", "*7A*X*", "error envelope/gs-element 6|error envelope/ge-control 4"},
		{"*7*X*", "*1234567890*X*", "error envelope/gs-element 6|error envelope/ge-control 4"},
		{"ST*837*", "ST*83X*", "error envelope/st-element 6"},
		{"*0001*005010X222A1", "*0001*005010X223A2", "error envelope/st-version 19"},
		{"SE*2*", "SE*3*", "error envelope/se-count 4"},
		{"SE*2*0001", "SE*2*0002", "error envelope/se-control 3"},
		{"SE*2*0001~", "", "error envelope/missing-se 2"},
		{"GE*1*7~", "", "error envelope/missing-ge 3"},
		{"GE*1*", "GE*2*", "error envelope/ge-count 5"},
		{"IEA*1*", "IEA*2*", "error envelope/iea-count 021"},
		{"IEA*1*000000042~", "", "error envelope/missing-iea 023"},
		{"IEA*1*000000042~", goodISA[:len(goodISA)-1] + "~IEA*0*000000042~", "error envelope/missing-iea 024"},
		{"SE*2*0001~", "SE*2*0001~ST*837*0002*005010X222A1~SE*2*0002~ST*837*0001*005010X222A1~SE*2*0001~", "error envelope/duplicate-control 23|error envelope/ge-count 5"},
		{"GE*1*7~", "GE*1*7~GS*HC*A*B*20260301*0930*8*X*005010X222A1~GE*0*8~GS*HC*A*B*20260301*0930*007*X*005010X222A1~GE*0*7~", "error envelope/duplicate-control 19|error envelope/iea-count 021"},
		{goodGS, "", "error envelope/missing-gs 024|error envelope/stray-trailer 024|error envelope/iea-count 021"},
	} {
		require.Contains(t, good, c.old)
		require.Equal(t, c.want, strings.Join(codesOf(t, strings.Replace(good, c.old, c.with, 1)), "|"), c.with)
	}
}

// Control numbers are remembered in any order, and in little room when they follow one another.
func TestDuplicateControls(t *testing.T) {
	var b strings.Builder
	b.WriteString(goodISA + goodGS)
	n := 0
	add := func(control string) {
		fmt.Fprintf(&b, "ST*837*%s*005010X222A1~SE*2*%s~", control, control)
		n++
	}
	for k := range 20_000 {
		add(fmt.Sprintf("%05d", (k*7)%20_000+1)) // each once, since 7 and 20,000 have no common divisor
	}
	for k := range 50 {
		add(fmt.Sprintf("A%04d", k))
	}
	add("00077")
	add("A0007")
	add("99999")
	fmt.Fprintf(&b, "GE*%d*7~IEA*1*000000042~", n)
	require.Equal(t, []string{"error envelope/duplicate-control 23", "error envelope/duplicate-control 23"}, codesOf(t, b.String()))
}
