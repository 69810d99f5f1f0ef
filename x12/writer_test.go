package x12_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
)

// rewrite copies what r reads to w in canonical form.
func rewrite(r *x12.Reader, w *x12.Writer) error {
	var inter *x12.Interchange
	var group *x12.Group
	var set *x12.Set
	for {
		s, err := r.Read()
		if err == io.EOF {
			return w.Close()
		}
		if err != nil {
			return err
		}
		if in := r.Interchange(); in != inter {
			inter, group, set = in, nil, nil
			if err := w.BeginInterchange(in); err != nil {
				return err
			}
		}
		if g := r.Group(); g != group && g != nil {
			group, set = g, nil
			if err := w.BeginGroup(g); err != nil {
				return err
			}
		}
		if st := r.Set(); st != set && st != nil {
			set = st
			if err := w.BeginSet(st); err != nil {
				return err
			}
		}
		switch s.ID.String() {
		case "ISA", "GS", "ST":
		case "SE":
			err = w.EndSet()
		case "GE":
			err = w.EndGroup()
		case "IEA":
			err = w.EndInterchange()
		default:
			err = w.Copy(s, true)
		}
		if err != nil {
			return err
		}
	}
}

// rewritten is text in canonical form.
func rewritten(t testing.TB, text string, opts ...x12.WriterOption) string {
	t.Helper()
	var out bytes.Buffer
	w := x12.NewWriter(&out, opts...)
	require.NoError(t, rewrite(x12.NewReader(strings.NewReader(text)), w))
	require.EqualValues(t, out.Len(), w.Offset())
	return out.String()
}

// canon is the canonical form of a text in default delimiters without envelope faults, made another way.
func canon(text string) string {
	var b strings.Builder
	for _, s := range strings.FieldsFunc(text, func(c rune) bool { return c == '~' || c == '\n' }) {
		elems := strings.Split(s, "*")
		if elems[0] == "ISA" {
			b.WriteString(s + "~")
			continue
		}
		for i, e := range elems {
			reps := strings.Split(e, "^")
			for k := range reps {
				reps[k] = strings.TrimRight(reps[k], ":")
			}
			elems[i] = strings.TrimRight(strings.Join(reps, "^"), "^")
		}
		b.WriteString(strings.TrimRight(strings.Join(elems, "*"), "*") + "~")
	}
	return b.String()
}

func TestWriterCanonical(t *testing.T) {
	base := file835(3)
	odd := swap(t, base, "N3*1 LONG ROAD", "N3*1 LONG ROAD**^A:^:^^B:::^C*:^::*^*")
	odd = strings.ReplaceAll(odd, "HC:99213:25*", "HC:99213:25:::*")
	two := file835(3, 0, 5) + "\n" + strings.ReplaceAll(file835(1), "000000042", "000000043")
	for name, text := range map[string]string{"base": base, "empty parts": odd, "sets and interchanges": two, "many claims": file835(1500),
		"TA1": swap(t, base, "GS*HP", "TA1*000000041*260228*0830*A*000~GS*HP")} {
		t.Run(name, func(t *testing.T) {
			want := canon(text)
			assert.Equal(t, want, rewritten(t, text))
			assert.Equal(t, want, rewritten(t, want), "twice the same")
			assert.Equal(t, strings.ReplaceAll(want, "~", "~\n"), rewritten(t, text, x12.WithNewline(true)))
			assert.Equal(t, inDelims(want, "|!>\n"), rewritten(t, inDelims(text, "|!>\n"), x12.WithNewline(true)))
			other := x12.Delimiters{Element: '|', Repetition: '!', Component: '>', Segment: '\r'}
			assert.Equal(t, inDelims(want, "|!>\r"), rewritten(t, text, x12.WithDelimiters(other)))
			assert.Equal(t, want, rewritten(t, inDelims(text, "^:~*"), x12.WithDelimiters(x12.DefaultDelimiters)), "swapped")
			res := readAll(t, text, strings.NewReader(text))
			assert.Equal(t, want, string(res.canon), "AppendCanonical")
		})
	}
	assert.Equal(t, base, rewritten(t, unpadded(base)), "ISA of 106 bytes")
	assert.Equal(t, base, rewritten(t, strings.Replace(unpadded(base), "*000000042*0*T", "*42*0*T", 1)), "ISA13 with zeros")
	assert.Equal(t, base, rewritten(t, strings.NewReplacer("SE*36*0001", "SE*99*1", "GE*1", "GE*0", "IEA*1*0000000", "IEA*1*").Replace(base)), "trailers made anew")
	body := base[strings.Index(base, "ST*835"):strings.Index(base, "GE*1")]
	assert.Equal(t, canon(body), rewritten(t, body), "bare set")
	old := strings.NewReplacer("*^*00501", "*U*00401", "005010X221A1", "004010X091A1", "N3*1 LONG ROAD", "CUR*PR*U^S^").Replace(base)
	assert.Equal(t, old, rewritten(t, old), "4010 has no repetitions")
	assert.Equal(t, old, rewritten(t, old, x12.WithDelimiters(x12.DefaultDelimiters)))
	st03 := swap(t, base, "ST*835*0001", "ST*835*0001*005010X221A1")
	assert.Equal(t, st03, rewritten(t, st03))
}

func TestCopyUntrimmed(t *testing.T) {
	text := "ST*835*1~N3*A:**^^*~SE*3*1~"
	r := x12.NewReader(strings.NewReader(text))
	var out bytes.Buffer
	w := x12.NewWriter(&out, x12.WithDelimiters(x12.Delimiters{Element: '|', Repetition: '!', Component: '>', Segment: ';'}))
	for range 2 {
		s, err := r.Read()
		require.NoError(t, err)
		if s.Ordinal == 1 {
			require.NoError(t, w.BeginInterchange(r.Interchange()))
			require.NoError(t, w.BeginSet(r.Set()))
			continue
		}
		require.NoError(t, w.Copy(s, false))
	}
	require.NoError(t, w.Close())
	assert.Equal(t, "ST|835|1;N3|A>||!!|;SE|3|1;", out.String())
}

// newInterchange is a header made up by a caller.
func newInterchange() *x12.Interchange {
	return &x12.Interchange{Seq: 1, ISA: [16]string{"00", "", "00", "", "ZZ", "A", "ZZ", "B", "260301", "0830", "", "00501", "7", "0", "T", ""}}
}

var (
	newGroup = &x12.Group{Seq: 1, GS: [8]string{"HP", "A", "B", "20260301", "0830", "7", "X", "005010X221A1"}}
	newSet   = &x12.Set{ID: "835", Control: "0001"}
)

const newISA = "ISA*00*          *00*          *ZZ*A              *ZZ*B              *260301*0830*^*00501*000000007*0*T*:~"
const newGS = "GS*HP*A*B*20260301*0830*7*X*005010X221A1~"

func TestWriterCalls(t *testing.T) {
	var out bytes.Buffer
	w := x12.NewWriter(&out)
	require.NoError(t, w.BeginInterchange(newInterchange()))
	assert.Equal(t, x12.DefaultDelimiters, w.Delims())
	assert.EqualValues(t, 106, w.Offset())
	require.NoError(t, w.Segment("TA1", "000000006", "260228", "0830", "A", "000"))
	require.NoError(t, w.BeginGroup(newGroup))
	require.NoError(t, w.BeginSet(newSet))
	assert.Equal(t, 1, w.Segments())
	require.NoError(t, w.Segment("BPR", "I", "1", "", "", ""))
	require.NoError(t, w.Segment("N1"))
	require.NoError(t, w.Raw([]byte("SVC*HC:99213*1~CAS*CO~"), 2))
	require.NoError(t, w.Raw(nil, 0))
	assert.Equal(t, 5, w.Segments())
	require.NoError(t, w.EndSet())
	assert.Zero(t, w.Segments())
	require.NoError(t, w.BeginSet(&x12.Set{ID: "835", Control: "0002", Version: "005010X221A1"}))
	require.NoError(t, w.Close())
	require.NoError(t, w.Close(), "twice")
	want := newISA + "TA1*000000006*260228*0830*A*000~" + newGS + "ST*835*0001~BPR*I*1~N1~SVC*HC:99213*1~CAS*CO~SE*6*0001~" +
		"ST*835*0002*005010X221A1~SE*2*0002~GE*2*7~IEA*1*000000007~"
	assert.Equal(t, want, out.String())
	assert.Equal(t, x12.Stats{Bytes: int64(len(want)), Interchanges: 1, Groups: 1, Sets: 2, Segments: 13}, w.Stats())

	res := readAll(t, want, strings.NewReader(want))
	assert.Equal(t, io.EOF, res.err)
	assert.Empty(t, res.issues)

	// A second interchange with its own delimiters, a group and a set without their envelopes.
	in := newInterchange()
	in.Delims = x12.Delimiters{Element: '|', Repetition: '!', Component: '>', Segment: '\n'}
	require.NoError(t, w.BeginInterchange(in))
	require.NoError(t, w.BeginGroup(&x12.Group{}))
	require.NoError(t, w.BeginSet(newSet))
	require.NoError(t, w.Raw([]byte("N1|X>Y\n"), 1))
	require.NoError(t, w.Close())
	require.NoError(t, w.BeginInterchange(&x12.Interchange{}))
	require.NoError(t, w.BeginSet(newSet))
	require.NoError(t, w.Close())
	assert.Equal(t, want+inDelims(newISA+"ST*835*0001~N1*X:Y~SE*3*0001~IEA*0*000000007~", "|!>\n")+"ST*835*0001~SE*2*0001~", out.String())
}

func TestWriterOrder(t *testing.T) {
	none := &x12.Segment{}
	r := x12.NewReader(strings.NewReader(file835(1)))
	isa, err := r.Read()
	require.NoError(t, err)
	ops := map[string]func(w *x12.Writer) error{
		"interchange":     func(w *x12.Writer) error { return w.BeginInterchange(newInterchange()) },
		"no interchange":  func(w *x12.Writer) error { return w.BeginInterchange(nil) },
		"end interchange": (*x12.Writer).EndInterchange,
		"group":           func(w *x12.Writer) error { return w.BeginGroup(newGroup) },
		"no group":        func(w *x12.Writer) error { return w.BeginGroup(nil) },
		"end group":       (*x12.Writer).EndGroup,
		"set":             func(w *x12.Writer) error { return w.BeginSet(newSet) },
		"no set":          func(w *x12.Writer) error { return w.BeginSet(nil) },
		"end set":         (*x12.Writer).EndSet,
		"segment":         func(w *x12.Writer) error { return w.Segment("N1", "X") },
		"TA1":             func(w *x12.Writer) error { return w.Segment("TA1", "1") },
		"SE":              func(w *x12.Writer) error { return w.Segment("SE", "1") },
		"raw":             func(w *x12.Writer) error { return w.Raw([]byte("N1*X~"), 1) },
		"copy nothing":    func(w *x12.Writer) error { return w.Copy(none, true) },
		"copy ISA":        func(w *x12.Writer) error { return w.Copy(isa, true) },
	}
	states := []struct {
		name string
		to   []string
		ok   string // operations that may come next
	}{
		{"start", nil, "interchange"},
		{"interchange", []string{"interchange"}, "end interchange,group,TA1"},
		{"group", []string{"interchange", "group"}, "end group,set"},
		{"set", []string{"interchange", "group", "set"}, "end set,segment,TA1,raw"},
		{"behind a set", []string{"interchange", "group", "set", "end set"}, "end group,set"},
		{"behind a group", []string{"interchange", "group", "end group"}, "end interchange,group,TA1"},
		{"behind an interchange", []string{"interchange", "end interchange"}, "interchange"},
	}
	for _, s := range states {
		for name, op := range ops {
			var out bytes.Buffer
			w := x12.NewWriter(&out)
			for _, step := range s.to {
				require.NoError(t, ops[step](w))
			}
			before := w.Offset()
			err := op(w)
			if strings.Contains(","+s.ok+",", ","+name+",") {
				assert.NoError(t, err, "%s: %s", s.name, name)
				continue
			}
			assert.ErrorIs(t, err, x12.ErrOrder, "%s: %s", s.name, name)
			assert.Equal(t, before, w.Offset(), "%s: %s writes nothing", s.name, name)
			assert.NoError(t, w.Close(), "the writer goes on")
			text := out.String()
			if text != "" {
				assert.Empty(t, readAll(t, text, strings.NewReader(text)).issues, "%s: %s", s.name, name)
			}
		}
	}
}

func TestWriterData(t *testing.T) {
	start := func(out io.Writer, opts ...x12.WriterOption) *x12.Writer {
		w := x12.NewWriter(out, opts...)
		require.NoError(t, w.BeginInterchange(newInterchange()))
		require.NoError(t, w.BeginGroup(newGroup))
		require.NoError(t, w.BeginSet(newSet))
		return w
	}
	issue := func(err error, rule string) *x12.Issue {
		t.Helper()
		var i *x12.Issue
		require.ErrorAs(t, err, &i)
		assert.Equal(t, rule, i.Rule)
		assert.Equal(t, x12.Error, i.Severity)
		return i
	}
	var out bytes.Buffer
	w := start(&out)
	before := w.Offset()
	for _, c := range "*^:~" {
		i := issue(w.Segment("N1", "PR", "SECRET"+string(c)+"NAME"), x12.RuleDelimiterInData)
		assert.Equal(t, x12.Issue{Offset: before, At: 12, Interchange: "7", Group: "7", Set: "0001", Segment: 2, SegID: "N1", Element: 2,
			Value: "SECRET" + string(c) + "NAME", Rule: x12.RuleDelimiterInData, Level: 1, Severity: x12.Error, Message: i.Message}, *i)
		assert.NotContains(t, i.Error(), "SECRET")
	}
	for _, id := range []string{"", "n1", "N", "N1*X", "N1XX", "1N", "N~"} {
		issue(w.Segment(id, "X"), x12.RuleSegmentID)
	}
	for _, c := range []struct {
		raw string
		n   int
	}{{"N1*X", 1}, {"N1*X", 0}, {"N1*X~", 2}, {"N1*X~N2", 1}, {"", 1}, {"N1~N2~", 1}} {
		assert.ErrorIs(t, w.Raw([]byte(c.raw), c.n), x12.ErrRaw)
	}
	assert.Equal(t, before, w.Offset())
	require.NoError(t, w.Segment("N1", "PR", "PLAIN"))
	require.NoError(t, w.Close())
	assert.Contains(t, out.String(), "ST*835*0001~N1*PR*PLAIN~SE*3*0001~")

	// Data that is a delimiter of the output only.
	text := swap(t, file835(1), "N3*1 LONG ROAD", "N3*X^Y:Z*1 LONG|ROAD")
	r := x12.NewReader(strings.NewReader(text))
	out.Reset()
	w = start(&out, x12.WithDelimiters(x12.Delimiters{Element: '|', Repetition: '^', Component: ':', Segment: '~'}))
	before = w.Offset()
	for {
		s, err := r.Read()
		require.NoError(t, err)
		if s.ID != x12.ID("N3") {
			continue
		}
		for _, trim := range []bool{true, false} {
			i := issue(w.Copy(s, trim), x12.RuleDelimiterInData)
			assert.Equal(t, s.Offset, i.Offset)
			assert.Equal(t, byte('|'), s.Bytes()[i.At])
			assert.Equal(t, 2, i.Element)
			assert.Equal(t, "1 LONG|ROAD", i.Value)
		}
		break
	}
	assert.Equal(t, before, w.Offset())

	// A repetition where the output has none.
	in := newInterchange()
	in.ISA[10], in.ISA[11] = "U", "00401"
	w = x12.NewWriter(&out)
	require.NoError(t, w.BeginInterchange(in))
	require.NoError(t, w.BeginGroup(newGroup))
	require.NoError(t, w.BeginSet(newSet))
	r = x12.NewReader(strings.NewReader(text))
	for {
		s, err := r.Read()
		require.NoError(t, err)
		if s.ID == x12.ID("N3") {
			i := issue(w.Copy(s, true), x12.RuleDelimiterInData)
			assert.Equal(t, 1, i.Element)
			assert.Equal(t, 4, i.At)
			break
		}
	}
}

func TestWriterHeaders(t *testing.T) {
	issue := func(err error, rule string, element int) {
		t.Helper()
		var i *x12.Issue
		require.ErrorAs(t, err, &i)
		assert.Equal(t, rule, i.Rule)
		assert.Equal(t, element, i.Element)
	}
	var out bytes.Buffer
	w := x12.NewWriter(&out)
	in := newInterchange()
	in.ISA[5] = "SIXTEEN LETTERS."
	issue(w.BeginInterchange(in), x12.RuleISAWidth, 6)
	in = newInterchange()
	in.ISA[12] = "1234567890"
	issue(w.BeginInterchange(in), x12.RuleISAWidth, 13)
	in = newInterchange()
	in.ISA[7] = "A:B"
	issue(w.BeginInterchange(in), x12.RuleDelimiterInData, 8)
	in = newInterchange()
	in.Delims = x12.Delimiters{Element: '*', Component: '*', Segment: '~'}
	issue(w.BeginInterchange(in), x12.RuleDelimiters, 0)
	issue(x12.NewWriter(&out, x12.WithDelimiters(x12.Delimiters{Element: 'A', Component: ':', Segment: '~'})).BeginInterchange(newInterchange()), x12.RuleDelimiters, 0)
	require.NoError(t, w.BeginInterchange(newInterchange()))
	issue(w.BeginGroup(&x12.Group{Seq: 1, GS: [8]string{"HP", "A*B"}}), x12.RuleDelimiterInData, 2)
	require.NoError(t, w.BeginGroup(newGroup))
	issue(w.BeginSet(&x12.Set{ID: "835", Control: "00~01"}), x12.RuleDelimiterInData, 2)
	require.NoError(t, w.Close())
	assert.Equal(t, newISA+newGS+"GE*0*7~IEA*1*000000007~", out.String())
}

// fails takes limit bytes, then fails or, with short, takes less than it is given without an error.
type fails struct {
	limit int
	short bool
	got   []byte
	calls int // behind the failure
	down  bool
}

func (f *fails) Write(p []byte) (int, error) {
	if f.down {
		f.calls++
	}
	n := min(len(p), f.limit-len(f.got))
	f.got = append(f.got, p[:n]...)
	if n == len(p) {
		return n, nil
	}
	f.down = true
	if f.short {
		return n, nil
	}
	return n, errBroken
}

// TestWriteFaults breaks the destination at every byte and looks at every call from then on.
func TestWriteFaults(t *testing.T) {
	seg := segment(t, "REF*1*A:B~")
	steps := []func(w *x12.Writer) error{
		func(w *x12.Writer) error { return w.BeginInterchange(newInterchange()) },
		func(w *x12.Writer) error { return w.BeginGroup(newGroup) },
		func(w *x12.Writer) error { return w.BeginSet(newSet) },
		func(w *x12.Writer) error { return w.Segment("BPR", "I", "1") },
		func(w *x12.Writer) error { return w.Raw([]byte("N1*X~N2*Y~"), 2) },
		func(w *x12.Writer) error { return w.Copy(seg, true) },
		(*x12.Writer).EndSet, (*x12.Writer).EndGroup, (*x12.Writer).EndInterchange,
		func(w *x12.Writer) error { return w.BeginInterchange(newInterchange()) },
		(*x12.Writer).Close,
	}
	run := func(dst io.Writer, flush bool) (errs []error, offset int64) {
		w := x12.NewWriter(dst, x12.WithNewline(true))
		for _, step := range steps {
			err := step(w)
			if err == nil && flush {
				err = w.Flush()
			}
			errs = append(errs, err)
		}
		return errs, w.Offset()
	}
	var whole bytes.Buffer
	errs, _ := run(&whole, false)
	require.NoError(t, errors.Join(errs...))
	for limit := range whole.Len() {
		for _, short := range []bool{false, true} {
			for _, flush := range []bool{false, true} {
				dst := &fails{limit: limit, short: short}
				errs, offset := run(dst, flush)
				want := errBroken
				if short {
					want = io.ErrShortWrite
				}
				first := 0
				for first < len(errs) && errs[first] == nil {
					first++
				}
				require.Less(t, first, len(errs), "byte %d: the error is not lost", limit)
				for _, err := range errs[first:] {
					require.Equal(t, want, err)
				}
				require.Zero(t, dst.calls, "nothing is written behind a failure")
				require.Equal(t, whole.String()[:limit], string(dst.got))
				require.EqualValues(t, limit, offset)
			}
		}
	}
}

// segment reads one segment of a set in default delimiters.
func segment(t testing.TB, text string) *x12.Segment {
	t.Helper()
	r := x12.NewReader(strings.NewReader(newISA + newGS + "ST*835*0001~" + text + "SE*3*0001~GE*1*7~IEA*1*7~"))
	for range 3 {
		_, err := r.Read()
		require.NoError(t, err)
	}
	s, err := r.Read()
	require.NoError(t, err)
	return s
}

func TestWriterLarge(t *testing.T) {
	big := strings.Repeat("REF*1*A:B~", 100_000)
	long := "N3*" + strings.Repeat("X", 500_000) + "~"
	for _, newline := range []bool{false, true} {
		var out bytes.Buffer
		w := x12.NewWriter(&out, x12.WithNewline(newline))
		require.NoError(t, w.BeginInterchange(newInterchange()))
		require.NoError(t, w.BeginGroup(newGroup))
		require.NoError(t, w.BeginSet(newSet))
		require.NoError(t, w.Raw([]byte(big), 100_000))
		require.NoError(t, w.Raw([]byte(long), 1))
		require.NoError(t, w.Copy(segment(t, long), true))
		require.NoError(t, w.Close())
		want := newISA + newGS + "ST*835*0001~" + big + long + long + "SE*100004*0001~GE*1*7~IEA*1*000000007~"
		if newline {
			want = strings.ReplaceAll(want, "~", "~\n")
		}
		assert.True(t, want == out.String())
		assert.EqualValues(t, len(want), w.Offset())
	}
	for _, newline := range []bool{false, true} {
		dst := &fails{limit: 200_000}
		w := x12.NewWriter(dst, x12.WithNewline(newline))
		require.NoError(t, w.BeginInterchange(&x12.Interchange{}))
		require.NoError(t, w.BeginSet(newSet))
		assert.Equal(t, errBroken, w.Raw([]byte(big), 100_000))
		assert.Equal(t, errBroken, w.Close())
		assert.Zero(t, dst.calls)
		assert.Len(t, dst.got, 200_000)
	}
}

// TestCopyToSeveral copies one segment into interchanges that differ in their delimiters.
func TestCopyToSeveral(t *testing.T) {
	seg := segment(t, "REF*1*A:B^C~")
	var out bytes.Buffer
	w := x12.NewWriter(&out)
	want := ""
	for _, d := range []string{"|!>\n", "*^:~", "^:~*", ",;<\r"} {
		in := &x12.Interchange{Delims: x12.Delimiters{Element: d[0], Repetition: d[1], Component: d[2], Segment: d[3]}}
		require.NoError(t, w.BeginInterchange(in))
		require.NoError(t, w.BeginSet(newSet))
		require.NoError(t, w.Copy(seg, true))
		require.NoError(t, w.Close())
		want += inDelims("ST*835*0001~REF*1*A:B^C~SE*3*0001~", d)
	}
	assert.Equal(t, want, out.String())
}

func TestWriterAllocates(t *testing.T) {
	seg := segment(t, "SVC*HC:99213:25::*150*100**1**~")
	raw := []byte("SVC*HC:99213:25*150*100**1~DTM*472*20260201~")
	for name, opts := range map[string][]x12.WriterOption{
		"same delimiters":  nil,
		"other delimiters": {x12.WithDelimiters(x12.Delimiters{Element: '*', Repetition: '!', Component: '>', Segment: '~'})},
		"lines":            {x12.WithNewline(true)},
	} {
		w := x12.NewWriter(io.Discard, opts...)
		require.NoError(t, w.BeginInterchange(newInterchange()))
		require.NoError(t, w.BeginGroup(newGroup))
		require.NoError(t, w.BeginSet(newSet))
		allocs := testing.AllocsPerRun(5, func() {
			for range 5000 {
				if w.Copy(seg, true) != nil || w.Copy(seg, false) != nil || w.Raw(raw, 2) != nil || w.Segment("REF", "1L", "X", "") != nil {
					t.Fatal("write failed")
				}
			}
		})
		assert.Zero(t, allocs, name)
	}
}

func TestAppendCanonicalISA(t *testing.T) {
	base := file835(1)
	wide := swap(t, base, "HILLCLINIC     ", "HILLCLINIC OF THE SOUTH")
	res := readAll(t, wide, strings.NewReader(wide))
	assert.Equal(t, canon(wide), string(res.canon), "an ISA that is too wide stays")
	assert.Equal(t, "keep~", string(x12.AppendCanonical([]byte("keep"), &x12.Segment{Delims: x12.DefaultDelimiters})))
}
