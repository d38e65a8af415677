package grid

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/math/fixed"
)

// ink draws into an opaque picture, clipped to a rectangle of pixels.
type ink struct {
	img  *image.RGBA
	clip image.Rectangle
}

// fill paints a rectangle from x0,y0 up to, but without, x1,y1.
func (k *ink) fill(x0, y0, x1, y1 int, c color.RGBA) {
	r := image.Rect(x0, y0, x1, y1).Intersect(k.clip)
	if r.Empty() {
		return
	}
	first := k.img.Pix[k.img.PixOffset(r.Min.X, r.Min.Y):]
	n := 4 * r.Dx()
	for i := 0; i < n; i += 4 {
		first[i], first[i+1], first[i+2], first[i+3] = c.R, c.G, c.B, c.A
	}
	for y := r.Min.Y + 1; y < r.Max.Y; y++ {
		at := k.img.PixOffset(r.Min.X, y)
		copy(k.img.Pix[at:at+n], first[:n])
	}
}

// text draws plain text with its pen at x on the baseline y.
func (k *ink) text(f *face, text string, x float64, y int, c color.RGBA) {
	pen := fixed.Int26_6(math.Round(x * 64))
	var last rune
	for _, r := range text {
		pen += f.kern(last, r)
		last = r
		at := int(pen >> 6)
		if at >= k.clip.Max.X {
			return
		}
		if r != ' ' && !invisible(r) {
			if g := f.glyph(r, uint8((pen&63)*subSteps/64)); g != nil {
				k.stamp(g.alpha, g.w, g.h, at+g.x, y+g.y, c)
			}
		}
		pen += f.advance(r)
	}
}

// stamp blends a colour through a mask with its upper left at x,y.
func (k *ink) stamp(alpha []uint8, w, h, x, y int, c color.RGBA) {
	x0, x1 := max(0, k.clip.Min.X-x), min(w, k.clip.Max.X-x)
	y0, y1 := max(0, k.clip.Min.Y-y), min(h, k.clip.Max.Y-y)
	if x0 >= x1 {
		return
	}
	r, g, b := uint32(c.R), uint32(c.G), uint32(c.B)
	for row := y0; row < y1; row++ {
		line := alpha[row*w+x0 : row*w+x1]
		pix := k.img.Pix[k.img.PixOffset(x+x0, y+row):]
		for i, a8 := range line {
			if a8 == 0 {
				continue
			}
			p := pix[4*i : 4*i+3 : 4*i+3]
			if a8 == 0xff {
				p[0], p[1], p[2] = c.R, c.G, c.B
				continue
			}
			a := uint32(a8)
			na := 255 - a
			p[0] = uint8((r*a + uint32(p[0])*na + 127) / 255)
			p[1] = uint8((g*a + uint32(p[1])*na + 127) / 255)
			p[2] = uint8((b*a + uint32(p[2])*na + 127) / 255)
		}
	}
}
