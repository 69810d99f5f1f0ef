package ack

import (
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
)

// ta1Table has the elements of a TA1, which stands in no set and in no guide file. It is read-only, as all tables are.
var ta1Table = &guide.Table{
	ID:    "TA1",
	Title: "Interchange Acknowledgment",
	Loops: []guide.Loop{{Usage: guide.Required, Max: 1}},
	Slots: []guide.Slot{{}, {ID: idTA1, Max: 1, Usage: guide.Required, Count: 5, Name: "TA1", Field: "*", Title: "Interchange Acknowledgment"}},
	Elements: []guide.Element{
		{DE: "I12", Usage: guide.Required, Title: "Interchange Control Number", Field: "ControlNumber", Kind: guide.N, Min: 9, Max: 9},
		{DE: "I08", Usage: guide.Required, Title: "Interchange Date", Field: "Date", Kind: guide.DT, Min: 6, Max: 6},
		{DE: "I09", Usage: guide.Required, Title: "Interchange Time", Field: "Time", Kind: guide.TM, Min: 4, Max: 4},
		{DE: "I17", Usage: guide.Required, Title: "Interchange Acknowledgment Code", Field: "Status", Kind: guide.IDCode, Min: 1, Max: 1,
			Codes: []string{"A", "E", "R"}, Ext: listTA1},
		{DE: "I18", Usage: guide.Required, Title: "Interchange Note Code", Field: "Note", Kind: guide.IDCode, Min: 3, Max: 3,
			Codes: []string{
				"000", "001", "002", "003", "004", "005", "006", "007", "008", "009", "010", "011", "012", "013", "014", "015",
				"016", "017", "018", "019", "020", "021", "022", "023", "024", "025", "026", "027", "028", "029", "030", "031",
			}, Ext: listTA1Note},
	},
}

// CheckTA1 reports what is wrong with the elements of a segment TA1, as the checks of a guide do for the segments of a set.
// Where the segment stands, the reader of package x12 checks. Other segments are left alone.
func CheckTA1(s *x12.Segment, report func(*x12.Issue)) {
	if s.ID != idTA1 {
		return
	}
	ta1Table.Check(1, s, func() string { return "" }, report)
}
