package edi270_test

import (
	"fmt"
	"log"
	"os"
	"time"

	"github.com/x12-go/edi/edi270"
	"github.com/x12-go/edi/x12"
)

var envelope = edi270.Envelope{Interchange: edi270.Interchange{SenderID: "RIVERBEND", ReceiverID: "BLUEMESA"}}

func date(year, month, day int) x12.Date {
	d, _ := x12.NewDate(year, month, day)
	return d
}

// One question at the front desk: does this patient have coverage, and for an office visit?
func ExampleRealTime() {
	r, err := edi270.RealTime(envelope, "RB-20260131-1", &edi270.Fields{
		PayerName: "BLUE MESA HEALTH PLAN", PayerID: "BM01", ProviderName: "RIVERBEND FAMILY MEDICINE", ProviderID: "1234567893",
		MemberID: "BMW204418731", Last: "VEGA", First: "LENA", BirthDate: date(1980, 4, 2),
		ServiceTypes: []string{"30", "98"}, From: date(2026, 1, 31),
	})
	if err != nil {
		log.Fatal(err)
	}
	w := edi270.NewWriter(os.Stdout, edi270.WithNewline(true), edi270.WithTime(time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)))
	if err := w.Write(r); err != nil {
		log.Fatal(err)
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	// Output:
	// ISA*00*          *00*          *ZZ*RIVERBEND      *ZZ*BLUEMESA       *260131*1200*^*00501*000000001*0*P*:~
	// GS*HS*RIVERBEND*BLUEMESA*20260131*1200*1*X*005010X279A1~
	// ST*270*0001*005010X279A1~
	// BHT*0022*13*RB-20260131-1*20260131*1200~
	// HL*1**20*1~
	// NM1*PR*2*BLUE MESA HEALTH PLAN*****PI*BM01~
	// HL*2*1*21*1~
	// NM1*1P*2*RIVERBEND FAMILY MEDICINE*****XX*1234567893~
	// HL*3*2*22*0~
	// NM1*IL*1*VEGA*LENA****MI*BMW204418731~
	// DMG*D8*19800402~
	// DTP*291*D8*20260131~
	// EQ*30^98~
	// SE*12*0001~
	// GE*1*1~
	// IEA*1*000000001~
}

// What is missing is named.
func ExampleFields_Inquiry() {
	f := edi270.Fields{
		PayerName: "BLUE MESA HEALTH PLAN", PayerID: "BM01", ProviderName: "RIVERBEND FAMILY MEDICINE", ProviderID: "1234567893",
		Last: "VEGA", First: "LENA",
	}
	_, err := f.Inquiry()
	fmt.Println(err)
	f.BirthDate = date(1980, 4, 2)
	option, _, _ := f.Search()
	fmt.Println(option.Name)
	// Output:
	// x12: @0: error: MemberID is missing: the guide lets a payer find a person by member id, name and birth date, or two of the three with a last name [270/search]
	// name and birth date
}
