package ach

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/x12-go/edi/x12"
)

// ErrConfig is wrapped by every error about a configuration.
var ErrConfig = errors.New("ach: bad configuration")

// DatePolicy says what is done with an effective date that is no banking day.
type DatePolicy string

// The date policies.
const (
	NextBankingDay DatePolicy = "next"  // the next banking day, noted as DateMoved
	RefuseDate     DatePolicy = "error" // the payment is refused
	KeepDate       DatePolicy = "keep"  // written as it is; the operator replaces it
)

// Config is what a file needs that no 835 says: who sends it to which bank, under which names, and the limits agreed on.
type Config struct {
	// Destination is the routing number (9 digits) of the bank or operator the file goes to.
	Destination     string
	DestinationName string // up to 23 characters
	// Origin is a routing number (9 digits), or 10 characters agreed with the bank, mostly 1 and a tax id.
	Origin     string
	OriginName string // up to 23 characters
	Reference  string // for the sender's own use, up to 8 characters

	// ODFI is the originating bank, 8 digits or 9 with the check digit. It takes the place of BPR07.
	ODFI string
	// CTXDescription is the entry description of CTX batches, up to 10 characters; "" is CLAIMS PMT. Batches of the health care
	// standard always have HCCLAIMPMT.
	CTXDescription string
	// Payers gives names of payers by BPR10 or TRN03, up to 16 characters.
	Payers map[string]string
	// Payees gives names of payees by N104, up to 22 characters.
	Payees map[string]string

	DatePolicy DatePolicy // "" is NextBankingDay
	// Terminator ends the TRN in the addenda: '~', or '\\'; 0 is '~'.
	Terminator byte
	// DropTRN04 lets go of TRN04 where the TRN does not fit into the addenda with it.
	DropTRN04 bool
	// BankOptionAsACH takes payments whose BPR04 is BOP as if it were ACH.
	BankOptionAsACH bool

	EntryLimit   int64 // cents of one entry; 0 is what the field holds, 99,999,999.99
	SameDayLimit int64 // cents of an entry that is effective on the day of the file; 0 is 1,000,000.00
	FileLines    int   // most lines of a file, fill included; 0 is no limit but that of the format
	BatchLines   int   // most entries and addenda of a batch; 0 is 100,000

	// Created is the time in the file header. The zero time is the time of the run, and the output then differs from run to run.
	Created time.Time
	// FileID tells files of one day apart: A to Z or 0 to 9; 0 is 'A', or with a State the one behind its files of that day.
	// Further files of a run count on from it.
	FileID byte
	// TraceStart is the sequence number of the first entry, 1 to 9,999,999; 0 is 1. A State counts on where it is further.
	TraceStart int
}

// Limits of the format.
const (
	entryCents    = 99_999_999_99    // 10 digits
	totalCents    = 9_999_999_999_99 // 12 digits
	batchCount    = 999_999          // entries and addenda
	fileCount     = 99_999_999       // entries and addenda
	traceLast     = 9_999_999        // of the sequence in a trace number
	sameDayCents  = 1_000_000_00     // since 2022-03-18
	batchLines    = 100_000          // keeps the memory of writing small
	leastLines    = 20               // of FileLines: two blocks
	ctxPieces     = 9_999            // addenda of a CTX entry
	fileIDs       = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	ctxPayments   = "CLAIMS PMT"
	healthPayment = "HCCLAIMPMT"
)

// Check reports the first setting that cannot be, as an error that wraps ErrConfig and names it.
func (c *Config) Check() error {
	key, why := c.fault()
	if key == "" {
		return nil
	}
	return fmt.Errorf("%w: %s: %s", ErrConfig, key, why)
}

// fault returns the key of the first setting that cannot be, and why.
func (c *Config) fault() (key, why string) {
	for _, t := range [...]struct {
		key, text string
		least     int
		most      int
	}{
		{"destination_name", c.DestinationName, 1, 23}, {"origin_name", c.OriginName, 1, 23}, {"reference", c.Reference, 0, 8},
		{"ctx_description", c.CTXDescription, 0, 10},
	} {
		switch {
		case len(t.text) < t.least:
			return t.key, "is missing"
		case len(t.text) > t.most:
			return t.key, fmt.Sprintf("has more than %d characters", t.most)
		case !printable(t.text):
			return t.key, "is not printable ASCII"
		case strings.TrimSpace(t.text) != t.text:
			return t.key, "begins or ends with a blank"
		}
	}
	switch {
	case !routing(c.Destination):
		return "destination", "is not a routing number of 9 digits"
	case !(routing(c.Origin) || len(c.Origin) == 10 && printable(c.Origin) && !strings.Contains(c.Origin, " ")):
		return "origin", "is neither a routing number of 9 digits nor an id of 10 characters"
	case c.ODFI != "" && !routing(c.ODFI) && !(len(c.ODFI) == 8 && digits(c.ODFI) && c.ODFI != "00000000"):
		return "odfi", "is neither 8 digits nor a routing number of 9"
	case strings.EqualFold(c.CTXDescription, healthPayment):
		return "ctx_description", "HCCLAIMPMT belongs to CCD"
	case c.DatePolicy != "" && c.DatePolicy != NextBankingDay && c.DatePolicy != RefuseDate && c.DatePolicy != KeepDate:
		return "date_policy", "is none of next, error, keep"
	case c.Terminator != 0 && c.Terminator != '~' && c.Terminator != '\\':
		return "terminator", `is neither ~ nor \`
	case c.EntryLimit < 0 || c.EntryLimit > entryCents:
		return "entry_limit", "is not an amount up to 99999999.99"
	case c.SameDayLimit < 0 || c.SameDayLimit > entryCents:
		return "same_day_limit", "is not an amount up to 99999999.99"
	case c.FileLines != 0 && c.FileLines < leastLines:
		return "file_lines", "is not a number from 20 on"
	case c.BatchLines != 0 && (c.BatchLines < 2 || c.BatchLines > batchCount):
		return "batch_lines", "is not a number from 2 to 999999"
	case c.FileID != 0 && strings.IndexByte(fileIDs, c.FileID) < 0:
		return "file_id", "is none of A to Z and 0 to 9"
	case c.TraceStart < 0 || c.TraceStart > traceLast:
		return "trace_start", "is not a number from 1 to 9999999"
	case !c.Created.IsZero() && (c.Created.Year() < 2000 || c.Created.Year() > 2099):
		return "created", "is not in the years 2000 to 2099"
	}
	return c.nameFault()
}

func (c *Config) nameFault() (key, why string) {
	for _, m := range [...]struct {
		key   string
		names map[string]string
		most  int
	}{{"payers", c.Payers, 16}, {"payees", c.Payees, 22}} {
		for id, name := range m.names {
			if id == "" || strings.TrimSpace(name) != name || name == "" || len(name) > m.most || !printable(name) {
				return m.key, fmt.Sprintf("expected ids with names of 1 to %d printable ASCII characters", m.most)
			}
		}
	}
	return "", ""
}

// withDefaults returns the configuration with every setting that has a default.
func (c Config) withDefaults() Config {
	if c.CTXDescription == "" {
		c.CTXDescription = ctxPayments
	}
	if c.DatePolicy == "" {
		c.DatePolicy = NextBankingDay
	}
	if c.Terminator == 0 {
		c.Terminator = '~'
	}
	if c.EntryLimit == 0 {
		c.EntryLimit = entryCents
	}
	if c.SameDayLimit == 0 {
		c.SameDayLimit = sameDayCents
	}
	if c.BatchLines == 0 {
		c.BatchLines = batchLines
	}
	if c.Created.IsZero() {
		c.Created = time.Now()
	}
	if c.TraceStart == 0 {
		c.TraceStart = 1
	}
	if len(c.ODFI) > 8 {
		c.ODFI = c.ODFI[:8]
	}
	return c
}

// day returns the day the file is made.
func (c *Config) day() x12.Date { return x12.DateOf(c.Created) }

// printable reports whether text is printable ASCII, blanks included.
func printable(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

func digits(text string) bool {
	for i := range len(text) {
		if text[i]-'0' > 9 {
			return false
		}
	}
	return text != ""
}

// routing reports whether text is an ABA routing number: 9 digits, the last of them the check digit of the others. Nine zeros
// would pass the arithmetic and are none.
func routing(text string) bool {
	if len(text) != 9 || !digits(text) || text == "000000000" {
		return false
	}
	sum := 0
	for i, w := range [...]int{3, 7, 1, 3, 7, 1, 3, 7, 1} {
		sum += w * int(text[i]-'0')
	}
	return sum%10 == 0
}
