package care

import (
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/x12-go/edi/x12/codes"
)

// AdjustmentGroup is CAS01: who bears an adjustment.
type AdjustmentGroup string

// The adjustment groups.
const (
	ContractualObligation AdjustmentGroup = "CO"
	OtherAdjustment       AdjustmentGroup = "OA"
	PayerInitiated        AdjustmentGroup = "PI"
	PatientResponsibility AdjustmentGroup = "PR"
)

// Description returns the meaning of the code, "" when it is not known.
func (g AdjustmentGroup) Description() string { return codes.Describe("adj_group", string(g)) }

// Adjustment is one reason why a claim or a service is not paid as billed: one triplet of a CAS. A positive amount lowers
// the payment. Adjustments keep the order of the file and are never merged.
type Adjustment struct {
	// CAS01.
	Group AdjustmentGroup `json:"group,omitempty"`
	// Claim adjustment reason code.
	Reason string `json:"reason,omitempty"`
	Amount Amount `json:"amount,omitzero"`
	// Units or days not covered.
	Quantity Amount `json:"quantity,omitzero"`
	Place
}

// Description returns the meaning of the reason, "" when it is not known.
func (a *Adjustment) Description() string { return codes.Describe("carc", a.Reason) }

// Place says where an adjustment stood among those of its claim, service or remittance, so that the segments are written
// back as they were. The zero Place of an adjustment made by a program puts it into the segment in front of it where
// that has room and the same head, else into a new one.
type Place struct {
	// Which CAS or PLB, 1 = first with an adjustment. Neighbours with one number stay together.
	Segment int `json:"segment,omitempty"`
	// Which place in the segment, 1 to 6, empty ones counted. It is not looked at when writing.
	Position int `json:"position,omitempty"`
	// How many empty places stood in front, a fault of the sender.
	Skipped int `json:"skipped,omitempty"`
}

// AppendMembers appends the members of p as JSON, each with a comma in front, for types that embed a Place.
func (p *Place) AppendMembers(b []byte) []byte {
	for _, m := range [...]struct {
		key string
		n   int
	}{{`,"segment":`, p.Segment}, {`,"position":`, p.Position}, {`,"skipped":`, p.Skipped}} {
		if m.n != 0 {
			b = strconv.AppendInt(append(b, m.key...), int64(m.n), 10)
		}
	}
	return b
}

// AdjustmentTotal returns the sum of the amounts of one group, "" = of all.
func AdjustmentTotal(list []Adjustment, group AdjustmentGroup) decimal.Decimal {
	var sum decimal.Decimal
	for i := range list {
		if group == "" || list[i].Group == group {
			sum = sum.Add(list[i].Amount.Decimal)
		}
	}
	return sum
}

// Places is how many adjustments a CAS or PLB has room for.
const Places = 6

// Arrange puts a list into segments of at most [Places] entries, as the [Place] of each says. An entry of -1 is a place
// left empty, the others are indexes of the list. The function together says whether an entry may stand in one segment
// with the one in front of it.
func Arrange[A any](list []A, place func(*A) *Place, together func(a, b *A) bool) [][]int {
	var out [][]int
	for i := range list {
		p := place(&list[i])
		skip := min(max(p.Skipped, 0), Places-1)
		open := false
		if i > 0 && together(&list[i-1], &list[i]) {
			open = p.Segment == 0 || p.Segment == place(&list[i-1]).Segment
			open = open && len(out[len(out)-1])+skip < Places
		}
		if !open {
			out = append(out, nil)
		}
		seg := &out[len(out)-1]
		for range skip {
			*seg = append(*seg, -1)
		}
		*seg = append(*seg, i)
	}
	return out
}
