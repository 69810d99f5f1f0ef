package edi271_test

import (
	"fmt"
	"log"
	"os"
	"time"

	"github.com/x12-go/edi/edi271"
	"github.com/x12-go/edi/x12/care"
)

// answer is a payer's answer about one person.
func answer(benefits ...edi271.Benefit) *edi271.Response {
	return &edi271.Response{
		Source:     edi271.Source{LastOrOrganization: "BLUE MESA HEALTH PLAN", ID: "BM01"},
		Receiver:   &edi271.Receiver{LastOrOrganization: "RIVERBEND FAMILY MEDICINE", ID: "1234567893"},
		Subscriber: &edi271.Person{LastOrOrganization: "VEGA", First: "LENA", ID: "BMW204418731"},
		Traces:     []edi271.Trace{{Number: "RB-7001", AssignerID: "9RIVERBEND"}},
		Benefits:   benefits,
	}
}

var (
	active = edi271.Benefit{Information: "1", ServiceTypes: []string{"30"}, Plan: "BLUE MESA PPO 500"}
	copay  = edi271.Benefit{Information: "B", ServiceTypes: []string{"98"}, TimePeriod: "27", Amount: care.Cents(2500), InNetwork: "Y"}
	left   = edi271.Benefit{Information: "C", CoverageLevel: "IND", ServiceTypes: []string{"30"}, TimePeriod: "29", Amount: care.Cents(40000), InNetwork: "Y"}
)

func Example() {
	r := &edi271.Reply{
		Envelope:  edi271.Envelope{Interchange: edi271.Interchange{SenderID: "BLUEMESA", ReceiverID: "RIVERBEND"}},
		Reference: "RB-20260131-1", Responses: []edi271.Response{*answer(active, copay, left)},
	}
	w := edi271.NewWriter(os.Stdout, edi271.WithNewline(true), edi271.WithTime(time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)))
	if err := w.Write(r); err != nil {
		log.Fatal(err)
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	// Output:
	// ISA*00*          *00*          *ZZ*BLUEMESA       *ZZ*RIVERBEND      *260131*1200*^*00501*000000001*0*P*:~
	// GS*HB*BLUEMESA*RIVERBEND*20260131*1200*1*X*005010X279A1~
	// ST*271*0001*005010X279A1~
	// BHT*0022*11*RB-20260131-1*20260131*1200~
	// HL*1**20*1~
	// NM1*PR*2*BLUE MESA HEALTH PLAN*****PI*BM01~
	// HL*2*1*21*1~
	// NM1*1P*2*RIVERBEND FAMILY MEDICINE*****XX*1234567893~
	// HL*3*2*22*0~
	// TRN*2*RB-7001*9RIVERBEND~
	// NM1*IL*1*VEGA*LENA****MI*BMW204418731~
	// EB*1**30**BLUE MESA PPO 500~
	// EB*B**98***27*25.00*****Y~
	// EB*C*IND*30***29*400.00*****Y~
	// SE*13*0001~
	// GE*1*1~
	// IEA*1*000000001~
}

func ExampleSummarize() {
	fmt.Print(edi271.Summarize(answer(active, copay, left)))
	// Output:
	// Patient: LENA VEGA, BMW204418731
	// Payer: BLUE MESA HEALTH PLAN, BM01
	// Asked by: RIVERBEND FAMILY MEDICINE, 1234567893
	// Coverage: ACTIVE
	//   coverage active, BLUE MESA PPO 500 [EB 1]
	// Plan: BLUE MESA PPO 500 [EB 1]
	//
	// Health plan coverage in general (30): active
	//   coverage active, BLUE MESA PPO 500 [EB 1]
	//   In network
	//     Deductible left: $400.00 remaining, individual [EB 3]
	//
	// Physician office visit (98): active, as the plan
	//   In network
	//     Copayment: $25.00 per visit [EB 2]
}

func ExampleMerge() {
	portal := left
	portal.Amount = care.Cents(35000)
	m, err := edi271.Merge(answer(active, left), answer(copay, portal), edi271.MergeOptions{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(m.Outcome, m.Billable)
	for _, b := range m.Response.Benefits {
		fmt.Println(b.Information, b.ServiceTypes, b.Amount, "standard", b.Origin.Standard, "enhanced", b.Origin.Enhanced)
	}
	for _, c := range m.Conflicts {
		fmt.Println(c.Kind, c.Information, "kept", c.Kept, "superseded", c.Superseded[0].Amount)
	}
	// Output:
	// both true
	// 1 [30]  standard [1] enhanced []
	// B [98] 25.00 standard [] enhanced [1]
	// C [30] 350.00 standard [] enhanced [2]
	// value C kept enhanced superseded 400.00
}
