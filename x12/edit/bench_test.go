package edit_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/edit"
)

// bench837 is one set of some claims of 20 payers, each claim with its subscriber and three service lines.
func bench837(claims int) string {
	var b strings.Builder
	b.WriteString("HL*1**20*1~" + billing + "N3*1 WAY~N4*SPRINGFIELD*IL*62701~REF*EI*123456789~")
	for i := range claims {
		fmt.Fprintf(&b, "HL*%d*1*22*0~SBR*P*18*******CI~NM1*IL*1*DOE*JANE****MI*MEM%06d~N3*3 EXAMPLE WAY~N4*SPRINGFIELD*IL*62701~DMG*D8*19800101*F~NM1*PR*2*ACME HEALTH PLAN*****PI*ACME%d~", i+2, i, i%20)
		fmt.Fprintf(&b, "CLM*C-%d*450***11:B:1*Y*A*Y*Y~HI*ABK:J069*ABF:R05~NM1*82*1*RAY*ANN****XX*1999999984~", i)
		for k := range 3 {
			fmt.Fprintf(&b, "LX*%d~SV1*HC:99213:25*150*UN*1***1~DTP*472*D8*20251201~REF*6R*L%d-%d~", k+1, i, k)
		}
	}
	return envelope(set("0001", b.String()))
}

// nowhere is a store that takes all and keeps nothing.
type nowhere struct{}

func (nowhere) Create(string) (edit.File, error)           { return nowhere{}, nil }
func (nowhere) Open(string) (edit.File, error)             { return nowhere{}, nil }
func (nowhere) Spool() (edit.File, error)                  { return nowhere{}, nil }
func (nowhere) WriteAt(b []byte, at int64) (int, error)    { return len(b), nil }
func (nowhere) ReadAt(b []byte, at int64) (n int, _ error) { return len(b), nil }
func (nowhere) Close() error                               { return nil }

func BenchmarkSplit(b *testing.B) {
	text := bench837(20_000)
	for _, by := range []string{"set", "claims:1000", "billing-npi", "payer"} {
		b.Run(by, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				res, err := edit.Split(x12.NewReader(strings.NewReader(text)), nowhere{}, edit.Options{By: parseBy(b, by), Newline: true})
				require.NoError(b, err)
				require.EqualValues(b, 20_000, res.Out.Claims)
			}
		})
	}
	b.Run("read only", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			rd := x12.NewReader(strings.NewReader(text))
			for {
				if _, err := rd.Read(); err != nil {
					break
				}
			}
		}
	})
}

// TestAllocations holds memory that grows with the claims down.
func TestAllocations(t *testing.T) {
	text := bench837(5_000)
	run := func() {
		_, err := edit.Split(x12.NewReader(strings.NewReader(text)), nowhere{}, edit.Options{By: edit.ByPayer()})
		require.NoError(t, err)
	}
	require.Less(t, testing.AllocsPerRun(3, run), 3.0*5_000, "a claim with its subscriber")
}
