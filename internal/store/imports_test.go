package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"rollcall/internal/plan"
	"rollcall/internal/problem"
)

func TestAnImportIsJournaledAndKeptInTheHistory(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	h.now = func() time.Time { return now }
	head := ImportHead{Profile: "acme", Account: "Acme", Path: "/users.csv", FileHash: "hash", Meta: json.RawMessage(`{"sheet":"Users"}`)}
	l, err := h.BeginImport(t.Context(), head, somePlan(t))
	ok(t, err)
	ok(t, l.Intend([]int{0, 1}))
	l.LogRequest(Request{At: now, Method: "PATCH", Path: "/Users/1", Status: 200, Took: time.Second, Note: "ok"})
	ok(t, l.Done(0, map[string]string{"outcome": "updated"}))
	recorded, err := l.Recorded()
	ok(t, err)
	want(t, len(recorded), 2)
	want(t, string(recorded[0]), `{"outcome":"updated"}`)
	want(t, recorded[1] == nil, true)

	// Another program sees it and cannot carry it on.
	other := open(t, h.Home(), nil)
	list, err := other.Unfinished(t.Context(), "acme", "hash")
	ok(t, err)
	want(t, len(list), 1)
	head.ID, head.Begun = l.ID(), now
	want(t, list[0], ImportInfo{ImportHead: head, Busy: true, Rows: 2, Started: 2, Done: 1})
	_, _, err = other.ResumeImport(t.Context(), l.ID())
	want(t, errors.Is(err, ErrBusy), true)
	want(t, problem.Sentence(err), "This import is under way in another window of Rollcall. Wait until it has ended there.")

	ok(t, l.Close()) // stopped
	again, p, err := other.ResumeImport(t.Context(), l.ID())
	ok(t, err)
	want(t, p, somePlan(t))
	want(t, p.Entries[0].Before.Groups, []string{"Trading"})
	ok(t, again.Intend([]int{0, 1})) // an outcome is not forgotten
	ok(t, again.Done(1, map[string]string{"outcome": "added"}))
	ok(t, again.Finish(map[string]int{"added": 1}, true))
	ok(t, again.Close())

	list, err = h.Unfinished(t.Context(), "acme", "")
	ok(t, err)
	want(t, len(list), 0)
	info, err := h.Import(t.Context(), l.ID()[:8])
	ok(t, err)
	want(t, []any{info.Complete, info.Busy, info.Done, string(info.Summary)}, []any{true, false, 2, `{"added":1}`})
	outcomes, err := h.Outcomes(t.Context(), l.ID())
	ok(t, err)
	want(t, fmt.Sprintf("%s", outcomes), `[{"outcome":"updated"} {"outcome":"added"}]`)
	requests, err := h.Requests(t.Context(), l.ID())
	ok(t, err)
	want(t, requests, []Request{{At: now, Method: "PATCH", Path: "/Users/1", Status: 200, Took: time.Second, Note: "ok"}})
}

func TestUnfinishedIsOfTheSameFileAndAccount(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	l := beginImport(t, h.Store, "acme", "hash")
	for _, c := range []struct {
		profile, hash string
		n             int
	}{{"acme", "hash", 1}, {"acme", "", 1}, {"acme", "other", 0}, {"other", "hash", 0}} {
		list, err := h.Unfinished(t.Context(), c.profile, c.hash)
		ok(t, err)
		want(t, len(list), c.n)
	}
	ok(t, l.Finish(nil, false)) // stopped by the user: it can be carried on
	list, err := h.Unfinished(t.Context(), "acme", "hash")
	ok(t, err)
	want(t, list[0].Ended.IsZero(), false)
}

func TestAnUndoIsFoundFromBothSides(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	first := beginImport(t, h.Store, "acme", "hash")
	undo, err := h.BeginImport(t.Context(), ImportHead{Profile: "acme", Undoes: first.ID()}, &plan.Plan{Reverse: true})
	ok(t, err)
	ok(t, undo.Close())
	list, err := h.Imports(t.Context(), "")
	ok(t, err)
	want(t, []string{list[0].ID, list[0].Undoes, list[1].ID, list[1].UndoneBy}, []string{undo.ID(), first.ID(), first.ID(), undo.ID()})
	p, err := h.ImportPlan(t.Context(), undo.ID())
	ok(t, err)
	want(t, p.Reverse, true)
}

func TestAnImportIsFoundByItsNameOrTheBeginningOfIt(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	for range 40 {
		ok(t, beginImport(t, h.Store, "acme", "hash").Close())
	}
	for _, id := range []string{"", "%", "_", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "' OR 1=1 --"} {
		_, err := h.Import(t.Context(), id)
		want(t, problem.Sentence(err), "There is no import “"+id+"” in the history.")
	}
	list, err := h.Imports(t.Context(), "acme")
	ok(t, err)
	first := map[byte]bool{}
	for _, i := range list {
		if first[i.ID[0]] {
			_, err = h.Import(t.Context(), i.ID[:1])
			want(t, problem.Sentence(err), "More than one import begins with “"+i.ID[:1]+"”. Give more of its name.")
			return
		}
		first[i.ID[0]] = true
	}
	t.Fatal("40 names with 32 letters, and no two begin alike")
}

func TestTwoProgramsImportAtOnce(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	for n := range 3 {
		h := open(t, dir, nil)
		wg.Go(func() {
			l, err := h.BeginImport(t.Context(), ImportHead{Profile: fmt.Sprint(n)}, somePlan(t))
			if err != nil {
				t.Error(err)
				return
			}
			for e := range 60 {
				if err := errors.Join(l.Intend([]int{e}), l.Done(e, e)); err != nil {
					t.Error(err)
				}
			}
			if got, err := l.Recorded(); err != nil || len(got) != 60 {
				t.Error(len(got), err)
			}
			_ = l.Close()
		})
	}
	wg.Wait()
}

func TestADamagedHistoryIsSetAsideAndANewOneBegun(t *testing.T) {
	for name, spoil := range map[string]func(data []byte) []byte{
		"no database": func([]byte) []byte { return []byte("this is no database, though it is long enough to look at") },
		"spoilt pages": func(data []byte) []byte {
			for i := 4096; i < len(data); i++ {
				data[i] = byte(i * 7)
			}
			return data
		},
		"spoilt head": func(data []byte) []byte { copy(data, "XXXXXXXX"); return data },
	} {
		h := open(t, t.TempDir(), nil)
		l := beginImport(t, h.Store, "acme", "hash")
		ok(t, l.Close())
		ok(t, h.Close())
		path := h.path("imports", "imports.db")
		data, err := os.ReadFile(path)
		ok(t, err)
		ok(t, os.WriteFile(path, spoil(data), 0o600))
		again := open(t, h.Home(), nil)
		list, err := again.Imports(t.Context(), "")
		if err != nil || len(list) != 0 || len(again.notices()) != 1 {
			t.Fatalf("%s: %d imports, %v, said %q", name, len(list), err, again.notices())
		}
		_, err = os.Stat(path + ".bad")
		ok(t, err)
		beginImport(t, again.Store, "acme", "hash")
	}
}

func TestAHistoryOfANewerVersionIsLeftAlone(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	beginImport(t, h.Store, "acme", "hash")
	_, err := h.imports.careful.ExecContext(t.Context(), "PRAGMA user_version = 2")
	ok(t, err)
	again := open(t, h.Home(), nil)
	_, err = again.Imports(t.Context(), "")
	want(t, problem.Sentence(err), "The history of imports was written by a newer Rollcall. Use that one; nothing was changed.")
}

func TestADamagedPlanIsSaid(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	l := beginImport(t, h.Store, "acme", "hash")
	ok(t, l.Close())
	_, err := h.imports.careful.ExecContext(t.Context(), "UPDATE imports SET plan = substr(plan, 1, 40)")
	ok(t, err)
	_, _, err = h.ResumeImport(t.Context(), l.ID())
	want(t, errors.Is(err, ErrDamaged), true)
	_, _, err = h.ResumeImport(t.Context(), "none")
	want(t, errors.Is(err, ErrNone), true)
}

func BenchmarkDone(b *testing.B) {
	s, err := Open(Options{Home: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	l, err := s.BeginImport(b.Context(), ImportHead{}, somePlan(b))
	if err != nil {
		b.Fatal(err)
	}
	p := somePlan(b)
	for n := 0; b.Loop(); n++ {
		if err := l.Done(n, p.Entries[0]); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkIntend100(b *testing.B) {
	s, err := Open(Options{Home: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	l, err := s.BeginImport(b.Context(), ImportHead{}, somePlan(b))
	if err != nil {
		b.Fatal(err)
	}
	entries := make([]int, 100)
	for n := 0; b.Loop(); n++ {
		for i := range entries {
			entries[i] = n*100 + i
		}
		if err := l.Intend(entries); err != nil {
			b.Fatal(err)
		}
	}
}
