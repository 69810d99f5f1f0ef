package x12_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
)

// file835 is the text of one interchange with sets 835 of the given numbers of claims. With three claims a set has 36
// segments. All in it is invented.
func file835(claims ...int) string {
	var b strings.Builder
	b.WriteString("ISA*00*          *00*          *ZZ*PLAINPAYER     *ZZ*HILLCLINIC     *260301*0830*^*00501*000000042*0*T*:~")
	b.WriteString("GS*HP*PLAINPAYER*HILLCLINIC*20260301*0830*42*X*005010X221A1~")
	for i, n := range claims {
		set := fmt.Sprintf("%04d", i+1)
		b.WriteString("ST*835*" + set + "~BPR*I*300*C*NON************20260301~TRN*1*T000042*1999999999~DTM*405*20260228~")
		b.WriteString("N1*PR*PLAIN PAYER~N3*1 LONG ROAD~N4*SPRINGFIELD*IL*62701~PER*BL*HELP DESK*TE*5550100~")
		b.WriteString("N1*PE*HILL CLINIC*XX*1234567893~N3*2 HILL STREET~N4*SPRINGFIELD*IL*62702~REF*TJ*999999999~LX*1~")
		for k := range n {
			fmt.Fprintf(&b, "CLP*PCN%04d*1*150*100**12*ICN%04d~CAS*CO*45*50~NM1*QC*1*DOE*PAT%d****MI*W%05d~DTM*050*20260215~", k, k, k, k)
			b.WriteString("SVC*HC:99213:25*150*100**1~DTM*472*20260201~CAS*CO*45*50~")
		}
		fmt.Fprintf(&b, "PLB*1234567893*20261231*L6:42*-0.5~SE*%d*%s~", 15+7*n, set)
	}
	fmt.Fprintf(&b, "GE*%d*42~IEA*1*000000042~", len(claims))
	return b.String()
}

// inDelims is a text in default delimiters rewritten in others: element, repetition, component, terminator.
func inDelims(text, d string) string {
	return strings.NewReplacer("*", d[:1], "^", d[1:2], ":", d[2:3], "~", d[3:4]).Replace(text)
}

// swap replaces the one place where old stands in text.
func swap(t *testing.T, text, old, new string) string {
	t.Helper()
	require.Equal(t, 1, strings.Count(text, old), "places of %q", old)
	return strings.Replace(text, old, new, 1)
}

// finding is a finding as the tests compare them.
type finding struct {
	sev    x12.Severity
	rule   string
	offset int64
}

// read is all that came out of a Reader.
type read struct {
	segs   []string // without terminators
	at     []int64
	ord    []int
	sets   []int // Set.Seq, 0 outside
	issues []*x12.Issue
	err    error
	stats  x12.Stats
	canon  []byte
	body   []byte // canon without the envelope
}

func (r *read) findings() []finding {
	var l []finding
	for _, i := range r.issues {
		l = append(l, finding{i.Severity, i.Rule, i.Offset})
	}
	return l
}

func (r *read) count(id string) int {
	n := 0
	for _, s := range r.segs {
		if name := strings.FieldsFunc(s, func(c rune) bool { return strings.ContainsRune("*|\t+;,", c) }); len(name) > 0 && name[0] == id {
			n++
		}
	}
	return n
}

// readAll reads text through src and holds what comes out against it.
func readAll(t testing.TB, text string, src io.Reader, opts ...x12.Option) *read {
	t.Helper()
	res := &read{}
	r := x12.NewReader(src, append(opts, x12.WithSink(func(i *x12.Issue) bool {
		res.issues = append(res.issues, i)
		return true
	}))...)
	var used, end int64
	for {
		s, err := r.Read()
		if err != nil {
			res.err = err
			_, again := r.Read()
			require.Equal(t, err, again, "errors stick")
			break
		}
		data := s.Bytes()
		require.Equal(t, text[s.Offset:s.Offset+int64(len(data))], string(data), "bytes at %d", s.Offset)
		require.EqualValues(t, s.Offset, end+int64(s.Filler), "filler before %d", s.Offset)
		end = min(s.Offset+int64(len(data))+1, int64(len(text)))
		if slices.ContainsFunc(res.issues, func(i *x12.Issue) bool { return i.Rule == x12.RuleNoTerminator }) {
			end = s.Offset + int64(len(data))
		}
		used += end - s.Offset
		checkElements(t, s)
		res.segs = append(res.segs, string(data))
		res.at = append(res.at, s.Offset)
		res.ord = append(res.ord, s.Ordinal)
		seq := 0
		if set := r.Set(); set != nil {
			seq = set.Seq
		}
		res.sets = append(res.sets, seq)
		canon := x12.AppendCanonical(nil, s)
		res.canon = append(res.canon, canon...)
		switch s.ID.String() {
		case "ISA", "GS", "ST", "SE", "GE", "IEA":
		default:
			res.body = append(res.body, canon...)
		}
	}
	res.stats = r.Stats()
	var fatal *x12.Issue
	if !errors.As(res.err, &fatal) && res.err == io.EOF {
		require.EqualValues(t, len(text), used+res.stats.Filler, "bytes of segments, terminators and filler")
		require.EqualValues(t, len(text), r.InputOffset())
	}
	return res
}

// checkElements compares the views of a segment with a plain split.
func checkElements(t testing.TB, s *x12.Segment) {
	t.Helper()
	if s.ID == x12.ID("ISA") && s.Len() == 16 && s.Ordinal == 0 { // its elements may be delimiters
		return
	}
	if len(s.Bytes()) > 4<<10 {
		return
	}
	want := strings.Split(string(s.Bytes()), string(s.Delims.Element))
	require.Equal(t, want[0], string(s.Name()))
	require.Equal(t, len(want)-1, s.Len())
	require.Nil(t, s.Elem(0))
	require.Nil(t, s.Elem(len(want)))
	for i, w := range want[1:] {
		require.Equal(t, w, string(s.Elem(i+1)))
		at := s.At(i + 1)
		require.Equal(t, w, string(s.Bytes()[at:at+len(w)]))
		rep := w
		if s.Delims.Repetition != 0 {
			rep, _, _ = strings.Cut(w, string(s.Delims.Repetition))
		}
		for k, c := range strings.Split(rep, string(s.Delims.Component)) {
			require.Equal(t, c, string(s.Comp(i+1, k+1)))
		}
	}
	if s.ID != 0 {
		require.Equal(t, string(s.Name()), s.ID.String())
	}
	if !s.Sub && string(s.Name()) != "ISA" {
		require.NotContains(t, string(s.Bytes()), string(s.Delims.Component))
	}
	if !s.High {
		require.Less(t, bytes.IndexFunc(s.Bytes(), func(c rune) bool { return c >= 0x80 }), 0)
	}
}

// oddFile is a file with one thing changed against file835(3).
type oddFile struct {
	name string
	text string
	clp  int
	want []string // "severity rule at", at being the text that starts at the offset, the last such behind a "@", "$" the end
}

// oneChange are the cases of the comparison with other engines: base file, one change each.
func oneChange(t *testing.T) []oddFile {
	base := file835(3)
	second := func(d string) string { return inDelims(strings.ReplaceAll(base, "000000042", "000000043"), d) }
	line := strings.ReplaceAll(base, "~", "~\n")
	big := "N3*" + strings.Repeat("X", 20<<10) + "~"
	return []oddFile{
		{"base", base, 3, nil},
		{"LF behind the terminator", line, 3, nil},
		{"CRLF behind the terminator", strings.ReplaceAll(base, "~", "~\r\n"), 3, nil},
		{"terminator LF", inDelims(base, "*^:\n"), 3, nil},
		{"terminator CR", inDelims(base, "*^:\r"), 3, nil},
		{"terminator CR, LF behind it", strings.ReplaceAll(base, "~", "\r\n"), 3, nil},
		{"two ISA", base + second("*^:~"), 6, nil},
		{"two ISA, different separators", base + second("|!>\n"), 6, nil},
		{"three ISA, separators swapped", base + second("|~*^") + inDelims(base, "\t^:;"), 9, nil},
		{"blank lines and blanks at the end", line + "\r\n\n   \n \t ", 3, nil},
		{"blank lines between interchanges", line + "\n\n  \r\n" + second("*^:~"), 6, nil},
		{"empty segment", swap(t, base, "~CLP*PCN0001", "~~CLP*PCN0001"), 3, []string{"warning segment/empty ~CLP*PCN0001"}},
		{"empty segment, terminator LF", inDelims(swap(t, base, "~CLP*PCN0001", "~~CLP*PCN0001"), "*^:\n"), 3,
			[]string{"warning segment/empty \nCLP*PCN0001"}},
		{"last terminator missing", base[:len(base)-1], 3, []string{"warning segment/no-terminator IEA"}},
		{"last terminator missing, blanks behind", base[:len(base)-1] + " \n\n", 3, []string{"warning segment/no-terminator IEA"}},
		{"byte order mark", "\uFEFF" + base, 3, []string{"info envelope/junk \uFEFF"}},
		{"blanks before ISA", " \t\r\n  " + base, 3, nil},
		{"ISA not padded", unpadded(base), 3, []string{"warning envelope/isa-width ISA"}},
		{"ISA not padded, terminator LF", inDelims(unpadded(base), "*^:\n"), 3, []string{"warning envelope/isa-width ISA"}},
		{"ISA too wide", swap(t, base, "HILLCLINIC     ", "HILLCLINIC OF THE SOUTH"), 3, []string{"warning envelope/isa-width ISA"}},
		{"Latin-1 letters in names", strings.ReplaceAll(base, "DOE", "GARC\xCDA"), 3, nil},
		{"UTF-8 letters in names", strings.ReplaceAll(base, "DOE", "GARCÍA"), 3, nil},
		{"names containing ISA or IEA", strings.NewReplacer("*DOE*", "*ISAAC*", "*PAT1", "*NARCISA", "*PAT2", "*SORIEA").Replace(base), 3, nil},
		{"one segment of 20 KB", swap(t, base, "N3*1 LONG ROAD~", big), 3, nil},
		{"2,000 claims", file835(2000), 2000, nil},
		{"trailing empty elements", swap(t, base, "N3*1 LONG ROAD~", "N3*1 LONG ROAD****~"), 3, nil},
		{"two ST", file835(3, 3), 6, nil},
		{"lower-case clp", swap(t, base, "CLP*PCN0001", "clp*PCN0001"), 2, []string{"error segment/id clp"}},
		{"cut in the middle of claim 3", base[:strings.Index(base, "PCN0002")+4], 2, []string{"error envelope/truncated @CLP*PCN0"}},
		{"cut behind a terminator", base[:strings.Index(base, "CLP*PCN0002")], 2, []string{"error envelope/truncated $"}},
		{"control bytes between interchanges", base + "\x00\x1A\x00\n" + second("*^:~"), 6, []string{"info envelope/junk \x00"}},
		{"control bytes at the end", base + "\n\x1A", 3, []string{"info envelope/junk \x1A"}},
	}
}

// unpadded takes the padding out of an ISA.
func unpadded(text string) string {
	isa, rest := text[:106], text[106:]
	elems := strings.Split(isa, "*")
	for i := range elems {
		elems[i] = strings.TrimRight(elems[i], " ")
	}
	return strings.Join(elems, "*") + rest
}

func TestOneChange(t *testing.T) {
	for _, c := range oneChange(t) {
		t.Run(c.name, func(t *testing.T) { checkOdd(t, c) })
	}
}

// checkOdd reads a file in one piece and compares claims and findings.
func checkOdd(t *testing.T, c oddFile) {
	t.Helper()
	res := readAll(t, c.text, strings.NewReader(c.text))
	require.Equal(t, io.EOF, res.err)
	assert.Equal(t, c.clp, res.count("CLP"))
	var want []finding
	for _, w := range c.want {
		f := strings.SplitN(w, " ", 3)
		sev, ok := x12.ParseSeverity(f[0])
		require.True(t, ok)
		at := len(c.text)
		switch {
		case f[2][0] == '@':
			at = strings.LastIndex(c.text, f[2][1:])
		case f[2] != "$":
			at = strings.Index(c.text, f[2])
		}
		require.GreaterOrEqual(t, at, 0)
		want = append(want, finding{sev, f[1], int64(at)})
	}
	assert.Equal(t, want, res.findings())
}

func TestLimits(t *testing.T) {
	head := file835(0)
	head = head[:strings.Index(head, "N1*PR")]
	tail := "~N4*X~SE*7*0001~GE*1*42~IEA*1*000000042~"
	at := int64(len(head))
	cases := []struct {
		name, seg string
		limits    x12.Limits
		over      bool
	}{
		{"bytes, as many as allowed", "N3*" + strings.Repeat("X", 97), x12.Limits{SegmentBytes: 100}, false},
		{"bytes, one more", "N3*" + strings.Repeat("X", 98), x12.Limits{SegmentBytes: 100}, true},
		{"bytes over a block, as many as allowed", "N3*" + strings.Repeat("X", 9997), x12.Limits{SegmentBytes: 10000}, false},
		{"bytes over a block, one more", "N3*" + strings.Repeat("X", 9998), x12.Limits{SegmentBytes: 10000}, true},
		{"default bytes, as many as allowed", "N3*" + strings.Repeat("X", 1<<20-3), x12.Limits{}, false},
		{"default bytes, one more", "N3*" + strings.Repeat("X", 1<<20-2), x12.Limits{}, true},
		{"elements, as many as allowed", "N3" + strings.Repeat("*", 20), x12.Limits{Elements: 20}, false},
		{"elements, one more", "N3" + strings.Repeat("*", 21), x12.Limits{Elements: 20}, true},
		{"default elements, as many as allowed", "N3" + strings.Repeat("*1", 4096), x12.Limits{}, false},
		{"default elements, one more", "N3" + strings.Repeat("*1", 4097), x12.Limits{}, true},
		{"both, elements first", "N3" + strings.Repeat("*", 200), x12.Limits{SegmentBytes: 100, Elements: 20}, true},
		{"both, bytes first", "N3*" + strings.Repeat("X", 98) + strings.Repeat("*", 200), x12.Limits{SegmentBytes: 100, Elements: 20}, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text := head + c.seg + tail
			var first *read
			for _, size := range []int{1 << 20, 1, 63, 100, 4096} {
				if size == 1 && len(text) > 1<<18 {
					continue
				}
				res := readAll(t, text, &chunks{data: text, size: size}, x12.WithLimits(c.limits))
				if first == nil {
					first = res
				}
				require.Equal(t, first.segs, res.segs)
				if !c.over {
					require.Equal(t, io.EOF, res.err)
					require.Empty(t, res.findings())
					require.Equal(t, c.seg, res.segs[6])
					continue
				}
				require.Len(t, res.segs, 6, "those before it")
				require.ErrorIs(t, res.err, x12.ErrLimit)
				require.Equal(t, first.err.Error(), res.err.Error())
				require.Equal(t, []finding{{x12.Fatal, x12.RuleLimit, at}}, res.findings())
				require.Equal(t, "N3", res.issues[0].SegID)
				require.Equal(t, 5, res.issues[0].Segment)
			}
		})
	}
}

// endless yields a head and then the same byte for ever.
type endless struct {
	head string
	c    byte
	n    int64
}

func (e *endless) Read(p []byte) (int, error) {
	if e.head != "" {
		n := copy(p, e.head)
		e.head = e.head[n:]
		return n, nil
	}
	for i := range p {
		p[i] = e.c
	}
	e.n += int64(len(p))
	return len(p), nil
}

func TestEndlessSegment(t *testing.T) {
	head := file835(0)
	head = head[:strings.Index(head, "N1*PR")]
	for _, c := range []struct {
		name string
		c    byte
		most int64
	}{{"elements", '*', 64 << 10}, {"bytes", 'X', 3 << 20}, {"high bytes", 0xFF, 3 << 20}} {
		t.Run(c.name, func(t *testing.T) {
			src := &endless{head: head + "N3*", c: c.c}
			r := x12.NewReader(src)
			var err error
			for err == nil {
				_, err = r.Read()
			}
			require.ErrorIs(t, err, x12.ErrLimit)
			assert.LessOrEqual(t, src.n, c.most, "bytes taken from the source")
		})
	}
	t.Run("ten million elements", func(t *testing.T) {
		r := x12.NewReader(io.MultiReader(strings.NewReader(head+"N3"), io.LimitReader(&endless{c: '*'}, 10_000_000), strings.NewReader("~SE*1*1~")))
		var err error
		for err == nil {
			_, err = r.Read()
		}
		require.ErrorIs(t, err, x12.ErrLimit)
	})
	t.Run("blanks while holding", func(t *testing.T) {
		src := &endless{head: head, c: '\n'}
		r := x12.NewReader(src)
		var err error
		for err == nil {
			_, err = r.Read()
			r.Hold()
		}
		require.ErrorIs(t, err, x12.ErrLimit)
		assert.LessOrEqual(t, src.n, int64(3<<20))
	})
	t.Run("blanks between interchanges while holding", func(t *testing.T) {
		src := &endless{head: file835(1), c: '\n'}
		r := x12.NewReader(src)
		var err error
		for err == nil {
			_, err = r.Read()
			r.Hold()
		}
		require.ErrorIs(t, err, x12.ErrLimit)
		assert.LessOrEqual(t, src.n, int64(3<<20))
	})
}

func TestPlaces(t *testing.T) {
	text := swap(t, file835(3), "SE*36*0001", "SE*036*0009")
	text = swap(t, text, "CLP*PCN0001", "clp*PCN0001")
	var list x12.Issues
	r := x12.NewReader(strings.NewReader(text), x12.WithSink(list.Add))
	ordinal := 0
	for {
		s, err := r.Read()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		switch string(s.Name()) {
		case "ISA":
			assert.Nil(t, r.Group())
			assert.Equal(t, "000000042", r.Interchange().Control())
			assert.Equal(t, [16]string{"00", "", "00", "", "ZZ", "PLAINPAYER", "ZZ", "HILLCLINIC", "260301", "0830", "^", "00501", "000000042", "0", "T", ":"}, r.Interchange().ISA)
			assert.Equal(t, x12.DefaultDelimiters, r.Interchange().Delims)
		case "GS", "GE":
			assert.Equal(t, "42", r.Group().Control())
			assert.Equal(t, "005010X221A1", r.Group().Version())
			assert.Nil(t, r.Set())
		case "IEA":
			assert.Nil(t, r.Group())
		case "ST":
			ordinal = 1
			assert.Equal(t, &x12.Set{Seq: 1, ID: "835", Control: "0001", Offset: s.Offset}, r.Set())
		default:
			ordinal++
		}
		if r.Set() != nil {
			assert.Equal(t, ordinal, s.Ordinal)
		} else {
			assert.Zero(t, s.Ordinal)
		}
		assert.Equal(t, s.Offset+int64(len(s.Bytes()))+1, r.InputOffset())
	}
	assert.Equal(t, 36, ordinal)
	require.Len(t, list.List, 2)
	id, se := list.List[0], list.List[1]
	assert.Equal(t, x12.Issue{Offset: int64(strings.Index(text, "clp")), Interchange: "000000042", Group: "42", Set: "0001", Segment: 21,
		SegID: "clp", Rule: x12.RuleSegmentID, Codes: x12.Codes{IK3: "1"}, Level: 1, Severity: x12.Error, Message: id.Message}, *id)
	assert.Equal(t, x12.Issue{Offset: int64(strings.Index(text, "SE*")), At: 7, Interchange: "000000042", Group: "42", Set: "0001", Segment: 36,
		SegID: "SE", Element: 2, Value: "0009", Rule: x12.RuleSEControl, Codes: x12.Codes{IK5: "3"}, Severity: x12.Error, Message: se.Message}, *se)
	assert.NotContains(t, se.Error(), "0009", "no values in messages")
	assert.Zero(t, r.FillerBytes())
	assert.Equal(t, 1<<20, r.Limits().SegmentBytes)
	assert.Equal(t, x12.Stats{Bytes: int64(len(text)), Interchanges: 1, Groups: 1, Sets: 1, Segments: 40}, r.Stats())
}

func TestDelimiters(t *testing.T) {
	first := func(text string) (*x12.Interchange, *x12.Segment, *x12.Reader) {
		r := x12.NewReader(strings.NewReader(text))
		s, err := r.Read()
		require.NoError(t, err)
		return r.Interchange(), s, r
	}
	base := file835(3)
	in, _, _ := first(inDelims(base, "|!>\n"))
	assert.Equal(t, x12.Delimiters{Element: '|', Repetition: '!', Component: '>', Segment: '\n'}, in.Delims)

	in, _, r := first(strings.NewReplacer("*^*00501", "*U*00401", "N3*1 LONG ROAD", "CUR*PR*U^D*CURUR").Replace(base))
	assert.Equal(t, x12.Delimiters{Element: '*', Component: ':', Segment: '~'}, in.Delims, "U splits nothing")
	assert.Equal(t, "U", in.ISA[10])
	for {
		s, err := r.Read()
		require.NoError(t, err)
		if s.ID == x12.ID("CUR") {
			assert.Equal(t, "U^D", string(s.Comp(2, 1)))
			assert.Equal(t, "CURUR", string(s.Comp(3, 1)))
			break
		}
	}

	in, s, _ := first(unpadded(base))
	assert.True(t, in.Unpadded)
	assert.Equal(t, x12.DefaultDelimiters, in.Delims)
	assert.Equal(t, "PLAINPAYER", string(s.Elem(6)))
	assert.Equal(t, in.ISA[5], "PLAINPAYER")

	body := base[strings.Index(base, "ST*835"):strings.Index(base, "GE*1")]
	in, _, _ = first(inDelims(body, "|^>;"))
	assert.Equal(t, x12.Delimiters{Element: '|', Repetition: '^', Component: '>', Segment: ';'}, in.Delims)
	assert.Zero(t, in.Seq)
	in, _, _ = first(strings.ReplaceAll(body, "~", "\r\n"))
	assert.Equal(t, x12.Delimiters{Element: '*', Repetition: '^', Component: ':', Segment: '\r'}, in.Delims)
	in, _, _ = first("GS*HP*A*B*20040101*1200*1*X*004010X091A1~" + body)
	assert.Equal(t, x12.Delimiters{Element: '*', Component: ':', Segment: '~'}, in.Delims, "no repetitions in 4010")
}

func TestDelimitersText(t *testing.T) {
	for text, want := range map[string]x12.Delimiters{
		"*^:~":   x12.DefaultDelimiters,
		"|>\n":   {Element: '|', Component: '>', Segment: '\n'},
		"\t!:\r": {Element: '\t', Repetition: '!', Component: ':', Segment: '\r'},
	} {
		d, ok := x12.ParseDelimiters(text)
		assert.True(t, ok, text)
		assert.Equal(t, want, d)
		assert.Equal(t, text, d.Text())
	}
	for _, text := range []string{"", "*", "*:", "**~", "*^:*", "A:~", "*1~", "* ~", "*\x00~", "*:\x85", "*^:~~"} {
		_, ok := x12.ParseDelimiters(text)
		assert.False(t, ok, "%q", text)
	}
}

func TestStop(t *testing.T) {
	text := inDelims(swap(t, file835(3), "SE*36*0001~GE*1*42~IEA*1*000000042~", ""), "|^:~") // three findings at one ISA, more behind
	text += "x" + text + "ISA|junk"
	full := readAll(t, text, strings.NewReader(text))
	require.Greater(t, len(full.issues), 3)
	for stop := 1; stop <= len(full.issues); stop++ {
		seen := 0
		r := x12.NewReader(strings.NewReader(text), x12.WithSink(func(*x12.Issue) bool {
			seen++
			return seen < stop
		}))
		var err error
		n := -1
		for err == nil {
			n++
			_, err = r.Read()
		}
		assert.Equal(t, stop, seen, "not called again")
		assert.ErrorIs(t, err, x12.ErrStopped)
		assert.LessOrEqual(t, n, len(full.segs))
		_, err = r.Read()
		assert.ErrorIs(t, err, x12.ErrStopped)
		assert.Equal(t, stop, seen)
	}
}

func TestReadAllocates(t *testing.T) {
	text := file835(4000)
	r := x12.NewReader(&chunks{data: text, size: 32 << 10})
	allocs := testing.AllocsPerRun(5, func() {
		for range 4000 {
			if _, err := r.Read(); err != nil {
				t.Fatal(err)
			}
		}
	})
	assert.Zero(t, allocs, "allocations for 4,000 segments")
}

// TestLinear reads files in which each shape of oddness stands many times over.
func TestLinear(t *testing.T) {
	base := file835(1)
	for name, text := range map[string]string{
		"stray segments": base + strings.Repeat("N1*X~\n", 50_000),
		"empty segments": strings.Replace(base, "~LX", strings.Repeat("~", 300_000)+"LX", 1),
		"ISA names":      strings.Replace(base, "~LX", strings.Repeat("~ISA*A", 50_000)+"~LX", 1),
		"sets":           base[:strings.Index(base, "ST*")] + strings.Repeat("ST*1*1~", 50_000),
		"interchanges":   strings.Repeat(base[:106], 3_000),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			r := x12.NewReader(strings.NewReader(text))
			var err error
			for err == nil {
				_, err = r.Read()
			}
			assert.Equal(t, io.EOF, err)
			assert.Less(t, time.Since(start), 5*time.Second)
		})
	}
}
