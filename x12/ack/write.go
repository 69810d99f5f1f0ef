package ack

import (
	"errors"
	"io"
	"time"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// Kind is a set of kinds of acknowledgments.
type Kind uint8

// The kinds.
const (
	KindTA1   Kind = 1 << iota // of each interchange that asks for it or is rejected
	Kind999                    // of each group that guide 005010X231A1 can name
	Kind997                    // of each group, or with Kind999 of those that a 999 cannot name
	Kind277CA                  // of the claims of each set 837 that is read with a guide
)

// WriteOptions say what a [Writer] answers and how.
type WriteOptions struct {
	Kinds Kind
	// Level is the highest SNIP type of the errors that a 999 or 997 tells, and that reject a set there; 0 = 4. An error without
	// a code of the 999, such as an amount that does not add up, is left to the 277CA.
	Level uint8
	// Errors is how many errors of one set are told, in the order of the file; 0 = 1,000. Those beyond decide like the others.
	Errors int
	// Tolerate says which errors do not reject a set: it is accepted with errors. They reject their claims in a 277CA all
	// the same. nil = none.
	Tolerate func(*x12.Issue) bool
	// Warnings are told too, where the 999 has a code for them: the set is accepted with errors.
	Warnings bool
	// AlwaysTA1 answers interchanges that do not ask for a TA1 (ISA14 is 0).
	AlwaysTA1 bool
	// Admit decides about an interchange beyond what its segments tell: it returns the note code to reject it with (TA105, such as
	// 009 for another receiver), "" to take it. nil = all are taken.
	Admit func(*x12.Interchange) (note string)
	// AllowDuplicates takes an interchange whose sender and control number came before in the stream.
	AllowDuplicates bool
	// Numbers gives ISA13 and GS06 of the answers; nil = counted from 1.
	Numbers Numbers
	// Now is date and time of the answers; zero = the time at which each is written.
	Now time.Time
	// Delims of the answers; zero = those of the interchange that is answered.
	Delims x12.Delimiters
	// Newline puts a line feed behind each segment.
	Newline bool
	// Source is who answers in a 277CA: PR = the payer, or AY = a clearinghouse; "" = PR.
	Source string
	// TempDir is where answers wait that do not fit in memory; "" = the folder for temporary files.
	TempDir string
}

// WriteStats counts what a [Writer] has written.
type WriteStats struct {
	Answered      int64 // interchanges
	TA1           int64 // segments
	Functional    int64 // sets 999 and 997
	ClaimReports  int64 // sets 277
	Accepted      int64 // claims, in sets 277
	Rejected      int64
	Acks          int64 // groups and sets that were acknowledgments themselves: they are never answered
	NoEnvelope    int64 // sets outside ISA and GS: there is nobody to answer
	OtherGroups   int64 // groups that no acknowledgment of the kinds asked for can name
	Interchanges  int64 // rejected as a whole
	NotAllErrors  int64 // sets with more errors than WriteOptions.Errors
	ErrorsNotTold int64 // in these
}

// Writer makes acknowledgments of what a validator finds, in one pass while the stream is read:
//
//	w := ack.NewWriter(out, ack.WriteOptions{Kinds: ack.KindTA1 | ack.Kind999})
//	err := validator.Run(in, w.Watch, nil)
//	err = w.Close()
//
// Each interchange is answered by one interchange for each kind, in the order TA1, 999 or 997, 277CA, as soon as it has ended: its
// trailer decides whether it is taken at all. Until then answers wait in memory, or in a temporary file when they are long. An
// interchange that is rejected gets a TA1 and nothing else. Acknowledgments in the input are not answered, apart from the 277CA,
// which is a set like others to the 999.
//
// The memory used does not depend on the length of the input.
type Writer struct {
	o     WriteOptions
	out   io.Writer
	err   error // sticky
	stats WriteStats

	inter *interState // nil outside
	group *groupState // nil outside
	set   *setState   // nil outside
	early []*x12.Issue
	unit  unit // of the current step, once hasUnit

	hasUnit bool
	names   map[string]struct{} // senders and control numbers of the interchanges so far

	functional functional
	claims     claims
}

// maxNames bounds how many interchanges are remembered as taken, maxEarly what is known of headers that did not come yet.
const (
	maxNames = 1 << 16
	maxEarly = 64
)

// NewWriter returns a Writer of acknowledgments to out. It does not close out.
func NewWriter(out io.Writer, o WriteOptions) *Writer {
	if o.Level == 0 {
		o.Level = 4
	}
	if o.Errors == 0 {
		o.Errors = 1000
	}
	if o.Numbers == nil {
		o.Numbers = CountFrom(1)
	}
	if o.Source == "" {
		o.Source = "PR"
	}
	w := &Writer{o: o, out: out, names: map[string]struct{}{}}
	w.functional.w, w.claims.w = w, w
	w.functional.spool.dir, w.claims.done.dir = o.TempDir, o.TempDir
	return w
}

// Stats returns what was written so far.
func (w *Writer) Stats() WriteStats { return w.stats }

// Err returns what went wrong in writing, nil as a rule. Nothing more is written behind an error.
func (w *Writer) Err() error { return w.err }

// Watch takes the steps of a stream with their findings: it is the function that a validator is given.
func (w *Writer) Watch(s *codec.Step) {
	if w.err == nil {
		w.err = w.step(s)
	}
}

// Close answers an interchange that did not end and lets go of temporary files. It returns what [Writer.Err] does.
func (w *Writer) Close() error {
	if w.err == nil {
		w.err = w.endInterchange(true)
	}
	w.functional.close()
	w.claims.close()
	return w.err
}

// interState is the open interchange.
type interState struct {
	in     *x12.Interchange
	note   string // of the first error: it is rejected
	noted  string // of the first warning
	groups int
	acks   int // groups of acknowledgments, and TA1
	group  *x12.Group
}

// groupState is the open group.
type groupState struct {
	g        *x12.Group
	isAck    bool
	sets     int      // all of them
	acks     int      // of them, acknowledgments
	codes    []string // AK905
	included string   // GE01
	tally    groupTally
	kind     Kind // of its functional acknowledgment, 0 = none
}

func (w *Writer) step(s *codec.Step) error {
	w.hasUnit = false
	switch s.Kind {
	case codec.Control:
		return w.control(s)
	case codec.Other:
		return w.other(s)
	case 0:
		if w.inter == nil && s.Env.Interchange != nil && s.Env.Interchange.Seq > 0 && rejects(s.Issues) {
			w.beginInterchange(s.Env.Interchange) // its ISA could not be read on from
		}
		w.take(s, s.Issues)
		return nil
	}
	if s.Kind == codec.Begin {
		if err := w.beginSet(s); err != nil {
			return err
		}
		w.set.head(s)
	}
	if w.set == nil {
		return errNoBegin
	}
	if err := w.claims.before(s); err != nil {
		return err
	}
	w.take(s, s.Issues)
	if err := w.claims.after(s); err != nil {
		return err
	}
	if s.Kind == codec.End {
		return w.endSet(s)
	}
	return nil
}

var errNoBegin = errors.New("ack: a part of a set without its beginning")

// rejects reports whether one of some findings is a note on an interchange that cannot be read.
func rejects(list []*x12.Issue) bool {
	for _, i := range list {
		if i.Codes.TA1 != "" && i.Severity >= x12.Error {
			return true
		}
	}
	return false
}

// closes reports whether a finding, although found at a header, is about what stands before it.
func closes(i *x12.Issue) bool {
	return i.Rule == x12.RuleMissingSE || i.Rule == x12.RuleMissingGE || i.Rule == x12.RuleMissingIEA || i.Rule == x12.RuleTruncated
}

// control takes a segment of the envelope.
func (w *Writer) control(s *codec.Step) error {
	var own []*x12.Issue
	opens := s.Elem[0] == "ISA" || s.Elem[0] == "GS"
	if opens {
		for _, i := range s.Issues {
			if closes(i) {
				w.issue(s, i)
			} else {
				own = append(own, i)
			}
		}
	} else {
		w.take(s, s.Issues)
	}
	if w.set != nil {
		if err := w.endSet(nil); err != nil {
			return err
		}
	}
	switch s.Elem[0] {
	case "ISA":
		if err := w.endInterchange(false); err != nil {
			return err
		}
		w.beginInterchange(s.Env.Interchange)
		w.take(s, own)
	case "GS":
		if err := w.endGroup(""); err != nil {
			return err
		}
		w.enter(s.Env.Interchange)
		w.beginGroup(s.Env.Group)
		w.take(s, own)
	case "GE":
		count := ""
		if len(s.Elem) > 1 {
			count = s.Elem[1]
		}
		return w.endGroup(count)
	case "IEA":
		if err := w.endGroup(""); err != nil {
			return err
		}
		return w.endInterchange(false)
	}
	return nil
}

// enter makes sure that the interchange of a step is the open one; one without an ISA has no segment of its own.
func (w *Writer) enter(in *x12.Interchange) {
	if w.inter == nil && in != nil {
		w.beginInterchange(in)
	}
}

// other takes a segment of a set without a guide, or one outside sets.
func (w *Writer) other(s *codec.Step) error {
	if s.Env.Set == nil {
		w.take(s, s.Issues)
		if s.Elem[0] == "TA1" && w.inter != nil {
			w.inter.acks++
		}
		return nil
	}
	if w.set == nil || w.set.set != s.Env.Set {
		if err := w.beginSet(s); err != nil {
			return err
		}
	}
	w.take(s, s.Issues)
	if s.Elem[0] == "SE" {
		return w.endSet(s)
	}
	return nil
}

// take enters findings.
func (w *Writer) take(s *codec.Step, list []*x12.Issue) {
	for _, i := range list {
		w.issue(s, i)
	}
}

// issue enters a finding where it belongs: to the interchange, the group, the set, as its codes say. One about a header that has not
// come yet waits for it.
func (w *Writer) issue(s *codec.Step, i *x12.Issue) {
	if !closes(i) && w.waits(i) {
		if len(w.early) < maxEarly {
			w.early = append(w.early, i)
		}
		return
	}
	if c := i.Codes.TA1; c != "" && w.inter != nil {
		w.inter.say(c, i.Severity)
	}
	if c := i.Codes.AK9; c != "" && w.group != nil && i.Severity >= x12.Error {
		w.group.codes = appendNew(w.group.codes, c)
	}
	if w.set != nil && (closes(i) || i.SegID != "GE" && i.SegID != "IEA") {
		w.set.take(w, s, i)
	}
}

// waits reports whether a finding is about a header that is not the open one.
func (w *Writer) waits(i *x12.Issue) bool {
	switch i.SegID {
	case "ISA":
		return w.inter == nil || w.inter.in.Offset != i.Offset
	case "GS":
		return w.group == nil || w.group.g.Offset != i.Offset
	case "ST":
		return w.set == nil || w.set.set.Offset < i.Offset
	}
	return false
}

// due enters the findings that waited for the header at an offset.
func (w *Writer) due(offset int64) {
	list := w.early
	w.early = nil
	for _, i := range list {
		if i.Offset == offset {
			w.issue(nil, i)
		} else if i.Offset > offset {
			w.early = append(w.early, i)
		}
	}
}

// say enters a note on the interchange.
func (t *interState) say(note string, sev x12.Severity) {
	switch {
	case sev >= x12.Error && t.note == "":
		t.note = note
	case sev == x12.Warning && t.noted == "":
		t.noted = note
	}
}

// appendNew appends a code that is not there yet.
func appendNew(list []string, code string) []string {
	for _, c := range list {
		if c == code {
			return list
		}
	}
	return append(list, code)
}

func (w *Writer) beginInterchange(in *x12.Interchange) {
	w.inter = &interState{in: in}
	if in.Seq == 0 {
		return
	}
	name := in.ISA[4] + "|" + in.ISA[5] + "|" + in.ISA[12]
	_, again := w.names[name]
	if !again && len(w.names) < maxNames {
		w.names[name] = struct{}{}
	}
	w.due(in.Offset)
	if again && !w.o.AllowDuplicates {
		w.inter.say("025", x12.Error)
	}
	if w.o.Admit != nil {
		if note := w.o.Admit(in); note != "" {
			w.inter.say(note, x12.Error)
		}
	}
}

// endInterchange answers the open interchange; cut says that the stream ended in it.
func (w *Writer) endInterchange(cut bool) error {
	if w.set != nil {
		if err := w.endSet(nil); err != nil {
			return err
		}
	}
	if err := w.endGroup(""); err != nil {
		return err
	}
	t := w.inter
	w.inter = nil
	if t == nil || t.in.Seq == 0 {
		return nil
	}
	if cut {
		t.say("023", x12.Error)
	}
	return w.answer(t)
}

func (w *Writer) beginGroup(g *x12.Group) {
	w.group = &groupState{g: g, isAck: g.GS[0] == "FA"}
	t := w.inter
	switch {
	case w.group.isAck:
		w.stats.Acks++
		t.acks++
	case g.Seq == 0:
	default:
		t.groups++
		if t.group == nil {
			t.group = g
		}
		w.group.kind = w.functional.kindOf(g)
	}
	w.due(g.Offset)
}

// endGroup closes the open group; included is its GE01.
func (w *Writer) endGroup(included string) error {
	g := w.group
	w.group = nil
	if g == nil {
		return nil
	}
	g.included = included
	if g.isAck || g.g.Seq == 0 || w.inter.in.Seq == 0 {
		return nil
	}
	if g.sets > 0 && g.sets == g.acks { // a group of acknowledgments under another name
		w.inter.groups--
		w.inter.acks++
		return nil
	}
	if g.kind == 0 && w.o.Kinds&(Kind999|Kind997) != 0 {
		w.stats.OtherGroups++
	}
	if err := w.functional.endGroup(g); err != nil {
		return err
	}
	return w.claims.endGroup(g)
}

// Discard lets go of temporary files without writing anything more.
func (w *Writer) Discard() {
	if w.err == nil {
		w.err = errDiscarded
	}
	w.functional.close()
	w.claims.close()
}

var errDiscarded = errors.New("ack: the answers were discarded")

// InsideUnit reports whether a finding lies inside a unit: a claim of an 837 or 835, a member, a subject of an inquiry or answer.
// It is meant for [WriteOptions.Tolerate].
func InsideUnit(i *x12.Issue) bool {
	guide := i.Guide[:min(len(i.Guide), len("005010X222"))]
	switch guide {
	case "005010X222", "005010X223", "005010X224":
		return inLoop(i.Loop, "2300")
	case "005010X221":
		return inLoop(i.Loop, "2100")
	case "005010X220":
		return inLoop(i.Loop, "2000")
	case "005010X279":
		return inLoop(i.Loop, "2000C") || inLoop(i.Loop, "2000D")
	}
	return false
}
