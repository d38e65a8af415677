package practice

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"rollcall/internal/practice/schema"
)

// TestTwoServersOnOneFileSeeEachOthersChanges pages through an account that
// another program changes meanwhile.
func TestTwoServersOnOneFileSeeEachOthersChanges(t *testing.T) {
	file := filepath.Join(t.TempDir(), "shared.db")
	first := start(t, Options{DB: file, Empty: true})
	ids := []string{first.make(user("ada@x.org")), first.make(user("bob@x.org")), first.make(user("cy@x.org"))}
	second := start(t, Options{DB: file})
	first.do(200, "GET", "/Users?startIndex=1&count=1", nil)
	second.do(204, "DELETE", "/Users/"+ids[0], nil)
	answer := first.do(200, "GET", "/Users?startIndex=2&count=1", nil)
	if answer.at("totalResults") != 2.0 || answer.at("Resources", 0, "id") != ids[2] {
		t.Errorf("the second page is %s", answer.Raw)
	}
}

// TestPagesAreRightHoweverTheyAreAskedFor reads pages forward, backward and at
// random, while users come and go between them: each is what stands at its
// place at that moment.
func TestPagesAreRightHoweverTheyAreAskedFor(t *testing.T) {
	c := empty(t)
	for i := range 23 {
		c.make(user(fmt.Sprintf("person%d@x.org", i)))
	}
	page := func(start, count int) {
		t.Helper()
		var want []string
		all := c.dump().Users
		for _, u := range all[min(start-1, len(all)):min(start-1+count, len(all))] {
			want = append(want, u.ID)
		}
		answer := c.do(200, "GET", fmt.Sprintf("/Users?startIndex=%d&count=%d", start, count), nil).Body
		var got []string
		list, _ := answer["Resources"].([]any)
		for _, e := range list {
			id, _ := e.(schema.Doc)["id"].(string)
			got = append(got, id)
		}
		if !slices.Equal(got, want) {
			t.Errorf("the page of %d from %d holds %v, want %v", count, start, got, want)
		}
		if total, _ := answer["totalResults"].(float64); int(total) != len(all) {
			t.Errorf("the total is %v, want %d", answer["totalResults"], len(all))
		}
	}
	through := func() {
		t.Helper()
		for _, start := range []int{1, 6, 11, 16, 21, 26, 11, 6, 3, 8, 1, 100} {
			page(start, 5)
		}
	}
	through()
	c.do(204, "DELETE", "/Users/"+c.person("person3@x.org").ID, nil)
	page(6, 5)
	through()
	c.make(user("new@x.org"))
	page(21, 5)
	through()
	c.do(409, "POST", "/Users", user("new@x.org"))
	through()
}
