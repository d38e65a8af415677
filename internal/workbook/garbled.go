package workbook

import (
	"fmt"
	"strings"

	"rollcall/internal/cells"
	"rollcall/internal/workbook/charset"
)

// Text that was once read in the wrong encoding and saved so is pointed out and
// kept.

const lostCharacter = "This line shows “\ufffd”, which stands for a character that was lost before the file came here. It was kept; put the right character in its place."

// garbledText notes the lines of a text that were garbled before.
func garbledText(text []byte, f *Facts) {
	if !charset.Suspect(text) {
		return
	}
	n := 0
	charset.EachLine(text, func(line, _ []byte) {
		if n++; charset.Suspect(line) && len(f.Oddities) < MaxListed {
			noteGarbled(string(line), n, f)
		}
	})
}

// garbledRows notes the rows of a sheet that were garbled before.
func garbledRows(t *cells.Table, f *Facts) {
	for r := range t.Len() {
		if len(f.Oddities) >= MaxListed {
			return
		}
		if text := t.RowText(r); charset.Suspect(text) {
			noteGarbled(text, r+1, f)
		}
	}
}

func noteGarbled(text string, line int, f *Facts) {
	if strings.Contains(text, "\ufffd") {
		f.odd(line, lostCharacter)
	}
	if word, meant, ok := charset.Garbled(text); ok {
		f.odd(line, fmt.Sprintf("“%s” in this line seems to be “%s”, garbled before the file came here. It was kept as it is; correct it in the sheet.", excerpt(word), excerpt(meant)))
	}
}
