package codes

// text is what the forms take: a value as it stands in an element.
type text interface{ ~string | ~[]byte }

func isDigit(c byte) bool { return c-'0' < 10 }
func isUpper(c byte) bool { return c-'A' < 26 }
func isAlnum(c byte) bool { return isDigit(c) || isUpper(c) }

func allDigits[T text](v T) bool {
	for i := range len(v) {
		if !isDigit(v[i]) {
			return false
		}
	}
	return len(v) > 0
}

func allAlnum[T text](v T) bool {
	for i := range len(v) {
		if !isAlnum(v[i]) {
			return false
		}
	}
	return len(v) > 0
}

// IsNPI reports whether v has the form of a National Provider Identifier: ten digits, the first 1 or 2, with the check digit of ISO
// 7812 over the prefix 80840 and the nine.
func IsNPI[T text](v T) bool {
	const (
		prefix  = 24 // the sum over 80840
		doubled = "\x00\x02\x04\x06\x08\x01\x03\x05\x07\x09"
	)
	if len(v) != 10 || v[0] != '1' && v[0] != '2' {
		return false
	}
	sum := prefix
	for i := 0; i < 10; i += 2 {
		a, b := v[i]-'0', v[i+1]-'0'
		if a > 9 || b > 9 {
			return false
		}
		sum += int(doubled[a]) + int(b)
	}
	return sum%10 == 0
}

// IsTaxID reports whether v has the form of a tax identification number (of an employer, EIN, or a person, SSN or ITIN): nine digits without
// hyphens.
func IsTaxID[T text](v T) bool { return len(v) == 9 && allDigits(v) }

// IsTaxonomy reports whether v has the form of a provider taxonomy code: nine digits or capital letters and an X.
func IsTaxonomy[T text](v T) bool { return len(v) == 10 && v[9] == 'X' && allAlnum(v) }

// IsZIP reports whether v has the form of a ZIP code of the United States: five or nine digits, no hyphen.
func IsZIP[T text](v T) bool { return (len(v) == 5 || len(v) == 9) && allDigits(v) }

// IsCanadianPostal reports whether v has the form of a Canadian postal code, A1A1A1 without a blank.
func IsCanadianPostal[T text](v T) bool {
	return len(v) == 6 && isUpper(v[0]) && isDigit(v[1]) && isUpper(v[2]) && isDigit(v[3]) && isUpper(v[4]) && isDigit(v[5])
}

// IsProvince reports whether v is a province or territory of Canada, by its two letters of today or of the standard's older lists.
func IsProvince[T text](v T) bool {
	switch string(v) {
	case "AB", "BC", "MB", "NB", "NF", "NL", "NS", "NT", "NU", "ON", "PE", "PQ", "QC", "SK", "YK", "YT":
		return true
	}
	return false
}

// IsCountrySub reports whether v has the form of a country subdivision, what stands behind the hyphen in ISO 3166-2: one to three digits or
// capital letters.
func IsCountrySub[T text](v T) bool { return len(v) <= 3 && allAlnum(v) }

// IsLanguage reports whether v has the form of a language code of ISO 639 or NISO Z39.53: two or three letters, of either case.
func IsLanguage[T text](v T) bool {
	for i := range len(v) {
		if !isUpper(v[i] &^ 0x20) {
			return false
		}
	}
	return len(v) == 2 || len(v) == 3
}

// IsRace reports whether v has the form of a code of the CDC race and ethnicity code set: four digits, a hyphen and their check
// digit (2106-3), or the place in the hierarchy (R5.01.001).
func IsRace[T text](v T) bool {
	if len(v) == 6 && v[4] == '-' {
		return allDigits(v[:4]) && isDigit(v[5]) && isRaceCheck(v)
	}
	if len(v) < 2 || v[0] != 'R' && v[0] != 'E' || !isDigit(v[len(v)-1]) {
		return false
	}
	for i := 1; i < len(v); i++ {
		if !isDigit(v[i]) && (v[i] != '.' || !isDigit(v[i-1])) {
			return false
		}
	}
	return true
}

// isRaceCheck holds the digit behind the hyphen against the four before it, by the sum of ISO 7812.
func isRaceCheck[T text](v T) bool {
	sum := 0
	for i := range 4 {
		d := int(v[i] - '0')
		if i%2 == 1 {
			d = d*2%10 + d/5
		}
		sum += d
	}
	return (sum+int(v[5]-'0'))%10 == 0
}

// IsICD10CM reports whether v has the form of an ICD-10-CM diagnosis: a letter, a digit, and one to five letters or digits; no point.
func IsICD10CM[T text](v T) bool {
	return len(v) >= 3 && len(v) <= 7 && isUpper(v[0]) && isDigit(v[1]) && allAlnum(v)
}

// IsICD10PCS reports whether v has the form of an ICD-10-PCS procedure: seven digits or letters other than I and O.
func IsICD10PCS[T text](v T) bool {
	for i := range len(v) {
		if !isAlnum(v[i]) || v[i] == 'I' || v[i] == 'O' {
			return false
		}
	}
	return len(v) == 7
}

// IsICD9CM reports whether v has the form of an ICD-9-CM diagnosis: three to five digits, or V and two to four, or E and three or four; no
// point.
func IsICD9CM[T text](v T) bool {
	if len(v) < 3 || len(v) > 5 || !allDigits(v[1:]) {
		return false
	}
	return isDigit(v[0]) || v[0] == 'V' || v[0] == 'E' && len(v) >= 4
}

// IsICD9Procedure reports whether v has the form of an ICD-9-CM procedure: three or four digits, no point.
func IsICD9Procedure[T text](v T) bool { return (len(v) == 3 || len(v) == 4) && allDigits(v) }

// IsHCPCS reports whether v has the form of a procedure code of HCPCS, of which CPT is level I: five digits, four digits and a letter, or a
// letter and four digits.
func IsHCPCS[T text](v T) bool {
	return len(v) == 5 && allDigits(v[1:4]) && (isDigit(v[0]) && isAlnum(v[4]) || isUpper(v[0]) && isDigit(v[4]))
}

// IsCDT reports whether v has the form of a dental procedure: D and four digits.
func IsCDT[T text](v T) bool { return len(v) == 5 && v[0] == 'D' && allDigits(v[1:]) }

// IsModifier reports whether v has the form of a procedure modifier: two digits or capital letters.
func IsModifier[T text](v T) bool { return len(v) == 2 && allAlnum(v) }

// IsHIPPS reports whether v has the form of a HIPPS rate code: five digits or capital letters.
func IsHIPPS[T text](v T) bool { return len(v) == 5 && allAlnum(v) }

// IsNDC reports whether v has the form of a National Drug Code as it is billed: eleven digits, 5-4-2 without hyphens.
func IsNDC[T text](v T) bool { return len(v) == 11 && allDigits(v) }

// IsDRG reports whether v has the form of a diagnosis related group: three digits, or four digits or letters as state groupers with a severity
// have.
func IsDRG[T text](v T) bool { return len(v) == 3 && allDigits(v) || len(v) == 4 && allAlnum(v) }

// IsRevenue reports whether v has the form of a revenue code: up to four digits, zeros in front may be missing.
func IsRevenue[T text](v T) bool { return len(v) <= 4 && allDigits(v) }

// IsBilling reports whether v has the form of a condition, occurrence, occurrence span or value code of the uniform bill: two digits or capital
// letters.
func IsBilling[T text](v T) bool { return len(v) == 2 && allAlnum(v) }

// IsTreatment reports whether v has the form of a home health treatment code: a letter and two digits.
func IsTreatment[T text](v T) bool { return len(v) == 3 && isUpper(v[0]) && allDigits(v[1:]) }
