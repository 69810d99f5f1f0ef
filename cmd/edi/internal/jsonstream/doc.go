// Package jsonstream reads and appends JSON piece by piece, so that a value of any size takes no more memory than its
// largest string.
//
// A [Scanner] is asked for what the caller expects next; there is no token type and no tree:
//
//	sc := jsonstream.NewScanner(r)
//	err := sc.Open('[')
//	for n := 0; err == nil; n++ {
//		more, err := sc.Item(n, ']')
//		if err != nil || !more {
//			break
//		}
//		text, err = sc.String(text[:0])
//	}
//
// It is strict: what encoding/json refuses is refused, and so are strings that are not UTF-8 and escapes of half a
// surrogate pair, which no byte sequence stands for.
package jsonstream
