package deposit

import "strings"

// TRN is the segment that ties a payment to its 835, as found in an addenda or in the text of a statement.
type TRN struct {
	Number     string // TRN02
	PayerID    string // TRN03, "" when it is not there
	Supplement string // TRN04
}

// ParseTRN finds the first TRN*1 segment in text. The element separator is what stands behind TRN, a * as a rule; the
// segment ends with ~, \, or with a blank behind its last element. Text around it is passed over. In the text of a CTX
// entry, which is a whole interchange, the segment ends as the ISA says. What is behind the tenth character of TRN03 is
// no part of it. ok is false when there is none.
func ParseTRN(text string) (t TRN, ok bool) {
	ends := "~\\"
	if len(text) >= 106 && text[:3] == "ISA" {
		ends = text[105:106]
	}
	for at := 0; ; {
		i := strings.Index(text[at:], "TRN")
		if i < 0 {
			return TRN{}, false
		}
		i += at
		at = i + 3
		if len(text) < i+7 {
			return TRN{}, false
		}
		sep := text[i+3]
		if sep == ' ' && i > 0 && alnum(text[i-1]) { // the end of another word
			continue
		}
		if sep < ' ' || sep >= 0x7F || alnum(sep) || text[i+4] != '1' || text[i+5] != sep || strings.IndexByte(ends, sep) >= 0 {
			continue
		}
		seg := text[i+6:]
		if k := strings.IndexAny(seg, ends); k >= 0 {
			seg = seg[:k]
		}
		if t = trnOf(seg, sep); t.Number != "" {
			return t, true
		}
	}
}

// trnOf reads what stands behind TRN*1*.
func trnOf(seg string, sep byte) (t TRN) {
	number, rest, more := strings.Cut(seg, string(sep))
	if !more || len(number) > maxTrace {
		number, _, _ = strings.Cut(number, " ") // a blank ends the segment
		rest = ""
	}
	if number = strings.TrimSpace(number); number == "" || len(number) > maxTrace {
		return TRN{}
	}
	t.Number = number
	t.PayerID, rest, _ = strings.Cut(rest, string(sep))
	id, _, cut := strings.Cut(t.PayerID, " ")
	if cut {
		rest = ""
	}
	if len(id) > payerIDLen {
		id, rest = id[:payerIDLen], ""
	}
	t.PayerID = id
	t.Supplement, _, _ = strings.Cut(rest, string(sep))
	t.Supplement, _, _ = strings.Cut(t.Supplement, " ")
	if len(t.Supplement) > maxTrace {
		t.Supplement = ""
	}
	return t
}

const (
	maxTrace   = 50 // characters of TRN02 and TRN04
	payerIDLen = 10 // characters of TRN03
)

func alnum(c byte) bool { return c-'0' < 10 || c|0x20 >= 'a' && c|0x20 <= 'z' }

// traceKey is a trace number as compared: without blanks around it, in upper case.
func traceKey(s string) string {
	s = strings.TrimSpace(s)
	for i := range len(s) {
		if c := s[i]; c >= 'a' && c <= 'z' || c >= 0x80 {
			return strings.ToUpper(s)
		}
	}
	return s
}

// plainKey is a trace key without leading zeros.
func plainKey(key string) string {
	if s := strings.TrimLeft(key, "0"); s != "" {
		return s
	}
	return key
}

// nameKey is a name as compared: letters and digits in upper case, a blank between words.
func nameKey(s string) string {
	b := make([]byte, 0, len(s))
	gap := false
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= 'a' && c <= 'z':
			c -= 'a' - 'A'
		case c >= 0x80 || c-'0' < 10 || c >= 'A' && c <= 'Z':
		default:
			gap = true
			continue
		}
		if gap && len(b) > 0 {
			b = append(b, ' ')
		}
		gap = false
		b = append(b, c)
	}
	return string(b)
}

// companyName is how many characters of a name a NACHA batch header holds.
const companyName = 16

// cutKey is the key of a name cut as in a NACHA batch header.
func cutKey(s string) string {
	if s = strings.TrimSpace(s); len(s) > companyName {
		s = s[:companyName]
	}
	return nameKey(s)
}
