package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/pflag"

	"github.com/x12-go/edi/x12/edit"
)

// splitFlags are the flags of edi split.
type splitFlags struct {
	by      string
	outDir  string
	prefix  string
	force   bool
	oneline bool
	control int64
}

func splitCommand() command {
	return command{
		name:    "split",
		args:    "[FILE...]",
		summary: "cut claims (837) and remittances (835) into several X12 files",
		streams: readsInput,
		long: `Writes the segments of the input to several X12 files in the directory of --out-dir, each whole with its envelopes, and
adds up what they hold in manifest.csv: the claims and amounts of all files are those of the input. --by is one of

  set          a file for every transaction set; works on any X12
  claims:N     files of up to N claims, in the order of the input
  billing-npi  a file for every billing provider (837) or payee (835); without an NPI by tax id
  payer        a file for every payer

An 837 is cut at its claims. Each file repeats what stands above its claims; levels without claims in the file are left
out, and one without any claim in the input is kept once, where its next claim would have gone. HL01, HL02 and HL04 are
made right; all other bytes of the segments stay. Of an 835 only whole sets are moved, since a share of a payment is no
payment: with claims:N sets are packed as long as they fit, and one with more claims has a file to itself.

Sets whose ISA and GS are the same but for dates and control numbers share an interchange. ISA13, GS06 and ST02 stay
where they are larger than those before; else they count on, so that no two files have the same ISA13 and GS06.
sets.csv tells for each set of the files where it comes from. Trailers are made anew. What stands outside the sets (a
TA1), and sets that cannot be split by the key, go to rest.edi.

All files get their names when the run has come to the end of the input. Files of those names are not replaced without
--force. Findings in the input do not stop the run; a part of a set that breaks off is closed, and its finding says so.`,
		example: `edi split --by billing-npi --out-dir providers testdata/837/valid/p-several-billing-providers.edi
edi split --by claims:5 --prefix jan- --out-dir parts testdata/837/valid/p-several-billing-providers.edi
edi split --by payer --out-dir payers testdata/835/valid/two-payers-three-sets.edi testdata/835/valid/remit-basic.edi`,
		declare: func(fs *pflag.FlagSet) func(*call) error {
			var f splitFlags
			fs.StringVar(&f.by, "by", "", "split by `KEY`: set, claims:N, billing-npi or payer")
			choices(fs, "by", "set", "claims:1000", "billing-npi", "payer")
			fs.StringVar(&f.outDir, "out-dir", "", "write the files to `DIR`, made if it is not there")
			fs.StringVar(&f.prefix, "prefix", "", "put `TEXT` in front of the names of the X12 files")
			fs.BoolVar(&f.force, "force", false, "replace files that are there already")
			fs.BoolVar(&f.oneline, "oneline", false, "no line break behind the terminators")
			fs.Int64Var(&f.control, "control-start", 0, "count ISA13 and GS06 from `N` on")
			return f.run
		},
	}
}

// The tables that go with the parts.
const (
	manifestName = "manifest.csv"
	setsName     = "sets.csv"
)

// maxControlStart is the largest control number.
const maxControlStart = 999_999_999

func (f *splitFlags) run(c *call) error {
	by, err := edit.ParseBy(f.by)
	switch {
	case f.by == "":
		return usagef("--by is missing: expected set, claims:N, billing-npi or payer")
	case err != nil:
		return usagef("--by %q: %v", f.by, err)
	case f.outDir == "":
		return usagef("--out-dir is missing")
	case !fileNamePart(f.prefix):
		return usagef("--prefix %q: expected letters, digits and . _ -, no dot in front", f.prefix)
	case f.control < 0 || f.control > maxControlStart:
		return usagef("--control-start: expected 1 to %d", maxControlStart)
	}
	rd, err := c.reader()
	if err != nil {
		return err
	}
	dir, err := edit.NewDir(f.outDir, f.force)
	if err != nil {
		return err
	}
	release := discardOnSignal(dir)
	defer release()
	err = f.split(c, by, dir, func(store edit.Store, o edit.Options) error {
		_, err := edit.Split(rd, store, o)
		return err
	})
	if err != nil {
		dir.Discard()
		return f.explain(err)
	}
	return dir.Commit(setsName, manifestName)
}

// explain says what to do about an error.
func (f *splitFlags) explain(err error) error {
	var kind *edit.SetTypeError
	switch {
	case errors.As(err, &kind):
		return usagef("--by %s works on sets 837 and 835, and the input is another: --by set takes any", f.by)
	case errors.Is(err, edit.ErrExists):
		return fmt.Errorf("%w; --force replaces it", err)
	}
	return err
}

// split runs the split with its two tables.
func (f *splitFlags) split(c *call, by edit.By, dir *edit.Dir, run func(edit.Store, edit.Options) error) (err error) {
	manifest, err := newManifest(dir)
	if err != nil {
		return err
	}
	defer manifest.close(&err)
	sets, err := newSetTable(dir, c)
	if err != nil {
		return err
	}
	defer sets.close(&err)
	var count func(name string) error
	if c.opts.summary {
		c.sums.out = newCounter()
		count = func(name string) error { return countPart(c.sums.out, dir, name) }
	}
	return run(dir, edit.Options{By: by, Prefix: f.prefix, Newline: !f.oneline, ControlStart: f.control, Sink: c.report,
		OnShare: sets.add,
		OnPart: func(p *edit.Part) error {
			if count != nil {
				if err := count(p.Name); err != nil {
					return err
				}
			}
			return manifest.add(p)
		}})
}

// countPart reads a part for the summary, which trusts no one.
func countPart(to *counter, dir *edit.Dir, name string) error {
	f, err := dir.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(to, io.NewSectionReader(f, 0, 1<<62))
	return err
}

// fileNamePart reports whether text can stand in front of a file name.
func fileNamePart(text string) bool {
	for i := range len(text) {
		if c := text[i]; c|0x20-'a' >= 26 && c-'0' >= 10 && (!strings.ContainsRune("._-", rune(c)) || i == 0 && c == '.') {
			return false
		}
	}
	return true
}

// discardOnSignal removes the unfinished files when the run is interrupted, and ends the process as the signal would.
func discardOnSignal(dir *edit.Dir) (release func()) {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	go func() {
		if sig, ok := <-stop; ok {
			dir.Discard()
			number, _ := sig.(syscall.Signal)
			os.Exit(128 + int(number))
		}
	}()
	return func() {
		signal.Stop(stop)
		close(stop)
	}
}
