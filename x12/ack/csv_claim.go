package ack

import (
	"github.com/x12-go/edi/internal/csvtable"
	"github.com/x12-go/edi/x12/codes"
)

type csvReport struct {
	csvAbove
	v *ClaimReport
}

var csvReportFields = []csvtable.Field[csvReport]{
	csvtable.Cols([]csvtable.Column{
		{Name: "report_reference", Element: "BHT03", Meaning: "Number the sender gave the report"},
		{Name: "report_date", Element: "BHT04", Meaning: "Day the report was made"},
		{Name: "report_time", Element: "BHT05", Meaning: "Time of day the report was made, HH:MM with what else was sent"},
	}, func(b []byte, r *csvReport) []byte {
		b = csvtable.DateCol(r.cols(b, r.v.Reference), r.v.Date)
		return append(r.v.Time.AppendISO(b), ',')
	}),
}

type csvSource struct {
	csvAbove
	v *Source
}

var csvSourceFields = []csvtable.Field[csvSource]{
	csvtable.Cols([]csvtable.Column{
		{Name: "source_name", Element: "2100A NM103", Meaning: "Who answers, a payer or clearinghouse"},
		{Name: "source_id", Element: "2100A NM109", Meaning: "Its id"},
		{Name: "source_id_qualifier", Element: "2100A NM108", Meaning: "PI payer id, 46 electronic transmitter, XV national plan id, FI tax id"},
	}, func(b []byte, r *csvSource) []byte { return r.party(b, &r.v.Party) }),
	csvtable.Cols([]csvtable.Column{
		{Name: "receipt_number", Element: "2200A TRN02", Meaning: "Number the source gave the transmission"},
		{Name: "receipt_date", Element: "2200A DTP*050", Meaning: "Day the claims came"},
		{Name: "process_date", Element: "2200A DTP*009", Meaning: "Day they were looked at"},
	}, func(b []byte, r *csvSource) []byte {
		return csvtable.DateCol(csvtable.DateCol(r.cols(b, r.v.TraceNumber), r.v.ReceiptDate), r.v.ProcessDate)
	}),
}

type csvReceiver struct {
	csvAbove
	v *Receiver
}

var csvReceiverFields = []csvtable.Field[csvReceiver]{
	csvtable.Cols([]csvtable.Column{
		{Name: "receiver_name", Element: "2100B NM103 to NM105", Meaning: "Who submitted the claims: organization, or last, first middle"},
		{Name: "receiver_id", Element: "2100B NM109", Meaning: "Its id"},
		{Name: "receiver_id_qualifier", Element: "2100B NM108", Meaning: "46 electronic transmitter"},
		{Name: "batch_number", Element: "2200B TRN02", Meaning: "Number of the batch, BHT03 of the 837"},
	}, func(b []byte, r *csvReceiver) []byte { return r.cols(r.party(b, &r.v.Party), r.v.Batch.Number) }),
}

type csvProvider struct {
	csvAbove
	v *Provider
}

var csvProviderFields = []csvtable.Field[csvProvider]{
	csvtable.Cols([]csvtable.Column{
		{Name: "provider_name", Element: "2100C NM103 to NM107", Meaning: "Billing provider: organization, or last, first middle suffix"},
		{Name: "provider_id", Element: "2100C NM109", Meaning: "Its id"},
		{Name: "provider_id_qualifier", Element: "2100C NM108", Meaning: "XX national provider id, FI tax id"},
	}, func(b []byte, r *csvProvider) []byte { return r.party(b, &r.v.Party) }),
}

// csvClaim is what a row of claimacks is written from, beside what stands above the patient.
type csvClaim struct {
	csvAbove
	patient *Patient  // nil above patients
	claim   *ClaimAck // nil above claims
	line    *LineAck  // nil above lines
	status  *Status
	level   string

	patientSeq, claimSeq, lineSeq, statusSeq int64
}

// reason returns a reason of the status, the zero one when there are fewer.
func (r *csvClaim) reason(i int) Reason {
	if i < len(r.status.Reasons) {
		return r.status.Reasons[i]
	}
	return Reason{}
}

var csvClaimFields = []csvtable.Field[csvClaim]{
	csvtable.Cols([]csvtable.Column{
		{Name: "level", Element: "keys", Meaning: "What the status is about: receiver (the whole batch), provider, claim or line"},
		{Name: "patient_seq", Element: "keys", Meaning: "Ordinal of the level 2000D in the transaction set, 1 = first; empty above it"},
		{Name: "claim_seq", Element: "keys", Meaning: "Ordinal of the claim of the patient, 1 = first; empty above it"},
		{Name: "line_seq", Element: "keys", Meaning: "Ordinal of the line told of in the claim, 1 = first; empty above it"},
		{Name: "status_seq", Element: "keys", Meaning: "Ordinal of the STC of that, 1 = first"},
	}, func(b []byte, r *csvClaim) []byte {
		b = r.Col(b, r.level)
		for _, n := range [...]int64{r.patientSeq, r.claimSeq, r.lineSeq, r.statusSeq} {
			b = csvtable.SeqCol(b, n)
		}
		return b
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "patient_name", Element: "2100D NM103 to NM107", Meaning: "Last, first middle suffix"},
		{Name: "patient_id", Element: "2100D NM109", Meaning: "Member id"},
		{Name: "patient_id_qualifier", Element: "2100D NM108", Meaning: "MI member id, II unique health id"},
	}, func(b []byte, r *csvClaim) []byte {
		p := r.patient
		if p == nil {
			return append(b, ",,,"...)
		}
		b = r.Name(b, csvShort(p.Last), csvShort(p.First), csvShort(p.Middle), csvShort(p.Suffix), &r.scratch)
		return r.cols(append(b, ','), p.ID, p.IDQualifier)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "patient_control_number", Element: "2200D TRN02", Meaning: "CLM01 of the claim"},
		{Name: "payer_control_number", Element: "2200D REF*1K", Meaning: "Number the payer gave the claim"},
		{Name: "clearinghouse_number", Element: "2200D REF*D9", Meaning: "Number a clearinghouse gave the claim"},
		{Name: "bill_type", Element: "2200D REF*BLT", Meaning: "Bill type of an institutional claim"},
		{Name: "service_from", Element: "2200D DTP*472", Meaning: "First day of service"},
		{Name: "service_to", Element: "2200D DTP*472", Meaning: "Last day of service"},
	}, func(b []byte, r *csvClaim) []byte {
		c := r.claim
		if c == nil {
			return append(b, ",,,,,,"...)
		}
		b = r.cols(b, c.PatientControlNumber, c.PayerControlNumber, c.ClearinghouseNumber, c.BillType)
		return daysCols(b, c.ServiceDate)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "line_control_number", Element: "2220D REF*FJ", Meaning: "Number of the line, REF 6R of the claim"},
		{Name: "procedure_qualifier", Element: "2220D SVC01-1", Meaning: "HC procedure, AD dental, NU revenue code, ..."},
		{Name: "procedure_code", Element: "2220D SVC01-2", Meaning: "Procedure, or revenue code"},
		{Name: "modifiers", Element: "2220D SVC01-3 to 6", Meaning: "Modifiers with a blank between two"},
		{Name: "line_charge", Element: "2220D SVC02", Meaning: "Charge of the line"},
		{Name: "revenue_code", Element: "2220D SVC04", Meaning: "Revenue code beside a procedure"},
		{Name: "units", Element: "2220D SVC07", Meaning: "Units of the line"},
		{Name: "prescription_number", Element: "2220D REF*XZ", Meaning: "Number of the prescription"},
		{Name: "line_service_from", Element: "2220D DTP*472", Meaning: "First day of service of the line"},
		{Name: "line_service_to", Element: "2220D DTP*472", Meaning: "Last day of service of the line"},
	}, func(b []byte, r *csvClaim) []byte {
		l := r.line
		if l == nil {
			return append(b, ",,,,,,,,,,"...)
		}
		b = r.cols(b, l.ControlNumber, l.Procedure.Qualifier, l.Procedure.Code)
		b = amountCol(append(r.Words(b, l.Procedure.Modifiers, &r.scratch), ','), l.Charge)
		b = r.cols(amountCol(r.cols(b, l.RevenueCode), l.Units), l.PrescriptionNumber)
		return daysCols(b, l.ServiceDate)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "action", Element: "STC03", Meaning: "WQ accepted, U rejected"},
		{Name: "rejected", Element: "STC03", Meaning: "1 when the action is U, else 0"},
		{Name: "status_date", Element: "STC02", Meaning: "Day the status holds from"},
		{Name: "status_charge", Element: "STC04", Meaning: "Charges the status is about; on each status of a claim the same, so add up those with status_seq 1"},
	}, func(b []byte, r *csvClaim) []byte {
		s := r.status
		b = append(csvtable.Flag(r.cols(b, s.Action.Code), s.Rejected()), ',')
		return amountCol(csvtable.DateCol(b, s.Date), s.Charge)
	}),
	csvtable.Cols([]csvtable.Column{
		{Name: "category", Element: "STC01-1", Meaning: "Category of the status: A1 received, A2 accepted, A3 A6 A7 A8 rejected, ..."},
		{Name: "status", Element: "STC01-2", Meaning: "Claim status code"},
		{Name: "entity", Element: "STC01-3", Meaning: "Whom it is about"},
		{Name: "category_2", Element: "STC10-1", Meaning: "The same of a second reason"},
		{Name: "status_2", Element: "STC10-2", Meaning: "Claim status code"},
		{Name: "entity_2", Element: "STC10-3", Meaning: "Whom it is about"},
		{Name: "category_3", Element: "STC11-1", Meaning: "The same of a third reason"},
		{Name: "status_3", Element: "STC11-2", Meaning: "Claim status code"},
		{Name: "entity_3", Element: "STC11-3", Meaning: "Whom it is about"},
	}, func(b []byte, r *csvClaim) []byte {
		for i := range 3 {
			x := r.reason(i)
			b = r.cols(b, x.Category.Code, x.Status.Code, x.Entity.Code)
		}
		return b
	}),
	csvtable.Col("message", "STC12", "What is said in words", func(b []byte, r *csvClaim) []byte { return r.Text(b, r.status.Message) }),
}

// daysCols appends the first and the last day; one day is its own last.
func daysCols(b []byte, d DateRange) []byte {
	to := d.To
	if to.IsZero() {
		to = d.From
	}
	return csvtable.DateCol(csvtable.DateCol(b, d.From), to)
}

func csvClaimDescriptions(set *codes.Set) []csvtable.Field[csvClaim] {
	return []csvtable.Field[csvClaim]{
		csvtable.Cols([]csvtable.Column{
			{Name: "action_description", Element: "STC03", Meaning: "Meaning of action"},
			{Name: "category_description", Element: "STC01-1", Meaning: "Meaning of category"},
			{Name: "status_description", Element: "STC01-2", Meaning: "Meaning of status"},
			{Name: "entity_description", Element: "STC01-3", Meaning: "Meaning of entity"},
		}, func(b []byte, r *csvClaim) []byte {
			x := r.reason(0)
			b = r.DescribeCol(r.DescribeCol(b, set, listAction, r.status.Action.Code), set, listCategory, x.Category.Code)
			return r.DescribeCol(r.DescribeCol(b, set, listStatusCode, x.Status.Code), set, listEntity, x.Entity.Code)
		}),
	}
}
