package x12

// AppendCanonical appends the canonical form of a segment with its terminator to dst: without trailing empty elements
// and, inside each element, without trailing empty repetitions and components. An ISA gets the widths of its elements
// instead; one that is too long stays as it is.
func AppendCanonical(dst []byte, s *Segment) []byte {
	if s.ID == idISA && s.Len() == 16 {
		dst = append(dst, "ISA"...)
		for i := range isaWidths {
			dst = append(dst, s.Delims.Element)
			dst = appendPadded(dst, s.Elem(i+1), i)
		}
		return append(dst, s.Delims.Segment)
	}
	mark := len(dst) + len(s.Name())
	if !s.Sub {
		dst = append(dst, s.data...)
	} else {
		dst = append(dst, s.Name()...)
		for i := 1; i <= s.Len(); i++ {
			dst = append(dst, s.Delims.Element)
			dst = appendTrimmed(dst, s.Elem(i), s.Delims)
		}
	}
	end := len(dst)
	for end > mark && dst[end-1] == s.Delims.Element {
		end--
	}
	return append(dst[:end], s.Delims.Segment)
}

// appendTrimmed appends an element without trailing empty repetitions and components.
func appendTrimmed(dst, e []byte, d Delimiters) []byte {
	mark := len(dst)
	rep := mark // start of the repetition
	trim := func(from int, sep byte) {
		end := len(dst)
		for end > from && dst[end-1] == sep {
			end--
		}
		dst = dst[:end]
	}
	for _, c := range e {
		if c == d.Repetition && c != 0 {
			trim(rep, d.Component)
			rep = len(dst) + 1
		}
		dst = append(dst, c)
	}
	trim(rep, d.Component)
	if d.Repetition != 0 {
		trim(mark, d.Repetition)
	}
	return dst
}
