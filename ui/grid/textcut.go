package grid

import (
	"fyne.io/fyne/v2"

	"rollcall/ui/bidi"
)

// textCuts orders texts for drawing by Fyne, cuts them to a width with an
// ellipsis, and remembers the answers. Measuring a text shapes it, which takes
// a hundred times as long as looking up the widths of its letters: what fits is
// guessed from those, and measured once or twice.
type textCuts struct {
	known   map[cutKey]cutText
	letters map[letterKey]float32
}

type cutKey struct {
	text        string
	bold        bool
	size, width float32
}

type cutText struct {
	text string
	size fyne.Size
}

type letterKey struct {
	letter rune
	bold   bool
	size   float32
}

// The answers that are kept at most: a few pages of cells, and the letters of a
// sheet in Chinese.
const (
	maxCuts    = 600
	maxLetters = 20_000
)

func (c *textCuts) forget() { c.known, c.letters = nil, nil }

// cut is the text as it is to be drawn in width canvas units, and its size.
func (c *textCuts) cut(text string, bold bool, size, width float32) (string, fyne.Size) {
	if len(text) > longest/2 {
		text, _ = shown(text)
	}
	key := cutKey{text, bold, size, width}
	if k, ok := c.known[key]; ok {
		return k.text, k.size
	}
	if c.known == nil || len(c.known) > maxCuts {
		c.known = map[cutKey]cutText{}
	}
	k := c.fitted(key)
	c.known[key] = k
	return k.text, k.size
}

// narrowing is by how much letters take less room together than each alone, at
// most: Arabic joins them.
const narrowing = 2

func (c *textCuts) fitted(key cutKey) cutText {
	runes := []rune(key.text)
	guess, sum := 0, float32(0)
	for _, r := range runes {
		sum += c.letter(r, key)
		if sum <= key.width {
			guess++
		}
		if sum > narrowing*key.width {
			break
		}
	}
	if sum <= narrowing*key.width {
		if whole := drawn(key.text, key); whole.size.Width <= key.width {
			return whole
		}
	}
	short := drawn(string(runes[:guess])+"…", key)
	for guess > 0 && short.size.Width > key.width {
		// Each step takes off as many letters as are too wide together.
		over := short.size.Width - key.width
		for guess > 0 && over > 0 {
			guess--
			over -= c.letter(runes[guess], key)
		}
		short = drawn(string(runes[:guess])+"…", key)
	}
	for guess < len(runes) && short.size.Width+c.letter(runes[guess], key)/narrowing <= key.width {
		longer := drawn(string(runes[:guess+1])+"…", key)
		if longer.size.Width > key.width {
			break
		}
		guess, short = guess+1, longer
	}
	return short
}

// drawn is a text in the order of drawing, measured.
func drawn(text string, key cutKey) cutText {
	text = bidi.Visual(text)
	return cutText{text, fyne.MeasureText(text, key.size, fyne.TextStyle{Bold: key.bold})}
}

// letter is how wide a letter is by itself.
func (c *textCuts) letter(r rune, key cutKey) float32 {
	k := letterKey{r, key.bold, key.size}
	w, ok := c.letters[k]
	if !ok {
		w = fyne.MeasureText(string(r), key.size, fyne.TextStyle{Bold: key.bold}).Width
		if c.letters == nil || len(c.letters) > maxLetters {
			c.letters = map[letterKey]float32{}
		}
		c.letters[k] = w
	}
	return w
}
