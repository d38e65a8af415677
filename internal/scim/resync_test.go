package scim

import (
	"context"
	"net/http"
	"testing"

	"rollcall/internal/account"
	"rollcall/internal/practice"
)

// once fails where a copy holds a user twice.
func once(t *testing.T, d *account.Directory, want int) {
	t.Helper()
	if len(d.Users) != want {
		t.Errorf("%d users, want %d", len(d.Users), want)
	}
	seen := make(map[string]bool)
	for _, u := range d.Users {
		if seen[u.ID] {
			t.Fatalf("%s is in the copy twice", u.Email)
		}
		seen[u.ID] = true
	}
}

func TestASecondSyncHoldsEachUserOnceWhateverTheAccountCounts(t *testing.T) {
	s := sandbox(t, practice.Options{}, practice.TotalIsPage.As(""))
	c := at(t, s, Options{})
	first, err := c.Sync(context.Background(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	second, err := c.Sync(context.Background(), first, nil)
	if err != nil {
		t.Fatal(err)
	}
	once(t, first, practice.SeedSize)
	once(t, second, practice.SeedSize)
}

func TestASecondSyncForgetsWhoWasDeleted(t *testing.T) {
	s := sandbox(t, practice.Options{})
	c := at(t, s, Options{})
	first, err := c.Sync(context.Background(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	req, _ := http.NewRequest(http.MethodDelete, s.URL()+"/Users/"+first.Users[7].ID, nil)
	req.Header.Set("Authorization", "Bearer "+s.Token())
	answer, err := http.DefaultClient.Do(req)
	if err != nil || answer.StatusCode != http.StatusNoContent {
		t.Fatal(answer, err)
	}
	_ = answer.Body.Close()
	second, err := c.Sync(context.Background(), first, nil)
	if err != nil {
		t.Fatal(err)
	}
	once(t, second, practice.SeedSize-1)
	if second.ByID(first.Users[7].ID) != nil {
		t.Error("the deleted user is still in the copy")
	}
}
