package edi837

import (
	"strings"

	"github.com/x12-go/edi/edi837/ts837"
)

// Kind is which of the three 837 guides a claim is written in.
type Kind string

// The kinds.
const (
	Professional  Kind = "professional"
	Institutional Kind = "institutional"
	Dental        Kind = "dental"
)

// Guide returns the identifier of the guide of a kind, "" for one that is not known.
func (k Kind) Guide() string {
	switch k {
	case Professional:
		return ts837.X222A1.ID
	case Institutional:
		return ts837.X223A2.ID
	case Dental:
		return ts837.X224A2.ID
	}
	return ""
}

// KindOf returns the kind of the claims of a guide (ST03, GS08), in any of its editions: 005010X222, 005010X222A1 and
// 005010X222A2 are Professional. It returns "" for any other.
func KindOf(guide string) Kind {
	for _, k := range [...]Kind{Professional, Institutional, Dental} {
		if base := k.Guide()[:len("005010X222")]; strings.HasPrefix(guide, base) {
			return k
		}
	}
	return ""
}
