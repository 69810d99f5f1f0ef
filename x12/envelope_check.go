package x12

import (
	"slices"
	"strconv"
	"strings"
)

// isaFault is what is wrong with one element of an ISA.
type isaFault struct {
	element int
	note    string // TA105
	sev     Severity
	message string
}

// qualifiers are the values of ISA05 and ISA07.
const qualifiers = " 01 02 03 04 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 AM NR SA SN ZZ "

// IsInterchangeQualifier reports whether v is a value that ISA05 and ISA07 can have.
func IsInterchangeQualifier(v string) bool {
	return len(v) == 2 && strings.Contains(qualifiers, " "+v+" ")
}

func isDigits(v string) bool { return v != "" && strings.Trim(v, "0123456789") == "" }

// isaNotes are the TA105 notes for elements that are not of their width, ISA01 first.
var isaNotes = [16]string{"010", "011", "012", "013", "005", "006", "007", "008", "014", "015", "016", "017", "018", "019", "020", "027"}

// checkISA reports the first element of the ISA that a receiver could not take. What every reader of X12 understands all the
// same is a warning.
func (r *Reader) checkISA(in *Interchange) {
	v := &in.ISA
	date, dated := ParseDate(v[8])
	_, timed := ParseTime(v[9])
	for _, f := range [...]struct {
		bad bool
		isaFault
	}{
		{len(v[0]) != 2 || v[0][0] != '0' || v[0][1] > '8' || v[0][1] < '0', isaFault{1, "010", Error, "not a qualifier of authorization information: expected 00 as a rule"}},
		{len(v[2]) != 2 || v[2] != "00" && v[2] != "01", isaFault{3, "012", Error, "not a qualifier of security information: expected 00 or 01"}},
		{!IsInterchangeQualifier(v[4]), isaFault{5, "005", Error, "not a qualifier of the sender: expected one such as ZZ"}},
		{strings.TrimSpace(v[5]) == "", isaFault{6, "006", Error, "the sender is blank"}},
		{!IsInterchangeQualifier(v[6]), isaFault{7, "007", Error, "not a qualifier of the receiver: expected one such as ZZ"}},
		{strings.TrimSpace(v[7]) == "", isaFault{8, "008", Error, "the receiver is blank"}},
		{!dated || len(v[8]) != 6 || date.Long().IsZero(), isaFault{9, "014", Error, "not a date: expected YYMMDD"}},
		{!timed || len(v[9]) != 4, isaFault{10, "015", Error, "not a time: expected HHMM"}},
		{len(v[11]) != 5 || !isDigits(v[11]), isaFault{12, "017", Error, "not a version: expected five digits"}},
		{len(v[11]) == 5 && (v[11] < "00200" || v[11] > "00899"), isaFault{12, "003", Error, "not a version of X12 known here: expected 00200 to 00899"}},
		{!isDigits(v[12]), isaFault{13, "018", Error, "not a control number: expected nine digits"}},
		{v[14] != "T" && v[14] != "P" && v[14] != "I", isaFault{15, "020", Error, "not a usage indicator: expected T or P"}},
		{v[0] == "00" && strings.Trim(v[1], " 0") != "", isaFault{2, "011", Warning, "authorization information where ISA01 says that there is none"}},
		{v[2] == "00" && strings.Trim(v[3], " 0") != "", isaFault{4, "013", Warning, "security information where ISA03 says that there is none"}},
		{v[13] != "0" && v[13] != "1", isaFault{14, "019", Warning, "not 0 or 1: whether an acknowledgment is wanted is not known"}},
	} {
		if f.bad {
			r.reportAt(f.sev, RuleISAElement, "ISA"+elementNumber(f.element)+": "+f.message, Codes{TA1: f.note}, f.element)
			return
		}
	}
}

// elementNumber prints the number of an element in two digits.
func elementNumber(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// firstOfWidth returns the first element of an ISA that is not of its width, 0 when all are.
func firstOfWidth(l *isa) int {
	for i, at := range l.seps {
		end := l.len
		if i < 15 {
			end = l.seps[i+1]
		}
		if end-at-1 != isaWidths[i] {
			return i + 1
		}
	}
	return 0
}

// checkGS reports what of a GS a receiver could not take.
func (r *Reader) checkGS(g *Group) {
	for _, n := range []int{1, 2, 3, 6, 8} {
		v := strings.TrimSpace(g.GS[n-1])
		switch {
		case v == "" || n == 1 && len(v) != 2:
			r.reportAt(Error, RuleGSElement, "GS"+elementNumber(n)+" is missing or malformed: the group cannot be told from others", Codes{TA1: "024"}, n)
			return
		case n == 6 && (!isDigits(v) || len(v) > 9):
			r.reportAt(Error, RuleGSElement, "GS06 is not a control number: expected one to nine digits", Codes{AK9: "6"}, n)
		}
	}
}

// checkST reports what of an ST a receiver could not take, whatever the guide.
func (r *Reader) checkST(set *Set) {
	if len(set.ID) != 3 || !isDigits(set.ID) {
		r.reportAt(Error, RuleSTElement, "ST01 is not a transaction set: expected three digits", Codes{IK5: "6"}, 1)
	}
	if r.group != nil && set.Version != "" && r.group.Version() != "" && set.Version != r.group.Version() {
		r.reportAt(Error, RuleSTVersion, "ST03 is not the version of the group: expected that of GS08", Codes{IK5: "19"}, 3)
	}
}

// seen remembers control numbers, as ranges of numbers and as texts, up to a bound.
type seen struct {
	ranges []span64
	texts  map[string]struct{}
}

type span64 struct{ from, to uint64 }

// maxSeen bounds how many ranges and texts are remembered; what is beyond is not found when it comes again.
const maxSeen = 4096

// add remembers a control number and reports whether it was there before. Numbers that follow one another take no room.
func (s *seen) add(control string) bool {
	n, err := strconv.ParseUint(control, 10, 63)
	if err != nil {
		if _, ok := s.texts[control]; ok {
			return true
		}
		if len(s.texts) < maxSeen {
			if s.texts == nil {
				s.texts = map[string]struct{}{}
			}
			s.texts[control] = struct{}{}
		}
		return false
	}
	i, _ := slices.BinarySearchFunc(s.ranges, n, func(r span64, n uint64) int { // the first that does not end before n
		if r.to < n {
			return -1
		}
		return 1
	})
	if i < len(s.ranges) && s.ranges[i].from <= n {
		return true
	}
	before, behind := i > 0 && s.ranges[i-1].to+1 == n, i < len(s.ranges) && s.ranges[i].from == n+1
	switch {
	case before && behind:
		s.ranges[i-1].to = s.ranges[i].to
		s.ranges = slices.Delete(s.ranges, i, i+1)
	case before:
		s.ranges[i-1].to = n
	case behind:
		s.ranges[i].from = n
	case len(s.ranges) < maxSeen:
		s.ranges = slices.Insert(s.ranges, i, span64{n, n})
	}
	return false
}

func (s *seen) reset() {
	s.ranges = s.ranges[:0]
	s.texts = nil
}
