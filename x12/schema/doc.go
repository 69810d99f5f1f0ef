// Package schema reads guide files: the structure of an X12 transaction set as one implementation guide has it.
//
// A guide is a tree of loops and segments in transmission order. A place where a segment may stand is a slot; a
// loop opens with its first segment, the trigger. The base standard, called the dictionary, knows the data
// elements, composites, segments and their syntax notes; a guide says what it uses of them, how often, with which
// codes, and what each thing is called in Go. The package is for the generator and for tools: nothing here is needed
// to read or write a transaction.
//
//	dict, err := schema.Base("005010")
//	guide, err := schema.Parse("005010X221A1.guide", text, dict)
//
// [Parse] reads a file and reports every fault with line and column. [Print] writes it back in the one form in which
// guide files are kept. [Compile] makes the table a walker reads the guide from. [Base] and [ParseDictionary] read the
// dictionary.
//
// # The file
//
// Plain text, one entry a line, two spaces of indentation for each level, at most 16 levels. What is not named is
// not used. A comment runs from "#" to the end of the line; one on a line of its own belongs to the entry below it.
// Text in double quotes may hold any character; \" is a quote and \\ a backslash. Outside quotes and comments only
// printable ASCII is allowed, no tabs.
//
// # Header
//
//	guide 005010X221A1
//	  set 835 ts835 RemittanceAdvice     ST01, Go package, Go type of the whole set
//	  gs HP                              GS01
//	  base 005010                        dictionary
//	  unit 2100                          loop a stream yields; several may be named; may be left out
//	  title "Health Care Claim Payment/Advice"
//	  accept 005010X221                  versions also read under this guide; may be left out
//	  near 004010X091                    other guides' versions that are rather read under this guide than under another
//	                                     of the set, with a warning; may be left out
//	  exact                              a set that names none of these versions is none of this guide, rather than read
//	                                     under it with a warning; may be left out
//
// After it come "table 1", "table 2" and "table 3" (header, detail, trailer; any but the first may be missing), each
// followed by its segments and loops, unindented. Positions count within a table and rise within a loop; places of
// one position may come in any order. The set begins with ST and ends with SE.
//
// # Segments and loops
//
//	position ID R|S max Field [as=Type] [inline=nn] ["Name"]
//	loop ID R|S max Field [Type] [hl code] ["Name"]
//	use ID of HOLDER R|S max Field ["Name"]
//
// R is required, S situational. Max is the most uses, ">1" when there is no limit. Field is the Go field in the
// struct of the loop around it, an exported name; a place with more than one use is a slice. For a segment it may
// also be
//
//   - the elements are fields of the loop's own struct (the trigger as a rule)
//   - not stored, written from what is known: SE, constants, LS and LE around loops; an HL keeps its numbers in a field Level
//
// as= names the Go type of one use, so that places of one shape share it; a segment that repeats needs it. Two uses
// of one type must have the same fields at the same positions with the same kinds; usage, codes and names may differ.
// inline= says that the value of this one element is the field, so all the others must be constants.
//
// The Go type of a loop is its field unless given; a loop that repeats needs it. Loops of one type need not have
// the same fields, but what they have in common must agree. "hl 22" marks an HL loop by its level code HL03, which
// must stand at the HL as "03 R - !{22}"; such a loop comes last in its parent, whatever its position.
// "use 2300 of 2000B" places loop 2300, defined in loop 2000B, once more, with the same rows and the same type.
//
// Name is the term of the guide. A segment without one has that of the dictionary, a loop that of its trigger, a
// trigger that of its loop.
//
// # Elements
//
// Below a segment, one level deeper:
//
//	nn R|S Field attributes ["Name"]         an element
//	nn..mm R|S Field attributes ["Name"]     a run of elements that become one slice
//	fold nn..mm by N Field Type              groups of N elements that become one slice of structs
//	rule ...                                 see below
//
// Below a composite its components, "-n" or "-n..m" in place of the number; below a fold its rows, "+0" being the
// first of a group, with components below a row if it is a composite. Usage of a run or fold is that of its first
// round; the others are situational. The field is "-" for a constant that is not stored: required, one code. The
// element that inline= names has no field. Attributes:
//
//	{A B C}      closed list of codes; quote a code with blanks
//	!{A B C}     the same, and it chooses this slot among neighbours of the same id (a key)
//	!{^A B C}    a key by any other value; the list is not closed
//	money        an amount in the currency of the set
//	count        counts the instances of the loop its segment opens: 1, 2, 3 within the loop around
//	digits=10    most digits of a number in this guide, sign and point not counted
//	len=20       most characters in this guide, when less than the standard's
//	type=T       Go string type with the codes as constants
//	ext=carc     external code list; ext=by:2 when the qualifier in position 2 beside it chooses the list
//	as=T         Go type of a composite; needed in a run or repetition
//	like nn      the components of composite nn above, without their keys
//	repeat=N     most repetitions, repeat=>1 without limit
//	note=...     a further fact in words, "equals ST02"; may be given more than once
//
// A code list may run over several lines, which are indented deeper than the element, up to its "}".
//
// # Keys
//
// While a loop is open a segment can go to a slot of the loop, to the trigger of a loop below, or to the same in the
// loops around it from where the open one stands onwards. Parse demands that two such places of one segment id
// have keys with different codes, unless a required place of another position, or an LS, stands between them. Never make
// a key of a value that a sender may simply get wrong, such as a claim status: the segment would lose its place when
// all that is wrong is a code.
//
// # Rules
//
//	rule id when SUBJECT in|not-in VALUES... require|forbid NAMES...
//	rule id when SUBJECT present|absent require|forbid NAMES...
//
// One rule may both require and forbid. In a segment subject and names are elements of it: 04, or 11-1 for a
// component. In a loop they are fields of the loop, segment ids, or elements of its segments such as CLM05-3. The id
// ("835/bpr-banks") names the rule in findings; several lines may share one. What needs more than this is a Go
// function beside the generated code.
package schema
