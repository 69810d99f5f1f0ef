package x12

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var pathTexts = []struct {
	text  string
	canon string // "" = text
	want  Path
}{
	{"2000[1]/2100[17]/2110[2]/CAS[2].03", "", Path{
		Loops: []PathStep{{ID: "2000", Index: 1}, {ID: "2100", Index: 17}, {ID: "2110", Index: 2}}, Segment: "CAS", SegIndex: 2, Element: 3}},
	{"SVC.01-2", "", Path{Segment: "SVC", Element: 1, Component: 2}},
	{"EB.03^4", "", Path{Segment: "EB", Element: 3, Repeat: 4}},
	{"EB.03^4-1", "", Path{Segment: "EB", Element: 3, Repeat: 4, Component: 1}},
	{"CLP", "", Path{Segment: "CLP"}},
	{"N1.4", "N1.04", Path{Segment: "N1", Element: 4}},
	{"CAS.004", "CAS.04", Path{Segment: "CAS", Element: 4}},
	{"ISA.16", "", Path{Segment: "ISA", Element: 16}},
	{"ZZZ.512", "", Path{Segment: "ZZZ", Element: 512}},
	{"2000[1]/2100[17]", "", Path{Loops: []PathStep{{ID: "2000", Index: 1}, {ID: "2100", Index: 17}}}},
	{"2000/2100", "", Path{Loops: []PathStep{{ID: "2000"}, {ID: "2100"}}}},
	{"HEADER", "", Path{Loops: []PathStep{{ID: "HEADER"}}}},
	{"2010AA/NM1[85].09", "", Path{Loops: []PathStep{{ID: "2010AA"}}, Segment: "NM1", SegIndex: 85, Element: 9}},
	{"2010AA/NM1[=85].09", "", Path{Loops: []PathStep{{ID: "2010AA"}}, Segment: "NM1", SegKey: "85", Element: 9}},
	{"NM1[QC].03", "", Path{Segment: "NM1", SegKey: "QC", Element: 3}},
	{"NM1[=QC].03", "NM1[QC].03", Path{Segment: "NM1", SegKey: "QC", Element: 3}},
	{"REF[1L][02]", "REF[1L][2]", Path{Segment: "REF", SegKey: "1L", SegIndex: 2}},
	{"DTM[=0232][3].02", "", Path{Segment: "DTM", SegKey: "0232", SegIndex: 3, Element: 2}},
	{"2000[=22][3]/2010BA[IL]/DMG", "", Path{
		Loops: []PathStep{{ID: "2000", Key: "22", Index: 3}, {ID: "2010BA", Key: "IL"}}, Segment: "DMG"}},
	{"INTERCHANGE/GROUP/SET/ST.02", "", Path{
		Loops: []PathStep{{ID: "INTERCHANGE"}, {ID: "GROUP"}, {ID: "SET"}}, Segment: "ST", Element: 2}},
	{"CAS[999999999].999999999^999999999-999999999", "", Path{
		Segment: "CAS", SegIndex: 999999999, Element: 999999999, Repeat: 999999999, Component: 999999999}},
}

func TestParsePath(t *testing.T) {
	for _, c := range pathTexts {
		p, err := ParsePath(c.text)
		require.NoError(t, err, c.text)
		assert.Equal(t, c.want, p, c.text)
		canon := c.canon
		if canon == "" {
			canon = c.text
		}
		assert.Equal(t, canon, p.String())
		again, err := ParsePath(p.String())
		require.NoError(t, err)
		assert.Equal(t, p, again)
	}
}

func TestParsePathErrors(t *testing.T) {
	for _, c := range []struct {
		text     string
		column   int
		expected string
	}{
		{"", 1, "a loop or segment ID"},
		{"/CLP", 1, "a loop or segment ID"},
		{"2000/", 6, "a loop or segment ID"},
		{"2000//CLP", 6, "a loop or segment ID"},
		{" CLP", 1, "a loop or segment ID"},
		{"CLP ", 4, "[, . or the end"},
		{"CLP[2] ", 7, ". or the end"},
		{"CLP[2][3]", 7, ". or the end"},
		{"CLP.", 5, "an element number"},
		{"CLP.A", 5, "an element number"},
		{"CLP.0", 5, "an element number from 1 up"},
		{"CLP.00", 5, "an element number from 1 up"},
		{"CLP.-1", 5, "an element number"},
		{"CLP.1234567890", 5, "an element number"},
		{"CLP.03:2", 7, "^, - or the end"},
		{"CLP.03/2100", 7, "^, - or the end"},
		{"EB.03^", 7, "a repetition number"},
		{"EB.03^0", 7, "a repetition number from 1 up"},
		{"EB.03^4.1", 8, "- or the end"},
		{"EB.03-", 7, "a component number"},
		{"EB.03-1^4", 8, "the end (a repetition stands before the component: EB.03^4-1)"},
		{"CAS[", 5, "a number or a qualifier"},
		{"CAS[]", 5, "a number or a qualifier"},
		{"CAS[=]", 5, "a number or a qualifier"},
		{"CAS[0]", 5, "a number or a qualifier from 1 up"},
		{"CAS[2", 6, "]"},
		{"CAS[QC", 7, "]"},
		{"CAS[QC][", 9, "a number"},
		{"CAS[QC][X]", 9, "a number"},
		{"CAS[QC][2", 10, "]"},
		{"CAS[-1]", 5, "a number or a qualifier"},
		{"2000[1]x", 8, "/ or the end"},
		{"2000/2100.01", 6, "a segment ID of 2 or 3 capital letters and digits before the element"},
		{"2100/clp.01", 6, "a segment ID of 2 or 3 capital letters and digits before the element"},
		{"2100/ClP.01", 6, "a segment ID of 2 or 3 capital letters and digits before the element"},
		{"2100/CLPX.01", 6, "a segment ID of 2 or 3 capital letters and digits before the element"},
		{"1ST.01", 1, "a segment ID of 2 or 3 capital letters and digits before the element"},
		{"2000/ABCDEFGHIJKLMNOPQ", 6, "a loop or segment ID of at most 16 characters"},
		{"REF[" + strings.Repeat("K", 81) + "]", 5, "a number or a qualifier"},
		{strings.Repeat("A/", 16) + "B", 33, "at most 16 loops"},
		{strings.Repeat("A/", 17) + "CLP", 33, "at most 16 loops"},
	} {
		_, err := ParsePath(c.text)
		var pe *PathError
		require.True(t, errors.As(err, &pe), c.text)
		assert.Equal(t, PathError{c.column, c.expected}, *pe, c.text)
	}
	_, err := ParsePath("CLP.A")
	assert.EqualError(t, err, "x12: path: column 5: expected an element number")
}

func TestPathText(t *testing.T) {
	type box struct {
		Path Path `json:"path"`
	}
	for _, c := range pathTexts {
		text, err := json.Marshal(box{c.want})
		require.NoError(t, err)
		var back box
		require.NoError(t, json.Unmarshal(text, &back))
		assert.Equal(t, c.want, back.Path)
	}
	text, err := pathTexts[0].want.AppendText([]byte("x"))
	require.NoError(t, err)
	assert.Equal(t, "x"+pathTexts[0].text, string(text))
	var p Path
	require.NoError(t, p.UnmarshalText(nil))
	assert.Empty(t, p.String())
	assert.Error(t, p.UnmarshalText([]byte("CLP.")))
	assert.Equal(t, "2100[17]", PathStep{ID: "2100", Index: 17}.String())
}

func FuzzParsePath(f *testing.F) {
	for _, c := range pathTexts {
		f.Add(c.text)
	}
	for _, s := range []string{"", "/", "CLP.", "CAS[", "CAS[=]", "EB.03-1^4", "2000[0]", "A[B][C]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParsePath(s)
		if err != nil {
			var pe *PathError
			require.True(t, errors.As(err, &pe))
			require.GreaterOrEqual(t, pe.Column, 1)
			require.LessOrEqual(t, pe.Column, len(s)+1)
			require.NotEmpty(t, pe.Expected)
			return
		}
		again, err := ParsePath(p.String())
		require.NoError(t, err)
		require.Equal(t, p, again)
	})
}
