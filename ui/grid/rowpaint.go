package grid

import (
	"image"
	"image/color"
	"math"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"golang.org/x/image/font/sfnt"
)

const (
	cellPad   = 9   // canvas units from a cell's edge to its text
	edgeWidth = 3   // of tinted and edited cells
	longest   = 600 // bytes of a value that are looked at for drawing
)

// rowPainter draws rows and the header into one small buffer that is used again
// for each: Fyne uploads it before the next row is drawn.
type rowPainter struct {
	scale    float64 // pixels a canvas unit
	textSize float64
	colors   palette

	regular, bold, small *face
	fonts                map[string]*sfnt.Font
	made                 fontKey

	sprites map[spriteKey]mask
	buffer  *image.RGBA
}

type fontKey struct {
	regular, bold string
	size, scale   float64
}

// rowView is all that a row shows, taken from the model when the row came into
// sight or changed, so that painting asks nobody.
type rowView struct {
	row    int
	first  int // column of the first cell
	cells  []CellView
	header RowHeaderView
}

// columns is where the visible columns lie, in pixels from the left of the row.
type columns struct {
	first     int
	edges     []int // left edges, and the right edge of the last
	rowHeader int   // width of the row numbers; 0 shows none
}

// prepare loads fonts for the theme and scale; it is cheap when nothing changed.
func (p *rowPainter) prepare(th fyne.Theme, scale, textSize float64) bool {
	regular, bold := th.Font(fyne.TextStyle{}), th.Font(fyne.TextStyle{Bold: true})
	key := fontKey{regular.Name(), bold.Name(), textSize, scale}
	if p.made == key && p.regular != nil {
		return false
	}
	p.scale, p.textSize = scale, textSize
	if p.fonts == nil {
		p.fonts = map[string]*sfnt.Font{}
	}
	p.sprites = map[spriteKey]mask{}
	p.regular = p.load(regular, textSize*scale)
	p.bold = p.load(bold, textSize*scale)
	p.small = p.load(regular, (textSize-1)*scale)
	p.made = key
	return true
}

// load makes a face of a font resource, or of Fyne's own font when the resource
// cannot be read.
func (p *rowPainter) load(res fyne.Resource, pixels float64) *face {
	f, ok := p.fonts[res.Name()]
	if !ok {
		var err error
		if f, err = sfnt.Parse(res.Content()); err != nil {
			f, err = sfnt.Parse(theme.DefaultTextFont().Content())
			if err != nil {
				fyne.LogError("The grid cannot read a font", err)
				return nil
			}
		}
		p.fonts[res.Name()] = f
	}
	fc, err := newFace(f, pixels)
	if err != nil {
		fyne.LogError("The grid cannot size a font", err)
		return nil
	}
	return fc
}

func (p *rowPainter) px(units float64) int { return int(math.Round(units * p.scale)) }

func (p *rowPainter) canvas(w, h int) *ink {
	if p.buffer == nil || cap(p.buffer.Pix) < 4*w*h {
		p.buffer = image.NewRGBA(image.Rect(0, 0, w, h))
	}
	p.buffer.Pix = p.buffer.Pix[:4*w*h]
	p.buffer.Stride, p.buffer.Rect = 4*w, image.Rect(0, 0, w, h)
	return &ink{img: p.buffer, clip: p.buffer.Rect}
}

// shown is the first line of a value, cut to what could ever be seen, and
// whether there are more lines.
func shown(text string) (line string, more bool) {
	if len(text) > longest {
		cut := longest
		for cut > 0 && text[cut]&0xC0 == 0x80 {
			cut--
		}
		text = text[:cut]
	}
	if i := strings.IndexAny(text, "\n\r"); i >= 0 {
		return text[:i], strings.TrimRight(text[i:], "\r\n") != "" || i > 0
	}
	return text, false
}

// paintRow draws one row. A face that could not be loaded draws no text.
func (p *rowPainter) paintRow(w, h int, v *rowView, cols *columns) image.Image {
	k := p.canvas(w, h)
	line := max(1, p.px(1))
	k.fill(0, 0, w, h, p.colors.surface)
	for i := range v.cells {
		at := v.first + i - cols.first
		if at < 0 || at+1 >= len(cols.edges) {
			continue
		}
		box := image.Rect(cols.edges[at], 0, cols.edges[at+1], h)
		clip := box.Intersect(image.Rect(cols.rowHeader, 0, w, h))
		if clip.Empty() {
			continue
		}
		k.clip = clip
		p.paintCell(k, box, &v.cells[i], line)
		k.fill(box.Max.X-line, 0, box.Max.X, h, p.colors.gridLine)
	}
	k.clip = k.img.Rect
	right := w
	if n := len(cols.edges); n > 0 {
		right = min(w, cols.edges[n-1])
	}
	k.fill(0, h-line, right, h, p.colors.gridLine)
	p.paintRowHeader(k, h, v, cols, line)
	return k.img
}

func (p *rowPainter) paintRowHeader(k *ink, h int, v *rowView, cols *columns, line int) {
	if cols.rowHeader == 0 || p.small == nil {
		return
	}
	k.fill(0, 0, cols.rowHeader, h-line, p.colors.rowNumbers)
	k.fill(cols.rowHeader-line, 0, cols.rowHeader, h, p.colors.line)
	text := v.header.Number
	x := float64(cols.rowHeader-p.px(cellPad)) - p.small.width(text)
	k.text(p.small, text, x, p.baseline(p.small, h), p.colors.roles[RoleQuiet])
	what, c, side := spriteDisc, p.colors.errorEdge, 7.0
	switch v.header.Mark {
	case MarkNone:
		return
	case MarkWarning:
		what, c, side = spriteTriangle, p.colors.warningEdge, 8
	case MarkEdited:
		what, c, side = spriteBar, p.colors.primary, 8
	}
	m := p.spriteMask(what, p.px(side))
	k.stamp(m.alpha, m.w, m.h, p.px(7), (h-m.h)/2, c)
}

func (p *rowPainter) baseline(f *face, h int) int {
	return int(math.Round((float64(h)-f.ascent-f.descent)/2 + f.ascent))
}

func (p *rowPainter) paintCell(k *ink, box image.Rectangle, c *CellView, line int) {
	fill, edge := p.colors.tint(c.Tint)
	if c.Tint != TintNone {
		k.fill(box.Min.X, box.Min.Y, box.Max.X, box.Max.Y, fill)
	}
	if c.Tint != TintNone || c.Edited {
		if c.Tint == TintNone {
			edge = p.colors.primary
		}
		k.fill(box.Min.X, box.Min.Y, box.Min.X+p.px(edgeWidth), box.Max.Y-line, edge)
	}
	left, right := box.Min.X+p.px(cellPad), box.Max.X-p.px(cellPad)
	if c.Check != NoCheck {
		p.paintCheck(k, left, box, c.Check == Checked)
		left += p.px(22)
	}
	switch {
	case c.Button != "":
		p.paintButton(k, box, c.Button)
	case p.overlaid(c):
	case len(c.Spans) > 0:
		p.paintSpans(k, left, right, box, c.Spans)
	case c.Text != "":
		p.paintText(k, left, right, box, c, fill)
	}
}

// overlaid tells whether a cell's text is left to Fyne's own text objects.
func (p *rowPainter) overlaid(c *CellView) bool {
	if p.regular == nil || p.bold == nil {
		return false
	}
	if len(c.Spans) > 0 {
		for _, s := range c.Spans {
			if !p.faceOf(s.Bold).plain(s.Text) {
				return true
			}
		}
		return false
	}
	line, _ := shown(c.Text)
	return c.Button == "" && !p.faceOf(c.Bold).plain(line)
}

func (p *rowPainter) faceOf(bold bool) *face {
	if bold {
		return p.bold
	}
	return p.regular
}

func (p *rowPainter) paintText(k *ink, left, right int, box image.Rectangle, c *CellView, ground color.RGBA) {
	f := p.faceOf(c.Bold)
	line, more := shown(c.Text)
	if f == nil {
		return
	}
	if more {
		right -= p.px(14)
	}
	ink := p.colors.roles[c.Role]
	y := p.baseline(f, box.Dy())
	ellipsis := f.width("…")
	n, length, whole := f.fit(line, float64(right-left), ellipsis)
	x := float64(left)
	if whole {
		x = aligned(c.Align, left, right, length)
	}
	k.text(f, line[:n], x, y, ink)
	if !whole {
		k.text(f, "…", x+length, y, ink)
	}
	if c.Struck {
		p.strike(k, x, length, box.Dy(), ink)
	}
	if more {
		m := p.spriteMask(spriteReturn, p.px(10))
		k.stamp(m.alpha, m.w, m.h, right+p.px(4), (box.Dy()-m.h)/2+p.px(1), mix(ground, p.colors.roles[RoleQuiet], 200))
	}
}

func aligned(a Align, left, right int, length float64) float64 {
	switch a {
	case AlignEnd:
		return float64(right) - length
	case AlignCenter:
		return (float64(left+right) - length) / 2
	default:
		return float64(left)
	}
}

func (p *rowPainter) strike(k *ink, x, length float64, h int, c color.RGBA) {
	y := h/2 + p.px(1)
	k.fill(int(x), y, int(x+length+0.5), y+max(1, p.px(1)), c)
}

func (p *rowPainter) paintSpans(k *ink, left, right int, box image.Rectangle, spans []Span) {
	x := float64(left)
	for _, s := range spans {
		f := p.faceOf(s.Bold)
		text, _ := shown(s.Text)
		if f == nil {
			return
		}
		ink := p.colors.roles[s.Role]
		y := p.baseline(f, box.Dy())
		n, length, whole := f.fit(text, float64(right)-x, f.width("…"))
		k.text(f, text[:n], x, y, ink)
		if s.Struck {
			p.strike(k, x, length, box.Dy(), ink)
		}
		x += length
		if !whole {
			k.text(f, "…", x, y, ink)
			return
		}
	}
}

// buttonBox is where a cell's button lies, in pixels within the row.
func (p *rowPainter) buttonBox(box image.Rectangle, text string) image.Rectangle {
	if p.small == nil {
		return image.Rectangle{}
	}
	w := int(math.Ceil(p.small.width(text))) + p.px(18)
	left := box.Min.X + p.px(cellPad)
	inset := max(p.px(2), (box.Dy()-p.px(26))/2)
	return image.Rect(left, inset, min(left+w, box.Max.X-p.px(4)), box.Dy()-inset)
}

func (p *rowPainter) paintButton(k *ink, box image.Rectangle, text string) {
	b := p.buttonBox(box, text)
	if p.small == nil || b.Empty() {
		return
	}
	p.frame(k, b, float32(5*p.scale), float32(max(1, p.px(1))), p.colors.border)
	x := float64(b.Min.X) + (float64(b.Dx())-p.small.width(text))/2
	k.text(p.small, text, x, p.baseline(p.small, box.Dy()), p.colors.roles[RoleText])
}

func (p *rowPainter) paintCheck(k *ink, left int, box image.Rectangle, on bool) {
	side := p.px(15)
	at := image.Rect(left, (box.Dy()-side)/2, left+side, (box.Dy()-side)/2+side)
	if !on {
		p.frame(k, at, float32(3*p.scale), float32(max(1, p.px(1))), p.colors.roles[RoleQuiet])
		return
	}
	p.block(k, at, float32(3*p.scale), p.colors.primary)
	m := p.spriteMask(spriteTick, p.px(13))
	k.stamp(m.alpha, m.w, m.h, at.Min.X+(side-m.w)/2, at.Min.Y+(side-m.h)/2, p.colors.surface)
}

// paintHeader draws the header row: titles in bold, sorting and filter signs,
// and on the column under the pointer the arrow that opens its menu.
func (p *rowPainter) paintHeader(w, h int, views []HeaderView, cols *columns, menuAt int) image.Image {
	k := p.canvas(w, h)
	line := max(1, p.px(1))
	k.fill(0, 0, w, h, p.colors.header)
	for i, v := range views {
		box := image.Rect(cols.edges[i], 0, cols.edges[i+1], h)
		k.clip = box.Intersect(image.Rect(cols.rowHeader, 0, w, h))
		if k.clip.Empty() {
			continue
		}
		p.paintTitle(k, box, v, cols.first+i == menuAt)
		k.fill(box.Max.X-line, 0, box.Max.X, h, p.colors.line)
	}
	k.clip = k.img.Rect
	if cols.rowHeader > 0 {
		k.fill(0, 0, cols.rowHeader, h, p.colors.header)
		k.fill(cols.rowHeader-line, 0, cols.rowHeader, h, p.colors.line)
	}
	k.fill(0, h-line, w, h, p.colors.line)
	return k.img
}

func (p *rowPainter) paintTitle(k *ink, box image.Rectangle, v HeaderView, menu bool) {
	left, right := box.Min.X+p.px(cellPad), box.Max.X-p.px(4)
	sign := func(what sprite, c color.RGBA) {
		m := p.spriteMask(what, p.px(9))
		right -= m.w + p.px(4)
		k.stamp(m.alpha, m.w, m.h, right, (box.Dy()-m.h)/2, c)
	}
	if menu {
		sign(spriteArrowDown, p.colors.roles[RoleText])
	}
	if v.Filtered {
		sign(spriteFunnel, p.colors.primary)
	}
	switch v.Sorting {
	case Ascending:
		sign(spriteArrowUp, p.colors.primary)
	case Descending:
		sign(spriteArrowDown, p.colors.primary)
	}
	title, _ := shown(v.Title)
	if p.bold == nil || !p.bold.plain(title) {
		return
	}
	y := p.baseline(p.bold, box.Dy())
	n, length, whole := p.bold.fit(title, float64(right-left), p.bold.width("…"))
	k.text(p.bold, title[:n], float64(left), y, p.colors.roles[RoleText])
	if !whole {
		k.text(p.bold, "…", float64(left)+length, y, p.colors.roles[RoleText])
	}
}
