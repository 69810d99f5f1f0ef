package ach

import (
	"strings"
)

// decide fills in action, reason and notes of a set that has come to its end, and the entry of one that is taken but for
// what the run as a whole must say to it. text is the CTX interchange, or what is wrong with it.
func (c *converter) decide(s *set, ctx *capture) {
	p := s.p
	c.notes(s)
	if s.bpr != 1 {
		p.refuse(DamagedSet)
		return
	}
	amount := p.Amount.Sign()
	switch {
	case p.Handling == "P":
		c.prenote(s)
	case p.Handling == "H" || p.Method == "NON":
		p.skip(NoPayment)
	case !p.Amount.Set():
		p.refuse(BadAmount)
	case amount == 0:
		p.skip(ZeroPayment)
	case amount < 0:
		p.refuse(NegativePayment)
	case s.bank.flag == "D":
		p.refuse(DebitFlag)
	case p.Method == "CHK":
		p.skip(Check)
	case p.Method == "FWT":
		p.skip(Wire)
	case p.Method == "BOP" && !c.config.BankOptionAsACH:
		p.skip(BankOption)
	case p.Method != "ACH" && p.Method != "BOP":
		p.refuse(UnknownCode)
	default:
		c.entry(s, ctx)
	}
}

// notes finds pairs that do not fit, which say something about the sender.
func (c *converter) notes(s *set) {
	p, b := s.p, &s.bank
	nothing := p.Handling == "H" && p.Method == "NON"
	if p.Handling != "P" && (p.Handling == "H") != (p.Method == "NON") {
		p.note(HandlingMismatch)
	}
	if p.Method == "CHK" && b.given() {
		p.note(CheckWithBank)
	}
	if p.Amount.Set() && p.Amount.Sign() == 0 && !nothing && p.Handling != "P" {
		p.note(ZeroNotCompliant)
	}
	if p.Amount.Sign() < 0 && (p.Handling == "H" || p.Method == "NON") {
		p.note(NegativeNoPayment)
	}
	if p.Method == "ACH" && p.Format == "" {
		p.note(NoFormat)
	}
	if p.Method == "ACH" && p.Handling == "C" && p.Format == "CCP" {
		p.note(FormatMismatch)
	}
	if b.originator != "" && b.originator != p.PayerID {
		p.note(PayerIDDiffers)
	}
	if b.supplement != "" && p.Supplement != "" && b.supplement != p.Supplement {
		p.note(SupplementDiffers)
	}
	if s.odd > 0 {
		p.note(ClaimsUnbalanced)
	}
}

// prenote tests an account without money, where that was asked for.
func (c *converter) prenote(s *set) {
	p := s.p
	switch {
	case !p.Amount.Set():
		p.refuse(BadAmount)
	case p.Amount.Sign() != 0:
		p.refuse(Prenote)
	case !c.o.Prenotes:
		p.skip(Prenote)
	default:
		c.entry(s, nil)
		if p.Action == Taken {
			p.Reason = Prenote
		}
	}
}

// entry checks what an entry is made of, all of it, so that one look at the report shows all that is to be mended.
func (c *converter) entry(s *set, ctx *capture) {
	p, b := s.p, &s.bank
	e := &Entry{Kind: Credit}
	if b.receiverType != "01" || b.senderType != "01" && !(b.senderType == "" && c.config.ODFI != "") {
		p.refuse(ForeignBank)
	}
	if !s.sound() {
		p.refuse(DamagedSet)
	}
	if !knownHandling(p.Handling) || b.flag != "C" {
		p.refuse(UnknownCode)
	}
	c.trace(s, e)
	c.amount(s, e)
	c.account(s, e)
	c.parties(s, e)
	c.date(s, e)
	if s.unreadable {
		p.refuse(BadAmount)
	} else if p.Difference.Valid {
		if c.o.AllowUnbalanced {
			p.note(Unbalanced)
		} else {
			p.refuse(Unbalanced)
		}
	}
	c.standard(s, e, ctx)
	if k := p.key(); c.seen[k] {
		p.refuse(DuplicatePayment)
	}
	if p.Action == Refused {
		return
	}
	if paid, ok := c.o.State.lookup(p.key()); ok {
		if paid.cents != e.Cents || paid.account != accountHash(e) {
			p.refuse(PaidDiffers)
		} else {
			p.skip(AlreadyPaid)
		}
		return
	}
	p.Action, p.Entry = Taken, e
}

func knownHandling(code string) bool { return len(code) == 1 && strings.Contains("CDIPUX", code) }

// trace makes the TRN of the addenda.
func (c *converter) trace(s *set, e *Entry) {
	p := s.p
	switch {
	case s.trnType != "1" || p.TraceNumber == "" || len(p.TraceNumber) > 50 || len(p.PayerID) != 10 || len(p.Supplement) > 50:
		p.refuse(BadTrace)
	case !printable(p.TraceNumber + p.PayerID + p.Supplement):
		p.refuse(NotASCII)
	case strings.ContainsAny(p.TraceNumber+p.PayerID+p.Supplement, `*~\`):
		p.refuse(TRNDelimiter)
	}
	t := TRN{Type: "1", Number: p.TraceNumber, PayerID: p.PayerID, Supplement: p.Supplement}
	text := t.text(c.config.Terminator)
	if len(text) > addendaText && t.Supplement != "" && c.config.DropTRN04 {
		t.Supplement = ""
		text = t.text(c.config.Terminator)
		p.note(TRN04Dropped)
	}
	if len(text) > addendaText {
		p.refuse(TRNTooLong)
	}
	e.TRN, e.trn = &t, text
	if len(p.TraceNumber) <= 15 {
		e.ID = p.TraceNumber
	}
}

func (c *converter) amount(s *set, e *Entry) {
	cents, ok := centsOf(s.p.Amount)
	switch {
	case !ok:
		s.p.refuse(BadAmount)
	case cents > c.config.EntryLimit:
		s.p.refuse(OverEntryLimit)
	}
	e.Cents = cents
}

// account fills in who is credited, and at which bank.
func (c *converter) account(s *set, e *Entry) {
	p, b := s.p, &s.bank
	if !routing(b.receiver) {
		p.refuse(BadRouting)
	}
	switch b.accountType {
	case "DA":
		e.Code = 22
	case "SG":
		e.Code = 32
	default:
		p.refuse(BadAccountType)
	}
	if p.Handling == "P" {
		e.Code, e.Kind = e.Code+1, PrenoteEntry
	}
	switch a := b.receiverAccount; {
	case a == "" || strings.Contains(a, " "):
		p.refuse(BadAccount)
	case !printable(a):
		p.refuse(NotASCII)
	case masked(a):
		p.refuse(MaskedAccount)
	case len(a) > 17:
		p.refuse(AccountTooLong)
	}
	e.Routing, e.Account = b.receiver, b.receiverAccount
}

// masked reports whether an account number hides some of its characters.
func masked(account string) bool {
	return strings.ContainsAny(account, "*#") || strings.Contains(strings.ToUpper(account), "XXX")
}

// parties fills in the bank and the company the money comes from, and the name of the receiver.
func (c *converter) parties(s *set, e *Entry) {
	p, b, h := s.p, &s.bank, &e.batch
	h.ODFI = c.config.ODFI
	if h.ODFI == "" {
		if routing(b.sender) {
			h.ODFI = b.sender[:8]
		} else {
			p.refuse(BadODFI)
		}
	}
	h.CompanyID = b.originator
	if h.CompanyID == "" {
		h.CompanyID = p.PayerID
	}
	if len(h.CompanyID) != 10 {
		p.refuse(BadCompanyID)
	} else if !printable(h.CompanyID) {
		p.refuse(NotASCII)
	}
	name, own := c.config.Payers[h.CompanyID]
	if !own {
		name, own = c.config.Payers[p.PayerID]
	}
	if !own {
		name = p.PayerName
	}
	h.CompanyName = c.name(p, strings.ToUpper(name), 16, CompanyNameCut)
	name, own = c.config.Payees[p.PayeeID]
	if !own {
		name = p.PayeeName
	}
	e.Name = name
}

// name returns a name that fits, and notes when it had to be cut.
func (c *converter) name(p *Payment, name string, most int, cut Reason) string {
	switch {
	case name == "":
		p.refuse(NoName)
	case !printable(name):
		p.refuse(NotASCII)
	case len(name) > most:
		p.note(cut)
		name = strings.TrimRight(name[:most], " ")
	}
	return name
}

// date fills in the effective entry date.
func (c *converter) date(s *set, e *Entry) {
	p, day := s.p, s.p.Date
	if y := day.Year(); y < 2000 || y > 2099 {
		p.refuse(BadDate)
		return
	}
	day = day.Long()
	if !BankingDay(day) {
		switch c.config.DatePolicy {
		case RefuseDate:
			p.refuse(NotBankingDay)
		case NextBankingDay:
			day = nextBankingDay(day)
			p.note(DateMoved)
		}
	}
	today := c.config.day()
	switch {
	case day.Before(today):
		p.note(DatePast)
	case day.After(bankingDaysAhead(today, 2)):
		p.note(DateFar)
	case day.Equal(today) && e.Cents > c.config.SameDayLimit:
		p.refuse(OverSameDayLimit)
	}
	e.batch.Effective = day
}

// standard chooses between CCD and CTX. BPR01 D, I and U say that the 835 travels by itself: CCD. C and X leave it to BPR05.
func (c *converter) standard(s *set, e *Entry, ctx *capture) {
	p := s.p
	e.batch.SEC, e.batch.Description = "CCD", healthPayment
	most := 22
	if wantsCTX(p) {
		if c.o.CTX && ctx != nil {
			e.batch.SEC, e.batch.Description, most = "CTX", c.config.CTXDescription, 16
			ctx.into(p, e)
		} else {
			p.note(CTXAsCCD)
		}
	}
	e.Name = c.name(p, e.Name, most, ReceiverNameCut)
}

// wantsCTX reports whether the 835 is to travel inside of the payment.
func wantsCTX(p *Payment) bool {
	return (p.Handling == "C" || p.Handling == "X") && p.Format == "CTX"
}
