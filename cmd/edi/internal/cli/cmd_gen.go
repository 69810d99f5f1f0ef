package cli

import (
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/spf13/pflag"
	ask "github.com/x12-go/edi/edi270/synth"
	answer "github.com/x12-go/edi/edi271/synth"
	enroll "github.com/x12-go/edi/edi834/synth"
	remit "github.com/x12-go/edi/edi835/synth"
	claim "github.com/x12-go/edi/edi837/synth"
)

// genOptions are what the generators have in common.
type genOptions struct {
	claims, size, perSet int64
	seed                 uint64
	delimiters           string
	newLine              bool
	action               string // of the 834
}

// generator makes one kind of transaction set for "edi gen".
type generator struct {
	name  string
	write func(io.Writer, genOptions) error
}

// generators are the transaction sets of "edi gen".
func generators() []generator {
	return []generator{
		{"835", genRemittance},
		{"837p", genClaims(claim.Professional)},
		{"837i", genClaims(claim.Institutional)},
		{"837d", genClaims(claim.Dental)},
		{"834", genMembers},
		{"270", genInquiries},
		{"271", genAnswers},
	}
}

func genRemittance(w io.Writer, o genOptions) error {
	_, err := remit.Write(w, remit.Options{
		Claims: o.claims, Size: o.size, PerSet: o.perSet, Seed: o.seed, Delimiters: o.delimiters, NewLine: o.newLine,
	})
	return err
}

func genClaims(kind claim.Kind) func(io.Writer, genOptions) error {
	return func(w io.Writer, o genOptions) error {
		_, err := claim.Write(w, claim.Options{
			Kind: kind, Claims: o.claims, Size: o.size, PerSet: o.perSet, Seed: o.seed, Delimiters: o.delimiters, NewLine: o.newLine,
		})
		return err
	}
}

// actionOf returns what a file of members does, by its name on the command line.
func actionOf(name string) (a enroll.Action, ok bool) {
	for _, a := range []enroll.Action{enroll.Verify, enroll.Change, enroll.Replace} {
		if a.String() == name {
			return a, true
		}
	}
	return a, false
}

func genMembers(w io.Writer, o genOptions) error {
	action, _ := actionOf(o.action)
	_, err := enroll.Write(w, enroll.Options{
		Action: action, Members: o.claims, Size: o.size, PerSet: o.perSet, Seed: o.seed, Delimiters: o.delimiters, NewLine: o.newLine,
	})
	return err
}

func genInquiries(w io.Writer, o genOptions) error {
	_, err := ask.Write(w, ask.Options{Inquiries: o.claims, Size: o.size, PerSet: o.perSet, Seed: o.seed, Delimiters: o.delimiters, NewLine: o.newLine})
	return err
}

func genAnswers(w io.Writer, o genOptions) error {
	_, err := answer.Write(w, answer.Options{Answers: o.claims, Size: o.size, PerSet: o.perSet, Seed: o.seed, Delimiters: o.delimiters, NewLine: o.newLine})
	return err
}

// generatorNames lists the sets, "835, 837p or 837d".
func generatorNames() string {
	var names []string
	for _, g := range generators() {
		names = append(names, g.name)
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

func genCommand() command {
	return command{
		name:    "gen",
		args:    "SET",
		summary: "make synthetic X12 of any size, the same bytes for the same flags",
		streams: writesData,
		long: `Writes invented, balanced, guide-conformant X12 of the transaction set SET: ` + generatorNames() + `. 837 alone is 837p.
Say how much with --claims or --size; with --size the last claim is the first to reach that many bytes, and the
envelopes come behind it.`,
		example: `edi gen 835 --claims 10 --seed 7
edi gen 837i --size 20KB --per-set 5 --nl`,
		declare: func(fs *pflag.FlagSet) func(*call) error {
			var o genOptions
			var size byteSize
			var d delimiters
			fs.Int64Var(&o.claims, "claims", 0, "make `N` claims, members (834), inquiries (270) or answers (271)")
			fs.StringVar(&o.action, "action", "verify", "of the 834: verify, change or replace")
			fs.Var(&size, "size", "make about `SIZE` bytes: 1048576, 10MB, 512KiB, 1GB")
			fs.Uint64Var(&o.seed, "seed", 0, "choose the content by `NUMBER`")
			fs.Int64Var(&o.perSet, "per-set", 0, "put `N` claims into each transaction set; 0 puts all into one")
			fs.Var(&d, "delimiters", "write with these four `CHARS`: element, component, repetition separator and terminator, in this order")
			fs.BoolVar(&o.newLine, "nl", false, "a line break behind each terminator")
			return func(c *call) error {
				o.size = int64(size)
				o.delimiters = d.text()
				return generate(c, o)
			}
		},
	}
}

func generate(c *call, o genOptions) error {
	if len(c.args) != 1 {
		return usagef("expected one transaction set: %s", generatorNames())
	}
	name := strings.ToLower(c.args[0])
	if name == "837" {
		name = "837p"
	}
	list := generators()
	at := slices.IndexFunc(list, func(g generator) bool { return g.name == name })
	_, known := actionOf(o.action)
	switch {
	case at < 0:
		return usagef("no generator for %q: expected %s", c.args[0], generatorNames())
	case !known:
		return usagef("no action %q: expected verify, change or replace", o.action)
	case o.claims < 0 || o.perSet < 0:
		return usagef("--claims and --per-set must not be negative")
	case o.claims == 0 && o.size == 0:
		return usagef("expected --claims or --size")
	case o.claims > 0 && o.size > 0:
		return usagef("--claims and --size exclude each other")
	case len(o.delimiters) == 3:
		return usagef("--delimiters needs a repetition separator here")
	}
	err := list[at].write(c.out, o)
	for _, options := range []error{remit.ErrOptions, claim.ErrOptions, enroll.ErrOptions, ask.ErrOptions, answer.ErrOptions} {
		if errors.Is(err, options) {
			return usagef("%s", strings.TrimPrefix(err.Error(), options.Error()+": "))
		}
	}
	return err
}
