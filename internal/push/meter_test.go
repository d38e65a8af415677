package push

import (
	"testing"
	"time"
)

// clock is a time that goes on when it is told to.
type clock struct{ t time.Time }

func (c *clock) now() time.Time       { return c.t }
func (c *clock) wait(d time.Duration) { c.t = c.t.Add(d) }

func TestTheRateIsThatOfLately(t *testing.T) {
	c := &clock{time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)}
	m := newMeter(c.now)
	if m.rate() != 0 {
		t.Errorf("a rate of %g before anything was done", m.rate())
	}
	if left, known := m.left(10); known {
		t.Errorf("%v are left before anything was done", left)
	}
	if _, known := m.left(0); !known {
		t.Error("nothing is left, and that is not known")
	}
	done := 0
	for range 40 { // 10 a second for 4 seconds
		c.wait(100 * time.Millisecond)
		done++
		m.at(done)
	}
	if got := m.rate(); got < 9.9 || got > 10.1 {
		t.Errorf("%g a second, want 10", got)
	}
	if left, known := m.left(100); !known || left.Round(time.Second) != 10*time.Second {
		t.Errorf("%v are left for 100 rows", left)
	}
	for range 40 { // 1 a second for 40 seconds: the quick start is forgotten
		c.wait(time.Second)
		done++
		m.at(done)
	}
	if got := m.rate(); got < 0.9 || got > 1.1 {
		t.Errorf("%g a second, want 1", got)
	}
}

func TestAPauseCountsForNothing(t *testing.T) {
	c := &clock{time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)}
	m := newMeter(c.now)
	for n := range 20 {
		c.wait(100 * time.Millisecond)
		m.at(n + 1)
	}
	c.wait(time.Hour)
	m.skip(time.Hour)
	if got := m.rate(); got < 9.9 || got > 10.1 {
		t.Errorf("%g a second after an hour's pause, want 10", got)
	}
}
