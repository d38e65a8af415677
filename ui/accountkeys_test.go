package ui

import (
	"testing"

	"fyne.io/fyne/v2"
)

func TestTheWayToSignInIsChosenWithTheArrowKeys(t *testing.T) {
	s := newStage(t, Options{})
	s.press("start.addaccount")
	s.tabTo("account.signin.token")
	s.key(fyne.KeyRight)
	if !s.page().Usable("account.user") {
		t.Error("the fields do not follow the way to sign in")
	}
	s.key(fyne.KeyRight)
	s.key(fyne.KeyRight)
	if !s.page().Usable("account.clientid") {
		t.Error("the last way is not reached")
	}
	s.key(fyne.KeyReturn)
	s.shows("start", "account")
	contains(t, s.page().Said("account.result"), "name first")
	s.tabTo("account.production")
	s.key(fyne.KeyEscape)
	s.shows("start", "")
}

func TestWhatHasTheKeyboardIsInSight(t *testing.T) {
	s := newStage(t, Options{})
	s.w.window.Resize(fyne.NewSize(640, 400))
	s.layOut()
	s.press("start.addaccount")
	s.into("account.name")
	c := s.w.window.Canvas()
	for _, name := range []string{"account.address", "account.token", "account.production", "account.more"} {
		for range 8 {
			c.FocusNext()
			if o := s.page().Object(name); o != nil && c.Focused() == o.(fyne.Focusable) {
				break
			}
		}
		if _, _, _, height, ok := s.page().Where(name); !ok || height < 24 {
			t.Errorf("%s is reached with Tab, and %d high in sight (%v)", name, height, ok)
		}
	}
	s.key(fyne.KeyReturn)
	for range 12 {
		c.FocusNext()
		if o := s.page().Object("account.readonly"); o != nil && c.Focused() == o.(fyne.Focusable) {
			return
		}
	}
	t.Error("the last of the further settings is not reached in sight")
}
