package workbench_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"rollcall/internal/check"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
	"rollcall/internal/workbench"
)

// afterwards is what is shown once the sheet has gained and lost rows, worked
// out one row at a time: a new row comes behind the row before it in the sheet,
// or last where that is not shown.
func afterwards(all, was, inserted []sheet.RowID) []sheet.RowID {
	shown := slices.DeleteFunc(slices.Clone(was), func(r sheet.RowID) bool { return !slices.Contains(all, r) })
	known := slices.Clone(shown)
	var last []sheet.RowID
	for i, r := range all {
		if !slices.Contains(inserted, r) {
			continue
		}
		switch {
		case i == 0:
			shown, known = slices.Insert(shown, 0, r), append(known, r)
		case slices.Contains(known, all[i-1]):
			shown, known = slices.Insert(shown, slices.Index(shown, all[i-1])+1, r), append(known, r)
		default:
			last = append(last, r)
		}
	}
	return append(shown, last...)
}

func TestRowsThatComeAndGoLeaveTheOthersInTheirPlaces(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 9))
	b, _ := newBench(t)
	var text strings.Builder
	text.WriteString(template)
	for i := range 60 {
		role := "User"
		if i%3 == 0 {
			role = "Boss"
		}
		fmt.Fprintf(&text, "Active,User %d,user%d@northwind.com,%s,none,\n", random.IntN(1000), i, role)
	}
	for _, view := range []struct {
		name   string
		filter workbench.Filter
		sorted bool
	}{
		{"errors alone", workbench.Filter{Kind: workbench.ShowErrors}, false},
		{"sorted", workbench.Filter{}, true},
		{"errors alone, sorted", workbench.Filter{Kind: workbench.ShowErrors}, true},
	} {
		t.Run(view.name, func(t *testing.T) {
			d := open(t, b, "a.csv", text.String())
			d.SetFilter(view.filter)
			if view.sorted {
				d.Sort(int(roster.Name), true)
			}
			for range 200 {
				was, before := slices.Clone(d.Rows()), d.AllRows()
				switch random.IntN(4) {
				case 0:
					d.InsertRows(before[random.IntN(len(before))], 1+random.IntN(3))
				case 1:
					d.InsertRows(sheet.None, 2)
				case 2:
					at := random.IntN(len(before) - 2)
					d.DeleteRows(before[at : at+1+random.IntN(2)])
				default:
					d.Undo()
				}
				now := d.AllRows()
				inserted := slices.DeleteFunc(slices.Clone(now), func(r sheet.RowID) bool { return slices.Contains(before, r) })
				if want := afterwards(now, was, inserted); !slices.Equal(d.Rows(), want) {
					t.Fatalf("shown are %v, want %v", d.Rows(), want)
				}
			}
		})
	}
}

// What is shown of a large sheet is looked for in pieces: what is edited
// between them counts, a later choice takes the place of an earlier one, and a
// sheet that was changed is arranged anew.
func TestALargeSheetIsFilteredInPieces(t *testing.T) {
	const rows = 250_000
	b, o := newBench(t)
	d := open(t, b, "large.csv", template+strings.Repeat("Active,Ann,,User,none,\n", rows))
	arranged := func() bool { return !d.Arranging() }
	told := 0
	d.OnChange(func(e workbench.Event) {
		if e.Kind == workbench.RowsChanged {
			told++
		}
	})
	d.SetFilter(workbench.Filter{Kind: workbench.ShowErrors})
	if arranged() || len(d.Rows()) != rows || !d.Filter().Empty() {
		t.Fatal("a large sheet was filtered at once")
	}
	first, last := d.Rows()[0], d.Rows()[rows-1]
	d.DeleteRows([]sheet.RowID{first, last})
	o.wait(t, arranged)
	if n := len(d.Rows()); n != rows-2 || d.IndexOf(last) >= 0 || d.Filter().Kind != workbench.ShowErrors {
		t.Fatalf("%d rows are shown", n)
	}
	told = 0
	d.SetFilter(workbench.Filter{Kind: workbench.ShowWarnings})
	d.SetFilter(workbench.Filter{Kind: workbench.ShowEdited})
	o.wait(t, func() bool { return arranged() && !b.Busy() })
	if len(d.Rows()) != 0 || told != 1 || d.Filter().Kind != workbench.ShowEdited {
		t.Fatalf("%d rows are shown, told %d times", len(d.Rows()), told)
	}
	found := -1
	d.FindCertain("", func(fixes []check.Fix) { found = len(fixes) })
	o.wait(t, func() bool { return found >= 0 && !b.Busy() })
	if found != 0 {
		t.Errorf("%d certain fixes", found)
	}
}
