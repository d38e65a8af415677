package jsontree

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"reflect"
	"strings"
	"testing"
)

// standard is what encoding/json makes of a text.
func standard(data []byte, digits bool) (any, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	if digits {
		d.UseNumber()
	}
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, io.ErrUnexpectedEOF
	}
	return v, nil
}

var texts = []string{
	`{"userName":"ada@northwind.com","active":true,"roles":[{"value":"Admin","primary":true}],"n":1.5e3,"x":null}`,
	`{}`, `[]`, `[[],{}]`, ` [ 1 , "a" , false ] `, `"plain"`, `""`, `null`, `-0`, `0`, `-12.5`, `1E+2`,
	`"\u00e9\ud83d\ude00\"\\\/\b\f\n\r\t"`, `"\ud800"`, `"\ud800\u0041"`, `"\ud800\ud800\udc00"`, `"\udc00x"`,
	"\"caf\xe9\"", "\"caf\xc3\xa9 \xe2\x80\xa8\"", `{"a":1,"a":2}`, `{"\u0061":1}`,
	`{"a":1,}`, `[1,]`, `{"a"}`, `{a:1}`, `01`, `1.`, `.5`, `+1`, `1e`, `-`, `tru`, `nul`, `"`, `"\x"`, `"\u12g4"`, `{`, `[`, ``, ` `,
	"\"a\nb\"", `1 2`, `{"a":1}x`, `1e999`, "\ufeff{}", `"\`, `"\u`, `"\u12`,
}

func TestTheSameTreesAsTheStandardLibrary(t *testing.T) {
	for _, text := range texts {
		for _, digits := range []bool{false, true} {
			compare(t, []byte(text), digits)
		}
	}
}

func compare(t *testing.T, data []byte, digits bool) {
	t.Helper()
	want, wantErr := standard(data, digits)
	got, err := parse(data, digits)
	if (err == nil) != (wantErr == nil) {
		t.Fatalf("%q, digits %v: the error is %v, want %v", data, digits, err, wantErr)
	}
	if err == nil && !reflect.DeepEqual(got, want) {
		t.Fatalf("%q, digits %v: got %#v, want %#v", data, digits, got, want)
	}
}

func TestValuesThatLieTooDeepAreRefused(t *testing.T) {
	for _, c := range []struct {
		depth int
		ok    bool
	}{{maxDepth, true}, {maxDepth + 1, false}} {
		text := strings.Repeat("[", c.depth) + strings.Repeat("]", c.depth)
		if _, err := Parse([]byte(text)); (err == nil) != c.ok {
			t.Errorf("%d lists in each other: %v", c.depth, err)
		}
		compare(t, []byte(text), false)
	}
}

func TestWhatIsWrittenReadsTheSame(t *testing.T) {
	type pair struct {
		A int `json:"a"`
	}
	for _, c := range []struct {
		v    any
		want string
	}{
		{nil, `null`}, {true, `true`}, {3, `3`}, {float64(-7), `-7`}, {1.5, `1.5`}, {1e21, `1e+21`}, {math.Copysign(0, -1), `-0`},
		{"a\"b\\c\n\r\t\x01 é<>&", `"a\"b\\c\n\r\t\u0001 é<>&"`}, {"bad\xffbyte", `"bad\ufffdbyte"`}, {"", `""`},
		{map[string]any{"b": 1, "a": []any{"x", nil}}, `{"a":["x",null],"b":1}`},
		{map[string]any{}, `{}`}, {[]any{}, `[]`}, {[]string{"s", "t"}, `["s","t"]`}, {[]string(nil), `null`}, {pair{A: 2}, `{"a":2}`},
		{json.Number("12.50"), `12.50`}, {json.RawMessage(`{"raw":1}`), `{"raw":1}`}, {json.RawMessage(nil), `null`},
	} {
		got, err := Append(nil, c.v)
		if err != nil || string(got) != c.want {
			t.Errorf("%#v: got %s, %v, want %s", c.v, got, err, c.want)
		}
	}
	for _, v := range []any{math.NaN(), math.Inf(1), make(chan int), map[string]any{"a": []any{math.NaN()}}} {
		if _, err := Append(nil, v); err == nil {
			t.Errorf("%v was written", v)
		}
	}
}

// FuzzAgainstTheStandardLibrary holds both directions against encoding/json.
func FuzzAgainstTheStandardLibrary(f *testing.F) {
	for _, text := range texts {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		compare(t, data, false)
		compare(t, data, true)
		v, err := Parse(data)
		if err != nil {
			return
		}
		written, err := Append(nil, v)
		if err != nil {
			t.Fatalf("%q was read and cannot be written: %v", data, err)
		}
		again, err := standard(written, false)
		if err != nil || !reflect.DeepEqual(again, v) {
			t.Fatalf("%q was written as %q: %#v, %v", data, written, again, err)
		}
	})
}

const resource = `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:rollcall:2.0:User"],` +
	`"id":"0123456789abcdef","userName":"new.person.0001@northwind.com","displayName":"New Person 0001","active":true,` +
	`"name":{"formatted":"New Person 0001"},"emails":[{"value":"new.person.0001@northwind.com","type":"work","primary":true}],` +
	`"roles":[{"value":"User","primary":true}],"groups":[{"value":"g0001","display":"Trading","type":"direct","$ref":"http://127.0.0.1:4123/scim/v2/Groups/g0001"}],` +
	`"urn:ietf:params:scim:schemas:extension:rollcall:2.0:User":{"sourceUsernames":[{"value":"U9X00001","type":"slack"}]},` +
	`"meta":{"resourceType":"User","created":"2026-01-05T08:00:00.000Z","lastModified":"2026-01-05T08:00:00.000Z","version":"W/\"1\"","location":"http://127.0.0.1:4123/scim/v2/Users/0123456789abcdef"}}`

func BenchmarkPage(b *testing.B) {
	page := []byte("[" + strings.Repeat(resource+",", 499) + resource + "]")
	tree, err := Parse(page)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("read", func(b *testing.B) {
		b.SetBytes(int64(len(page)))
		b.ReportAllocs()
		for b.Loop() {
			_, _ = Parse(page)
		}
	})
	b.Run("read by encoding/json", func(b *testing.B) {
		b.SetBytes(int64(len(page)))
		b.ReportAllocs()
		for b.Loop() {
			_, _ = standard(page, false)
		}
	})
	b.Run("write", func(b *testing.B) {
		b.SetBytes(int64(len(page)))
		var dst []byte
		for b.Loop() {
			dst, _ = Append(dst[:0], tree)
		}
	})
	b.Run("write by encoding/json", func(b *testing.B) {
		b.SetBytes(int64(len(page)))
		for b.Loop() {
			_, _ = json.Marshal(tree)
		}
	})
}
