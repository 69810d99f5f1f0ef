package spm

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// ErrCharset is wrapped by the error for text that Windows-1252 has no place for.
var ErrCharset = errors.New("spm: a character that Windows-1252 does not have")

// high are the characters of the bytes 80 to 9F; the five bytes without one stand for themselves.
const high = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"

// toText decodes Windows-1252.
func toText(b []byte) string {
	for i := range b {
		if b[i] >= utf8.RuneSelf {
			return decode(b)
		}
	}
	return string(b)
}

func decode(b []byte) string {
	table := []rune(high)
	var s strings.Builder
	for _, c := range b {
		switch {
		case c >= 0x80 && c < 0xA0:
			s.WriteRune(table[c-0x80])
		default:
			s.WriteRune(rune(c))
		}
	}
	return s.String()
}

// plain are the letters without marks for those that Windows-1252 does not have, in pairs.
const plain = "ĀAāaĂAăaĄAąaĆCćcĈCĉcĊCċcČCčcĎDďdĐDđdĒEēeĔEĕeĖEėeĘEęeĚEěeĜGĝgĞGğgĠGġgĢGģgĤHĥhĦHħhĨIĩiĪIīiĬIĭiĮIįiİIıiĴJĵjĶKķkĹLĺlĻLļlĽLľlŁLłlŃNńnŅNņnŇNňnŌOōoŎOŏoŐOőoŔRŕrŖRŗrŘRřrŚSśsŜSŝsŞSşsŢTţtŤTťtŦTŧtŨUũuŪUūuŬUŭuŮUůuŰUűuŲUųuŴWŵwŶYŷyŹZźzŻZżzȘSșsȚTțtẞSʼ'′'‐-‑-−-"

// appendText appends s in Windows-1252. A character it does not have is an error, or loses its mark where transliterate says
// so and it has a plain form.
func appendText(b []byte, s string, transliterate bool) ([]byte, error) {
	for _, r := range s {
		c, ok := toByte(r)
		if !ok && transliterate {
			c, ok = toPlain(r)
		}
		if !ok {
			return b, ErrCharset
		}
		b = append(b, c)
	}
	return b, nil
}

func toByte(r rune) (byte, bool) {
	if r < 0x80 || r >= 0xA0 && r <= 0xFF {
		return byte(r), true
	}
	if r == utf8.RuneError {
		return 0, false
	}
	for i, h := range []rune(high) {
		if h == r {
			return byte(0x80 + i), true
		}
	}
	return 0, false
}

func toPlain(r rune) (byte, bool) {
	pairs := []rune(plain)
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] == r {
			return byte(pairs[i+1]), true
		}
	}
	return 0, false
}
