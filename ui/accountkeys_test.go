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
