package x12_test

import (
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"github.com/x12-go/edi/x12"
)

const remittance = `
ISA*00*          *00*          *ZZ*PLAINPAYER     *ZZ*HILLCLINIC     *260301*0830*^*00501*000000042*0*T*:~
GS*HP*PLAINPAYER*HILLCLINIC*20260301*0830*42*X*005010X221A1~
ST*835*0001~
BPR*I*180.5*C*NON************20260301~
CLP*PCN0001*1*200*100**12*ICN0001~
SVC*HC:99213:25*200*100**1~
CLP*PCN0002*1*90*80.5**12*ICN0002~
SVC*HC:99214*90*80.5**1~
SE*8*0001~
GE*1*42~
IEA*1*000000042~`

// The claims of a remittance, and what is wrong with the file.
func Example() {
	r := x12.NewReader(strings.NewReader(remittance), x12.WithSink(func(i *x12.Issue) bool {
		fmt.Println(i)
		return true
	}))
	for {
		seg, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			log.Fatal(err)
		}
		switch seg.ID.String() {
		case "CLP":
			fmt.Printf("claim %s: %s of %s\n", seg.Elem(1), seg.Elem(4), seg.Elem(3))
		case "SVC":
			fmt.Printf("  procedure %s\n", seg.Comp(1, 2))
		}
	}
	// Output:
	// claim PCN0001: 100 of 200
	//   procedure 99213
	// claim PCN0002: 80.5 of 90
	//   procedure 99214
	// x12: set 0001 SE.01 @344: error: SE01 differs from the number of segments from ST to SE: expected 7 [envelope/se-count]
}

// A writer counts segments and copies control numbers into the trailers.
func ExampleWriter() {
	w := x12.NewWriter(os.Stdout, x12.WithNewline(true))
	var isa x12.Interchange
	isa.Seq = 1
	isa.ISA = [16]string{"00", "", "00", "", "ZZ", "HILLCLINIC", "ZZ", "PLAINPAYER", "260301", "0900", "", "00501", "7", "0", "T", ""}
	gs := x12.Group{Seq: 1, GS: [8]string{"FA", "HILLCLINIC", "PLAINPAYER", "20260301", "0900", "7", "X", "005010X231A1"}}

	_ = w.BeginInterchange(&isa) // errors of the destination come back from Close as well
	_ = w.BeginGroup(&gs)
	_ = w.BeginSet(&x12.Set{ID: "999", Control: "0001", Version: "005010X231A1"})
	if err := w.Segment("AK1", "HP", "42", "005010X221A1"); err != nil {
		log.Fatal(err)
	}
	if err := w.Segment("AK9", "A", "1", "1", "1"); err != nil {
		log.Fatal(err)
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	// Output:
	// ISA*00*          *00*          *ZZ*HILLCLINIC     *ZZ*PLAINPAYER     *260301*0900*^*00501*000000007*0*T*:~
	// GS*FA*HILLCLINIC*PLAINPAYER*20260301*0900*7*X*005010X231A1~
	// ST*999*0001*005010X231A1~
	// AK1*HP*42*005010X221A1~
	// AK9*A*1*1*1~
	// SE*4*0001~
	// GE*1*7~
	// IEA*1*000000007~
}
