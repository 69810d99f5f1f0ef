package ach

import (
	"time"

	"github.com/x12-go/edi/x12"
)

// BankingDay reports whether the Federal Reserve Banks, and so the ACH, work on a day: Monday to Friday without the
// holidays of the Federal Reserve. A holiday on a Sunday is kept on Monday, one on a Saturday not at all.
func BankingDay(d x12.Date) bool {
	t := d.Time()
	switch t.Weekday() {
	case time.Saturday, time.Sunday:
		return false
	case time.Monday:
		if y := t.AddDate(0, 0, -1); fixedHoliday(y) {
			return false
		}
	}
	return !fixedHoliday(t) && !floatingHoliday(t)
}

// fixedHoliday reports whether t is a holiday with a date of its own.
func fixedHoliday(t time.Time) bool {
	switch t.Month() {
	case time.January:
		return t.Day() == 1 // New Year's Day
	case time.June:
		return t.Day() == 19 && t.Year() >= 2022 // Juneteenth, a holiday of the Banks since 2022
	case time.July:
		return t.Day() == 4 // Independence Day
	case time.November:
		return t.Day() == 11 // Veterans Day
	case time.December:
		return t.Day() == 25 // Christmas Day
	}
	return false
}

// floatingHoliday reports whether t is a holiday that is the nth of a weekday in its month.
func floatingHoliday(t time.Time) bool {
	nth := (t.Day() + 6) / 7
	if t.Weekday() == time.Thursday {
		return t.Month() == time.November && nth == 4 // Thanksgiving
	}
	if t.Weekday() != time.Monday {
		return false
	}
	switch t.Month() {
	case time.January, time.February: // Martin Luther King, Washington
		return nth == 3
	case time.May:
		return t.Day() > 24 // Memorial Day, the last
	case time.September:
		return nth == 1 // Labor Day
	case time.October:
		return nth == 2 // Columbus Day
	}
	return false
}

// nextBankingDay returns d, or the first banking day behind it.
func nextBankingDay(d x12.Date) x12.Date {
	for !BankingDay(d) {
		d = dayBehind(d)
	}
	return d
}

// bankingDaysAhead returns the banking day that is n behind from.
func bankingDaysAhead(from x12.Date, n int) x12.Date {
	for ; n > 0; n-- {
		from = nextBankingDay(dayBehind(from))
	}
	return from
}

func dayBehind(d x12.Date) x12.Date { return x12.DateOf(d.Time().AddDate(0, 0, 1)) }
