package cli

import (
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

func jsonCommand() command {
	names := make([]string, 0, 4)
	for _, l := range layers() {
		names = append(names, l.name)
	}
	return command{
		name:    "json",
		args:    "[FILE...]",
		summary: "turn X12 into JSON, a line for each transaction set",
		streams: filterFlags,
		long: `Writes one JSON object a line. Each has interchange, group and set, which say where it comes from, and the content.

Layer domain, the default, has readable names, amounts as strings in exact decimal text and dates in ISO form. Layer guide has
the structs of the guide, every element of it, and what the guide has no place for under extras; it comes back from edi
x12 to the byte. Sets without a guide come in the form of layer segments. With --per unit a line stands for a claim, with
what stands above it in a context object; a level that no claim stands below has a line of its own, and a set that has a
trailer ends with one.

The claims of an 837 stand in its levels at layer guide: billing, subscribers, patients. At layer domain a claim has its
billing provider, subscriber, payer and patient itself, and its context is that of the submission; a level without claims is
not there.

Layer segments works on any X12. A segment is an array of its identifier and elements; an element is a string, an array
of strings when it has components, or {"repeat":[...]} when it repeats. Text that is not UTF-8 is {"bytes":"..."} in
base64. The segments of a set are those from ST to the last before SE. Segments outside sets (TA1), and interchanges and
groups without sets, have lines without set.`,
		example: `edi json testdata/835/valid/remit-basic.edi
edi json --per unit testdata/837/valid/p-dependent.edi
edi json --layer segments testdata/835/valid/remit-basic.edi`,
		declare: func(fs *pflag.FlagSet) func(*call) error {
			var name, lines string
			fs.StringVar(&name, "layer", layers()[0].name, "`LAYER` of the JSON: "+strings.Join(names, ", "))
			choices(fs, "layer", names...)
			fs.StringVar(&lines, "per", string(perSet), "what a line stands for, `set` or unit")
			choices(fs, "per", string(perSet), string(perUnit))
			return func(c *call) error {
				i := slices.Index(names, name)
				if i < 0 {
					return usagef("no layer %q: expected %s", name, strings.Join(names, ", "))
				}
				l := layers()[i]
				if !slices.Contains(l.lines, per(lines)) {
					return usagef("layer %s has no lines --per %s", name, lines)
				}
				return l.encode(c, per(lines))
			}
		},
	}
}
