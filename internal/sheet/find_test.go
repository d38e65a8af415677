package sheet_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"rollcall/internal/problem"
	"rollcall/internal/sheet"
)

func TestFind(t *testing.T) {
	for _, c := range []struct {
		query sheet.Query
		text  string
		want  []sheet.Span
	}{
		{sheet.Query{Text: "ad"}, "Ada, ADA", []sheet.Span{{0, 2}, {5, 7}}},
		{sheet.Query{Text: "ad", MatchCase: true}, "Ada, adad", []sheet.Span{{5, 7}, {7, 9}}},
		{sheet.Query{Text: "STRASSE É"}, "strasse é", []sheet.Span{{0, 10}}},
		{sheet.Query{Text: "a.b*"}, "aXb a.b*", []sheet.Span{{4, 8}}},
		{sheet.Query{Text: "user", WholeCell: true}, "Power user", nil},
		{sheet.Query{Text: "user", WholeCell: true}, "USER", []sheet.Span{{0, 4}}},
		{sheet.Query{Text: "User", WholeCell: true, MatchCase: true}, "User", []sheet.Span{{0, 4}}},
		{sheet.Query{Text: "a|ab", Regexp: true, WholeCell: true}, "ab", []sheet.Span{{0, 2}}},
		{sheet.Query{Text: `a.c`, Regexp: true}, "a\nc", []sheet.Span{{0, 3}}},
		{sheet.Query{Text: `\d+`, Regexp: true}, "a1b22", []sheet.Span{{1, 2}, {3, 5}}},
		{sheet.Query{Text: `^$`, Regexp: true}, "", []sheet.Span{{0, 0}}},
		{sheet.Query{Text: `山`}, "山本山", []sheet.Span{{0, 3}, {6, 9}}},
		{sheet.Query{}, "anything", nil},
		{sheet.Query{Regexp: true}, "anything", nil},
	} {
		f, err := c.query.Compile()
		want(t, err, error(nil))
		if got := f.Spans(c.text); !slices.Equal(got, c.want) {
			t.Errorf("%+v in %q: %v, want %v", c.query, c.text, got, c.want)
		}
		want(t, f.Match(c.text), len(c.want) > 0)
	}
}

func TestReplace(t *testing.T) {
	for _, c := range []struct {
		query sheet.Query
		with  string
		text  string
		want  string
		n     int
	}{
		{sheet.Query{Text: "superviser"}, "Supervisor", "Superviser, superviser", "Supervisor, Supervisor", 2},
		{sheet.Query{Text: "$"}, "$1", "5$", "5$1", 1},
		{sheet.Query{Text: "$", MatchCase: true}, "$1$$", "5$", "5$1$$", 1},
		{sheet.Query{Text: `(\w+), (\w+)`, Regexp: true}, "$2 $1", "Doe, John", "John Doe", 1},
		{sheet.Query{Text: `(\w+), (\w+)`, Regexp: true}, "$2x$1", "Doe, John", "JohnxDoe", 1},
		{sheet.Query{Text: `a`, Regexp: true}, "$$5 $x $0", "a", "$5 $x a", 1},
		{sheet.Query{Text: `^$`, Regexp: true}, "none", "", "none", 1},
		{sheet.Query{Text: `x`}, "", "y", "y", 0},
	} {
		f, err := c.query.Compile()
		want(t, err, error(nil))
		r, err := f.With(c.with)
		want(t, err, error(nil))
		if got, n := r.Replace(c.text); got != c.want || n != c.n {
			t.Errorf("%+v with %q in %q: %q %d", c.query, c.with, c.text, got, n)
		}
	}
}

func TestWhatCannotBeSearchedIsSaidInASentence(t *testing.T) {
	_, err := sheet.Query{Text: "a(b", Regexp: true}.Compile()
	want(t, problem.Sentence(err), "This is not a complete regular expression: look at “a(b”. Nothing was searched.")
	f, _ := sheet.Query{Text: "(a)", Regexp: true}.Compile()
	_, err = f.With("$2")
	want(t, problem.Sentence(err), "The replacement uses “$2”, but the expression has only one group. Write $$ for a dollar sign. Nothing was replaced.")
}

func TestReplaceAllListsWhatWouldChangeAndChangesNothing(t *testing.T) {
	s := people()
	snap := s.Snapshot()
	f, _ := sheet.Query{Text: "superviser"}.Compile()
	r, _ := f.With("Supervisor")
	list, err := sheet.ReplaceAll(t.Context(), snap.Rows(), []int{0, 1}, snap.Text, r)
	want(t, err, error(nil))
	want(t, list, []sheet.Replacement{
		{Row: 2, Col: 1, Old: "Superviser", New: "Supervisor", Matches: 1},
		{Row: 4, Col: 1, Old: "Superviser", New: "Supervisor", Matches: 1},
	})
	hits, matches, err := sheet.FindAll(t.Context(), snap.Rows(), []int{0, 1}, snap.Text, f)
	want(t, err, error(nil))
	want(t, []int{len(hits), matches}, []int{2, 2})
	want(t, content(s), original)
}

func TestSortReadsNumbersAndLettersAsPeopleDo(t *testing.T) {
	for _, c := range []struct {
		texts      []string
		descending bool
		want       []string
	}{
		{[]string{"a10", "a2", "A1", "", "a1"}, false, []string{"a1", "A1", "a2", "a10", ""}},
		{[]string{"a10", "", "a2"}, true, []string{"a10", "a2", ""}},
		{[]string{"Zoë", "Émile", "Eve", "eva", "Ömer", "Olga"}, false, []string{"Émile", "eva", "Eve", "Olga", "Ömer", "Zoë"}},
		{[]string{"P 10 V", "P 1 V", "P 0 V", "P 00 W", "P 9 V", "P"}, false, []string{"P", "P 0 V", "P 00 W", "P 1 V", "P 9 V", "P 10 V"}},
		{[]string{"0", "007", "10", "06", "-", "x"}, false, []string{"-", "0", "06", "007", "10", "x"}},
		{[]string{"100", "9", "20"}, false, []string{"9", "20", "100"}},
	} {
		rows := make([]sheet.RowID, len(c.texts))
		for i := range rows {
			rows[i] = sheet.RowID(i)
		}
		sorted, err := sheet.Sort(t.Context(), rows, func(r sheet.RowID, _ int) string { return c.texts[r] },
			sheet.SortKey{Descending: c.descending})
		want(t, err, error(nil))
		var got []string
		for _, r := range sorted {
			got = append(got, c.texts[r])
		}
		want(t, got, c.want)
	}
}

func TestSortIsStableOverManyRowsAndKeys(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 7))
	const n = 100_000
	rows := make([]sheet.RowID, n)
	texts := make([][2]string, n)
	for i := range rows {
		rows[i] = sheet.RowID(i)
		texts[i] = [2]string{fmt.Sprint("g", rnd.IntN(5)), fmt.Sprint(rnd.IntN(1000))}
	}
	text := func(r sheet.RowID, col int) string { return texts[r][col] }
	sorted, err := sheet.Sort(t.Context(), rows, text, sheet.SortKey{Col: 0, Descending: true}, sheet.SortKey{Col: 1})
	want(t, err, error(nil))
	number := func(r sheet.RowID) (n int) { fmt.Sscan(texts[r][1], &n); return n }
	for i := 1; i < n; i++ {
		a, b := sorted[i-1], sorted[i]
		switch ga, gb := texts[a][0], texts[b][0]; {
		case ga < gb,
			ga == gb && number(a) > number(b),
			ga == gb && number(a) == number(b) && a > b:
			t.Fatalf("%v before %v", texts[a], texts[b])
		}
	}
}

func TestFilterKeepsTheOrder(t *testing.T) {
	s := people()
	got, err := sheet.Filter(t.Context(), s.Rows(), func(r sheet.RowID) bool { return s.Text(r, 1) == "Superviser" })
	want(t, err, error(nil))
	want(t, got, []sheet.RowID{2, 4})
}

func TestWorkStopsWhenItIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s := numbers(5000)
	rows := s.Rows()
	f, _ := sheet.Query{Text: "1"}.Compile()
	r, _ := f.With("2")
	_, err1 := sheet.Filter(ctx, rows, func(sheet.RowID) bool { return true })
	_, err2 := sheet.Sort(ctx, rows, s.Text, sheet.SortKey{})
	_, _, err3 := sheet.FindAll(ctx, rows, []int{0}, s.Text, f)
	_, err4 := sheet.ReplaceAll(ctx, rows, []int{0}, s.Text, r)
	for _, err := range []error{err1, err2, err3, err4} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("went on: %v", err)
		}
	}
}
