// Command edi reads, checks, converts and writes X12 EDI of US health care.
//
// Every command is a row of the table in package cli; "edi help" lists them.
package main

import (
	"os"

	"github.com/x12-go/edi/cmd/edi/internal/cli"
)

func main() {
	cli.Tune()
	os.Exit(cli.Run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
