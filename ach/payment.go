package ach

import (
	"strings"

	"github.com/x12-go/edi/edi835"
	"github.com/x12-go/edi/x12"
)

// Payment is one transaction set 835 as money, and what became of it.
type Payment struct {
	Action Action
	Reason Reason   // why it was skipped or refused; Prenote for a prenote that was taken; else ""
	Notes  []Reason // what else is to be known, further reasons to refuse included

	// Where it stood: bytes from the start of the input, ISA13, GS06, ST02, and the ordinal among the 835s of the input.
	Offset      int64
	Interchange string
	Group       string
	Set         string
	Number      int

	Handling    string     // BPR01
	Amount      x12.Number // BPR02; absent when it is no number
	Method      string     // BPR04
	Format      string     // BPR05
	Date        x12.Date   // BPR16
	TraceNumber string     // TRN02
	PayerID     string     // TRN03
	Supplement  string     // TRN04
	PayerName   string     // N102 of N1*PR
	PayeeName   string     // N102 of N1*PE
	PayeeID     string     // N104 of N1*PE

	Claims     int           // CLP in the set
	Difference edi835.Amount // BPR02 less what the claims and provider adjustments come to; absent when the set is balanced

	// Entry is what was written for a payment that was taken, else nil.
	Entry *Entry
}

// key is the identity of a payment: two with the same key are the same money. Prenotes have identities of their own, for
// the payment they prepare may carry the same trace number.
type key struct {
	payer, trace string
	prenote      bool
}

func (p *Payment) key() key {
	return key{strings.ToUpper(p.PayerID), strings.ToUpper(p.TraceNumber), p.Handling == "P"}
}

func (p *Payment) note(r Reason) {
	for _, n := range p.Notes {
		if n == r {
			return
		}
	}
	p.Notes = append(p.Notes, r)
}

func (p *Payment) skip(r Reason) { p.Action, p.Reason = Skipped, r }

// refuse refuses a payment; reasons behind the first become notes.
func (p *Payment) refuse(r Reason) {
	if p.Action == Refused {
		if p.Reason != r {
			p.note(r)
		}
		return
	}
	p.Action, p.Reason = Refused, r
}

// bank is what a payment says about banks and accounts: BPR06 to BPR15, and BPR03. It is not kept.
type bank struct {
	flag                         string // BPR03
	senderType, sender           string // BPR06, BPR07
	senderAccount                string // BPR09
	originator, supplement       string // BPR10, BPR11
	receiverType, receiver       string // BPR12, BPR13
	accountType, receiverAccount string // BPR14, BPR15
}

// given reports whether there is any bank number.
func (b *bank) given() bool {
	return b.senderType+b.sender+b.senderAccount+b.receiverType+b.receiver+b.accountType+b.receiverAccount != ""
}
