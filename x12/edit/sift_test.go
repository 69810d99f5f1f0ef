package edit_test

import (
	"errors"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/edit"
)

// judge finds bad what begins with one of some texts.
type judge struct {
	t             *testing.T
	text          string
	bad           []string
	last          int64
	good, badSide edit.Members
}

func (j *judge) Bad(offset int64) bool {
	require.GreaterOrEqual(j.t, offset, j.last, "asked in the order of the stream")
	j.last = offset
	for _, b := range j.bad {
		if strings.HasPrefix(j.text[offset:], b) {
			return true
		}
	}
	return false
}

func (j *judge) Members(int64) (good, bad edit.Members) { return j.good, j.badSide }

// sift parts text by what is bad and returns both files.
func sift(t *testing.T, text string, j *judge) (good, bad string, res edit.Result) {
	t.Helper()
	m := newMemory()
	j.t, j.text = t, text
	res, err := edit.Sift(x12.NewReader(strings.NewReader(text)), m, j, edit.Options{Newline: true})
	require.NoError(t, err)
	require.Zero(t, m.open)
	for _, name := range m.names() {
		require.Contains(t, []string{edit.GoodName, edit.BadName}, name)
	}
	file := func(name string) string {
		for _, n := range m.names() {
			if n == name {
				return m.text(name)
			}
		}
		return ""
	}
	return file(edit.GoodName), file(edit.BadName), res
}

func own(t *testing.T, name string) string {
	b, err := os.ReadFile(filepath.Join("..", "..", "testdata", filepath.FromSlash(name)))
	require.NoError(t, err)
	return string(b)
}

// levels returns the segments that begin with one of some identifiers.
func levels(text string, ids ...string) (list []string) {
	for s := range strings.SplitSeq(text, "~") {
		s = strings.TrimSpace(s)
		for _, id := range ids {
			if strings.HasPrefix(s, id+"*") {
				list = append(list, s)
			}
		}
	}
	return list
}

func TestSiftClaims(t *testing.T) {
	body := "BHT*0019*00*1*20250101*1200*CH~HL*1**20*1~" + billing + "HL*2*1*22*1~" + subscriber + "CLM*A*1~LX*1~HL*3*2*23*0~" + patient + "CLM*B*2~CLM*C*4~HL*4*1*22*0~" + subscriber + "CLM*D*8~"
	text := envelope(set("0001", body), set("0002", body))
	good, bad, res := sift(t, text, &judge{bad: []string{"CLM*B"}})
	require.Equal(t, []string{"HL*1**20*1", "HL*2*1*22*1", "CLM*A*1", "HL*3*2*23*0", "CLM*C*4", "HL*4*1*22*0", "CLM*D*8"}, levels(good, "HL", "CLM")[:7])
	require.Equal(t, []string{"HL*1**20*1", "HL*2*1*22*1", "HL*3*2*23*0", "CLM*B*2", "HL*1**20*1", "HL*2*1*22*1", "HL*3*2*23*0", "CLM*B*2"}, levels(bad, "HL", "CLM"))
	require.Equal(t, int64(8), res.In.Claims)
	require.Equal(t, int64(8), res.Out.Claims)

	good, bad, _ = sift(t, text, &judge{bad: []string{"HL*4"}}) // a level itself; what stands below is asked for too
	require.Equal(t, []string{"CLM*A*1", "CLM*B*2", "CLM*C*4", "CLM*D*8"}, levels(good, "CLM")[:4])
	require.Empty(t, bad)
	good, bad, _ = sift(t, text, &judge{bad: []string{"ST*837*0001"}})
	require.Equal(t, []string{"CLM*A*1", "CLM*B*2", "CLM*C*4", "CLM*D*8"}, levels(good, "CLM"))
	require.Equal(t, levels(good, "CLM", "HL"), levels(bad, "CLM", "HL"))
	good, bad, _ = sift(t, text, &judge{bad: []string{"ST*"}})
	require.Empty(t, good)
	require.Equal(t, strings.ReplaceAll(text, "\n", ""), strings.ReplaceAll(bad, "\n", ""))
}

func TestSiftWhole(t *testing.T) {
	text := envelope(set835("0001", party("1", "", "FI*1"), 3, 9), set835("0002", party("1", "", "FI*1"), 1, 1))
	good, bad, res := sift(t, text, &judge{bad: []string{"CLP*", "ST*835*0002"}})
	require.Len(t, levels(good, "CLP"), 3, "a payment is not cut")
	require.Len(t, levels(bad, "CLP"), 1)
	require.Equal(t, res.In.Payment.Cmp(&res.Out.Payment), 0)

	good, bad, _ = sift(t, envelope("ST*999*0001~AK1*HC*1~AK9*A*1*1*1~SE*4*0001~")+"TA1*1*250101*1200*A*000~", &judge{})
	require.Contains(t, good, "AK9*A*1*1*1")
	require.Empty(t, levels(bad, "AK1"))
}

// TestSiftMembers makes the totals of an 834 those of each part.
func TestSiftMembers(t *testing.T) {
	text := own(t, "834/valid/three-members.edi")
	require.Equal(t, []string{"QTY*TO*3", "QTY*ET*2", "QTY*DT*1"}, levels(text, "QTY"))
	members := levels(text, "INS")
	good, bad, res := sift(t, text, &judge{bad: []string{members[2]}, good: edit.Members{Total: 2, Subscribers: 1, Dependents: 1}, badSide: edit.Members{Total: 1, Subscribers: 1}})
	require.Equal(t, members[:2], levels(good, "INS"))
	require.Equal(t, members[2:], levels(bad, "INS"))
	require.Equal(t, []string{"QTY*TO*2", "QTY*ET*1", "QTY*DT*1"}, levels(good, "QTY"))
	require.Equal(t, []string{"QTY*TO*1", "QTY*ET*1", "QTY*DT*0"}, levels(bad, "QTY"))
	require.Equal(t, int64(3), res.Out.Claims)
}

// TestSiftSubjects keeps dependents with their subscriber.
func TestSiftSubjects(t *testing.T) {
	body := "BHT*0022*13*1*20250101*1200~HL*1**20*1~NM1*PR*2*X~HL*2*1*21*1~NM1*1P*2*Y~HL*3*2*22*0~NM1*IL*1*A~EQ*30~HL*4*2*22*1~NM1*IL*1*B~HL*5*4*23*0~NM1*03*1*C~EQ*30~HL*6*4*23*0~NM1*03*1*D~EQ*30~HL*7*2*22*0~NM1*IL*1*E~EQ*30~"
	text := strings.ReplaceAll(envelope(set("0001", body)), "ST*837", "ST*270")
	good, bad, res := sift(t, text, &judge{bad: []string{"HL*4"}})
	require.Equal(t, []string{"HL*1**20*1", "HL*2*1*21*1", "HL*3*2*22*0", "HL*4*2*22*0", "NM1*IL*1*A", "NM1*IL*1*E"}, append(levels(good, "HL"), levels(good, "NM1*IL")...))
	require.Equal(t, []string{"HL*1**20*1", "HL*2*1*21*1", "HL*3*2*22*1", "HL*4*3*23*0", "HL*5*3*23*0"}, levels(bad, "HL"))
	require.Equal(t, int64(4), res.In.Claims)
	require.Equal(t, int64(4), res.Out.Claims)
}

// FuzzSift sifts anything by any verdicts: no panic, and all claims are in one of the two files, byte for byte.
func FuzzSift(f *testing.F) {
	claim := "HL*1**20*1~" + billing + "HL*2*1*22*1~" + subscriber + "CLM*A*1~LX*1~HL*3*2*23*0~" + patient + "CLM*B*2~"
	whole := envelope(set("0001", claim), set("0002", claim))
	f.Add([]byte(whole), uint8(1))
	f.Add([]byte(strings.ReplaceAll(whole, "HL*3", "HL*9*9*77")), uint8(3))
	f.Add([]byte(strings.ReplaceAll(strings.ReplaceAll(whole, "ST*837", "ST*834"), "CLM*", "INS*Y*")), uint8(7))
	f.Add([]byte(strings.ReplaceAll(strings.ReplaceAll(whole, "ST*837", "ST*271"), "CLM*", "EB*1*")), uint8(5))
	f.Add([]byte("QTY*TO*2~"+whole[:len(whole)/2]), uint8(2))
	f.Fuzz(func(t *testing.T, data []byte, seed uint8) {
		if len(data) > 1<<15 {
			return
		}
		m := newMemory()
		_, err := edit.Sift(x12.NewReader(strings.NewReader(string(data))), m, dice{seed}, edit.Options{Newline: seed%2 == 0})
		require.Zero(t, m.open)
		var issue *x12.Issue
		if errors.As(err, &issue) {
			return
		}
		require.NoError(t, err)
		want, clean := fuzzClaims(string(data))
		if !clean {
			return
		}
		var got []string
		for _, name := range m.names() {
			claims, clean := fuzzClaims(m.text(name))
			require.True(t, clean, "%s of clean input has findings", name)
			got = append(got, claims...)
		}
		sort.Strings(want)
		sort.Strings(got)
		require.Equal(t, want, got)
	})
}

// dice judges by offsets.
type dice struct{ seed uint8 }

func (d dice) Bad(offset int64) bool { return uint8(offset*31)%13 < d.seed%13 }

func (d dice) Members(int64) (good, bad edit.Members) { return edit.Members{Total: 1}, edit.Members{} }
