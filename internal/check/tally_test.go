package check

import (
	"fmt"
	"slices"
	"testing"

	"rollcall/internal/roster"
	"rollcall/internal/sheet"
)

// Of very many values some are followed; when those are mended, others are.
func TestThePanelDoesNotRunDryWhileThereAreFindings(t *testing.T) {
	rows := make([][]string, 2*trackedValues)
	for i := range rows {
		rows[i] = row("Primary Email", fmt.Sprintf("broken%d", i))
	}
	e, s, v := ran(t, nil, rows...)
	for done := 0; done < len(rows); done += 100 {
		g := e.Groups()[0]
		if left := len(rows) - done; g.Code != EmailInvalid || g.Count != left || len(g.Values) != min(MaxValues, left) || g.MoreValues != left-len(g.Values) {
			t.Fatalf("after %d: %s ×%d with %d values and %d more", done, g.Code, g.Count, len(g.Values), g.MoreValues)
		}
		var changed []sheet.RowID
		for i := range 100 {
			r := s.RowAt(done + i)
			s.Apply("edit", sheet.SetCell{Row: r, Col: int(roster.Email), Text: fmt.Sprintf("ann%d@x.org", done+i)})
			changed = append(changed, r)
		}
		e.Update(v, changed, nil)
	}
	if got := e.Groups(); len(got) != 0 {
		t.Errorf("left: %+v", got)
	}
}

// The first row of a value is the first that still has it.
func TestTheFirstRowOfAValueFollowsTheEdits(t *testing.T) {
	var rows [][]string
	for i := range 60 {
		rows = append(rows, row("Primary Email", fmt.Sprintf("ann%d@x.org", i), "Role", fmt.Sprintf("Boss%c", 'A'+i%20)))
	}
	e, s, v := ran(t, nil, rows...)
	firsts := func() (list []sheet.RowID) {
		for _, value := range e.Groups()[0].Values {
			list = append(list, value.First)
		}
		slices.Sort(list)
		return list
	}
	set := func(role string, at ...int) {
		var changed []sheet.RowID
		for _, i := range at {
			s.Apply("edit", sheet.SetCell{Row: s.RowAt(i), Col: int(roster.Role), Text: role})
			changed = append(changed, s.RowAt(i))
		}
		e.Update(v, changed, nil)
	}
	set("User", 0, 1, 21)
	want := []sheet.RowID{3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 42}
	if got := firsts(); !slices.Equal(got, want) {
		t.Errorf("two are mended: %v, want %v", got, want)
	}
	set("User", 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)
	want = []sheet.RowID{15, 16, 17, 18, 19, 20, 21, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 42}
	if got := firsts(); !slices.Equal(got, want) {
		t.Errorf("many are mended: %v, want %v", got, want)
	}
	set("BossA", 2)
	want[0], want[1], want[2], want[3], want[4], want[5], want[6] = 3, 15, 16, 17, 18, 19, 20
	slices.Sort(want)
	want = slices.DeleteFunc(want, func(r sheet.RowID) bool { return r == 21 })
	if got := firsts(); !slices.Equal(got, want) {
		t.Errorf("one comes before: %v, want %v", got, want)
	}
}

func TestOneSlipIsOneLetterOrTwoSwapped(t *testing.T) {
	for pair, want := range map[[2]string]bool{
		{"gmail", "gmial"}: true, {"gmail", "gmai"}: true, {"gmail", "gmaill"}: true, {"gmail", "gmoil"}: true,
		{"gmail", "gmail"}: false, {"gmail", "gmlia"}: false, {"gmail", "mgial"}: false, {"", "a"}: true, {"", ""}: false, {"ab", ""}: false,
		{"münchen", "munchen"}: true, {"münchen", "mnuchen"}: false, {"müen", "meün"}: true, {"aa", "a"}: true, {"abab", "baba"}: false,
	} {
		if got := oneSlip(pair[0], pair[1]); got != want {
			t.Errorf("%q and %q: %v", pair[0], pair[1], got)
		}
	}
}
