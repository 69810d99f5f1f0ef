package cli

import (
	"github.com/spf13/pflag"
	"github.com/x12-go/edi/x12"
)

func x12Command() command {
	return command{
		name:    "x12",
		args:    "[FILE...]",
		summary: "turn JSON of edi json back into X12",
		streams: filterFlags,
		long: `Reads the lines of edi json, of any layer and with --per set or unit, and writes X12, a segment a line.
Lines that follow one another with the same interchange and group share one; counts, HL numbers and trailers are made
anew, and control numbers are kept unless --renumber is given. What edi json made from X12 comes back in canonical form
(see edi fmt --canonical), to the byte at the layers segments and guide.

Claims (837) of layer domain are put under levels again: those one after the other with the same billing provider, subscriber
and patient share them. They are written just as they say. With --complete they may come from a program that says only
what it must: types, qualifiers, indicators, numbers, dates and envelopes are filled in (the comments of package edi837 say
how), a set gets at most 5,000 claims, and a claim that lacks what its guide requires is a finding and is left out.

JSON that cannot be read ends the run with exit status 1 and the offset of the byte. The lines before it are written to
stdout and their envelopes closed; a file of -o is not made. A set is written once it is known to be whole, except one of
more than 256 KiB, which is written as it is read and left without its trailer when it breaks off. With --complete every
claim in front of the fault is written, and the set closed behind it.`,
		example: `edi json --layer segments testdata/835/valid/remit-basic.edi | edi x12
edi json --layer segments testdata/835/valid/remit-basic.edi testdata/835/valid/two-groups.edi | edi x12 --renumber --delimiters '|>^~'`,
		declare: func(fs *pflag.FlagSet) func(*call) error {
			var to delimiters
			var oneline, renumber, complete bool
			fs.BoolVar(&oneline, "oneline", false, "no line break behind the terminators")
			fs.Var(&to, "delimiters", delimiterHelp)
			fs.BoolVar(&renumber, "renumber", false, "count control numbers from 1: ISA13 and GS06 through the output, ST02 in each group")
			fs.BoolVar(&complete, "complete", false, "fill in what claims of layer domain (837) need not say, and check that they say what they must")
			return func(c *call) error {
				in, err := c.stream()
				if err != nil {
					return err
				}
				c.writesX12()
				a := &assembly{c: c, w: newX12Writer(c, oneline, &to), to: to, oneline: oneline, renumber: renumber, complete: complete}
				return a.readLines(in)
			}
		},
	}
}

// newX12Writer returns a writer to the output of the call.
func newX12Writer(c *call, oneline bool, to *delimiters) *x12.Writer {
	opts := []x12.WriterOption{x12.WithNewline(!oneline)}
	if to.set {
		opts = append(opts, x12.WithDelimiters(to.Delimiters))
	}
	return x12.NewWriter(c.out, opts...)
}
