package validate

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// runs is a character many times over in a change.
var runs = pattern(`\{([0-9]{1,6})\*(.)\}`)

// Apply makes a sample: base with the changes of a rule's Pass or Fail. Segments end in "~" and perhaps a new line; the counts of SE
// are put right unless a change is about SE. In the text of a change {1000*X} stands for a thousand X, and the sample ends before {end}.
// The error is a change that finds no segment.
func Apply(base []byte, edits []Edit) ([]byte, error) {
	var segs []string
	for s := range bytes.SplitSeq(base, []byte("~")) {
		if s = bytes.TrimSpace(s); len(s) > 0 {
			segs = append(segs, string(s))
		}
	}
	counted := true
	for _, e := range edits {
		counted = counted && !strings.HasPrefix(e.Prefix, "SE")
		at := -1
		for i, s := range segs {
			if strings.HasPrefix(s, e.Prefix) {
				at = i
				break
			}
		}
		if at < 0 {
			return nil, fmt.Errorf("validate: no segment of the sample begins with %s", e.Prefix)
		}
		var with []string
		if e.With != "" {
			with = strings.Split(strings.TrimSuffix(e.With, "~"), "~")
		}
		segs = append(segs[:at], append(with, segs[at+1:]...)...)
	}
	st := -1
	var out bytes.Buffer
	for i, s := range segs {
		s = runs().ReplaceAllStringFunc(s, func(m string) string {
			p := runs().FindStringSubmatch(m)
			n, _ := strconv.Atoi(p[1])
			return strings.Repeat(p[2], n)
		})
		if s, _, ends := strings.Cut(s, "{end}"); ends {
			out.WriteString(s)
			break
		}
		switch {
		case strings.HasPrefix(s, "ST*"):
			st = i
		case strings.HasPrefix(s, "SE*") && st >= 0 && counted:
			if f := strings.Split(s, "*"); len(f) == 3 {
				s = "SE*" + strconv.Itoa(i-st+1) + "*" + f[2]
			}
		}
		out.WriteString(s)
		out.WriteString("~\n")
	}
	return out.Bytes(), nil
}
