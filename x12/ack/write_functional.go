package ack

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/ack/ts997"
	"github.com/x12-go/edi/x12/ack/ts999"
)

// functional writes 999 and 997: the groups of the open interchange into a spool, until the interchange has ended.
type functional struct {
	w     *Writer
	spool spool
	x     *x12.Writer // into the spool, nil before the first group
	w999  *ts999.Writer
	w997  *ts997.Writer
	open  bool // the set that answers the open group has begun
	only7 bool // there are 997 alone
}

// groupTally counts the sets of a group.
type groupTally struct{ received, accepted, errors, rejected int }

// named999 are the groups that guide 005010X231A1 can name in AK101.
const named999 = " BE HB HC HI HN HP HR HS RA "

// kindOf returns the kind of acknowledgment a group gets, 0 for none.
func (f *functional) kindOf(g *x12.Group) Kind {
	named := strings.Contains(named999, " "+g.GS[0]+" ")
	switch kinds := f.w.o.Kinds & (Kind999 | Kind997); {
	case kinds == Kind999|Kind997 && named && strings.HasPrefix(g.Version(), "005010"):
		return Kind999
	case kinds == Kind999 && named:
		return Kind999
	case kinds&Kind997 != 0:
		return Kind997
	}
	return 0
}

// begin starts the set that answers the open group.
func (f *functional) begin() error {
	f.open = true
	t, g := f.w.inter, f.w.group
	if f.x == nil {
		f.x = x12.NewWriter(&f.spool)
		f.w999, f.w997 = ts999.NewWriter(f.x), ts997.NewWriter(f.x)
		f.only7 = true
		if err := f.x.BeginInterchange(f.w.draft(t)); err != nil {
			return err
		}
	}
	f.only7 = f.only7 && g.kind == Kind997
	version := ts999.X231A1.ID
	if g.kind == Kind997 {
		version = version997(g.g)
	}
	out, err := f.w.replyGroup(t, g.g, "FA", version)
	if err != nil {
		return err
	}
	if err := f.x.BeginGroup(out); err != nil {
		return err
	}
	a := &FunctionalAck{ControlNumber: "0001", Guide: version, Group: GroupReference{
		FunctionalID: groupID(g.g.GS[0]), ControlNumber: groupControl(g.g), Version: f.w.mend(t, g.g.Version(), 12, "000000"),
	}}
	if g.kind == Kind999 {
		v, err := FunctionalTo999(a, nil)
		if err != nil {
			return err
		}
		return f.w999.Begin(v)
	}
	set := &x12.Set{ID: "997", Control: a.ControlNumber}
	if version == ts997.X230.ID {
		set.Version = version
	} else {
		a.Guide = ""
	}
	if set.Version == "" {
		a.Group.Version = "" // AK103 came with later versions
	}
	v, err := FunctionalTo997(a, nil)
	if err != nil {
		return err
	}
	if err := f.x.BeginSet(set); err != nil {
		return err
	}
	return f.w997.Header(v)
}

// groupID returns AK101: GS01 where it is an identifier of a group.
func groupID(id string) string {
	if len(id) == 2 && strings.Trim(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
		return id
	}
	return "ZZ"
}

// version997 is GS08 of a 997: the guide of health care for a group of that version, else the version itself.
func version997(g *x12.Group) string {
	v := g.Version()
	if strings.HasPrefix(v, "005010") || len(v) < 6 || !allDigits(v[:6]) {
		return ts997.X230.ID
	}
	return v[:6]
}

// endSet tells of a set. It reports whether the set is rejected.
func (f *functional) endSet(t *setState) (rejected bool, err error) {
	g := f.w.group
	if g == nil || g.kind == 0 || f.w.inter.in.Seq == 0 {
		return false, nil
	}
	g.tally.received++
	if t.isAck() { // never an answer to an answer, wherever it stands
		g.tally.accepted++
		return false, nil
	}
	if !f.open {
		if err := f.begin(); err != nil {
			return false, err
		}
	}
	in := f.w.inter
	a := SetAck{
		SetID: setID(t.set.ID, g.g.GS[0]), ControlNumber: setControl(f.w, in, t.set.Control), Guide: f.w.clean(in, t.set.Version, 35),
		Status: Coded{Code: setStatus(t.rejected, t.found)},
	}
	switch a.Status.Code {
	case "A":
		g.tally.accepted++
	case "E":
		g.tally.accepted++
		g.tally.errors++
	default:
		g.tally.rejected++
	}
	for _, c := range setCodes(t.structure, t.standard, t.convent) {
		a.Errors = append(a.Errors, Coded{Code: c})
	}
	a.Segments = f.segments(t)
	if g.kind == Kind999 {
		v, err := SetTo999(&a, nil)
		if err != nil {
			return false, err
		}
		return t.rejected, f.w999.SetResponse(v)
	}
	to997(&a, !strings.HasPrefix(version997(g.g), "005"))
	v, err := SetTo997(&a, nil)
	if err != nil {
		return false, err
	}
	return t.rejected, f.w997.SetResponse(v)
}

// setID returns AK201: ST01, or where that is none, the set that belongs into the group.
func setID(id, group string) string {
	if len(id) == 3 && allDigits(id) {
		return id
	}
	switch group {
	case "BE":
		return "834"
	case "HB":
		return "271"
	case "HI":
		return "278"
	case "HN":
		return "277"
	case "HP":
		return "835"
	case "HR":
		return "276"
	case "HS":
		return "270"
	case "RA":
		return "820"
	}
	return "837"
}

// setStatus returns IK501.
func setStatus(rejected, found bool) string {
	switch {
	case rejected:
		return "R"
	case found:
		return "E"
	}
	return "A"
}

// setCodes returns IK502 to IK506: what is wrong with the set itself first, then whether its segments break the standard and the
// guide.
func setCodes(structure []string, standard, convent bool) []string {
	list := slices.Clone(structure)
	if len(list) > 4 {
		list = list[:4]
	}
	if standard {
		list = append(list, "5")
	}
	if convent && len(list) < 5 {
		list = append(list, "I5")
	}
	return list
}

// groupStatus returns AK901 and AK904.
func groupStatus(t groupTally, groupError bool) (status string, accepted int) {
	switch {
	case groupError || t.received > 0 && t.accepted == 0:
		return "R", 0
	case t.rejected > 0:
		return "P", t.accepted
	case t.errors > 0:
		return "E", t.accepted
	}
	return "A", t.accepted
}

// endGroup closes the set that answers a group.
func (f *functional) endGroup(g *groupState) error {
	if g.kind == 0 {
		return nil
	}
	if !f.open {
		f.w.group = g // which begin looks at
		err := f.begin()
		f.w.group = nil
		if err != nil {
			return err
		}
	}
	f.open = false
	status, accepted := groupStatus(g.tally, len(g.codes) > 0)
	included, err := strconv.Atoi(strings.TrimSpace(g.included))
	if err != nil || included < 0 || included > 999_999 {
		included = g.tally.received
	}
	a := &FunctionalAck{Result: GroupResult{Status: Coded{Code: status}, Included: included, Received: g.tally.received, Accepted: accepted}}
	for _, c := range g.codes[:min(len(g.codes), 5)] {
		a.Result.Errors = append(a.Result.Errors, Coded{Code: c})
	}
	if g.kind == Kind999 {
		v, err := FunctionalTo999(a, nil)
		if err != nil {
			return err
		}
		if err := f.w999.End(v); err != nil {
			return err
		}
	} else {
		v, err := FunctionalTo997(a, nil)
		if err != nil {
			return err
		}
		if err := f.w997.End(v); err != nil {
			return err
		}
	}
	return f.x.EndGroup()
}

// end writes what was told of the groups of an interchange, or drops it.
func (f *functional) end(t *interState) error {
	if f.x == nil {
		return nil
	}
	err := f.x.Close()
	f.x, f.open = nil, false
	if err == nil && t.note == "" {
		version := "00501"
		if f.only7 {
			version = versionOf(t.in)
		}
		err = f.w.send(t, version, f.spool.reader(), nil)
	}
	if e := f.spool.reset(); err == nil {
		err = e
	}
	return err
}

func (f *functional) close() { f.spool.close() }

// segments makes the notes on the segments of a set, in the order of the set. What is wrong with elements of one segment comes
// together.
func (f *functional) segments(t *setState) (list []SegmentNote) {
	sort.SliceStable(t.notes, func(a, b int) bool { return t.notes[a].issue.Segment < t.notes[b].issue.Segment })
	in := f.w.inter
	for k := range t.notes {
		n := &t.notes[k]
		i := n.issue
		s := SegmentNote{Segment: segmentName(i.SegID), Position: max(1, min(i.Segment, 999_999)), Loop: shortLoop(i.Loop), Error: Coded{Code: i.Codes.IK3}}
		if v := f.w.clean(in, n.unit.value, 35); v != "" {
			s.Units = []BusinessUnit{{Name: n.unit.name, Value: v}}
		}
		if i.Codes.IK3 != "8" || i.Codes.IK4 == "" {
			if s.Error.Code == "8" { // elements are wrong, but not a single one
				s.Error.Code = "2"
			}
			s.Triggers = addTrigger(nil, i.Trigger, 9)
			if k := len(list) - 1; k >= 0 && list[k].Segment == s.Segment && list[k].Position == s.Position && list[k].Loop == s.Loop && list[k].Error == s.Error {
				list[k].Triggers = addTrigger(list[k].Triggers, i.Trigger, 9)
				continue
			}
			list = append(list, s)
			for _, also := range i.Also {
				o := s
				o.Segment, o.Loop, o.Error.Code, o.Triggers = also.SegID, shortLoop(also.Loop), also.Code, nil
				list = append(list, o)
			}
			continue
		}
		e := ElementNote{
			Place: Place{Element: max(1, min(i.Element, 99)), Component: min(i.Component, 99), Repetition: min(i.Repeat, 9999)},
			Error: Coded{Code: i.Codes.IK4}, Value: f.w.clean(in, n.value, maxCopy), Triggers: addTrigger(nil, i.Trigger, 10),
		}
		e.DataElement, _ = strconv.Atoi(i.DE)
		at := elementNote(list, &s)
		if at < 0 {
			list = append(list, s)
			at = len(list) - 1
		}
		if same := sameElement(list[at].Elements, &e); same != nil { // found by two rules
			same.Triggers = addTrigger(same.Triggers, i.Trigger, 10)
			continue
		}
		list[at].Elements = append(list[at].Elements, e)
		for _, also := range i.Also {
			o := e
			o.Place = Place{Element: max(1, min(also.Element, 99)), Component: min(also.Component, 99)}
			o.Error.Code = also.Code
			o.DataElement, _ = strconv.Atoi(also.DE)
			if sameElement(list[at].Elements, &o) == nil {
				list[at].Elements = append(list[at].Elements, o)
			}
		}
	}
	return list
}

// elementNote finds the note for the elements of a segment among the last ones.
func elementNote(list []SegmentNote, s *SegmentNote) int {
	for k := len(list) - 1; k >= 0 && list[k].Position == s.Position; k-- {
		if list[k].Error.Code == "8" && list[k].Segment == s.Segment {
			return k
		}
	}
	return -1
}

// sameElement finds a note that says the same.
func sameElement(list []ElementNote, e *ElementNote) *ElementNote {
	for k := range list {
		if list[k].Place == e.Place && list[k].Error == e.Error {
			return &list[k]
		}
	}
	return nil
}

// addTrigger appends what made a rule apply, up to most of them.
func addTrigger(list []Trigger, t *x12.Trigger, most int) []Trigger {
	if t == nil || len(list) >= most {
		return list
	}
	v := Trigger{Segment: segmentName(t.SegID), Position: max(1, min(t.Segment, 999_999)), Loop: shortLoop(t.Loop)}
	if t.Element > 0 {
		v.Place = Place{Element: min(t.Element, 99), Component: min(t.Component, 99), Repetition: min(t.Repeat, 9999)}
		v.DataElement, _ = strconv.Atoi(t.DE)
	}
	if slices.Contains(list, v) {
		return list
	}
	return append(list, v)
}

// segmentName returns IK301 for a segment: its identifier, as far as that may be sent.
func segmentName(id string) string {
	if len(id) > 3 {
		id = id[:3]
	}
	if len(id) < 2 || id[0] < 'A' || id[0] > 'Z' {
		return "ZZZ"
	}
	for _, c := range []byte(id[1:]) {
		if (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return "ZZZ"
		}
	}
	return id
}

// shortLoop returns IK303: the innermost loop of a path, at most four characters.
func shortLoop(path string) string {
	path = path[strings.LastIndexByte(path, '/')+1:]
	path, _, _ = strings.Cut(path, "[")
	return path[:min(len(path), 4)]
}

// to997 leaves out what a 997 cannot say, and gives the nearest code of the standard for those of the guide; early is a version
// before 005010, which has fewer codes.
func to997(a *SetAck, early bool) {
	for k := range a.Errors {
		a.Errors[k].Code = nearest(setCode997, a.Errors[k].Code)
	}
	a.Errors = slices.Compact(a.Errors)
	if early {
		a.Guide = ""
	}
	for k := range a.Segments {
		s := &a.Segments[k]
		s.Error.Code = nearest(segmentCode997, s.Error.Code)
		s.Units, s.Triggers = nil, nil
		if len(s.Elements) > 99 {
			s.Elements = s.Elements[:99]
		}
		for j := range s.Elements {
			e := &s.Elements[j]
			e.Error.Code = nearest(elementCode997, e.Error.Code)
			e.Triggers = nil
			if early {
				e.Error.Code = nearest(elementCodeEarly, e.Error.Code)
				e.Place.Repetition = 0
			}
		}
	}
}

// What codes of the guide become in a 997.
var (
	setCode997       = map[string]string{"I5": "5", "I6": "1"}
	segmentCode997   = map[string]string{"I4": "2", "I6": "3", "I7": "3", "I8": "3", "I9": "2"}
	elementCode997   = map[string]string{"I6": "7", "I9": "2", "I10": "10", "I11": "2", "I12": "7", "I13": "10"}
	elementCodeEarly = map[string]string{"12": "3", "13": "3"}
)

func nearest(m map[string]string, code string) string {
	if c, ok := m[code]; ok {
		return c
	}
	return code
}
