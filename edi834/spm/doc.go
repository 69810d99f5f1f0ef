// Package spm reads, checks and writes the import files by which a benefits administrator learns of special plan members
// (SPM): retirees and others who are billed for their coverage directly, without their dependents. The import version is 2.0.
//
// Vocabulary:
//
//   - A file is CSV text in the Windows-1252 character set, a record a line. The first cell of a record is its identifier in
//     brackets, [SPMINSERT]; the fields follow in the order of the record's struct, such as [Insert].
//   - A record is named when its cells have the form Field=Value, as in the samples of the specification, else positional.
//   - A [Key] says whom a record is about, by the values on file before it.
//
// Structs and rules are one table: the tags of the struct fields, which [Layouts] hands out.
//
//	rd := spm.NewReader(f, sink)
//	check := spm.NewChecker(spm.Options{}, sink)
//	for {
//		line, err := rd.Read()
//		...
//		check.Line(line)
//	}
//
// Values are texts as they came, so that a file that is read is written back the same. [Converter] makes records of the
// changes that package roster finds between two enrollments, [Enroller] makes 834 members of records.
//
// # What it does not do
//
// It knows nothing of what the administrator has on file: that a plan exists, that it has units or belongs to a bundle, or that
// a member of whom a record speaks is there, unless [Options].Known says so.
package spm
