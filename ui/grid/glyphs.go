package grid

import (
	"image"
	"math"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// subSteps is at how many places within a pixel a glyph is rendered, so that
// letters keep their distances at small sizes.
const subSteps = 4

// maxGlyphs bounds the glyphs kept for one face; at most 200 KB at usual sizes.
const maxGlyphs = 1000

// glyph is the rendered picture of one letter at one place within a pixel.
type glyph struct {
	alpha []uint8
	w, h  int
	x, y  int // of its upper left, from the pen at the baseline
}

type glyphKey struct {
	r   rune
	sub uint8
}

type pair struct{ a, b rune }

// face renders simple text (one glyph a letter, left to right, all in one font)
// at one size in pixels. Other text is left to Fyne; see plain.
type face struct {
	font    *sfnt.Font
	face    font.Face
	buffer  sfnt.Buffer
	ascent  float64 // pixels from the baseline up
	descent float64

	advances [128]fixed.Int26_6 // of ASCII, -1 where not known yet
	others   map[rune]fixed.Int26_6
	kerns    map[pair]fixed.Int26_6
	glyphs   map[glyphKey]*glyph
	known    map[rune]bool // whether plain, for letters beyond ASCII
}

// newFace makes a face of the font in pixels an em.
func newFace(f *sfnt.Font, pixels float64) (*face, error) {
	ff, err := opentype.NewFace(f, &opentype.FaceOptions{Size: pixels, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil, err
	}
	m := ff.Metrics()
	fc := &face{
		font: f, face: ff,
		ascent: float64(m.Ascent) / 64, descent: float64(m.Descent) / 64,
		others: map[rune]fixed.Int26_6{}, kerns: map[pair]fixed.Int26_6{},
		glyphs: map[glyphKey]*glyph{}, known: map[rune]bool{},
	}
	for i := range fc.advances {
		fc.advances[i] = -1
	}
	return fc, nil
}

// plain tells whether a text can be drawn letter by letter.
func (f *face) plain(text string) bool {
	for _, r := range text {
		if r < 0x7f {
			continue
		}
		ok, known := f.known[r]
		if !known {
			ok = f.plainRune(r)
			f.known[r] = ok
		}
		if !ok {
			return false
		}
	}
	return true
}

func (f *face) plainRune(r rune) bool {
	if invisible(r) {
		return true
	}
	if unicode.Is(unicode.Mn, r) || !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Common) {
		return false
	}
	index, err := f.font.GlyphIndex(&f.buffer, r)
	return err == nil && index != 0
}

// invisible letters take no room: soft hyphens, zero-width spaces and marks
// that only matter between letters of other scripts.
func invisible(r rune) bool {
	switch r {
	case 0x00AD, 0x200B, 0x2060, 0xFEFF, '\r':
		return true
	}
	return false
}

func (f *face) advance(r rune) fixed.Int26_6 {
	if r < 128 {
		if a := f.advances[r]; a >= 0 {
			return a
		}
	} else if a, ok := f.others[r]; ok {
		return a
	}
	a, ok := f.face.GlyphAdvance(visibleRune(r))
	if !ok || invisible(r) {
		a = 0
	}
	if r < 128 {
		f.advances[r] = a
	} else {
		f.others[r] = a
	}
	return a
}

// visibleRune is what is drawn for a letter: a blank for control characters.
func visibleRune(r rune) rune {
	if r < 0x20 || r == 0x7f || r >= 0x80 && r < 0xA0 {
		return ' '
	}
	return r
}

func (f *face) kern(a, b rune) fixed.Int26_6 {
	if a == 0 {
		return 0
	}
	k, ok := f.kerns[pair{a, b}]
	if !ok {
		k = f.face.Kern(visibleRune(a), visibleRune(b))
		if len(f.kerns) > 2*maxGlyphs {
			clear(f.kerns)
		}
		f.kerns[pair{a, b}] = k
	}
	return k
}

// width is the length of plain text in pixels.
func (f *face) width(text string) float64 {
	var x fixed.Int26_6
	var last rune
	for _, r := range text {
		x += f.kern(last, r) + f.advance(r)
		last = r
	}
	return float64(x) / 64
}

// fit is how many bytes of plain text fit into width pixels, and their length;
// whole tells that all do. With too little room, there is room left for rest
// pixels behind.
func (f *face) fit(text string, width, rest float64) (bytes int, length float64, whole bool) {
	var x fixed.Int26_6
	var last rune
	limit, short := toFixed(width), toFixed(width-rest)
	for i, r := range text {
		next := x + f.kern(last, r) + f.advance(r)
		if next <= short {
			bytes, length = i+runeLen(r), float64(next)/64
		}
		if next > limit {
			return bytes, length, false
		}
		x, last = next, r
	}
	return len(text), float64(x) / 64, true
}

func runeLen(r rune) int { return len(string(r)) }

func toFixed(pixels float64) fixed.Int26_6 { return fixed.Int26_6(math.Floor(pixels * 64)) }

func (f *face) glyph(r rune, sub uint8) *glyph {
	key := glyphKey{r, sub}
	if g, ok := f.glyphs[key]; ok {
		return g
	}
	if len(f.glyphs) >= maxGlyphs {
		clear(f.glyphs)
	}
	g := f.render(r, sub)
	f.glyphs[key] = g
	return g
}

func (f *face) render(r rune, sub uint8) *glyph {
	dot := fixed.Point26_6{X: fixed.Int26_6(int(sub) * 64 / subSteps)}
	box, mask, at, _, ok := f.face.Glyph(dot, visibleRune(r))
	alpha, isAlpha := mask.(*image.Alpha)
	if !ok || !isAlpha || box.Empty() {
		return nil
	}
	g := &glyph{w: box.Dx(), h: box.Dy(), x: box.Min.X, y: box.Min.Y}
	g.alpha = make([]uint8, 0, g.w*g.h)
	for y := range g.h {
		from := alpha.PixOffset(at.X, at.Y+y)
		g.alpha = append(g.alpha, alpha.Pix[from:from+g.w]...)
	}
	return g
}
