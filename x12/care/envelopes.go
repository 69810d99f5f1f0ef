package care

import (
	"reflect"
	"time"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// RuleEnvelopeParties is the rule of the [*x12.Issue] for an interchange to be written without a sender or a receiver.
const RuleEnvelopeParties = "writer/envelope-parties"

// Envelopes opens interchanges and groups as the sets to be written need them: sets whose [Envelope] is the same go into
// one interchange and group.
type Envelopes struct {
	W     *x12.Writer
	Now   time.Time // for interchanges and groups without a time of their own
	Fixed bool      // the delimiters were asked for: a clash is an error, never a new interchange
	Bare  bool      // no ISA, GS, GE and IEA
	Sets  Counter   // of the group, assigns ST02

	open     bool // an interchange
	assigned bool // its control number was
	env      Envelope
	version  string
	inter    Counter
	group    Counter
}

// Open makes sure that the interchange and group of a set are open. The code is GS01, version the GS08 where the envelope has
// none, and d the delimiters of a new interchange; clash says whether the set cannot be written in those of the open one.
func (e *Envelopes) Open(env Envelope, code, version string, d x12.Delimiters, clash func(x12.Delimiters) bool) error {
	if e.Bare {
		if e.open {
			return nil
		}
		e.open = true
		return e.W.BeginInterchange(&x12.Interchange{Delims: d})
	}
	fresh := !e.open || env.Interchange != e.env.Interchange || e.assigned && !e.Fixed && e.W.Delims() != d && clash(e.W.Delims())
	if !fresh && env.Group == e.env.Group && version == e.version {
		return nil
	}
	if e.open {
		if err := e.W.EndGroup(); err != nil {
			return err
		}
	}
	if fresh {
		if err := e.Check(env); err != nil {
			return err
		}
		if e.open {
			if err := e.W.EndInterchange(); err != nil {
				return err
			}
		}
		e.open, e.assigned = true, env.Interchange.ControlNumber == ""
		in := env.Interchange.Header(e.Now, e.inter.Next(env.Interchange.ControlNumber, 9), d)
		if err := e.W.BeginInterchange(in); err != nil {
			return err
		}
	}
	e.env, e.version, e.Sets = env, version, 0
	return e.W.BeginGroup(env.Group.Header(code, version, e.Now, e.group.Next(env.Group.ControlNumber, 1), &env.Interchange))
}

// Check returns the [*x12.Issue] for an envelope that names no sender or no receiver; without envelopes it returns nil.
func (e *Envelopes) Check(env Envelope) error {
	if e.Bare || env.Interchange.SenderID != "" && env.Interchange.ReceiverID != "" {
		return nil
	}
	return &x12.Issue{Offset: e.W.Offset(), SegID: "ISA", Rule: RuleEnvelopeParties, Severity: x12.Error,
		Message: "no sender or no receiver: expected SenderID and ReceiverID in the envelope"}
}

// ChooseDelimiters returns delimiters that stand in no text of the values, which are pointers to structs: * ^ : ~ where that
// can be.
func ChooseDelimiters(values ...any) x12.Delimiters {
	used := bytesIn(values)
	d := x12.DefaultDelimiters
	others := []byte("|>!+;<@#%=?$`[]{}_\\\x1d\x1e\x1f\x1c")
	for _, at := range []*byte{&d.Element, &d.Repetition, &d.Component, &d.Segment} {
		for used[*at] && len(others) > 0 {
			*at, others = others[0], others[1:]
		}
	}
	return d
}

// Clash reports whether a text of the values, which are pointers to structs, holds one of the delimiters.
func Clash(d x12.Delimiters, values ...any) bool {
	used := bytesIn(values)
	return used[d.Element] || used[d.Component] || used[d.Segment] || d.Repetition != 0 && used[d.Repetition]
}

func bytesIn(values []any) *[256]bool {
	used := new([256]bool)
	for _, v := range values {
		bytesOf(reflect.ValueOf(v).Elem(), used)
	}
	return used
}

// bytesOf notes which bytes the texts of v hold.
func bytesOf(v reflect.Value, used *[256]bool) {
	switch v.Kind() {
	case reflect.String:
		s := codec.Text(v.String())
		for i := range len(s) {
			used[s[i]] = true
		}
	case reflect.Pointer:
		if !v.IsNil() {
			bytesOf(v.Elem(), used)
		}
	case reflect.Slice:
		for i := range v.Len() {
			bytesOf(v.Index(i), used)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[Amount]() {
			return
		}
		for i := range v.NumField() {
			bytesOf(v.Field(i), used)
		}
	}
}
