package edi834_test

import (
	"fmt"
	"io"
	"log"
	"os"
	"strings"
	"time"

	"github.com/x12-go/edi/edi834"
	"github.com/x12-go/edi/edi834/ts834"
	"github.com/x12-go/edi/x12"
	"github.com/x12-go/edi/x12/codec"
)

func date(year, month, day int) x12.Date {
	d, _ := x12.NewDate(year, month, day)
	return d
}

var january = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)

// header is what every file of the examples says of itself.
func header() *edi834.File {
	return &edi834.File{
		Envelope: edi834.Envelope{Interchange: edi834.Interchange{SenderID: "ANIMASFOODS", ReceiverID: "BLUEMESA"}},
		Sponsor:  edi834.Party{Name: "ANIMAS FOODS", ID: "990010001"},
		Payer:    edi834.Party{Name: "BLUE MESA HEALTH PLAN", ID: "990010002"},
	}
}

// medical is the health coverage of a member.
func medical(level string) []edi834.Coverage {
	return []edi834.Coverage{{
		InsuranceLine: "PPO", PlanDescription: "MESA 500", CoverageLevel: level,
		Dates: edi834.CoverageDates{BenefitBegin: edi834.Day(date(2026, 2, 1))},
	}}
}

// family is a subscriber with a spouse and a child. The dependents need no number: they stand behind the subscriber.
func family() []edi834.Member {
	return []edi834.Member{
		{
			SubscriberIndicator: "Y", SubscriberID: "AF1001", EmploymentStatus: "FT",
			Person: edi834.Person{
				Name: edi834.Name{Last: "VEGA", First: "LENA"}, IDQualifier: "34", ID: "900000001",
				Demographics: edi834.Demographics{BirthDate: date(1980, 4, 2), Gender: "F"},
				Address:      edi834.Address{Line1: "3 ASPEN CT", City: "DURANGO", State: "CO", PostalCode: "81301"},
			},
			Coverages: medical("FAM"),
		},
		{
			Relationship: "01", Coverages: medical("FAM"),
			Person: edi834.Person{Name: edi834.Name{Last: "VEGA", First: "MARCO"}, Demographics: edi834.Demographics{BirthDate: date(1981, 9, 12), Gender: "M"}},
		},
		{
			Relationship: "19", Coverages: medical("FAM"),
			Person: edi834.Person{Name: edi834.Name{Last: "VEGA", First: "INES"}, Demographics: edi834.Demographics{BirthDate: date(2015, 5, 21), Gender: "F"}},
		},
	}
}

// show prints what was written and reads it back without a finding.
func show(text string) {
	fmt.Print(text)
	var issues x12.Issues
	r := edi834.NewReader(strings.NewReader(text), codec.WithSink(issues.Add))
	for m, err := range r.Members() {
		if err != nil {
			log.Fatal(err)
		}
		if s := r.Subscriber(); s != m && s != nil {
			fmt.Println(m.Person.First, "belongs to", s.Person.First)
		} else if s == nil {
			fmt.Println(m.Person.First, "belongs to", m.SubscriberID)
		}
	}
	fmt.Println("findings:", len(issues.List))
}

// A full file, made from nothing: everyone enrolled, to take the place of what the payer has. Write counts them.
func Example_full() {
	f := header()
	f.Action = edi834.ActionReplace
	f.Members = family()
	var out strings.Builder
	w := edi834.NewWriter(&out, edi834.WithNewline(true), edi834.WithTime(january))
	if err := w.Write(f); err != nil {
		log.Fatal(err)
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	show(out.String())
	// Output:
	// ISA*00*          *00*          *ZZ*ANIMASFOODS    *ZZ*BLUEMESA       *260131*1200*^*00501*000000001*0*P*:~
	// GS*BE*ANIMASFOODS*BLUEMESA*20260131*1200*1*X*005010X220A1~
	// ST*834*0001*005010X220A1~
	// BGN*00*0001*20260131*1200****RX~
	// QTY*DT*2~
	// QTY*ET*1~
	// QTY*TO*3~
	// N1*P5*ANIMAS FOODS*FI*990010001~
	// N1*IN*BLUE MESA HEALTH PLAN*FI*990010002~
	// INS*Y*18*030**A***FT~
	// REF*0F*AF1001~
	// NM1*IL*1*VEGA*LENA****34*900000001~
	// N3*3 ASPEN CT~
	// N4*DURANGO*CO*81301~
	// DMG*D8*19800402*F~
	// HD*030**PPO*MESA 500*FAM~
	// DTP*348*D8*20260201~
	// INS*N*01*030**A~
	// REF*0F*AF1001~
	// NM1*IL*1*VEGA*MARCO~
	// DMG*D8*19810912*M~
	// HD*030**PPO*MESA 500*FAM~
	// DTP*348*D8*20260201~
	// INS*N*19*030**A~
	// REF*0F*AF1001~
	// NM1*IL*1*VEGA*INES~
	// DMG*D8*20150521*F~
	// HD*030**PPO*MESA 500*FAM~
	// DTP*348*D8*20260201~
	// SE*28*0001~
	// GE*1*1~
	// IEA*1*000000001~
	// MARCO belongs to LENA
	// INES belongs to LENA
	// findings: 0
}

// A file of changes, member by member: an addition, a termination and a new name. The subscriber of the one who leaves is not
// sent, for nothing of it changes.
func Example_change() {
	var out strings.Builder
	w := edi834.NewWriter(&out, edi834.WithNewline(true), edi834.WithTime(january))
	if err := w.Begin(header()); err != nil {
		log.Fatal(err)
	}
	hired := edi834.Member{
		SubscriberIndicator: "Y", MaintenanceType: "021", MaintenanceReason: "28", EmploymentStatus: "FT", SubscriberID: "AF1003",
		Person:    edi834.Person{Name: edi834.Name{Last: "REYES", First: "DANA"}},
		Coverages: medical("EMP"),
	}
	gone := edi834.Member{
		Relationship: "19", MaintenanceType: "024", MaintenanceReason: "07", SubscriberID: "AF1001",
		Person: edi834.Person{Name: edi834.Name{Last: "VEGA", First: "INES"}},
		Dates:  edi834.MemberDates{EligibilityEnd: date(2026, 2, 28)},
	}
	renamed := edi834.Member{
		SubscriberIndicator: "Y", MaintenanceType: "001", MaintenanceReason: "25", SubscriberID: "AF1004",
		Person:          edi834.Person{Name: edi834.Name{Last: "STONE", First: "ALEX"}},
		IncorrectPerson: &edi834.IncorrectPerson{Name: edi834.Name{Last: "STEIN", First: "ALEX"}},
	}
	for _, m := range []*edi834.Member{&hired, &gone, &renamed} {
		if err := w.Member(m); err != nil {
			log.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	show(out.String())
	// Output:
	// ISA*00*          *00*          *ZZ*ANIMASFOODS    *ZZ*BLUEMESA       *260131*1200*^*00501*000000001*0*P*:~
	// GS*BE*ANIMASFOODS*BLUEMESA*20260131*1200*1*X*005010X220A1~
	// ST*834*0001*005010X220A1~
	// BGN*00*0001*20260131*1200****2~
	// N1*P5*ANIMAS FOODS*FI*990010001~
	// N1*IN*BLUE MESA HEALTH PLAN*FI*990010002~
	// INS*Y*18*021*28*A***FT~
	// REF*0F*AF1003~
	// NM1*IL*1*REYES*DANA~
	// HD*021**PPO*MESA 500*EMP~
	// DTP*348*D8*20260201~
	// INS*N*19*024*07*A~
	// REF*0F*AF1001~
	// DTP*357*D8*20260228~
	// NM1*IL*1*VEGA*INES~
	// INS*Y*18*001*25*A~
	// REF*0F*AF1004~
	// NM1*74*1*STONE*ALEX~
	// NM1*70*1*STEIN*ALEX~
	// SE*18*0001~
	// GE*1*1~
	// IEA*1*000000001~
	// INES belongs to AF1001
	// findings: 0
}

func ExampleMember_Complete() {
	m := edi834.Member{SubscriberIndicator: "Y", SubscriberID: "AF1001", Person: edi834.Person{Name: edi834.Name{First: "LENA"}}}
	_, err := m.Complete(header())
	fmt.Println(err)
	m.MaintenanceType = "021"
	_, err = m.Complete(header())
	fmt.Println(err)
	// Output:
	// x12: 2000 @0: error: Member.MaintenanceType is missing: the guide requires it [834/required]
	// x12: 2100A @0: error: Member.Person.Last is missing: the guide requires it [834/required]
}

func ExampleFile_Families() {
	f := header()
	f.Members = family()
	for i := range f.Members {
		f.Members[i].SubscriberID = "AF1001"
	}
	for _, family := range f.Families() {
		fmt.Println(family.SubscriberID, family.Subscriber.Person.First, "and", len(family.Dependents))
	}
	// Output: AF1001 LENA and 2
}

// A file read step by step, changed and written back, with all that the package has no fields for.
func ExampleWriter_Step() {
	in, err := os.Open("testdata/change.edi")
	if err != nil {
		log.Fatal(err)
	}
	defer in.Close()
	w := edi834.NewWriter(os.Stdout, edi834.WithoutEnvelope(), edi834.WithNewline(true))
	r := edi834.NewReader(in)
	for {
		ev, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			log.Fatal(err)
		}
		if ev.Kind == codec.Unit {
			if ev.Member.MaintenanceType != "024" {
				continue // only those who leave
			}
			ev.Member.References.ClientNumber = "77"
		}
		if err := w.Step(ev); err != nil {
			log.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	// Output:
	// ST*834*0001*005010X220A1~
	// BGN*00*AF-2026-03*20260214*0815****2~
	// N1*P5*ANIMAS FOODS*FI*990010001~
	// N1*IN*BLUE MESA HEALTH PLAN*FI*990010002~
	// INS*N*19*024*07*A~
	// REF*0F*AF1001~
	// REF*23*77~
	// DTP*357*D8*20260228~
	// NM1*IL*1*VEGA*INES~
	// DMG*D8*20050521*F~
	// SE*11*0001~
}

// The coverages of a file, read member by member in constant memory. The reader may reuse its members.
func ExampleCSV() {
	in, err := os.Open("testdata/full.edi")
	if err != nil {
		log.Fatal(err)
	}
	defer in.Close()
	c, err := edi834.NewCSV([]string{"coverages"}, edi834.CSVOptions{})
	if err != nil {
		log.Fatal(err)
	}
	w := c.Worker()
	out := [][]byte{c.AppendHeader(nil, 0)}
	var file *edi834.RowContext
	var totals edi834.SetTotals
	var sets int64
	r := ts834.NewReader(in, codec.WithReuse())
	for {
		ev, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			log.Fatal(err)
		}
		switch ev.Kind {
		case codec.Begin:
			sets++
			file = c.Set("full.edi", ev.Env, sets, ev.Set)
		case codec.Unit:
			w.Member(out, file, ev.Number, ev.Member, &totals) // a program writes out[0] and empties it now and then
		}
	}
	fmt.Println(strings.Count(string(out[0]), "\n")-1, "coverages of", totals.Members, "members,", totals.Subscribers, "subscribers")
	// Output: 5 coverages of 4 members, 2 subscribers
}
