package roster

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/x12-go/edi/x12"
)

//go:embed profiles/*.profile
var profileFiles embed.FS

// Profile is the layout of a roster: its columns, where their values come from, and in which form.
//
// The text of a profile has a directive a line. Words are separated by blanks; one with blanks in it stands in double
// quotes; # starts a comment.
//
//	profile NAME
//	title TEXT
//	rows member|coverage          a row a member, or a row for each coverage of a member
//	date FORM                     MM/DD/YYYY, M/D/YYYY, YYYY-MM-DD or YYYYMMDD
//	lines LINE...                 which coverage a row of a member shows: insurance lines, the preferred first
//	crlf                          lines end with CR LF
//	column HEADER SOURCE [required|required=dependent] [alias=HEADER]... [map=NAME] [default=TEXT] [date=FORM]
//	columns member|coverage       a column for every field, under its name
//	columns coverages=N FIELD...  columns for the first N coverages: coverage_1_plan, ...
//	map NAME VALUE=TEXT...        values in the roster's words
//
// A SOURCE is the name of a field of [Fields]; coverage.NAME with one of [CoverageFields], coverage.2.NAME for the second
// coverage; or one of
//
//	external_id             the first of the configured identifiers, else one made of the subscriber number and, for
//	                        dependents, member type, birth date and first name
//	subscriber_external_id  that of the subscriber
//	member_type             subscriber, spouse, child or other
//	ssn                     the member identifier where it is a social security number
//	any_phone               the first of the cell, home, other and work phone numbers
//	sponsor_id sponsor_name payer_id payer_name master_policy file_date
//	-                       nothing, for the default
type Profile struct {
	Name  string
	Title string
	// PerCoverage has a row for each coverage, else for each member.
	PerCoverage bool
	CRLF        bool

	lines   []string
	columns []column
	maps    map[string][][2]string
}

// column is a column of a profile.
type column struct {
	header    string
	aliases   []string
	source    source
	required  bool
	dependent bool // required for dependents only
	values    string
	preset    string
	form      string
}

// source says where a value comes from.
type source struct {
	what     sourceKind
	field    Field
	coverage CoverageField
	nth      int // of the coverages, 1 = first; 0 = the one of the row
}

type sourceKind uint8

const (
	fromMember sourceKind = iota + 1
	fromCoverage
	externalID
	subscriberExternalID
	memberType
	socialSecurity
	anyPhone
	sponsorID
	sponsorName
	payerID
	payerName
	masterPolicy
	fileDate
	nothing
)

var computed = map[string]sourceKind{"external_id": externalID, "subscriber_external_id": subscriberExternalID, "member_type": memberType,
	"ssn": socialSecurity, "any_phone": anyPhone, "sponsor_id": sponsorID, "sponsor_name": sponsorName, "payer_id": payerID,
	"payer_name": payerName, "master_policy": masterPolicy, "file_date": fileDate, "-": nothing}

// The forms of dates.
var dateForms = []string{"MM/DD/YYYY", "M/D/YYYY", "YYYY-MM-DD", "YYYYMMDD"}

// ErrProfile is wrapped by the errors for profiles.
var ErrProfile = errors.New("roster: bad profile")

// Profiles returns the names of the profiles that are built in.
func Profiles() (names []string) {
	files, err := profileFiles.ReadDir("profiles")
	if err != nil {
		panic(err) // built in
	}
	for _, f := range files {
		names = append(names, strings.TrimSuffix(f.Name(), ".profile"))
	}
	return names
}

// ProfileNamed returns a profile that is built in. Another name is an error that wraps [ErrProfile].
func ProfileNamed(name string) (*Profile, error) {
	if !slices.Contains(Profiles(), name) {
		return nil, fmt.Errorf("%w: no profile %q: expected %s or a file", ErrProfile, name, strings.Join(Profiles(), ", "))
	}
	f, err := profileFiles.Open("profiles/" + name + ".profile")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return ReadProfile(f)
}

// maxProfile is the largest profile in bytes.
const maxProfile = 1 << 20

// ReadProfile reads the text of a profile. What is wrong with it is an error that wraps [ErrProfile] and names the line.
func ReadProfile(r io.Reader) (*Profile, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxProfile+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxProfile {
		return nil, fmt.Errorf("%w: longer than 1 MiB", ErrProfile)
	}
	p := &Profile{maps: map[string][][2]string{}}
	form := "YYYY-MM-DD"
	for i, line := range strings.Split(string(text), "\n") {
		words, err := SplitWords(line)
		if err == nil && len(words) > 0 {
			err = p.directive(words, &form)
		}
		if err != nil {
			return nil, fmt.Errorf("%w: line %d: %w", ErrProfile, i+1, err)
		}
	}
	for i := range p.columns {
		c := &p.columns[i]
		if _, ok := p.maps[c.values]; c.values != "" && !ok {
			return nil, fmt.Errorf("%w: no map %q", ErrProfile, c.values)
		}
		if c.form == "" {
			c.form = form
		}
		for k := range i {
			if strings.EqualFold(p.columns[k].header, c.header) {
				return nil, fmt.Errorf("%w: column %q twice", ErrProfile, c.header)
			}
		}
	}
	if len(p.columns) == 0 {
		return nil, fmt.Errorf("%w: no columns", ErrProfile)
	}
	return p, nil
}

// SplitWords splits a line of a profile or config at blanks outside double quotes; # starts a comment.
func SplitWords(line string) (words []string, err error) {
	var b strings.Builder
	in, quoted := false, false
	for i := range len(line) {
		c := line[i]
		switch {
		case c == '"':
			quoted = !quoted
			in = true
		case quoted:
			b.WriteByte(c)
		case c == ' ' || c == '\t' || c == '\r':
			if in {
				words = append(words, b.String())
				b.Reset()
				in = false
			}
		case c == '#' && !in:
			return words, nil
		default:
			b.WriteByte(c)
			in = true
		}
	}
	if quoted {
		return nil, errors.New("a quote that is not closed")
	}
	if in {
		words = append(words, b.String())
	}
	return words, nil
}

func (p *Profile) directive(words []string, form *string) error {
	name, args := words[0], words[1:]
	if len(args) == 0 && name != "crlf" {
		return fmt.Errorf("%s needs more", name)
	}
	switch name {
	case "profile":
		p.Name = args[0]
	case "title":
		p.Title = args[0]
	case "rows":
		if args[0] != "member" && args[0] != "coverage" {
			return errors.New("expected rows member or rows coverage")
		}
		p.PerCoverage = args[0] == "coverage"
	case "date":
		if !slices.Contains(dateForms, args[0]) {
			return fmt.Errorf("expected one of %s", strings.Join(dateForms, ", "))
		}
		*form = args[0]
	case "lines":
		p.lines = args
	case "crlf":
		p.CRLF = true
	case "map":
		for _, pair := range args[1:] {
			value, text, ok := strings.Cut(pair, "=")
			if !ok {
				return errors.New("expected VALUE=TEXT")
			}
			p.maps[args[0]] = append(p.maps[args[0]], [2]string{value, text})
		}
	case "column":
		return p.column(args)
	case "columns":
		return p.columnsOf(args)
	default:
		return fmt.Errorf("no directive %q", name)
	}
	return nil
}

func (p *Profile) column(args []string) error {
	if len(args) < 2 {
		return errors.New("expected column HEADER SOURCE")
	}
	src, err := sourceNamed(args[1])
	if err != nil {
		return err
	}
	c := column{header: args[0], source: src}
	for _, a := range args[2:] {
		key, value, _ := strings.Cut(a, "=")
		switch {
		case key == "required" && (value == "" || value == "dependent"):
			c.required, c.dependent = true, value != ""
		case key == "alias" && value != "":
			c.aliases = append(c.aliases, value)
		case key == "map" && value != "":
			c.values = value
		case key == "default":
			c.preset = value
		case key == "date" && slices.Contains(dateForms, value):
			c.form = value
		default:
			return fmt.Errorf("no option %q of columns", key)
		}
	}
	p.columns = append(p.columns, c)
	return nil
}

// maxCoverageColumns is how many coverages can stand side by side.
const maxCoverageColumns = 99

func (p *Profile) columnsOf(args []string) error {
	switch n, many := strings.CutPrefix(args[0], "coverages="); {
	case args[0] == "member":
		for f, info := range Fields() {
			p.columns = append(p.columns, column{header: info.Name, source: source{what: fromMember, field: f}})
		}
	case args[0] == "coverage":
		for f, info := range CoverageFields() {
			p.columns = append(p.columns, column{header: "coverage_" + info.Name, source: source{what: fromCoverage, coverage: f}})
		}
	case many:
		count, err := strconv.Atoi(n)
		if err != nil || count < 1 || count > maxCoverageColumns {
			return errors.New("expected coverages=1 to 99")
		}
		for i := range count {
			for _, name := range args[1:] {
				f, ok := CoverageFieldNamed(name)
				if !ok {
					return fmt.Errorf("no coverage field %q", name)
				}
				p.columns = append(p.columns, column{header: fmt.Sprintf("coverage_%d_%s", i+1, name), source: source{what: fromCoverage, coverage: f, nth: i + 1}})
			}
		}
	default:
		return errors.New("expected member, coverage or coverages=N")
	}
	return nil
}

func sourceNamed(name string) (source, error) {
	if k, ok := computed[name]; ok {
		return source{what: k}, nil
	}
	if f, ok := FieldNamed(name); ok {
		return source{what: fromMember, field: f}, nil
	}
	if rest, ok := strings.CutPrefix(name, "coverage."); ok {
		s := source{what: fromCoverage}
		if n, field, more := strings.Cut(rest, "."); more {
			nth, err := strconv.Atoi(n)
			if err != nil || nth < 1 || nth > maxCoverageColumns {
				return source{}, errors.New("expected coverage.1.NAME to coverage.99.NAME")
			}
			s.nth, rest = nth, field
		}
		if s.coverage, ok = CoverageFieldNamed(rest); ok {
			return s, nil
		}
	}
	return source{}, fmt.Errorf("no source %q", name)
}

// form returns how the value of a source is kept.
func (s source) formOf() form {
	switch s.what {
	case fromMember:
		return dateOr(memberFields[s.field])
	case fromCoverage:
		return dateOr(coverageFields[s.coverage])
	case fileDate:
		return date
	}
	return text
}

func dateOr(info FieldInfo) form {
	if info.form == dated {
		return date
	}
	return info.form
}

// formatDate writes CCYYMMDD in the form of a roster; what is no date stays.
func formatDate(s, form string) string {
	d, ok := x12.ParseDate(s)
	if !ok || len(s) != 8 {
		return s
	}
	switch form {
	case "MM/DD/YYYY":
		return s[4:6] + "/" + s[6:] + "/" + s[:4]
	case "M/D/YYYY":
		return fmt.Sprintf("%d/%d/%s", int(d.Month()), d.Day(), s[:4])
	case "YYYY-MM-DD":
		return s[:4] + "-" + s[4:6] + "-" + s[6:]
	}
	return s
}

// parseDate reads a date in any of the forms as CCYYMMDD. A range CCYYMMDD-CCYYMMDD stays.
func parseDate(s string) (string, bool) {
	if len(s) == 17 && s[8] == '-' {
		_, from := x12.ParseDate(s[:8])
		_, to := x12.ParseDate(s[9:])
		return s, from && to
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '-' })
	var y, m, d string
	switch {
	case len(parts) == 1 && len(s) == 8:
		y, m, d = s[:4], s[4:6], s[6:]
	case len(parts) == 3 && len(parts[0]) == 4:
		y, m, d = parts[0], parts[1], parts[2]
	case len(parts) == 3 && len(parts[2]) == 4:
		y, m, d = parts[2], parts[0], parts[1]
	default:
		return "", false
	}
	var n [3]int
	for i, part := range [...]string{y, m, d} {
		v, err := strconv.ParseUint(part, 10, 16)
		if err != nil || len(part) > 4 {
			return "", false
		}
		n[i] = int(v)
	}
	day, ok := x12.NewDate(n[0], n[1], n[2])
	if !ok {
		return "", false
	}
	return string(day.AppendWire(nil)), true
}

// toText gives a value in the words of the column.
func (p *Profile) toText(c *column, s string) string {
	if s == "" {
		return c.preset
	}
	if c.source.formOf() == date {
		return formatDate(s, c.form)
	}
	for _, pair := range p.maps[c.values] {
		if pair[0] == s {
			return pair[1]
		}
	}
	return s
}

// ofText is the reverse of toText; ok is false for a value the column cannot have.
func (p *Profile) ofText(c *column, s string) (value string, ok bool) {
	if s == "" {
		return "", true
	}
	if c.source.formOf() == date {
		return parseDate(s)
	}
	if c.values == "" {
		return s, true
	}
	for _, pair := range p.maps[c.values] {
		if strings.EqualFold(pair[1], s) {
			return pair[0], true
		}
	}
	return "", false
}
