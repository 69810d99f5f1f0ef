package ach_test

import (
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"github.com/x12-go/edi/ach"
)

func Example() {
	file, err := os.Open("../testdata/ach/config.json")
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	config, err := ach.ReadConfig(file)
	if err != nil {
		log.Fatal(err)
	}
	remittances, err := os.Open("../testdata/ach/two-payments.edi")
	if err != nil {
		log.Fatal(err)
	}
	defer remittances.Close()

	run, err := ach.Convert(remittances, config, ach.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer run.Close()
	for _, p := range run.Payments {
		fmt.Println(p.Action, p.Amount, p.TraceNumber, p.Entry.Trace)
	}
	var out strings.Builder
	if err := run.Write(&out); err != nil { // to a file: run.Release
		log.Fatal(err)
	}
	fmt.Println(strings.Count(out.String(), "\n"), "records")
	// Output:
	// taken 1234.56 EFT0001234 999988880000001
	// taken 50.00 EFT0001235 999988880000002
	// 10 records
}

func ExampleReader() {
	file, err := os.Open("../testdata/ach/returns.ach")
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	rd := ach.NewReader(file, nil)
	for {
		e, err := rd.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			log.Fatal(err)
		}
		switch e.Kind {
		case ach.ReturnEntry:
			fmt.Println(e.Cents, "cents came back:", e.Return.Reason, "of", e.Return.OriginalTrace)
		case ach.NotificationEntry:
			fmt.Println("to be corrected:", e.Change.Code, "of", e.Change.OriginalTrace)
		}
	}
	// Output:
	// 123456 cents came back: R03 of 999988880000001
	// to be corrected: C01 of 999988880000002
}

func ExampleParseTRN() {
	t := ach.ParseTRN(`TRN*1*EFT0001235*1512345678*000000999\`)
	fmt.Println(t.Number, t.PayerID, t.Supplement)
	// Output: EFT0001235 1512345678 000000999
}
