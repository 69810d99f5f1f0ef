// Package csvtable is what the CSV tables of all transaction sets have in common: columns defined once with their place
// in the data dictionary, rows made of parts, and the values of cells.
//
// A table is a list of parts; a part is a run of columns with the way to append their values. Every value has a comma
// behind it, which at the end of a row gives way to the line end. Functions whose names end in Col append the comma
// too. Nothing here allocates once the buffers have grown.
package csvtable
