package plan_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"rollcall/internal/account"
	"rollcall/internal/sheet"
)

// Whatever rows are left out and taken in again, what is counted at once is what
// a plan without them counts.
func TestATallyFollowsTheRowsThatAreLeftOut(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 7))
	roles := account.Roles()
	dir := directory()
	dir.Self = "cy@northwind.com"
	var users []account.User
	for _, u := range dir.Users {
		users = append(users, user(u.Email, u.DisplayName, roles[random.IntN(len(roles))], random.IntN(2) == 0))
	}
	for i := range 3000 {
		users = append(users, user(fmt.Sprintf("n%d@northwind.com", i), "N", roles[random.IntN(len(roles))], random.IntN(3) > 0))
	}
	p := build(t, dir, users...)
	tally := p.Tally(dir)
	left := map[sheet.RowID]bool{}
	for step := range 4000 {
		e := &p.Entries[random.IntN(len(p.Entries))]
		if step < 40 { // mostly those whom the account has
			e = &p.Entries[random.IntN(len(dir.Users))]
		}
		if left[e.Row] {
			delete(left, e.Row)
			tally.Take(e)
		} else {
			left[e.Row] = true
			tally.Leave(e)
		}
		if step%97 > 0 && step > 60 {
			continue
		}
		want := p.Without(left, dir)
		if tally.Counts != want.Counts || tally.Attention != want.Attention || tally.Flagged != want.Tally(dir).Flagged {
			t.Fatalf("after %d steps it counts %+v %+v, want %+v %+v", step+1, tally.Counts, tally.Attention, want.Counts, want.Attention)
		}
	}
}
