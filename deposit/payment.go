package deposit

import (
	"io"
	"strings"

	"github.com/x12-go/edi/edi835"
	"github.com/x12-go/edi/edi835/ts835"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// Payment is the payment of an 835.
type Payment struct {
	Offset                  int64 // of ST in the stream
	Interchange, Group, Set string
	Sent                    x12.Date // ISA09, when the 835 was made

	Handling    string     // BPR01
	Amount      x12.Number // BPR02; absent when it is no number
	CreditDebit string     // BPR03
	Method      string     // BPR04
	Originator  string     // BPR10
	Date        x12.Date   // BPR16
	Trace       string     // TRN02
	PayerID     string     // TRN03
	PayerName   string     // N102 of the payer
	Currency    string     // CUR02; "" = USD
	Claims      int64
}

// PaymentReader reads the payments of 835s. Claims are counted and not decoded: memory does not grow with them.
type PaymentReader struct {
	s      *codec.Stream
	d      *ts835.Decoder
	open   *Payment
	shared map[string]string // texts that come again and again
}

// maxShared bounds the texts that are kept to be shared.
const maxShared = 1 << 14

// NewPaymentReader returns a reader of the payments of the 835s of r; findings of their structure go to sink, as those of r
// do to its own.
func NewPaymentReader(r *x12.Reader, sink x12.Sink) *PaymentReader {
	return &PaymentReader{s: codec.NewStream(r, sink, ts835.X221A1), d: ts835.NewDecoder(false), shared: map[string]string{}}
}

// Next returns the next payment, which is the caller's, and io.EOF at the end. An error is fatal to the stream: of the
// underlying reader, or an [*x12.Issue]; a payment whose 835 breaks off is returned before it.
func (r *PaymentReader) Next() (*Payment, error) {
	for {
		e, err := r.s.Next()
		if err != nil {
			if p := r.open; p != nil {
				r.open = nil
				return p, nil
			}
			return nil, err
		}
		switch e.Kind {
		case codec.Begin:
			r.open = r.begin(e.Tape)
		case codec.End:
			p := r.open
			r.open, p.Claims = nil, e.Tape.Units
			return p, nil
		}
	}
}

func (r *PaymentReader) begin(t *codec.Tape) *Payment {
	r.d.Recycle()
	var set ts835.RemittanceAdvice
	r.d.Header(t, &set)
	h := edi835.FromWire(&set)
	p := &Payment{
		Offset: t.Set.Offset, Set: strings.Clone(t.Set.Control),
		Handling: r.share(h.Payment.Handling), CreditDebit: r.share(h.Payment.CreditDebit), Method: r.share(h.Payment.Method),
		Originator: r.share(h.Payment.OriginatorID), Date: h.Payment.EffectiveDate.Long(),
		Trace: strings.Clone(h.Trace.Number), PayerID: r.share(h.Trace.PayerID), PayerName: r.share(h.Payer.Name), Currency: r.share(h.Currency),
	}
	if n, err := h.Payment.Amount.Number(); err == nil {
		p.Amount = n
	}
	if g := t.Group; g != nil {
		p.Group = r.share(g.Control())
	}
	if i := t.Interchange; i != nil && i.Seq > 0 {
		p.Interchange = r.share(i.Control())
		if d, ok := x12.ParseDate(strings.TrimSpace(i.ISA[8])); ok {
			p.Sent = d.Long()
		}
	}
	return p
}

// share returns a copy of s, the same one for the same text.
func (r *PaymentReader) share(s string) string {
	if v, ok := r.shared[s]; ok || s == "" {
		return v
	}
	s = strings.Clone(s)
	if len(r.shared) < maxShared {
		r.shared[s] = s
	}
	return s
}

// ReadPayments adds all payments of r to m.
func (m *Matcher) ReadPayments(r *PaymentReader) error {
	for {
		p, err := r.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		m.AddPayment(p)
	}
}

// ReadEntries adds all entries of r to m.
func (m *Matcher) ReadEntries(r EntryReader) error {
	for {
		e, err := r.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		m.AddEntry(e)
	}
}
