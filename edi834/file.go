package edi834

import "github.com/x12-go/edi/x12"

// Values of File.Action.
const (
	ActionChange  = "2"  // what changed: additions, terminations and changes
	ActionVerify  = "4"  // everyone enrolled, to compare with what the payer has
	ActionReplace = "RX" // everyone enrolled, to put in the place of what the payer has
)

// File is one 834 (one ST to SE): who tells whom about enrollment, and the members.
type File struct {
	// Interchange and group it came in, or is to be written in.
	Envelope Envelope `json:"envelope,omitzero"`
	// ST02. When empty, the Writer assigns one.
	ControlNumber string `json:"controlNumber,omitempty"`
	// ST03, the guide. Written as 005010X220A1 when empty.
	Guide string `json:"guide,omitempty"`
	// BGN01. 00 = original, 15 = sent again, 22 = information copy, which changes nothing. Written as 00 when empty.
	Purpose string `json:"purpose,omitempty"`
	// BGN02. The sponsor's number for the file. Written as the control number of the set when empty.
	Reference string `json:"reference,omitempty"`
	// BGN03 and BGN04. Written as the time of writing when absent.
	Date x12.Date `json:"date,omitzero"`
	Time x12.Time `json:"time,omitzero"`
	// BGN05. UT = universal time, ET = eastern time, ...
	TimeZone string `json:"timeZone,omitempty"`
	// BGN06. Reference of the file that this one repeats.
	OriginalReference string `json:"originalReference,omitempty"`
	// BGN08. 2 = change, 4 = verify, RX = replace. Written as 2 when empty, which ends nobody's coverage by leaving them out.
	Action string `json:"action,omitempty"`
	// REF*38.
	MasterPolicyNumber string    `json:"masterPolicyNumber,omitempty"`
	Dates              FileDates `json:"dates,omitzero"`
	// QTY. How many members the file says it has.
	ControlTotals ControlTotals `json:"controlTotals,omitzero"`
	// Loop 1000A. Who pays for the coverage: an employer, a union, an agency.
	Sponsor Party `json:"sponsor,omitzero"`
	// Loop 1000B.
	Payer Party `json:"payer,omitzero"`
	// Loop 1000C, at most two.
	Brokers []Broker `json:"brokers,omitempty"`
	// The members; none while a file is read member by member.
	Members []Member `json:"members,omitempty"`
}

// Replaces reports whether the file names everyone enrolled (a full file): its Action is 4 or RX. What becomes of those it does
// not name is for the receiver to decide. A file of changes never says anything about those it does not name.
func (f *File) Replaces() bool { return f.Action == ActionVerify || f.Action == ActionReplace }

// FileDates are the DTP in front of the members.
type FileDates struct {
	Effective            x12.Date `json:"effective,omitzero"`            // 007
	ReportStart          x12.Date `json:"reportStart,omitzero"`          // 090
	ReportEnd            x12.Date `json:"reportEnd,omitzero"`            // 091
	MaintenanceEffective x12.Date `json:"maintenanceEffective,omitzero"` // 303
	Enrollment           x12.Date `json:"enrollment,omitzero"`           // 382
	PaymentCommencement  x12.Date `json:"paymentCommencement,omitzero"`  // 388
	// What has no field above, comes a second time or is no date.
	Other []OtherDate `json:"other,omitempty"`
}

// ControlTotals are the QTY of a file: how many members there are.
type ControlTotals struct {
	Dependents Amount `json:"dependents,omitzero"` // DT
	Employees  Amount `json:"employees,omitzero"`  // ET, the subscribers
	Total      Amount `json:"total,omitzero"`      // TO
	// What has no field above, or comes a second time.
	Other []QualifiedAmount `json:"other,omitempty"`
}

// Party is a sponsor or a payer: an N1.
type Party struct {
	Name string `json:"name,omitempty"`
	// N103 and N104. FI = tax id, 94 = id both sides agreed on, 24 = employer's id (sponsors), XV = National Plan ID (payers).
	// Written as FI when empty.
	IDQualifier string `json:"idQualifier,omitempty"`
	ID          string `json:"id,omitempty"`
}

// Broker is a broker or third party administrator: loops 1000C and 1100C.
type Broker struct {
	// N101. BO = broker, TV = third party administrator.
	Role string `json:"role,omitempty"`
	Party
	// ACT01 and ACT06.
	AccountNumber       string `json:"accountNumber,omitempty"`
	SecondAccountNumber string `json:"secondAccountNumber,omitempty"`
}
