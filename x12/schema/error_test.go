package schema

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// whole is the toy without a body.
var whole = strings.Replace(toy, "BODY", "", 1)

// TestErrors gives Parse one fault at a time. A body stands in toy, where its first line is line 11; "@" begins a whole
// file.
func TestErrors(t *testing.T) {
	for _, c := range []struct {
		name, src string
		want      []string
	}{
		// Lines and words.
		{"tab", "0200 AK1 R 1 Group\n\t01 R ID\n", []string{"12:1: tab in the indentation, expected two spaces per level"}},
		{"tab inside", "0200 AK1 R\t1 Group\n", []string{`11:11: found a tab, expected printable ASCII outside quotes and comments`}},
		{"odd indentation", "0200 AK1 R 1 Group\n   01 R ID\n", []string{"12:4: indented by 3 spaces, expected a multiple of two"}},
		{"too deep", "0200 AK1 R 1 Group\n    01 R ID\n", []string{"12:5: indented by 4 spaces, expected at most 2 here"}},
		{"below a rule", "0200 AK1 R 1 Group\n  01 R ID\n  rule t/x when 01 present require 01\n    02 R ID\n",
			[]string{"14:5: nothing may be indented below the line above, expected at most 2 spaces"}},
		{"not ASCII", "0200 AK1 R 1 Größe\n", []string{"11:16: found byte 0xc3, expected printable ASCII outside quotes and comments"}},
		{"open quotes", "0200 AK1 R 1 Group \"Name\n", []string{`11:20: text in quotes is not closed, expected " on the same line`}},
		{"lone backslash", "0200 AK1 R 1 Group \"a\\b\"\n", []string{`11:22: found a lone backslash in quotes, expected \" or \\`}},
		{"control in quotes", "0200 AK1 R 1 Group \"a\x01b\"\n", []string{"11:22: found byte 0x01 in quotes, expected printable text"}},
		{"bad UTF-8", "0200 AK1 R 1 Group \"a\xff\"\n", []string{"11:20: text in quotes is not UTF-8"}},
		{"open code list", "0200 AK1 R 1 Group\n  01 R ID {FA\n  02 R Number\n", []string{
			`12:11: code list is not closed, expected "}" before line 13, which is not indented deeper`}},
		{"open code list at the end", "@guide 005010X000\n  set 999 ts999 Toy {A", []string{
			`2:21: code list is not closed, expected "}"`}},
		{"comment in codes", "0200 AK1 R 1 Group\n  01 R ID {FA # no\n    HP}\n", []string{`12:15: comment inside a code list, expected a code or "}"`}},
		{"nested codes", "0200 AK1 R 1 Group\n  01 R ID {FA {HP}\n", []string{`12:15: found "{" inside a code list, expected a code or "}"`}},

		// Header and tables.
		{"empty", "@guide", []string{"1:6: the line ends here, expected a guide id such as 005010X221A1"}},
		{"nothing", "@", []string{`no "guide" line`}},
		{"no guide", "@0100 ST R 1 *\n", []string{`1:1: found "0100", expected the line "guide ID" first`}},
		{"two guides", "guide 005010X000\n", []string{`11:1: found "guide", expected one guide line per file`}},
		{"header word", "@guide 005010X000\n  sets 835\n", []string{`2:3: found "sets", expected "set", "gs", "base", "unit", "title", "accept", "near" or "exact"`}},
		{"header twice", "@guide 005010X000\n  gs FA\n  gs FA\n", []string{`3:3: found "gs", expected each header line once`}},
		{"bad package", "@guide 005010X000\n  set 835 TS X\n", []string{`2:11: found "TS", expected the Go package, such as ts835`}},
		{"bad root", "@guide 005010X000\n  set 835 ts835 remittance\n", []string{`2:17: found "remittance", expected the Go type of the set, such as RemittanceAdvice`}},
		{"title without quotes", "@guide 005010X000\n  title Toy\n", []string{`2:9: found "Toy", expected the name of the guide in quotes`}},
		{"before the table", "@guide 005010X000\n0100 ST R 1 *\n", []string{`2:1: found "0100", expected "table 1" after the header`}},
		{"incomplete header", "@guide 005010X000\ntable 1\n0100 ST R 1 *\n  01 R - {999}\n  02 R N\n0200 SE R 1 -\n  01 R -\n", []string{
			`7:1: no "set" line below "guide"`, `7:1: no "gs" line below "guide"`, `7:1: no "base" line below "guide"`, `7:1: no "title" line below "guide"`}},
		{"other base", "@" + strings.Replace(whole, "base 005010", "base 004010", 1), []string{"1:1: the guide is based on 004010, the dictionary is that of 005010"}},
		{"no such unit", "@" + strings.Replace(whole, "  title", "  unit 2100\n  title", 1), []string{`1:1: there is no loop 2100, named by "unit"`}},
		{"table order", "table 1\n", []string{`11:7: found "1", expected a table after 1`}},
		{"table number", "table 4\n", []string{`11:7: found "4", expected 1, 2 or 3`}},

		// Segments and loops.
		{"unknown line", "segment AK1\n", []string{`11:1: found "segment", expected a segment (four digits), "loop", "use" or "rule"`}},
		{"position 0", "0000 AK1 R 1 Group\n", []string{`11:1: found "0000", expected a position from 0001`}},
		{"segment id", "0200 ak1 R 1 Group\n", []string{`11:6: found "ak1", expected a segment id such as N1`}},
		{"usage", "0200 AK1 N 1 Group\n", []string{`11:10: found "N", expected usage R or S`}},
		{"max", "0200 AK1 R 0 Group\n", []string{`11:12: found "0", expected a number of uses, or ">1" for no limit`}},
		{"field", "0200 AK1 R 1 group\n", []string{`11:14: found "group", expected a Go field name, "*" or "-"`}},
		{"no field", "0200 AK1 R 1\n", []string{`11:13: the line ends here, expected a Go field name, "*" or "-"`}},
		{"segment attribute", "0200 AK1 R 1 Group len=3\n  01 R ID\n", []string{`11:20: found "len=", expected "as=Type", "inline=nn" or the name in quotes`}},
		{"after the name", "0200 AK1 R 1 Group \"Name\" as=X\n  01 R ID\n", []string{`11:27: found "as=", expected the end of the line`}},
		{"no such segment", "0200 QQQ R 1 Group\n  01 R ID\n", []string{"11:1: there is no segment QQQ in 005010"}},
		{"no elements", "0200 AK1 R 1 Group\n", []string{"11:1: AK1 has no elements"}},
		{"repeats without type", "0200 REF R 2 IDs\n  01 R Qualifier\n", []string{"11:1: REF repeats, expected as= with the type of one use, or inline="}},
		{"repeats in the loop", "0200 REF R 2 *\n  01 R Qualifier\n", []string{`11:1: REF repeats, so its elements cannot be fields of the loop ("*")`}},
		{"as and inline", "0200 REF R 2 IDs as=X inline=02\n  01 R - {EV}\n  02 R\n", []string{"11:1: as= and inline= exclude each other"}},
		{"as of *", "0200 REF R 1 * as=X\n  01 R Qualifier\n", []string{`11:1: field "*" takes neither as= nor inline=`}},
		{"as of -", "0200 REF R 1 - as=X\n  01 R -\n", []string{`11:1: field "-" takes neither as= nor inline=`}},
		{"inline unused", "0200 REF R 1 ID inline=02\n  01 R - {EV}\n", []string{"11:1: inline=02 names an element that REF does not use"}},
		{"inline named", "0200 REF R 1 ID inline=02\n  01 R - {EV}\n  02 R ID\n", []string{
			"13:3: element 02 is inline, expected no field name: the segment's own field holds it"}},
		{"inline loses", "0200 REF R 1 ID inline=02\n  01 R Qualifier {EV G1}\n  02 R\n", []string{
			`12:3: element 01 is lost when only element 02 is kept, expected the constant "-"`}},
		{"position falls", "0300 AK1 R 1 Group\n  01 R ID\n0200 REF R 1 *\n  01 R Q\n", []string{
			"13:1: position 0200 after 0300, expected positions to rise within a loop"}},
		{"stored in what is not", "0200 REF R 1 -\n  01 R Q\n", []string{`12:3: the segment is not stored, expected field "-"`}},
		{"empty loop", "loop 2000 R 1 Detail\n", []string{"11:1: loop 2000 is empty, expected the segment that opens it"}},
		{"loop in loop", "loop 2000 R 1 Detail\n  loop 2100 R 1 More\n    0200 LX R 1 *\n      01 R Number\n", []string{
			"11:1: loop 2000 begins with a loop, expected the segment that opens it"}},
		{"trigger", "loop 2000 R 1 Detail\n  0200 LX S 2 Numbers as=Line\n    01 R Number\n", []string{"12:3: LX opens loop 2000, expected usage R and 1 use"}},
		{"loop without type", "loop 2000 R >1 Details\n  0200 LX R 1 *\n    01 R Number\n", []string{
			"11:23: loop 2000 repeats, expected the Go type of one instance after its field"}},
		{"loop id", "loop X R 1 Detail\n", []string{`11:6: found "X", expected a loop id such as 2100`}},
		{"loop twice", "loop 2000 R 1 A\n  0200 LX R 1 *\n    01 R N\nloop 2000 R 1 B\n  0200 LS R 1 *\n    01 R N\n", []string{"14:1: loop 2000 stands twice in its parent"}},
		{"hl of no HL", "loop 2000A R 1 Detail hl 22\n  0200 LX R 1 *\n    01 R Number\n", []string{"12:3: found LX, expected HL to open loop 2000A"}},
		{"hl without key", "loop 2000A R 1 Detail hl 22\n  0200 HL R 1 -\n    03 R - {22}\n", []string{"12:3: HL of loop 2000A without element 03 !{22}"}},
		{"use of nothing", "use 2300 of 2000B R 1 Claims\n", []string{"11:1: there is no loop 2000B"}},
		{"use without of", "use 2300 R 1 Claims\n", []string{`11:10: found "R", expected "of"`}},
		{"use of the holder's", "loop 2000 R 1 A\n  0200 LX R 1 *\n    01 R N\nuse 2300 of 2000 R 1 Claims\n", []string{"14:1: loop 2000 has no loop 2300"}},
		{"use in itself", "loop 2000 R 1 A\n  0200 LX R 1 *\n    01 R N\n  loop 2300 S 1 B\n    0300 LS R 1 *\n      01 R N\n    use 2300 of 2000 R 1 Again\n",
			[]string{"17:5: loop 2300 of 2000 repeats a loop itself"}},
		{"set without SE", "@" + strings.Replace(whole, "0900 SE", "0900 GE", 1), []string{"11:1: the set ends with something else, expected the segment SE, R 1"}},
		{"set without ST", "@" + strings.Replace(whole, "0100 ST", "0100 REF", 1), []string{"8:1: the set begins with something else, expected the segment ST, R 1"}},
		{"other ST01", "@" + strings.Replace(whole, "{999}", "{997}", 1), []string{"8:1: ST without element 01 {999}"}},

		// Elements.
		{"no element", "0200 AK1 R 1 Group\n  1 R ID\n", []string{`12:3: found "1", expected an element number of two digits, "fold" or "rule"`}},
		{"element 0", "0200 AK1 R 1 Group\n  00 R ID\n", []string{"12:3: found \"00\", expected positions from 1"}},
		{"run backwards", "0200 AK1 R 1 Group\n  02..01 R ID\n", []string{`12:3: found "02..01", expected a run that ends after 2`}},
		{"elements fall", "0200 AK1 R 1 Group\n  02 R Number\n  01 R ID\n", []string{"13:3: element 1 after 2, expected them to rise"}},
		{"beyond the segment", "0200 AK1 R 1 Group\n  04 R ID\n", []string{"12:3: AK1 has 3 positions, found 4"}},
		{"mixed run", "0200 AK1 R 1 Group\n  01..02 R IDs\n", []string{"12:3: run from 1 to 2 of different data elements, 479 and 28"}},
		{"no field name", "0200 AK1 R 1 Group\n  01 R {FA}\n", []string{`12:3: element 01 has no field name; expected one, or "-" for a constant`}},
		{"lower case field", "0200 AK1 R 1 Group\n  01 R id\n", []string{`12:8: found "id", expected a Go field name or "-"`}},
		{"star element", "0200 AK1 R 1 Group\n  01 R *\n", []string{`12:8: found "*", expected a Go field name or "-"`}},
		{"open constant", "0200 AK1 R 1 Group\n  01 R -\n", []string{`12:3: field "-" is a constant, expected usage R and exactly one code; otherwise name the field`}},
		{"situational constant", "0200 AK1 R 1 Group\n  01 S - {FA}\n", []string{`12:3: field "-" is a constant, expected usage R and exactly one code; otherwise name the field`}},
		{"attribute", "0200 AK1 R 1 Group\n  01 R ID size=3\n", []string{`12:11: found "size=", expected as=, type=, digits=, len=, ext=, repeat= or note=`}},
		{"attribute value", "0200 AK1 R 1 Group\n  01 R ID len=x\n", []string{`12:11: found "len=", expected len= and a length`}},
		{"bare word", "0200 AK1 R 1 Group\n  01 R ID cash\n", []string{`12:11: found "cash", expected an attribute or the name in quotes`}},
		{"attribute twice", "0200 AK1 R 1 Group\n  01 R ID len=1 len=2\n", []string{`12:17: found "len=", expected each attribute once`}},
		{"code twice", "0200 AK1 R 1 Group\n  01 R ID {FA HP FA}\n", []string{`12:18: found "FA", expected each code once`}},
		{"no codes", "0200 AK1 R 1 Group\n  01 R ID {}\n", []string{`12:12: found "}", expected a code`}},
		{"code too long", "0200 AK1 R 1 Group\n  01 R ID {FAX}\n", []string{`12:3: code "FAX" has 3 characters, element 479 has 2 to 2`}},
		{"money of text", "0200 AK1 R 1 Group\n  01 R ID money\n", []string{`12:3: "money" at element 479 of type ID, expected a number`}},
		{"digits of text", "0200 AK1 R 1 Group\n  01 R ID digits=3\n", []string{`12:3: "digits=" at element 479 of type ID, expected a number`}},
		{"count of text", "loop 2000 R >1 Items Item\n  0200 N1 R 1 *\n    01 R Kind count\n", []string{`13:5: "count" at element 98 of type ID, expected N0`}},
		{"count inside a loop", "loop 2000 R >1 Items Item\n  0200 N1 R 1 *\n    01 R Kind\n  0300 LX R 1 Line\n    01 R Number count\n", []string{`15:5: "count" at LX01, expected one element of the first segment of a loop`}},
		{"len above standard", "0200 AK1 R 1 Group\n  01 R ID len=3\n", []string{"12:3: len=3 is more than the 2 of the standard"}},
		{"type of a number", "0200 AMT R 1 Amount\n  02 R Amount type=Money\n", []string{`12:3: "type=" at element 782 of type R, expected ID or AN`}},
		{"repeats too often", "0200 AK1 R 1 Group\n  01 R ID repeat=2\n", []string{"12:3: more repetitions than the 1 of the standard"}},
		{"as of a simple element", "0200 AK1 R 1 Group\n  01 R ID as=X\n", []string{`12:3: "as=" and "like" are for composites, element 479 is of type ID`}},
		{"component of none", "0200 AK1 R 1 Group\n  01 R ID\n    -1 R Part\n", []string{"12:3: element 1 is no composite, expected nothing below it"}},
		{"composite without", "0200 SVC R 1 Service\n  01 R Procedure\n", []string{`12:3: composite C003 without components, expected them below or "like nn"`}},
		{"composite codes", "0200 SVC R 1 Service\n  01 R Procedure {HC}\n    -1 R Q\n", []string{"12:3: element C003 is a composite, expected the attributes at its components"}},
		{"composite constant", "0200 SVC R 1 Service\n  01 R -\n    -1 R Q\n", []string{"12:3: a composite cannot be a constant, expected a field name"}},
		{"composite run", "0200 HI R 1 Codes\n  01..12 R All\n    -1 R Q\n", []string{"12:3: composite C022 needs as= with the type of one value"}},
		{"component name", "0200 SVC R 1 Service\n  01 R Procedure\n    -1 R\n", []string{`13:5: component 1 has no field name; expected one, or "-" for a constant`}},
		{"component number", "0200 SVC R 1 Service\n  01 R Procedure\n    1 R Q\n", []string{`13:5: found "1", expected a component such as -1`}},
		{"component beyond", "0200 SVC R 1 Service\n  01 R Procedure\n    -9 R Q\n", []string{"13:5: C003 has 8 positions, found 9"}},
		{"like nothing", "0200 SVC R 1 Service\n  06 R Submitted like 01\n", []string{`12:3: "like 01" names no composite C003 above it`}},
		{"like and components", "0200 SVC R 1 Service\n  01 R Procedure\n    -1 R Q\n  06 R Submitted like 01\n    -1 R Q\n", []string{
			`14:3: "like 01" and components exclude each other`}},

		// Folds.
		{"fold span", "0200 CAS R 1 Adj\n  fold 02 by 3 Entries Entry\n", []string{`12:8: found "02", expected a run of elements such as 02..19`}},
		{"fold by", "0200 CAS R 1 Adj\n  fold 02..19 by 1 Entries Entry\n", []string{`12:18: found "1", expected the size of a group, 2 to 9`}},
		{"fold remainder", "0200 CAS R 1 Adj\n  fold 02..18 by 3 Entries Entry\n    +0 R Reason\n", []string{"12:3: elements 02 to 18 are not a number of groups of 3"}},
		{"fold without rows", "0200 CAS R 1 Adj\n  fold 02..19 by 3 Entries Entry\n", []string{"12:3: fold without rows, expected +0 below it"}},
		{"fold row beyond", "0200 CAS R 1 Adj\n  fold 02..19 by 3 Entries Entry\n    +3 R Reason\n", []string{"13:5: row +3 in groups of 3"}},
		{"fold of others", "0200 CAS R 1 Adj\n  fold 01..18 by 3 Entries Entry\n    +0 R Reason\n", []string{"13:5: row +0 is element 1033 in the first group and 380 at 04"}},
		{"fold row", "0200 CAS R 1 Adj\n  fold 02..19 by 3 Entries Entry\n    01 R Reason\n", []string{`13:5: found "01", expected a row such as +0`}},
		{"fold constant", "0200 CAS R 1 Adj\n  fold 02..19 by 3 Entries Entry\n    +0 R - {1}\n", []string{"13:5: row +0 has no field name"}},
		{"fold key", "0200 CAS R 1 Adj\n  fold 02..19 by 3 Entries Entry\n    +0 R Reason !{1}\n", []string{
			`13:5: a row of a fold cannot choose the slot, expected codes without "!"`}},
		{"fold inline", "0200 CAS R 1 Adj inline=02\n  fold 02..19 by 3 Entries Entry\n    +0 R Reason\n", []string{
			"12:3: a fold needs a stored segment without inline="}},

		// Go names.
		{"field twice", "0200 AK1 R 1 Group\n  01 R ID\n  02 R ID\n", []string{"13:3: Group has a field ID already"}},
		{"loop field twice", "0200 AK1 R 1 *\n  01 R ControlNumber\n", []string{"12:3: Toy has a field ControlNumber already (line 10)"}},
		{"extras", "0200 AK1 R 1 Extras\n  01 R ID\n", []string{"11:1: Toy has a field Extras already", "11:1: type Extras is segment AK1 here, but a type every package has"}},
		{"component twice", "0200 SVC R 1 Service\n  01 R Procedure\n    -1 R Q\n    -2 R Q\n", []string{"14:5: Procedure has a field Q already"}},
		{"type by accident", "loop 1000A R 1 A\n  0200 N1 R 1 *\n    01 R - !{PR}\n  0300 N3 R 1 Address\n    01 R L\nloop 1000B R 1 B\n  0200 N1 R 1 *\n    01 R - !{PE}\n  0300 N3 R 1 Address\n    01 R L\n",
			[]string{"19:3: type Address is made in line 14 already, expected as=Address if it is the same, else another field name"}},
		{"type of another segment", "0200 REF R 1 A as=X\n  01 R Q\n0300 AMT R 1 B as=X\n  01 R Q\n", []string{"13:1: type X is segment AMT here, but segment REF in line 11"}},
		{"shape", "0200 REF R 1 A as=X\n  01 R Q !{1L}\n  02 R ID\n0200 REF R 1 B as=X\n  01 R Q !{EA}\n  02 R Number\n", []string{
			`14:1: type X has "02 Number string" here, but "02 ID string" in line 11`}},
		{"shape kind", "0200 AMT R 1 A as=X\n  01 R Q !{T}\n  02 R V\n0200 AMT R 1 B as=X\n  01 R Q !{D}\n  02 R V money\n", []string{
			`14:1: type X has "02 V money" here, but "02 V number" in line 11`}},
		{"shape shorter", "0200 REF R 1 A as=X\n  01 R Q !{1L}\n  02 R ID\n0200 REF R 1 B as=X\n  01 R Q !{EA}\n", []string{
			`14:1: type X has nothing more here, but "02 ID string" in line 11`}},
		{"enumeration and struct", "0200 REF R 1 A\n  01 R Q type=A\n", []string{"11:1: type A is segment REF here, but code in line 12"}},
		{"loop types differ", "loop 1000A R 1 A P\n  0200 N1 R 1 *\n    01 R - !{PR}\n    02 R V\nloop 1000B R 1 B P\n  0200 N1 R 1 *\n    01 R - !{PE}\n    04 R V\n", []string{
			"15:1: field V of type P is N104 string here, but N102 string in line 11"}},

		// Keys.
		{"neighbours", "0200 REF S 1 A\n  01 R - {1L}\n0200 REF S 1 B\n  01 R - {EA}\n", []string{
			"13:1: REF here and REF in line 11 can be reached at one place; expected keys \"!{...}\" with different codes at both"}},
		{"one key", "0200 REF S 1 A\n  01 R - !{1L}\n0200 REF S 1 B\n  01 R Q\n", []string{
			"13:1: REF here and REF in line 11 can be reached at one place; expected keys \"!{...}\" with different codes at both"}},
		{"keys overlap", "0200 REF S 1 A\n  01 R Q !{1L EA}\n0200 REF S 1 B\n  01 R Q !{EA SY}\n", []string{
			"13:1: REF here and REF in line 11 can be reached at one place; expected keys \"!{...}\" with different codes at both"}},
		{"negated keys overlap", "0200 REF S 1 A\n  01 R Q !{1L}\n0200 REF S 1 B\n  01 R Q !{^EA}\n", []string{
			"13:1: REF here and REF in line 11 can be reached at one place; expected keys \"!{...}\" with different codes at both"}},
		{"later position", "0200 N3 S 1 A\n  01 R L\n0300 LS S 1 -\n  01 R -\n0400 N3 S 1 B\n  01 R L\n0450 REF S 1 C\n  01 R Q\n0500 N3 S 1 D\n  01 R L\n", []string{
			"19:1: N3 here and N3 in line 15 can be reached at one place; expected keys \"!{...}\" with different codes at both"}},
		{"outer loop", "loop 2000 S 1 A\n  0200 LX R 1 *\n    01 R N\n  0300 REF S 1 B\n    01 R Q\n0400 REF S 1 C\n  01 R Q\n", []string{
			"16:1: REF here and REF in line 14 can be reached at one place; expected keys \"!{...}\" with different codes at both"}},
		{"own trigger", "loop 2000 S 9 As A\n  0200 NM1 R 1 *\n    01 R Q\n  0300 NM1 S 1 B\n    01 R Q\n", []string{
			"14:3: NM1 here and NM1 in line 12 can be reached at one place; expected keys \"!{...}\" with different codes at both"}},

		// Rules.
		{"rule id", "0200 AK1 R 1 Group\n  01 R ID\n  rule X when 01 present require 01\n", []string{`13:8: found "X", expected a rule id such as 835/bpr-banks`}},
		{"rule op", "0200 AK1 R 1 Group\n  01 R ID\n  rule t/x when 01 is FA require 01\n", []string{`13:20: found "is", expected "in", "not-in", "present" or "absent"`}},
		{"rule without effect", "0200 AK1 R 1 Group\n  01 R ID\n  rule t/x when 01 in FA\n", []string{`13:25: rule without "require" or "forbid" and what it names`}},
		{"rule without values", "0200 AK1 R 1 Group\n  01 R ID\n  rule t/x when 01 in require 01\n", []string{`13:33: "in" names no values`}},
		{"rule with values", "0200 AK1 R 1 Group\n  01 R ID\n  rule t/x when 01 present FA require 01\n", []string{`13:28: found "FA", expected "require" or "forbid"`}},
		{"rule twice the name", "0200 AK1 R 1 Group\n  01 R ID\n  rule t/x when 01 present require 01 01\n", []string{`13:39: found "01", expected each name once`}},
		{"rule of an unused element", "0200 AK1 R 1 Group\n  01 R ID\n  rule t/x when 01 present require 02\n", []string{"13:3: rule t/x: AK1 does not use element 02"}},
		{"rule of a field", "0200 AK1 R 1 Group\n  01 R ID\n  rule t/x when ID present require 01\n", []string{`13:3: rule t/x: found "ID", expected an element number such as 04 or 11-1`}},
		{"rule of a component", "0200 SVC R 1 Service\n  01 R P\n    -1 R Q\n  rule t/x when 01-2 present require 01\n", []string{"14:3: rule t/x: SVC01 has no component 2"}},
		{"rule of the loop", "0200 AK1 R 1 Group\n  01 R ID\nrule t/x when LS present require LE\n", []string{
			"13:1: rule t/x: the loop has no segment, element or field LS", "13:1: rule t/x: the loop has no segment, element or field LE"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := c.src
			if file, ok := strings.CutPrefix(src, "@"); ok {
				src = file
			} else {
				src = strings.Replace(toy, "BODY", src, 1)
			}
			g, err := Parse("f", []byte(src), dictionary(t))
			require.Nil(t, g)
			var list ErrorList
			require.ErrorAs(t, err, &list)
			var got []string
			for _, e := range list {
				got = append(got, strings.TrimPrefix(e.Error(), "f:"))
			}
			for i, want := range c.want {
				require.Less(t, i, len(got), "wanted %s", want)
				require.True(t, strings.HasSuffix(got[i], want), "got  %s\nwant %s", strings.Join(got, "\n"), want)
			}
			require.Len(t, got, len(c.want), "%s", strings.Join(got, "\n"))
		})
	}
}

// TestHostile gives Parse files made to exhaust it.
func TestHostile(t *testing.T) {
	dict := dictionary(t)
	many := func(n int, f func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(f(i))
		}
		return strings.Replace(toy, "BODY", b.String(), 1)
	}
	for name, src := range map[string]string{
		"file too large": strings.Repeat("# \n", maxFile/3+1),
		"deep loops": many(40, func(i int) string {
			in := strings.Repeat("  ", i)
			return in + "loop 2000 R 1 A\n" + in + "  0200 LX R 1 *\n"
		}),
		"many segments":   many(3000, func(i int) string { return fmt.Sprintf("0200 REF S 1 F%d\n  01 R - !{%03d}\n", i, i%1000) }),
		"many codes":      many(1, func(int) string { return "0200 REF S 1 F\n  01 R Q {" + strings.Repeat("A ", 100000) + "}\n" }),
		"different codes": many(1, func(int) string { return "0200 REF S 1 F\n  02 R Q {" + codes(3000) + "}\n" }),
		"many uses":       many(100, func(i int) string { return fmt.Sprintf("use %04d of 2000 S 1 F%d\n", i, i) }),
		"many errors":     many(5000, func(int) string { return "what\n" }),
		"long line":       many(1, func(int) string { return "0200 " + strings.Repeat("X", 500000) + "\n" }),
		"long rule":       many(1, func(int) string { return "rule t/x when ST in " + codes(3000) + " require SE\n" }),
		"deep spaces":     strings.Repeat(" ", 900000) + "x",
		"braces":          strings.Repeat("{", 900000),
		"open braces":     "guide 005010X000 {" + strings.Repeat("\n  {", 200000),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Parse("f", []byte(src), dict)
			var list ErrorList
			require.ErrorAs(t, err, &list)
			require.LessOrEqual(t, len(list), maxErrors)
		})
	}
}

func codes(n int) string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprint("C", i))
	}
	return strings.Join(list, " ")
}

func TestErrorList(t *testing.T) {
	one := &Error{"f", 1, 2, "bad"}
	require.Equal(t, "no errors", ErrorList{}.Error())
	require.Equal(t, "f:1:2: bad", ErrorList{one}.Error())
	require.Equal(t, "f:1:2: bad (and 1 more error)", ErrorList{one, one}.Error())
	require.Equal(t, "f:1:2: bad (and 2 more errors)", ErrorList{one, one, one}.Error())
	var e *Error
	require.True(t, errors.As(error(ErrorList{one}), &e))
	require.Equal(t, one, e)
}

// TestNoDictionary makes sure that a caller's slip is an error.
func TestNoDictionary(t *testing.T) {
	_, err := Parse("f", []byte(whole), nil)
	require.ErrorContains(t, err, "no dictionary")
}
