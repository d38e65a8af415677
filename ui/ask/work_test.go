package ask

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"rollcall/internal/keychain"
	"rollcall/internal/workbench"
)

// TestProgressIsNotShownOverTheQuestionThatTheWorkWaitsFor has work ask for
// something before its progress would be shown: the question stays on top until
// it is answered.
func TestProgressIsNotShownOverTheQuestionThatTheWorkWaitsFor(t *testing.T) {
	app := test.NewTempApp(t)
	window := app.NewWindow("test")
	window.Resize(fyne.NewSize(800, 600))
	posts := make(chan func(), 100)
	post := func(f func()) { posts <- f }
	next := func() {
		t.Helper()
		select {
		case f := <-posts:
			f()
		case <-time.After(time.Minute):
			t.Fatal("nothing comes back")
		}
	}
	bench, err := workbench.New(workbench.Options{Home: t.TempDir(), Keychain: new(keychain.Session), Post: post})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bench.Close() })
	layer := New(window, post)

	answered, ended := make(chan struct{}), false
	question := &Card{Name: "question", Asks: true, Content: widget.NewLabel("?"), Closed: func() { close(answered) }}
	layer.Show(question)
	finish := make(chan struct{})
	Work(layer, bench, "Working", func(context.Context, func(workbench.Progress)) (struct{}, error) {
		<-answered
		<-finish
		return struct{}{}, nil
	}, func(struct{}) { ended = true })
	for range 3 {
		next() // the progress would like to be shown
		if top := layer.Top(); top != question {
			t.Fatalf("%q lies over the question", top.Name)
		}
	}
	question.Close()
	next()
	if top := layer.Top(); top == nil || top.Name != "progress" {
		t.Fatalf("the progress is not shown: %v", top)
	}
	close(finish)
	for !ended {
		next()
	}
	if layer.Open() {
		t.Errorf("%q stays", layer.Top().Name)
	}
}
