package edit

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// extension is that of the parts' files.
const extension = ".edi"

// restName is the name of the rest.
const restName = "rest"

// maxKey is how many bytes of an id tell keys apart as they stand: NM109 has 80.
const maxKey = 80

// key is what a part is chosen by. It is comparable.
type key struct {
	kind keyKind
	id   string
}

type keyKind uint8

const (
	keyNone keyKind = iota // nothing is known
	keyID                  // an NPI or the id of a payer
	keyTax
	keyName
)

// newKey makes a key of text that stands in the input, of any length.
func newKey(kind keyKind, text []byte) key {
	if len(text) > maxKey {
		sum := sha256.Sum256(text)
		return key{kind, string(text[:maxKey/2]) + "-" + hex.EncodeToString(sum[:8])}
	}
	return key{kind, string(text)}
}

// String returns the key as manifests have it.
func (k key) String() string {
	switch k.kind {
	case keyTax:
		return "tax:" + k.id
	case keyName:
		return "name:" + k.id
	case keyNone:
		return "none"
	}
	return k.id
}

// stem returns the name of a part without prefix and extension.
func (b By) stem(k key) string {
	word := "payer-"
	if b.kind == byNPI {
		word = "npi-"
	}
	switch k.kind {
	case keyTax:
		return "tax-" + safe(k.id)
	case keyName:
		return word + "name-" + safe(k.id)
	case keyNone:
		return word + "none"
	}
	return word + safe(k.id)
}

// safe makes text part of a file name: letters, digits and . _ - stay, runs of anything else become a hyphen.
func safe(text string) string {
	var b strings.Builder
	for i := range min(len(text), 64) {
		c := text[i]
		switch {
		case c|0x20-'a' < 26 || c-'0' < 10 || c == '.' || c == '_' || c == '-':
			b.WriteByte(c)
		case b.Len() > 0 && b.String()[b.Len()-1] != '-':
			b.WriteByte('-')
		}
	}
	if s := strings.Trim(b.String(), "-."); s != "" {
		return s
	}
	return "x"
}

// numbered returns the stem of part n.
func numbered(word string, n int64) string { return fmt.Sprintf("%s-%04d", word, n) }

// names gives each stem a file name of its own, also where upper and lower case are the same.
type names struct {
	prefix string
	taken  map[string]int // by name in lower case: the suffix to try next
}

func (n *names) file(stem string) string {
	if n.taken == nil {
		n.taken = map[string]int{}
	}
	name := stem
	first := strings.ToLower(stem)
	for lower := first; n.taken[lower] > 0; lower = strings.ToLower(name) {
		name = stem + "-" + strconv.Itoa(n.taken[first]+1)
		n.taken[first]++
	}
	n.taken[strings.ToLower(name)] = 1
	return n.prefix + name + extension
}
