package match

import (
	"io"
	"slices"
	"strings"

	"github.com/x12-go/edi/edi835"
	"github.com/x12-go/edi/edi837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
	"github.com/x12-go/edi/x12/codec"
)

// Options say how [Matcher.Match] judges.
type Options struct {
	// AsOf is the day ages are counted to. Zero: the last day in the input.
	AsOf x12.Date
	// Expected is what payers should allow; nil: nothing is compared.
	Expected *Expected
	// NotDenied are adjustments that are no denial, beside those of [DefaultNotDenied], as CO:97 or, for any group, 97.
	NotDenied []string
}

// Matcher gathers claims and answers. It is not safe for concurrent use.
type Matcher struct {
	o Options
	texts
	claims      []Claim
	lines       []Line
	answers     []Answer
	answerLines []AnswerLine
	adjustments []adjustment
	submissions []*Submission
	payments    []*Payment
	parties     map[Party]*Party

	submission *edi837.Submission // of the claim added last
	scratch    []string
}

// NewMatcher returns a Matcher without claims and answers.
func NewMatcher(o Options) *Matcher {
	return &Matcher{o: o, texts: newTexts(), parties: map[Party]*Party{}}
}

// ReadClaims adds the claims of r. file says which file an offset of the stream is in; nil: none is known. An error is
// that of the reader.
func (m *Matcher) ReadClaims(r *edi837.Reader, file func(offset int64) string) error {
	for {
		ev, err := r.Next()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case ev.Kind == codec.Unit:
			m.AddClaim(ev.Submission, ev.Claim, ev.Number, fileOf(file, ev.Env))
		}
	}
}

// ReadRemittances adds the claims and provider adjustments of r. file says which file an offset of the stream is in; nil:
// none is known. An error is that of the reader.
func (m *Matcher) ReadRemittances(r *edi835.Reader, file func(offset int64) string) error {
	for {
		ev, err := r.Next()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case ev.Kind == codec.Begin:
			m.BeginRemittance(ev.Remittance, fileOf(file, ev.Env))
		case ev.Kind == codec.Unit:
			m.AddAnswer(ev.Claim, ev.Number)
		case ev.Kind == codec.End:
			m.EndRemittance(ev.Remittance)
		}
	}
}

func fileOf(file func(int64) string, env codec.Env) string {
	if file == nil || env.Set == nil {
		return ""
	}
	return file(env.Set.Offset)
}

// AddRemittance adds a whole remittance.
func (m *Matcher) AddRemittance(r *edi835.Remittance, file string) {
	m.BeginRemittance(r, file)
	n := int64(0)
	for i := range r.Groups {
		for k := range r.Groups[i].Claims {
			n++
			m.AddAnswer(&r.Groups[i].Claims[k], n)
		}
	}
	m.EndRemittance(r)
}

// AddClaim adds a claim of a submission, the n-th of it, 1 = first. Nothing of either is kept but copies.
func (m *Matcher) AddClaim(s *edi837.Submission, c *edi837.Claim, n int64, file string) {
	if s != m.submission || len(m.submissions) == 0 {
		m.submission = s
		m.submissions = append(m.submissions, m.newSubmission(s, file))
	}
	sub := m.submissions[len(m.submissions)-1]
	k := Claim{
		Submission: sub, Number: n, Control: m.keep(c.ControlNumber), PayerNumber: m.keep(c.References.PayerClaimControlNumber),
		Kind: c.Kind, Frequency: m.share(c.Frequency), Order: order(c.Subscriber.PayerResponsibility), Charge: number(c.Charge),
		From: c.ServiceFrom().Long(), To: c.ServiceTo().Long(), Payer: m.party(c.Payer.ID, c.Payer.Name), Member: m.keep(c.Subscriber.ID),
		NPI: m.share(c.BillingProvider.NPI()), lines: span{uint32(len(m.lines)), uint32(len(c.Services))},
	}
	if c.Dental != nil && c.Dental.SubmissionReason == "PB" {
		k.Estimate = true
	}
	p := c.PatientPerson()
	k.patient = hash(p.LastOrOrganization, p.First)
	var sum x12.Sum
	for i := range c.Services {
		s := &c.Services[i]
		line := Line{
			Number: int64(i + 1), Control: m.keep(s.LineControlNumber), Charge: number(s.Charge), Date: s.From(c).Long(),
			procedure: m.symbol(s.Procedure.Code), modifiers: m.modifiers(s.Procedure.Modifiers), revenue: m.symbol(s.RevenueCode),
		}
		if d := s.Number.Decimal; s.Number.Valid && d.IsInteger() && d.IsPositive() && d.NumDigits() < 10 {
			line.Number = d.IntPart()
		}
		switch {
		case !s.Units.Valid:
			line.Units = x12.NewNumber(1, 0)
		case s.UnitOfMeasure == "UN" || s.UnitOfMeasure == "":
			line.Units = number(s.Units)
		}
		sum.Add(line.Charge)
		sub.digest = digestNumbers(digest(sub.digest, line.Control, s.Procedure.Code, line.Date.String()), line.Charge)
		m.lines = append(m.lines, line)
	}
	if n, ok := sum.Number(); ok && !k.Charge.Set() {
		k.Charge = plain(n)
	}
	sub.claims++
	sub.digest = digestNumbers(digest(sub.digest, c.ControlNumber, k.PayerNumber, k.Frequency, k.Member, k.From.String(), p.LastOrOrganization, p.First), k.Charge)
	m.claims = append(m.claims, k)
}

func order(responsibility string) uint8 {
	switch {
	case responsibility == "P":
		return 1
	case responsibility == "S":
		return 2
	case responsibility == "T" || responsibility >= "A" && responsibility <= "H":
		return 3
	}
	return 0
}

func (m *Matcher) place(e *care.Envelope, set, file string) Place {
	return Place{m.share(file), m.share(e.Interchange.ControlNumber), m.share(e.Group.ControlNumber), m.keep(set)}
}

func firstDay(days ...x12.Date) x12.Date {
	for _, d := range days {
		if !d.IsZero() {
			return d.Long()
		}
	}
	return x12.Date{}
}

func (m *Matcher) newSubmission(s *edi837.Submission, file string) *Submission {
	if s == nil {
		s = new(edi837.Submission)
	}
	return &Submission{
		Place: m.place(&s.Envelope, s.ControlNumber, file), Sender: m.share(strings.TrimSpace(s.Envelope.Interchange.SenderID)), Reference: m.keep(s.Reference),
		Date: firstDay(s.Date, s.Envelope.Group.Date, s.Envelope.Interchange.Date), digest: emptyDigest,
	}
}

func (m *Matcher) party(id, name string) *Party {
	key := Party{strings.TrimSpace(id), strings.TrimSpace(name)}
	p := m.parties[key]
	if p == nil {
		p = &Party{m.keep(key.ID), m.keep(key.Name)}
		m.parties[*p] = p
	}
	return p
}

// modifiers returns the symbol of a list in alphabetical order: payers do not keep the order.
func (m *Matcher) modifiers(list []string) symbol {
	m.scratch = m.scratch[:0]
	for _, s := range list {
		if s != "" {
			m.scratch = append(m.scratch, s)
		}
	}
	switch len(m.scratch) {
	case 0:
		return 0
	case 1:
		return m.symbol(m.scratch[0])
	}
	slices.Sort(m.scratch)
	return m.symbol(strings.Join(m.scratch, ":"))
}

// BeginRemittance begins a remittance that is added claim by claim. Its claims and provider adjustments are not looked at.
func (m *Matcher) BeginRemittance(r *edi835.Remittance, file string) {
	id := r.Payer.ID
	ids := []string{r.Payer.ID, r.Trace.PayerID, strings.TrimPrefix(r.Trace.PayerID, "1")}
	for _, ref := range r.Payer.AdditionalIDs {
		ids = append(ids, ref.ID)
		if id == "" && ref.Qualifier == "2U" {
			id = ref.ID
		}
	}
	if id == "" {
		id = r.Trace.PayerID
	}
	p := &Payment{
		Place: m.place(&r.Envelope, r.ControlNumber, file), Sender: m.share(strings.TrimSpace(r.Envelope.Interchange.SenderID)),
		Date:  firstDay(r.Payment.EffectiveDate, r.ProductionDate, r.Envelope.Group.Date, r.Envelope.Interchange.Date),
		Trace: m.keep(r.Trace.Number), PayerID: m.share(r.Trace.PayerID), Payer: m.party(id, r.Payer.Name), NPI: m.share(r.Payee.NPI()),
		Amount: number(r.Payment.Amount), digest: emptyDigest,
	}
	for _, s := range ids {
		if s = strings.ToUpper(strings.TrimSpace(s)); s != "" && !slices.Contains(p.ids, s) {
			p.ids = append(p.ids, m.share(s))
		}
	}
	m.payments = append(m.payments, p)
}

// EndRemittance adds what stands behind the claims of the remittance begun last: its provider adjustments.
func (m *Matcher) EndRemittance(r *edi835.Remittance) {
	p := m.payments[len(m.payments)-1]
	for i := range r.ProviderAdjustments {
		p.plb.Add(number(r.ProviderAdjustments[i].Amount))
	}
}

// AddAnswer adds a claim of the remittance begun last, the n-th of it, 1 = first. Nothing of it is kept but copies.
func (m *Matcher) AddAnswer(c *edi835.Claim, n int64) {
	p := m.payments[len(m.payments)-1]
	a := Answer{
		Payment: p, Number: n, Control: m.keep(c.PatientControlNumber), PayerNumber: m.keep(c.PayerControlNumber),
		Original: m.keep(c.References.OriginalReferenceNumber), Status: edi835.ClaimStatus(m.share(string(c.Status))), Frequency: m.share(c.Frequency),
		Charge: number(c.Charge), Paid: number(c.Paid), PatientResponsibility: number(c.PatientResponsibility),
		From: c.Dates.StatementFrom.Long(), To: firstDay(c.Dates.StatementTo, c.Dates.StatementFrom), Member: m.keep(c.Patient.ID),
		patient: hash(c.Patient.Last, c.Patient.First), adjustments: m.addAdjustments(c.Adjustments),
		lines: span{uint32(len(m.answerLines)), uint32(len(c.Services))},
	}
	if c.Insured != nil && c.Insured.ID != "" {
		a.Member = m.keep(c.Insured.ID)
	}
	if c.CorrectedInsured != nil {
		a.corrected = m.keep(c.CorrectedInsured.ID)
	}
	for i := range c.Services {
		s := &c.Services[i]
		line := AnswerLine{
			Control: m.keep(s.LineControlNumber), Charge: number(s.Charge), Paid: number(s.Paid), Allowed: number(s.Amounts.Allowed),
			Units: number(s.PaidUnits), BilledUnits: number(s.OriginalUnits), Date: s.ServiceFrom(c).Long(), revenue: m.symbol(s.Revenue()),
			procedure: m.symbol(s.Procedure.Code), modifiers: m.modifiers(s.Procedure.Modifiers),
			billed: m.symbol(s.SubmittedProcedure.Code), billedMods: m.modifiers(s.SubmittedProcedure.Modifiers),
			adjustments: m.addAdjustments(s.Adjustments),
		}
		if s.Procedure.Qualifier == "NU" {
			line.procedure = 0
		}
		if s.SubmittedProcedure.Qualifier == "NU" {
			line.billed = 0
		}
		if !line.Units.Set() {
			line.Units = x12.NewNumber(1, 0)
		}
		if from := s.ServiceFrom(nil).Long(); !from.IsZero() && c.Dates.StatementFrom.IsZero() && (a.From.IsZero() || from.Before(a.From)) {
			a.From = from
		}
		if to := s.ServiceTo(nil).Long(); c.Dates.StatementFrom.IsZero() && to.After(a.To) {
			a.To = to
		}
		p.digest = digestNumbers(digest(p.digest, line.Control, s.Procedure.Code, line.Date.String()), line.Charge, line.Paid)
		m.answerLines = append(m.answerLines, line)
	}
	p.claims++
	p.digest = digestNumbers(digest(p.digest, a.Control, a.PayerNumber, string(a.Status), a.Member, c.Patient.Last, c.Patient.First), a.Charge, a.Paid)
	p.paid.Add(a.Paid)
	m.answers = append(m.answers, a)
}

func (m *Matcher) addAdjustments(list []edi835.Adjustment) span {
	s := span{uint32(len(m.adjustments)), uint32(len(list))}
	for i := range list {
		d := &list[i]
		m.adjustments = append(m.adjustments, adjustment{m.symbol(string(d.Group)), m.symbol(d.Reason), number(d.Amount)})
	}
	return s
}
