package report

import (
	"strconv"
	"strings"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// jsonForm writes a finding a line.
type jsonForm struct{ buf []byte }

func (f *jsonForm) begin(*Report) {}
func (f *jsonForm) end(*Report)   {}

func (f *jsonForm) finding(r *Report, e *entry) {
	f.buf = append(AppendIssue(f.buf[:0], e.Issue, e.file, e.offset, r.o.Values), '\n')
	if _, err := r.w.Write(f.buf); err != nil && r.err == nil {
		r.err = err
	}
}

// AppendIssue appends a finding as a JSON object: file offset interchange group set guide loop segment segment_id element component
// repeat value rule codes level severity message. Keys without a value are left out; value is there only with values.
func AppendIssue(b []byte, i *x12.Issue, file string, offset int64, values bool) []byte {
	b = appendString(append(b, `{"file":`...), file)
	b = append(b, `,"offset":`...)
	b = strconv.AppendInt(b, offset, 10)
	b = appendText(b, "interchange", i.Interchange)
	b = appendText(b, "group", i.Group)
	b = appendText(b, "set", i.Set)
	b = appendText(b, "guide", i.Guide)
	b = appendText(b, "loop", i.Loop)
	b = appendCount(b, "segment", i.Segment)
	b = appendText(b, "segment_id", i.SegID)
	b = appendCount(b, "element", i.Element)
	b = appendCount(b, "component", i.Component)
	b = appendCount(b, "repeat", i.Repeat)
	if values {
		b = appendText(b, "value", i.Value)
	}
	b = appendText(b, "rule", i.Rule)
	b = appendCodes(b, i.Codes)
	b = append(b, `,"level":`...)
	b = strconv.AppendUint(b, uint64(i.Level), 10)
	b = appendText(b, "severity", i.Severity.String())
	b = appendText(b, "message", i.Message)
	return append(b, '}')
}

func appendCodes(b []byte, c x12.Codes) []byte {
	if c == (x12.Codes{}) {
		return b
	}
	b = append(b, `,"codes":{`...)
	open := len(b)
	b = appendText(b, "ta1", c.TA1)
	b = appendText(b, "ak9", c.AK9)
	b = appendText(b, "ik5", c.IK5)
	b = appendText(b, "ik3", c.IK3)
	b = appendText(b, "ik4", c.IK4)
	b = append(b[:open], b[open+1:]...) // the first comma
	return append(b, '}')
}

// appendString appends text for people to read: what is not UTF-8 in it is replaced.
func appendString(b []byte, s string) []byte {
	return codec.AppendString(b, strings.ToValidUTF8(s, "\uFFFD"))
}

// appendText appends a key with a text, or nothing for an empty one.
func appendText(b []byte, key, text string) []byte {
	if text == "" {
		return b
	}
	b = append(append(append(b, `,"`...), key...), `":`...)
	return appendString(b, text)
}

// appendCount appends a key with a number, or nothing for zero.
func appendCount(b []byte, key string, n int) []byte {
	if n == 0 {
		return b
	}
	b = append(append(append(b, `,"`...), key...), `":`...)
	return strconv.AppendInt(b, int64(n), 10)
}
