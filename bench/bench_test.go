// Package bench measures the engine in ratios to a yardstick taken in the same run:
//
//	go test -run '^$' -bench . ./bench                 16 MB, quick
//	EDI_BENCH_MB=100 go test -run '^$' -bench . ./bench
//
// xM is the speed as a share of M, a loop of bytes.IndexByte for the terminator over the same bytes in memory, taken
// just before and after each benchmark. docs/performance.md has the figures and what they are measured on.
package bench

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/x12-go/edi/edi835"
	"github.com/x12-go/edi/edi835/synth"
	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// input is a stream to measure on.
type input struct {
	name  string
	load  func() []byte
	delim byte
}

// inputs are the same remittance, one set, in several forms.
var inputs = []input{
	{"oneline", sync.OnceValue(func() []byte { return generate("*^:~", false) }), '~'},
	{"lines", sync.OnceValue(func() []byte { return generate("*^:~", true) }), '~'},
	{"odd", sync.OnceValue(func() []byte { return generate("|!>\x1d", false) }), '\x1d'},
}

// megabytes is how much to generate.
func megabytes() int {
	if n, err := strconv.Atoi(os.Getenv("EDI_BENCH_MB")); err == nil {
		return n
	}
	return 16
}

func generate(delimiters string, lines bool) []byte {
	mb := megabytes()
	var b bytes.Buffer
	b.Grow(mb<<20 + 1<<20)
	if _, err := synth.Write(&b, synth.Options{Size: int64(mb) << 20, Seed: 1, Delimiters: delimiters, NewLine: lines}); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// yardstick returns M in bytes a second: the best of several passes.
func yardstick(data []byte, delim byte) float64 {
	best := time.Duration(1 << 62)
	for range max(3, 64<<20/len(data)) {
		start := time.Now()
		for d := data; ; {
			i := bytes.IndexByte(d, delim)
			if i < 0 {
				break
			}
			d = d[i+1:]
		}
		best = min(best, time.Since(start))
	}
	return float64(len(data)) / best.Seconds()
}

// each runs f over every form of the remittance.
func each(b *testing.B, f func(b *testing.B, data []byte)) { over(b, inputs, f) }

// over runs f over inputs and reports its speed as a share of M.
func over(b *testing.B, list []input, f func(b *testing.B, data []byte)) {
	for _, in := range list {
		b.Run(in.name, func(b *testing.B) {
			data := in.load()
			m := yardstick(data, in.delim)
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			start := time.Now()
			n := 0
			for b.Loop() {
				f(b, data)
				n++
			}
			speed := float64(n*len(data)) / time.Since(start).Seconds()
			m = max(m, yardstick(data, in.delim))
			b.ReportMetric(speed/m, "xM")
			b.ReportMetric(m/1e6, "M-MB/s")
		})
	}
}

// BenchmarkSplit is S, the naive way: bufio.Scanner cut at the terminator, strings.Split at the separator.
func BenchmarkSplit(b *testing.B) {
	data := inputs[0].load()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		sc := bufio.NewScanner(bytes.NewReader(data))
		sc.Split(func(data []byte, atEOF bool) (int, []byte, error) {
			if i := bytes.IndexByte(data, '~'); i >= 0 {
				return i + 1, data[:i], nil
			}
			return 0, nil, nil
		})
		for sc.Scan() {
			_ = strings.Split(sc.Text(), "*")
		}
	}
}

func BenchmarkTokenize(b *testing.B) { each(b, tokenize) }

func tokenize(b *testing.B, data []byte) {
	r := x12.NewReader(bytes.NewReader(data))
	for {
		if _, err := r.Read(); err == io.EOF {
			return
		} else if err != nil {
			b.Fatal(err)
		}
	}
}

func decode(b *testing.B, data []byte, opts ...codec.Option) {
	r := ts835.NewReader(bytes.NewReader(data), opts...)
	for {
		if _, err := r.Next(); err == io.EOF {
			return
		} else if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDecodeBorrowed is P: structs that are reused.
func BenchmarkDecodeBorrowed(b *testing.B) {
	each(b, func(b *testing.B, data []byte) { decode(b, data, codec.WithReuse()) })
}

// BenchmarkDecodeOwned gives structs that may be kept.
func BenchmarkDecodeOwned(b *testing.B) {
	each(b, func(b *testing.B, data []byte) { decode(b, data) })
}

// BenchmarkValidate places segments and runs the element checks, without decoding.
func BenchmarkValidate(b *testing.B) {
	each(b, func(b *testing.B, data []byte) { validate(b, data, ts835.X221A1) })
}

func validate(b *testing.B, data []byte, tables ...*guide.Table) {
	s := codec.Apply(nil).Stream(bytes.NewReader(data), tables...)
	c := codec.NewChecker(func(i *x12.Issue) { b.Fatal(i) })
	for {
		ev, err := s.Next()
		if err == io.EOF {
			return
		}
		if ev.Tape != nil {
			c.Tape(ev.Tape)
		}
	}
}

// BenchmarkCSV writes tables, checks off.
func BenchmarkCSV(b *testing.B) {
	for _, table := range edi835.CSVTables() {
		b.Run(table, func(b *testing.B) {
			csv, err := edi835.NewCSV([]string{table}, edi835.CSVOptions{})
			if err != nil {
				b.Fatal(err)
			}
			each(b, func(b *testing.B, data []byte) { process(b, data, &csvFormat{csv: csv}, 1) })
		})
	}
}

// BenchmarkJSON writes the structs of the guide as JSON, checks off.
func BenchmarkJSON(b *testing.B) {
	each(b, func(b *testing.B, data []byte) { process(b, data, &jsonFormat{}, 1) })
}

// BenchmarkWorkers writes claims.csv with one and with two workers.
func BenchmarkWorkers(b *testing.B) {
	csv, err := edi835.NewCSV([]string{"flat"}, edi835.CSVOptions{})
	if err != nil {
		b.Fatal(err)
	}
	data := inputs[0].load()
	for _, n := range []int{1, 2} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				process(b, data, &csvFormat{csv: csv}, n)
			}
		})
	}
}

func process(b *testing.B, data []byte, f codec.Format, workers int, tables ...*guide.Table) {
	if tables == nil {
		tables = []*guide.Table{ts835.X221A1}
	}
	_, err := codec.Process(codec.Job{
		Source: bytes.NewReader(data), Tables: tables, Format: f, Workers: workers,
		Write: func(int, []byte) error { return nil },
	})
	if err != nil {
		b.Fatal(err)
	}
}

// claims returns the first thousand claims of the sample with their context.
func claims(b *testing.B) (list []*ts835.ClaimPayment, set *ts835.RemittanceAdvice, env codec.Env) {
	r := ts835.NewReader(bytes.NewReader(inputs[0].load()))
	for ev, err := range r.Units() {
		if err != nil {
			b.Fatal(err)
		}
		if list = append(list, ev.ClaimPayment); len(list) == 1000 {
			return list, ev.Set, ev.Env
		}
	}
	return list, nil, codec.Env{}
}

// BenchmarkEncode writes X12 from structs; MB/s are of the X12 written.
func BenchmarkEncode(b *testing.B) {
	list, set, env := claims(b)
	write := func(w io.Writer) {
		xw := x12.NewWriter(w)
		tw := ts835.NewWriter(xw)
		for _, err := range []error{xw.BeginInterchange(env.Interchange), xw.BeginGroup(env.Group), tw.Begin(set)} {
			if err != nil {
				b.Fatal(err)
			}
		}
		for _, c := range list {
			if err := tw.ClaimPayment(c); err != nil {
				b.Fatal(err)
			}
		}
		if err := xw.Close(); err != nil {
			b.Fatal(err)
		}
	}
	var out bytes.Buffer
	write(&out)
	b.SetBytes(int64(out.Len()))
	b.ReportAllocs()
	for b.Loop() {
		write(io.Discard)
	}
}

// BenchmarkAppendJSON and BenchmarkEncodingJSON write the same structs.
func BenchmarkAppendJSON(b *testing.B) {
	list, _, _ := claims(b)
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf = buf[:0]
		for _, c := range list {
			buf = c.AppendJSON(buf)
		}
		b.SetBytes(int64(len(buf)))
	}
}

func BenchmarkEncodingJSON(b *testing.B) {
	list, _, _ := claims(b)
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for _, c := range list {
			text, err := json.Marshal(c)
			if err != nil {
				b.Fatal(err)
			}
			n += len(text)
		}
		b.SetBytes(int64(n))
	}
}
