// Command x12gen makes Go packages of guide files: structs for every loop and segment, their codec, the tables of the
// guide, a field reference, and JSON appenders. It also checks guide files against fact tables.
//
//	x12gen types DIR/GUIDE.guide...      types, tables, decode, encode and stream_gen.go, docs_gen.md beside the guide files, which share one package
//	x12gen json  DIR TYPE...             json_gen.go: AppendJSON for the struct types of the package in DIR
//	x12gen check [-accept FILE] GUIDE FACTS.tsv
//	x12gen dict  DIR                     the base dictionary from its fact tables
//	x12gen codes OUT.go GUIDE...         the values that any of the guides allows, by data element
//
// The output depends on the input alone, byte for byte.
package main

import (
	"fmt"
	"io"
	"os"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// commands are the verbs of x12gen.
var commands = []struct {
	name string
	run  func(args []string, stdout, stderr io.Writer) int
}{
	{"types", generate},
	{"json", generateJSON},
	{"check", check},
	{"dict", dict},
	{"codes", standardCodes},
}

func run(args []string, stdout, stderr io.Writer) int {
	if len(args) > 0 {
		for _, c := range commands {
			if c.name == args[0] {
				return c.run(args[1:], stdout, stderr)
			}
		}
	}
	fmt.Fprintln(stderr, "usage: x12gen types|json|check|dict|codes ARGUMENTS")
	return 2
}
