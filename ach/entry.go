package ach

import (
	"strings"

	"github.com/x12-go/edi/x12"
)

// addendaText is how many characters of text an addenda record holds.
const addendaText = 80

// Kind says what an entry does.
type Kind uint8

// The kinds of entries.
const (
	Credit            Kind = iota + 1 // codes 22, 32, 42, 52: money to the receiver
	Debit                             // codes 27, 37, 47, 55: money from the receiver
	PrenoteEntry                      // codes 23, 28, 33, 38, ...: a test of the account
	ZeroDollar                        // codes 24, 29, 34, 39, ...: remittance data without money
	ReturnEntry                       // an entry sent back, with an addenda 99
	NotificationEntry                 // a notification of change, with an addenda 98
	ReturnOrChange                    // codes 21, 26, 31, 36, ... without the addenda that says which
	OtherEntry                        // any other code
)

// String returns the kind as reports print it.
func (k Kind) String() string {
	switch k {
	case Credit:
		return "credit"
	case Debit:
		return "debit"
	case PrenoteEntry:
		return "prenote"
	case ZeroDollar:
		return "zero_dollar"
	case ReturnEntry:
		return "return"
	case NotificationEntry:
		return "notification_of_change"
	case ReturnOrChange:
		return "return_or_change"
	}
	return "other"
}

// kindOf returns the kind by transaction code.
func kindOf(code int) Kind {
	if code == 55 {
		return Debit // of a loan
	}
	if code < 20 || code > 56 {
		return OtherEntry
	}
	switch code % 10 {
	case 1, 6:
		return ReturnOrChange
	case 2:
		return Credit
	case 7:
		return Debit
	case 3, 8:
		return PrenoteEntry
	case 4, 9:
		return ZeroDollar
	}
	return OtherEntry
}

// Entry is one entry of a NACHA file with its addenda: one that was written, or one that was read.
type Entry struct {
	Kind    Kind
	Code    int    // transaction code: 22 checking credit, 32 savings credit, 23 and 33 their prenotes
	Routing string // of the receiving bank, 9 digits
	Account string // up to 17 characters, blanks at the end left out
	Cents   int64
	ID      string // identification number
	Name    string // of the receiver
	Trace   string // 15 digits: ODFI and sequence number
	// TRN is what the addenda say about the 835; nil where there is no TRN in them.
	TRN *TRN

	// File and Batch the entry stands in: of an entry that was written their numbers, 1 = first. An entry that was read has
	// the records in Header and BatchHeader too.
	File, Batch int
	Header      *FileHeader
	BatchHeader *BatchHeader

	Line          int    // of its record; 0 when it was not read
	Discretionary string // columns 77-78
	// Addenda are the texts of the addenda 05, each of 80 characters with its blanks, when the entry was read.
	Addenda []string
	Return  *Return // of an entry sent back
	Change  *Change // of a notification of change

	batch  batchKey
	trn    string // text of the one addenda of a CCD entry
	ctxAt  int64  // where the text of a CTX entry is kept
	ctxLen int
}

// SEC returns the standard entry class code of the entry's batch.
func (e *Entry) SEC() string {
	if e.BatchHeader != nil {
		return e.BatchHeader.SEC
	}
	return e.batch.SEC
}

// Effective returns the effective entry date of the entry's batch.
func (e *Entry) Effective() x12.Date {
	if e.BatchHeader != nil {
		return e.BatchHeader.Effective
	}
	return e.batch.Effective
}

// Text returns the texts of the addenda joined, without the blanks at the end: the interchange of a CTX entry.
func (e *Entry) Text() string {
	return strings.TrimRight(strings.Join(e.Addenda, ""), " ")
}

// pieces returns how many addenda the entry is written with.
func (e *Entry) pieces() int {
	if e.ctxLen > 0 {
		return (e.ctxLen + addendaText - 1) / addendaText
	}
	return 1
}

// batchKey is what the entries of a batch share.
type batchKey struct {
	ODFI, CompanyID, CompanyName, SEC, Description string
	Effective                                      x12.Date
}

// FileHeader is record 1.
type FileHeader struct {
	Destination, DestinationName string
	Origin, OriginName           string
	Created                      string // YYMMDDHHMM
	ID                           string // file id modifier
	Reference                    string
}

// BatchHeader is record 5.
type BatchHeader struct {
	Number          string // 7 digits
	ServiceClass    string // 200, 220 or 225
	CompanyName     string
	CompanyID       string
	SEC             string
	Description     string
	DescriptiveDate string
	Effective       x12.Date // absent when there is none
	Settlement      string   // Julian day, filled in by the operator
	ODFI            string   // 8 digits
	Discretionary   string
}

// Return is addenda 99: an entry sent back.
type Return struct {
	Reason        string // R01, ...
	OriginalTrace string // of the entry that was sent
	DateOfDeath   string // YYMMDD
	OriginalRDFI  string
	Information   string
	Trace         string
}

// Change is addenda 98: what the receiving bank says is wrong about an entry it has accepted.
type Change struct {
	Code          string // C01, ...
	OriginalTrace string
	OriginalRDFI  string
	Corrected     string // what is right
	Trace         string
}

// TRN is the segment that ties an entry to its 835.
type TRN struct {
	Type       string // TRN01, 1
	Number     string // TRN02
	PayerID    string // TRN03
	Supplement string // TRN04
}

// text returns the segment with its terminator, with * between the elements whatever the 835 used.
func (t *TRN) text(terminator byte) string {
	s := "TRN*" + t.Type + "*" + t.Number + "*" + t.PayerID
	if t.Supplement != "" {
		s += "*" + t.Supplement
	}
	return s + string(terminator)
}

// ParseTRN finds the TRN in the text of addenda: a segment by itself, one among others, or one of the 835 in a CTX entry. It
// ends at ~ or \, or else at a blank behind TRN03; text behind it is passed over. It is nil where there is none.
func ParseTRN(text string) *TRN {
	element, ends := "*", `~\`
	if strings.HasPrefix(text, "ISA") && len(text) > 105 {
		element, ends = text[3:4], text[105:106]
	}
	for len(text) > 0 {
		segment, rest := text, ""
		end := strings.IndexAny(text, ends)
		if end >= 0 {
			segment, rest = text[:end], text[end+1:]
		}
		segment = strings.TrimLeft(segment, " ")
		if strings.HasPrefix(segment, "TRN"+element) {
			return trnOf(strings.Split(segment[4:], element), end >= 0)
		}
		text = rest
	}
	return nil
}

func trnOf(elems []string, ended bool) *TRN {
	for len(elems) < 4 {
		elems = append(elems, "")
	}
	if !ended { // a blank ends it
		last := min(len(elems)-1, 3)
		for last > 1 && elems[last] == "" {
			last--
		}
		elems[last], _, _ = strings.Cut(elems[last], " ")
	}
	for i, v := range elems {
		elems[i] = strings.TrimSpace(v)
	}
	return &TRN{Type: elems[0], Number: elems[1], PayerID: elems[2], Supplement: elems[3]}
}
