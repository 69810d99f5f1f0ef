package cli

import (
	"errors"
	"strings"

	"github.com/spf13/pflag"
	"github.com/x12-go/edi/edi835/synth"
)

func genCommand() command {
	return command{
		name:    "gen",
		args:    "SET",
		summary: "make synthetic X12 of any size, the same bytes for the same flags",
		streams: writesData,
		long: `Writes invented, balanced, guide-conformant X12 of the transaction set SET: 835. Say how much with --claims or --size;
with --size the last claim is the first to reach that many bytes, and the envelopes come behind it.`,
		example: `edi gen 835 --claims 10 --seed 7
edi gen 835 --size 20KB --per-set 5 --nl`,
		declare: func(fs *pflag.FlagSet) func(*call) error {
			var o synth.Options
			var size byteSize
			var d delimiters
			fs.Int64Var(&o.Claims, "claims", 0, "make `N` claims")
			fs.Var(&size, "size", "make about `SIZE` bytes: 1048576, 10MB, 512KiB, 1GB")
			fs.Uint64Var(&o.Seed, "seed", 0, "choose the content by `NUMBER`")
			fs.Int64Var(&o.PerSet, "per-set", 0, "put `N` claims into each transaction set; 0 puts all into one")
			fs.Var(&d, "delimiters", "write with these four `CHARS`: element, component, repetition separator and terminator, in this order")
			fs.BoolVar(&o.NewLine, "nl", false, "a line break behind each terminator")
			return func(c *call) error {
				o.Size = int64(size)
				o.Delimiters = d.text()
				return generate(c, o)
			}
		},
	}
}

func generate(c *call, o synth.Options) error {
	switch {
	case len(c.args) != 1:
		return usagef("expected one transaction set: 835")
	case c.args[0] != "835":
		return usagef("no generator for %q: expected 835", c.args[0])
	case o.Claims < 0 || o.PerSet < 0:
		return usagef("--claims and --per-set must not be negative")
	case o.Claims == 0 && o.Size == 0:
		return usagef("expected --claims or --size")
	case o.Claims > 0 && o.Size > 0:
		return usagef("--claims and --size exclude each other")
	case len(o.Delimiters) == 3:
		return usagef("--delimiters needs a repetition separator here")
	}
	_, err := synth.Write(c.out, o)
	if errors.Is(err, synth.ErrOptions) {
		return usagef("%s", strings.TrimPrefix(err.Error(), synth.ErrOptions.Error()+": "))
	}
	return err
}
