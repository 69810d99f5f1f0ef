package validate

import (
	"slices"

	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codes"
	"github.com/x12-go/edi/x12/guide"
)

const (
	idREF = x12.SegID('R'<<24 | 'E'<<16 | 'F'<<8)
	idIII = x12.SegID('I'<<24 | 'I'<<16 | 'I'<<8)
	idCLP = x12.SegID('C'<<24 | 'L'<<16 | 'P'<<8)
	idDTP = x12.SegID('D'<<24 | 'T'<<16 | 'P'<<8)
	idDTM = x12.SegID('D'<<24 | 'T'<<16 | 'M'<<8)
)

// form is how a code looks.
type form struct {
	is   func([]byte) bool
	rule string
	say  string
}

// formOf returns the form of the codes of a list; its rule is "" for one that is free.
func formOf(list string) form {
	switch list {
	case "npi":
		return form{codes.IsNPI[[]byte], "code/npi", "an NPI: ten digits, the first 1 or 2, the last the check digit of the others"}
	case "tax_id":
		return form{codes.IsTaxID[[]byte], "code/tax-id", "nine digits without hyphens"}
	case "party_tax_id":
		return form{codes.IsTaxID[[]byte], "code/party-tax-id", "nine digits without hyphens"}
	case "taxonomy":
		return form{codes.IsTaxonomy[[]byte], "code/taxonomy", "a provider taxonomy code: nine digits or capital letters and an X"}
	case "zip":
		return form{codes.IsZIP[[]byte], "code/zip", "five or nine digits without a hyphen"}
	case "country_sub":
		return form{codes.IsCountrySub[[]byte], "code/country-sub", "one to three digits or capital letters, what stands behind the hyphen in ISO 3166-2"}
	case "language":
		return form{codes.IsLanguage[[]byte], "code/language", "a language code of two or three letters"}
	case "race_cdc":
		return form{codes.IsRace[[]byte], "code/race", "a code of the CDC set: four digits, a hyphen and a check digit, or a place in its hierarchy"}
	case "icd10cm":
		return form{codes.IsICD10CM[[]byte], "code/icd10cm", "an ICD-10-CM code: a letter, a digit, and one to five letters or digits, no point"}
	case "icd10pcs":
		return form{codes.IsICD10PCS[[]byte], "code/icd10pcs", "an ICD-10-PCS code: seven digits or letters, no I and no O"}
	case "icd9cm":
		return form{codes.IsICD9CM[[]byte], "code/icd9cm", "an ICD-9-CM diagnosis: three to five digits, or V or E and digits, no point"}
	case "icd9pcs":
		return form{codes.IsICD9Procedure[[]byte], "code/icd9-procedure", "an ICD-9-CM procedure: three or four digits, no point"}
	case "hcpcs":
		return form{codes.IsHCPCS[[]byte], "code/hcpcs", "a HCPCS or CPT code: five digits, four digits and a letter, or a letter and four digits"}
	case "cdt":
		return form{codes.IsCDT[[]byte], "code/cdt", "a dental procedure: D and four digits"}
	case "modifier":
		return form{codes.IsModifier[[]byte], "code/modifier", "two digits or capital letters"}
	case "hipps":
		return form{codes.IsHIPPS[[]byte], "code/hipps", "a HIPPS code: five digits or capital letters"}
	case "ndc":
		return form{codes.IsNDC[[]byte], "code/ndc", "a drug code of eleven digits, 5-4-2 without hyphens"}
	case "drg":
		return form{codes.IsDRG[[]byte], "code/drg", "a diagnosis related group: three digits, or four digits or letters"}
	case "revenue":
		return form{codes.IsRevenue[[]byte], "code/revenue", "a revenue code of four digits"}
	case "condition", "occurrence", "occurrence_span", "value":
		return form{codes.IsBilling[[]byte], "code/billing", "two digits or capital letters"}
	case "treatment_code":
		return form{codes.IsTreatment[[]byte], "code/treatment", "a letter and two digits"}
	}
	return form{}
}

// isPartial reports whether the built-in list is known to lack codes in use, so that not being in it says nothing.
func isPartial(list string) bool {
	return slices.Contains([]string{"condition", "occurrence", "occurrence_span", "value"}, list)
}

// listOf returns the list that a qualifier stands for, "" for none that is checked; de is the data element of the qualifier.
func listOf(de, qualifier string, segment x12.SegID) string {
	switch de + " " + qualifier {
	case "66 XX", "128 HPI":
		return "npi"
	case "128 EI", "128 SY":
		return "tax_id"
	case "66 FI", "66 24", "66 34", "128 TJ":
		return "party_tax_id"
	case "128 PXC":
		return "taxonomy"
	case "235 HC", "235 CJ", "1270 BP", "1270 BO":
		return "hcpcs"
	case "235 AD":
		return "cdt"
	case "235 NU":
		return "revenue"
	case "235 N4":
		return "ndc"
	case "235 HP":
		return "hipps"
	case "1270 BR", "1270 BQ": // not 235 ID: eligibility has no other qualifier for ICD-10-PCS
		return "icd9pcs"
	case "1270 ABK", "1270 ABF", "1270 APR", "1270 ABJ", "1270 ABN":
		return "icd10cm"
	case "1270 BK", "1270 BF", "1270 PR", "1270 BJ", "1270 BN":
		return "icd9cm"
	case "1270 BBR", "1270 BBQ":
		return "icd10pcs"
	case "1270 BG":
		return "condition"
	case "1270 BH":
		return "occurrence"
	case "1270 BI":
		return "occurrence_span"
	case "1270 BE":
		return "value"
	case "1270 TC":
		return "treatment_code"
	case "1270 DR":
		return "drg"
	case "1270 HE":
		return "rarc"
	case "1270 ZZ":
		if segment == idIII { // the guides of eligibility: place of service
			return "pos"
		}
	}
	return ""
}

// qualifierOf returns the data element that says what kind of code a data element holds.
func qualifierOf(de string) string {
	switch de {
	case "67":
		return "66"
	case "127":
		return "128"
	case "234":
		return "235"
	case "1271":
		return "1270"
	}
	return ""
}

// codeBinder makes the codeChecks of a guide.
type codeBinder struct {
	v     *Validator
	table *guide.Table
	set   Lists
	made  map[string]*code
	dates map[dateKey]*dating
}

type dateKey struct {
	loop     guide.LoopID
	decision bool
}

// slot finds the elements of a slot with codes.
func (b *codeBinder) slot(id guide.SlotID) (out []codedElem) {
	s := &b.table.Slots[id]
	all := b.table.Elements[s.First : s.First+s.Count]
	for i := range all {
		e := &all[i]
		if e.Usage == guide.NotUsed {
			continue
		}
		c := codedElem{elem: uint8(i + 1), repeats: e.Repeat > 0}
		if e.Kind != guide.Composite {
			if p, ok := b.part(s, all, i); ok {
				c.parts = append(c.parts, p)
			}
		} else {
			comps := b.table.Elements[e.First : int(e.First)+int(e.Count)]
			for k := range comps[:min(len(comps), 16)] {
				if p, ok := b.part(s, comps, k); ok {
					p.comp = uint8(k + 1)
					c.last = p.comp
					c.parts = append(c.parts, p)
				}
			}
		}
		if len(c.parts) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// part makes the check of one of the elements of a segment, or of the components of a composite; ok is false when it has none.
func (b *codeBinder) part(s *guide.Slot, all []guide.Element, i int) (p codedPart, ok bool) {
	e := &all[i]
	if e.Usage == guide.NotUsed || len(e.Codes) > 0 { // the element checks hold it against the guide's own values
		return p, false
	}
	p.min, p.max = e.Min, e.Max
	q := slices.IndexFunc(all[:i], func(o guide.Element) bool { return o.DE == qualifierOf(e.DE) && qualifierOf(e.DE) != "" })
	if len(e.Ext) > 3 && e.Ext[:3] == "by:" {
		q = int(e.Ext[3]-'0') - 1
	}
	free := e.Ext == "" && (e.DE != "127" || s.ID == idREF) // elements that only the qualifier makes a code
	if q >= 0 && q < len(all) && (free || e.Ext == "ndc" || e.Ext != "" && e.Ext[:min(3, len(e.Ext))] == "by:") {
		for _, value := range all[q].Codes {
			list := listOf(all[q].DE, value, s.ID)
			if k := b.code(list); k != nil {
				p.kinds = append(p.kinds, qualified{value, k, b.dating(s.Loop, k, list)})
			}
		}
		p.qualifier = uint8(q + 1)
		return p, len(p.kinds) > 0
	}
	list := e.Ext
	switch {
	case list == "race" && e.DE == "1271":
		list = "race_cdc"
	case list == "facility_type" && b.table.Set == "835":
		list = "facility_type or pos" // a remittance has the place of service of professional claims there
	}
	if p.code = b.code(list); p.code == nil {
		return p, false
	}
	p.dates = b.dating(s.Loop, p.code, list)
	if p.code.place != nowhere {
		p.country = uint8(1 + slices.IndexFunc(all, func(o guide.Element) bool { return o.Ext == "country" }))
	}
	return p, true
}

// code returns what is checked of the codes of a list, nil when there is neither a form nor a list.
func (b *codeBinder) code(name string) *code {
	if k, ok := b.made[name]; ok {
		return k
	}
	k := &code{}
	list := name
	switch name {
	case "facility_type or pos":
		list, k.other = "facility_type", b.set.List("pos")
	case "tooth":
		k.zero = true
	case "state":
		k.place = state
	case "zip":
		k.place = postal
	}
	if f := formOf(name); f.is != nil {
		k.form, k.say, k.rule = f.is, f.say, b.v.rules[f.rule]
	}
	if !isPartial(list) || !b.set.BuiltIn(list) {
		k.list = b.set.List(list)
	}
	if k.form == nil && k.list == nil {
		k = nil
	}
	b.made[name] = k
	return k
}

// dating returns the dates that count for the codes of a list in a loop, nil when there are none.
func (b *codeBinder) dating(loop guide.LoopID, k *code, list string) *dating {
	if k.list == nil || !k.list.Dated() {
		return nil
	}
	key := dateKey{loop, slices.Contains([]string{"carc", "rarc", "claim_status", "claim_status_cat"}, list)}
	if d, ok := b.dates[key]; ok {
		return d
	}
	d, texts := &dating{what: "service"}, servicePlaces(b.table.Set)
	if key.decision {
		d.what, texts = "decision", decisionPlaces(b.table.Set)
	}
	find := &Binder{Table: b.table, Loop: loop}
	for _, text := range texts {
		if p := find.Place(text); len(p.slots) > 0 {
			d.places = append(d.places, p)
		}
	}
	// Days that hold for the loop itself come before those of the loops below it.
	slices.SortStableFunc(d.places, func(p, q *Place) int { return b.depth(p) - b.depth(q) })
	if len(d.places) == 0 {
		d = nil
	}
	b.dates[key] = d
	return d
}

// depth tells how far below the loop it is looked for in a place stands.
func (b *codeBinder) depth(p *Place) (n int) {
	for l := b.table.Slots[p.slots[0]].Loop; l != p.base && l != 0; l = b.table.Loops[l].Parent {
		n++
	}
	return n
}
