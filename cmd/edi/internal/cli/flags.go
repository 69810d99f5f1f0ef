package cli

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/x12-go/edi/x12"
)

// options are the flags that commands share.
type options struct {
	output   string
	issues   string
	values   bool
	strict   bool
	quiet    bool
	progress bool
	summary  bool
	workers  int
	severity severities
}

func (o *options) check() error {
	if o.issues != "" && o.issues != "text" && o.issues != "json" {
		return usagef("--issues is text or json, not %q", o.issues)
	}
	if o.workers < 0 {
		return usagef("--workers must not be negative")
	}
	return nil
}

// severities tunes findings by rule; a later entry wins.
type severities []tuning

type tuning struct {
	rule     string // a rule id, or the part before the * of a prefix
	prefix   bool
	severity x12.Severity // 0 = off
}

// Set adds RULE=SEVERITY.
func (l *severities) Set(text string) error {
	rule, name, ok := strings.Cut(text, "=")
	if !ok || rule == "" {
		return errors.New("expected RULE=off|info|warning|error")
	}
	t := tuning{rule: rule}
	if name != "off" {
		sev, ok := x12.ParseSeverity(name)
		if !ok || sev > x12.Error {
			return errors.New("the severity must be off, info, warning or error")
		}
		t.severity = sev
	}
	t.rule, t.prefix = strings.CutSuffix(rule, "*")
	*l = append(*l, t)
	return nil
}

// String is empty: there is no default.
func (l *severities) String() string { return "" }

// Type names the value in messages.
func (l *severities) Type() string { return "RULE=SEVERITY" }

// tune returns the severity for a finding of a rule, 0 for off. A fatal finding stays: the stream ended there.
func (l severities) tune(rule string, sev x12.Severity) x12.Severity {
	if sev == x12.Fatal {
		return sev
	}
	for _, t := range slices.Backward(l) {
		if t.rule == rule && !t.prefix || t.prefix && strings.HasPrefix(rule, t.rule) {
			return t.severity
		}
	}
	return sev
}

// delimiters is the value of --delimiters. On the command line the order is element, component, repetition,
// terminator, as partners' documents list them; package x12 has another order in its text form.
type delimiters struct {
	x12.Delimiters
	set bool
}

// delimiterHelp is the help of every --delimiters flag.
const delimiterHelp = "write with these `CHARS`: element, component, repetition separator and terminator, in this order; " +
	"three leave the repetition separator as it is; \\n \\r \\t and \\xHH are read as escapes"

// Set reads three or four bytes.
func (d *delimiters) Set(text string) error {
	b, err := unescape(text)
	if err != nil {
		return err
	}
	var wire []byte // in the order of x12.ParseDelimiters
	switch len(b) {
	case 3:
		wire = []byte{b[0], b[1], b[2]}
	case 4:
		wire = []byte{b[0], b[2], b[1], b[3]}
	default:
		return fmt.Errorf("%d characters, expected element, component, (repetition) separator and terminator", len(b))
	}
	parsed, ok := x12.ParseDelimiters(string(wire))
	if !ok {
		return errors.New("the characters must differ and be no letters, digits, blanks or NUL")
	}
	d.Delimiters, d.set = parsed, true
	return nil
}

// String is empty: the default is what the input has.
func (d *delimiters) String() string { return "" }

// Type names the value in messages.
func (d *delimiters) Type() string { return "CHARS" }

// text returns the delimiters in the order of package x12, "" when the flag was not given.
func (d *delimiters) text() string {
	if !d.set {
		return ""
	}
	return d.Text()
}

// over returns the delimiters to write when the input has from.
func (d *delimiters) over(from x12.Delimiters) x12.Delimiters {
	if !d.set {
		return from
	}
	to := d.Delimiters
	if to.Repetition == 0 {
		to.Repetition = from.Repetition
	}
	return to
}

// delimiterSet tells delimiters from data.
func delimiterSet(d x12.Delimiters) (set [256]bool) {
	set[d.Element], set[d.Component], set[d.Segment] = true, true, true
	if d.Repetition != 0 {
		set[d.Repetition] = true
	}
	return set
}

// unescape replaces \n, \r, \t, \\ and \xHH; any other backslash stands for itself.
func unescape(text string) ([]byte, error) {
	var b []byte
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) {
			b = append(b, text[i])
			continue
		}
		switch text[i+1] {
		case 'n':
			b = append(b, '\n')
		case 'r':
			b = append(b, '\r')
		case 't':
			b = append(b, '\t')
		case '\\':
			b = append(b, '\\')
		case 'x':
			if len(text) < i+4 {
				return nil, errors.New(`\x needs two hexadecimal digits`)
			}
			v, err := strconv.ParseUint(text[i+2:i+4], 16, 8)
			if err != nil {
				return nil, errors.New(`\x needs two hexadecimal digits`)
			}
			b = append(b, byte(v))
			i += 2
		default:
			b = append(b, '\\')
			continue
		}
		i++
	}
	return b, nil
}

// byteSize is a number of bytes with an optional unit.
type byteSize int64

// Set reads 1048576, 10MB (powers of ten) or 512KiB (powers of two).
func (s *byteSize) Set(text string) error {
	digits := strings.TrimRight(text, "BKMGTikmgtb")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n <= 0 {
		return errors.New("expected a size such as 1048576, 10MB or 512KiB")
	}
	unit, ok := sizeUnit(strings.ToUpper(text[len(digits):]))
	if !ok {
		return errors.New("the unit must be B, KB, MB, GB, TB, KiB, MiB, GiB or TiB")
	}
	if n > math.MaxInt64/unit {
		return errors.New("too large")
	}
	*s = byteSize(n * unit)
	return nil
}

func sizeUnit(name string) (int64, bool) {
	switch name {
	case "", "B":
		return 1, true
	}
	power := strings.IndexByte("KMGT", name[0]) + 1
	if power == 0 {
		return 0, false
	}
	base := int64(1000)
	switch name[1:] {
	case "", "B":
	case "IB":
		base = 1024
	default:
		return 0, false
	}
	unit := int64(1)
	for range power {
		unit *= base
	}
	return unit, true
}

// String returns the number of bytes, "" for none.
func (s *byteSize) String() string {
	if *s == 0 {
		return ""
	}
	return strconv.FormatInt(int64(*s), 10)
}

// Type names the value in messages.
func (s *byteSize) Type() string { return "SIZE" }
