package ach

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/x12-go/edi/x12"
)

// ConfigError is a fault of a configuration file. It wraps ErrConfig.
type ConfigError struct {
	Line int    // 1 = first
	Key  string // "" where it is about none
	Text string // what is wrong
}

// Error names line and key.
func (e *ConfigError) Error() string {
	if e.Key == "" {
		return fmt.Sprintf("ach: bad configuration: line %d: %s", e.Line, e.Text)
	}
	return fmt.Sprintf("ach: bad configuration: line %d: %s: %s", e.Line, e.Key, e.Text)
}

// Unwrap returns ErrConfig.
func (e *ConfigError) Unwrap() error { return ErrConfig }

// maxConfig is the most bytes of a configuration file.
const maxConfig = 1 << 20

// ReadConfig reads a configuration: one JSON object whose keys docs/ach.md lists. Keys it does not know, keys that are there
// twice and values that cannot be are a *ConfigError.
func ReadConfig(r io.Reader) (*Config, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxConfig+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxConfig {
		return nil, &ConfigError{Line: 1, Text: "longer than 1 MiB"}
	}
	p := &configParser{text: text, dec: json.NewDecoder(bytes.NewReader(text)), lines: map[string]int{}}
	p.dec.UseNumber()
	if err := p.object(p.setting); err != nil {
		return nil, err
	}
	if _, err := p.dec.Token(); err != io.EOF {
		return nil, p.fault("", "text behind the object")
	}
	if key, why := p.c.fault(); key != "" {
		line := p.lines[key]
		if line == 0 {
			line = p.line()
		}
		return nil, &ConfigError{Line: line, Key: key, Text: why}
	}
	return &p.c, nil
}

// configParser walks the tokens itself, since package json does not say where in the text a value stood.
type configParser struct {
	text  []byte
	dec   *json.Decoder
	lines map[string]int // of the keys
	c     Config
}

func (p *configParser) line() int {
	return 1 + bytes.Count(p.text[:p.dec.InputOffset()], []byte{'\n'})
}

func (p *configParser) fault(key, text string) error {
	return &ConfigError{Line: p.line(), Key: key, Text: text}
}

// token returns the next token; a fault of the syntax names its line.
func (p *configParser) token() (json.Token, error) {
	t, err := p.dec.Token()
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		at := min(max(syntax.Offset, 0), int64(len(p.text)))
		return nil, &ConfigError{Line: 1 + bytes.Count(p.text[:at], []byte{'\n'}), Text: "not JSON: " + syntax.Error()}
	case err != nil:
		return nil, &ConfigError{Line: 1 + bytes.Count(p.text, []byte{'\n'}), Text: "not JSON: the text ends too early"}
	}
	return t, nil
}

// object reads an object and hands each key to member, which reads its value.
func (p *configParser) object(member func(key string) error) error {
	t, err := p.token()
	if err != nil {
		return err
	}
	if t != json.Delim('{') {
		return p.fault("", "expected an object")
	}
	seen := map[string]bool{}
	for {
		t, err := p.token()
		if err != nil {
			return err
		}
		key, ok := t.(string)
		if !ok { // the end of the object
			return nil
		}
		if seen[key] {
			return p.fault(key, "is there twice")
		}
		seen[key] = true
		if err := member(key); err != nil {
			return err
		}
	}
}

// setting reads the value of one key.
func (p *configParser) setting(key string) error {
	p.lines[key] = p.line()
	switch key {
	case "payers":
		return p.names(&p.c.Payers)
	case "payees":
		return p.names(&p.c.Payees)
	}
	t, err := p.token()
	if err != nil {
		return err
	}
	if why := p.c.set(key, t); why != "" {
		return p.fault(key, why)
	}
	return nil
}

func (p *configParser) names(to *map[string]string) error {
	*to = map[string]string{}
	return p.object(func(id string) error {
		t, err := p.token()
		if err != nil {
			return err
		}
		name, ok := t.(string)
		if !ok {
			return p.fault(id, "expected a text")
		}
		(*to)[id] = name
		return nil
	})
}

// set sets one setting and returns what is wrong with its value.
func (c *Config) set(key string, t json.Token) (why string) {
	for _, s := range [...]struct {
		key string
		to  *string
	}{
		{"destination", &c.Destination}, {"destination_name", &c.DestinationName}, {"origin", &c.Origin}, {"origin_name", &c.OriginName},
		{"reference", &c.Reference}, {"odfi", &c.ODFI}, {"ctx_description", &c.CTXDescription}, {"date_policy", (*string)(&c.DatePolicy)},
	} {
		if s.key == key {
			text, ok := t.(string)
			if !ok {
				return "expected a text"
			}
			*s.to = text
			return ""
		}
	}
	var err error
	switch key {
	case "drop_trn04":
		return setBool(&c.DropTRN04, t)
	case "bank_option_as_ach":
		return setBool(&c.BankOptionAsACH, t)
	case "file_lines":
		return setInt(&c.FileLines, t)
	case "batch_lines":
		return setInt(&c.BatchLines, t)
	case "trace_start":
		return setInt(&c.TraceStart, t)
	}
	text, ok := t.(string)
	switch key {
	case "terminator", "file_id":
		if len(text) != 1 {
			return "expected a text of one character"
		}
		if key == "file_id" {
			c.FileID = text[0]
		} else {
			c.Terminator = text[0]
		}
		return ""
	case "entry_limit":
		c.EntryLimit, err = ParseCents(text)
	case "same_day_limit":
		c.SameDayLimit, err = ParseCents(text)
	case "created":
		c.Created, err = ParseTime(text)
	default:
		return "no such key"
	}
	if !ok {
		return "expected a text"
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func setBool(to *bool, t json.Token) (why string) {
	v, ok := t.(bool)
	if !ok {
		return "expected true or false"
	}
	*to = v
	return ""
}

func setInt(to *int, t json.Token) (why string) {
	n, ok := t.(json.Number)
	v, err := strconv.Atoi(n.String())
	if !ok || err != nil || v <= 0 {
		return "expected a whole number above 0"
	}
	*to = v
	return ""
}

// ParseCents reads an amount such as 1000000.00 with up to two decimals.
func ParseCents(text string) (int64, error) {
	n, ok := x12.ParseNumber(text)
	cents, exact := centsOf(n)
	if !ok || !exact || cents <= 0 {
		return 0, errors.New("expected an amount above 0 with up to two decimals, in quotes")
	}
	return cents, nil
}

// ParseTime reads the time of a file: 2026-11-21T09:00.
func ParseTime(text string) (time.Time, error) {
	t, err := time.ParseInLocation("2006-01-02T15:04", strings.TrimSpace(text), time.UTC)
	if err != nil {
		return time.Time{}, errors.New("expected a time such as 2026-11-21T09:00")
	}
	return t, nil
}

// centsOf returns a number in cents, and whether it has at most two decimals and fits.
func centsOf(n x12.Number) (int64, bool) {
	cents := n.Coef()
	switch {
	case n.Scale() > 2 || !n.Set():
		return 0, false
	case n.Scale() == 2:
		return cents, true
	}
	for range 2 - n.Scale() {
		if cents > 1<<59 || cents < -1<<59 {
			return 0, false
		}
		cents *= 10
	}
	return cents, true
}
