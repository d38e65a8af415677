package charset

import (
	"io"
	"strings"
	"testing"
)

func TestXMLIsReadInTheEncodingThatItHasOrStates(t *testing.T) {
	wide := func(text, name string) string {
		out, err := Encode([]byte(text), name)
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	const stated = `<?xml version="1.0" encoding="UTF-16"?><a>é</a>`
	tests := []struct{ name, data, want string }{
		{"nothing", "", ""},
		{"UTF-8", "<a>é</a>", "<a>é</a>"},
		{"UTF-8 with a mark", "\ufeff<a>é</a>", "<a>é</a>"},
		{"UTF-16 with a mark", "\xff\xfe" + wide(stated, "UTF-16LE"), stated},
		{"UTF-16 without a mark", wide(stated, "UTF-16BE"), stated},
		{"UTF-16 without a declaration", wide("<worksheet>é", "UTF-16LE"), "<worksheet>é"},
		{"stated", "<?xml version='1.0' encoding='windows-1251'?>\xc8\xe2\xe0\xed", "<?xml version='1.0' encoding='windows-1251'?>Иван"},
		{"stated as UTF-16 by mistake", stated, stated},
		{"not known", `<?xml version="1.0" encoding="klingon"?>é`, `<?xml version="1.0" encoding="klingon"?>é`},
		{"stated elsewhere", "<a encoding=\"windows-1251\">é</a>", "<a encoding=\"windows-1251\">é</a>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := NewXMLReader(strings.NewReader(tt.data))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(r); err != nil || string(got) != tt.want {
				t.Errorf("read %q, %v, want %q", got, err, tt.want)
			}
		})
	}
}
