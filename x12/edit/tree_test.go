package edit_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/edit"
)

// memory is a store in memory. It counts what is open and can fail at a given call.
type memory struct {
	files map[string]*memFile
	open  int
	peak  int
	calls int
	fail  int // the call that fails, 0 for none
}

type memFile struct {
	m    *memory
	data []byte
}

func newMemory() *memory { return &memory{files: map[string]*memFile{}} }

func (m *memory) call() error {
	if m.calls++; m.calls == m.fail {
		return errFail
	}
	return nil
}

var errFail = fmt.Errorf("the disk is full")

func (m *memory) Create(name string) (edit.File, error) {
	if m.files[name] != nil {
		return nil, edit.ErrExists
	}
	m.files[name] = &memFile{m: m}
	return m.Open(name)
}

func (m *memory) Open(name string) (edit.File, error) {
	if err := m.call(); err != nil {
		return nil, err
	}
	m.open++
	m.peak = max(m.peak, m.open)
	return m.files[name], nil
}

func (m *memory) Spool() (edit.File, error) {
	if err := m.call(); err != nil {
		return nil, err
	}
	return &memFile{m: &memory{fail: m.fail - m.calls, open: 1}}, nil
}

func (f *memFile) WriteAt(b []byte, at int64) (int, error) {
	if err := f.m.call(); err != nil {
		return 0, err
	}
	if n := int(at) + len(b); n > len(f.data) {
		f.data = append(f.data, make([]byte, n-len(f.data))...)
	}
	return copy(f.data[at:], b), nil
}

func (f *memFile) ReadAt(b []byte, at int64) (int, error) {
	if err := f.m.call(); err != nil {
		return 0, err
	}
	n := copy(b, f.data[at:])
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

func (f *memFile) Close() error {
	f.m.open--
	return f.m.call()
}

// names returns the names of the parts in order.
func (m *memory) names() (list []string) {
	for name := range m.files {
		list = append(list, name)
	}
	sort.Strings(list)
	return list
}

// text returns a part.
func (m *memory) text(name string) string {
	if f := m.files[name]; f != nil {
		return string(f.data)
	}
	return ""
}

// all returns all parts one behind the other.
func (m *memory) all() string {
	var b strings.Builder
	for _, name := range m.names() {
		b.WriteString(m.text(name))
	}
	return b.String()
}

// tree invents an 837 with random levels.
type tree struct {
	version string // GS08 of the open group
	rnd     *rand.Rand
	d       x12.Delimiters
	out     bytes.Buffer
	newline string
	claims  int
	lines   int // service lines per claim, at most
	sets    int
}

var treeDelims = []string{"*:^~", "|>!\n", "*:~", "\x1d\x1f\x1e\x1c", "|^~'"}

func (g *tree) seg(elems ...string) {
	g.out.WriteString(strings.Join(elems, string(g.d.Element)))
	g.out.WriteByte(g.d.Segment)
	g.out.WriteString(g.newline)
}

func pad(s string, n int) string { return s + strings.Repeat(" ", n-len(s)) }

func (g *tree) isa(sender string, control int) {
	rep, version := "U", "00401"
	if g.d.Repetition != 0 {
		rep, version = string(g.d.Repetition), "00501"
	}
	g.seg("ISA", "00", pad("", 10), "00", pad("", 10), "ZZ", pad(sender, 15), "ZZ", pad("RECEIVER", 15), "260105", "0930", rep, version,
		fmt.Sprintf("%09d", control), "0", "T", string(g.d.Component))
}

// file837 makes a file of a few interchanges of a few groups of a few sets.
func file837(seed uint64, lines int) (text string, claims int) {
	rnd := rand.New(rand.NewPCG(seed, 837))
	d, ok := parseTreeDelims(treeDelims[rnd.IntN(len(treeDelims))])
	if !ok {
		panic("delimiters")
	}
	g := &tree{rnd: rnd, d: d, lines: lines, newline: []string{"", "\n", "\r\n"}[rnd.IntN(3)]}
	if d.Segment == '\n' {
		g.newline = ""
	}
	for i := range 1 + rnd.IntN(3) {
		g.isa([]string{"SENDER", "OTHER"}[rnd.IntN(2)], 101+i)
		groups := 1 + rnd.IntN(2)
		for k := range groups {
			control := strconv.Itoa(10*i + k + 1)
			g.version = []string{"005010X222A1", "005010X222"}[rnd.IntN(2)]
			g.seg("GS", "HC", "SENDER", "RECEIVER", "20260105", "0930", control, "X", g.version)
			sets := 1 + rnd.IntN(3)
			for n := range sets {
				g.set(fmt.Sprintf("%04d", n+1))
			}
			g.seg("GE", strconv.Itoa(sets), control)
		}
		g.seg("IEA", strconv.Itoa(groups), fmt.Sprintf("%09d", 101+i))
	}
	return g.out.String(), g.claims
}

func parseTreeDelims(s string) (x12.Delimiters, bool) {
	if len(s) == 4 {
		return x12.Delimiters{Element: s[0], Component: s[1], Repetition: s[2], Segment: s[3]}, true
	}
	return x12.Delimiters{Element: s[0], Component: s[1], Segment: s[2]}, len(s) == 3
}

// hl is a level of the plan that a set is written from, so that HL04 is known.
type hl struct {
	code   string
	claims int
	down   []hl
}

func (g *tree) plan() (list []hl) {
	some := func(n int) int { return max(0, g.rnd.IntN(n+2)-1) }
	for range some(3) {
		a := hl{code: "20"}
		for range some(4) {
			b := hl{code: "22", claims: some(3)}
			for range some(2) {
				b.down = append(b.down, hl{code: "23", claims: some(3)})
			}
			a.down = append(a.down, b)
		}
		list = append(list, a)
	}
	return list
}

func (g *tree) set(control string) {
	g.sets++
	from := g.out.Len()
	g.seg("ST", "837", control, g.version)
	g.seg("BHT", "0019", "00", "REF"+strconv.Itoa(g.sets), "20260105", "0930", "CH")
	g.seg("NM1", "41", "2", "RIVER CLINIC", "", "", "", "", "46", "SENDER")
	g.seg("NM1", "40", "2", "ACME HEALTH", "", "", "", "", "46", "RECEIVER")
	number := 0
	g.levels(g.plan(), 0, &number)
	segs := bytes.Count(g.out.Bytes()[from:], []byte{g.d.Segment})
	g.seg("SE", strconv.Itoa(segs+1), control)
}

func (g *tree) levels(list []hl, parent int, number *int) {
	for _, l := range list {
		*number++
		own, up, down := *number, "", "0"
		if parent > 0 {
			up = strconv.Itoa(parent)
		}
		if len(l.down) > 0 {
			down = "1"
		}
		g.seg("HL", strconv.Itoa(own), up, l.code, down)
		switch l.code {
		case "20":
			g.provider()
		case "22":
			g.seg("SBR", "P", "18", "", "", "", "", "", "", "CI")
			g.seg("NM1", "IL", "1", "DOE", "JANE", "", "", "", "MI", "MEM"+strconv.Itoa(own))
			id := []string{"ACME1", "acme1", "A/B C", "", strings.Repeat("LONG", 30)}[g.rnd.IntN(5)]
			name := []string{"ACME HEALTH", "", "OAK MUTUAL"}[g.rnd.IntN(3)]
			g.seg("NM1", "PR", "2", name, "", "", "", "", "PI", id)
		default:
			g.seg("PAT", "19")
			g.seg("NM1", "QC", "1", "DOE", "JIM")
		}
		for range l.claims {
			g.claim()
		}
		g.levels(l.down, own, number)
	}
}

func (g *tree) provider() {
	switch g.rnd.IntN(5) {
	case 0:
		g.seg("NM1", "85", "2", "NO ID CLINIC")
	case 1:
		g.seg("NM1", "85", "2", "TAX CLINIC")
		g.seg("REF", "EI", "123456789")
	default:
		g.seg("NM1", "85", "2", "RIVER CLINIC", "", "", "", "", "XX", []string{"1234567893", "1999999984", "1888888884"}[g.rnd.IntN(3)])
		g.seg("REF", "EI", "123456789")
	}
	g.seg("NM1", "87", "2")
	g.seg("REF", "EI", "555555555")
}

func (g *tree) claim() {
	g.claims++
	g.seg("CLM", "C-"+strconv.Itoa(g.claims), fmt.Sprintf("%d.%02d", g.rnd.IntN(5000), g.rnd.IntN(100)), "", "", "11"+string(g.d.Component)+"B")
	g.seg("NM1", "85", "2", "NOT A BILLING PROVIDER", "", "", "", "", "XX", "1777777776")
	for k := range g.rnd.IntN(g.lines + 1) {
		g.seg("LX", strconv.Itoa(k+1))
		g.seg("SV1", "HC"+string(g.d.Component)+"99213", "10", "UN", "1", "", "", "1", "")
	}
}

// claim is a claim with all that stands above it, HL01, HL02 and HL04 aside.
type claim struct {
	header string   // ISA06, GS08, ST01, ST03 and what follows up to the first HL
	levels []string // HL03 and what follows
	text   string
}

func (c claim) String() string {
	return c.header + "\n" + strings.Join(c.levels, "\n") + "\n" + c.text
}

// reading is what stands in a file, read without the code under test.
type reading struct {
	claims   []claim
	empty    []string // levels without claims, with what is above them
	charge   decimal.Decimal
	findings []string
	controls []string // ISA13 and GS06
	sets     []string // from ST to SE, ST02 and SE02 aside
	bodies   int      // segments other than envelopes
}

// read reads a file; strict checks the numbers of its levels.
func read(t require.TestingT, text string, strict bool) (r reading) {
	sink := func(i *x12.Issue) bool { r.findings = append(r.findings, i.Rule); return true }
	rd := x12.NewReader(strings.NewReader(text), x12.WithSink(sink))
	type open struct {
		number int
		hl01   string
		rank   int
		text   string
		leaf   bool
		down   string
		used   bool
	}
	var chain []open
	var header, sender, version string
	var set strings.Builder
	var cur *claim
	number, before := 0, 0
	flush := func() {
		if cur != nil {
			r.claims = append(r.claims, *cur)
			cur = nil
		}
	}
	pop := func(rank int) {
		flush()
		for len(chain) > 0 && chain[len(chain)-1].rank >= rank {
			top := chain[len(chain)-1]
			if strict {
				require.Equal(t, map[bool]string{true: "0", false: "1"}[top.leaf], top.down, "HL04")
			}
			if !top.used {
				path := header
				for _, l := range chain {
					path += "\n" + l.text
				}
				r.empty = append(r.empty, path)
				for i := range chain {
					chain[i].used = true
				}
			}
			chain = chain[:len(chain)-1]
		}
	}
	inside := false
	endSet := func() {
		pop(0)
		if inside && number == 0 && len(r.claims) == before {
			r.empty = append(r.empty, header)
		}
		if inside {
			r.sets = append(r.sets, set.String())
		}
		inside, before = false, len(r.claims)
	}
	for {
		s, err := rd.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return r
		}
		body := string(s.Bytes())
		e := func(i int) string { return string(s.Elem(i)) }
		id := s.ID.String()
		if strings.Contains(" ISA GS ST SE GE IEA ", " "+id+" ") {
			endSet()
		} else {
			r.bodies++
		}
		if !inside && (id == "CLM" || id == "CLP" || id == "HL") { // outside the sets
			continue
		}
		switch id {
		case "ISA":
			r.controls = append(r.controls, "ISA "+e(13))
			sender = e(6)
		case "GS":
			r.controls = append(r.controls, "GS "+e(6))
			version = e(8)
		case "ST":
			header = sender + " " + version + " " + e(1) + " " + e(3)
			set.Reset()
			set.WriteString(header)
			number, inside = 0, true
		case "SE", "GE", "IEA":
		case "HL":
			rank := map[string]int{"20": 1, "22": 2, "23": 3}[e(3)]
			for _, l := range chain {
				if rank == 0 && l.hl01 == e(2) && e(2) != "" {
					rank = min(l.rank+1, 4)
					break
				}
			}
			if rank == 0 {
				rank = 4
			}
			pop(rank)
			number++
			if strict {
				up := ""
				if len(chain) > 0 {
					up = strconv.Itoa(chain[len(chain)-1].number)
				}
				require.Equal(t, strconv.Itoa(number), e(1), "HL01")
				require.Equal(t, up, e(2), "HL02")
			}
			if len(chain) > 0 {
				chain[len(chain)-1].leaf = false
			}
			rest := ""
			for i := 5; i <= s.Len(); i++ {
				rest += "*" + e(i)
			}
			chain = append(chain, open{number: number, hl01: e(1), rank: rank, text: e(3) + rest, leaf: true, down: e(4)})
		case "CLM", "CLP":
			flush()
			cur = &claim{header: header, text: body}
			for i := range chain {
				chain[i].used = true
				cur.levels = append(cur.levels, chain[i].text)
			}
			n, _ := decimal.NewFromString(e(map[string]int{"CLM": 2, "CLP": 3}[id]))
			r.charge = r.charge.Add(n)
		default:
			switch {
			case cur != nil:
				cur.text += "\n" + body
			case len(chain) > 0:
				chain[len(chain)-1].text += "\n" + body
			default:
				header += "\n" + body
			}
		}
		if inside && id != "ST" {
			set.WriteString("\n" + body)
		}
	}
	endSet()
	return r
}

// texts returns the claims as sorted text.
func (r reading) texts() []string {
	list := make([]string, 0, len(r.claims))
	for _, c := range r.claims {
		list = append(list, c.String())
	}
	sort.Strings(list)
	return list
}

func sorted(list []string) []string {
	list = append([]string{}, list...)
	sort.Strings(list)
	return list
}

// split splits text into memory.
func split(t testing.TB, text string, o edit.Options) (*memory, edit.Result, []string) {
	t.Helper()
	var findings []string
	sink := func(i *x12.Issue) bool {
		findings = append(findings, i.Severity.String()+" "+i.Rule)
		require.NotContains(t, i.Message, "\n")
		require.LessOrEqual(t, i.Offset, int64(len(text)))
		return true
	}
	o.Sink = sink
	m := newMemory()
	res, err := edit.Split(x12.NewReader(strings.NewReader(text), x12.WithSink(sink)), m, o)
	require.NoError(t, err)
	require.Zero(t, m.open, "open files")
	return m, res, findings
}
