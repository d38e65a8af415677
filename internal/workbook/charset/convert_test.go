package charset

import (
	"errors"
	"testing"
)

func TestATextIsEncodedOnlyIfItReadsBack(t *testing.T) {
	tests := []struct {
		encoding, text, want string // want is "" for a text that is refused
	}{
		{"windows-1252", "Zoë", "Zo\xeb"},
		{"windows-1252", "Łukasz", ""},
		{"UTF-8", "Łukasz\xff", "Łukasz\xff"},
		{"UTF-16LE", "é", "\xe9\x00"},
		{"UTF-16BE", "a\xff", ""},
		{"Shift_JIS", "a\u00a5", ""}, // it would read as a backslash
		{"ISO-2022-JP", "田中", "\x1b$BEDCf\x1b(B"},
		{"ISO-2022-JP", "a\x1bb", ""},
	}
	for _, tt := range tests {
		got, err := Encode([]byte(tt.text), tt.encoding)
		if tt.want == "" && !errors.Is(err, ErrNotEncodable) || tt.want != "" && err != nil || string(got) != tt.want {
			t.Errorf("%q in %s is %q, %v, want %q", tt.text, tt.encoding, got, err, tt.want)
		}
	}
	if _, err := Encode(nil, "klingon"); !errors.Is(err, ErrUnknown) {
		t.Errorf("klingon is an encoding: %v", err)
	}
}

func TestBytesThatReadOtherwiseAloneAreTold(t *testing.T) {
	tests := []struct {
		encoding, raw, text string
		want                bool
	}{
		{"UTF-8", "Zo\xc3\xab", "Zoë", true},
		{"windows-1252", "Zo\xeb", "Zoë", true},
		{"windows-1252", "Zo\xeb", "Zoe", false},
		{"ISO-2022-JP", "\x1b$BEDCf\x1b(B", "田中", true},
		{"ISO-2022-JP", "EDCf\x1b(B", "田中", false}, // it begins in another character set
		{"ISO-2022-JP", "\x1b$BEDCf", "田中", false}, // what follows would be read in another one
		{"UTF-16LE", "a\x00b", "ab", false},
	}
	for _, tt := range tests {
		if got := (Detection{Encoding: tt.encoding}).Alone().Reads([]byte(tt.raw), []byte(tt.text)); got != tt.want {
			t.Errorf("%q in %s reads alone as %q: %v", tt.raw, tt.encoding, tt.text, got)
		}
	}
	mixed := Detection{Encoding: "UTF-8", Mixed: &Mixture{}}
	if !mixed.Alone().Reads([]byte("Zo\xeb"), []byte("Zoë")) {
		t.Error("a line in one of two encodings is not believed")
	}
}
