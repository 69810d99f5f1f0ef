package edit

import (
	"errors"
	"io"

	"github.com/x12-go/edi/x12"
)

// Options say how [Split] works. The zero Options split by set.
type Options struct {
	By      By
	Prefix  string // in front of every file name
	Newline bool   // a LF behind every terminator that is not itself CR or LF

	// ControlStart is the first ISA13 and GS06; they count on from it. With 0 an interchange or group keeps its number
	// where that is larger than all before it, and gets the next one where it is not.
	ControlStart int64

	MaxOpen  int // files open at a time; 0 = 256
	MaxParts int // providers or payers; 0 = 100,000. More end the run: each takes memory to its end

	Sink    x12.Sink           // takes the findings, nil drops them
	OnPart  func(*Part) error  // gets each part once it is written, in the order of names or of first appearance
	OnShare func(*Share) error // gets each set of a part once it is written
}

// maxParts bounds the memory that keys take.
const maxParts = 100_000

// SetTypeError is the error for input whose first set is of a kind that cannot be split as asked. Nothing is written
// by then. When such a set comes later, it is kept in the rest and reported.
type SetTypeError struct {
	Set string // ST01
	By  By
}

// Error says which sets can be split.
func (e *SetTypeError) Error() string {
	return "edit: only sets 837 and 835 can be split by " + e.By.String()
}

// errLost is a fault of this package.
var errLost = errors.New("edit: the claims of the parts are not those of the input")

// Split reads r to its end and writes its segments to parts in store. The findings of r go to the sink of r, those of
// Split to the sink of opts.
//
// A set that the input breaks off is closed in its part, since what is read of it is whole segments; the reader has
// reported it.
//
// An error leaves the parts as they are, unfinished. It is an [*x12.Issue] for input that cannot be read on, a
// [*SetTypeError], or that of a failed read or write.
func Split(r *x12.Reader, store Store, opts Options) (Result, error) {
	return split(r, store, nil, opts)
}

func split(r *x12.Reader, store Store, judge Judge, opts Options) (Result, error) {
	sp := &splitter{rd: r, o: opts, judge: judge, limits: r.Limits(), isa: startAt(opts.ControlStart), gs: startAt(opts.ControlStart),
		byKey: map[key]*part{}, names: names{prefix: opts.Prefix},
		files: files{store: store, newline: opts.Newline, max: opts.MaxOpen, onShare: opts.OnShare}}
	if sp.files.max <= 0 {
		sp.files.max = maxOpen
	}
	if sp.o.MaxParts <= 0 {
		sp.o.MaxParts = maxParts
	}
	defer sp.files.closeAll()
	sp.claims = claims{sp: sp}
	sp.remit = remit{sp: sp}
	err := sp.run()
	return sp.result, err
}

// splitter is one run.
type splitter struct {
	rd     *x12.Reader
	o      Options
	limits x12.Limits
	files  files
	names  names
	isa    control
	gs     control
	result Result
	err    error // ErrStopped once the sink has said so

	inter  *interchange
	group  *group
	set    *source // nil outside
	serial int64   // of the last set
	mode   mode    // of the open set

	claims claims
	remit  remit
	plain  verbatim

	judge Judge // of Sift
	parts [2]*part

	current *part // by set and claims
	numbers int64 // of parts by set and claims
	byKey   map[key]*part
	order   []*part // of first appearance
	rest    *part
}

// mode is how a set is split.
type mode interface {
	segment(*x12.Segment) error
	end() error
}

func (sp *splitter) run() error {
	for {
		s, err := sp.rd.Read()
		if err == io.EOF {
			return sp.finish()
		}
		if err == nil {
			err = sp.segment(s)
		}
		if err == nil {
			err = sp.err
		}
		if err != nil {
			return err
		}
	}
}

// segment follows the envelope and hands out what stands in sets.
func (sp *splitter) segment(s *x12.Segment) error {
	switch s.ID {
	case idISA:
		if in := sp.rd.Interchange(); in.Offset == s.Offset && in.Seq > 0 {
			return sp.beginInterchange(in, s)
		}
	case idGS:
		if g := sp.rd.Group(); g != nil && g.Offset == s.Offset {
			return sp.beginGroup(g, s)
		}
	case idST:
		if set := sp.rd.Set(); set != nil && set.Offset == s.Offset {
			return sp.beginSet(s)
		}
	case idSE, idGE, idIEA:
		return sp.trailer(s)
	}
	if sp.set == nil {
		return sp.outside(s)
	}
	if e := sp.result.In.count(sp.set.kind, s); e > 0 {
		sp.report(s, x12.Warning, RuleAmount, e, "an amount that is no number: not in the totals")
	}
	return sp.mode.segment(s)
}

// trailer ends what a trailer ends. It reports what that holds behind its two elements, since trailers are made anew.
func (sp *splitter) trailer(s *x12.Segment) error {
	var err error
	if s.ID == idSE {
		err = sp.endSet()
	} else {
		err = sp.endGroup()
	}
	for i := 3; i <= s.Len(); i++ {
		if len(s.Elem(i)) > 0 {
			sp.report(s, x12.Warning, RuleExtra, i, "an element the envelope does not have: left out")
			break
		}
	}
	return err
}

func (sp *splitter) beginInterchange(in *x12.Interchange, s *x12.Segment) error {
	if err := sp.endInterchange(); err != nil {
		return err
	}
	sp.inter = newInterchange(in, s)
	sp.inter.bad = sp.judge != nil && sp.judge.Bad(s.Offset)
	return nil
}

func (sp *splitter) beginGroup(g *x12.Group, s *x12.Segment) error {
	if err := sp.endGroup(); err != nil {
		return err
	}
	if err := sp.follow(); err != nil {
		return err
	}
	sp.group = newGroup(g, s)
	return nil
}

// follow takes up an interchange that has no ISA, and the end of a group.
func (sp *splitter) follow() error {
	if in := sp.rd.Interchange(); sp.inter == nil || sp.inter.src != in {
		if err := sp.endInterchange(); err != nil {
			return err
		}
		sp.inter = newInterchange(in, nil)
	}
	if g := sp.rd.Group(); g == nil && sp.group != nil {
		return sp.endGroup()
	}
	return nil
}

// endInterchange keeps an interchange that no part has in the rest. So does endGroup.
func (sp *splitter) endInterchange() error {
	if err := sp.endGroup(); err != nil {
		return err
	}
	in := sp.inter
	if sp.inter = nil; in == nil || in.written || in.isa == nil {
		return nil
	}
	sp.found(x12.Issue{Offset: in.src.Offset, Interchange: in.src.Control(), SegID: "ISA", Rule: RuleOutside, Severity: x12.Info,
		Message: "an interchange without sets: kept in the rest"})
	return sp.intoRest(in, nil)
}

func (sp *splitter) endGroup() error {
	if err := sp.endSet(); err != nil {
		return err
	}
	g := sp.group
	if sp.group = nil; g == nil || g.written {
		return nil
	}
	sp.found(x12.Issue{Offset: g.src.Offset, Interchange: sp.inter.src.Control(), Group: g.src.Control(), SegID: "GS", Rule: RuleOutside,
		Severity: x12.Info, Message: "a group without sets: kept in the rest"})
	return sp.intoRest(sp.inter, g)
}

// intoRest opens an envelope in the rest.
func (sp *splitter) intoRest(in *interchange, g *group) error { return sp.into(sp.restPart(), in, g) }

// into opens an envelope in a part.
func (sp *splitter) into(p *part, in *interchange, g *group) error {
	if err := p.out.use(p); err != nil {
		return err
	}
	if err := p.closeSet(); err != nil {
		return err
	}
	return p.envelope(sp, in, g)
}

func (sp *splitter) restPart() *part {
	if sp.judge != nil {
		return sp.sifted(true)
	}
	if sp.rest == nil {
		sp.rest = sp.newPart(restName, "")
		sp.rest.exact = true
	}
	return sp.rest
}

// outside keeps a segment that stands in no set.
func (sp *splitter) outside(s *x12.Segment) error {
	if err := sp.follow(); err != nil {
		return err
	}
	if !sp.inter.told { // the reader reports each but TA1
		sp.inter.told = true
		sp.report(s, x12.Info, RuleOutside, 0, "outside the sets: kept in the rest, as are others of this interchange")
	}
	p := sp.restPart()
	if sp.judge != nil && string(s.Name()) == "TA1" && !sp.judge.Bad(s.Offset) && !sp.inter.bad {
		p = sp.sifted(false)
	}
	if err := sp.into(p, sp.inter, sp.group); err != nil {
		return err
	}
	p.Segments++
	if err := p.write(s.Bytes()); err != nil {
		return err
	}
	return p.end()
}

func (sp *splitter) beginSet(s *x12.Segment) error {
	if err := sp.endSet(); err != nil {
		return err
	}
	if err := sp.follow(); err != nil {
		return err
	}
	kind := kindOf(s.Elem(1))
	if sp.judge != nil {
		kind = siftKind(s.Elem(1))
	} else if kind == setOther && sp.o.By.kind != bySet && sp.serial == 0 {
		return &SetTypeError{x12.Clip(s.Elem(1)), sp.o.By}
	}
	sp.serial++
	sp.result.In.Sets++
	sp.set = &source{kind: kind, serial: sp.serial, st: newHeader(s, 2), Source: Source{ID: string(s.Elem(1)),
		Interchange: sp.inter.src.Control(), Set: string(s.Elem(2)), Offset: s.Offset}}
	if sp.group != nil {
		sp.set.Group = sp.group.src.Control()
	}
	switch {
	case sp.o.By.kind == bySet:
		sp.numbers++
		sp.current = sp.newPart(numbered("set", sp.numbers), sp.set.Set)
		return sp.whole(sp.current)
	case sp.judge != nil:
		return sp.siftSet(kind, s.Offset)
	case kind == set837:
		sp.mode = &sp.claims
		sp.claims.begin()
		return nil
	case kind == set835:
		sp.mode = &sp.remit
		return sp.remit.begin()
	}
	sp.report(s, x12.Error, RuleSetType, 1, "a set that cannot be split by "+sp.o.By.String()+": kept in the rest")
	return sp.whole(sp.restPart())
}

// whole copies the open set to p as it is.
func (sp *splitter) whole(p *part) error {
	sp.plain = verbatim{sp.set.kind, p}
	sp.mode = &sp.plain
	_, err := p.enter(sp)
	return err
}

// endSet ends the open set, if there is one.
func (sp *splitter) endSet() error {
	if sp.set == nil {
		return nil
	}
	err := sp.mode.end()
	sp.set = nil
	if err == nil && sp.o.By.kind == bySet {
		err = sp.finishPart(sp.current)
		sp.current = nil
	}
	return err
}

// verbatim copies a set.
type verbatim struct {
	kind setKind
	to   *part
}

func (v *verbatim) segment(s *x12.Segment) error {
	v.to.share.count(v.kind, s)
	return v.to.segment(s)
}

func (v *verbatim) end() error { return nil }

// newPart makes a part; its file follows with the first byte.
func (sp *splitter) newPart(stem, by string) *part {
	return &part{out: &sp.files, Part: Part{Name: sp.names.file(stem), Key: by}}
}

// keyed returns the part of a key.
func (sp *splitter) keyed(k key, s place) (*part, error) {
	if p := sp.byKey[k]; p != nil {
		return p, nil
	}
	if len(sp.order) >= sp.o.MaxParts {
		return nil, sp.overLimit(s, "over the limit of providers or payers")
	}
	p := sp.newPart(sp.o.By.stem(k), k.String())
	sp.byKey[k] = p
	sp.order = append(sp.order, p)
	return p, nil
}

// withRoom returns the part that is being filled, a new one if that has no room for more claims.
func (sp *splitter) withRoom(more int64) (*part, error) {
	if p := sp.current; p != nil {
		if p.Claims+p.share.Claims+more <= sp.o.By.n {
			return p, nil
		}
		if err := sp.finishPart(p); err != nil {
			return nil, err
		}
	}
	sp.numbers++
	sp.current = sp.newPart(numbered("part", sp.numbers), "")
	return sp.current, nil
}

// finishPart writes the last trailers of a part and closes it.
func (sp *splitter) finishPart(p *part) error {
	if err := p.closeInterchange(); err != nil {
		return err
	}
	p.Bytes = p.size()
	if p.file != nil {
		if err := sp.files.close(p); err != nil {
			return err
		}
	}
	sp.result.Parts++
	sp.result.Out.Add(&p.Totals)
	if sp.o.OnPart != nil {
		return sp.o.OnPart(&p.Part)
	}
	return nil
}

// finish ends what is open at the end of the input.
func (sp *splitter) finish() error {
	if err := sp.endInterchange(); err != nil {
		return err
	}
	for _, p := range append(sp.order, sp.current, sp.rest) {
		if p != nil {
			if err := sp.finishPart(p); err != nil {
				return err
			}
		}
	}
	if !sp.result.In.sameClaims(&sp.result.Out) {
		return errLost
	}
	return sp.err
}

// appendSegment appends a segment with what ends it.
func (sp *splitter) appendSegment(dst []byte, s *x12.Segment) []byte {
	return sp.appendEnd(append(dst, s.Bytes()...))
}

func (sp *splitter) appendEnd(dst []byte) []byte {
	t := sp.inter.delims.Segment
	if dst = append(dst, t); sp.o.Newline && t != '\n' && t != '\r' {
		dst = append(dst, '\n')
	}
	return dst
}

// place is where a finding belongs when the segment is gone.
type place struct {
	offset  int64
	ordinal int
	id      string
}

func placeOf(s *x12.Segment) place { return place{s.Offset, s.Ordinal, x12.Clip(s.Name())} }

// found hands a finding to the sink.
func (sp *splitter) found(i x12.Issue) {
	if sp.o.Sink != nil && sp.err == nil && !sp.o.Sink(&i) {
		sp.err = x12.ErrStopped
	}
}

// issue makes a finding in the open set.
func (sp *splitter) issue(at place, sev x12.Severity, rule, message string) x12.Issue {
	i := x12.Issue{Offset: at.offset, SegID: at.id, Segment: at.ordinal, Rule: rule, Severity: sev, Message: message}
	if sp.inter != nil {
		i.Interchange = sp.inter.src.Control()
	}
	if sp.group != nil {
		i.Group = sp.group.src.Control()
	}
	if sp.set != nil {
		i.Set = sp.set.Set
	}
	return i
}

func (sp *splitter) report(s *x12.Segment, sev x12.Severity, rule string, element int, message string) {
	i := sp.issue(placeOf(s), sev, rule, message)
	if element > 0 {
		i.Element, i.At, i.Value = element, s.At(element), x12.Clip(s.Elem(element))
	}
	sp.found(i)
}

// overLimit reports what ends the run and returns it.
func (sp *splitter) overLimit(at place, message string) error {
	i := sp.issue(at, x12.Fatal, x12.RuleLimit, message)
	i.Err = x12.ErrLimit
	sp.found(i)
	return &i
}

// room reports whether text and segments kept together are within the limits.
func (sp *splitter) room(s *x12.Segment, bytes int, segs int64) error {
	if bytes > sp.limits.UnitBytes || segs > int64(sp.limits.UnitSegments) {
		return sp.overLimit(placeOf(s), "over the limit of what stands in front of the claims")
	}
	return nil
}
