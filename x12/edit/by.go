package edit

import (
	"errors"
	"strconv"
	"strings"
)

// By says what a stream is split by. The zero By is [BySet].
type By struct {
	kind byKind
	n    int64
}

type byKind uint8

const (
	bySet byKind = iota
	byClaims
	byNPI
	byPayer
	bySift // of Sift only
)

var (
	errBy     = errors.New("expected set, claims:N, billing-npi or payer")
	errClaims = errors.New("claims:N needs a number of claims from 1 on")
)

// BySet gives every transaction set a part of its own, with its envelopes. It works for all kinds of sets.
func BySet() By { return By{} }

// ByClaims fills parts with up to n claims, in the order of the input. An 837 is cut at claims; of an 835 whole sets
// are packed as long as they fit, and one with more than n claims gets a part to itself. An n below 1 counts as 1.
func ByClaims(n int64) By { return By{byClaims, max(n, 1)} }

// ByBillingNPI gives every billing provider (837, NM109 of 2010AA) or payee (835, N104 of N1*PE) a part of its own.
// One without an NPI goes by its tax id, and those without either share a part.
func ByBillingNPI() By { return By{kind: byNPI} }

// ByPayer gives every payer a part of its own: NM109 of 2010BB in an 837, else its name; N104 of N1*PR in an 835,
// else TRN03, else BPR10.
func ByPayer() By { return By{kind: byPayer} }

// ParseBy reads "set", "claims:N", "billing-npi" or "payer".
func ParseBy(text string) (By, error) {
	switch text {
	case "set":
		return BySet(), nil
	case "billing-npi":
		return ByBillingNPI(), nil
	case "payer":
		return ByPayer(), nil
	}
	count, ok := strings.CutPrefix(text, "claims:")
	if !ok {
		return By{}, errBy
	}
	n, err := strconv.ParseInt(count, 10, 64)
	if err != nil || n < 1 {
		return By{}, errClaims
	}
	return ByClaims(n), nil
}

// String returns the form that [ParseBy] reads.
func (b By) String() string {
	switch b.kind {
	case byClaims:
		return "claims:" + strconv.FormatInt(b.n, 10)
	case byNPI:
		return "billing-npi"
	case byPayer:
		return "payer"
	}
	return "set"
}
