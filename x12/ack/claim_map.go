package ack

import (
	"github.com/x12-go/edi/internal/mapping"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/ack/ts277ca"
)

// ReportFromWire returns a report, without its [Envelope], which the set does not know. Levels come with it where set has them.
func ReportFromWire(set *ts277ca.ClaimAcknowledgment) *ClaimReport {
	r := new(ClaimReport)
	mapReport(&mapper{}, r, set)
	return r
}

// ReportToWire returns a report as a set 277. With base, the set it was read from, what the domain does not carry is taken
// from there; base is not changed. Levels are numbered when they are written. A value that X12 has no place for is an
// [*x12.Issue].
func ReportToWire(r *ClaimReport, base *ts277ca.ClaimAcknowledgment) (*ts277ca.ClaimAcknowledgment, error) {
	return outward(r, base, mapReport)
}

// SourceFromWire returns what a loop 2000A says.
func SourceFromWire(v *ts277ca.SourceLevel) *Source { return inward(v, mapSource) }

// SourceToWire returns a loop 2000A; see [ReportToWire].
func SourceToWire(s *Source, base *ts277ca.SourceLevel) (*ts277ca.SourceLevel, error) {
	return outward(s, base, mapSource)
}

// ReceiverFromWire returns what a loop 2000B says.
func ReceiverFromWire(v *ts277ca.ReceiverLevel) *Receiver { return inward(v, mapReceiver) }

// ReceiverToWire returns a loop 2000B; see [ReportToWire].
func ReceiverToWire(r *Receiver, base *ts277ca.ReceiverLevel) (*ts277ca.ReceiverLevel, error) {
	return outward(r, base, mapReceiver)
}

// ProviderFromWire returns what a loop 2000C says.
func ProviderFromWire(v *ts277ca.ProviderLevel) *Provider { return inward(v, mapProvider) }

// ProviderToWire returns a loop 2000C; see [ReportToWire].
func ProviderToWire(p *Provider, base *ts277ca.ProviderLevel) (*ts277ca.ProviderLevel, error) {
	return outward(p, base, mapProvider)
}

// PatientFromWire returns what a loop 2000D says.
func PatientFromWire(v *ts277ca.PatientLevel) *PatientAck { return inward(v, mapPatient) }

// PatientToWire returns a loop 2000D; see [ReportToWire].
func PatientToWire(p *PatientAck, base *ts277ca.PatientLevel) (*ts277ca.PatientLevel, error) {
	return outward(p, base, mapPatient)
}

// inward maps an exact struct to a new value of the domain.
func inward[D, W any](w *W, each func(*mapper, *D, *W)) *D {
	d := new(D)
	each(&mapper{}, d, w)
	return d
}

// outward maps a value of the domain to a new exact struct.
func outward[D, W any](d *D, base *W, each func(*mapper, *D, *W)) (*W, error) {
	m, w := &mapper{Guide: ts277ca.X214.ID, Out: true}, new(W)
	mapping.CopyTo(w, base)
	each(m, d, w)
	return w, m.Err
}

func mapReport(m *mapper, d *ClaimReport, w *ts277ca.ClaimAcknowledgment) {
	mapping.Text(m, &d.ControlNumber, &w.ControlNumber)
	mapGuide(m, ts277ca.X214.ID, &d.Guide, &w.ImplementationReference)
	b := &w.Beginning
	mapping.Text(m, &d.Reference, &b.Reference)
	m.Date(&d.Date, &b.Date)
	m.Clock(&d.Time, &b.Time)
	mapping.List(m, &d.Sources, &w.Sources, mapSource)
}

func mapParty(m *mapper, d *Party, w *ts277ca.Party) {
	mapping.Text(m, &d.Role, &w.Role)
	mapping.Text(m, &d.EntityType, &w.EntityType)
	mapping.Text(m, &d.LastOrOrganization, &w.Last)
	mapping.Text(m, &d.First, &w.First)
	mapping.Text(m, &d.Middle, &w.Middle)
	mapping.Text(m, &d.Suffix, &w.Suffix)
	mapping.Text(m, &d.IDQualifier, &w.IDQualifier)
	mapping.Text(m, &d.ID, &w.ID)
}

func mapSource(m *mapper, d *Source, w *ts277ca.SourceLevel) {
	format := "D8" // a constant of the guide
	mapParty(m, &d.Party, &w.Party)
	mapping.Text(m, &d.TraceNumber, &w.Receipt.Number)
	m.Day(&d.ReceiptDate, &format, &w.Receipt.ReceiptDate)
	m.Day(&d.ProcessDate, &format, &w.Receipt.ProcessDate)
	mapping.List(m, &d.Receivers, &w.Receivers, mapReceiver)
}

func mapReceiver(m *mapper, d *Receiver, w *ts277ca.ReceiverLevel) {
	mapParty(m, &d.Party, &w.Party)
	b := &w.Batch
	m.Refuse(len(d.Batch.References) > 0, "Receiver.Batch.References")
	mapping.Text(m, &d.Batch.Number, &b.Number)
	mapping.List(m, &d.Batch.Statuses, &b.Statuses, func(m *mapper, d *Status, w *ts277ca.BatchStatus) {
		mapReasons(m, d, &w.Status, &w.Further)
		m.Date(&d.Date, &w.EffectiveDate)
		mapCoded(m, listAction, &d.Action, &w.Action)
		m.Num(&d.Charge, &w.Charge)
		m.Refuse(d.Message != "", "Status.Message of a receiver")
	})
	mapTotals(m, &d.Batch, &b.AcceptedCount, &b.RejectedCount, &b.AcceptedAmount, &b.RejectedAmount)
	mapping.List(m, &d.Providers, &w.Providers, mapProvider)
}

func mapTotals(m *mapper, d *Batch, accepted, rejected, acceptedAmount, rejectedAmount *x12.Number) {
	m.Num(&d.AcceptedCount, accepted)
	m.Num(&d.RejectedCount, rejected)
	m.Num(&d.AcceptedAmount, acceptedAmount)
	m.Num(&d.RejectedAmount, rejectedAmount)
}

func mapProvider(m *mapper, d *Provider, w *ts277ca.ProviderLevel) {
	mapParty(m, &d.Party, &w.Party)
	mapping.Optional(m, &d.Batch, &w.Batch, func(m *mapper, d *Batch, w *ts277ca.ProviderBatch) {
		mapping.Text(m, &d.Number, &w.Number)
		mapping.List(m, &d.Statuses, &w.Statuses, func(m *mapper, d *Status, w *ts277ca.ProviderStatus) {
			mapReasons(m, d, &w.Status, &w.Further)
			m.Refuse(!d.Date.IsZero(), "Status.Date of a provider")
			mapCoded(m, listAction, &d.Action, &w.Action)
			m.Num(&d.Charge, &w.Charge)
			m.Refuse(d.Message != "", "Status.Message of a provider")
		})
		mapping.List(m, &d.References, &w.AdditionalIDs, func(m *mapper, d *Reference, w *ts277ca.Reference) {
			mapping.Text(m, &d.Qualifier, &w.Qualifier)
			mapping.Text(m, &d.ID, &w.ID)
		})
		mapTotals(m, d, &w.AcceptedCount, &w.RejectedCount, &w.AcceptedAmount, &w.RejectedAmount)
	})
	mapping.List(m, &d.Patients, &w.Patients, mapPatient)
}

func mapPatient(m *mapper, d *PatientAck, w *ts277ca.PatientLevel) {
	p, v := &d.Patient, &w.Patient
	mapping.Text(m, &p.Last, &v.Last)
	mapping.Text(m, &p.First, &v.First)
	mapping.Text(m, &p.Middle, &v.Middle)
	mapping.Text(m, &p.Suffix, &v.Suffix)
	mapping.Text(m, &p.IDQualifier, &v.IDQualifier)
	mapping.Text(m, &p.ID, &v.ID)
	mapping.List(m, &d.Claims, &w.Claims, mapClaim)
}

func mapClaim(m *mapper, d *ClaimAck, w *ts277ca.Claim) {
	mapping.Text(m, &d.PatientControlNumber, &w.PatientControlNumber)
	mapping.List(m, &d.Statuses, &w.Statuses, func(m *mapper, d *Status, w *ts277ca.ClaimStatus) {
		mapReasons(m, d, &w.Status, &w.Further)
		m.Date(&d.Date, &w.EffectiveDate)
		mapCoded(m, listAction, &d.Action, &w.Action)
		m.Num(&d.Charge, &w.Charge)
		mapping.Text(m, &d.Message, &w.Message)
	})
	mapping.Text(m, &d.PayerControlNumber, &w.PayerControlNumber)
	mapping.Text(m, &d.ClearinghouseNumber, &w.ClearinghouseNumber)
	mapping.Text(m, &d.BillType, &w.BillType)
	m.Days(&d.ServiceDate.From, &d.ServiceDate.To, &w.ServiceDate.Format, &w.ServiceDate.Value)
	mapping.List(m, &d.Lines, &w.Lines, mapLine)
}

func mapLine(m *mapper, d *LineAck, w *ts277ca.Line) {
	mapping.Text(m, &d.ControlNumber, &w.ControlNumber)
	mapping.Text(m, &d.Procedure.Qualifier, &w.Procedure.Qualifier)
	mapping.Text(m, &d.Procedure.Code, &w.Procedure.Code)
	m.Texts(&d.Procedure.Modifiers, &w.Procedure.Modifiers)
	m.Num(&d.Charge, &w.Charge)
	mapping.Text(m, &d.RevenueCode, &w.RevenueCode)
	m.Num(&d.Units, &w.Units)
	mapping.List(m, &d.Statuses, &w.Statuses, func(m *mapper, d *Status, w *ts277ca.LineStatus) {
		action := lineAction
		mapReasons(m, d, &w.Status, &w.Further)
		m.Refuse(!d.Date.IsZero(), "Status.Date of a line")
		m.Refuse(d.Action.Code != "" && d.Action.Code != lineAction, "Status.Action of a line that is no rejection")
		mapCoded(m, listAction, &d.Action, &action)
		m.Refuse(d.Charge.Valid, "Status.Charge of a line")
		mapping.Text(m, &d.Message, &w.Message)
	})
	mapping.Text(m, &d.PrescriptionNumber, &w.PrescriptionNumber)
	mapping.Present(m, &d.ServiceDate, &w.ServiceDate, func(m *mapper, d *DateRange, w *ts277ca.Period) {
		m.Days(&d.From, &d.To, &w.Format, &w.Value)
	})
}

// lineAction is STC03 of a line, a constant of the guide: lines are told of only when they are rejected.
const lineAction = "U"

// mapReasons maps the composites of an STC.
func mapReasons(m *mapper, d *Status, first *ts277ca.Status, further *[]ts277ca.Status) {
	all := append([]ts277ca.Status{*first}, *further...)
	mapping.List(m, &d.Reasons, &all, func(m *mapper, d *Reason, w *ts277ca.Status) {
		mapCoded(m, listCategory, &d.Category, &w.Category)
		mapCoded(m, listStatusCode, &d.Status, &w.Code)
		mapCoded(m, listEntity, &d.Entity, &w.Entity)
	})
	if !m.Out {
		return
	}
	*first, *further = ts277ca.Status{}, nil
	if len(all) > 0 {
		*first = all[0]
	}
	if len(all) > 1 {
		*further = all[1:]
	}
}
