package synth

import "github.com/x12-go/edi/internal/invent"

// kind is the sort of bill a claim answers.
type kind uint8

const (
	professional kind = iota
	outpatient
	inpatient
	pharmacy
	dental
)

// adjustment is one triplet of a CAS segment; amount in cents, positive when it
// lowers the payment.
type adjustment struct {
	group    uint8
	reason   string
	amount   int64
	quantity int64 // 0: not sent
}

const (
	maxLines       = 8
	maxAdjustments = 12
)

// service is the numeric part of one 2110 loop; amounts in cents.
type service struct {
	item     *procedure
	charge   int64
	paid     int64
	allowed  int64 // AMT*B6, 0: not sent
	units    int64 // paid
	billed   int64 // units billed, when they differ from units
	downcode string
	remark   string
	reject   string // NCPDP reject code
	nadj     int
	adj      [maxAdjustments]adjustment
}

func (s *service) adjust(group uint8, reason string, amount int64) {
	if amount != 0 { // an adjustment of zero is not allowed
		s.adj[s.nadj] = adjustment{group: group, reason: reason, amount: amount}
		s.nadj++
	}
}

// claim is the numeric part of one 2100 loop; amounts in cents.
type claim struct {
	index    int64  // of the claim in the output, from 0
	identity int64  // index of the claim whose patient and numbers this one has
	text     uint64 // stream key of the text part
	kind     kind
	status   string // CLP02
	reversal bool
	original int64 // correction: index of the claim it replaces, else -1
	charge   int64
	paid     int64
	patient  int64 // sum of the PR adjustments
	interest int64 // AMT*I
	prior    int64 // OA 23: what earlier payers' decisions took off
	remark   string
	drg      *drg
	days     int64 // covered
	lost     int64 // noncovered days
	nadj     int
	adj      [6]adjustment
	nlines   int
	lines    [maxLines]service
}

func (c *claim) adjust(group uint8, reason string, amount, quantity int64) {
	if amount != 0 {
		c.adj[c.nadj] = adjustment{group, reason, amount, quantity}
		c.nadj++
	}
}

// line opens the next service line with its charge.
func (c *claim) line(item *procedure, units, charge int64) *service {
	s := &c.lines[c.nlines]
	c.nlines++
	*s = service{item: item, units: units, charge: charge}
	return s
}

// role says what a claim is within a pair.
type role uint8

const (
	plain role = iota
	reversing
	correcting
)

// model computes claims. It holds read-only tables only: claim i of a seed is
// the same whatever was computed before it.
type model struct {
	seed         uint64
	professional []procedure
	dental       []procedure
	outpatient   []procedure
	rooms        []procedure
	drugs        []procedure
	drgs         []drg
	denials      []denial
	contractual  []string
	rejects      []string
}

func newModel(seed uint64) *model {
	return &model{
		seed:         invent.Mix(seed ^ 0x835835835835),
		professional: professionalProcedures(),
		dental:       dentalProcedures(),
		outpatient:   outpatientProcedures(),
		rooms:        roomProcedures(),
		drugs:        drugProcedures(),
		drgs:         drgs(),
		denials:      denials(),
		contractual:  contractual(),
		rejects:      drugRejects(),
	}
}

// pairs reports whether a reversal and its correction start at claim index.
func (m *model) pairs(index int64) bool {
	return invent.Derive(m.seed, uint64(index))>>40&63 == 7
}

// The streams below a claim's key. A pair shares the key, so patient, services
// and charges are the same in both; only the decision differs.
const (
	streamShape = iota
	streamDecision
	streamSecondDecision
	streamText
)

// compute fills c with the claim at index for a payer of class cl. identity is
// the index of the claim that started the pair, or index itself.
func (m *model) compute(c *claim, index, identity int64, r role, gk groupKind, cl class) {
	key := invent.Derive(m.seed, uint64(identity))
	c.index, c.identity, c.text = index, identity, invent.Derive(key, streamText)
	c.status, c.reversal, c.original = "1", r == reversing, -1
	c.charge, c.paid, c.patient, c.interest, c.prior = 0, 0, 0, 0, 0
	c.remark, c.drg, c.days, c.lost = "", nil, 0, 0
	c.nadj, c.nlines = 0, 0

	shape := invent.Stream(key, streamShape)
	c.kind = pickKind(&shape, gk, cl)
	decision := invent.Stream(key, streamDecision)
	if r == correcting {
		decision = invent.Stream(key, streamSecondDecision)
		c.original = identity
	}
	switch c.kind {
	case inpatient:
		m.inpatientStay(c, &shape, &decision, cl)
	case pharmacy:
		m.fill(c, &shape, &decision)
	default:
		m.visit(c, &shape, &decision, cl, r != plain)
	}
	c.total()
	switch {
	case r == reversing:
		c.negate()
	case r == plain && c.paid > 5000 && decision.Chance(18):
		c.interest = c.paid*decision.Between(2, 20)/1000 + 1
	}
}

func pickKind(shape *invent.Rand, gk groupKind, cl class) kind {
	p := shape.Below(100)
	switch {
	case gk == inpatientGroup:
		return inpatient
	case gk == outpatientGroup:
		return outpatient
	case p < 62:
		return professional
	case p < 74:
		return outpatient
	case p < 80:
		return inpatient
	case p < 90 && cl != medicare:
		return pharmacy
	case cl == commercial:
		return dental
	}
	return professional
}

// total derives the claim's sums from its parts, so that the three balancing
// rules hold by construction: only CAS amounts separate charge from payment.
func (c *claim) total() {
	if c.nlines > 0 {
		c.charge = 0
		for i := range c.nlines {
			c.charge += c.lines[i].charge
		}
	}
	c.paid = c.charge
	for i := range c.nadj {
		a := &c.adj[i]
		c.paid -= a.amount
		if a.group == groupPR {
			c.patient += a.amount
		}
	}
	for i := range c.nlines {
		s := &c.lines[i]
		s.paid = s.charge
		for j := range s.nadj {
			a := &s.adj[j]
			s.paid -= a.amount
			if a.group == groupPR {
				c.patient += a.amount
			}
		}
		c.paid -= s.charge - s.paid
	}
}

// negate turns the claim into the reversal of itself: every amount changes its
// sign, group codes and units stay.
func (c *claim) negate() {
	c.status = "22"
	c.charge, c.paid, c.patient = -c.charge, -c.paid, 0
	for i := range c.nadj {
		c.adj[i].amount = -c.adj[i].amount
	}
	for i := range c.nlines {
		s := &c.lines[i]
		s.charge, s.paid, s.allowed = -s.charge, -s.paid, 0
		for j := range s.nadj {
			s.adj[j].amount = -s.adj[j].amount
		}
	}
}

// visit is a professional, dental or outpatient claim, decided line by line.
func (m *model) visit(c *claim, shape, decision *invent.Rand, cl class, paired bool) {
	items := m.professional
	switch c.kind {
	case dental:
		items = m.dental
	case outpatient:
		items = m.outpatient
	}
	n := lineCount(shape)
	if c.kind == outpatient {
		n = shape.Between(1, 6)
	}
	for i := range n {
		p := &items[shape.Below(int64(len(items)))]
		units := shape.Between(1, p.maxUnits)
		charge := p.price * units * shape.Between(80, 135) / 100
		if shape.Chance(500) {
			charge -= charge % 100
		}
		if i > 0 && shape.Chance(10) {
			charge = 0 // informational line, billed at no charge
		}
		c.line(p, units, charge)
	}
	d := decision.Below(1000)
	if paired {
		d = 999 // what is taken back was paid as primary
	}
	switch {
	case d < 15:
		m.refuseClaim(c, "4", groupCO, "31")
	case d < 22:
		m.refuseClaim(c, "23", groupOA, "109")
	case d < 26:
		m.refuseClaim(c, "1", groupOA, "22") // another payer comes first
	case d < 90:
		why := &m.denials[decision.Below(int64(len(m.denials)))]
		for i := range c.nlines {
			c.lines[i].refuse(why)
		}
	case d < 150:
		c.status = "2"
		if d < 93 {
			c.status = "3"
		} else if d < 96 {
			c.status = "20"
		}
		for i := range c.nlines {
			c.prior += c.lines[i].decideAfterOthers(decision)
		}
	case d < 160 && c.kind == dental:
		c.status = "25"
		for i := range c.nlines {
			c.lines[i].adjust(groupOA, "101", c.lines[i].charge)
		}
	default:
		if cl == medicare && d < 400 || d < 170 {
			c.status = "19"
		}
		for i := range c.nlines {
			m.decide(&c.lines[i], decision, cl, i == 0)
		}
	}
}

// lineCount draws the number of lines of a visit, one to six.
func lineCount(shape *invent.Rand) int64 {
	p := shape.Below(100)
	switch {
	case p < 33:
		return 1
	case p < 61:
		return 2
	case p < 80:
		return 3
	case p < 90:
		return 4
	case p < 96:
		return 5
	}
	return 6
}

// refuseClaim denies the whole claim at claim level, without lines.
func (m *model) refuseClaim(c *claim, status string, group uint8, reason string) {
	c.status = status
	var charge int64
	for i := range c.nlines {
		charge += c.lines[i].charge
	}
	c.nlines = 0
	c.charge = charge
	c.adjust(group, reason, charge, 0)
	switch reason {
	case "109":
		c.remark = "N418"
	case "31":
		c.remark = "MA130"
	}
}

// decide prices one line as the primary payer does.
func (m *model) decide(s *service, decision *invent.Rand, cl class, first bool) {
	d := decision.Below(1000)
	if s.charge == 0 {
		return
	}
	if d < 60 {
		s.refuse(&m.denials[decision.Below(int64(len(m.denials)))])
		return
	}
	rest := s.charge
	if d < 85 && s.units > 1 { // more units than the policy allows
		kept := decision.Between(1, s.units-1)
		cut := rest * (s.units - kept) / s.units
		s.adjust(groupCO, "151", cut)
		s.adj[s.nadj-1].quantity = s.units - kept
		s.billed, s.units, s.remark = s.units, kept, "N362"
		rest -= cut
	}
	allowed := rest * decision.Between(30, 85) / 100
	if d >= 85 && d < 105 && s.charge > 2000 {
		m.splitReduction(s, decision, rest-allowed)
	} else {
		s.adjust(groupCO, "45", rest-allowed)
	}
	if s.item.downcode != "" && d > 900 {
		s.downcode = s.item.downcode
	}
	s.allowed, rest = allowed, allowed
	p := decision.Below(100)
	if p < 18 {
		deductible := min(rest, decision.Between(5, 200)*100)
		s.adjust(groupPR, "1", deductible)
		rest -= deductible
	}
	switch {
	case p < 45:
		coinsurance := rest * decision.Between(1, 4) / 20
		s.adjust(groupPR, "2", coinsurance)
		rest -= coinsurance
	case p < 75 && first && cl != medicare:
		copay := min(rest, decision.Between(2, 10)*500)
		s.adjust(groupPR, "3", copay)
		rest -= copay
	}
	switch {
	case cl == medicare:
		s.adjust(groupCO, "253", rest/50)
	case d > 990:
		s.adjust(groupCO, "144", -(rest / 40)) // an incentive raises the payment
	}
}

// splitReduction spreads a contractual reduction over three to seven reasons.
func (m *model) splitReduction(s *service, decision *invent.Rand, total int64) {
	parts := decision.Between(3, int64(len(m.contractual)))
	for i := range parts {
		amount := total
		if i < parts-1 {
			amount = total / (parts - i) * decision.Between(4, 12) / 10
		}
		s.adjust(groupCO, m.contractual[i], amount)
		total -= amount
	}
}

// refuse denies a line.
func (s *service) refuse(why *denial) {
	s.adjust(why.group, why.reason, s.charge)
	s.remark = why.remark
}

// decideAfterOthers prices a line as a later payer does and returns what the
// earlier payers' decisions took off.
func (s *service) decideAfterOthers(decision *invent.Rand) int64 {
	prior := s.charge * decision.Between(50, 90) / 100
	rest := s.charge - prior
	s.adjust(groupOA, "23", prior)
	p := decision.Below(10)
	switch {
	case p < 5: // pays all that is left
	case p < 8:
		cut := rest * decision.Between(1, 6) / 10
		s.adjust(groupCO, "45", cut)
		rest -= cut
	default:
		share := rest * decision.Between(1, 10) / 10
		s.adjust(groupPR, "2", share)
		rest -= share
	}
	s.allowed = rest
	return prior
}

// inpatientStay is priced as a case: adjustments stand at the claim, and lines,
// if sent at all, carry their full charge.
func (m *model) inpatientStay(c *claim, shape, decision *invent.Rand, cl class) {
	c.drg = &m.drgs[shape.Below(int64(len(m.drgs)))]
	c.days = shape.Between(1, 9)
	c.charge = c.drg.price * shape.Between(105, 360) / 100
	if shape.Chance(300) {
		left := c.charge
		n := shape.Between(2, maxLines)
		for i := range n {
			charge := left
			if i < n-1 {
				charge = left / (n - i) * shape.Between(5, 14) / 10
			}
			units := int64(1)
			if i == 0 {
				units = c.days
			}
			c.line(&m.rooms[i], units, charge)
			left -= charge
		}
	}
	d := decision.Below(100)
	if d < 4 {
		c.adjust(groupCO, "50", c.charge, 0)
		c.remark = "N115"
		c.days = 0
		return
	}
	allowed := c.drg.price * decision.Between(95, 105) / 100
	rest := min(allowed, c.charge)
	reduction := c.charge - rest
	if d < 14 && reduction > 100000 {
		c.lost = decision.Between(1, 2)
		c.adjust(groupCO, "78", 50000*c.lost, c.lost)
		reduction -= 50000 * c.lost
	}
	c.adjust(groupCO, "45", reduction, 0)
	if d < 55 {
		deductible := min(rest, 167600)
		c.adjust(groupPR, "1", deductible, 0)
		rest -= deductible
	}
	if d >= 50 && d < 70 {
		coinsurance := rest / 5
		c.adjust(groupPR, "2", coinsurance, 0)
		rest -= coinsurance
	}
	if cl == medicare {
		c.adjust(groupCO, "253", rest/50, 0)
		c.remark = "MA01"
	}
}

// fill is a pharmacy claim: one line by NDC.
func (m *model) fill(c *claim, shape, decision *invent.Rand) {
	p := &m.drugs[shape.Below(int64(len(m.drugs)))]
	units := shape.Between(1, p.maxUnits)
	s := c.line(p, units, p.price*units+shape.Between(250, 1400))
	if decision.Chance(90) {
		s.adjust(groupCO, "16", s.charge)
		s.reject = m.rejects[decision.Below(int64(len(m.rejects)))]
		return
	}
	rest := s.charge
	cut := rest * decision.Between(10, 60) / 100
	s.adjust(groupCO, "45", cut)
	rest -= cut
	if decision.Chance(200) {
		fee := min(rest, decision.Between(50, 250))
		s.adjust(groupCO, "91", fee)
		rest -= fee
	}
	s.allowed = rest
	if decision.Chance(800) {
		s.adjust(groupPR, "3", min(rest, decision.Between(1, 9)*500))
	}
}
