package ack

import (
	"sort"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
	"github.com/x12-go/edi/x12/guide"
)

// role is what a segment of an 837 is to a 277CA.
type role uint8

const (
	roleNone role = iota
	roleBeginning
	roleSubmitter
	roleReceiver
	roleBilling
	roleBillingTax
	roleSubscriber
	rolePatient
	roleClaim
	roleClaimDate
	roleClaimReference
	roleLine
	roleService
	roleLineDate
	roleLineReference
)

// rolesIn are the roles by loop and segment.
var rolesIn = map[string]role{
	"/BHT": roleBeginning, "1000A/NM1": roleSubmitter, "1000B/NM1": roleReceiver, "2010AA/NM1": roleBilling, "2010AA/REF": roleBillingTax,
	"2010BA/NM1": roleSubscriber, "2010CA/NM1": rolePatient, "2300/CLM": roleClaim, "2300/DTP": roleClaimDate, "2300/REF": roleClaimReference,
	"2400/LX": roleLine, "2400/SV1": roleService, "2400/SV2": roleService, "2400/SV3": roleService, "2400/DTP": roleLineDate,
	"2400/REF": roleLineReference,
}

// rolesOf returns the roles of the slots of a guide.
func rolesOf(t *guide.Table) []role {
	out := make([]role, len(t.Slots))
	for i := range t.Slots {
		s := &t.Slots[i]
		out[i] = rolesIn[t.Loops[s.Loop].ID+"/"+s.ID.String()]
	}
	return out
}

// keyOf returns the first element, or its first component, of the segment of a finding, "" when it is not on the tape.
func keyOf(s *codec.Step, i *x12.Issue) string {
	if s == nil || s.Tape == nil {
		return ""
	}
	t := s.Tape
	at := sort.Search(len(t.Segs), func(k int) bool { return t.Ordinal(k) >= i.Segment })
	for ; at < len(t.Segs) && t.Ordinal(at) == i.Segment; at++ {
		if g := &t.Segs[at]; g.Slot > 0 && g.Flag&guide.Virtual == 0 && t.Table.Slots[g.Slot].ID.String() == i.SegID {
			return string(x12.Part(t.Elem(at, 1), t.Delims.Component, 1))
		}
	}
	return ""
}
