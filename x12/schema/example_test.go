package schema_test

import (
	"fmt"

	"github.com/x12-go/edi/x12/schema"
)

const tiny = `guide 005010X000
  set 999 ts999 Tiny
  gs FA
  base 005010
  title "Tiny"

table 1
0100 ST R 1 *
  01 R - {999}
  02 R ControlNumber
0200 AK1 R 1 Group
  01 R FunctionalID
  02 R ControlNumber
0300 SE R 1 -
  01 R -
  02 R -
`

func Example() {
	dict, err := schema.Base("005010")
	if err != nil {
		fmt.Println(err)
		return
	}
	guide, err := schema.Parse("tiny.guide", []byte(tiny), dict)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, n := range guide.Body.Children {
		s := n.(*schema.Segment)
		fmt.Println(s.Position, s.ID, s.Title)
	}
	// Output:
	// 100 ST Transaction Set Header
	// 200 AK1 Functional Group Response Header
	// 300 SE Transaction Set Trailer
}
