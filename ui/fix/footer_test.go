package fix

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
)

func TestALongNameLosesItsMiddleAndKeepsItsState(t *testing.T) {
	test.NewTempApp(t)
	w := fileWords{name: "northwind-trading-all-users-2026-q3.xlsx", state: "not autosaved: save now"}
	whole := bodyWidth(w.String())
	if got := w.within(whole); got != w.String() {
		t.Errorf("where there is room it says %q", got)
	}
	got := w.within(whole - 100)
	if bodyWidth(got) > whole-100 {
		t.Errorf("%q is too wide", got)
	}
	for _, part := range []string{"northw", "…", "q3.xlsx", "not autosaved: save now"} {
		if !strings.Contains(got, part) {
			t.Errorf("%q does not say %q", got, part)
		}
	}
	if got := (fileWords{name: "users.csv"}).within(24); got != "" {
		t.Errorf("in hardly any room it says %q", got)
	}
}
