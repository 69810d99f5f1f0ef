package validate_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi270"
	"github.com/x12-go/edi/edi271"
	"github.com/x12-go/edi/edi834"
	"github.com/x12-go/edi/edi835"
	"github.com/x12-go/edi/edi837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
	"github.com/x12-go/edi/x12/validate"
)

// TestMutations breaks good files in one place each and looks for a finding at that place, few in number. What a
// change breaks is taken from the tables of the guide (usage, maximum, order, type) and from the equations of balancing, not from
// the findings. The files are the official examples of the corpus and our own valid ones.
func TestMutations(t *testing.T) {
	v, err := validate.New(validate.Options{Level: 5, Packs: []validate.Pack{edi835.Rules(), edi837.Rules(), edi834.Rules(), edi270.Rules(), edi271.Rules()}})
	require.NoError(t, err)
	require.NoError(t, v.Compile())
	scores := map[string]*score{}
	for _, f := range goodFiles(t) {
		m := mutator{v: v, name: f.name, text: f.text, scores: scores}
		m.read(t)
		if m.dirty {
			continue // its own findings would hide others
		}
		m.structure()
		m.elements()
		m.amounts()
		m.levels()
		m.counts()
	}
	for _, class := range classes {
		s := scores[class]
		if s == nil {
			continue
		}
		t.Logf("%-22s %6d changes: %6.2f %% found, %6.2f %% at the right segment, %6.2f %% with at most 3 findings", class, s.all, s.percent(s.found), s.percent(s.placed), s.percent(s.few))
		if s.percent(s.found) < 99 || s.percent(s.placed) < 99 || s.percent(s.few) < 99 {
			t.Errorf("%s: expected 99 %% of each", class)
		}
		for _, line := range s.missed {
			t.Log("    " + line)
		}
	}
	require.NotEmpty(t, scores)
}

var classes = []string{"delete", "duplicate", "swap", "blank", "code", "long", "date", "letter", "cent", "level", "count"}

// score counts the changes of a class.
type score struct {
	all, found, placed, few int
	missed                  []string
}

func (s *score) percent(n int) float64 { return 100 * float64(n) / float64(max(s.all, 1)) }

type goodFile struct {
	name string
	text []byte
}

// goodFiles returns the official examples, where the corpus is there, and our own valid files of one set or few.
func goodFiles(t *testing.T) (out []goodFile) {
	add := func(name string) {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		if len(text) < 20_000 {
			out = append(out, goodFile{filepath.Base(filepath.Dir(name)) + "/" + filepath.Base(name), text})
		}
	}
	if dir := os.Getenv("EDI_CORPUS"); dir != "" {
		manifest, err := os.ReadFile(filepath.Join(dir, "manifest.tsv"))
		require.NoError(t, err)
		for line := range strings.Lines(string(manifest)) {
			f := strings.Split(line, "\t")
			if strings.Contains(line, "official guide example") && slices.Contains([]string{"835", "837", "837p", "837i", "837d", "834", "270", "271"}, f[1]) {
				add(filepath.Join(dir, f[0]))
			}
		}
	}
	for _, pattern := range []string{"837/valid/?-*.edi", "835/valid/*.edi", "834/valid/*.edi", "27?/valid/*.edi"} {
		names, err := filepath.Glob("../../testdata/" + pattern)
		require.NoError(t, err)
		for i, name := range names {
			if i%3 == 0 || !testing.Short() {
				add(name)
			}
		}
	}
	require.NotEmpty(t, out)
	return out
}

// part is a segment of a good file.
type part struct {
	at, end int // in the text, its terminator not included
	next    int // where the next one begins
	slot    guide.SlotID
	table   *guide.Table
	ordinal int
	set     int // running number of its set
	tape    int // running number of its tape
	elems   []string
}

type mutator struct {
	v      *validate.Validator
	name   string
	text   []byte
	delims x12.Delimiters
	parts  []part
	dirty  bool
	scores map[string]*score
}

// read takes the file apart.
func (m *mutator) read(t *testing.T) {
	sets, tapes := 0, 0
	err := m.v.Run(bytes.NewReader(m.text), func(s *codec.Step) {
		for _, i := range s.Issues {
			if i.Severity >= x12.Warning {
				m.dirty = true
			}
		}
		if s.Tape == nil {
			return
		}
		if s.Kind == codec.Begin {
			sets++
		}
		tapes++
		m.dirty = m.dirty || len(m.parts) > 0 && m.delims != s.Tape.Delims // one form of segment is all this test makes
		m.delims = s.Tape.Delims
		for i := range s.Tape.Segs {
			g := &s.Tape.Segs[i]
			if g.Flag != 0 || g.Slot == 0 {
				m.dirty = true
				return
			}
			text := s.Tape.Text(i)
			at := int(s.Tape.Offset(i))
			m.parts = append(m.parts, part{
				at: at, end: at + len(text), next: at + len(text) + 1, slot: g.Slot, table: s.Tape.Table, ordinal: s.Tape.Ordinal(i),
				set: sets, tape: tapes, elems: strings.Split(string(text), string(rune(m.delims.Element))),
			})
		}
	}, nil)
	require.NoError(t, err, m.name)
	for i := range m.parts[:max(len(m.parts)-1, 0)] {
		if m.parts[i+1].at > m.parts[i].at {
			m.parts[i].next = m.parts[i+1].at
		}
	}
}

// try checks one changed file: parts from..to are replaced by with, whole segments with their terminators. Right says whether a finding
// is at the right place.
func (m *mutator) try(class string, from, to int, with string, recount int, right func(*x12.Issue) bool) {
	p := m.parts[from]
	text := slices.Concat(m.text[:p.at], []byte(with), m.text[m.parts[to].next:])
	if recount != 0 {
		for i := from; i < len(m.parts); i++ {
			if m.parts[i].set == p.set && m.parts[i].elems[0] == "SE" {
				n, _ := strconv.Atoi(m.parts[i].elems[1])
				shift := len(text) - len(m.text)
				old := strings.Join(m.parts[i].elems, string(rune(m.delims.Element)))
				e := slices.Clone(m.parts[i].elems)
				e[1] = strconv.Itoa(n + recount)
				at := m.parts[i].at + shift
				text = slices.Concat(text[:at], []byte(strings.Join(e, string(rune(m.delims.Element)))), text[at+len(old):])
				break
			}
		}
	}
	m.judge(class, from, text, right)
}

func (m *mutator) judge(class string, from int, text []byte, right func(*x12.Issue) bool) {
	var list []*x12.Issue
	err := m.v.Run(bytes.NewReader(text), nil, func(i *x12.Issue) bool {
		if i.Severity >= x12.Warning {
			list = append(list, i)
		}
		return true
	})
	s := m.scores[class]
	if s == nil {
		s = &score{}
		m.scores[class] = s
	}
	s.all++
	ok := true
	what := "found"
	if len(list) > 0 || err != nil {
		s.found++
	} else {
		ok, what = false, "not found"
	}
	if slices.ContainsFunc(list, right) {
		s.placed++
	} else if ok {
		ok, what = false, "elsewhere"
	}
	if len(list) <= 3 {
		s.few++
	} else {
		ok, what = false, fmt.Sprintf("%d findings", len(list))
	}
	if !ok && len(s.missed) < 25 {
		p := m.parts[from]
		line := fmt.Sprintf("%s: %s segment %d (%s): %s", m.name, class, p.ordinal, strings.Join(p.elems[:min(3, len(p.elems))], "*"), what)
		for _, i := range list[:min(len(list), 4)] {
			line += fmt.Sprintf("; %s #%d %s [%s]", i.Path(), i.Segment, i.Message, i.Rule)
		}
		s.missed = append(s.missed, line)
	}
}

func (m *mutator) segment(elems []string) string {
	return strings.Join(elems, string(rune(m.delims.Element))) + string(rune(m.delims.Segment))
}

// near accepts findings from the segment before the change to the one behind it, and those that name the segment that is missing.
func near(p part) func(*x12.Issue) bool {
	return func(i *x12.Issue) bool {
		return i.Segment >= p.ordinal-1 && i.Segment <= p.ordinal+1 || i.SegID == p.elems[0] && i.Segment >= p.ordinal
	}
}

// body reports whether a segment may be moved about: not of the envelope.
func (p *part) body() bool { return p.elems[0] != "ST" && p.elems[0] != "SE" }

// structure deletes, doubles and swaps segments.
func (m *mutator) structure() {
	uses := map[[2]int]int{} // by tape and slot, in the parent instance: approximated by the run of parts between triggers
	key := func(i int) [2]int {
		j := i
		for j > 0 && m.parts[j-1].tape == m.parts[i].tape && !m.parts[j].table.Slots[m.parts[j].slot].Trigger {
			j--
		}
		return [2]int{j, int(m.parts[i].slot)}
	}
	for i := range m.parts {
		uses[key(i)]++
	}
	for i := range m.parts {
		p := &m.parts[i]
		if !p.body() {
			continue
		}
		slot := &p.table.Slots[p.slot]
		whole := string(m.text[p.at:p.next])
		followed := i+1 < len(m.parts) && m.parts[i+1].set == p.set && m.parts[i+1].table.Slots[m.parts[i+1].slot].Loop == slot.Loop && !m.parts[i+1].table.Slots[m.parts[i+1].slot].Trigger
		required := !slot.Trigger && slot.Usage == guide.Required && uses[key(i)] == 1
		if required || slot.Trigger && followed && !m.adopts(i) {
			m.try("delete", i, i, "", -1, near(*p))
		}
		if !slot.Trigger && slot.Max > 0 && uses[key(i)] == int(slot.Max) || slot.Trigger && (slot.ID == x12.ID("HL") || slot.Counts > 0) {
			m.try("duplicate", i, i, whole+whole, 1, near(*p))
		}
		if i+1 < len(m.parts) && m.parts[i+1].tape == p.tape && m.parts[i+1].body() {
			q := &m.parts[i+1]
			next := &q.table.Slots[q.slot]
			if slot.Loop == next.Loop && !slot.Trigger && !next.Trigger && slot.Rank < next.Rank {
				m.try("swap", i, i+1, string(m.text[q.at:q.next])+whole, 0, near(*p))
			}
		}
	}
}

// adopts reports whether the segment behind the trigger i finds a good place without it: in the loop that is open in front of it.
func (m *mutator) adopts(i int) bool {
	q := &m.parts[i+1]
	own := &q.table.Slots[q.slot]
	for k := range q.table.Slots {
		s := &q.table.Slots[k]
		if k > 0 && s.ID == own.ID && (s.Key == 0 || slices.Contains(s.Keys, q.elems[s.Key])) {
			for j := i - 1; j >= 0 && m.parts[j].set == q.set; j-- {
				if m.parts[j].tape != q.tape {
					break
				}
				if q.table.Slots[m.parts[j].slot].Loop == s.Loop {
					return true
				}
			}
		}
	}
	return false
}

// elements changes the simple elements and components of every segment.
func (m *mutator) elements() {
	for i := range m.parts {
		p := &m.parts[i]
		if !p.body() {
			continue
		}
		slot := &p.table.Slots[p.slot]
		for n := 1; n < len(p.elems); n++ {
			e := p.table.Elem(p.slot, n)
			if e == nil || p.elems[n] == "" || slot.ID == x12.ID("HL") {
				continue
			}
			change := func(class, v string) {
				elems := slices.Clone(p.elems)
				elems[n] = v
				ordinal := p.ordinal
				m.try(class, i, i, m.segment(elems), 0, func(f *x12.Issue) bool { return f.Segment == ordinal })
			}
			if e.Usage == guide.Required {
				change("blank", "")
			}
			if e.Kind == guide.Composite {
				m.component(i, n, e)
				continue
			}
			if strings.ContainsRune(p.elems[n], rune(m.delims.Repetition)) {
				continue
			}
			m.value(e, p.elems[n], int(slot.Key) == n && slot.KeyComp == 0, change)
			if n > 1 && e.DE == "1251" {
				switch p.elems[n-1] {
				case "D8":
					change("date", "20251340")
				case "RD8":
					change("date", "20250101-20250231")
				}
			}
		}
	}
}

// component changes the first repetition of a composite.
func (m *mutator) component(i, n int, e *guide.Element) {
	p := &m.parts[i]
	if strings.ContainsRune(p.elems[n], rune(m.delims.Repetition)) && m.delims.Repetition != 0 {
		return
	}
	sep := string(rune(m.delims.Component))
	comps := strings.Split(p.elems[n], sep)
	slot := &p.table.Slots[p.slot]
	for c := range comps {
		k := p.table.Comp(e, c+1)
		if k == nil || comps[c] == "" {
			continue
		}
		change := func(class, v string) {
			elems, own := slices.Clone(p.elems), slices.Clone(comps)
			own[c] = v
			elems[n] = strings.Join(own, sep)
			ordinal := p.ordinal
			m.try(class, i, i, m.segment(elems), 0, func(f *x12.Issue) bool { return f.Segment == ordinal })
		}
		if k.Usage == guide.Required && len(comps) > 1 {
			change("blank", "")
		}
		m.value(k, comps[c], int(slot.Key) == n && int(slot.KeyComp) == c+1, change)
	}
}

// value changes one simple value as its type asks.
func (m *mutator) value(e *guide.Element, v string, key bool, change func(class, v string)) {
	switch e.Kind {
	case guide.IDCode:
		if len(e.Codes) > 0 || key {
			change("code", strings.Repeat("?", max(int(e.Min), 1)))
		}
	case guide.AN:
		if n := utf8.RuneCountInString(v); e.Max < 90 && len(e.Codes) == 0 && n <= int(e.Max) {
			change("long", v+strings.Repeat("X", int(e.Max)+1-n))
		}
	case guide.R, guide.N:
		change("letter", v[:len(v)-1]+"O")
	case guide.DT:
		change("date", v[:len(v)-2]+"32")
	case guide.TM:
		change("date", "25"+v[2:])
	}
}

// equations are the elements whose amounts stand in an equation of balancing, by set.
var equations = map[string][]string{
	"835": {"BPR.2", "CLP.3", "CLP.4", "SVC.2", "SVC.3", "CAS.3", "CAS.6", "PLB.4", "PLB.6"},
	"837": {"CLM.2", "SV1.2", "SV2.3", "SV3.2", "SVD.2"},
}

// amounts changes amounts by a cent.
func (m *mutator) amounts() {
	for i := range m.parts {
		p := &m.parts[i]
		for _, place := range equations[p.table.Set] {
			id, elem, _ := strings.Cut(place, ".")
			n, _ := strconv.Atoi(elem)
			if p.elems[0] != id || n >= len(p.elems) || p.elems[n] == "" {
				continue
			}
			num, ok := x12.ParseNumber(p.elems[n])
			if !ok {
				continue
			}
			var sum x12.Sum
			sum.Add(num)
			sum.Add(x12.NewNumber(1, 2))
			elems := slices.Clone(p.elems)
			elems[n] = sum.String()
			// An amount is told where the equation it breaks is: at the line, the claim or the payment.
			m.try("cent", i, i, m.segment(elems), 0, func(f *x12.Issue) bool {
				return f.Level == 3 && (f.Segment == p.ordinal || slices.Contains([]string{"SVC", "CLP", "BPR", "CLM", "SVD", "SV1", "SV2", "SV3", "LX", "AMT", "SBR", "CAS"}, f.SegID))
			})
		}
	}
}

// levels breaks HL segments.
func (m *mutator) levels() {
	for i := range m.parts {
		p := &m.parts[i]
		if p.elems[0] != "HL" {
			continue
		}
		for n, v := range []string{"", "77", "88", "99", "7"} {
			if n == 0 || n >= len(p.elems) || n == 2 && p.elems[2] == "" {
				continue
			}
			elems := slices.Clone(p.elems)
			elems[n] = v
			m.try("level", i, i, m.segment(elems), 0, near(*p))
		}
	}
}

// counts breaks the counts and control numbers of the trailers.
func (m *mutator) counts() {
	text := string(m.text)
	d, end := string(rune(m.delims.Element)), string(rune(m.delims.Segment))
	for _, id := range []string{"SE", "GE", "IEA"} {
		at := strings.LastIndex(text, end+"\n"+id+d)
		if at < 0 {
			at = strings.LastIndex(text, end+id+d)
		}
		if at < 0 {
			continue
		}
		at = at + strings.Index(text[at:], id+d)
		stop := at + strings.Index(text[at:], end)
		elems := strings.Split(text[at:stop], d)
		for n := 1; n < len(elems) && n <= 2; n++ {
			own := slices.Clone(elems)
			own[n] = strings.Repeat("0", max(len(own[n])-1, 0)) + "9"
			if own[n] == elems[n] {
				continue
			}
			changed := text[:at] + strings.Join(own, d) + text[stop:]
			m.judge("count", len(m.parts)-1, []byte(changed), func(f *x12.Issue) bool { return strings.HasPrefix(f.Rule, "envelope/") && f.SegID == id })
		}
	}
}
