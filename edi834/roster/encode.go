package roster

import (
	"encoding/binary"
	"errors"
)

// A member is kept as its values that are not empty: the number of the field plus one, the length of the value, the value;
// a zero behind the last. The coverages follow in the same form behind their number. What a file wants done is not kept.

// errStored is a record that is not in this form: the file of the state was changed by someone else.
var errStored = errors.New("roster: a stored member is damaged")

func appendValues(b []byte, v []string, in []bool) []byte {
	for i, s := range v {
		if s != "" && (in == nil || in[i]) {
			b = binary.AppendUvarint(append(b, byte(i+1)), uint64(len(s)))
			b = append(b, s...)
		}
	}
	return append(b, 0)
}

// appendMember appends the stored form of m; with a mask only the fields in it, and a byte for every coverage.
func appendMember(b []byte, m *Member, mask *Mask) []byte {
	if mask == nil || mask.full {
		b = appendValues(b, m.v[:], nil)
	} else {
		b = appendValues(b, m.v[:], mask.member[:])
	}
	b = binary.AppendUvarint(b, uint64(len(m.Coverages)))
	for i := range m.Coverages {
		if mask == nil || mask.full {
			b = appendValues(b, m.Coverages[i].v[:], nil)
		} else {
			b = appendValues(b, m.Coverages[i].v[:], mask.coverage[:])
		}
	}
	return b
}

func decodeValues(s string, v []string) (rest string, err error) {
	for {
		if s == "" {
			return "", errStored
		}
		i := int(s[0])
		s = s[1:]
		if i == 0 {
			return s, nil
		}
		n, rest, err := uvarint(s)
		if err != nil || i > len(v) || n > uint64(len(rest)) {
			return "", errStored
		}
		v[i-1], s = rest[:n], rest[n:]
	}
}

func uvarint(s string) (n uint64, rest string, err error) {
	for shift := uint(0); shift < 63 && s != ""; shift += 7 {
		c := s[0]
		s = s[1:]
		n |= uint64(c&0x7F) << shift
		if c < 0x80 {
			return n, s, nil
		}
	}
	return 0, "", errStored
}

// decodeMember fills m from a stored form, whose text it keeps.
func decodeMember(m *Member, s string) error {
	m.reset()
	s, err := decodeValues(s, m.v[:])
	if err != nil {
		return err
	}
	n, s, err := uvarint(s)
	if err != nil || n > uint64(len(s)) {
		return errStored
	}
	for range n {
		m.Coverages = append(m.Coverages, Coverage{})
		if s, err = decodeValues(s, m.Coverages[len(m.Coverages)-1].v[:]); err != nil {
			return err
		}
	}
	return nil
}
