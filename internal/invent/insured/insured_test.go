package insured

import (
	"io"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/x12-go/edi/internal/invent"
)

func TestDraw(t *testing.T) {
	tables := NewTables()
	r := invent.Stream(1, 1)
	relations := map[string]int{}
	for range 500 {
		s := tables.Subscriber(&r, &tables.Sources[2])
		assert.True(t, s.Birth < 19600000 && s.Birth > 19320000, s.Birth)
		s = tables.Subscriber(&r, &tables.Sources[0])
		assert.True(t, s.Birth > 19580000 && s.Relation == "18")
		d := tables.Dependent(&r, &s)
		assert.Equal(t, []any{s.Last, s.Place, s.Member, s.Group}, []any{d.Last, d.Place, d.Member, d.Group})
		relations[d.Relation]++
	}
	assert.InDelta(t, 190, relations["01"], 50)
	assert.Positive(t, relations["34"])
	assert.Len(t, relations, 3)
	seen := map[string]bool{}
	for _, list := range [][]Party{tables.Sources, tables.Receivers, tables.Clinicians} {
		for i := range list {
			p := &list[i]
			assert.EqualValues(t, i, p.Number)
			assert.False(t, seen[p.ID], p.ID)
			seen[p.ID] = true
			assert.NotEqual(t, p.Name == "", p.Person.Last == "")
		}
	}
}

func TestWrite(t *testing.T) {
	w := invent.NewWire(io.Discard, "", false)
	Level(&w, 1, 0, "20", true)
	Level(&w, 2, 1, "21", false)
	(&Party{Role: "PR", Name: "A PAYER", Qualifier: "PI", ID: "P1"}).Write(&w)
	(&Party{Role: "1P", Person: invent.Name{Last: "HOLT", First: "ESME"}, Qualifier: "XX", ID: "1"}).Write(&w)
	w.Open("NM1")
	(&Person{Member: 42}).MemberID(&w, "MI")
	w.End()
	assert.Equal(t, "HL*1**20*1~HL*2*1*21*0~NM1*PR*2*A PAYER*****PI*P1~NM1*1P*1*HOLT*ESME****XX*1~NM1*MI*W000000042~", string(w.B))
}
