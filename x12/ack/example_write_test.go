package ack_test

import (
	"log"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/x12-go/edi/edi837"
	"github.com/x12-go/edi/x12/ack"
	"github.com/x12-go/edi/x12/validate"
)

// A 999 is written while the file that it answers is checked.
func ExampleNewWriter() {
	claims, err := os.ReadFile(filepath.Join("..", "..", "testdata", "837", "valid", "p-basic.edi"))
	if err != nil {
		log.Fatal(err)
	}
	text := strings.Replace(string(claims), "DMG*D8*19800512", "DMG*D8*19801399", 1)

	v, err := validate.New(validate.Options{Packs: []validate.Pack{edi837.Rules()}})
	if err != nil {
		log.Fatal(err)
	}
	w := ack.NewWriter(os.Stdout, ack.WriteOptions{
		Kinds: ack.Kind999, Numbers: ack.CountFrom(1), Now: time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC), Newline: true,
	})
	if err := v.Run(strings.NewReader(text), w.Watch, nil); err != nil {
		log.Fatal(err)
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	// Output:
	// ISA*00*          *00*          *ZZ*SUMMITLK       *ZZ*CEDARBAY       *261122*0930*^*00501*000000002*0*P*:~
	// GS*FA*SUMMITLK*CEDARBAY*20261122*0930*1*X*005010X231A1~
	// ST*999*0001*005010X231A1~
	// AK1*HC*1001*005010X222A1~
	// AK2*837*0001*005010X222A1~
	// IK3*DMG*18*2010*8~
	// IK4*2*1251*8*19801399~
	// IK5*R*5~
	// AK9*R*1*1*0~
	// SE*8*0001~
	// GE*1*1~
	// IEA*1*000000002~
}
