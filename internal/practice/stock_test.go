package practice

import (
	"context"
	"strings"
	"testing"

	"rollcall/internal/practice/schema"
	"rollcall/internal/problem"
)

func TestAnImageIsTheWholeAccountAndAnAccountOfItsOwn(t *testing.T) {
	first := start(t, Options{})
	id := first.make(withIdentifiers("ada@x.org", "slack:U0NEWADA"))
	first.do(200, "PATCH", "/Groups/g0001", patch("add members", memberList(id)))
	image, err := first.srv.Image()
	if err != nil {
		t.Fatal(err)
	}
	before := schema.Key(asAny(first.dump()))
	second := start(t, Options{Image: image})
	if got := schema.Key(asAny(second.dump())); got != before {
		t.Error("the account differs from its image")
	}
	second.do(409, "POST", "/Users", user("ADA@x.org"))
	second.make(user("bob@x.org"))
	if got := schema.Key(asAny(first.dump())); got != before {
		t.Error("a change of the copy changed the account")
	}
	third := start(t, Options{Image: image})
	if got := schema.Key(asAny(third.dump())); got != before {
		t.Error("a change of a copy changed the image")
	}
	first.do(200, "GET", "/Users/"+id, nil)
}

func TestTwoAccountsInMemoryHaveNothingInCommon(t *testing.T) {
	first, second := start(t, Options{}), start(t, Options{})
	first.make(user("ada@x.org"))
	if got := second.dump(); len(got.Users) != SeedSize {
		t.Errorf("the other account has %d users", len(got.Users))
	}
	second.make(user("ada@x.org"))
}

func TestBytesThatAreNoAccountAreRefused(t *testing.T) {
	_, err := Start(context.Background(), Options{Image: []byte(strings.Repeat("no database at all ", 500))})
	if err == nil || !strings.HasPrefix(problem.Sentence(err), "The practice account could not be prepared. ") {
		t.Errorf("the error is %v", err)
	}
}
