package x12_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/x12-go/edi/x12"
)

// bench835 is 16 MB of one remittance, made up; about 20 bytes a segment as real files have.
var bench835 = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	b.WriteString("ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260101*1200*^*00501*000000001*0*P*:~")
	b.WriteString("GS*HP*SENDER*RECEIVER*20260101*1200*1*X*005010X221A1~ST*835*0001~")
	n := 1
	for i := 0; b.Len() < 16<<20; i++ {
		fmt.Fprintf(&b, "CLP*PCN%07d*1*%d.50*%d.25*%d*12*ICN%09d*11*1~", i, 200+i%900, 100+i%300, i%50, i*37)
		fmt.Fprintf(&b, "NM1*QC*1*SMITH%d*JOHN*Q***MI*W%09d~", i%1000, i)
		fmt.Fprintf(&b, "REF*1L*GRP%d~DTM*232*20260101~DTM*233*20260102~AMT*AU*%d.50~", i%100, 100+i%300)
		n += 6
		for j := range 3 {
			fmt.Fprintf(&b, "SVC*HC:9921%d:25*%d.00*%d.5**1~DTM*472*20260101~CAS*CO*45*%d.5~CAS*PR*1*10**2*5.00~REF*6R*%d~AMT*B6*%d.00~", j, 70+i%100, 30+i%50, i%40, i*3+j, 60+i%30)
			n += 6
		}
	}
	fmt.Fprintf(&b, "SE*%d*0001~GE*1*1~IEA*1*000000001~", n+1)
	return b.Bytes()
})

// BenchmarkYardstick is M of docs/performance.md: how fast the terminators alone can be found in memory.
func BenchmarkYardstick(b *testing.B) {
	data := bench835()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		for d := data; ; {
			i := bytes.IndexByte(d, '~')
			if i < 0 {
				break
			}
			d = d[i+1:]
		}
	}
}

// BenchmarkScannerSplit is S: bufio.Scanner cut at the terminator, strings.Split at the separator.
func BenchmarkScannerSplit(b *testing.B) {
	data := bench835()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		sc := bufio.NewScanner(bytes.NewReader(data))
		sc.Split(func(data []byte, atEOF bool) (int, []byte, error) {
			if i := bytes.IndexByte(data, '~'); i >= 0 {
				return i + 1, data[:i], nil
			}
			if atEOF && len(data) > 0 {
				return len(data), data, nil
			}
			return 0, nil, nil
		})
		n := 0
		for sc.Scan() {
			n += len(strings.Split(sc.Text(), "*"))
		}
	}
}

func BenchmarkReader(b *testing.B) {
	data := bench835()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		r := x12.NewReader(bytes.NewReader(data))
		for {
			_, err := r.Read()
			if err == io.EOF {
				break
			}
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
