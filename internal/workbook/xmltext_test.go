package workbook

import "testing"

func TestEntitiesAreResolved(t *testing.T) {
	tests := []struct {
		raw, want string
		ok        bool
	}{
		{"a&amp;b&lt;&gt;&quot;&apos;", `a&b<>"'`, true},
		{"&#65;&#x42;&#X43;&#x1F600;&#0000065;", "ABC😀A", true},
		{"a\r\nb\rc&#13;\r\n", "a\nb\nc\r\n", true},
		{"&#xd800;", "�", true},
		{"&#1114111;", "\U0010ffff", true},
		{"&#1114112;", "", false}, {"&#99999999999;", "", false}, {"&#;", "", false}, {"&#x;", "", false}, {"&#xG;", "", false}, {"&#6a;", "", false}, {"&#-5;", "", false}, {"&#65", "", false},
		{"&nbsp;", "", false}, {"&;", "", false}, {"a & b", "", false}, {"&", "", false}, {"&#", "", false}, {"&toolongtobeanentity;", "", false},
	}
	for _, tt := range tests {
		var s xmlScanner
		got, err := s.unescape([]byte(tt.raw))
		if (err == nil) != tt.ok || string(got) != tt.want {
			t.Errorf("%q reads %q, %v", tt.raw, got, err)
		}
	}
}
