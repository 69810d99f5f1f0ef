package cli

import (
	"fmt"

	"github.com/spf13/pflag"

	"github.com/x12-go/edi/edi271"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

func merge271Command() command {
	return command{
		name:    "merge271",
		args:    "[STANDARD...]",
		summary: "merge two answers about the same persons, or say in words what one says",
		streams: filterFlags,
		long: `Reads the standard answers (271) of the input and the enhanced ones of --enhanced, and merges those about the same person:
payer, and member id or name and birth date, have to agree. The output is a line of JSON for each person: the outcome
(both, one of them, none), whether the enhanced answer brought data, the merged answer, each benefit with the rows it is
from, the conflicts, and what was rejected. No row disappears. With --format text it is what a person at a desk would
read, with the EB each statement is from. Without --enhanced the standard answers come alone.

The answers are held in memory. --standard-date and --enhanced-date say of which days they are: of what remains of a
deductible or of visits the later one counts.`,
		example: `edi merge271 --enhanced testdata/271/valid/active.edi testdata/271/valid/active.edi
edi merge271 --format text testdata/271/valid/active.edi`,
		declare: func(fs *pflag.FlagSet) func(*call) error {
			var enhanced, format, standardDate, enhancedDate string
			var o edi271.MergeOptions
			fs.StringVar(&enhanced, "enhanced", "", "enhanced answers: a `FILE`")
			fs.StringVar(&format, "format", "json", "`FORM` of the output: json or text")
			choices(fs, "format", "json", "text")
			fs.StringVar(&standardDate, "standard-date", "", "the `DAY` of the standard answers, CCYYMMDD")
			fs.StringVar(&enhancedDate, "enhanced-date", "", "the `DAY` of the enhanced answers, CCYYMMDD")
			fs.BoolVar(&o.EnhancedOnly, "enhanced-only", false, "the payer gives enhanced answers only")
			return func(c *call) (err error) {
				if format != "json" && format != "text" {
					return usagef("--format %q: expected json or text", format)
				}
				for _, d := range []struct {
					flag, text string
					to         *x12.Date
				}{{"standard-date", standardDate, &o.StandardAsOf}, {"enhanced-date", enhancedDate, &o.EnhancedAsOf}} {
					var ok bool
					if *d.to, ok = x12.ParseDate(d.text); d.text != "" && !ok {
						return usagef("--%s %q: expected a day as 20260131", d.flag, d.text)
					}
				}
				standard, err := c.answers()
				if err != nil {
					return err
				}
				var more []*edi271.Response
				if enhanced != "" {
					c.closeInput()
					c.args = []string{enhanced}
					if more, err = c.answers(); err != nil {
						return err
					}
				}
				return c.writeMerged(edi271.MergeAll(standard, more, o), format == "text")
			}
		},
	}
}

// maxAnswers bounds how many answers are held.
const maxAnswers = 100_000

// answers reads all responses of the input.
func (c *call) answers() (list []*edi271.Response, err error) {
	src, err := c.stream()
	if err != nil {
		return nil, err
	}
	for r, err := range edi271.NewReader(src, codec.WithSink(c.report)).Responses() {
		if err != nil {
			return nil, err
		}
		if list = append(list, r); len(list) > maxAnswers {
			return nil, c.fail(&x12.Issue{Rule: x12.RuleLimit, Message: fmt.Sprintf("more than %d answers: merge fewer at a time", maxAnswers), Err: x12.ErrLimit})
		}
	}
	return list, nil
}

func (c *call) writeMerged(list []*edi271.Merged, text bool) error {
	var b []byte
	for _, m := range list {
		b = b[:0]
		if !text {
			b = append(m.AppendJSON(b), '\n')
		} else {
			b = append(b, "outcome: "...)
			b = append(append(b, m.Outcome...), '\n')
			if m.Response != nil {
				b = append(b, edi271.Summarize(m.Response).String()...)
			}
			for _, r := range append(m.Warnings, m.Errors...) {
				b = fmt.Appendf(b, "rejected (%s, loop %s): %s %s; %s %s\n", r.Side, r.Loop, r.Reason, r.ReasonText, r.FollowUp, r.FollowUpText)
			}
			b = append(b, '\n')
		}
		c.sums.lines++
		if _, err := c.out.Write(b); err != nil {
			return err
		}
	}
	return nil
}
