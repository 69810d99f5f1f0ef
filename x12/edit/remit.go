package edit

import (
	"io"

	"github.com/x12-go/edi/x12"
)

// spoolMemory is how much of a set is kept in memory before it goes to a file.
const spoolMemory = 256 << 10

// remit moves whole sets of an 835. A set is kept until its part is known: by a key until its header is read, by
// claims until it is whole or has more claims than the part has room for.
type remit struct {
	sp     *splitter
	to     *part // nil while the set is kept
	held   held
	totals Totals // of what is kept
	spool  int64  // bytes in the file
	chunk  []byte

	party     byte // of the last N1: R payer, E payee
	payer     []byte
	npi, tax  []byte
	trn, sent []byte // TRN03, BPR10
}

func (r *remit) begin() error {
	*r = remit{sp: r.sp, held: held{text: r.held.text[:0]}, chunk: r.chunk, payer: r.payer[:0], npi: r.npi[:0], tax: r.tax[:0],
		trn: r.trn[:0], sent: r.sent[:0]}
	if r.sp.o.By.kind != byClaims {
		return nil
	}
	if p := r.sp.current; p == nil || p.Claims+p.share.Claims == 0 || p.Claims+p.share.Claims >= r.sp.o.By.n {
		return r.fits(1)
	}
	return nil
}

// fits moves the set to the part that has room for a number of claims, or to a new one.
func (r *remit) fits(claims int64) error {
	p, err := r.sp.withRoom(claims)
	if err != nil {
		return err
	}
	return r.release(p)
}

func (r *remit) segment(s *x12.Segment) error {
	if r.to != nil {
		r.to.share.count(set835, s)
		return r.to.segment(s)
	}
	if r.sp.o.By.kind == byClaims {
		return r.pack(s)
	}
	switch s.ID {
	case idLX, idTS2, idTS3, idCLP, idPLB:
		if err := r.choose(); err != nil {
			return err
		}
		return r.segment(s)
	}
	r.note(s)
	r.keep(s)
	return r.sp.room(s, len(r.held.text), r.held.segs)
}

// keep holds a segment back.
func (r *remit) keep(s *x12.Segment) {
	r.totals.count(set835, s)
	r.held.text = r.sp.appendSegment(r.held.text, s)
	r.held.segs++
}

// pack keeps a segment until it is known whether its set fits.
func (r *remit) pack(s *x12.Segment) error {
	r.keep(s)
	if p := r.sp.current; p.Claims+p.share.Claims+r.totals.Claims > r.sp.o.By.n {
		return r.fits(r.totals.Claims)
	}
	if len(r.held.text) < spoolMemory {
		return nil
	}
	f := &r.sp.files
	if f.spool == nil {
		var err error
		if f.spool, err = f.store.Spool(); err != nil {
			return err
		}
	}
	n, err := f.spool.WriteAt(r.held.text, r.spool)
	r.spool += int64(n)
	r.held.text = r.held.text[:0]
	return err
}

// note keeps what names payer and payee.
func (r *remit) note(s *x12.Segment) {
	switch s.ID {
	case idBPR:
		r.sent = append(r.sent[:0], s.Elem(10)...)
	case idTRN:
		if len(r.trn) == 0 {
			r.trn = append(r.trn, s.Elem(3)...)
		}
	case idREF:
		if r.party == 'E' && string(s.Elem(1)) == "TJ" && len(r.tax) == 0 {
			r.tax = append(r.tax, s.Elem(2)...)
		}
	case idN1:
		r.party = 0
		switch id := s.Elem(4); string(s.Elem(1)) {
		case "PR":
			if r.party = 'R'; len(r.payer) == 0 {
				r.payer = append(r.payer, id...)
			}
		case "PE":
			r.party = 'E'
			switch string(s.Elem(3)) {
			case "XX":
				r.npi = append(r.npi[:0], id...)
			case "FI":
				r.tax = append(r.tax[:0], id...)
			}
		}
	}
}

// choose finds the part by what the header says.
func (r *remit) choose() error {
	k, missing := key{}, "the payer has no id in N1*PR, TRN03 and BPR10"
	try := func(kind keyKind, id []byte) {
		if k.kind == keyNone && len(id) > 0 {
			k = newKey(kind, id)
		}
	}
	if r.sp.o.By.kind == byNPI {
		try(keyID, r.npi)
		try(keyTax, r.tax)
		missing = "the payee has neither NPI nor tax id"
	} else {
		try(keyID, r.payer)
		try(keyID, r.trn)
		try(keyID, r.sent)
	}
	at := place{offset: r.sp.set.Offset, ordinal: 1, id: "ST"}
	if k.kind == keyNone {
		r.sp.found(r.sp.issue(at, x12.Warning, RuleNoKey, missing))
	}
	p, err := r.sp.keyed(k, at)
	if err != nil {
		return err
	}
	return r.release(p)
}

// release writes what is kept to the set's part.
func (r *remit) release(p *part) error {
	r.to = p
	if _, err := p.enter(r.sp); err != nil {
		return err
	}
	if r.chunk == nil && r.spool > 0 {
		r.chunk = make([]byte, 64<<10)
	}
	for at := int64(0); at < r.spool; {
		b := r.chunk[:min(int64(len(r.chunk)), r.spool-at)]
		n, err := r.sp.files.spool.ReadAt(b, at)
		if n < len(b) {
			if err == nil || err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return err
		}
		if err := p.ready(b, 0); err != nil {
			return err
		}
		at += int64(n)
	}
	p.share.Add(&r.totals)
	return p.ready(r.held.text, r.held.segs)
}

func (r *remit) end() error {
	if r.to == nil && r.sp.o.By.kind == byClaims {
		if err := r.release(r.sp.current); err != nil {
			return err
		}
	} else if r.to == nil {
		if err := r.choose(); err != nil {
			return err
		}
	}
	if n := r.to.share.Claims; r.sp.o.By.kind == byClaims && n > r.sp.o.By.n {
		r.sp.found(r.sp.issue(place{offset: r.sp.set.Offset, ordinal: 1, id: "ST"}, x12.Info, RuleLargeSet,
			"a set with more claims than a part is to have: not cut, since a share of a payment is none"))
	}
	return nil
}
