package charset

import (
	"reflect"
	"testing"
)

func TestLinesInTwoEncodingsAreFound(t *testing.T) {
	tests := []struct {
		name, data, text string
		encoding, older  string // older is "" where all lines are in one
		odd              []OddLine
	}{
		{"mostly UTF-8", "Zo\xc3\xab\nRen\xc3\xa9e\nJ\xf6rg M\xfcller\n", "Zoë\nRenée\nJörg Müller\n", "UTF-8", "windows-1252", []OddLine{{Line: 3}}},
		{"mostly older", "Zo\xeb\r\nRen\xe9e\r\nJ\xc3\xb6rg M\xc3\xbcller\r\n", "Zoë\r\nRenée\r\nJörg Müller\r\n", "windows-1252", "windows-1252", []OddLine{{Line: 3}}},
		{"both in one line", "Zo\xc3\xab\nRen\xc3\xa9e,J\xf6rg", "Zoë\nRenée,Jörg", "UTF-8", "windows-1252", []OddLine{{Line: 2, Parts: true}}},
		{"behind a mark", "\xef\xbb\xbfZo\xc3\xab\nZo\xeb", "Zoë\nZoë", "UTF-8", "windows-1252", []OddLine{{Line: 2}}},
		{"only UTF-8", "Zo\xc3\xab\nRen\xc3\xa9e", "Zoë\nRenée", "UTF-8", "", nil},
		{"only older", "Zo\xeb\nRen\xe9e\nJ\xf6rg M\xfcller", "Zoë\nRenée\nJörg Müller", "windows-1252", "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := Detect([]byte(tt.data))
			if text, err := d.Decode([]byte(tt.data)); err != nil || string(text) != tt.text || d.Encoding != tt.encoding {
				t.Errorf("read in %s as %q, %v, want %q in %s", d.Encoding, text, err, tt.text, tt.encoding)
			}
			if d.Mixed == nil {
				if tt.older != "" {
					t.Error("two encodings are taken for one")
				}
				return
			}
			if d.Mixed.Older() != tt.older || !reflect.DeepEqual(d.Mixed.Odd, tt.odd) || d.Mixed.MainlyUTF8 != (d.Encoding == "UTF-8") {
				t.Errorf("the older one is %s, the odd lines %+v, mainly UTF-8 %v; want %s, %+v", d.Mixed.Older(), d.Mixed.Odd, d.Mixed.MainlyUTF8, tt.older, tt.odd)
			}
		})
	}
}
