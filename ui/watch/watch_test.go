package watch

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// clock is a time that the test moves by hand.
type clock struct{ at time.Time }

func (c *clock) now() time.Time       { return c.at }
func (c *clock) pass(d time.Duration) { c.at = c.at.Add(d) }

func recording(t *testing.T) (*clock, string) {
	t.Helper()
	c := &clock{at: time.Date(2026, 1, 2, 15, 4, 5, 123e6, time.UTC)}
	path := filepath.Join(t.TempDir(), "stalls")
	if err := start(path, c.now); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { current = nil })
	return c, path
}

func content(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestTheFileIsThereAndEmptyAtOnce(t *testing.T) {
	_, path := recording(t)
	if got := content(t, path); got != "" {
		t.Errorf("the file holds %q", got)
	}
}

func TestOnlyHandlersOfFiftyMillisecondsAreRecorded(t *testing.T) {
	c, path := recording(t)
	Do("key Down", func() { c.pass(49 * time.Millisecond) })
	Do("button fix.preview", func() { c.pass(50 * time.Millisecond) })
	want := `{"at":"2026-01-02T15:04:05.222Z","ms":50,"what":"button fix.preview"}` + "\n"
	if got := content(t, path); got != want {
		t.Errorf("recorded %q, want %q", got, want)
	}
}

func TestANestedHandlerCountsInItsOutermostOne(t *testing.T) {
	c, path := recording(t)
	Do("outer", func() {
		Do("inner", func() { c.pass(60 * time.Millisecond) })
		Took("measured", 60*time.Millisecond)
	})
	want := `{"at":"2026-01-02T15:04:05.183Z","ms":60,"what":"outer: inner"}` + "\n"
	if got := content(t, path); got != want {
		t.Errorf("recorded %q, want %q", got, want)
	}
}

func TestTheSummaryCountsHandlers(t *testing.T) {
	c, path := recording(t)
	Do("short", func() { c.pass(2 * time.Millisecond) })
	Post(func(f func()) { f() })(func() { c.pass(17 * time.Millisecond) })
	Stop()
	want := `{"handlers":2,"max_ms":17,"over_16ms":1,"summary":true}` + "\n"
	if got := content(t, path); got != want {
		t.Errorf("recorded %q, want %q", got, want)
	}
}

func TestWithoutARecordingTheWorkIsDoneAllTheSame(t *testing.T) {
	done := 0
	Do("any", func() { done++ })
	Wrap("any", func() { done++ })()
	Post(func(f func()) { f() })(func() { done++ })
	Took("any", time.Second)
	Stop()
	if done != 3 {
		t.Errorf("%d of 3 functions ran", done)
	}
}
