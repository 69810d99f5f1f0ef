package edit

import (
	"bytes"
	"strconv"

	"github.com/x12-go/edi/x12"
)

// The ranks of levels, by HL03. A level closes all of its rank and below.
const (
	rankBilling = iota + 1
	rankSubscriber
	rankPatient
	rankOther
)

// rankIn is rankOf in a set of a kind. In a 270 and 271 the subscriber stands below a receiver.
func rankIn(kind setKind, code []byte) int {
	if kind == set837 {
		return rankOf(code)
	}
	switch string(bytes.TrimSpace(code)) {
	case "20":
		return rankBilling
	case "21":
		return rankSubscriber
	case "22":
		return rankPatient
	}
	return rankOther
}

func rankOf(code []byte) int {
	switch string(bytes.TrimSpace(code)) {
	case "20":
		return rankBilling
	case "22":
		return rankSubscriber
	case "23":
		return rankPatient
	}
	return rankOther
}

// claims cuts an 837 at its claims. It keeps the segments in front of the first HL and the open levels; claims go
// straight to their parts.
type claims struct {
	sp         *splitter
	head       held
	written    bool  // the head is in some part
	to         *part // of the open claim, nil in front of the first and after an HL
	serial     int64 // of the last level, through the whole run
	depth      int
	chain      [maxDepth]level // ranks rise strictly
	warned     bool            // of a claim above all levels in this set
	unkeyed    bool            // of a claim that no level names a provider or payer for
	bad        bool            // for Sift: the open claim is
	quantities []quantity      // for Sift: totals in the head
	room       []byte          // for an HL
}

// held is segments that are kept.
type held struct {
	text []byte // with terminators
	segs int64
}

// level is an open level.
type level struct {
	held          // what stands behind its HL
	serial  int64 // unique in the run
	rank    int
	written bool // in some part
	at      place
	hl01    []byte // as they stand in the input, for what stands below
	code    []byte // HL03
	more    []byte // what stands behind HL04, with its separator

	billing bool // rankBilling: inside 2010AA
	npi     []byte
	tax     []byte
	payer   []byte // of rankSubscriber: NM109 of 2010BB
	name    []byte // NM103
	paid    bool   // 2010BB was there
	bad     bool   // for Sift
	to      *part  // nil until it is looked for
}

func (c *claims) begin() {
	c.head = held{text: c.head.text[:0]}
	c.written, c.to, c.depth, c.warned, c.unkeyed = false, nil, 0, false, false
	c.bad, c.quantities = false, c.quantities[:0]
}

// segment takes a segment of the body.
func (c *claims) segment(s *x12.Segment) error {
	kind := c.sp.set.kind
	switch {
	case s.ID == idHL && kind != set834:
		return c.level(s)
	case s.ID == idCLM && kind == set837 || s.ID == idINS && kind == set834:
		return c.claim(s)
	case c.to != nil:
		if kind > set834 {
			c.to.share.count(kind, s)
		}
		return c.to.segment(s)
	}
	h := &c.head
	if c.depth > 0 {
		l := &c.chain[c.depth-1]
		l.note(s)
		h = &l.held
	}
	if s.ID == idQTY && kind == set834 {
		c.quantity(s, len(h.text))
	}
	h.text = c.sp.appendSegment(h.text, s)
	h.segs++
	return c.sp.room(s, len(h.text), h.segs)
}

// note keeps what names the provider or payer.
func (l *level) note(s *x12.Segment) {
	switch {
	case s.ID == idNM1 && l.rank == rankBilling:
		if l.billing = string(s.Elem(1)) == "85" && len(l.npi)+len(l.tax) == 0; !l.billing {
			return
		}
		id := s.Elem(9)
		switch qualifier := string(s.Elem(8)); {
		case len(id) == 0:
		case qualifier == "XX":
			l.npi = append(l.npi, id...)
		case qualifier == "24" || qualifier == "34" || qualifier == "FI":
			l.tax = append(l.tax, id...)
		}
	case s.ID == idREF && l.billing && len(l.tax) == 0:
		if q := string(s.Elem(1)); q == "EI" || q == "SY" {
			l.tax = append(l.tax, s.Elem(2)...)
		}
	case s.ID == idNM1 && l.rank == rankSubscriber && !l.paid && string(s.Elem(1)) == "PR":
		l.paid = true
		l.payer = append(l.payer, s.Elem(9)...)
		l.name = append(l.name, s.Elem(3)...)
	}
}

// level opens a level.
func (c *claims) level(s *x12.Segment) error {
	c.to = nil
	rank := rankIn(c.sp.set.kind, s.Elem(3))
	if rank == rankOther && c.sp.set.kind == set837 {
		rank = c.rankBelow(bytes.TrimSpace(s.Elem(2)))
	}
	for c.depth > 0 && c.chain[c.depth-1].rank >= rank {
		if err := c.pop(); err != nil {
			return err
		}
	}
	c.check(s)
	c.serial++
	l := &c.chain[c.depth]
	c.depth++
	*l = level{held: held{text: l.text[:0]}, serial: c.serial, rank: rank, at: place{s.Offset, s.Ordinal, "HL"}, hl01: l.hl01[:0], code: l.code[:0],
		more: l.more[:0], npi: l.npi[:0], tax: l.tax[:0], payer: l.payer[:0], name: l.name[:0]}
	l.hl01 = append(l.hl01, bytes.TrimSpace(s.Elem(1))...)
	l.code = append(l.code, s.Elem(3)...)
	if s.Len() > 4 {
		l.more = append(l.more, s.Bytes()[s.At(5)-1:]...)
	}
	if c.sp.judge == nil {
		return nil
	}
	l.bad = c.sp.judge.Bad(s.Offset)
	if rank >= rankPatient && c.sp.set.kind != set837 {
		return c.subject(s, l)
	}
	return nil
}

// rankBelow returns the rank of a level of unknown code by its parent: in the place of a subscriber it is taken for
// one, and what stands below goes with it. Without a parent among the open levels it goes below the innermost.
func (c *claims) rankBelow(parent []byte) int {
	for i := range c.depth {
		if l := &c.chain[i]; len(parent) > 0 && bytes.Equal(parent, l.hl01) {
			return min(l.rank+1, rankOther)
		}
	}
	return rankOther
}

// check compares what the HL says of its place with where it stands, which the parts go by.
func (c *claims) check(s *x12.Segment) {
	rank, parent := rankOf(s.Elem(3)), bytes.TrimSpace(s.Elem(2))
	switch {
	case rank == rankOther:
		c.sp.report(s, x12.Warning, RuleLevel, 3, "a level other than 20, 22 and 23: kept below the level that HL02 names")
	case c.depth == 0 && rank != rankBilling:
		c.sp.report(s, x12.Error, RuleParent, 2, "no billing provider level above: expected one with HL03 20")
		return
	}
	if c.depth == 0 {
		if len(parent) > 0 {
			c.sp.report(s, x12.Warning, RuleParent, 2, "HL02 of a level with none above it: left out in the parts")
		}
		return
	}
	if up := &c.chain[c.depth-1]; rank == rankPatient && up.rank != rankSubscriber {
		c.sp.report(s, x12.Error, RuleParent, 2, "no subscriber level above: expected one with HL03 22")
	} else if !bytes.Equal(parent, up.hl01) {
		c.sp.report(s, x12.Error, RuleParent, 2, "HL02 is not the number of the level it stands below: the parts follow the order of the levels")
	}
}

// claim opens a claim in its part.
func (c *claims) claim(s *x12.Segment) error {
	if c.sp.judge != nil {
		c.bad = c.sp.judge.Bad(s.Offset)
	} else if c.depth == 0 && !c.warned {
		c.warned = true
		c.sp.report(s, x12.Warning, RuleLevel, 0, "a claim above all levels: kept behind the head of the set")
	}
	p, err := c.target(place{s.Offset, s.Ordinal, "CLM"}, 1)
	if err != nil {
		return err
	}
	if err := c.put(p); err != nil {
		return err
	}
	c.to = p
	p.share.count(c.sp.set.kind, s)
	return p.segment(s)
}

// target returns the part for claims below the chain; claims says how many there are, 0 or 1.
func (c *claims) target(at place, claims int64) (*part, error) {
	switch c.sp.o.By.kind {
	case byClaims:
		return c.sp.withRoom(claims)
	case bySift:
		return c.sp.sifted(c.bad), nil
	case byNPI:
		return c.keyed(at, claims, rankBilling, "the billing provider has neither NPI nor tax id")
	}
	return c.keyed(at, claims, rankSubscriber, "the payer has neither id nor name")
}

// keyed returns the part of the level that names the provider or payer. Levels without claims that are above it or
// lack a name go into the rest, so that no part is made for them alone.
func (c *claims) keyed(at place, claims int64, rank int, missing string) (*part, error) {
	var l *level
	for i := range c.depth {
		if c.chain[i].rank == rank {
			l = &c.chain[i]
		}
	}
	if l != nil && l.to != nil {
		return l.to, nil
	}
	k := l.key()
	if k.kind == keyNone {
		if claims == 0 {
			return c.sp.restPart(), nil
		}
		if l != nil || !c.unkeyed {
			c.unkeyed = c.unkeyed || l == nil
			c.sp.found(c.sp.issue(at, x12.Warning, RuleNoKey, missing))
		}
	}
	p, err := c.sp.keyed(k, at)
	if err == nil && l != nil {
		l.to = p
	}
	return p, err
}

func (l *level) key() key {
	switch {
	case l == nil:
	case len(l.npi) > 0:
		return newKey(keyID, l.npi)
	case len(l.tax) > 0:
		return newKey(keyTax, l.tax)
	case len(l.payer) > 0:
		return newKey(keyID, l.payer)
	case len(l.name) > 0:
		return newKey(keyName, l.name)
	}
	return key{}
}

// put writes what the part does not yet have of the set's head and the chain. The levels of a part follow the order of
// the input, so its open levels and the chain agree up to some depth, and below that all is new.
func (c *claims) put(p *part) error {
	fresh, err := p.enter(c.sp)
	if err != nil {
		return err
	}
	if fresh {
		c.written = true
		if err := c.writeHead(p); err != nil {
			return err
		}
	}
	k := 0
	for k < c.depth && k < p.depth && p.open[k].serial == c.chain[k].serial {
		k++
	}
	p.depth = k
	for ; k < c.depth; k++ {
		if err := p.level(&c.chain[k], k+1 < c.depth, c.sp); err != nil {
			return err
		}
	}
	return nil
}

// level writes a level below those open in the part.
func (p *part) level(l *level, parent bool, sp *splitter) error {
	p.levels++
	l.written = true
	es := p.delims.Element
	b := strconv.AppendInt(append(sp.claims.room[:0], 'H', 'L', es), p.levels, 10)
	b = append(b, es)
	if p.depth > 0 {
		up := &p.open[p.depth-1]
		b = strconv.AppendInt(b, up.number, 10)
		if !up.parent {
			up.parent = true
			if err := p.patch(up.at, '1'); err != nil {
				return err
			}
		}
	}
	b = append(append(append(b, es), l.code...), es)
	at := p.size() + int64(len(b))
	b = append(b, '0')
	if parent {
		b[len(b)-1] = '1'
	}
	b = sp.appendEnd(append(b, l.more...))
	sp.claims.room = b
	p.open[p.depth] = openLevel{serial: l.serial, number: p.levels, at: at, parent: parent}
	p.depth++
	if err := p.ready(b, 1); err != nil {
		return err
	}
	return p.ready(l.text, l.segs)
}

// pop closes the innermost level. One that no part has is kept with the levels above it.
func (c *claims) pop() error {
	l := &c.chain[c.depth-1]
	if !l.written {
		c.bad = l.bad
		c.sp.found(c.sp.issue(l.at, x12.Info, RuleEmptyLevel, "a level without claims: kept once"))
		p, err := c.target(l.at, 0)
		if err != nil {
			return err
		}
		if err := c.put(p); err != nil {
			return err
		}
	}
	c.depth--
	return nil
}

// end closes the set.
func (c *claims) end() error {
	for c.depth > 0 {
		if err := c.pop(); err != nil {
			return err
		}
	}
	c.to = nil
	if c.written {
		return nil
	}
	c.bad = false
	at := place{offset: c.sp.set.Offset, ordinal: 1, id: "ST"}
	c.sp.found(c.sp.issue(at, x12.Info, RuleEmptyLevel, "a set without levels and claims: kept"))
	p, err := c.target(at, 0)
	if err != nil {
		return err
	}
	return c.put(p)
}
