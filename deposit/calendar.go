package deposit

import (
	"time"

	"github.com/x12-go/edi/x12"
)

// calendar counts days and the business days of the Federal Reserve: no Saturdays, no Sundays, no holidays. A holiday on a
// Sunday is kept on Monday; one on a Saturday is not kept on Friday. Before 1970 it knows weekends only.
type calendar struct {
	years []year // from 1970 on, as far as was asked for
}

type year struct {
	before   int   // holidays of the years before it
	holidays []int // month*100 + day
}

const firstYear = 1970

// number returns the day as a count of days, the same for all dates but absent ones, which have 0.
func number(d x12.Date) int {
	if d.IsZero() {
		return 0
	}
	return int(d.Time().Unix()/86400) + 1<<20
}

// business returns how many business days there are up to a day, the day included.
func (c *calendar) business(d x12.Date) int {
	if d.IsZero() {
		return 0
	}
	days := int(d.Time().Unix()/86400) + 719162 // since Monday, 0001-01-01
	n := days/7*5 + min(days%7+1, 5)
	if d.Year() < firstYear {
		return n
	}
	for k := len(c.years); k <= d.Year()-firstYear; k++ {
		y := year{holidays: holidays(firstYear + k)}
		if k > 0 {
			y.before = c.years[k-1].before + len(c.years[k-1].holidays)
		}
		c.years = append(c.years, y)
	}
	y := c.years[d.Year()-firstYear]
	n -= y.before
	key := int(d.Month())*100 + d.Day()
	for _, h := range y.holidays {
		if h <= key {
			n--
		}
	}
	return n
}

// holidays returns the days without business of a year, Saturdays and Sundays aside, each as month*100 + day.
func holidays(year int) (list []int) {
	fixed := func(m time.Month, day, since int) {
		t := time.Date(year, m, day, 0, 0, 0, 0, time.UTC)
		if t.Weekday() == time.Sunday {
			t = t.AddDate(0, 0, 1)
		}
		if t.Weekday() != time.Saturday && year >= since {
			list = append(list, int(t.Month())*100+t.Day())
		}
	}
	// the nth such day of a month, the last one for n = 0
	nth := func(m time.Month, w time.Weekday, n int) {
		t := time.Date(year, m, 1, 0, 0, 0, 0, time.UTC)
		day := 1 + (int(w)-int(t.Weekday())+7)%7
		if day += 7 * (n - 1); n == 0 {
			for day += 35; day > 31; day -= 7 { // all months asked for have 31 days
			}
		}
		list = append(list, int(m)*100+day)
	}
	fixed(time.January, 1, 0)
	nth(time.January, time.Monday, 3)
	nth(time.February, time.Monday, 3)
	nth(time.May, time.Monday, 0)
	fixed(time.June, 19, 2022)
	fixed(time.July, 4, 0)
	nth(time.September, time.Monday, 1)
	nth(time.October, time.Monday, 2)
	fixed(time.November, 11, 0)
	nth(time.November, time.Thursday, 4)
	fixed(time.December, 25, 0)
	return list
}
