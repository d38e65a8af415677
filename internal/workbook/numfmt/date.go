package numfmt

import (
	"math"
	"strings"
	"time"
)

// moment is a serial number taken apart.
type moment struct {
	year, month, day int
	weekday          int
	hour, minute     int
	second           int
	nano             int
	days             int // since the first day, for elapsed times
}

// maxSerial is the last day of the year 9999 in the 1900 system.
const maxSerial = 2958465

// momentOf takes a serial number apart. In the 1900 system, day 60 is the 29
// February 1900 that never was, and day 0 is 0 January.
func momentOf(x float64, date1904 bool, digits int, seconds bool) (moment, bool) {
	if x < 0 || x >= maxSerial+1 {
		return moment{}, false
	}
	unit := time.Millisecond
	if seconds {
		unit = time.Second
		for range min(digits, 9) {
			unit /= 10
		}
	}
	day := math.Floor(x)
	rest := time.Duration(math.Round((x-day)*float64(24*time.Hour)/float64(unit))) * unit
	if rest >= 24*time.Hour {
		day++
		rest -= 24 * time.Hour
	}
	m := moment{days: int(day)}
	m.hour, m.minute = int(rest/time.Hour), int(rest/time.Minute)%60
	m.second, m.nano = int(rest/time.Second)%60, int(rest%time.Second)
	d := int(day)
	switch {
	case date1904:
		m.setDate(time.Date(1904, 1, 1+d, 0, 0, 0, 0, time.UTC))
	case d == 0:
		m.year, m.month, m.day, m.weekday = 1900, 1, 0, 6
	case d == 60:
		m.year, m.month, m.day, m.weekday = 1900, 2, 29, 3
	case d < 60:
		m.setDate(time.Date(1899, 12, 31+d, 0, 0, 0, 0, time.UTC))
		m.weekday = (m.weekday + 6) % 7
	default:
		m.setDate(time.Date(1899, 12, 30+d, 0, 0, 0, 0, time.UTC))
	}
	return m, true
}

func (m *moment) setDate(t time.Time) {
	m.year, m.month, m.day, m.weekday = t.Year(), int(t.Month()), t.Day(), int(t.Weekday())
}

// showDate renders a serial number as date and time; false where it is none.
func (s *section) showDate(x float64, date1904 bool) (string, bool) {
	m, ok := momentOf(x, date1904, s.subsecond, s.hasSecond || s.elapsed)
	if !ok {
		return "", false
	}
	var b strings.Builder
	for _, t := range s.tokens {
		if t.kind == tokDate {
			b.WriteString(s.showPart(m, t.text))
		} else {
			b.WriteString(t.text)
		}
	}
	return b.String(), true
}

func (s *section) showPart(m moment, text string) string {
	n := len(text)
	switch text[0] {
	case '[':
		return elapsed(m, text[1], n-2)
	case 'y':
		if n <= 2 {
			return pad(m.year%100, 2)
		}
		return pad(m.year, 4)
	case 'b':
		if n <= 2 {
			return pad((m.year+543)%100, 2)
		}
		return pad(m.year+543, 4)
	case 'm':
		return monthText(m.month, n)
	case 'd':
		return dayText(m, n)
	case 'h':
		h := m.hour
		if s.ampm {
			h = (h+11)%12 + 1
		}
		return pad(h, min(n, 2))
	case 'M':
		return pad(m.minute, min(n, 2))
	case 's':
		return pad(m.second, min(n, 2))
	case '.':
		return "." + pad(m.nano, 9)[:min(n-1, 9)]
	case 'A':
		half := "AM"
		if m.hour >= 12 {
			half = "PM"
		}
		if text == "A/P" {
			half = half[:1]
		}
		return half
	}
	return ""
}

// elapsed renders hours, minutes or seconds that do not wrap around.
func elapsed(m moment, unit byte, width int) string {
	n := m.days*24 + m.hour
	if unit != 'h' {
		n = n*60 + m.minute
	}
	if unit == 's' {
		n = n*60 + m.second
	}
	return pad(n, width)
}

func monthText(month, n int) string {
	switch {
	case n <= 2:
		return pad(month, n)
	case n == 3:
		return time.Month(month).String()[:3]
	case n == 5:
		return time.Month(month).String()[:1]
	default:
		return time.Month(month).String()
	}
}

func dayText(m moment, n int) string {
	switch {
	case n <= 2:
		return pad(m.day, n)
	case n == 3:
		return time.Weekday(m.weekday).String()[:3]
	default:
		return time.Weekday(m.weekday).String()
	}
}
