package codec

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/x12-go/edi/x12"
)

// latin1Mark stands in front of a JSON string whose text was not UTF-8: the rest is the text read as Latin-1, so that it
// can be read by people and written back byte for byte. It is U+FEFF, which shows as nothing.
const latin1Mark = "\uFEFF"

const hexDigits = "0123456789abcdef"

// AppendString appends s as a JSON string. Text that is not UTF-8 (or starts with U+FEFF) is taken as Latin-1
// behind a U+FEFF; [Unmarshal] undoes that.
func AppendString(b []byte, s string) []byte {
	b = append(b, '"')
	i := 0
	for i < len(s) && s[i] >= ' ' && s[i] != '"' && s[i] != '\\' && s[i] < utf8.RuneSelf {
		i++
	}
	b = append(b, s[:i]...)
	if i == len(s) {
		return append(b, '"')
	}
	if high(s[i:]) && (!utf8.ValidString(s) || strings.HasPrefix(s, latin1Mark)) {
		b = append(b[:len(b)-i], latin1Mark...)
		i = 0
		for ; i < len(s); i++ {
			b = appendJSONRune(b, rune(s[i]))
		}
		return append(b, '"')
	}
	for _, r := range s[i:] {
		b = appendJSONRune(b, r)
	}
	return append(b, '"')
}

func high(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return true
		}
	}
	return false
}

func appendJSONRune(b []byte, r rune) []byte {
	switch {
	case r == '"' || r == '\\':
		return append(b, '\\', byte(r))
	case r == '\n':
		return append(b, '\\', 'n')
	case r == '\r':
		return append(b, '\\', 'r')
	case r == '\t':
		return append(b, '\\', 't')
	case r == '\b':
		return append(b, '\\', 'b')
	case r == '\f':
		return append(b, '\\', 'f')
	case r < ' ':
		return append(b, '\\', 'u', '0', '0', hexDigits[r>>4], hexDigits[r&15])
	case r == '\u2028' || r == '\u2029':
		return append(b, '\\', 'u', '2', '0', '2', hexDigits[r&15])
	}
	return utf8.AppendRune(b, r)
}

// Text returns the bytes of a string that came from JSON: the reverse of what [AppendString] does to text that is not
// UTF-8. Any other string is returned as it is.
func Text(s string) string {
	rest, ok := strings.CutPrefix(s, latin1Mark)
	if !ok {
		return s
	}
	b := make([]byte, 0, len(rest))
	for _, r := range rest {
		if r > 0xFF {
			return s
		}
		b = append(b, byte(r))
	}
	return string(b)
}

// Unmarshal is [json.Unmarshal] for what the AppendJSON methods write: it refuses members no field takes, and gives
// strings back their bytes where they were not UTF-8, see [Text].
func Unmarshal(text []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if bytes.Contains(text, []byte(latin1Mark)) || bytes.Contains(text, []byte(`\u`)) { // as it is, or perhaps escaped
		unmark(reflect.ValueOf(v))
	}
	return nil
}

// unmark applies Text to all strings below v.
func unmark(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			unmark(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() {
				unmark(f)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			unmark(v.Index(i))
		}
	case reflect.String:
		v.SetString(Text(v.String()))
	}
}

// AppendNumber appends the wire text of n as a JSON string, null when absent.
func AppendNumber(b []byte, n x12.Number) []byte {
	if !n.Set() {
		return append(b, "null"...)
	}
	return append(n.AppendWire(append(b, '"')), '"')
}

// AppendDate appends d as a JSON string with the text of its AppendText: a date written with six digits comes back as it was.
func AppendDate(b []byte, d x12.Date) []byte {
	b, _ = d.AppendText(append(b, '"')) // it never fails
	return append(b, '"')
}

// AppendTime appends t as a JSON string of ISO form.
func AppendTime(b []byte, t x12.Time) []byte {
	return append(t.AppendISO(append(b, '"')), '"')
}

// AppendDecimal appends d as a JSON string with all its decimals.
func AppendDecimal(b []byte, d decimal.Decimal) []byte {
	b = append(b, '"')
	if e := d.Exponent(); e < 0 {
		b = append(b, d.StringFixed(-e)...)
	} else {
		b = append(b, d.String()...)
	}
	return append(b, '"')
}

// CloseObject ends an object whose members were appended from start on, each with a comma in front.
func CloseObject(b []byte, start int) []byte {
	if len(b) == start {
		return append(b, '{', '}')
	}
	b[start] = '{'
	return append(b, '}')
}

// AppendJSON appends x as JSON.
func (x *Extras) AppendJSON(b []byte) []byte {
	start := len(b)
	list := func(key string, v []string) {
		if len(v) == 0 {
			return
		}
		b = append(b, key...)
		for i, s := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = AppendString(b, s)
		}
		b = append(b, ']')
	}
	list(`,"order":[`, x.Order)
	list(`,"runs":[`, x.Runs)
	list(`,"segments":[`, x.Segments)
	if len(x.Values) > 0 {
		b = append(b, `,"values":[`...)
		for i := range x.Values {
			if i > 0 {
				b = append(b, ',')
			}
			b = x.Values[i].appendJSON(b)
		}
		b = append(b, ']')
	}
	list(`,"omit":[`, x.Omit)
	return CloseObject(b, start)
}

func (v *Value) appendJSON(b []byte) []byte {
	b = AppendString(append(b, `{"slot":`...), v.Slot)
	b = append(b, `,"use":`...)
	b = appendInt(b, v.Use)
	b = append(b, `,"element":`...)
	b = appendInt(b, v.Element)
	b = AppendString(append(b, `,"text":`...), v.Text)
	if v.Was != "" {
		b = AppendString(append(b, `,"was":`...), v.Was)
	}
	return append(b, '}')
}

func appendInt(b []byte, n int) []byte {
	if n >= 10 {
		b = appendInt(b, n/10)
	}
	return append(b, byte('0'+n%10))
}
