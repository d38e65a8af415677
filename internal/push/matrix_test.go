package push_test

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"rollcall/internal/account"
	"rollcall/internal/practice"
	"rollcall/internal/push"
)

// pace makes the quirks that only take time quick enough for a test.
func pace(s practice.Setting) practice.Setting {
	if s.Name == practice.SlowGroups {
		s.Value = "20ms"
	}
	return s
}

// lost is how many of the sixty rows a quirk makes impossible. All others are
// done, through every other quirk.
var lost = map[string]int{
	"write-lost=active":      9,
	"write-lost=displayName": 11,
	"write-lost=roles":       9,
}

// TestEveryQuirk pushes sixty rows through each quirk of the practice account
// and holds the outcomes against its database.
func TestEveryQuirk(t *testing.T) {
	for _, v := range practice.Variants() {
		t.Run(v.String(), func(t *testing.T) {
			t.Parallel()
			outcomes := through(t, pace(v))
			if missing := undone(outcomes); len(missing) != lost[v.String()] {
				t.Errorf("%d rows are not done, want %d:", len(missing), lost[v.String()])
				for _, line := range missing {
					t.Log(line)
				}
			}
		})
	}
}

// TestQuirksThatMeet pushes the same rows through pairs of quirks: each quirk
// with a few partners, or, with ROLLCALL_PAIRS=all, with every one that it can
// meet.
func TestQuirksThatMeet(t *testing.T) {
	all := os.Getenv("ROLLCALL_PAIRS") == "all"
	random := rand.New(rand.NewPCG(7, 7))
	variants := practice.Variants()
	for i, a := range variants {
		for _, b := range variants[i+1:] {
			if !practice.CanMeet(a, b) || unknowable(a, b) || !all && random.IntN(50) > 0 {
				continue
			}
			t.Run(a.String()+"+"+b.String(), func(t *testing.T) {
				t.Parallel()
				through(t, pace(a), pace(b))
			})
		}
	}
}

// unknowable says that the account neither pages nor searches, so that nobody
// can know whom it has.
func unknowable(a, b practice.Setting) bool {
	return a.Name == practice.FilterIgnored && b.Name == practice.StartIndexIgnored
}

// TestAnAccountThatCannotBeKnownIsRefused has the preview fail, in words,
// rather than guess who is there.
func TestAnAccountThatCannotBeKnownIsRefused(t *testing.T) {
	w := newStockWorld(t, true, practice.FilterIgnored.On(), practice.StartIndexIgnored.On())
	d, err := w.client.Sync(t.Context(), nil, nil)
	if err != nil || !d.Partial {
		t.Fatalf("the copy counts as whole: %v", err)
	}
	_, err = w.client.LookupAll(t.Context(), []string{"nobody@northwind.com"}, nil)
	if account.KindOf(err) != account.KindUnsupported || !strings.Contains(err.Error(), "shows only a part of its users") {
		t.Errorf("got %v", err)
	}
}

// pagingMatters says that the quirks show only in a directory of many pages.
func pagingMatters(quirks []practice.Setting) bool {
	for _, s := range quirks {
		if s.Name == practice.StartIndexIgnored || s.Name == practice.TotalIsPage {
			return true
		}
	}
	return false
}

// through pushes the rows and holds every outcome against the truth.
func through(t *testing.T, quirks ...practice.Setting) map[int]push.Outcome {
	w := newStockWorld(t, pagingMatters(quirks), quirks...)
	before := w.state()
	p := w.plan(sixtyRows())
	outcomes, summary, err := w.push(p, push.Options{})
	if err != nil {
		t.Fatalf("the push ended: %v", err)
	}
	truth(t, p, outcomes, before, w.state())
	if n := summary.Added + summary.Updated + summary.Unchanged + summary.Refused + summary.Failed + summary.NotTried; n != len(p.Entries) {
		t.Errorf("the summary counts %d rows, of %d", n, len(p.Entries))
	}
	if t.Failed() {
		for _, line := range undone(outcomes) {
			t.Log(line)
		}
	}
	return outcomes
}
