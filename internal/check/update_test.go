package check

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"rollcall/internal/account"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
)

// traps are cell texts of every sort, by column.
var traps = [roster.NumColumns][]string{
	{"Active", "Archived", "active", "Actve", "", " Active ", "Аctive", "=1"},
	{"Ann", " Ann", "", "Doe, John", "=x", "Ann\u200b", "María"},
	{"ann@x.org", "ANN@x.org", "bob@x.org", "amara.okafor@northwind.com", "bob@x.org ", "", "broken", "mailto:ann@x.org", "ann@bücher.de", "ann@xn--bcher-kva.de"},
	{"User", "Admin", "admin", "Superviser", ""},
	{"Trading", "trading;EMEA", "none,Trading", "", "Foo", "EMEA,emea"},
	{"", "slack:U02AMARA", "slack:U02TOMEK", "slack:U0BBBBBBB", "Slack:u0bbbbbbb", "slack:U0BBBBBBB,teams:a@b.co", "teams:a@b.co", "U02", "whatsap:x"},
}

func randomRow(rng *rand.Rand) []string {
	cells := make([]string, roster.NumColumns)
	for c := range cells {
		cells[c] = traps[c][rng.IntN(len(traps[c]))]
	}
	return cells
}

// everything lists the findings of the rows, in words.
func everything(e *Engine, rows []sheet.RowID) (lines []string) {
	for f := range e.AllIn(rows) {
		lines = append(lines, fmt.Sprintf("%d %s %q %s %v %v %q keep %q", f.Row, f.Column, f.Value, say(f), f.Other, f.Choices, f.Part, f.Keep))
	}
	errs, warns, er, wr := e.Counts()
	lines = append(lines, fmt.Sprint(errs, warns, er, wr))
	for _, r := range rows {
		for c := range roster.Column(roster.NumColumns) {
			if s := e.Worst(r, c); s != None {
				lines = append(lines, fmt.Sprint(r, c, s))
			}
		}
	}
	for _, f := range e.Whole() {
		lines = append(lines, say(f))
	}
	return lines
}

// Random edits, insertions, deletions and undos leave the same findings as a
// fresh check of the sheet.
func TestAnEditLeavesWhatAFreshCheckFinds(t *testing.T) {
	for _, dir := range []*account.Directory{testDirectory(), nil} {
		for round := range uint64(10) {
			rng := rand.New(rand.NewPCG(round, 1))
			var rows [][]string
			for range 12 {
				rows = append(rows, randomRow(rng))
			}
			e, s, v := ran(t, dir, rows...)
			for step := range 30 {
				change(rng, e, s, v)
				fresh := New(dir)
				if err := fresh.Run(context.Background(), v, s.Rows(), nil); err != nil {
					t.Fatal(err)
				}
				got, want := everything(e, s.Rows()), everything(fresh, s.Rows())
				if !slices.Equal(got, want) {
					t.Fatalf("round %d step %d:\n got %q\nwant %q", round, step, got, want)
				}
				if got, want := summary(e), summary(fresh); got != want {
					t.Fatalf("round %d step %d: the panel\n got %s\nwant %s", round, step, got, want)
				}
			}
		}
	}
}

// summary is the panel without what depends on the order of inserted rows.
func summary(e *Engine) string {
	text := ""
	for _, g := range e.Groups() {
		text += fmt.Sprint(g.Code, g.Count, g.Certain, g.Severity)
		for _, v := range g.Values {
			rows := e.RowsWith(v.Code, v.Value)
			slices.Sort(rows)
			text += fmt.Sprintf(" %q %d %v %q", v.Value, v.Count, rows, v.Suggestion)
			if !slices.Contains(rows, v.First) {
				text += fmt.Sprintf(" (first %d)", v.First)
			}
		}
		text += "\n"
	}
	return text
}

func change(rng *rand.Rand, e *Engine, s *sheet.Sheet, v roster.View) {
	var step sheet.Step
	pick := func() sheet.RowID { return s.RowAt(rng.IntN(s.Len())) }
	switch n := rng.IntN(10); {
	case n == 0 && s.Len() > 3:
		step = s.Apply("delete", sheet.DeleteRows{Rows: []sheet.RowID{pick(), pick()}})
	case n == 1:
		step = s.Apply("insert", sheet.InsertRows{Row: pick(), Texts: [][]string{randomRow(rng), randomRow(rng)}})
	case n == 2:
		step, _ = s.Undo()
	default:
		var ops []sheet.Op
		for range 1 + rng.IntN(3) {
			c := rng.IntN(roster.NumColumns)
			ops = append(ops, sheet.SetCell{Row: pick(), Col: c, Text: traps[c][rng.IntN(len(traps[c]))]})
		}
		step = s.Apply("edit", ops...)
	}
	e.Update(v, step.Rows(), step.Deleted)
}

// What is found does not depend on the number of cores.
func TestOneCoreFindsWhatManyFind(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	var rows [][]string
	for range 3 * chunkRows / 2 {
		rows = append(rows, randomRow(rng))
	}
	many, s, _ := ran(t, testDirectory(), rows...)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	one, _, _ := ran(t, testDirectory(), rows...)
	if !slices.Equal(everything(many, s.Rows()), everything(one, s.Rows())) {
		t.Error("the findings differ")
	}
	if summary(many) != summary(one) {
		t.Error("the panels differ")
	}
}

// A sheet where every row has the same e-mail is no slower to edit: only the
// rows that the edit can change are touched.
func TestAnEditTouchesOnlyWhoIsAffected(t *testing.T) {
	rows := make([][]string, 500)
	for i := range rows {
		rows[i] = row("Primary Email", "same@x.org")
	}
	e, s, v := ran(t, nil, rows...)
	set := func(i int, text string) []sheet.RowID {
		r := s.RowAt(i)
		s.Apply("edit", sheet.SetCell{Row: r, Col: int(roster.Email), Text: text})
		return e.Update(v, []sheet.RowID{r}, nil)
	}
	if got := set(3, "other@x.org"); !slices.Equal(got, []sheet.RowID{4}) {
		t.Errorf("one of five hundred leaves: touched %v", got)
	}
	if got := set(8, "other@x.org"); !slices.Equal(got, []sheet.RowID{4, 9}) {
		t.Errorf("a twin appears: touched %v", got)
	}
	if got := set(8, "third@x.org"); !slices.Equal(got, []sheet.RowID{4, 9}) {
		t.Errorf("a twin goes: touched %v", got)
	}
	if e.Worst(s.RowAt(3), roster.Email) != None {
		t.Error("the row that is alone again still has a finding")
	}
	if n := len(e.Cell(s.RowAt(0), roster.Email)[0].Other); n != MaxOther {
		t.Errorf("%d twins are listed", n)
	}
}

// What the account refused stands on the cell until the row is edited.
func TestARefusalStaysUntilTheRowIsEdited(t *testing.T) {
	e, s, v := ran(t, testDirectory(), row(), row("Primary Email", "bob@x.org"))
	r := s.RowAt(0)
	e.Refuse(r, roster.Email, "The mailbox is on hold.")
	e.Update(v, []sheet.RowID{s.RowAt(1)}, nil)
	if got := e.Cell(r, roster.Email); len(got) != 1 || got[0].Code != Refused || got[0].Message != "The mailbox is on hold." || got[0].Severity != Error {
		t.Fatalf("got %+v", got)
	}
	if errs, _, rows, _ := e.Counts(); errs != 1 || rows != 1 {
		t.Errorf("counted %d errors in %d rows", errs, rows)
	}
	s.Apply("edit", sheet.SetCell{Row: r, Col: int(roster.Name), Text: "Ann"})
	e.Update(v, []sheet.RowID{r}, nil)
	if got := e.Row(r); len(got) != 0 {
		t.Errorf("after the edit: %+v", got)
	}
}

// The text in the editor is judged with the rows around it, and nothing is
// kept of it.
func TestLiveKnowsTheOtherRows(t *testing.T) {
	e, s, v := ran(t, testDirectory(), row(), row("Primary Email", "bob@x.org", "Source Username(s)", "slack:U0BBBBBBB"))
	r := s.RowAt(0)
	if got := e.Live(v, r, roster.Email, "Bob@x.org"); len(got) != 1 || got[0].Code != EmailDuplicate || got[0].Other[0] != s.RowAt(1) {
		t.Errorf("same e-mail: %+v", got)
	}
	if got := e.Live(v, r, roster.Sources, "slack:U0BBBBBBB"); len(got) != 1 || got[0].Code != IdentifierDuplicate {
		t.Errorf("same identifier: %+v", got)
	}
	if got := e.Live(v, r, roster.Role, "Superviser"); len(got) != 1 || got[0].Suggestion != "Supervisor" {
		t.Errorf("role: %+v", got)
	}
	if got := e.Row(r); len(got) != 0 {
		t.Errorf("something was kept: %+v", got)
	}
	// Its own e-mail is no twin of itself.
	if got := e.Live(v, r, roster.Email, "Ann.Lee@northwind.com"); len(got) != 0 {
		t.Errorf("its own e-mail: %+v", got)
	}
}

// TestARefusalOfARowThatIsGoneIsNotTakenOver puts what the account said in an
// engine whose sheet has lost one of the rows.
func TestARefusalOfARowThatIsGoneIsNotTakenOver(t *testing.T) {
	old, s, v := ran(t, testDirectory(), row("Primary Email", "ann@northwind.com"), row("Primary Email", "bob@northwind.com"))
	ann, bob := s.RowAt(0), s.RowAt(1)
	old.Refuse(ann, roster.Email, "Taken.")
	old.Refuse(bob, roster.Email, "Taken.")
	s.Apply("", sheet.DeleteRows{Rows: []sheet.RowID{ann}})
	e := New(testDirectory())
	if err := e.Run(context.Background(), v.Over(s.Snapshot()), s.Rows(), nil); err != nil {
		t.Fatal(err)
	}
	e.RefuseAll(old.Refusals())
	if errors, _, rows, _ := e.Counts(); errors != 1 || rows != 1 || len(e.Cell(bob, roster.Email)) != 1 {
		t.Errorf("%d errors in %d rows: %+v", errors, rows, e.Cell(bob, roster.Email))
	}
}
