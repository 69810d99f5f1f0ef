package edi837

import (
	"slices"
	"sync"

	"github.com/x12-go/edi/edi837/ts837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/guide"
	"github.com/x12-go/edi/x12/validate"
)

// role is what a check of a whole claim does with the segments of a slot.
type role uint8

const (
	roleNone role = iota
	roleClaim
	rolePeriod // DTP with a period, of the claim
	roleStatement
	roleDone // DTP of a dental claim that says when it was done
	roleDisability
	roleScreening
	roleFacility // N4 of the service facility
	roleDiagnoses
	rolePerson // NM1 of a person or company whose name the guide uses
	roleOtherPayer
	roleOtherAdjustment
	roleOtherPaid
	roleOtherDecision // MIA, MOA
	roleOtherName
	roleOtherDate
	roleLine
	roleService
	roleEquipment
	roleServiceDate
	roleLineDate // DTP with a period, of a line
	roleLineNumber
	roleReference // REF that may name another payer
	roleTooth
	roleAdjudication
	roleAdjudicationAdjustment
)

// roles lists the roles of the slots of a guide.
func roles(t *guide.Table) []role {
	out := make([]role, len(t.Slots))
	for i := 1; i < len(t.Slots); i++ {
		out[i] = roleOf(t, guide.SlotID(i))
	}
	return out
}

func roleOf(t *guide.Table, id guide.SlotID) role {
	s := &t.Slots[id]
	loop, seg := t.Loops[s.Loop].ID, s.ID.String()
	key := ""
	if len(s.Keys) == 1 {
		key = s.Keys[0]
	}
	switch loop + "/" + seg + key {
	case "2300/CLM":
		return roleClaim
	case "2300/DTP434":
		return roleStatement
	case "2300/CRCZZ", "2300/CRC":
		return roleScreening
	case "2310C/N4", "2310E/N4":
		if t.Loops[s.Loop].Type == "Facility" {
			return roleFacility
		}
	case "2300/DTP472", "2300/DTP452":
		return roleDone
	case "2320/SBR":
		return roleOtherPayer
	case "2320/CAS":
		return roleOtherAdjustment
	case "2320/AMTD":
		return roleOtherPaid
	case "2320/MIA", "2320/MOA":
		return roleOtherDecision
	case "2330B/NM1PR":
		return roleOtherName
	case "2330B/DTP573":
		return roleOtherDate
	case "2400/LX":
		return roleLine
	case "2400/SV1", "2400/SV2", "2400/SV3":
		return roleService
	case "2400/SV5":
		return roleEquipment
	case "2400/DTP472":
		return roleServiceDate
	case "2400/REF6R":
		return roleLineNumber
	case "2400/TOO":
		return roleTooth
	case "2430/SVD":
		return roleAdjudication
	case "2430/CAS":
		return roleAdjudicationAdjustment
	}
	switch {
	case loop == "2300" && seg == "HI":
		return diagnoses(t, id)
	case loop == "2300" && seg == "DTP" && slices.Contains(s.Keys, "314"):
		return roleDisability
	case loop == "2300" && seg == "DTP":
		return rolePeriod
	case loop == "2400" && seg == "DTP":
		return roleLineDate
	case seg == "REF" && used(t, id, 4):
		return roleReference
	case seg == "NM1" && used(t, id, 3) && used(t, id, 4):
		return rolePerson
	}
	return roleNone
}

// diagnoses tells the HI of the diagnoses that treat the patient from the others.
func diagnoses(t *guide.Table, id guide.SlotID) role {
	e := t.Elem(id, 1)
	if e == nil {
		return roleNone
	}
	for _, k := range append(t.Slots[id].Keys, t.Comp(e, 1).Codes...) {
		if k == "ABK" || k == "ABF" {
			return roleDiagnoses
		}
	}
	return roleNone
}

func used(t *guide.Table, id guide.SlotID, elem int) bool {
	e := t.Elem(id, elem)
	return e != nil && e.Usage != guide.NotUsed
}

// claimRules is what the check of claims knows of a guide.
type claimRules struct {
	kind   Kind
	roles  []role
	charge int         // element of SV1, SV2, SV3
	sums   []x12.SegID // the segments without which sums mean little: LX, the three with a charge, and those of other payers

	self bool // the claims of subscribers who are the patient

	sent, payer            *validate.Place // BHT04, NM109 of 2010BB
	subscriber             *validate.Place // SBR02 of 2000B
	birth                  *validate.Place // of the patient, the subscriber where that is the patient
	others                 *validate.Place // 2320
	orthodontics, careplan *validate.Place // DN1, REF 1J
	inUse                  sync.Pool       // of *claimWalk
}

// checkClaim makes one pass over the segments of a claim for all rules that need sums or compare segments with each other.
func checkClaim(b *validate.Binder) func(*validate.Scope) {
	c := &claimRules{
		kind: KindOf(b.Table.ID), roles: roles(b.Table), charge: 2,
		sent: b.Place("/BHT.04"), payer: b.Place("2010BB/NM1.09"), subscriber: b.Place("2000B/SBR.02"),
		birth: b.Place("2010CA/DMG.02?"), others: b.Place("2320"), orthodontics: b.Place("DN1?"), careplan: b.Place("REF[1J]?"),
	}
	if t := b.Table; t.Loops[t.Loops[b.Loop].Parent].ID == "2000B" {
		c.birth, c.self = b.Place("2010BA/DMG.02"), true
	}
	if b.Table == ts837.X223A2 {
		c.charge = 3
	}
	for _, id := range [...]string{"LX", "SV1", "SV2", "SV3", "SBR", "CAS", "AMT", "SVD"} {
		c.sums = append(c.sums, x12.ID(id))
	}
	c.inUse.New = func() any { return new(claimWalk) }
	return func(s *validate.Scope) {
		w := c.inUse.Get().(*claimWalk)
		w.begin(c, s)
		for i, to := s.Range(); i < to; i++ {
			if r := c.roles[s.Slot(i)]; r != roleNone {
				w.segment(r, s.At(i))
			}
		}
		w.end()
		w.s = nil
		c.inUse.Put(w)
	}
}

// claimWalk is one claim under check.
type claimWalk struct {
	*claimRules
	s *validate.Scope

	claim     validate.At
	total     x12.Number // CLM02
	totalOK   bool
	lines     x12.Sum // of the line charges
	linesOK   bool
	lineCount int // LX
	services  int // SV1, SV2, SV3

	payers    []otherPayer
	line      openLine
	broken    []lineFault
	unmatched bool // an SVD names none of the payers
	double    bool // two payers have one id

	numbers    []validate.At // REF 6R
	references []validate.At // REF with another payer
	bundled    []validate.At // SVD06
	period     [2]date       // statement dates
	today      date          // BHT04
	birthday   date

	diagnosed []diagnosis
	revised   bool   // two revisions of the ICD have been told
	pointed   uint16 // the diagnoses that the pointers of lines can name, as bits
	hasHI     bool
	facility  []byte      // CLM05-1
	dated     bool        // a dental claim says when it was done, or that it was not
	admitted  bool        // some diagnosis was marked as present on admission or not
	braces    validate.At // a line of orthodontics
	oversight validate.At // a line of care plan oversight
	dateFault bool        // one date before birth or after the file, or outside the statement, is enough
	whole     uint8       // 0 not known yet, 1 yes, 2 no
	sbr       validate.At // of the subscriber
	poaFrom   validate.At // the first diagnosis that could have been marked
}

// begin clears everything for a claim.
func (w *claimWalk) begin(c *claimRules, s *validate.Scope) {
	*w = claimWalk{
		claimRules: c, s: s, linesOK: true, payers: w.payers[:0], broken: w.broken[:0], numbers: w.numbers[:0],
		references: w.references[:0], bundled: w.bundled[:0], diagnosed: w.diagnosed[:0],
		line: openLine{parts: w.line.parts[:0]},
	}
	w.sbr = s.First(c.subscriber)
	w.today, w.birthday = digits8(s.Value(c.sent)), digits8(s.Value(c.birth))
}

func (w *claimWalk) segment(r role, a validate.At) {
	switch r {
	case roleClaim:
		w.claim = a.With(2, 0)
		w.dated = w.kind == Dental && len(a.Elem(19, 0)) > 0
		w.total, w.totalOK = w.claim.Number()
		w.facility = a.Elem(5, 1)
	case rolePeriod:
		w.span(a)
	case roleLineDate:
		w.span(a)
		w.line.dated = w.line.dated || string(a.Elem(1, 0)) == "452"
	case roleDone:
		w.span(a)
		w.dated = true
	case roleStatement:
		w.period[0], w.period[1] = w.span(a)
	case roleDisability:
		w.disability(a)
	case roleScreening:
		w.screening(a)
	case roleFacility:
		if v := a.With(3, 0); short(v.Bytes(), a.Elem(4, 0)) {
			w.s.ReportAs("837/facility-zip", v, "expected all nine digits")
		}
	case roleDiagnoses:
		w.diagnoses(a)
	case rolePerson:
		w.person(a)
	case roleOtherPayer:
		if len(w.payers) == mostPayers {
			w.unmatched = true
			return
		}
		w.payers = append(w.payers, otherPayer{at: a})
	case roleOtherAdjustment, roleOtherPaid, roleOtherDecision, roleOtherName, roleOtherDate:
		w.otherPayer(r, a)
	case roleLine:
		w.closeLine()
		w.lineCount++
		w.line.at = a
	case roleService:
		w.service(a)
	case roleEquipment:
		w.equipment(a)
	case roleServiceDate:
		w.line.dated = true
		w.serviceDate(a)
	case roleLineNumber:
		w.numbers = append(w.numbers, a.With(2, 0))
	case roleReference:
		if len(a.Elem(4, 0)) > 0 {
			w.references = append(w.references, a.With(4, 2))
		}
	case roleTooth:
		w.line.tooth = true
		w.line.surface = w.line.surface || len(a.Elem(3, 0)) > 0
	case roleAdjudication:
		w.adjudication(a)
	case roleAdjudicationAdjustment:
		if n := len(w.line.parts); n > 0 {
			w.line.parts[n-1].adjust(a)
		}
	}
}

// end closes the last line and says what only the whole claim shows.
func (w *claimWalk) end() {
	w.closeLine()
	w.balance()
	w.checkPayers()
	w.checkReferences()
	w.checkNumbers()
	w.checkAdmitted()
	w.checkSubscriber()
	if w.braces.OK() && !w.s.Has(w.orthodontics) {
		w.s.ReportMissingAs("837/orthodontics", w.orthodontics, "required: a claim with orthodontic services says how long the treatment lasts", w.braces)
	}
	if w.oversight.OK() && string(w.sbr.Elem(9, 0)) == "MB" && !w.s.Has(w.careplan) {
		w.s.ReportMissingAs("837/care-plan-oversight", w.careplan, "required: care plan oversight names the home health agency or hospice", w.oversight)
	}
}

// isWhole reports whether no segment that sums are made of is without its place.
func (w *claimWalk) isWhole() bool {
	if w.whole == 0 {
		w.whole = 2
		if w.s.Whole(w.sums...) {
			w.whole = 1
		}
	}
	return w.whole == 1
}
