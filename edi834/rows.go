package edi834

import (
	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12"
)

// csvMaxText bounds texts of the set, which stand on every row. None that is valid has more than 80 characters.
const csvMaxText = 256

// csvShort returns s, or nothing when it is longer than any valid text.
func csvShort(s string) string {
	if len(s) > csvMaxText {
		return ""
	}
	return s
}

// csvIsSubscriber is [Member.IsSubscriber].
func csvIsSubscriber(v *ts834.Member) bool {
	return v.SubscriberIndicator == "Y" || v.SubscriberIndicator == "" && v.Relationship == "18"
}

// csvHD reports whether a coverage begins with an HD: a date without one in front, a fault of the sender, opens a coverage
// too, and is no row.
func csvHD(v *ts834.HealthCoverage) bool {
	return v.MaintenanceType != "" || v.InsuranceLine != "" || v.PlanDescription != "" || v.CoverageLevel != "" || v.LateEnrollment != ""
}

// csvCount returns the number of coverages of a member.
func csvCount(v *ts834.Member) (n int64) {
	for i := range v.HealthCoverages {
		if csvHD(&v.HealthCoverages[i]) {
			n++
		}
	}
	return n
}

// csvQualified is a column that has the value of a qualifier.
type csvQualified struct{ name, qualifier, meaning string }

// csvCommas are empty columns, as many as the longest list of qualifiers.
const csvCommas = ",,,,,,,,,,,,,,,,,,,,,,,,"

// csvColumns are the columns of qualifiers in a segment, such as DTP.
func csvColumns(segment string, list []csvQualified) (cols []csvtable.Column) {
	for _, q := range list {
		cols = append(cols, csvtable.Column{Name: q.name, Element: segment + "*" + q.qualifier, Meaning: q.meaning})
	}
	return cols
}

// csvCell writes what a member and a coverage both have.
type csvCell struct {
	csvtable.Quoter
	scratch *[]byte
}

// cols appends texts, each with a comma.
func (r *csvCell) cols(b []byte, list ...string) []byte {
	for _, s := range list {
		b = r.Col(b, s)
	}
	return b
}

// refs appends for each column the first REF of its qualifier.
func (r *csvCell) refs(b []byte, cols []csvQualified, list []ts834.Reference) []byte {
	if len(list) == 0 {
		return append(b, csvCommas[:len(cols)]...)
	}
	for i := range cols {
		for k := range list {
			if list[k].Qualifier == cols[i].qualifier && list[k].ID != "" {
				b = r.Text(b, list[k].ID)
				break
			}
		}
		b = append(b, ',')
	}
	return b
}

// csvDates appends for each column the first DTP of its qualifier that is a date.
func csvDates(b []byte, cols []csvQualified, list []ts834.QualifiedDate) []byte {
	if len(list) == 0 {
		return append(b, csvCommas[:len(cols)]...)
	}
	for i := range cols {
		b = csvtable.DateCol(b, csvDate(list, cols[i].qualifier))
	}
	return b
}

func csvDate(list []ts834.QualifiedDate, qualifier string) x12.Date {
	for k := range list {
		if list[k].Qualifier == qualifier {
			if d, ok := x12.ParseDate(list[k].Date); ok {
				return d
			}
		}
	}
	return x12.Date{}
}

// csvPeriod returns the days of the first DTP of a qualifier that has any.
func csvPeriod(list []ts834.QualifiedPeriod, qualifier string) (r DateRange) {
	for k := range list {
		if list[k].Qualifier == qualifier {
			if r = rangeOf(list[k].Format, list[k].Value); !r.IsZero() {
				return r
			}
		}
	}
	return r
}

// csvAmounts are the columns of AMT.
var csvAmounts = []csvQualified{
	{"coinsurance_amount", "B9", "Coinsurance"},
	{"copay_amount", "C1", "Copayment"},
	{"deductible_amount", "D2", "Deductible"},
	{"expected_expenditure_amount", "EBA", "Expected expenditure"},
	{"unlisted_amount", "FK", "Amount of another kind"},
	{"premium_amount", "P3", "Premium"},
	{"spend_down_amount", "R", "Spend down"},
}

// csvAmountCols appends for each of them the first AMT of its qualifier.
func csvAmountCols(b []byte, list []ts834.QualifiedAmount) []byte {
	if len(list) == 0 {
		return append(b, csvCommas[:len(csvAmounts)]...)
	}
	for i := range csvAmounts {
		for k := range list {
			if list[k].Qualifier == csvAmounts[i].qualifier && list[k].Amount.Set() {
				b = csvtable.Plain(b, list[k].Amount)
				break
			}
		}
		b = append(b, ',')
	}
	return b
}

// csvAddress are the columns of an N3 and an N4 under names with a prefix.
func csvAddress(prefix, loop, whose string) []csvtable.Column {
	return []csvtable.Column{
		{Name: prefix + "address_1", Element: loop + " N301", Meaning: "Address of " + whose},
		{Name: prefix + "address_2", Element: loop + " N302", Meaning: "Second line of it"},
		{Name: prefix + "city", Element: loop + " N401", Meaning: "City"},
		{Name: prefix + "state", Element: loop + " N402", Meaning: "State or province"},
		{Name: prefix + "postal_code", Element: loop + " N403", Meaning: "ZIP or postal code"},
		{Name: prefix + "country", Element: loop + " N404", Meaning: "Country, empty for the USA"},
	}
}

// packed starts another item of a cell that began at start; sep stands between two.
func packed(b []byte, start int, sep string) []byte {
	if len(b) > start {
		return append(b, sep...)
	}
	return b
}

// joined appends values with a colon between two, without the empty ones at the end.
func joined(b []byte, values ...string) []byte {
	last := len(values)
	for last > 0 && values[last-1] == "" {
		last--
	}
	for i, s := range values[:last] {
		if i > 0 {
			b = append(b, ':')
		}
		b = append(b, s...)
	}
	return b
}

var csvKeyFields = csvtable.KeyFields("file_seq")

// csvSet is what the columns of the transaction set are written from.
type csvSet struct {
	csvtable.Quoter
	v *ts834.BenefitEnrollment
}

func (r *csvSet) broker(role string) *ts834.Broker {
	for i := range r.v.Brokers {
		if r.v.Brokers[i].Role == role {
			return &r.v.Brokers[i]
		}
	}
	return new(ts834.Broker)
}

func (r *csvSet) total(qualifier string) x12.Number {
	for i := range r.v.ControlTotals {
		if r.v.ControlTotals[i].Qualifier == qualifier {
			return r.v.ControlTotals[i].Quantity
		}
	}
	return x12.Number{}
}

// csvSetText is a column with a text of the set.
func csvSetText(name, element, meaning string, of func(*ts834.BenefitEnrollment) string) csvtable.Field[csvSet] {
	return csvtable.Col(name, element, meaning, func(b []byte, r *csvSet) []byte { return r.Text(b, csvShort(of(r.v))) })
}

var csvFileDates = []csvQualified{
	{"file_effective_date", "007", "Day from which the file holds"},
	{"report_start_date", "090", "First day of the report"},
	{"report_end_date", "091", "Last day of the report"},
	{"file_maintenance_effective_date", "303", "Day from which the changes hold"},
	{"file_enrollment_date", "382", "Day of enrollment"},
	{"payment_commencement_date", "388", "Day from which is paid"},
}

var csvSetFields = []csvtable.Field[csvSet]{
	csvSetText("file_purpose_code", "BGN01", "00 original, 15 sent again, 22 information copy", func(v *ts834.BenefitEnrollment) string { return v.Beginning.Purpose }),
	csvSetText("file_reference", "BGN02", "Number the sponsor gave the file", func(v *ts834.BenefitEnrollment) string { return v.Beginning.Reference }),
	csvtable.Cols([]csvtable.Column{{Name: "file_date", Element: "BGN03", Meaning: "Day the file was made"}},
		func(b []byte, r *csvSet) []byte { return csvtable.DateCol(b, r.v.Beginning.Date) }),
	csvtable.Col("file_time", "BGN04", "Time of day the file was made, HH:MM with what else was sent", func(b []byte, r *csvSet) []byte {
		return r.v.Beginning.Time.AppendISO(b)
	}),
	csvSetText("file_time_zone", "BGN05", "Time zone of it", func(v *ts834.BenefitEnrollment) string { return v.Beginning.TimeZone }),
	csvSetText("file_original_reference", "BGN06", "Reference of the file that this one repeats", func(v *ts834.BenefitEnrollment) string { return v.Beginning.OriginalReference }),
	csvSetText("file_action_code", "BGN08", "2 changes, 4 everyone to compare, RX everyone to replace", func(v *ts834.BenefitEnrollment) string { return v.Beginning.Action }),
	csvSetText("master_policy_number", "REF*38", "Policy of the sponsor", func(v *ts834.BenefitEnrollment) string { return v.MasterPolicyNumber }),
	csvtable.Cols(csvColumns("DTP", csvFileDates), func(b []byte, r *csvSet) []byte { return csvDates(b, csvFileDates, r.v.Dates) }),
	csvtable.Cols([]csvtable.Column{
		{Name: "control_total_members", Element: "QTY*TO", Meaning: "How many members the file says it has"},
		{Name: "control_total_employees", Element: "QTY*ET", Meaning: "How many subscribers"},
		{Name: "control_total_dependents", Element: "QTY*DT", Meaning: "How many dependents"},
	}, func(b []byte, r *csvSet) []byte {
		return csvtable.NumCol(csvtable.NumCol(csvtable.NumCol(b, r.total("TO")), r.total("ET")), r.total("DT"))
	}),
	csvSetText("sponsor_name", "1000A N102", "Who pays for the coverage", func(v *ts834.BenefitEnrollment) string { return v.Sponsor.Name }),
	csvSetText("sponsor_id", "1000A N104", "Id of the sponsor", func(v *ts834.BenefitEnrollment) string { return v.Sponsor.ID }),
	csvSetText("sponsor_id_qualifier", "1000A N103", "FI tax id, 94 agreed id, 24 employer's id", func(v *ts834.BenefitEnrollment) string { return v.Sponsor.IDQualifier }),
	csvSetText("payer_name", "1000B N102", "Payer", func(v *ts834.BenefitEnrollment) string { return v.Payer.Name }),
	csvSetText("payer_id", "1000B N104", "Id of the payer", func(v *ts834.BenefitEnrollment) string { return v.Payer.ID }),
	csvSetText("payer_id_qualifier", "1000B N103", "FI tax id, 94 agreed id, XV National Plan ID", func(v *ts834.BenefitEnrollment) string { return v.Payer.IDQualifier }),
	csvtable.Cols([]csvtable.Column{
		{Name: "broker_name", Element: "1000C*BO N102", Meaning: "Broker"},
		{Name: "broker_id", Element: "1000C*BO N104", Meaning: "Id of the broker"},
		{Name: "administrator_name", Element: "1000C*TV N102", Meaning: "Third party administrator"},
		{Name: "administrator_id", Element: "1000C*TV N104", Meaning: "Id of the administrator"},
	}, func(b []byte, r *csvSet) []byte {
		for _, v := range [...]*ts834.Broker{r.broker("BO"), r.broker("TV")} {
			b = r.Col(r.Col(b, csvShort(v.Name)), csvShort(v.ID))
		}
		return b
	}),
}

// csvSetDescriptions has the meanings of codes of the set, which have no code lists.
func csvSetDescriptions() []csvtable.Field[csvSet] {
	return []csvtable.Field[csvSet]{
		csvtable.Cols(csvtable.Described("file_action_code", "BGN08"), func(b []byte, r *csvSet) []byte {
			switch r.v.Beginning.Action {
			case ActionChange:
				return r.Col(b, "Changes")
			case ActionVerify:
				return r.Col(b, "Everyone, to compare")
			case ActionReplace:
				return r.Col(b, "Everyone, to replace")
			}
			return append(b, ',')
		}),
	}
}
