package ack

// FunctionalAck is one 999 or 997 (one ST to SE): what a receiver says of one functional group.
type FunctionalAck struct {
	// Interchange and group it came in.
	Envelope Envelope `json:"envelope,omitzero"`
	// ST01, 999 or 997.
	SetID string `json:"setID,omitempty"`
	// ST02.
	ControlNumber string `json:"controlNumber,omitempty"`
	// ST03, the guide; empty for a 997 that names none.
	Guide string `json:"guide,omitempty"`
	// AK1. The group that is answered.
	Group GroupReference `json:"group,omitzero"`
	// AK2 and what follows. A group may be accepted without a word on its sets.
	Sets []SetAck `json:"sets,omitempty"`
	// AK9. While an acknowledgment is read set by set, only at its end.
	Result GroupResult `json:"result,omitzero"`
}

// GroupReference says which group is answered: what stood in its GS.
type GroupReference struct {
	// AK101, which is GS01. HC = claims, HP = remittances, ...
	FunctionalID string `json:"functionalID,omitempty"`
	// AK102, which is GS06, without zeros in front.
	ControlNumber string `json:"controlNumber,omitempty"`
	// AK103, which is GS08.
	Version string `json:"version,omitempty"`
}

// GroupResult is AK9: what became of the group.
type GroupResult struct {
	// AK901, code list ack_status. A = accepted, E = accepted with errors noted, P = some sets were rejected, R = rejected.
	Status Coded `json:"status,omitzero"`
	// AK902. Sets that the group says it has, GE01.
	Included int `json:"included"`
	// AK903. Sets that were there.
	Received int `json:"received"`
	// AK904. Sets that were accepted, with errors noted or without.
	Accepted int `json:"accepted"`
	// AK905 to AK909, code list ak9_group: what is wrong with the group itself.
	Errors []Coded `json:"errors,omitempty"`
}

// IsZero reports whether there is no AK9.
func (r GroupResult) IsZero() bool {
	return r.Status.Code == "" && r.Included == 0 && r.Received == 0 && r.Accepted == 0 && len(r.Errors) == 0
}

// SetAck is AK2 with what belongs to it: what became of one set.
type SetAck struct {
	// AK201, which is ST01 of the set.
	SetID string `json:"setID,omitempty"`
	// AK202, which is its ST02.
	ControlNumber string `json:"controlNumber,omitempty"`
	// AK203, which is its ST03.
	Guide string `json:"guide,omitempty"`
	// IK501 or AK501, code list ack_status. A = accepted, E = accepted with errors noted, R = rejected.
	Status Coded `json:"status,omitzero"`
	// IK502 to IK506 or AK502 to AK506, code list ik5_set: what is wrong with the set.
	Errors []Coded `json:"errors,omitempty"`
	// IK3 or AK3.
	Segments []SegmentNote `json:"segments,omitempty"`
}

// Accepted reports whether the set was accepted, with errors noted or without.
func (a *SetAck) Accepted() bool { return a.Status.Code == "A" || a.Status.Code == "E" }

// Units returns the business units that the errors of the set lie in, each once, in the order in which they come.
func (a *SetAck) Units() (units []BusinessUnit) {
	seen := map[BusinessUnit]bool{}
	for i := range a.Segments {
		for _, u := range a.Segments[i].Units {
			if !seen[u] {
				seen[u] = true
				units = append(units, u)
			}
		}
	}
	return units
}

// SegmentNote is IK3 or AK3: what is wrong with one segment.
type SegmentNote struct {
	// IK301. The segment, or the one that is missing.
	Segment string `json:"segment,omitempty"`
	// IK302. Ordinal of the segment in its set, ST is 1. Of a missing one: where that was noticed.
	Position int `json:"position,omitempty"`
	// IK303. The loop, at most four characters of its identifier: 2010 for 2010AA.
	Loop string `json:"loop,omitempty"`
	// IK304, code list ik3_segment.
	Error Coded `json:"error,omitzero"`
	// CTX. What of our data the error lies in; of a 999 only.
	Units []BusinessUnit `json:"units,omitempty"`
	// CTX. What made it an error that the segment is there, or is missing; of a 999 only.
	Triggers []Trigger `json:"triggers,omitempty"`
	// IK4 or AK4.
	Elements []ElementNote `json:"elements,omitempty"`
}

// BusinessUnit is CTX01: what of our data an error lies in.
type BusinessUnit struct {
	// Which element names it: CLM01 for a claim, TRN02 for an inquiry, an answer or a payment, SUBSCRIBER NUMBER REF02 for a
	// member, ...
	Name string `json:"name,omitempty"`
	// Its value, at most 35 characters.
	Value string `json:"value,omitempty"`
}

// Trigger is a CTX with SITUATIONAL TRIGGER: the place that made something required, or forbidden.
type Trigger struct {
	// CTX02 to CTX04.
	Segment  string `json:"segment,omitempty"`
	Position int    `json:"position,omitempty"`
	Loop     string `json:"loop,omitempty"`
	// CTX05. The element in that segment.
	Place Place `json:"place,omitzero"`
	// CTX06-1. The number of its data element.
	DataElement int `json:"dataElement,omitempty"`
}

// ElementNote is IK4 or AK4: what is wrong with one element.
type ElementNote struct {
	// IK401.
	Place Place `json:"place,omitzero"`
	// IK402. The number of the data element, that of the component for one of those.
	DataElement int `json:"dataElement,omitempty"`
	// IK403, code list ik4_element.
	Error Coded `json:"error,omitzero"`
	// IK404. The value that is wrong, at most 99 characters. It may identify a patient.
	Value string `json:"value,omitempty"`
	// CTX. What made it an error that the element is there, or is missing; of a 999 only.
	Triggers []Trigger `json:"triggers,omitempty"`
}
