package practice

import (
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/spf13/pflag"
)

// always is a fault that hits each request.
func always(fault Name) Setting { return fault.As("1") }

func TestFaultsThatStrikeBeforeAnythingIsDone(t *testing.T) {
	for _, test := range []struct {
		fault  Name
		status int // 0 is a broken connection
	}{
		{Fail500, 500}, {Fail503, 503}, {Fail429, 429}, {HTMLError, 502}, {DropBefore, 0},
	} {
		t.Run(string(test.fault), func(t *testing.T) {
			c := empty(t, always(test.fault))
			g := c.try("POST", "/Users", user("ada@x.org"))
			if g.Status != test.status || (g.Err == nil) != (test.status != 0) {
				t.Errorf("answered %d, %v", g.Status, g.Err)
			}
			if test.fault == HTMLError && (!strings.HasPrefix(g.Raw, "<!DOCTYPE html>") || g.Header.Get("Content-Type") != "text/html") {
				t.Errorf("answered %s", g.Raw)
			}
			if n := len(c.dump().Users); n != 0 {
				t.Errorf("%d users were made", n)
			}
		})
	}
}

func TestFaultsThatStrikeAfterTheWorkIsDone(t *testing.T) {
	for _, fault := range []Name{DropAfter, CutShort} {
		t.Run(string(fault), func(t *testing.T) {
			c := empty(t, always(fault))
			g := c.try("POST", "/Users", user("ada@x.org"))
			if g.Err == nil {
				t.Errorf("answered %d %s", g.Status, g.Raw)
			}
			if fault == CutShort && (g.Status != 201 || !strings.HasPrefix(g.Raw, "{") || strings.HasSuffix(g.Raw, "}\n")) {
				t.Errorf("answered %d %q", g.Status, g.Raw)
			}
			if counts := c.srv.Counts(); counts.Creations["ada@x.org"] != 1 {
				t.Errorf("created %v", counts.Creations)
			}
			c.person("ada@x.org")
		})
	}
}

func TestAHungRequestEndsWithTheServer(t *testing.T) {
	c := empty(t, always(Hang))
	done := make(chan got)
	go func() { done <- c.try("POST", "/Users", user("ada@x.org")) }()
	for c.srv.Counts().Total == 0 {
		time.Sleep(time.Millisecond) // no event tells that a request has arrived
	}
	if err := c.srv.Close(); err != nil {
		t.Fatal(err)
	}
	if g := <-done; g.Err == nil {
		t.Errorf("answered %d", g.Status)
	}
}

func TestADripGivesTheWholeAnswer(t *testing.T) {
	c := empty(t)
	c.srv.dripPause = time.Millisecond
	want := c.do(200, "GET", "/Sources", nil).Raw
	c.srv.SetQuirks(On(always(SlowDrip)))
	if g := c.do(200, "GET", "/Sources", nil); g.Raw != want {
		t.Errorf("dripped %s", g.Raw)
	}
}

func TestSharesAreDecidedBySeed(t *testing.T) {
	run := func(seed string) (pattern string) {
		c := empty(t, Fail500.As("0.3"), FailSeed.As(seed))
		for range 60 {
			if g := c.try("GET", "/ServiceProviderConfig", nil); g.Status == 500 {
				pattern += "x"
			} else {
				pattern += "."
			}
		}
		return pattern
	}
	a, b, other := run("7"), run("7"), run("8")
	if a != b || a == other {
		t.Errorf("seed 7 gives\n%s\n%s\nand 8\n%s", a, b, other)
	}
	if n := strings.Count(a, "x"); n < 8 || n > 30 {
		t.Errorf("%d of 60 fail at a share of 0.3", n)
	}
}

func TestTheRateLimitSaysWhenToComeBack(t *testing.T) {
	now := time.Date(2026, 5, 1, 12, 0, 0, 250e6, time.UTC)
	for form, want := range map[string]string{"seconds": "1", "fraction": "0.5", "date": "Fri, 01 May 2026 12:00:01 GMT", "absent": ""} {
		c := start(t, Options{Empty: true, Now: func() time.Time { return now }, Quirks: On(RateLimit.As("2"), RetryAfter.As(form))})
		c.do(200, "GET", "/Users", nil)
		c.do(200, "GET", "/Users", nil)
		g := c.do(429, "GET", "/Users", nil)
		if have := g.Header.Get("Retry-After"); have != want {
			t.Errorf("%s is %q, not %q", form, have, want)
		}
		g.has(`"429"`, "status")
	}
}

func TestNewUsersAreLimitedByTheMinute(t *testing.T) {
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	c := start(t, Options{Empty: true, Now: func() time.Time { return now }, Quirks: On(CreatesPerMinute.As("2"))})
	c.make(user("a@x.org"))
	now = now.Add(20 * time.Second)
	c.make(user("b@x.org"))
	if have := c.do(429, "POST", "/Users", user("c@x.org")).Header.Get("Retry-After"); have != "40" {
		t.Errorf("Retry-After is %q", have)
	}
	c.do(200, "GET", "/Users", nil)
	c.do(200, "POST", "/Bulk", bulkOf(post("1", "/Users", user("c@x.org")))).has(`"429"`, "Operations", 0, "status")
	now = now.Add(40 * time.Second)
	c.make(user("c@x.org"))
}

func TestNewUsersAreLimitedByTheHour(t *testing.T) {
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	c := start(t, Options{Empty: true, Now: func() time.Time { return now }, Quirks: On(CreatesPerHour.As("3"), CreatesPerMinute.As("2"))})
	c.make(user("a@x.org"))
	c.make(user("b@x.org"))
	if have := c.do(429, "POST", "/Users", user("c@x.org")).Header.Get("Retry-After"); have != "60" {
		t.Errorf("within the minute Retry-After is %q", have)
	}
	now = now.Add(10 * time.Minute)
	c.make(user("c@x.org"))
	if have := c.do(429, "POST", "/Users", user("d@x.org")).Header.Get("Retry-After"); have != "3000" {
		t.Errorf("within the hour Retry-After is %q", have)
	}
	now = now.Add(50 * time.Minute)
	c.make(user("d@x.org"))
}

func TestWritesAreLimitedAndReadsAreFree(t *testing.T) {
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	c := start(t, Options{Empty: true, Now: func() time.Time { return now }, Quirks: On(WritesPerSecond.As("2"))})
	c.make(user("a@x.org"))
	c.make(user("b@x.org"))
	if have := c.do(429, "POST", "/Users", user("c@x.org")).Header.Get("Retry-After"); have != "1" {
		t.Errorf("Retry-After is %q", have)
	}
	for range 10 {
		c.do(200, "GET", "/Users", nil)
		c.do(200, "POST", "/Users/.search", map[string]any{"schemas": []string{urnSearch}})
	}
	now = now.Add(time.Second)
	c.make(user("c@x.org"))
}

func TestATokenExpires(t *testing.T) {
	c := empty(t, TokenExpires.As("2"))
	c.do(200, "GET", "/Users", nil)
	c.do(200, "GET", "/Users", nil)
	if h := c.do(401, "GET", "/Users", nil).Header.Get("WWW-Authenticate"); !strings.Contains(h, `error="invalid_token"`) {
		t.Errorf("challenged by %q", h)
	}
	c.srv.RenewToken()
	c.do(200, "GET", "/Users", nil)
}

func TestLatencyIsPerRequestAndSideBySide(t *testing.T) {
	c := start(t, Options{Empty: true, Latency: 50 * time.Millisecond})
	began := time.Now()
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if g := c.try("GET", "/Users", nil); g.Status != http.StatusOK {
				t.Errorf("answered %d, %v", g.Status, g.Err)
			}
		})
	}
	wait.Wait()
	if took := time.Since(began); took < 50*time.Millisecond {
		t.Errorf("took %v", took)
	}
	if most := c.srv.Counts().MaxInFlight; most < 2 {
		t.Errorf("at most %d requests were under way at one time", most)
	}
}

func TestManyAtOnceMakeNoDouble(t *testing.T) {
	c := empty(t)
	var wait sync.WaitGroup
	made := make(chan int, 16)
	for i := range 16 {
		wait.Go(func() {
			name := "ada@x.org"
			if i%2 == 0 {
				name = "ADA@x.org"
			}
			made <- c.try("POST", "/Users", user(name)).Status
		})
	}
	wait.Wait()
	close(made)
	created := 0
	for status := range made {
		switch status {
		case http.StatusCreated:
			created++
		case http.StatusConflict:
		default:
			t.Errorf("answered %d", status)
		}
	}
	if created != 1 || len(c.dump().Users) != 1 {
		t.Errorf("%d were created, %d are there", created, len(c.dump().Users))
	}
}

func TestEverySwitchIsAFlag(t *testing.T) {
	fs := pflag.NewFlagSet("sandbox", pflag.ContinueOnError)
	flags := BindFlags(fs)
	err := fs.Parse([]string{"--latency", "80ms", "--empty", "--db", "x.db", "--addr", "127.0.0.1:4711", "--token=T",
		"--no-bulk", "--or-filter", "empty", "--page-cap=7", "--fail-500", "0.1"})
	if err != nil {
		t.Fatal(err)
	}
	o := flags.Options()
	if o.Addr != "127.0.0.1:4711" || o.Token != "T" || o.DB != "x.db" || !o.Empty {
		t.Errorf("options %+v", o)
	}
	if have := o.Quirks.String(); have != "fail-500=0.1 latency=80ms no-bulk or-filter=empty page-cap=7" {
		t.Errorf("quirks %s", have)
	}
	help := fs.FlagUsages()
	for _, q := range Quirks {
		if !strings.Contains(help, "--"+string(q.Name)) || !strings.Contains(help, q.Help) {
			t.Errorf("%s is not in the help", q.Name)
		}
	}
	for _, bad := range []string{"--page-cap=x", "--or-filter=x", "--latency=5", "--nonsense"} {
		other := pflag.NewFlagSet("sandbox", pflag.ContinueOnError)
		BindFlags(other)
		if err := other.Parse([]string{bad}); err == nil {
			t.Errorf("%s is taken", bad)
		}
	}
}

func TestTheReadyLine(t *testing.T) {
	c := start(t, Options{Empty: true, Token: `a"b`})
	want := `{"url":` + strconv.Quote(c.srv.URL()) + `,"token":"a\"b"}`
	if have := c.srv.Ready(); have != want {
		t.Errorf("ready: %s, not %s", have, want)
	}
}
