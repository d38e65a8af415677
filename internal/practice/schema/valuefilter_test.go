package schema

import "testing"

func TestAValueFilterMayHoldGroups(t *testing.T) {
	r, doc := person(), sampleDoc(t)
	for text, want := range map[string]bool{
		`emails[type eq "work" and (value co "b" or value co "@x")]`:                                      true,
		`emails[type eq "work" and (value co "b" or value co "@y")]`:                                      false,
		`emails[(type eq "work")]`:                                                                        true,
		`emails[not (type eq "home" or (value sw "a" and type eq "work"))]`:                               false,
		`emails[(type eq "work")] and not (emails[(type eq "]")] or userName eq "[(")`:                    true,
		`userName eq "ada" and urn:x:ext:2.0:User:ids[(type eq "slack" or type eq "x") and value eq "1"]`: true,
		`emails[(type eq "\"]") or (type eq "work")]`:                                                     true,
	} {
		f, err := r.ParseFilter(text)
		if err != nil {
			t.Errorf("%s: %v", text, err.Detail)
			continue
		}
		if got := f.Match(doc); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
	for _, text := range []string{`emails[(type eq "work"]`, `emails[emails[(type pr)]]`, `emails[(nosuch eq "x")]`, `emails[()]`, `emails(type eq "work")]`, `(emails[(type pr)]`} {
		if _, err := r.ParseFilter(text); err == nil || err.Type != "invalidFilter" {
			t.Errorf("%s: %+v", text, err)
		}
	}
}

func TestAPathMayHoldGroups(t *testing.T) {
	r, doc := person(), sampleDoc(t)
	path := `emails[(type eq "work" or type eq "home") and value co "@"].value`
	if err := r.Apply(doc, []Op{{Kind: "replace", Path: path, Value: "new@x.org"}}, Rules{}); err != nil {
		t.Fatal(err.Detail)
	}
	if got := doc["emails"].([]any)[0].(Doc)["value"]; got != "new@x.org" {
		t.Errorf("it is %v", got)
	}
	if _, err := r.ResolvePath(`emails[(type eq "work"].value`); err == nil || err.Type != "invalidPath" {
		t.Errorf("%+v", err)
	}
}
