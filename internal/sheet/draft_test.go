package sheet_test

import (
	"math/rand/v2"
	"testing"

	"rollcall/internal/sheet"
)

func TestADraftIsChangedElsewhereAndHandedBack(t *testing.T) {
	s := people()
	s.Apply("one", sheet.SetCell{Row: 1, Col: 0, Text: "Ada L."})
	d := s.Draft()
	done := make(chan sheet.Step)
	go func() {
		done <- d.Apply("two", sheet.InsertRows{Row: 1, N: 1}, sheet.SetCell{Row: 2, Col: 0, Text: "Bob"})
	}()
	step := <-done
	want(t, s.Text(2, 0), "Bo")
	want(t, len(step.Cells), 1)
	want(t, s.Commit(d), true)
	want(t, content(s)[1:3], []string{"0||||", "3|Bob*|Superviser||"})
	want(t, s.UndoLabel(), "two")
	s.Undo()
	s.Undo()
	want(t, content(s), original)
}

func TestADraftOfAnOlderSheetIsNotTaken(t *testing.T) {
	s := people()
	d := s.Draft()
	d.Apply("draft", sheet.SetCell{Row: 1, Col: 0, Text: "draft"})
	s.Apply("meanwhile", sheet.SetCell{Row: 1, Col: 0, Text: "sheet"})
	want(t, s.Commit(d), false)
	want(t, s.Text(1, 0), "sheet")
}

func TestADraftAndItsSheetDoNotDisturbEachOther(t *testing.T) {
	for seed := range uint64(20) {
		s := numbers(500)
		session(s, rand.New(rand.NewPCG(seed, 8)), 30)
		d, twin := s.Draft(), s.Draft()
		was := content(s)
		done := make(chan bool)
		go func() {
			session(&d.Sheet, rand.New(rand.NewPCG(seed, 9)), 40)
			close(done)
		}()
		session(s, rand.New(rand.NewPCG(seed, 10)), 40)
		<-done
		want(t, content(&twin.Sheet), was)
		for _, x := range []*sheet.Sheet{s, &d.Sheet, &twin.Sheet} {
			m := model{s: x}
			m.check(t)
			for x.CanUndo() {
				x.Undo()
			}
			want(t, content(x), content(numbers(500)))
		}
	}
}
