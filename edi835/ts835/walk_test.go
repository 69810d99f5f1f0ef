package ts835_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
)

// samples returns the files of a folder of testdata/835 by name, and with "corpus" those of EDI_CORPUS, if it is set.
func samples(t testing.TB, dirs ...string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for _, dir := range dirs {
		pattern := "../../testdata/835/" + dir + "/*"
		if dir == "corpus" || dir == "bad" {
			root := os.Getenv("EDI_CORPUS")
			if root == "" {
				continue
			}
			pattern = filepath.Join(root, "835", "*.edi")
			if dir == "bad" {
				pattern = filepath.Join(root, "bad", "835-*.edi")
			}
		}
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		require.NotEmpty(t, files, dir)
		for _, f := range files {
			b, err := os.ReadFile(f)
			require.NoError(t, err)
			out[dir+"/"+filepath.Base(f)] = b
		}
	}
	return out
}

// names returns the names of samples in order.
func names(m map[string][]byte) []string {
	var out []string
	for n := range m {
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

// piece is a stretch of a stream: the segments of a set, or what stands between sets.
type piece struct {
	set   bool
	texts []string // segments with their terminators
	delim x12.Delimiters
}

// pieces cuts a stream up.
func pieces(t testing.TB, src []byte) []piece {
	var out []piece
	r := x12.NewReader(bytes.NewReader(src))
	var last *x12.Set
	for {
		s, err := r.Read()
		if err == io.EOF {
			return out
		}
		require.NoError(t, err)
		set := r.Set()
		if len(out) == 0 || (set != nil) != out[len(out)-1].set || set != last {
			out = append(out, piece{set: set != nil, delim: s.Delims})
		}
		last = set
		p := &out[len(out)-1]
		p.texts = append(p.texts, string(s.Bytes())+string(s.Delims.Segment))
	}
}

// joinPieces is the reverse of pieces.
func joinPieces(list []piece) []byte {
	var b bytes.Buffer
	for _, p := range list {
		for _, s := range p.texts {
			b.WriteString(s)
		}
	}
	return b.Bytes()
}

// placed walks every set of a stream.
func placed(t testing.TB, src []byte) (list []guide.Placement, rules []string) {
	w := guide.NewWalker(ts835.X221A1, func(i *x12.Issue) { rules = append(rules, i.Rule) })
	r := x12.NewReader(bytes.NewReader(src))
	var last *x12.Set
	for {
		s, err := r.Read()
		set := r.Set()
		if last != nil && (err != nil || set != last) {
			w.End()
			w.Reset()
		}
		if err == io.EOF {
			return list, rules
		}
		require.NoError(t, err)
		if last = set; set != nil {
			list = append(list, w.Walk(s))
		}
	}
}

// TestWalkFaults takes sound files apart: one segment gone or doubled costs at most three findings of the structure, two that
// have changed places at most four, a required one that is gone at least one, and one that no guide knows exactly one.
func TestWalkFaults(t *testing.T) {
	files := samples(t, "valid", "corpus")
	for _, name := range names(files) {
		list := pieces(t, files[name])
		for n := range list {
			if !list[n].set || len(list[n].texts) < 3 {
				continue
			}
			walkFaults(t, name, list[n])
		}
	}
}

func walkFaults(t *testing.T, name string, p piece) {
	front := "ISA*00*          *00*          *ZZ*S              *ZZ*R              *260101*1200*^*00501*000000001*0*T*:~GS*HP*S*R*20260101*1200*1*X*005010X221A1~"
	front = strings.NewReplacer("*", string(p.delim.Element), ":", string(p.delim.Component), "~", string(p.delim.Segment)).Replace(front)
	if p.delim.Repetition != 0 {
		front = strings.ReplaceAll(front, "^", string(p.delim.Repetition))
	} else {
		front = strings.Replace(strings.Replace(front, "^", "U", 1), "00501", "00401", 1)
	}
	try := func(texts []string) ([]guide.Placement, []string) {
		return placed(t, []byte(front+strings.Join(texts, "")))
	}
	was, rules := try(p.texts)
	if len(rules) > 0 { // a sample of others that is not sound
		return
	}
	require.Len(t, was, len(p.texts), name)
	step := max(1, len(p.texts)/30)
	for i := 1; i < len(p.texts)-1; i += step {
		slot := &ts835.X221A1.Slots[was[i].Slot]
		single := slot.Usage == guide.Required && slot.Max == 1
		if slot.Trigger {
			l := &ts835.X221A1.Loops[slot.Loop]
			single = l.Usage == guide.Required && l.Max == 1 || slot.Name == "2100/CLP"
		}
		_, rules := try(slices.Delete(slices.Clone(p.texts), i, i+1))
		require.LessOrEqual(t, len(rules), 3, "%s: without segment %d %s: %v", name, i+1, slot.Name, rules)
		if single {
			require.NotEmpty(t, rules, "%s: without segment %d %s", name, i+1, slot.Name)
		}
		_, rules = try(slices.Insert(slices.Clone(p.texts), i, p.texts[i]))
		require.LessOrEqual(t, len(rules), 3, "%s: segment %d %s twice: %v", name, i+1, slot.Name, rules)
		if single && slot.Name != "2100/CLP" {
			require.NotEmpty(t, rules, "%s: segment %d %s twice", name, i+1, slot.Name)
		}
		if i+1 < len(p.texts)-1 {
			c := slices.Clone(p.texts)
			c[i], c[i+1] = c[i+1], c[i]
			_, rules = try(c)
			require.LessOrEqual(t, len(rules), 4, "%s: segment %d %s behind the next: %v", name, i+1, slot.Name, rules)
		}
		now, rules := try(slices.Insert(slices.Clone(p.texts), i, "ZZZ"+string(p.delim.Element)+"1"+string(p.delim.Segment)))
		require.Equal(t, []string{guide.RuleSegmentUnknown}, rules, "%s: an unknown segment before %d", name, i+1)
		require.Equal(t, was, slices.Delete(now, i, i+1), "%s: what stands around an unknown segment before %d", name, i+1)
	}
}
