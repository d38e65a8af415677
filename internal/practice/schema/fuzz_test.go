package schema

import (
	"encoding/json"
	"testing"
)

func person() *Resource {
	kinds := []Attribute{{Name: "value", Type: String}, {Name: "type", Type: String}, {Name: "primary", Type: Boolean}}
	return &Resource{Name: "User", Endpoint: "/Users", Core: &Schema{ID: "urn:x:core:2.0:User", Attributes: []Attribute{
		{Name: "userName", Type: String, Required: true}, {Name: "active", Type: Boolean}, {Name: "born", Type: DateTime}, {Name: "age", Type: Integer},
		{Name: "name", Type: Complex, Sub: []Attribute{{Name: "familyName", Type: String}, {Name: "givenName", Type: String}}},
		{Name: "emails", Type: Complex, Multi: true, Sub: kinds}, {Name: "tags", Type: String, Multi: true},
	}}, Extensions: []*Schema{{ID: "urn:x:ext:2.0:User", Attributes: []Attribute{{Name: "ids", Type: Complex, Multi: true, Sub: kinds}, {Name: "desk", Type: String}}}}}
}

const sample = `{"userName":"ada","active":true,"born":"1815-12-10T00:00:00Z","age":36,"name":{"familyName":"L"},"tags":["a","b"],
"emails":[{"value":"a@x.org","primary":true,"type":"work"}],"urn:x:ext:2.0:User":{"ids":[{"value":"1","type":"slack"}],"desk":"D"}}`

func sampleDoc(t *testing.T) Doc {
	t.Helper()
	var doc Doc
	if err := json.Unmarshal([]byte(sample), &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// FuzzFilter holds that no filter breaks the server, and that none and its
// opposite are both true.
func FuzzFilter(f *testing.F) {
	for _, text := range []string{`userName eq "ada"`, `not (active eq true)`, `emails[type eq "work" and value co "@"]`, `born gt "1800-01-01T00:00:00Z"`,
		`urn:x:ext:2.0:User:ids.value pr`, `userName eq "\u0061\"\\"`, `userName eq "a\"`, `tags eq "a" or age ge 3.5e1`, `age eq 99999999999999999999`, `emails[`, `name eq null`, ``, `userName eq "\ud800"`,
		`emails[type eq "work" and (value co "a" or value co "]")] and ids[(type pr)]`, `emails[emails[type pr]]`} {
		f.Add(text)
	}
	r := person()
	f.Fuzz(func(t *testing.T, text string) {
		doc := sampleDoc(t)
		filter, err := r.ParseFilter(text)
		if err != nil {
			if err.Status != 400 {
				t.Fatalf("status %d", err.Status)
			}
			return
		}
		yes := filter.Match(doc)
		opposite, err := r.ParseFilter("not (" + text + ")")
		if err == nil && opposite.Match(doc) == yes {
			t.Errorf("%q and its opposite are both %v", text, yes)
		}
		if Key(doc) != Key(sampleDoc(t)) {
			t.Errorf("%q changed the document", text)
		}
	})
}

// FuzzPatch holds that a PATCH leaves a document of the schema's form or says
// what is wrong.
func FuzzPatch(f *testing.F) {
	for _, seed := range [][3]string{{"replace", "userName", `"x"`}, {"add", "", `{"emails":[{"value":"b"}]}`}, {"remove", `emails[type eq "work"]`, "null"},
		{"add", "emails", `{"value":"b","primary":true}`}, {"replace", "urn:x:ext:2.0:User", `{"ids":[]}`}, {"add", "tags", `["a","c"]`},
		{"replace", "emails.value", `"z"`}, {"replace", `urn:x:ext:2.0:User:ids[type eq "slack"].value`, `"2"`}, {"remove", "urn:x:ext:2.0:User:ids", `[{"value":"1","type":"slack"}]`},
		{"replace", "name", `{}`}, {"add", "", `{"name.familyName":"K","urn:x:ext:2.0:User:desk":null}`}, {"remove", "emails.type", ""}, {"replace", `emails[(type eq "work" or type eq "x") and value pr].value`, `"c"`}} {
		f.Add(seed[0], seed[1], seed[2])
	}
	r := person()
	f.Fuzz(func(t *testing.T, kind, path, value string) {
		if kind != "add" && kind != "remove" && kind != "replace" {
			return
		}
		var v any
		if json.Unmarshal([]byte(value), &v) != nil {
			v = nil
		}
		doc := sampleDoc(t)
		if err := r.Apply(doc, []Op{{Kind: kind, Path: path, Value: v}}, Rules{}); err != nil {
			return
		}
		clean, err := r.Normalise(doc, Rules{})
		if err != nil {
			t.Fatalf("%s %q %s leaves %s: %v", kind, path, value, Key(doc), err)
		}
		if Key(clean) != Key(doc) {
			t.Errorf("%s %q %s leaves %s, which is %s", kind, path, value, Key(doc), Key(clean))
		}
	})
}
