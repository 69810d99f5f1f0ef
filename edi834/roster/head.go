package roster

import (
	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// The kinds of files, BGN08.
const (
	ActionChange  = "2"
	ActionVerify  = "4"
	ActionReplace = "RX"
)

// The purposes of files, BGN01.
const (
	PurposeOriginal     = "00"
	PurposeResubmission = "15"
	PurposeInformation  = "22" // a copy for information, which never changes a state
)

// Party is the sponsor or the payer.
type Party struct {
	Name        string `json:"name,omitempty"`
	IDQualifier string `json:"idQualifier,omitempty"`
	ID          string `json:"id,omitempty"`
}

// Head says what a set, or the state kept from one, is. What is not known is empty.
type Head struct {
	Sender      string `json:"sender,omitempty"`      // ISA06
	Receiver    string `json:"receiver,omitempty"`    // ISA08
	GroupSender string `json:"groupSender,omitempty"` // GS02
	Interchange string `json:"interchange,omitempty"` // ISA13
	Group       string `json:"group,omitempty"`       // GS06
	Set         string `json:"set,omitempty"`         // ST02

	Purpose           string   `json:"purpose,omitempty"`           // BGN01
	Reference         string   `json:"reference,omitempty"`         // BGN02
	Date              x12.Date `json:"date,omitzero"`               // BGN03
	Time              x12.Time `json:"time,omitzero"`               // BGN04
	OriginalReference string   `json:"originalReference,omitempty"` // BGN06
	Action            string   `json:"action,omitempty"`            // BGN08
	MasterPolicy      string   `json:"masterPolicy,omitempty"`      // REF*38
	EffectiveDate     x12.Date `json:"effectiveDate,omitzero"`      // DTP*007
	Sponsor           Party    `json:"sponsor,omitzero"`            // 1000A
	Payer             Party    `json:"payer,omitzero"`              // 1000B
	// QTY: what the set says it holds, -1 where it does not.
	Subscribers int64 `json:"-"`
	Dependents  int64 `json:"-"`
	Members     int64 `json:"-"`
}

// headOf returns the Head of a set.
func headOf(env codec.Env, set *ts834.BenefitEnrollment) *Head {
	b := &set.Beginning
	h := &Head{Set: set.ControlNumber, Purpose: b.Purpose, Reference: b.Reference, Date: b.Date, Time: b.Time,
		OriginalReference: b.OriginalReference, Action: b.Action, MasterPolicy: set.MasterPolicyNumber,
		Sponsor: Party(set.Sponsor), Payer: Party(set.Payer), Subscribers: -1, Dependents: -1, Members: -1}
	if env.Interchange != nil {
		h.Sender, h.Receiver, h.Interchange = env.Interchange.ISA[5], env.Interchange.ISA[7], env.Interchange.Control()
	}
	if env.Group != nil {
		h.GroupSender, h.Group = env.Group.GS[1], env.Group.Control()
	}
	for _, d := range set.Dates {
		if d.Qualifier == "007" {
			h.EffectiveDate, _ = x12.ParseDate(d.Date)
		}
	}
	for _, q := range set.ControlTotals {
		n := q.Quantity.Decimal().IntPart()
		switch q.Qualifier {
		case "ET":
			h.Subscribers = n
		case "DT":
			h.Dependents = n
		case "TO":
			h.Members = n
		}
	}
	return h
}

// scope names what a state is about: sponsor and master policy.
func (h *Head) scope() string { return h.Sponsor.ID + "\x1f" + h.MasterPolicy }

// reference names a file for the question whether it was applied before.
func (h *Head) reference(of string) string {
	return h.Sender + "\x1f" + h.Receiver + "\x1f" + h.GroupSender + "\x1f" + h.Sponsor.ID + "\x1f" + of
}

// before reports whether a set was made before another, as far as both say when.
func (h *Head) before(o *Head) bool {
	switch {
	case h.Date.IsZero() || o.Date.IsZero():
		return false
	case !h.Date.Equal(o.Date):
		return h.Date.Before(o.Date)
	}
	// Seconds are not always sent.
	return !h.Time.IsZero() && !o.Time.IsZero() && h.Time.Short().Before(o.Time.Short())
}
