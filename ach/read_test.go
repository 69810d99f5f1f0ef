package ach

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/x12"
)

// pad makes a record of 94 characters.
func pad(text string) string { return fmt.Sprintf("%-94s", text) }

// returnsFile is what a bank sends back: a return of the first payment of the worked example and a notification of change of
// the second.
var returnsFile = strings.Join([]string{
	pad("101 999988880 9999777782611251030A094101NORTH HEALTH PLAN      SECOND EXAMPLE BANK"),
	pad("5220NORTH HEALTH PLN                    1512345678CCDHCCLAIMPMT      2611243291999977770000001"),
	pad("621999988880744567890        0000123456EFT0001234     GOOD CLINIC PA          1999977770000001"),
	pad("799R03999988880000001      99997777" + fmt.Sprintf("%-44s", "NO ACCOUNT") + "999977770000001"),
	pad("822000000200999988880000000000000000001234561512345678                         999977770000001"),
	pad("5220NORTH HEALTH PLN                    1512345678CORHCCLAIMPMT      2611243291999977770000002"),
	pad("631999988880SAV-55501        0000000000EFT0001235     ELM DENTAL GROUP        1999977770000002"),
	pad("798C01999988880000002      99997777" + fmt.Sprintf("%-44s", "SAV-55510") + "999977770000002"),
	pad("822000000200999988880000000000000000000000001512345678                         999977770000002"),
	pad("9" + "000002" + "000001" + "00000004" + "0199997776" + "000000000000" + "000000123456"),
	"",
}, "\n")

// entries reads all entries of a file.
func entries(t testing.TB, text string) ([]*Entry, []*x12.Issue) {
	t.Helper()
	var found x12.Issues
	rd := NewReader(strings.NewReader(text), found.Add)
	var list []*Entry
	for {
		e, err := rd.Next()
		if err == io.EOF {
			return list, found.List
		}
		require.NoError(t, err)
		list = append(list, e)
	}
}

func rules(list []*x12.Issue) (names []string) {
	for _, i := range list {
		names = append(names, i.Rule)
	}
	return names
}

func TestReadWorkedExample(t *testing.T) {
	list, found := entries(t, workedExample)
	require.Empty(t, found)
	require.Len(t, list, 2)
	e := list[1]
	require.Equal(t, Credit, e.Kind)
	require.Equal(t, 32, e.Code)
	require.Equal(t, "999977778", e.Routing)
	require.Equal(t, "SAV-55501", e.Account)
	require.EqualValues(t, 5000, e.Cents)
	require.Equal(t, "EFT0001235", e.ID)
	require.Equal(t, "ELM DENTAL GROUP", e.Name)
	require.Equal(t, "999988880000002", e.Trace)
	require.Equal(t, &TRN{"1", "EFT0001235", "1512345678", "000000999"}, e.TRN)
	require.Equal(t, "2026-11-24", e.Effective().String())
	require.Equal(t, "CCD", e.SEC())
	require.Equal(t, 5, e.Line)
	require.Equal(t, "FIRST EXAMPLE BANK", e.Header.DestinationName)
	require.Equal(t, "NORTH HEALTH PLN", e.BatchHeader.CompanyName)
}

func TestReadReturns(t *testing.T) {
	list, found := entries(t, returnsFile)
	require.Empty(t, found)
	require.Len(t, list, 2)
	require.Equal(t, ReturnEntry, list[0].Kind)
	require.Equal(t, &Return{Reason: "R03", OriginalTrace: "999988880000001", OriginalRDFI: "99997777", Information: "NO ACCOUNT", Trace: "999977770000001"}, list[0].Return)
	require.Nil(t, list[0].Change)
	require.Equal(t, NotificationEntry, list[1].Kind)
	require.Equal(t, &Change{Code: "C01", OriginalTrace: "999988880000002", OriginalRDFI: "99997777", Corrected: "SAV-55510", Trace: "999977770000002"}, list[1].Change)
	require.Equal(t, "329", list[0].BatchHeader.Settlement)
}

// The outer forms a file comes in change nothing.
func TestReadForms(t *testing.T) {
	want, _ := entries(t, workedExample)
	lines := strings.Split(strings.TrimSuffix(workedExample, "\n"), "\n")
	for name, text := range map[string]string{
		"CR LF":              strings.ReplaceAll(workedExample, "\n", "\r\n"),
		"no line ends":       strings.Join(lines, ""),
		"no end at the last": strings.TrimSuffix(workedExample, "\n"),
		"blank lines":        "\n" + strings.ReplaceAll(workedExample, "\n", "\n\n") + "\x1a\n",
	} {
		list, found := entries(t, text)
		require.Empty(t, found, name)
		require.Len(t, list, 2, name)
		for i, e := range list {
			e.Line = want[i].Line
			require.Equal(t, want[i], e, name)
		}
	}
	var cut []string
	for _, l := range lines {
		cut = append(cut, strings.TrimRight(l, " "))
	}
	list, found := entries(t, strings.Join(cut, "\n"))
	require.Len(t, list, 2)
	require.NotContains(t, rules(found), RuleTotals)
	for _, i := range found {
		require.Equal(t, RuleColumns, i.Rule)
		require.Equal(t, x12.Warning, i.Severity)
	}
	twice, found := entries(t, workedExample+workedExample)
	require.Empty(t, found)
	require.Len(t, twice, 4)
	require.Equal(t, 2, twice[3].File)
}

// Every digit of a control record counts, and what else can be wrong with a file is found.
func TestReadFaults(t *testing.T) {
	lines := strings.Split(strings.TrimSuffix(workedExample, "\n"), "\n")
	with := func(line int, text string) string {
		list := append([]string{}, lines...)
		list[line-1] = text
		return strings.Join(list, "\n") + "\n"
	}
	at := func(line, column int, text string) string {
		l := lines[line-1]
		return with(line, l[:column-1]+text+l[column-1+len(text):])
	}
	without := func(line int) string {
		return strings.Join(append(append([]string{}, lines[:line-1]...), lines[line:]...), "\n") + "\n"
	}
	for name, c := range map[string]struct{ text, rule string }{
		"batch count of entries":  {at(7, 10, "5"), RuleTotals},
		"batch hash":              {at(7, 20, "5"), RuleHash},
		"batch debits":            {at(7, 32, "1"), RuleTotals},
		"batch credits":           {at(7, 44, "7"), RuleTotals},
		"batch number":            {at(7, 94, "2"), RuleTotals},
		"file batches":            {at(8, 7, "2"), RuleTotals},
		"file blocks":             {at(8, 13, "2"), RuleBlocks},
		"file entries":            {at(8, 21, "5"), RuleTotals},
		"file hash":               {at(8, 31, "5"), RuleHash},
		"file debits":             {at(8, 43, "1"), RuleTotals},
		"file credits":            {at(8, 55, "7"), RuleTotals},
		"amount of an entry":      {at(3, 39, "7"), RuleTotals},
		"letters in an amount":    {at(3, 39, "O"), RuleField},
		"check digit":             {at(3, 12, "9"), RuleRouting},
		"trace numbers":           {at(5, 94, "1"), RuleTraceSeq},
		"sequence of an addenda":  {at(4, 87, "2"), RuleAddenda},
		"addenda of another":      {at(4, 94, "2"), RuleAddenda},
		"no addenda announced":    {at(3, 79, "0"), RuleAddenda},
		"no addenda":              {without(4), RuleAddenda},
		"fill missing":            {without(10), RuleBlocks},
		"file control missing":    {strings.Join(lines[:7], "\n"), RuleEnd},
		"batch control missing":   {without(7), RuleOrder},
		"batch header missing":    {without(2), RuleOrder},
		"file header missing":     {without(1), RuleOrder},
		"a letter in two bytes":   {at(3, 55, "\u00cd"), RuleBytes},
		"a record of 95":          {with(3, lines[2]+"X"), RuleColumns},
		"no such record":          {with(9, pad("HELLO")), RuleRecord},
		"no date":                 {at(2, 70, "261131"), RuleField},
		"not of this format":      {at(1, 35, "080"), RuleField},
		"text behind the control": {with(9, pad("9X")), RuleOrder},
	} {
		_, found := entries(t, c.text)
		require.Contains(t, rules(found), c.rule, name)
	}
}

func TestParseTRN(t *testing.T) {
	for text, want := range map[string]*TRN{
		"TRN*1*EFT1*1512345678~":                 {"1", "EFT1", "1512345678", ""},
		`TRN*1*EFT1*1512345678*999\`:             {"1", "EFT1", "1512345678", "999"},
		"TRN*1*EFT1*1512345678":                  {"1", "EFT1", "1512345678", ""},
		"TRN*1*EFT1*1512345678   SOME MORE TEXT": {"1", "EFT1", "1512345678", ""},
		"TRN*1*EFT1":                             {"1", "EFT1", "", ""},
		"TRN*1*EFT 1*1512345678~":                {"1", "EFT 1", "1512345678", ""},
		"TRN*1*EFT1*1512345678~ REF*XX*OTHER~":   {"1", "EFT1", "1512345678", ""},
		"RMR*IV*12~TRN*1*EFT1*1512345678~":       {"1", "EFT1", "1512345678", ""},
		"":                                       nil,
		"RMR*IV*12~":                             nil,
		"XTRN*1*EFT1*1512345678~":                nil,
		"TRN":                                    nil,
	} {
		require.Equal(t, want, ParseTRN(text), text)
	}
	other := strings.NewReplacer("*", "|", "~", "!").Replace(stream(newRemit()))
	require.Equal(t, &TRN{"1", "EFT0001234", "1512345678", ""}, ParseTRN(strings.ReplaceAll(other, "\n", "")))
}

func FuzzReader(f *testing.F) {
	f.Add([]byte(workedExample))
	f.Add([]byte(returnsFile))
	f.Add([]byte(strings.ReplaceAll(workedExample, "\n", "")))
	f.Add([]byte("5220\n6\n799\n705\n8\n9\n1\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		rd := NewReader(strings.NewReader(string(text)), func(i *x12.Issue) bool {
			if i.Severity == 0 || i.Message == "" || i.Offset < 0 || i.Offset > int64(len(text)) {
				t.Fatalf("%+v", i)
			}
			return true
		})
		for n := 0; ; n++ {
			e, err := rd.Next()
			if err == io.EOF {
				return
			}
			if err != nil || n > len(text) {
				t.Fatal(n, err)
			}
			e.Text()
			e.Effective()
		}
	})
}
