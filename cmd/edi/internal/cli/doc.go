// Package cli is the command line of edi: a table of commands over one shell.
//
// [Run] is the whole program. It finds the command in the table, parses the
// command's flags only, opens the output, runs the command and turns what
// happened into an exit status. Help, completion scripts and the manual page
// are made from the same table and the same flag sets.
//
// A command is one file with one function that declares its flags and returns
// what to run (see [command]); what it runs gets a [call], which has the input
// as one stream, the output, and the sink for findings. No command opens files,
// formats findings or decides exit statuses.
//
// Nothing here holds a file, an interchange or a transaction set in memory.
package cli
