package edi270

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
)

// asked are fields with the primary search option.
func asked() Fields {
	birth, _ := x12.NewDate(1980, 4, 2)
	return Fields{
		PayerName: "BLUE MESA HEALTH PLAN", PayerID: "BM01", ProviderName: "RIVERBEND FAMILY MEDICINE", ProviderID: "1234567893",
		MemberID: "BMW204418731", Last: "VEGA", First: "LENA", BirthDate: birth,
	}
}

var sender = Envelope{Interchange: Interchange{SenderID: "RIVERBEND", ReceiverID: "BLUEMESA"}}

func written(t *testing.T, r *Request) []byte {
	var b bytes.Buffer
	w := NewWriter(&b, WithTime(noon))
	require.NoError(t, w.Write(r))
	require.NoError(t, w.Close())
	require.Empty(t, findings(t, b.Bytes()))
	return b.Bytes()
}

func TestFields(t *testing.T) {
	f := asked()
	f.ServiceTypes, f.Procedures = []string{"98", "UC"}, []Procedure{{Code: "72148"}, {Code: "D1110", Qualifier: "AD"}}
	f.From, f.To = dateOf(1), dateOf(31)
	f.Trace, f.TraceAssigner, f.GroupNumber = "RB-1", "9RIVERBEND", "BM-77"
	r, err := RealTime(sender, "RB-20260131-1", &f)
	require.NoError(t, err)
	sameLines(t, `ST*270*0001*005010X279A1~
BHT*0022*13*RB-20260131-1*20260131*1200~
HL*1**20*1~
NM1*PR*2*BLUE MESA HEALTH PLAN*****PI*BM01~
HL*2*1*21*1~
NM1*1P*2*RIVERBEND FAMILY MEDICINE*****XX*1234567893~
HL*3*2*22*0~
TRN*1*RB-1*9RIVERBEND~
NM1*IL*1*VEGA*LENA****MI*BMW204418731~
REF*6P*BM-77~
DMG*D8*19800402~
DTP*291*RD8*20260101-20260131~
EQ*98^UC~
EQ**HC:72148~
EQ**AD:D1110~
`, bodies(t, written(t, r)))

	f = asked()
	f.Relationship, f.SubscriberLast, f.SubscriberFirst, f.First = "19", "VEGA", "LENA", "TEO"
	f.Trace, f.TraceAssigner = "RB-2", "9RIVERBEND"
	g := asked()
	g.Trace, g.TraceAssigner, g.Gender = "RB-3", "9RIVERBEND", "F"
	r, err = Batch(sender, "RB-20260131-2", []Fields{f, g})
	require.NoError(t, err)
	sameLines(t, `ST*270*0001*005010X279A1~
BHT*0022*13*RB-20260131-2*20260131*1200~
HL*1**20*1~
NM1*PR*2*BLUE MESA HEALTH PLAN*****PI*BM01~
HL*2*1*21*1~
NM1*1P*2*RIVERBEND FAMILY MEDICINE*****XX*1234567893~
HL*3*2*22*1~
NM1*IL*1*VEGA*LENA****MI*BMW204418731~
HL*4*3*23*0~
TRN*1*RB-2*9RIVERBEND~
NM1*03*1*VEGA*TEO~
DMG*D8*19800402~
INS*N*19~
EQ*30~
HL*5*2*22*0~
TRN*1*RB-3*9RIVERBEND~
NM1*IL*1*VEGA*LENA****MI*BMW204418731~
DMG*D8*19800402*F~
EQ*30~
`, bodies(t, written(t, r)))
}

// TestSearchOptions goes through all sets of the four search fields.
func TestSearchOptions(t *testing.T) {
	want := map[string]string{ // what is there to what is told: an option, or what is missing
		"ILFB": "primary", "ILF": "member id and name", "ILB": "member id, last name and birth date", "LFB": "name and birth date",
		"IFB": "Last", "IL": "First", "IF": "Last", "IB": "Last", "LF": "MemberID", "LB": "MemberID", "FB": "Last",
		"I": "Last", "L": "MemberID", "F": "MemberID", "B": "MemberID", "": "MemberID",
	}
	for set := range 16 {
		f, here := asked(), ""
		for i, clear := range []func(){
			func() { f.MemberID = "" }, func() { f.Last = "" }, func() { f.First = "" }, func() { f.BirthDate = x12.Date{} },
		} {
			if set>>i&1 == 0 {
				clear()
			} else {
				here += "ILFB"[i : i+1]
			}
		}
		option, lacks, ok := f.Search()
		_, err := f.Inquiry()
		if ok {
			require.Equal(t, want[here], option.Name, here)
			require.NoError(t, err, here)
			continue
		}
		require.Equal(t, want[here], lacks[0], here)
		var issue *x12.Issue
		require.ErrorAs(t, err, &issue, here)
		require.Equal(t, RuleSearch, issue.Rule, here)
		require.Contains(t, issue.Message, want[here]+" is missing", here)
		f.PayerSearch = true
		_, err = f.Inquiry()
		require.Equal(t, f.MemberID == "" && f.Last == "" || f.First != "" && f.Last == "", err != nil, here)
	}
}

func TestFieldsFaults(t *testing.T) {
	for name, change := range map[string]func(*Fields){
		"PayerName is missing":     func(f *Fields) { f.PayerName = "" },
		"PayerID is missing":       func(f *Fields) { f.PayerID = "" },
		"ProviderName is missing":  func(f *Fields) { f.ProviderName = "" },
		"ProviderID is missing":    func(f *Fields) { f.ProviderID = "" },
		"ProviderID is no NPI":     func(f *Fields) { f.ProviderID = "1234567890" },
		"Gender: ":                 func(f *Fields) { f.Gender = "X" },
		"Relationship: ":           func(f *Fields) { f.Relationship = "99" },
		"SubscriberLast: ":         func(f *Fields) { f.SubscriberLast = "VEGA" },
		"ServiceTypes[1] is no":    func(f *Fields) { f.ServiceTypes = []string{"30", "ZZZ"} },
		"Procedures[0].Code is":    func(f *Fields) { f.Procedures = make([]Procedure, 1) },
		"From is missing":          func(f *Fields) { f.To = dateOf(1) },
		"To lies before From":      func(f *Fields) { f.From, f.To = dateOf(2), dateOf(1) },
		"BirthDate lies behind":    func(f *Fields) { f.From, f.BirthDate = dateOf(2), dateOf(3) },
		"TraceAssigner is missing": func(f *Fields) { f.Trace = "1" },
		"TraceAssigner: expected":  func(f *Fields) { f.Trace, f.TraceAssigner = "1", "RIVERBEND1" },
	} {
		f := asked()
		change(&f)
		_, err := f.Inquiry()
		var issue *x12.Issue
		require.ErrorAs(t, err, &issue, name)
		require.Contains(t, issue.Message, name)
		_, err = Batch(sender, "1", []Fields{f})
		require.ErrorContains(t, err, "Fields[0]."+name)
	}
	f := asked()
	_, err := RealTime(sender, "", &f)
	require.ErrorContains(t, err, "Reference is missing")
	_, err = Batch(sender, "1", nil)
	require.Error(t, err)
	_, err = Batch(sender, "1", []Fields{f})
	require.ErrorContains(t, err, "Fields[0].Trace is missing")
	f.Trace, f.TraceAssigner = "1", "9RIVERBEND"
	_, err = Batch(sender, "1", []Fields{f, f})
	require.ErrorContains(t, err, "Fields[1].Trace is that of another")
}
