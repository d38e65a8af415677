package account

import (
	"fmt"
	"slices"
	"testing"
)

func TestAFinderFindsEveryPlaceOfAKeyInOrder(t *testing.T) {
	for _, n := range []int{0, 1, 7, 8, 9, 1000, 100_000} {
		keys := make([]string, n)
		want := make(map[string][]int)
		for i := range keys {
			keys[i] = fmt.Sprint("key ", i/2*7%(n+1)) // most stand twice, some more often
			if i%10 == 3 {
				keys[i] = ""
			} else {
				want[keys[i]] = append(want[keys[i]], i)
			}
		}
		f := newFinder(n, func(place int, buf []byte) []byte { return append(buf, keys[place]...) })
		for key, places := range want {
			if got := f.all(key); !slices.Equal(got, places) {
				t.Fatalf("%d keys: %q is at %v, want %v", n, key, got, places)
			}
		}
		for _, key := range []string{"", "key", "no such key"} {
			if got := f.all(key); got != nil {
				t.Errorf("%d keys: %q was found at %v", n, key, got)
			}
		}
	}
}

func TestADirectoryFindsItsUsersByEveryKey(t *testing.T) {
	d := &Directory{Users: []User{
		{ID: "1", Email: "Ada@Northwind.com", Identifiers: []Identifier{{"slack", "U02ADA"}, {"WhatsApp", " +44 1 "}}},
		{ID: "2", Email: "ada@northwind.com"},
		{Email: "li@bücher.de", Identifiers: []Identifier{{"Slack", "u02ada"}, {"teams", "ÄRGER@x.org"}}},
		{ID: "2", Email: "last@northwind.com"},
	}}
	emails := func(list []*User) (out []string) {
		for _, u := range list {
			out = append(out, u.Email)
		}
		return out
	}
	for _, c := range []struct {
		what string
		got  []string
		want []string
	}{
		{"an e-mail in another case", emails(d.ByEmail(" ADA@northwind.com ")), []string{"Ada@Northwind.com", "ada@northwind.com"}},
		{"a domain in its ASCII form", emails(d.ByEmail("LI@xn--bcher-kva.de")), []string{"li@bücher.de"}},
		{"nobody", emails(d.ByEmail("nobody@northwind.com")), nil},
		{"an identifier of two users", emails(d.Owners(Identifier{"SLACK", "U02Ada"})), []string{"Ada@Northwind.com", "li@bücher.de"}},
		{"an identifier with spaces around", emails(d.Owners(Identifier{"whatsapp", "+44 1"})), []string{"Ada@Northwind.com"}},
		{"an identifier beyond ASCII", emails(d.Owners(Identifier{"teams", "ärger@x.org"})), []string{"li@bücher.de"}},
		{"an identifier of nobody", emails(d.Owners(Identifier{"slack", "U02"})), nil},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: got %v, want %v", c.what, c.got, c.want)
		}
	}
	if u := d.ByID("2"); u == nil || u.Email != "last@northwind.com" {
		t.Errorf("ID 2 is %+v", u)
	}
	if u := d.ByID(""); u != nil {
		t.Errorf("no ID is %+v", u)
	}
}
