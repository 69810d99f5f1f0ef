package cli

import (
	"strconv"
	"sync"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/report"
)

// maxPrinted is how many findings a run prints; the others are counted.
const maxPrinted = 10_000

// findings prints what is wrong with the input on stderr, counts it, and knows what the exit status is.
type findings struct {
	console *console
	place   func(int64) (string, int64)
	opts    *options
	quiet   bool // they are printed elsewhere

	mu      sync.Mutex
	counts  [x12.Fatal + 1]int64
	printed int64
	dropped int64
	buf     []byte
}

func newFindings(c *call) *findings {
	return &findings{console: c.console, opts: &c.opts, place: func(offset int64) (string, int64) {
		if c.src == nil {
			return stdinName, offset
		}
		return c.src.place(offset)
	}}
}

// add is an [x12.Sink] that never stops the reader.
func (f *findings) add(i *x12.Issue) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	sev := f.opts.severity.tune(i.Rule, i.Severity)
	if sev == 0 {
		return true
	}
	i.Severity = sev
	f.counts[sev]++
	switch {
	case f.opts.quiet || f.quiet:
	case f.printed >= maxPrinted:
		f.dropped++
	default:
		f.printed++
		f.buf = f.append(f.buf[:0], i)
		f.console.write(string(f.buf))
	}
	return true
}

// end says how many findings were counted only.
func (f *findings) end() {
	if f.dropped > 0 {
		f.console.printf("edi: %d more findings not printed", f.dropped)
	}
}

// failed reports whether the findings make the input bad.
func (f *findings) failed() bool {
	return f.counts[x12.Error]+f.counts[x12.Fatal] > 0 || f.opts.strict && f.counts[x12.Warning] > 0
}

func (f *findings) append(b []byte, i *x12.Issue) []byte {
	file, offset := f.place(i.Offset)
	if f.opts.issues == "json" {
		return append(report.AppendIssue(b, i, file, offset, f.opts.values), '\n')
	}
	path := i.Path()
	if path == "" {
		path = "-"
	}
	b = append(b, file...)
	b = append(b, ':')
	b = strconv.AppendInt(b, offset, 10)
	for _, s := range [...]string{": ", oneLine(path), ": ", i.Severity.String(), ": ", oneLine(i.Message)} {
		b = append(b, s...)
	}
	if i.Rule != "" {
		b = append(b, " ["+i.Rule+"]"...)
	}
	if f.opts.values && i.Value != "" {
		b = append(b, " value="...)
		b = strconv.AppendQuote(b, i.Value)
	}
	return append(b, '\n')
}

// oneLine keeps control bytes of broken input, such as a strange segment identifier, off the terminal.
func oneLine(s string) string {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7F {
			q := strconv.QuoteToASCII(s)
			return q[1 : len(q)-1]
		}
	}
	return s
}

// appendText appends a key with a text, or nothing for an empty one.
func appendText(b []byte, key, text string) []byte {
	if text == "" {
		return b
	}
	return appendKeyed(b, key, text)
}
