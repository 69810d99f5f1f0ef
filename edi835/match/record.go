package match

import (
	"strings"

	"github.com/x12-go/edi/edi835"
	"github.com/x12-go/edi/edi837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/care"
)

// Place says where a set stands.
type Place struct {
	File                    string
	Interchange, Group, Set string // ISA13, GS06, ST02
}

func (p *Place) compare(q *Place) int {
	return compareTexts(p.Interchange, q.Interchange, p.Group, q.Group, p.Set, q.Set, p.File, q.File)
}

// compareTexts compares pairs of texts, the first that differs decides.
func compareTexts(pairs ...string) int {
	for i := 0; i < len(pairs); i += 2 {
		if n := strings.Compare(pairs[i], pairs[i+1]); n != 0 {
			return n
		}
	}
	return 0
}

// Party is a payer.
type Party struct{ ID, Name string }

// key is what tells payers apart: the identifier, the name without one.
func (p *Party) key() string {
	if p.ID != "" {
		return strings.ToUpper(p.ID)
	}
	return "\x00" + nameKey(p.Name)
}

// nameKey returns the letters and digits of a name in upper case.
func nameKey(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r >= 0x80:
			return r
		}
		return -1
	}, s)
}

// Submission is an 837 as far as its claims need it.
type Submission struct {
	Place
	Sender    string   // ISA06
	Reference string   // BHT03
	Date      x12.Date // BHT04, else that of the group or interchange

	claims   int
	digest   uint64 // of its claims
	repeated bool   // the same was read before
}

// Claim is what is kept of a submitted claim.
type Claim struct {
	*Submission
	Number      int64  // ordinal in its set, 1 = first
	Control     string // CLM01
	PayerNumber string // REF*F8, the payer's number of the claim that this one replaces or voids
	Kind        edi837.Kind
	Frequency   string // CLM05-3
	Order       uint8  // SBR01: 1 = primary, 2 = secondary, 3 = tertiary or later, 0 = not known
	Estimate    bool   // CLM19 PB: asks what would be paid
	Charge      x12.Number
	From, To    x12.Date // of the services
	Payer       *Party
	Member      string // of the subscriber
	NPI         string // of the billing provider
	patient     uint64
	lines       span
}

// replaces reports whether the claim stands for an earlier one.
func (c *Claim) replaces() bool { return c.Frequency == "7" || c.Frequency == "8" }

// Line is what is kept of a line of a submitted claim.
type Line struct {
	Number    int64  // LX01
	Control   string // REF*6R
	Charge    x12.Number
	Units     x12.Number // absent where they are no count (minutes)
	Date      x12.Date
	procedure symbol
	modifiers symbol
	revenue   symbol
}

// Payment is an 835 as far as its claims need it.
type Payment struct {
	Place
	Sender  string
	Date    x12.Date // BPR16, else DTM*405
	Trace   string   // TRN02
	PayerID string   // TRN03
	Payer   *Party
	NPI     string // of the payee
	Amount  x12.Number

	ids      []string // by which the payer may be known, in upper case
	claims   int
	digest   uint64 // of its claims
	paid     x12.Sum
	plb      x12.Sum
	repeated bool
}

// Answer is what is kept of a remittance claim.
type Answer struct {
	*Payment
	Number                int64  // ordinal of CLP in its set, 1 = first
	Control               string // CLP01
	PayerNumber           string // CLP07
	Original              string // REF*F8
	Status                edi835.ClaimStatus
	Frequency             string // CLP09
	Charge, Paid          x12.Number
	PatientResponsibility x12.Number // CLP05
	From, To              x12.Date
	Member                string // of the insured, else of the patient
	corrected             string // member as corrected
	patient               uint64
	adjustments           span
	lines                 span
}

// Estimates reports whether the answer is a predetermination: no decision on a claim.
func (a *Answer) Estimates() bool { return a.Status == edi835.Predetermination }

// Forwarded reports whether the payer has handed the claim on without a decision.
func (a *Answer) Forwarded() bool { return a.Status == edi835.NotOurClaimForwarded }

// AnswerLine is what is kept of a service of a remittance claim.
type AnswerLine struct {
	Control      string // REF*6R
	Charge, Paid x12.Number
	Allowed      x12.Number // AMT*B6
	Units        x12.Number // SVC05, 1 when absent
	BilledUnits  x12.Number // SVC07
	Date         x12.Date
	procedure    symbol
	modifiers    symbol
	billed       symbol // SVC06
	billedMods   symbol
	revenue      symbol
	adjustments  span
}

// adjustment is one triplet of a CAS.
type adjustment struct {
	group, reason symbol
	amount        x12.Number
}

// span is a part of one of the lists of the matcher.
type span struct{ at, n uint32 }

// symbol stands for a text that many records share; 0 for none.
type symbol uint32

// blockSize is the room for texts that is taken at once.
const blockSize = 32 << 10

// texts keeps copies of texts with little room and few allocations.
type texts struct {
	block  *strings.Builder
	shared map[string]string
	number map[string]symbol
	names  []string
}

func newTexts() texts {
	return texts{shared: map[string]string{}, number: map[string]symbol{}, names: []string{""}}
}

// keep returns a copy of s.
func (t *texts) keep(s string) string {
	switch {
	case s == "":
		return ""
	case len(s) > blockSize/8:
		return strings.Clone(s)
	}
	// A block never grows beyond its first allocation, so that texts cut from it stay.
	if t.block == nil || t.block.Cap()-t.block.Len() < len(s) {
		t.block = new(strings.Builder)
		t.block.Grow(blockSize)
	}
	at := t.block.Len()
	t.block.WriteString(s)
	return t.block.String()[at:]
}

// share returns a copy of s, the same one for the same text.
func (t *texts) share(s string) string {
	if v, ok := t.shared[s]; ok || s == "" {
		return v
	}
	s = t.keep(s)
	t.shared[s] = s
	return s
}

// symbol returns the symbol of a text.
func (t *texts) symbol(s string) symbol {
	if s == "" {
		return 0
	}
	if n, ok := t.number[s]; ok {
		return n
	}
	s = t.keep(s)
	n := symbol(len(t.names))
	t.names = append(t.names, s)
	t.number[s] = n
	return n
}

func (t *texts) text(n symbol) string { return t.names[n] }

// number returns an amount in its shortest form, so that equal amounts are the same. An amount that X12 cannot carry is
// absent.
func number(a care.Amount) x12.Number {
	n, err := a.Number()
	if err != nil || !n.Set() {
		return x12.Number{}
	}
	return plain(n)
}

func plain(n x12.Number) x12.Number {
	coef, scale := n.Coef(), n.Scale()
	for scale > 0 && coef%10 == 0 {
		coef, scale = coef/10, scale-1
	}
	return x12.NewNumber(coef, scale)
}

// size returns the amount without its sign.
func size(n x12.Number) x12.Number {
	if n.Sign() < 0 {
		return plain(n.Neg())
	}
	return n
}

// emptyDigest is the FNV-1a hash of nothing.
const emptyDigest = 14695981039346656037

// digest adds texts to an FNV-1a hash.
func digest(h uint64, list ...string) uint64 {
	for _, s := range list {
		for i := range len(s) {
			h = (h ^ uint64(s[i])) * 1099511628211
		}
		h = (h ^ 0xFF) * 1099511628211 // ends a text
	}
	return h
}

// digestNumbers adds amounts to a hash.
func digestNumbers(h uint64, list ...x12.Number) uint64 {
	for _, n := range list {
		for v := uint64(n.Coef()); v != 0; v >>= 8 {
			h = (h ^ v&0xFF) * 1099511628211
		}
		h = (h ^ uint64(n.Scale())<<1 ^ 0x100) * 1099511628211
	}
	return h
}

// hash returns the hash of the letters of a name, 0 for none. It confirms; it never decides alone.
func hash(last, first string) uint64 {
	last, first = nameKey(last), nameKey(first)
	if last == "" {
		return 0
	}
	return digest(emptyDigest, last, first)
}

// dayNumber counts days; absent dates have 0.
func dayNumber(d x12.Date) int {
	if d.IsZero() {
		return 0
	}
	return int(d.Time().Unix()/86400) + 1<<20
}
