package edi835

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12"
)

func TestCSVPackedAndNumbered(t *testing.T) {
	num := func(s string) x12.Number {
		n, ok := x12.ParseNumber(s)
		require.True(t, ok || s == "")
		return n
	}
	entry := func(reason, amount, quantity string) ts835.AdjustmentEntry {
		return ts835.AdjustmentEntry{Reason: reason, Amount: num(amount), Quantity: num(quantity)}
	}
	list := []ts835.Adjustment{
		{Group: "CO", Entries: []ts835.AdjustmentEntry{entry("45", "200.00", ""), {}, entry("59", "-.5", "2")}},
		{Group: "PR", Entries: []ts835.AdjustmentEntry{entry("1", "65.44", ""), entry("2", "", ""), entry("", "7", "")}},
	}
	var scratch []byte
	assert.Equal(t, "CO:45:200.00 CO:59:-0.5:2 PR:1:65.44 PR:2: PR::7,", string(csvPacked(nil, csvtable.Quoter{}, list, &scratch)))
	assert.Equal(t, ",", string(csvPacked(nil, csvtable.Quoter{}, nil, &scratch)))
	odd := []ts835.Adjustment{{Group: "=C", Entries: []ts835.AdjustmentEntry{entry("4,5", "1", "")}}}
	assert.Equal(t, `"'=C:4,5:1",`, string(csvPacked(nil, csvtable.Quoter{Guard: true}, odd, &scratch)))

	for n, want := range map[int]string{
		0: "5,",
		1: "CO,45,200.00,,4,",
		2: "CO,45,200.00,,CO,59,-0.5,2,3,",
		6: "CO,45,200.00,,CO,59,-0.5,2,PR,1,65.44,,PR,2,,,PR,,7,,,,,,0,",
	} {
		assert.Equal(t, want, string(csvNumbered(nil, csvtable.Quoter{}, list, n, csvtable.Commas(4*n))))
		assert.Equal(t, strings.Count(want, ","), len(csvNumberedColumns("claim", n)))
	}

	var sums csvtable.Adjusted
	csvAddUp(&sums, list)
	csvAddUp(&sums, []ts835.Adjustment{{Group: "CR", Entries: []ts835.AdjustmentEntry{entry("1", "10", "")}}})
	assert.Equal(t, 6, sums.Count)
	assert.Equal(t, "281.94", sums.All.String())
	assert.Equal(t, "199.50,", string(sums.ByGroup[csvtable.CO].Col(nil)))
	assert.Equal(t, "72.44,", string(sums.ByGroup[csvtable.PR].Col(nil)))
	assert.Equal(t, ",", string(sums.ByGroup[csvtable.OA].Col(nil)), "no adjustment is not one of zero")
	var twice csvtable.Adjusted
	twice.Merge(&sums)
	twice.Merge(&sums)
	assert.Equal(t, "563.88", twice.All.String())
	assert.Equal(t, "399.00,", string(twice.ByGroup[csvtable.CO].Col(nil)))
}
