package schema

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzParse makes sure that no text makes Parse panic, and that whatever it accepts is printed and read back as the
// same guide.
func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		f.Fatal("no seeds in testdata", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		src, _, _ := strings.Cut(string(data), divider)
		f.Add(src)
	}
	f.Add(whole)
	f.Add(strings.Replace(toy, "BODY", "0200 AK1 R 1 Group # x\n  #\n  01 R ID {FA\n    \"HP\"} note=\"\\\"\"\n", 1))
	f.Fuzz(func(t *testing.T, src string) {
		if _, err := Parse("f", []byte(src), dictionary(t)); err == nil {
			roundTrip(t, src)
		}
	})
}

func FuzzParseDictionary(f *testing.F) {
	f.Add(tinyDictionary)
	f.Fuzz(func(t *testing.T, src string) {
		d, err := ParseDictionary("f", []byte(src))
		if err != nil {
			return
		}
		for _, s := range d.Segments {
			for _, field := range s.Fields {
				if d.Elements[field.Element] == nil {
					t.Fatalf("segment %s names element %s, which is missing", s.ID, field.Element)
				}
			}
		}
	})
}
