package grid

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/vector"
)

// sprite is a small sign that is drawn into rows and headers.
type sprite uint8

const (
	spriteDisc sprite = iota
	spriteTriangle
	spriteBar
	spriteArrowUp
	spriteArrowDown
	spriteFunnel
	spriteTick
	spriteReturn
)

type mask struct {
	alpha []uint8
	w, h  int
}

type spriteKey struct {
	what sprite
	side int
}

// spriteMask is a sign as a square mask of side pixels.
func (p *rowPainter) spriteMask(what sprite, side int) mask {
	key := spriteKey{what, side}
	if m, ok := p.sprites[key]; ok {
		return m
	}
	z := vector.NewRasterizer(side, side)
	drawSprite(z, what, float32(side))
	m := maskOf(z, side, side)
	p.sprites[key] = m
	return m
}

func maskOf(z *vector.Rasterizer, w, h int) mask {
	dst := image.NewAlpha(image.Rect(0, 0, w, h))
	z.Draw(dst, dst.Bounds(), image.Opaque, image.Point{})
	return mask{alpha: dst.Pix, w: w, h: h}
}

func drawSprite(z *vector.Rasterizer, what sprite, s float32) {
	shape := func(points ...float32) {
		z.MoveTo(points[0]*s, points[1]*s)
		for i := 2; i < len(points); i += 2 {
			z.LineTo(points[i]*s, points[i+1]*s)
		}
		z.ClosePath()
	}
	switch what {
	case spriteDisc:
		for i := range 32 {
			sin, cos := math.Sincos(2 * math.Pi * float64(i) / 32)
			x, y := s/2+float32(cos)*s/2, s/2+float32(sin)*s/2
			if i == 0 {
				z.MoveTo(x, y)
			} else {
				z.LineTo(x, y)
			}
		}
		z.ClosePath()
	case spriteTriangle:
		shape(0.5, 0.02, 1, 0.94, 0, 0.94)
	case spriteBar:
		shape(0.3, 0, 0.7, 0, 0.7, 1, 0.3, 1)
	case spriteArrowUp:
		shape(0.5, 0.2, 0.95, 0.75, 0.05, 0.75)
	case spriteArrowDown:
		shape(0.05, 0.28, 0.95, 0.28, 0.5, 0.83)
	case spriteFunnel:
		shape(0.02, 0.1, 0.98, 0.1, 0.6, 0.55, 0.6, 0.98, 0.4, 0.82, 0.4, 0.55)
	case spriteTick:
		shape(0.1, 0.52, 0.22, 0.4, 0.42, 0.6, 0.8, 0.2, 0.92, 0.32, 0.42, 0.84)
	case spriteReturn:
		shape(0.8, 0.15, 0.92, 0.15, 0.92, 0.66, 0.36, 0.66, 0.36, 0.88, 0.04, 0.6, 0.36, 0.32, 0.36, 0.54, 0.8, 0.54)
	}
}

// frame draws the outline of a rounded rectangle, one line wide.
func (p *rowPainter) frame(k *ink, box image.Rectangle, radius, line float32, c color.RGBA) {
	w, h := box.Dx(), box.Dy()
	if w < 2 || h < 2 {
		return
	}
	z := vector.NewRasterizer(w, h)
	roundRect(z, 0, 0, float32(w), float32(h), radius, false)
	roundRect(z, line, line, float32(w)-line, float32(h)-line, radius-line, true)
	m := maskOf(z, w, h)
	k.stamp(m.alpha, m.w, m.h, box.Min.X, box.Min.Y, c)
}

// block draws a filled rounded rectangle.
func (p *rowPainter) block(k *ink, box image.Rectangle, radius float32, c color.RGBA) {
	z := vector.NewRasterizer(box.Dx(), box.Dy())
	roundRect(z, 0, 0, float32(box.Dx()), float32(box.Dy()), radius, false)
	m := maskOf(z, box.Dx(), box.Dy())
	k.stamp(m.alpha, m.w, m.h, box.Min.X, box.Min.Y, c)
}

// roundRect adds a rounded rectangle to a path; a hole runs the other way round.
func roundRect(z *vector.Rasterizer, x0, y0, x1, y1, r float32, hole bool) {
	r = max(0, min(r, (x1-x0)/2, (y1-y0)/2))
	if !hole {
		z.MoveTo(x0+r, y0)
		z.LineTo(x1-r, y0)
		z.QuadTo(x1, y0, x1, y0+r)
		z.LineTo(x1, y1-r)
		z.QuadTo(x1, y1, x1-r, y1)
		z.LineTo(x0+r, y1)
		z.QuadTo(x0, y1, x0, y1-r)
		z.LineTo(x0, y0+r)
		z.QuadTo(x0, y0, x0+r, y0)
		z.ClosePath()
		return
	}
	z.MoveTo(x0+r, y0)
	z.QuadTo(x0, y0, x0, y0+r)
	z.LineTo(x0, y1-r)
	z.QuadTo(x0, y1, x0+r, y1)
	z.LineTo(x1-r, y1)
	z.QuadTo(x1, y1, x1, y1-r)
	z.LineTo(x1, y0+r)
	z.QuadTo(x1, y0, x1-r, y0)
	z.ClosePath()
}
