package ach

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// without clears the bank numbers, as they are for checks and non-payments.
func (r *remit) without() *remit {
	for i := 5; i <= 15; i++ {
		r.bpr[i] = ""
	}
	return r
}

// decision is a set, and what is to become of it.
type decision struct {
	name   string
	m      *remit
	config *Config // nil = testConfig
	o      Options
	action Action
	reason Reason
	sec    string
	notes  []Reason
}

const ccd, ctx = "CCD", "CTX"

// configured returns the test configuration with a change.
func configured(change func(*Config)) *Config {
	c := testConfig()
	change(c)
	return c
}

// decisionTable has the rows of the decision table, in order.
func decisionTable() []decision {
	return []decision{
		{name: "prenote not asked for", m: newRemit().pays("0").set(1, "P"), action: Skipped, reason: Prenote},
		{name: "prenote asked for", m: newRemit().pays("0").set(1, "P"), o: Options{Prenotes: true}, action: Taken, reason: Prenote, sec: ccd},
		{name: "prenote of savings", m: newRemit().pays("0").set(1, "P").set(14, "SG"), o: Options{Prenotes: true}, action: Taken, reason: Prenote, sec: ccd},
		{name: "prenote with an amount", m: newRemit().set(1, "P"), o: Options{Prenotes: true}, action: Refused, reason: Prenote},
		{name: "prenote with an amount, not asked for", m: newRemit().set(1, "P"), action: Refused, reason: Prenote},
		{name: "notification only", m: newRemit().pays("0").set(1, "H").set(4, "NON").without(), action: Skipped, reason: NoPayment},
		{name: "H without NON", m: newRemit().set(1, "H"), action: Skipped, reason: NoPayment, notes: []Reason{HandlingMismatch}},
		{name: "NON without H", m: newRemit().pays("0").set(4, "NON").without(), action: Skipped, reason: NoPayment, notes: []Reason{HandlingMismatch, ZeroNotCompliant}},
		{name: "H and NON below zero", m: newRemit().pays("-6173.5").set(1, "H").set(4, "NON").without(), action: Skipped, reason: NoPayment, notes: []Reason{NegativeNoPayment}},
		{name: "zero by ACH", m: newRemit().pays("0"), action: Skipped, reason: ZeroPayment, notes: []Reason{ZeroNotCompliant}},
		{name: "zero by check", m: newRemit().pays("0.00").set(4, "CHK").without(), action: Skipped, reason: ZeroPayment, notes: []Reason{ZeroNotCompliant}},
		{name: "below zero", m: newRemit().pays("-12.5"), action: Refused, reason: NegativePayment},
		{name: "debit flag", m: newRemit().set(3, "D"), action: Refused, reason: DebitFlag},
		{name: "check", m: newRemit().set(4, "CHK").without(), action: Skipped, reason: Check},
		{name: "check with bank numbers", m: newRemit().set(4, "CHK"), action: Skipped, reason: Check, notes: []Reason{CheckWithBank}},
		{name: "wire", m: newRemit().set(4, "FWT"), action: Skipped, reason: Wire},
		{name: "bank option", m: newRemit().set(4, "BOP"), action: Skipped, reason: BankOption},
		{name: "bank option as ACH", m: newRemit().set(4, "BOP"), config: configured(func(c *Config) { c.BankOptionAsACH = true }), action: Taken, sec: ccd},
		{name: "Canadian receiver", m: newRemit().set(12, "04").set(13, "00012345"), action: Refused, reason: ForeignBank, notes: []Reason{BadRouting}},
		{name: "Canadian sender", m: newRemit().set(6, "04"), action: Refused, reason: ForeignBank},
		{name: "receiver's bank without a qualifier", m: newRemit().set(12, ""), action: Refused, reason: ForeignBank},
		{name: "C and CTX, CTX asked for", m: newRemit().set(1, "C").set(5, "CTX"), o: Options{CTX: true}, action: Taken, sec: ctx},
		{name: "C and CTX, not asked for", m: newRemit().set(1, "C").set(5, "CTX"), action: Taken, sec: ccd, notes: []Reason{CTXAsCCD}},
		{name: "C and CCP", m: newRemit().set(1, "C"), o: Options{CTX: true}, action: Taken, sec: ccd, notes: []Reason{FormatMismatch}},
		{name: "D", m: newRemit().set(1, "D"), action: Taken, sec: ccd},
		{name: "I", m: newRemit(), action: Taken, sec: ccd},
		{name: "I and CTX", m: newRemit().set(5, "CTX"), o: Options{CTX: true}, action: Taken, sec: ccd},
		{name: "U", m: newRemit().set(1, "U"), action: Taken, sec: ccd},
		{name: "X", m: newRemit().set(1, "X"), o: Options{CTX: true}, action: Taken, sec: ccd},
		{name: "X and CTX", m: newRemit().set(1, "X").set(5, "CTX"), o: Options{CTX: true}, action: Taken, sec: ctx},
		{name: "X without a format", m: newRemit().set(1, "X").set(5, ""), o: Options{CTX: true}, action: Taken, sec: ccd, notes: []Reason{NoFormat}},
	}
}

// checks has what is looked at where an entry is to be made.
func checks() []decision {
	return []decision{
		// codes
		{name: "unknown method", m: newRemit().set(4, "XYZ"), action: Refused, reason: UnknownCode},
		{name: "no method", m: newRemit().set(4, ""), action: Refused, reason: UnknownCode},
		{name: "unknown handling", m: newRemit().set(1, "N"), action: Refused, reason: UnknownCode},
		{name: "neither credit nor debit", m: newRemit().set(3, ""), action: Refused, reason: UnknownCode},

		// amounts
		{name: "no number", m: newRemit().set(2, "1,234.56"), action: Refused, reason: BadAmount},
		{name: "no amount", m: newRemit().set(2, ""), action: Refused, reason: BadAmount},
		{name: "three decimals", m: newRemit().pays("10.005"), action: Refused, reason: BadAmount},
		{name: "one decimal", m: newRemit().pays("10.5"), action: Taken, sec: ccd},
		{name: "largest entry", m: newRemit().pays("99999999.99"), action: Taken, sec: ccd},
		{name: "over the field", m: newRemit().pays("100000000"), action: Refused, reason: OverEntryLimit},
		{name: "over the limit agreed on", m: newRemit(), config: configured(func(c *Config) { c.EntryLimit = 1000_00 }), action: Refused, reason: OverEntryLimit},
		{name: "same day at its limit", m: newRemit().pays("1000000").set(16, "20261123"), config: configured(func(c *Config) { c.Created = c.Created.AddDate(0, 0, 2) }), action: Taken, sec: ccd},
		{name: "same day over its limit", m: newRemit().pays("1000000.01").set(16, "20261123"), config: configured(func(c *Config) { c.Created = c.Created.AddDate(0, 0, 2) }), action: Refused, reason: OverSameDayLimit},

		// balance
		{name: "unbalanced", m: newRemit().set(2, "1234.57"), action: Refused, reason: Unbalanced},
		{name: "unbalanced and allowed", m: newRemit().set(2, "1234.57"), o: Options{AllowUnbalanced: true}, action: Taken, sec: ccd, notes: []Reason{Unbalanced}},
		{name: "balanced by PLB", m: func() *remit {
			m := newRemit().set(2, "1200")
			m.plb = []string{"PLB*1234567893*20261231*WO:P1*34.56"}
			return m
		}(), action: Taken, sec: ccd},
		{name: "claim unbalanced, payment not", m: func() *remit {
			m := newRemit()
			m.claims[0] = strings.Replace(m.claims[0], "*1*1234.56", "*1*1300", 1)
			return m
		}(), action: Taken, sec: ccd, notes: []Reason{ClaimsUnbalanced}},
		{name: "letters in a claim's payment", m: func() *remit {
			m := newRemit()
			m.claims = append(m.claims, "CLP*C2*1*5*0.oo**12*P2")
			return m
		}(), action: Refused, reason: BadAmount, notes: []Reason{ClaimsUnbalanced}},

		// the TRN
		{name: "no TRN02", m: newRemit().trace(""), action: Refused, reason: BadTrace},
		{name: "TRN01 is 2", m: func() *remit { m := newRemit(); m.trn[1] = "2"; return m }(), action: Refused, reason: BadTrace},
		{name: "TRN03 of nine", m: func() *remit { m := newRemit(); m.trn[3] = "512345678"; return m }(), action: Refused, reason: BadTrace, notes: []Reason{PayerIDDiffers}},
		{name: "backslash in TRN02", m: newRemit().trace(`EFT\1`), action: Refused, reason: TRNDelimiter},
		{name: "TRN of 80", m: func() *remit {
			m := newRemit().trace(strings.Repeat("T", 50))
			m.trn[4] = strings.Repeat("S", 11)
			return m
		}(), action: Taken, sec: ccd},
		{name: "TRN of 81", m: func() *remit {
			m := newRemit().trace(strings.Repeat("T", 50))
			m.trn[4] = strings.Repeat("S", 12)
			return m
		}(), action: Refused, reason: TRNTooLong},
		{name: "TRN of 81 without TRN04", m: func() *remit {
			m := newRemit().trace(strings.Repeat("T", 50))
			m.trn[4] = strings.Repeat("S", 12)
			return m
		}(), config: configured(func(c *Config) { c.DropTRN04 = true }), action: Taken, sec: ccd, notes: []Reason{TRN04Dropped}},
		{name: "TRN02 of 51", m: newRemit().trace(strings.Repeat("T", 51)), action: Refused, reason: BadTrace},
		{name: "BPR11 is not TRN04", m: func() *remit { m := newRemit().set(11, "000000998"); m.trn[4] = "000000999"; return m }(), action: Taken, sec: ccd, notes: []Reason{SupplementDiffers}},

		// banks and accounts
		{name: "company id from TRN03", m: newRemit().set(10, ""), action: Taken, sec: ccd},
		{name: "company id is not TRN03", m: newRemit().set(10, "1512345679"), action: Taken, sec: ccd, notes: []Reason{PayerIDDiffers}},
		{name: "company id of nine", m: newRemit().set(10, "512345678"), action: Refused, reason: BadCompanyID, notes: []Reason{PayerIDDiffers}},
		{name: "sender's bank with a wrong check digit", m: newRemit().set(7, "999988881"), action: Refused, reason: BadODFI},
		{name: "sender's bank from the configuration", m: newRemit().set(6, "").set(7, ""), config: configured(func(c *Config) { c.ODFI = "99998888" }), action: Taken, sec: ccd},
		{name: "receiver's bank with a wrong check digit", m: newRemit().set(13, "999999999"), action: Refused, reason: BadRouting},
		{name: "receiver's bank all zero", m: newRemit().set(13, "000000000"), action: Refused, reason: BadRouting},
		{name: "receiver's bank of ten", m: newRemit().set(13, "9999777780"), action: Refused, reason: BadRouting},
		{name: "savings", m: newRemit().set(14, "SG"), action: Taken, sec: ccd},
		{name: "no account type", m: newRemit().set(14, ""), action: Refused, reason: BadAccountType},
		{name: "no account", m: newRemit().set(15, ""), action: Refused, reason: BadAccount},
		{name: "account with a blank", m: newRemit().set(15, "12 34"), action: Refused, reason: BadAccount},
		{name: "account of 17", m: newRemit().set(15, "12345678901234567"), action: Taken, sec: ccd},
		{name: "account of 18", m: newRemit().set(15, "123456789012345678"), action: Refused, reason: AccountTooLong},
		{name: "masked account", m: newRemit().set(15, "XXXX4567"), action: Refused, reason: MaskedAccount},
		{name: "account not ASCII", m: newRemit().set(15, "12\u00cd34"), action: Refused, reason: NotASCII},

		// names
		{name: "payer's name cut", m: newRemit(), config: configured(func(c *Config) { c.Payers = nil }), action: Taken, sec: ccd, notes: []Reason{CompanyNameCut}},
		{name: "payee's name cut", m: func() *remit { m := newRemit(); m.payee = "GOOD CLINIC OF THE NORTH"; return m }(), action: Taken, sec: ccd, notes: []Reason{ReceiverNameCut}},
		{name: "payee's name in CTX", m: func() *remit {
			m := newRemit().set(1, "C").set(5, "CTX")
			m.payee = "GOOD CLINIC NORTH"
			return m
		}(), o: Options{CTX: true}, action: Taken, sec: ctx, notes: []Reason{ReceiverNameCut}},
		{name: "payee's name not ASCII", m: func() *remit { m := newRemit(); m.payee = "CL\u00cdNICA"; return m }(), action: Refused, reason: NotASCII},
		{name: "payee's name from the configuration", m: func() *remit { m := newRemit(); m.payee = "CL\u00cdNICA"; return m }(), config: configured(func(c *Config) { c.Payees = map[string]string{"1234567893": "CLINICA"} }), action: Taken, sec: ccd},
		{name: "no payee name", m: func() *remit { m := newRemit(); m.payee = ""; return m }(), action: Refused, reason: NoName},

		// dates
		{name: "no date", m: newRemit().set(16, ""), action: Refused, reason: BadDate},
		{name: "no such day", m: newRemit().set(16, "20261131"), action: Refused, reason: BadDate},
		{name: "far century", m: newRemit().set(16, "19261124"), action: Refused, reason: BadDate},
		{name: "Thanksgiving", m: newRemit().set(16, "20261126"), action: Taken, sec: ccd, notes: []Reason{DateMoved, DateFar}},
		{name: "Sunday, refused", m: newRemit().set(16, "20261122"), config: configured(func(c *Config) { c.DatePolicy = RefuseDate }), action: Refused, reason: NotBankingDay},
		{name: "Sunday, kept", m: newRemit().set(16, "20261122"), config: configured(func(c *Config) { c.DatePolicy = KeepDate }), action: Taken, sec: ccd},
		{name: "past", m: newRemit().set(16, "20261120"), action: Taken, sec: ccd, notes: []Reason{DatePast}},
		{name: "far", m: newRemit().set(16, "20261125"), action: Taken, sec: ccd, notes: []Reason{DateFar}},

		// sets
		{name: "wrong count of segments", m: func() *remit { m := newRemit(); m.se = "SE*99*0001"; return m }(), action: Refused, reason: DamagedSet},
		{name: "wrong control number", m: func() *remit { m := newRemit(); m.se = "SE*14*0002"; return m }(), action: Refused, reason: DamagedSet},
		{name: "no SE", m: func() *remit { m := newRemit(); m.se = "LX*2"; return m }(), action: Refused, reason: DamagedSet},
		{name: "two payers", m: func() *remit { m := newRemit(); m.payer += "~\nN1*PR*SOUTH HEALTH PLAN"; return m }(), action: Refused, reason: DamagedSet},
		{name: "second BPR", m: func() *remit {
			m := newRemit()
			m.claims = append(m.claims, "BPR*I*5*C*ACH")
			return m
		}(), action: Refused, reason: DamagedSet},
	}
}

func TestDecisionTable(t *testing.T) {
	for _, c := range append(decisionTable(), checks()...) {
		t.Run(c.name, func(t *testing.T) {
			config := c.config
			if config == nil {
				config = testConfig()
			}
			p := one(t, c.m, config, c.o)
			require.Equal(t, c.action.String(), p.Action.String(), "%s %v", p.Reason, p.Notes)
			require.Equal(t, c.reason, p.Reason)
			require.Equal(t, c.notes, p.Notes)
			require.Equal(t, c.action == Taken, p.Entry != nil)
			if p.Entry != nil {
				require.Equal(t, c.sec, p.Entry.SEC())
			}
			if p.Reason != "" {
				require.NotEmpty(t, p.Reason.Text())
			}
			for _, n := range p.Notes {
				require.NotEmpty(t, n.Text())
			}
		})
	}
}

func TestDuplicates(t *testing.T) {
	again := newRemit()
	again.payee = "ANOTHER CLINIC"
	lower := newRemit().trace("eft0001234")
	other := newRemit()
	other.trn[3], other.bpr[10] = "1512345670", "1512345670"
	prenote := newRemit().pays("0").set(1, "P")
	r := convert(t, stream(prenote, newRemit(), again, lower, other, newRemit().set(4, "CHK")), testConfig(), Options{Prenotes: true})
	written(t, r)
	var got []string
	for _, p := range r.Payments {
		got = append(got, p.Action.String()+" "+string(p.Reason))
	}
	require.Equal(t, []string{"taken prenote", "taken ", "refused duplicate_payment", "refused duplicate_payment", "taken ", "skipped check"}, got)
}

// A set that was refused, or skipped, has used up its identity: which of two sets is meant is not for the converter to say.
func TestDuplicateOfRefused(t *testing.T) {
	r := convert(t, stream(newRemit().set(2, "1"), newRemit(), newRemit().trace("K1").set(4, "CHK"), newRemit().trace("K1")), testConfig(), Options{})
	require.Equal(t, Unbalanced, r.Payments[0].Reason)
	require.Equal(t, DuplicatePayment, r.Payments[1].Reason)
	require.Equal(t, Check, r.Payments[2].Reason)
	require.Equal(t, DuplicatePayment, r.Payments[3].Reason)
	require.Zero(t, r.Files())
}

// All that is wrong is named at once.
func TestAllReasons(t *testing.T) {
	p := one(t, newRemit().set(13, "1").set(14, "").set(15, "").set(16, "").trace(""), testConfig(), Options{})
	require.Equal(t, Refused, p.Action)
	require.Equal(t, BadTrace, p.Reason)
	require.Equal(t, []Reason{BadRouting, BadAccountType, BadAccount, BadDate}, p.Notes)
}
