package workbench

import (
	"fmt"
	"time"

	"github.com/dustin/go-humanize"
)

// Number writes n with a comma between the thousands: 1,998.
func Number(n int) string { return humanize.Comma(int64(n)) }

// plural writes a count with its noun: "1 row", "1,998 rows".
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Number(n) + " " + many
}

// Age says how long ago something was, in words: "just now", "12 min ago".
func Age(then, now time.Time) string {
	d := now.Sub(then)
	switch {
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return fmt.Sprintf("%d min ago", int(d.Minutes()))
	case d < 24*time.Hour:
		return plural(int(d.Hours()), "hour", "hours") + " ago"
	case d < 60*24*time.Hour:
		return plural(int(d.Hours()/24), "day", "days") + " ago"
	default:
		return "on " + then.Format("2 Jan 2006")
	}
}
