package main_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/cmd/x12gen/testdata/gen/composites"
	"github.com/x12-go/edi/cmd/x12gen/testdata/gen/family"
	"github.com/x12-go/edi/cmd/x12gen/testdata/gen/inline"
	"github.com/x12-go/edi/cmd/x12gen/testdata/gen/levels"
	"github.com/x12-go/edi/cmd/x12gen/testdata/gen/loops"
	"github.com/x12-go/edi/cmd/x12gen/testdata/gen/names"
	"github.com/x12-go/edi/cmd/x12gen/testdata/gen/repeats"
	"github.com/x12-go/edi/cmd/x12gen/testdata/gen/runs"
	"github.com/x12-go/edi/cmd/x12gen/testdata/gen/segments"
	"github.com/x12-go/edi/cmd/x12gen/testdata/gen/shared"
	"github.com/x12-go/edi/cmd/x12gen/testdata/gen/tables"
	"github.com/x12-go/edi/cmd/x12gen/testdata/gen/units"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// toy is one generated package, seen alike.
type toy struct {
	name      string
	table     *guide.Table
	newReader func(r io.Reader, opts ...codec.Option) any
	newWriter func(w *x12.Writer) any
}

func toyOf[R, W any](name string, t *guide.Table, r func(io.Reader, ...codec.Option) R, w func(*x12.Writer) W) toy {
	return toy{name, t, func(in io.Reader, opts ...codec.Option) any { return r(in, opts...) }, func(out *x12.Writer) any { return w(out) }}
}

var toys = []toy{
	toyOf("composites", composites.X000, composites.NewReader, composites.NewWriter),
	toyOf("family", family.X222A1, family.NewReader, family.NewWriter),
	toyOf("family", family.X223A2, family.NewReader, family.NewWriter),
	toyOf("inline", inline.X000, inline.NewReader, inline.NewWriter),
	toyOf("levels", levels.X222A1, levels.NewReader, levels.NewWriter),
	toyOf("loops", loops.X000, loops.NewReader, loops.NewWriter),
	toyOf("names", names.X000, names.NewReader, names.NewWriter),
	toyOf("repeats", repeats.X000, repeats.NewReader, repeats.NewWriter),
	toyOf("runs", runs.X000, runs.NewReader, runs.NewWriter),
	toyOf("segments", segments.X000, segments.NewReader, segments.NewWriter),
	toyOf("shared", shared.X000, shared.NewReader, shared.NewWriter),
	toyOf("tables", tables.X000, tables.NewReader, tables.NewWriter),
	toyOf("units", units.X279A1, units.NewReader, units.NewWriter),
}

// sample is the file with sets of the toy's guide; a second guide of a package has one of its own.
func (y *toy) sample(t *testing.T) string {
	t.Helper()
	name := "testdata/gen/" + y.name + "/sample.txt"
	own := strings.TrimSuffix(name, ".txt") + "_" + strings.ToLower(y.table.ID[len("005010"):]) + ".txt"
	if _, err := os.Stat(own); err == nil {
		return own
	}
	return name
}

// TestRoundTrip reads the sets of sample.txt with the generated packages and writes them again, whole and step by step:
// what comes out is what went in. sample.json shows what the structs hold.
func TestRoundTrip(t *testing.T) {
	dirs, err := os.ReadDir("testdata/gen")
	require.NoError(t, err)
	tested := map[string]bool{}
	for _, y := range toys {
		tested[y.name] = true
	}
	require.Len(t, tested, len(dirs), "a package of testdata/gen is not tested")
	for _, y := range toys {
		t.Run(y.name+y.table.ID, func(t *testing.T) {
			sample := y.sample(t)
			text, err := os.ReadFile(sample)
			require.NoError(t, err)
			src, want := y.stream(string(text))
			got, structs := y.whole(t, src)
			require.Equal(t, want, got, "whole sets")
			require.Equal(t, want, y.steps(t, src), "step by step")
			require.Equal(t, want, y.steps(t, src, codec.WithReuse()), "step by step, with reuse")
			if flag.Lookup("update-gen").Value.String() == "true" {
				require.NoError(t, os.WriteFile(strings.TrimSuffix(sample, ".txt")+".json", structs, 0o644))
			}
			old, err := os.ReadFile(strings.TrimSuffix(sample, ".txt") + ".json")
			require.NoError(t, err)
			require.Equal(t, string(old), string(structs))
		})
	}
}

// TestRoundTripChanged makes random changes to the segments of the samples: nothing may be lost then either.
func TestRoundTripChanged(t *testing.T) {
	for _, y := range toys {
		t.Run(y.name+y.table.ID, func(t *testing.T) {
			text, err := os.ReadFile(y.sample(t))
			require.NoError(t, err)
			rnd := rand.New(rand.NewPCG(1, 2))
			for n := range *rounds {
				lines := strings.Split(strings.TrimRight(string(text), "\n"), "\n")
				var did []string
				for range 1 + rnd.IntN(3) {
					did = append(did, change(rnd, lines))
					lines = strings.Split(strings.Join(lines, "\n"), "\n")
				}
				src, want := y.stream(strings.TrimLeft(strings.ReplaceAll(strings.Join(lines, "\n"), "\n\n", "\n"), "\n") + "\n")
				got, _ := y.whole(t, src)
				require.Equal(t, want, got, "round %d, whole sets: %v", n, did)
				require.Equal(t, want, y.steps(t, src, codec.WithReuse()), "round %d, step by step: %v", n, did)
			}
		})
	}
}

var rounds = flag.Int("rounds", 60, "random changes to each sample")

// change changes one line and says how.
func change(rnd *rand.Rand, lines []string) string {
	i := rnd.IntN(len(lines))
	if strings.HasPrefix(lines[i], "----") || strings.HasPrefix(lines[i], "#") {
		return "nothing"
	}
	j := rnd.IntN(len(lines))
	at := rnd.IntN(len(lines[i]) + 1)
	was := lines[i]
	switch rnd.IntN(6) {
	case 0:
		lines[i] = ""
	case 1:
		lines[i] += "\n" + lines[i]
	case 2:
		if !strings.HasPrefix(lines[j], "----") && !strings.HasPrefix(lines[j], "#") {
			lines[i], lines[j] = lines[j], lines[i]
		}
	case 3:
		lines[i], _, _ = strings.Cut(lines[i], "*")
	case 4:
		lines[i] = was[:at] + []string{"*", ":", "^", "X", "**"}[rnd.IntN(5)] + was[at:]
	case 5:
		elems := strings.Split(lines[i], "*")
		elems[len(elems)-1-rnd.IntN(len(elems))/2] = []string{"", "X", "1", ":", "A:B^C"}[rnd.IntN(5)]
		lines[i] = strings.Join(elems, "*")
	}
	return fmt.Sprintf("%q became %q", was, lines[i])
}

// stream makes a stream of the blocks of a sample file, and lists the segments that have to come out, a set each.
func (y *toy) stream(text string) (src []byte, want []string) {
	var b bytes.Buffer
	b.WriteString("ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260101*1200*^*00501*000000001*0*T*:~")
	fmt.Fprintf(&b, "GS*%s*S*R*20260101*1200*1*X*%s~", y.table.GS, y.table.ID)
	for i, block := range strings.Split(text, "----\n") {
		if block == "" {
			continue
		}
		fmt.Fprintf(&b, "ST*%s*%04d*%s~", y.table.Set, i+1, y.table.ID)
		var segs string
		n := 2
		for line := range strings.Lines(block) {
			if line = strings.TrimSuffix(line, "\n"); !strings.HasPrefix(line, "#") {
				b.WriteString(line + "~")
				n++
				if text := canon(line); text != "" { // else nothing but separators
					segs += text + "\n"
				}
			}
		}
		fmt.Fprintf(&b, "SE*%d*%04d~", n, i+1)
		want = append(want, segs)
	}
	return b.Bytes(), want
}

// canon drops what is empty at the end of elements and segments.
func canon(seg string) string {
	elems := strings.Split(seg, "*")
	for i := range elems[1:] {
		reps := strings.Split(elems[i+1], "^")
		for k := range reps {
			reps[k] = strings.TrimRight(reps[k], ":")
		}
		elems[i+1] = strings.TrimRight(strings.Join(reps, "^"), "^")
	}
	return strings.TrimRight(strings.Join(elems, "*"), "*")
}

func call(v any, method string, args ...any) []reflect.Value {
	in := make([]reflect.Value, len(args))
	for i, a := range args {
		in[i] = reflect.ValueOf(a)
	}
	return reflect.ValueOf(v).MethodByName(method).Call(in)
}

func fault(out []reflect.Value) error {
	err, _ := out[len(out)-1].Interface().(error)
	return err
}

// output is an interchange being written.
type output struct {
	bytes.Buffer
	w *x12.Writer
}

func newOutput(t *testing.T, y *toy) *output {
	o := &output{}
	o.w = x12.NewWriter(o)
	require.NoError(t, o.w.BeginInterchange(&x12.Interchange{Seq: 1, Delims: x12.DefaultDelimiters, ISA: [16]string{
		"00", "", "00", "", "ZZ", "S", "ZZ", "R", "260101", "1200", "^", "00501", "000000001", "0", "T", ":",
	}}))
	require.NoError(t, o.w.BeginGroup(&x12.Group{Seq: 1, GS: [8]string{y.table.GS, "S", "R", "20260101", "1200", "1", "X", y.table.ID}}))
	return o
}

// sets closes the output and lists its sets without ST and SE.
func (o *output) sets(t *testing.T) (out []string) {
	require.NoError(t, o.w.Close())
	var found x12.Issues
	r := x12.NewReader(bytes.NewReader(o.Bytes()), x12.WithSink(func(i *x12.Issue) bool {
		return i.Rule == x12.RuleSegmentID || found.Add(i) // an identifier that came
	}))
	for {
		s, err := r.Read()
		if err == io.EOF {
			require.NoError(t, found.Err(), "the envelope of what was written")
			return out
		}
		require.NoError(t, err)
		switch {
		case r.Set() == nil || s.ID == x12.ID("SE"):
		case s.ID == x12.ID("ST"):
			out = append(out, "")
		default:
			out[len(out)-1] += string(s.Bytes()) + "\n"
		}
	}
}

// whole reads and writes set by set.
func (y *toy) whole(t *testing.T, src []byte) (sets []string, structs []byte) {
	o := newOutput(t, y)
	w := y.newWriter(o.w)
	r := y.newReader(bytes.NewReader(src))
	seq := call(r, "Sets")[0]
	for v, err := range pairs(seq) {
		require.NoError(t, err)
		var plain bytes.Buffer
		enc := json.NewEncoder(&plain)
		enc.SetEscapeHTML(false)
		require.NoError(t, enc.Encode(v))
		appended := call(v, "AppendJSON", []byte(nil))[0].Bytes()
		require.Equal(t, plain.String(), string(appended)+"\n", "AppendJSON")
		var indented bytes.Buffer
		require.NoError(t, json.Indent(&indented, appended, "", "  "))
		structs = append(append(structs, indented.Bytes()...), '\n')
		again := reflect.New(reflect.TypeOf(v).Elem())
		require.NoError(t, codec.Unmarshal(appended, again.Interface()))
		require.Equal(t, string(appended), string(call(again.Interface(), "AppendJSON", []byte(nil))[0].Bytes()), "from JSON")
		require.NoError(t, fault(call(w, "Write", again.Interface())))
	}
	return o.sets(t), structs
}

// pairs ranges over an iter.Seq2[*T, error].
func pairs(seq reflect.Value) iter.Seq2[any, error] {
	return func(yield func(any, error) bool) {
		for v, err := range seq.Seq2() {
			e, _ := err.Interface().(error)
			if !yield(v.Interface(), e) {
				return
			}
		}
	}
}

// steps reads and writes step by step.
func (y *toy) steps(t *testing.T, src []byte, opts ...codec.Option) []string {
	o := newOutput(t, y)
	w := y.newWriter(o.w)
	r := y.newReader(bytes.NewReader(src), opts...)
	for {
		out := call(r, "Next")
		err := fault(out)
		if err == io.EOF {
			return o.sets(t)
		}
		require.NoError(t, err)
		ev := out[0].Elem()
		set := ev.FieldByName("Set").Interface()
		switch ev.FieldByName("Kind").Interface() {
		case codec.Begin:
			require.NoError(t, fault(call(w, "Begin", set)))
		case codec.End:
			require.NoError(t, fault(call(w, "End", set)))
		case codec.Enter, codec.Unit:
			name := y.table.Loops[ev.FieldByName("Loop").Uint()].Type
			require.NoError(t, fault(call(w, name, ev.FieldByName(name).Interface())))
		}
	}
}
