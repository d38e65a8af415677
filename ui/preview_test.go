package ui

import (
	"net/http"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

// elsewhere changes a user's name in the account, as somebody else would.
func (s *stage) elsewhere(url, token, email, name string) {
	s.t.Helper()
	users := s.bench.Directory().ByEmail(email)
	if len(users) != 1 {
		s.t.Fatalf("%s is %d users of the account", email, len(users))
	}
	body := `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"displayName","value":"` + name + `"}]}`
	r, err := http.NewRequest(http.MethodPatch, url+"/Users/"+users[0].ID, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Content-Type", "application/scim+json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode >= 300 {
		s.t.Fatalf("the account answers %s", answer.Status)
	}
}

func TestThePreviewTellsWhoWasChangedElsewhereAndShowsOnlyThem(t *testing.T) {
	s := newStage(t, Options{})
	srv := server(t)
	s.addAccount("Northwind Trading", srv)
	users := s.bench.Directory().Users
	var lines string
	for _, u := range users[:3] {
		lines += "Active,New " + strings.ReplaceAll(u.DisplayName, ",", "") + "," + u.Email + "," + u.Role + ",none,\n"
	}
	s.open(write(t, "a.csv", header+lines))
	s.elsewhere(srv.URL(), srv.Token(), users[0].Email, "Somebody Else")
	s.elsewhere(srv.URL(), srv.Token(), users[1].Email, "Another One")
	s.press("fix.preview")
	s.shows("preview", "")
	s.says("preview.moved", "2 of the users you are changing were changed by someone else since the last sync.")
	s.says("preview.update", "3")
	s.press("preview.movedonly")
	shown := 0
	for name := range s.page().Texts() {
		if strings.HasPrefix(name, "preview.row.") {
			shown++
		}
	}
	if shown != 2 {
		t.Errorf("%d users are shown, want the 2 that were changed elsewhere", shown)
	}
	s.press("preview.filter.all")
	s.press("preview.back")
	s.press("fix.preview")
	s.says("preview.moved", "")
}

func TestAPreviewFollowsTheSheet(t *testing.T) {
	s := newStage(t, Options{File: write(t, "a.csv", small)})
	s.press("fix.preview")
	contains(t, s.page().Said("preview.row.2"), "Active · User")
	s.press("preview.back")
	s.cell(2, "Role").types("Supervisor")
	s.key(fyne.KeyReturn)
	s.press("step.preview")
	contains(t, s.page().Said("preview.row.2"), "Active · Supervisor")
	same := s.w.planned
	s.press("preview.back")
	s.press("step.preview")
	if s.w.planned != same {
		t.Error("a sheet that has not changed is compared anew")
	}
}

func TestAPreviewFollowsTheAccount(t *testing.T) {
	s := newStage(t, Options{})
	srv := server(t)
	s.addAccount("Northwind Trading", srv)
	u := s.bench.Directory().Users[0]
	s.open(write(t, "a.csv", header+"Active,New Name,"+u.Email+","+u.Role+",none,\n"))
	s.press("fix.preview")
	s.says("preview.update", "1")
	s.press("preview.back")
	s.elsewhere(srv.URL(), srv.Token(), u.Email, "New Name")
	s.menu("Account", "Sync now")
	s.press("step.preview")
	s.says("preview.update", "0")
}
