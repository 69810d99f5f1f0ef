package main

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// factRow is one row of a fact table: what is known of a loop, segment, element or component.
type factRow struct {
	line     int
	loop     string // path of loop ids
	kind     string // L, S, E or C
	id       string
	pos      int
	usage    string
	repeat   int // 0 = no limit
	name     string
	de, typ  string
	min, max string
	codes    []string
	ext      string

	// What the note says.
	syntax   []string // P0304
	key      *factKey
	sameAs   string   // path of the loop whose rows these are
	digits   int      // guide-max=10 digits
	length   int      // guide-max=50
	accept   []string // also-accept
	required string   // required-if condition
	list     string   // qualifier place that chooses the external list: "8", or "?" if the note does not say
	checks   []string // equals, pattern and counts notes
	other    []string // all else
	unsure   bool

	sub []*factRow // children: of a loop its segments and loops, of a segment its elements
}

// factKey is "key=ELEMENT:V1,V2": the value that tells this row from others of its id.
type factKey struct {
	element, component int
	not                bool
	codes              []string
}

var (
	syntaxWord   = regexp.MustCompile(`^[PRECL]([0-9]{2}){2,}$`)
	keyNote      = regexp.MustCompile(`^key=([A-Z0-9]{2,3})([0-9]{2})(?:-([0-9]+))?:(!?)(.+)$`)
	maxNote      = regexp.MustCompile(`^guide-max=([0-9]+)( digits)?$`)
	listNote     = regexp.MustCompile(`^(?:npi-if|[a-z0-9_]+ if) [A-Z0-9]{2,3}([0-9]{2})=`)
	qualifierSet = regexp.MustCompile(`^(by qualifier:|icd9|[a-z0-9_]+ (if|when) )`)
)

// readFacts reads a guide's fact table and returns the rows of the top level with what is below them.
func readFacts(path string) ([]*factRow, error) {
	rows, err := readTSV(path, "loop", "kind", "id", "pos", "usage", "repeat", "name", "de", "type", "min", "max", "codes", "ext", "note")
	if err != nil {
		return nil, err
	}
	var top []*factRow
	loops := map[string]*factRow{}
	var segment, element *factRow
	for i, cells := range rows {
		r, err := newFactRow(i+2, cells)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, i+2, err)
		}
		orphan := false
		switch r.kind {
		case "L":
			segment, element = nil, nil
			parent, _, nested := cutLast(r.loop, "/")
			loops[r.loop] = r
			if !nested {
				top = append(top, r)
			} else if loops[parent] == nil {
				orphan = true
			} else {
				loops[parent].sub = append(loops[parent].sub, r)
			}
		case "S":
			segment, element = r, nil
			if loops[r.loop] == nil {
				orphan = true
			} else {
				loops[r.loop].sub = append(loops[r.loop].sub, r)
			}
		case "E":
			element = r
			if segment == nil {
				orphan = true
			} else {
				segment.sub = append(segment.sub, r)
			}
		case "C":
			if element == nil {
				orphan = true
			} else {
				element.sub = append(element.sub, r)
			}
		default:
			return nil, fmt.Errorf("%s:%d: kind %q, expected L, S, E or C", path, r.line, r.kind)
		}
		if orphan {
			return nil, fmt.Errorf("%s:%d: %s row %s belongs to nothing above it", path, r.line, r.kind, r.id)
		}
	}
	return top, nil
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return "", s, false
}

func newFactRow(line int, c []string) (*factRow, error) {
	r := &factRow{
		line: line, loop: c[0], kind: c[1], id: c[2], usage: c[4], name: c[6],
		de: c[7], typ: c[8], min: c[9], max: c[10], ext: c[12], repeat: 1,
	}
	var err error
	if c[3] != "" {
		if r.pos, err = strconv.Atoi(c[3]); err != nil {
			return nil, fmt.Errorf("position %q is not a number", c[3])
		}
	}
	switch {
	case c[5] == ">1":
		r.repeat = 0
	case c[5] != "":
		if r.repeat, err = strconv.Atoi(c[5]); err != nil {
			return nil, fmt.Errorf("repeat %q is not a number", c[5])
		}
	}
	if c[11] != "" {
		r.codes = strings.Split(c[11], ",")
	}
	if r.kind == "E" || r.kind == "C" {
		// BPR02 or SVC01-2: the place is what counts.
		place := r.id
		if r.kind == "C" {
			_, place, _ = cutLast(r.id, "-")
		} else if len(place) >= 2 {
			place = place[len(place)-2:]
		}
		if r.pos, err = strconv.Atoi(place); err != nil {
			return nil, fmt.Errorf("id %q does not end in a position", r.id)
		}
	}
	r.note(c[13])
	return r, nil
}

// note takes a note apart. Its pieces stand between "; " or, after the syntax notes, between blanks.
func (r *factRow) note(text string) {
	for _, piece := range strings.Split(text, ";") {
		piece = strings.TrimSpace(piece)
		for {
			word, rest, _ := strings.Cut(piece, " ")
			if !syntaxWord.MatchString(word) {
				break
			}
			r.syntax = append(r.syntax, word)
			piece = rest
		}
		if at := strings.Index(piece, " between "); at >= 0 && strings.HasPrefix(piece, "key=") {
			r.piece(piece[at+1:])
			piece = piece[:at]
		}
		if at := strings.Index(piece, "required-if "); at >= 0 {
			r.required = strings.TrimSuffix(piece[at+len("required-if "):], ")")
			piece = strings.TrimRight(piece[:at], " (")
		}
		r.piece(piece)
	}
}

func (r *factRow) piece(piece string) {
	if m := keyNote.FindStringSubmatch(piece); m != nil {
		codes, rest := keyCodes(m[5])
		k := &factKey{not: m[4] == "!", codes: codes}
		k.element, _ = strconv.Atoi(m[2])
		k.component, _ = strconv.Atoi(m[3])
		r.key = k
		r.piece(rest)
		return
	}
	if m := maxNote.FindStringSubmatch(piece); m != nil {
		n, _ := strconv.Atoi(m[1])
		if m[2] != "" {
			r.digits = n
		} else {
			r.length = n
		}
		return
	}
	word, rest, _ := strings.Cut(piece, " ")
	switch {
	case piece == "":
	case strings.HasPrefix(piece, "same-as="):
		r.sameAs = strings.TrimPrefix(piece, "same-as=")
	case word == "also-accept":
		r.accept = strings.Fields(rest)
	case word == "equals" || word == "pattern" || word == "counts":
		r.checks = append(r.checks, piece)
	case strings.HasPrefix(piece, "unsure"):
		r.unsure = true
		r.other = append(r.other, piece)
	case r.ext != "" && listNote.MatchString(piece):
		at, _ := strconv.Atoi(listNote.FindStringSubmatch(piece)[1])
		r.list = strconv.Itoa(at)
	case r.ext != "" && qualifierSet.MatchString(piece):
		r.list = "?"
		if r.kind == "C" {
			r.list = "1"
		}
	default:
		r.other = append(r.other, piece)
	}
}

// keyCodes takes the values of a key off the text that may follow them. A value may hold blanks when it is all in
// capitals (SITUATIONAL TRIGGER); the text after a key has lower case letters.
func keyCodes(text string) (codes []string, rest string) {
	list, tail, more := strings.Cut(text, ", ")
	if head, after, ok := strings.Cut(list, " "); ok && strings.ToUpper(list) != list {
		list, rest = head, after
	}
	if more {
		rest = strings.TrimSpace(rest + ", " + tail)
	}
	return strings.Split(list, ","), rest
}

// used tells whether the guide uses the row.
func (r *factRow) used() bool { return r.usage != "N" }

func sortedCodes(codes []string) string {
	sorted := slices.Clone(codes)
	slices.Sort(sorted)
	return "{" + strings.Join(sorted, " ") + "}"
}
