package push_test

import (
	"fmt"
	"testing"
	"time"

	"rollcall/internal/account"
	"rollcall/internal/practice"
	"rollcall/internal/push"
)

// BenchmarkTwoThousand pushes 2,000 new users in one group at 80 ms a request,
// the directory synced before, and tells the ratio to the theoretical time.
func BenchmarkTwoThousand(b *testing.B) {
	for _, way := range []struct {
		name   string
		quirks []practice.Setting
		theory time.Duration
	}{
		{"workers", []practice.Setting{practice.NoBulk.On()}, 20 * time.Second},
		{"bulk", nil, 4 * 80 * time.Millisecond},
	} {
		b.Run(way.name, func(b *testing.B) {
			for range b.N {
				w := newWorld(b, practice.Options{}, way.quirks...)
				var rows []account.User
				for i := range 2000 {
					rows = append(rows, account.User{Email: fmt.Sprintf("bench%d@northwind.com", i), DisplayName: fmt.Sprintf("Bench %d", i), Active: true, Role: "User", Groups: []string{"Trading"}})
				}
				p := w.plan(rows)
				w.server.SetQuirks(practice.On(way.quirks...).With(practice.Latency.As("80ms")))
				start := time.Now()
				_, s, err := w.push(p, push.Options{})
				if err != nil || s.Added != 2000 {
					b.Fatal(err, s)
				}
				b.ReportMetric(time.Since(start).Seconds()/way.theory.Seconds(), "ratio")
				b.ReportMetric(float64(s.Requests), "requests")
			}
		})
	}
}
