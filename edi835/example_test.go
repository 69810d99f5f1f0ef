package edi835_test

import (
	"fmt"
	"log"
	"os"
	"strings"
	"time"

	"github.com/x12-go/edi/edi835"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

// What a payer sends: one claim of two lines, and a fee.
const remittance = `ISA*00*          *00*          *ZZ*BLUEMESA       *ZZ*RIVERBEND      *260131*1200*^*00501*000000001*0*P*:~
GS*HP*BLUEMESA*RIVERBEND*20260131*1200*1*X*005010X221A1~
ST*835*0001~
BPR*I*123.50*C*CHK************20260131~
TRN*1*4410098*1990000101~
N1*PR*BLUE MESA HEALTH PLAN~
N3*1200 MESA VERDE PKWY~
N4*DURANGO*CO*81301~
PER*BL*EDI SERVICES~
N1*PE*RIVERBEND FAMILY MEDICINE*XX*1234567893~
LX*1~
CLP*RI-10042*1*210*125.50*30*12*2026061004177~
NM1*QC*1*VEGA*LENA****MI*BMW204418731~
DTM*232*20260112~
SVC*HC:99214:25*180*105.50**1~
CAS*CO*45*44.50~
CAS*PR*3*30~
SVC*HC:85025*30*20**1~
CAS*CO*45*9~
PLB*1234567893*20261231*AH*2~
SE*19*0001~
GE*1*1~
IEA*1*000000001~
`

func Example() {
	rd := edi835.NewReader(strings.NewReader(remittance))
	for claim, err := range rd.Claims() {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(rd.Remittance().Trace.Number, claim.PatientControlNumber, claim.Paid, claim.Status.Description())
		for _, s := range claim.Services {
			fmt.Println(" ", s.Procedure.Code, s.Procedure.Modifiers, s.ServiceFrom(claim), s.Paid)
			for _, a := range s.Adjustments {
				fmt.Println("   ", a.Group, a.Reason, a.Amount)
			}
		}
	}
	// Output:
	// 4410098 RI-10042 125.50 Handled with this payer as first
	//   99214 [25] 2026-01-12 105.50
	//     CO 45 44.50
	//     PR 3 30
	//   85025 [] 2026-01-12 20
	//     CO 45 9
}

func ExampleRemittance_Balance() {
	var issues x12.Issues
	rd := edi835.NewReader(strings.NewReader(remittance), codec.WithSink(issues.Add))
	for r, err := range rd.Remittances() {
		if err != nil {
			log.Fatal(err)
		}
		b := r.Balance()
		fmt.Println("payment:", b.OK(), b.Found)
		for _, g := range r.Groups {
			for _, c := range g.Claims {
				for i, s := range c.Services {
					if b := s.Balance(); !b.OK() {
						fmt.Println("line", i+1, "of", c.PatientControlNumber, "pays", b.Found, "not", b.Expected)
					}
				}
			}
		}
	}
	// Output:
	// payment: true 123.50
	// line 2 of RI-10042 pays 20 not 21
}

func ExampleWriter() {
	day, _ := x12.NewDate(2026, 1, 31)
	yearEnd, _ := x12.NewDate(2026, 12, 31)
	r := &edi835.Remittance{
		Envelope: edi835.Envelope{Interchange: edi835.Interchange{SenderID: "BLUEMESA", ReceiverID: "RIVERBEND"}},
		Payment: edi835.Payment{
			Handling: "I", Amount: edi835.Cents(10350), CreditDebit: "C", Method: "CHK", EffectiveDate: day,
		},
		Trace: edi835.Trace{Number: "4410098", PayerID: "1990000101"},
		Payer: edi835.Payer{
			Name:              "BLUE MESA HEALTH PLAN",
			Address:           edi835.Address{Line1: "1200 MESA VERDE PKWY", City: "DURANGO", State: "CO", PostalCode: "81301"},
			TechnicalContacts: []edi835.Contact{{Name: "EDI SERVICES"}},
		},
		Payee: edi835.Payee{Name: "RIVERBEND FAMILY MEDICINE", IDQualifier: "XX", ID: "1234567893"},
		Groups: []edi835.ClaimGroup{{
			Number: edi835.NewAmount(edi835.Cents(1).Decimal.Shift(2)),
			Claims: []edi835.Claim{{
				PatientControlNumber: "RI-10042", Status: edi835.ProcessedAsPrimary,
				Charge: edi835.Cents(18000), Paid: edi835.Cents(10550), PatientResponsibility: edi835.Cents(3000),
				FilingIndicator: "12", PayerControlNumber: "2026061004177",
				Patient: edi835.Person{Last: "VEGA", First: "LENA", IDQualifier: "MI", ID: "BMW204418731"},
				Dates:   edi835.ClaimDates{StatementFrom: day},
				Services: []edi835.Service{{
					Procedure: edi835.Procedure{Qualifier: "HC", Code: "99214", Modifiers: []string{"25"}},
					Charge:    edi835.Cents(18000), Paid: edi835.Cents(10550),
					Adjustments: []edi835.Adjustment{
						{Group: edi835.ContractualObligation, Reason: "45", Amount: edi835.Cents(4450)},
						{Group: edi835.PatientResponsibility, Reason: "3", Amount: edi835.Cents(3000)},
					},
					Amounts: edi835.ServiceAmounts{Allowed: edi835.Cents(13550)},
				}},
			}},
		}},
		ProviderAdjustments: []edi835.ProviderAdjustment{
			{ProviderID: "1234567893", FiscalPeriodDate: yearEnd, Reason: "AH", Amount: edi835.Cents(200)},
		},
	}
	w := edi835.NewWriter(os.Stdout, edi835.WithNewline(true), edi835.WithTime(time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)))
	if err := w.Write(r); err != nil {
		log.Fatal(err)
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	// Output:
	// ISA*00*          *00*          *ZZ*BLUEMESA       *ZZ*RIVERBEND      *260131*1200*^*00501*000000001*0*P*:~
	// GS*HP*BLUEMESA*RIVERBEND*20260131*1200*1*X*005010X221A1~
	// ST*835*0001~
	// BPR*I*103.50*C*CHK************20260131~
	// TRN*1*4410098*1990000101~
	// N1*PR*BLUE MESA HEALTH PLAN~
	// N3*1200 MESA VERDE PKWY~
	// N4*DURANGO*CO*81301~
	// PER*BL*EDI SERVICES~
	// N1*PE*RIVERBEND FAMILY MEDICINE*XX*1234567893~
	// LX*1~
	// CLP*RI-10042*1*180.00*105.50*30.00*12*2026061004177~
	// NM1*QC*1*VEGA*LENA****MI*BMW204418731~
	// DTM*232*20260131~
	// SVC*HC:99214:25*180.00*105.50~
	// CAS*CO*45*44.50~
	// CAS*PR*3*30.00~
	// AMT*B6*135.50~
	// PLB*1234567893*20261231*AH*2.00~
	// SE*18*0001~
	// GE*1*1~
	// IEA*1*000000001~
}
