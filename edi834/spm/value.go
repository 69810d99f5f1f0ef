package spm

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/x12-go/edi/x12"
)

// ParseDate reads M/D/YYYY or MM/DD/YYYY.
func ParseDate(s string) (x12.Date, bool) {
	parts := strings.Split(s, "/")
	if len(parts) != 3 || len(parts[2]) != 4 || len(parts[0]) > 2 || len(parts[1]) > 2 {
		return x12.Date{}, false
	}
	var n [3]int
	for i, p := range parts {
		v, ok := digits(p)
		if !ok {
			return x12.Date{}, false
		}
		n[i] = v
	}
	return x12.NewDate(n[2], n[0], n[1])
}

// FormatDate writes a day as M/D/YYYY, "" when absent.
func FormatDate(d x12.Date) string {
	if d.IsZero() {
		return ""
	}
	return strconv.Itoa(int(d.Month())) + "/" + strconv.Itoa(d.Day()) + "/" + strconv.Itoa(d.Year() + 10000)[1:]
}

// ParseBool reads 1 Y YES T TRUE and 0 N NO F FALSE.
func ParseBool(s string) (v, ok bool) {
	switch strings.ToUpper(s) {
	case "1", "Y", "YES", "T", "TRUE":
		return true, true
	case "0", "N", "NO", "F", "FALSE":
		return false, true
	}
	return false, false
}

// digits reads a number of one to nine digits.
func digits(s string) (int, bool) {
	if s == "" || len(s) > 9 {
		return 0, false
	}
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

// decimals reports whether s is an unsigned decimal with between least and most digits behind the point, and with digits in
// front of it.
func decimals(s string, least, most int) bool {
	whole, fraction, point := strings.Cut(s, ".")
	if whole == "" || len(s) > 18 || point && fraction == "" {
		return false
	}
	for _, c := range []byte(whole + fraction) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(fraction) >= least && len(fraction) <= most
}

// ssn returns the nine digits of a social security number, which may have dashes.
func ssn(s string) (string, bool) {
	if len(s) == 11 && s[3] == '-' && s[6] == '-' {
		s = s[:3] + s[4:6] + s[7:]
	}
	_, ok := digits(s)
	return s, ok && len(s) == 9
}

// fault says what is wrong with a value that is there, "" for nothing: the rule and what was expected. Allowed are values
// beyond those of enumerations.
func (f *FieldInfo) fault(s string, allowed map[string][]string) (rule, text string) {
	switch f.Type {
	case "Empty":
		return RuleEmpty, "must be left empty"
	case "Text":
		if n := utf8.RuneCountInString(s); n > f.Max {
			return RuleLength, "has " + strconv.Itoa(n) + " characters: expected at most " + strconv.Itoa(f.Max)
		}
	case "Int":
		if n, ok := digits(s); !ok || n > 32767 {
			return RuleInt, "expected a number from 0 to 32767"
		}
	case "Date":
		if _, ok := ParseDate(s); !ok {
			return RuleDate, "expected a day of the calendar as M/D/YYYY"
		}
	case "Bool":
		if _, ok := ParseBool(s); !ok {
			return RuleBool, "expected 1 Y YES T TRUE or 0 N NO F FALSE"
		}
	case "Money":
		if !decimals(s, 2, 2) {
			return RuleMoney, "expected digits, a point and two digits"
		}
	case "Dec":
		if !decimals(s, 0, 4) {
			return RuleDecimal, "expected digits, with at most four behind a point"
		}
	case "SSN":
		if _, ok := ssn(s); !ok {
			return RuleSSN, "expected nine digits, with or without dashes"
		}
	case "Sex":
		if u := strings.ToUpper(s); u != "M" && u != "F" && u != "U" {
			return RuleSex, "expected M, F or U"
		}
	case "Phone":
		if len(s) != 10 || strings.Trim(s, "0123456789") != "" {
			return RulePhone, "expected ten digits"
		}
	case "Email":
		at := strings.IndexByte(s, '@')
		if at < 1 || !strings.Contains(s[at:], ".") || utf8.RuneCountInString(s) > 100 {
			return RuleEmail, "expected at most 100 characters with an @ and a point behind it"
		}
	case "Enum":
		for _, list := range [2][]string{f.Values, allowed[f.enumSet]} {
			for _, v := range list {
				if strings.EqualFold(v, s) {
					return "", ""
				}
			}
		}
		return RuleEnum, "expected one of " + strings.Join(f.Values, " ")
	}
	return "", ""
}
