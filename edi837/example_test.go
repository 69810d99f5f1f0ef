package edi837_test

import (
	"fmt"
	"log"
	"os"
	"strings"
	"time"

	"github.com/x12-go/edi/edi837"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

func date(year, month, day int) x12.Date {
	d, _ := x12.NewDate(year, month, day)
	return d
}

// header is what every submission of the examples says of itself.
func header() *edi837.Submission {
	return &edi837.Submission{
		Envelope: edi837.Envelope{Interchange: edi837.Interchange{SenderID: "RIVERBEND", ReceiverID: "BLUEMESA"}},
		Submitter: edi837.Submitter{
			LastOrOrganization: "RIVERBEND FAMILY MEDICINE", ID: "RB01",
			Contacts: []edi837.Contact{{Name: "EDI DESK", Number: "9705550100"}},
		},
		Receiver: edi837.Receiver{Name: "BLUE MESA HEALTH PLAN", ID: "BM01"},
	}
}

func provider(name string) edi837.BillingProvider {
	return edi837.BillingProvider{
		LastOrOrganization: name, ID: "1234567893", TaxID: "990010001",
		Address: edi837.Address{Line1: "12 WATER ST", City: "DURANGO", State: "CO", PostalCode: "813010001"},
	}
}

func subscriber() edi837.Subscriber {
	return edi837.Subscriber{
		Coverage: edi837.Coverage{GroupNumber: "BM-77", FilingIndicator: "CI"},
		Person: edi837.Person{
			LastOrOrganization: "VEGA", First: "LENA", BirthDate: date(1980, 4, 2), Gender: "F",
			Address: edi837.Address{Line1: "3 ASPEN CT", City: "DURANGO", State: "CO", PostalCode: "81301"},
		},
		ID: "BMW204418731",
	}
}

var payer = edi837.Payer{Name: "BLUE MESA HEALTH PLAN", ID: "BM01"}

// show writes one claim, prints its set and makes sure that it reads back without a finding.
func show(claims ...*edi837.Claim) {
	var out strings.Builder
	w := edi837.NewWriter(&out, edi837.WithNewline(true), edi837.WithTime(time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)))
	if err := w.Begin(header()); err != nil {
		log.Fatal(err)
	}
	for _, c := range claims {
		if err := w.Claim(c); err != nil {
			log.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	fmt.Print(out.String())
	var issues x12.Issues
	for c, err := range edi837.NewReader(strings.NewReader(out.String()), codec.WithSink(issues.Add)).Claims() {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(c.ControlNumber, c.Charge, "of", c.PatientPerson().First)
	}
	fmt.Println("findings:", len(issues.List))
}

func Example_professional() {
	show(&edi837.Claim{
		ControlNumber: "RI-10042", FacilityType: "11",
		BillingProvider: provider("RIVERBEND FAMILY MEDICINE"), Subscriber: subscriber(), Payer: payer,
		Diagnoses:    []edi837.Diagnosis{{Code: "J029"}, {Code: "R509"}},
		Providers:    edi837.Providers{Rendering: &edi837.Provider{LastOrOrganization: "OKAFOR", First: "ADA", ID: "1234567893", Taxonomy: "207Q00000X"}},
		Professional: &edi837.ProfessionalPart{},
		Services: []edi837.Service{
			{
				Procedure: edi837.Procedure{Code: "99214", Modifiers: []string{"25"}}, Charge: edi837.Cents(18000),
				DiagnosisPointers: []int{1, 2}, Dates: edi837.ServiceDates{Service: edi837.Day(date(2026, 1, 12))},
			},
			{
				Procedure: edi837.Procedure{Code: "87880"}, Charge: edi837.Cents(3000),
				DiagnosisPointers: []int{1}, Dates: edi837.ServiceDates{Service: edi837.Day(date(2026, 1, 12))},
			},
		},
	})
	// Output:
	// ISA*00*          *00*          *ZZ*RIVERBEND      *ZZ*BLUEMESA       *260131*1200*^*00501*000000001*0*P*:~
	// GS*HC*RIVERBEND*BLUEMESA*20260131*1200*1*X*005010X222A1~
	// ST*837*0001*005010X222A1~
	// BHT*0019*00*0001*20260131*1200*CH~
	// NM1*41*2*RIVERBEND FAMILY MEDICINE*****46*RB01~
	// PER*IC*EDI DESK*TE*9705550100~
	// NM1*40*2*BLUE MESA HEALTH PLAN*****46*BM01~
	// HL*1**20*1~
	// NM1*85*2*RIVERBEND FAMILY MEDICINE*****XX*1234567893~
	// N3*12 WATER ST~
	// N4*DURANGO*CO*813010001~
	// REF*EI*990010001~
	// HL*2*1*22*0~
	// SBR*P*18*BM-77******CI~
	// NM1*IL*1*VEGA*LENA****MI*BMW204418731~
	// N3*3 ASPEN CT~
	// N4*DURANGO*CO*81301~
	// DMG*D8*19800402*F~
	// NM1*PR*2*BLUE MESA HEALTH PLAN*****PI*BM01~
	// CLM*RI-10042*210.00***11:B:1*Y*A*Y*Y~
	// HI*ABK:J029*ABF:R509~
	// NM1*82*1*OKAFOR*ADA****XX*1234567893~
	// PRV*PE*PXC*207Q00000X~
	// LX*1~
	// SV1*HC:99214:25*180.00*UN*1***1:2~
	// DTP*472*D8*20260112~
	// LX*2~
	// SV1*HC:87880*30.00*UN*1***1~
	// DTP*472*D8*20260112~
	// SE*28*0001~
	// GE*1*1~
	// IEA*1*000000001~
	// RI-10042 210.00 of LENA
	// findings: 0
}

func Example_institutional() {
	show(&edi837.Claim{
		Kind: edi837.Institutional, ControlNumber: "HS-2201", FacilityType: "11",
		BillingProvider: provider("ANIMAS RIVER HOSPITAL"), Subscriber: subscriber(), Payer: payer,
		Dates: edi837.ClaimDates{
			Statement: edi837.Days(date(2026, 1, 4), date(2026, 1, 7)), Admission: date(2026, 1, 4), DischargeTime: clock(11, 30), AdmissionTime: clock(14, 0),
		},
		Diagnoses: []edi837.Diagnosis{
			{Code: "K3580", PresentOnAdmission: "Y"}, {Type: edi837.AdmittingDiagnosis, Code: "R1031"}, {Code: "E119", PresentOnAdmission: "Y"},
		},
		Procedures: []edi837.ProcedureCode{{Code: "0DTJ4ZZ", Date: date(2026, 1, 4)}},
		Providers:  edi837.Providers{Attending: &edi837.Provider{LastOrOrganization: "OKAFOR", First: "ADA", ID: "1234567893"}},
		Institutional: &edi837.InstitutionalPart{
			AdmissionType: "1", AdmissionSource: "1", PatientStatus: "01", DRG: "343",
			Values: []edi837.ValueCode{{Code: "80", Amount: edi837.Count(3)}},
		},
		Services: []edi837.Service{
			{RevenueCode: "0120", UnitOfMeasure: "DA", Units: edi837.Count(3), Charge: edi837.Cents(450000)},
			{RevenueCode: "0360", Procedure: edi837.Procedure{Code: "44970"}, Charge: edi837.Cents(812550), Dates: edi837.ServiceDates{Service: edi837.Day(date(2026, 1, 4))}},
		},
	})
	// Output:
	// ISA*00*          *00*          *ZZ*RIVERBEND      *ZZ*BLUEMESA       *260131*1200*^*00501*000000001*0*P*:~
	// GS*HC*RIVERBEND*BLUEMESA*20260131*1200*1*X*005010X223A2~
	// ST*837*0001*005010X223A2~
	// BHT*0019*00*0001*20260131*1200*CH~
	// NM1*41*2*RIVERBEND FAMILY MEDICINE*****46*RB01~
	// PER*IC*EDI DESK*TE*9705550100~
	// NM1*40*2*BLUE MESA HEALTH PLAN*****46*BM01~
	// HL*1**20*1~
	// NM1*85*2*ANIMAS RIVER HOSPITAL*****XX*1234567893~
	// N3*12 WATER ST~
	// N4*DURANGO*CO*813010001~
	// REF*EI*990010001~
	// HL*2*1*22*0~
	// SBR*P*18*BM-77******CI~
	// NM1*IL*1*VEGA*LENA****MI*BMW204418731~
	// N3*3 ASPEN CT~
	// N4*DURANGO*CO*81301~
	// DMG*D8*19800402*F~
	// NM1*PR*2*BLUE MESA HEALTH PLAN*****PI*BM01~
	// CLM*HS-2201*12625.50***11:A:1**A*Y*Y~
	// DTP*096*TM*1130~
	// DTP*434*RD8*20260104-20260107~
	// DTP*435*DT*202601041400~
	// CL1*1*1*01~
	// HI*ABK:K3580:::::::Y~
	// HI*ABJ:R1031~
	// HI*DR:343~
	// HI*ABF:E119:::::::Y~
	// HI*BBR:0DTJ4ZZ:D8:20260104~
	// HI*BE:80:::3~
	// NM1*71*1*OKAFOR*ADA****XX*1234567893~
	// LX*1~
	// SV2*0120**4500.00*DA*3~
	// LX*2~
	// SV2*0360*HC:44970*8125.50*UN*1~
	// DTP*472*D8*20260104~
	// SE*35*0001~
	// GE*1*1~
	// IEA*1*000000001~
	// HS-2201 12625.50 of LENA
	// findings: 0
}

func clock(hour, minute int) x12.Time {
	t, _ := x12.NewTime(hour, minute, 0)
	return t.Short()
}

func Example_dental() {
	child := &edi837.Patient{
		Relationship: "19",
		Person: edi837.Person{
			LastOrOrganization: "VEGA", First: "TEO", BirthDate: date(2014, 9, 30), Gender: "M",
			Address: edi837.Address{Line1: "3 ASPEN CT", City: "DURANGO", State: "CO", PostalCode: "81301"},
		},
	}
	show(&edi837.Claim{
		ControlNumber: "DN-77", FacilityType: "11",
		BillingProvider: provider("MESA DENTAL"), Subscriber: subscriber(), Payer: payer, Patient: child,
		Dates:  edi837.ClaimDates{Service: edi837.Day(date(2026, 1, 20))},
		Dental: &edi837.DentalPart{Teeth: []edi837.ToothStatus{{Tooth: "8", Status: "M"}}},
		Services: []edi837.Service{
			{
				Procedure: edi837.Procedure{Code: "D2150"}, Charge: edi837.Cents(15000), Units: edi837.Count(1),
				Dental: &edi837.DentalService{Teeth: []edi837.Tooth{{Code: "3", Surfaces: []string{"M", "O"}}}},
			},
			{Procedure: edi837.Procedure{Code: "D1120"}, Charge: edi837.Cents(6500), Units: edi837.Count(1)},
		},
	})
	// Output:
	// ISA*00*          *00*          *ZZ*RIVERBEND      *ZZ*BLUEMESA       *260131*1200*^*00501*000000001*0*P*:~
	// GS*HC*RIVERBEND*BLUEMESA*20260131*1200*1*X*005010X224A2~
	// ST*837*0001*005010X224A2~
	// BHT*0019*00*0001*20260131*1200*CH~
	// NM1*41*2*RIVERBEND FAMILY MEDICINE*****46*RB01~
	// PER*IC*EDI DESK*TE*9705550100~
	// NM1*40*2*BLUE MESA HEALTH PLAN*****46*BM01~
	// HL*1**20*1~
	// NM1*85*2*MESA DENTAL*****XX*1234567893~
	// N3*12 WATER ST~
	// N4*DURANGO*CO*813010001~
	// REF*EI*990010001~
	// HL*2*1*22*1~
	// SBR*P**BM-77******CI~
	// NM1*IL*1*VEGA*LENA****MI*BMW204418731~
	// N3*3 ASPEN CT~
	// N4*DURANGO*CO*81301~
	// DMG*D8*19800402*F~
	// NM1*PR*2*BLUE MESA HEALTH PLAN*****PI*BM01~
	// HL*3*2*23*0~
	// PAT*19~
	// NM1*QC*1*VEGA*TEO~
	// N3*3 ASPEN CT~
	// N4*DURANGO*CO*81301~
	// DMG*D8*20140930*M~
	// CLM*DN-77*215.00***11:B:1*Y*A*Y*Y~
	// DTP*472*D8*20260120~
	// DN2*8*M****JP~
	// LX*1~
	// SV3*AD:D2150*150.00****1~
	// TOO*JP*3*M:O~
	// LX*2~
	// SV3*AD:D1120*65.00****1~
	// SE*32*0001~
	// GE*1*1~
	// IEA*1*000000001~
	// DN-77 215.00 of TEO
	// findings: 0
}

func ExampleReader_Claims() {
	f, err := os.Open("../testdata/837/valid/p-three-claims.edi")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	rd := edi837.NewReader(f)
	for claim, err := range rd.Claims() {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(claim.Kind, claim.ControlNumber, claim.Charge, claim.PatientRelationship(), claim.PrincipalDiagnosis().Code)
		for _, s := range claim.Services {
			fmt.Println(" ", s.Procedure.Code, s.Procedure.Modifiers, s.From(claim), s.Charge)
		}
	}
	// Output:
	// professional CB-1101 210 18 M545
	//   99214 [] 2025-03-04 160
	//   97140 [] 2025-03-04 50
	// professional CB-1102 95 19 H6691
	//   99213 [] 2025-03-05 95
	// professional SD-2201 88 18 I10
	//   99348 [] 2025-03-06 88
}
