package look

import (
	"time"

	"fyne.io/fyne/v2"
)

// fontSamples need each of the fonts that Fyne reads only when it meets the
// first letter of it, which takes up to 30 ms of the window's goroutine.
var fontSamples = []struct {
	text  string
	style fyne.TextStyle
}{
	{"abc", fyne.TextStyle{Bold: true}},
	{"abc", fyne.TextStyle{Monospace: true}},
	{"שלום", fyne.TextStyle{}},
	{"مرحبا", fyne.TextStyle{}},
	{"田中", fyne.TextStyle{}},
	{"ひら", fyne.TextStyle{}},
	{"김민수", fyne.TextStyle{}},
	{"สวัสดี", fyne.TextStyle{}},
	{"नमस्ते", fyne.TextStyle{}},
	{"👩‍👩‍👧", fyne.TextStyle{}},
}

// fontPause lies between two fonts, so that frames are drawn meanwhile.
const fontPause = 100 * time.Millisecond

// ReadFonts has the fonts of all common scripts read before a file needs them,
// one by one through post, so that no single step holds the window up for long,
// and only while free says that no other work wants the processors.
func ReadFonts(post func(func()), free func() bool) { readFonts(post, free, 0) }

func readFonts(post func(func()), free func() bool, at int) {
	if at == len(fontSamples) {
		return
	}
	time.AfterFunc(fontPause, func() {
		post(func() {
			if !free() {
				readFonts(post, free, at)
				return
			}
			fyne.MeasureText(fontSamples[at].text, TextBody, fontSamples[at].style)
			readFonts(post, free, at+1)
		})
	})
}
