package care

// Party is a person or an organization: an NM1.
type Party struct {
	EntityType         string `json:"entityType,omitempty"` // NM102; 1 = person, 2 = organization
	LastOrOrganization string `json:"lastOrOrganization,omitempty"`
	First              string `json:"first,omitempty"`
	Middle             string `json:"middle,omitempty"`
	Suffix             string `json:"suffix,omitempty"`
	IDQualifier        string `json:"idQualifier,omitempty"` // NM108; MI = member id, XX = NPI, C = corrected
	ID                 string `json:"id,omitempty"`
}

// Address is N3 and N4.
type Address struct {
	Line1      string `json:"line1,omitempty"`
	Line2      string `json:"line2,omitempty"`
	City       string `json:"city,omitempty"`
	State      string `json:"state,omitempty"`
	PostalCode string `json:"postalCode,omitempty"`
	// N404, ISO 3166. Empty: USA.
	Country string `json:"country,omitempty"`
	// N407, ISO 3166-2.
	CountrySubdivision string `json:"countrySubdivision,omitempty"`
}

// IsZero reports whether nothing of the address is there.
func (a Address) IsZero() bool { return a == Address{} }

// Contact is a PER: a name and up to three numbers. The qualifiers are TE = telephone, FX = fax, EM = e-mail, UR = URL and
// EX = extension of the number in front.
type Contact struct {
	Name                  string `json:"name,omitempty"`
	NumberQualifier       string `json:"numberQualifier,omitempty"`
	Number                string `json:"number,omitempty"`
	SecondNumberQualifier string `json:"secondNumberQualifier,omitempty"`
	SecondNumber          string `json:"secondNumber,omitempty"`
	ThirdNumberQualifier  string `json:"thirdNumberQualifier,omitempty"`
	ThirdNumber           string `json:"thirdNumber,omitempty"`
}

// IsZero reports whether nothing of the contact is there.
func (c Contact) IsZero() bool { return c == Contact{} }

// Find returns the first number with the given qualifier, "" when there is none.
func (c *Contact) Find(qualifier string) string {
	switch qualifier {
	case c.NumberQualifier:
		return c.Number
	case c.SecondNumberQualifier:
		return c.SecondNumber
	case c.ThirdNumberQualifier:
		return c.ThirdNumber
	}
	return ""
}

// Reference is a REF that has no field by its meaning.
type Reference struct {
	Qualifier string `json:"qualifier,omitempty"`
	ID        string `json:"id,omitempty"`
}

// FindReference returns the first reference with a qualifier, "" when there is none.
func FindReference(refs []Reference, qualifier string) string {
	for i := range refs {
		if refs[i].Qualifier == qualifier {
			return refs[i].ID
		}
	}
	return ""
}
