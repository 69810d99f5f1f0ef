package deposit

import "strings"

// maxLooked bounds how many of a list are looked at one by one where more than one leaves no choice to make anyway.
const maxLooked = 64

// payers knows the payers of the payments by identifier and by name.
type payers struct {
	of     []int32            // payer of each payment, -1 when nothing tells it
	byID   map[string][]int32 // TRN03 and BPR10
	byName map[string][]int32 // nameKey, whole and cut as in a batch header
	words  map[string]int     // first words of names, with the most words of such a name
}

// minName is how long a name must be to be found in text.
const minName = 4

// newPayers gathers the payers. A payer is a TRN03, or a name where there is none.
func newPayers(payments []*Payment) *payers {
	k := &payers{of: make([]int32, len(payments)), byID: map[string][]int32{}, byName: map[string][]int32{}, words: map[string]int{}}
	index := map[string]int32{}
	type seen struct{ id, name, originator string }
	done := map[seen]bool{}
	for i, p := range payments {
		s := seen{p.PayerID, p.PayerName, p.Originator}
		name := ""
		id := "i" + p.PayerID
		if p.PayerID == "" {
			name = nameKey(p.PayerName)
			id = "n" + name
		}
		if len(id) == 1 {
			k.of[i] = -1
			continue
		}
		n, ok := index[id]
		if !ok {
			n = int32(len(index))
			index[id] = n
		}
		k.of[i] = n
		if done[s] {
			continue
		}
		done[s] = true
		for _, v := range [...]string{p.PayerID, p.Originator} {
			if v != "" {
				k.byID[v] = with(k.byID[v], n)
			}
		}
		for _, v := range [...]string{nameKey(p.PayerName), cutKey(p.PayerName)} {
			if v == "" {
				continue
			}
			k.byName[v] = with(k.byName[v], n)
			first, _, _ := strings.Cut(v, " ")
			k.words[first] = max(k.words[first], strings.Count(v, " ")+1)
		}
	}
	return k
}

// with adds n to a short list that does not have it. A list that is full stays so: what it is for cannot tell a payer.
func with(list []int32, n int32) []int32 {
	if len(list) > maxLooked {
		return list
	}
	for _, v := range list {
		if v == n {
			return list
		}
	}
	return append(list, n)
}

// maxWords bounds the words of a name that is looked for in text, and maxTextWords those of the text.
const (
	maxWords     = 12
	maxTextWords = 200
)

// find returns the payers an entry may be of, none when that cannot be told.
func (k *payers) find(e *Entry) (list []int32) {
	add := func(of []int32) {
		for _, n := range of {
			list = with(list, n)
		}
	}
	for _, id := range [...]string{e.PayerID, e.CompanyID} {
		if id != "" {
			add(k.byID[id])
		}
	}
	if e.PayerName != "" {
		add(k.byName[nameKey(e.PayerName)])
		add(k.byName[cutKey(e.PayerName)])
	}
	if len(list) == 0 && e.Text != "" {
		words := strings.Fields(nameKey(e.Text))
		words = words[:min(len(words), maxTextWords)]
		for i, w := range words {
			add(k.byID[w])
			for n := min(k.words[w], maxWords, len(words)-i); n > 0; n-- {
				name := strings.Join(words[i:i+n], " ")
				if of := k.byName[name]; len(name) >= minName && len(of) > 0 {
					add(of)
					break
				}
			}
		}
	}
	if len(list) > maxLooked {
		return nil
	}
	return list
}

// payersOf is payers.find, once for each entry.
func (m *Matcher) payersOf(e int32) []int32 {
	if !m.eAsked[e] {
		m.eAsked[e], m.ePayers[e] = true, m.payers.find(m.entries[e])
	}
	return m.ePayers[e]
}
