package synth

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// The checker in this file shares no code with the generator: it splits text,
// and it states order and balance on its own.

// audit is what the checker found in one output.
type audit struct {
	faults []string
	stats  Stats
	seen   map[string]int // segment id with its qualifier, and features
	clp01  map[string]int
	trn02  map[string]int
}

func (a *audit) fault(format string, args ...any) {
	if len(a.faults) < 20 {
		a.faults = append(a.faults, fmt.Sprintf(format, args...))
	}
}

// place is the order of the segments by loop, written from the guide: a rank
// may not fall while the loop stays the same. Keys are the id or id*qualifier.
var place = map[string]int{
	"ST": 0, "BPR": 1, "TRN": 2, "REF*EV": 4, "REF*F2": 4, "DTM*405": 5,
	"N1*PR": 10, "N3/1000A": 11, "N4/1000A": 12, "REF*2U": 13, "PER*CX/1000A": 14, "PER*BL": 14, "PER*IC": 14,
	"N1*PE": 20, "N3/1000B": 21, "N4/1000B": 22, "REF*TJ": 23, "REF*PQ": 23, "RDM": 24,
	"LX": 30, "TS3": 31, "TS2": 32,
	"CLP": 40, "CAS/2100": 41,
	"NM1*QC": 42, "NM1*IL": 42, "NM1*74": 42, "NM1*82": 42, "NM1*TT": 42, "NM1*PR": 42, "NM1*GB": 42,
	"MIA": 43, "MOA": 44,
	"REF*1L": 45, "REF*EA": 45, "REF*F8": 45, "REF*G1/2100": 45, "REF*G2": 45, "REF*D3": 45,
	"DTM*232": 46, "DTM*233": 46, "DTM*036": 46, "DTM*050": 46, "PER*CX/2100": 47,
	"AMT*AU": 48, "AMT*F5": 48, "AMT*I": 48, "QTY*CA": 49, "QTY*NE": 49, "QTY*PS": 49,
	"SVC": 60, "DTM*472": 61, "DTM*150": 61, "DTM*151": 61, "CAS/2110": 62,
	"REF*6R": 63, "REF*APC": 63, "REF*LU": 63, "REF*HPI": 63, "REF*0K": 63,
	"AMT*B6": 64, "QTY*ZK": 65, "LQ*HE": 66, "LQ*RX": 66,
	"PLB": 80, "SE": 90,
}

// once lists the keys that may stand only one time in their loop.
var once = strings.Fields(`BPR TRN DTM*405 N1*PR N1*PE TS3 TS2 NM1*QC NM1*IL NM1*74 NM1*82 NM1*TT NM1*PR NM1*GB
	MIA MOA DTM*036 DTM*050 DTM*232 DTM*233 DTM*472 DTM*150 DTM*151 REF*6R REF*F8`)

const qualified = " REF DTM N1 NM1 PER AMT QTY LQ "

func loopOf(key string) string {
	switch key {
	case "N1*PR":
		return "1000A"
	case "N1*PE":
		return "1000B"
	case "LX":
		return "2000"
	case "CLP":
		return "2100"
	case "SVC":
		return "2110"
	case "PLB":
		return "TRAILER"
	}
	return ""
}

var decimalForm = regexp.MustCompile(`^-?(0|[1-9]\d{0,7})(\.\d?[1-9])?$`)

// cents parses an amount in its shortest form of at most ten digits.
func (a *audit) cents(s string) int64 {
	if !decimalForm.MatchString(s) || s == "-0" {
		a.fault("amount %q", s)
		return 0
	}
	whole, frac, _ := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	v, _ := strconv.ParseInt(whole+(frac + "00")[:2], 10, 64)
	if s[0] == '-' {
		v = -v
	}
	return v
}

// openSet is the running state of one ST.
type openSet struct {
	loop           string
	rank           int
	counts         map[string]int
	segments       int
	st02           string
	bpr            []string
	paid, plb      int64
	interest, owed int64
	lx             int64
	inClaim        bool
	ts3            []string
	ts3Claims      int64
	ts3Charge      int64
	clp            []string
	claimAdjusted  int64
	lineAdjusted   int64
	responsibility int64
	lines          int
	lineCharges    int64
	inLine         bool
	svc            []string
	svcAdjusted    int64
}

// inspect checks a whole output made with the four delimiters d.
func inspect(out, d string, newLine bool) *audit {
	a := &audit{seen: map[string]int{}, clp01: map[string]int{}, trn02: map[string]int{}}
	a.stats.Bytes = int64(len(out))
	end := d[3:4]
	if newLine && d[3] != '\n' {
		end += "\n"
	}
	if len(out) < 106 || out[3] != d[0] || out[104] != d[2] || out[105] != d[3] || out[82] != d[1] {
		a.fault("ISA is not 106 characters with its delimiters")
		return a
	}
	if !strings.HasSuffix(out, end) {
		a.fault("last terminator")
	}
	segments := strings.Split(strings.TrimSuffix(out, end), end)
	var isa13, gs06 string
	var groups, sets int
	var set *openSet
	for _, text := range segments {
		e := strings.Split(text, d[0:1])
		if e[len(e)-1] == "" || strings.ContainsAny(text, "\r\n") && d[3] != '\r' {
			a.fault("segment %q", text)
		}
		switch e[0] {
		case "ISA":
			isa13 = e[13]
			a.want("ISA elements", strconv.Itoa(len(e)), "17")
		case "GS":
			groups++
			sets, gs06 = 0, e[6]
			a.want("GS", e[1]+e[8], "HP005010X221A1")
		case "GE":
			a.want("GE01", e[1], strconv.Itoa(sets))
			a.want("GE02", e[2], gs06)
		case "IEA":
			a.want("IEA01", e[1], strconv.Itoa(groups))
			a.want("IEA02", e[2], isa13)
		case "ST":
			sets++
			set = &openSet{rank: -1, counts: map[string]int{}, st02: e[2]}
			fallthrough
		default:
			if set == nil {
				a.fault("%s outside a set", e[0])
				continue
			}
			a.segment(set, e, d)
			if e[0] == "SE" {
				a.closeSet(set, e)
				set = nil
			}
		}
	}
	if set != nil || !strings.HasPrefix(segments[len(segments)-1], "IEA") {
		a.fault("envelope left open")
	}
	return a
}

func (a *audit) want(what, got, want string) {
	if got != want {
		a.fault("%s is %s, want %s", what, got, want)
	}
}

func (a *audit) segment(s *openSet, e []string, d string) {
	s.segments++
	key := e[0]
	if strings.Contains(qualified, " "+key+" ") {
		key += "*" + e[1]
	}
	switch l := loopOf(key); {
	case key == "N1*PR" && s.loop != "" || key == "SVC" && s.loop != "2100" && s.loop != "2110":
		a.fault("%s in loop %s", key, s.loop)
	case l != "":
		if a.newLoop(s, l) {
			s.rank, s.counts = -1, map[string]int{}
		}
		s.loop = l
	}
	rank, known := place[key]
	if !known {
		rank, known = place[key+"/"+s.loop]
	}
	if !known {
		a.fault("%s has no place in loop %s", key, s.loop)
		return
	}
	if rank < s.rank {
		a.fault("%s after rank %d in loop %s", key, s.rank, s.loop)
	}
	s.rank = rank
	s.counts[key]++
	if s.counts[key] > 1 && slices.Contains(once, key) {
		a.fault("%s twice in loop %s", key, s.loop)
	}
	a.seen[key]++
	a.money(s, e, d)
}

// newLoop reports whether the segment order starts again with loop l.
func (a *audit) newLoop(s *openSet, l string) bool {
	switch l {
	case "2000":
		if s.loop < "1000B" {
			a.fault("LX in loop %s", s.loop)
		}
		a.closeClaim(s)
		a.closeGroup(s)
		return true
	case "2100":
		if s.loop < "2000" {
			a.fault("CLP in loop %s", s.loop)
		}
		a.closeClaim(s)
		return true
	case "2110":
		a.closeLine(s)
		return true
	case "TRAILER":
		a.closeClaim(s)
		a.closeGroup(s)
	}
	return false
}

func (a *audit) money(s *openSet, e []string, d string) {
	switch e[0] {
	case "BPR":
		s.bpr = e
	case "TRN":
		a.trn02[e[2]]++
		if e[3] != s.bpr[min(10, len(s.bpr)-1)] && s.bpr[4] == "ACH" {
			a.fault("TRN03 differs from BPR10")
		}
	case "LX":
		s.lx++
		a.want("LX01", e[1], strconv.FormatInt(s.lx, 10))
	case "TS3":
		s.ts3, s.ts3Claims, s.ts3Charge = e, 0, 0
	case "CLP":
		s.clp, s.inClaim = e, true
		s.claimAdjusted, s.lineAdjusted, s.responsibility, s.lines, s.lineCharges = 0, 0, 0, 0, 0
		s.interest = 0
		a.clp01[e[1]]++
		a.seen["CLP02="+e[2]]++
		a.seen["CLP06="+e[6]]++
	case "SVC":
		s.svc, s.inLine, s.svcAdjusted = e, true, 0
		s.lines++
		a.seen["SVC01="+e[1][:2]]++
		if len(e) > 6 && e[6] != "" {
			a.seen["SVC06"]++
		}
	case "CAS":
		a.adjustment(s, e)
	case "AMT":
		if e[1] == "I" {
			s.owed += a.cents(e[2])
		}
	case "PLB":
		a.provider(s, e, d)
	}
}

func (a *audit) adjustment(s *openSet, e []string) {
	if len(e) > 20 {
		a.fault("CAS of %d elements", len(e)-1)
	}
	var sum int64
	n := 0
	for i := 2; i < len(e); i += 3 {
		if e[i] == "" || i+1 >= len(e) {
			a.fault("CAS triplet without reason or amount")
			continue
		}
		v := a.cents(e[i+1])
		if v == 0 {
			a.fault("adjustment of zero")
		}
		sum += v
		n++
	}
	a.seen[fmt.Sprintf("CAS triplets=%d", n)]++
	a.seen["CAS01="+e[1]]++
	if e[1] == "PR" {
		s.responsibility += sum
	}
	if s.loop == "2110" {
		s.svcAdjusted += sum
		s.lineAdjusted += sum
	} else {
		s.claimAdjusted += sum
	}
}

func (a *audit) provider(s *openSet, e []string, d string) {
	if len(e)%2 != 1 || len(e) > 15 {
		a.fault("PLB of %d elements", len(e)-1)
	}
	for i := 3; i+1 < len(e); i += 2 {
		code, _, _ := strings.Cut(e[i], d[2:3])
		v := a.cents(e[i+1])
		if v == 0 {
			a.fault("provider adjustment of zero")
		}
		s.plb += v
		a.seen["PLB="+code]++
		if code == "L6" {
			s.owed += v
		}
	}
}

func (a *audit) closeLine(s *openSet) {
	if !s.inLine {
		return
	}
	s.inLine = false
	charge, paid := a.cents(s.svc[2]), a.cents(s.svc[3])
	if charge-s.svcAdjusted != paid {
		a.fault("line %s of %s: %d - %d is not %d", s.svc[1], s.clp[1], charge, s.svcAdjusted, paid)
	}
	s.lineCharges += charge
	a.stats.Services++
}

func (a *audit) closeClaim(s *openSet) {
	a.closeLine(s)
	if !s.inClaim {
		return
	}
	s.inClaim = false
	c := s.clp
	charge, paid := a.cents(c[3]), a.cents(c[4])
	if charge-s.claimAdjusted-s.lineAdjusted != paid {
		a.fault("claim %s: %d - %d - %d is not %d", c[1], charge, s.claimAdjusted, s.lineAdjusted, paid)
	}
	if s.lines > 0 && s.lineCharges != charge {
		a.fault("claim %s: lines charge %d, claim %d", c[1], s.lineCharges, charge)
	}
	if s.claimAdjusted != 0 && s.lineAdjusted != 0 {
		a.fault("claim %s adjusted at both levels", c[1])
	}
	switch {
	case c[2] == "22" && (c[5] != "" || charge > 0):
		a.fault("reversal %s with CLP05 or positive charge", c[1])
	case c[2] != "22" && charge < 0:
		a.fault("claim %s has a negative charge", c[1])
	case c[2] != "22" && c[5] == "" && s.responsibility != 0,
		c[5] != "" && a.cents(c[5]) != s.responsibility:
		a.fault("claim %s: CLP05 %s, PR %d", c[1], c[5], s.responsibility)
	}
	if s.lines == 0 {
		a.seen["claim without lines"]++
	}
	s.paid += paid
	s.ts3Claims++
	s.ts3Charge += charge
	a.stats.Claims++
	a.stats.Charge += charge
}

func (a *audit) closeGroup(s *openSet) {
	if s.ts3 != nil {
		a.want("TS304", s.ts3[4], strconv.FormatInt(s.ts3Claims, 10))
		if a.cents(s.ts3[5]) != s.ts3Charge {
			a.fault("TS305 %s, claims %d", s.ts3[5], s.ts3Charge)
		}
	}
	s.ts3 = nil
}

func (a *audit) closeSet(s *openSet, se []string) {
	a.closeClaim(s)
	a.closeGroup(s)
	a.want("SE01", se[1], strconv.Itoa(s.segments))
	a.want("SE02", se[2], s.st02)
	payment := a.cents(s.bpr[2])
	if s.paid-s.plb != payment || payment < 0 {
		a.fault("set %s: %d - %d is not %d", s.st02, s.paid, s.plb, payment)
	}
	if zero := s.bpr[1] == "H" && s.bpr[4] == "NON"; zero != (payment == 0) {
		a.fault("set %s: %s %s with %s", s.st02, s.bpr[1], s.bpr[4], s.bpr[2])
	}
	if s.owed != 0 {
		a.fault("set %s: AMT*I and PLB L6 differ by %d", s.st02, s.owed)
	}
	a.seen["BPR04="+s.bpr[4]]++
	a.stats.Sets++
	a.stats.Paid += s.paid
	a.stats.Adjusted += s.plb
	a.stats.Payment += payment
}
