package fix

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/ui/look"
	"rollcall/ui/words"
)

// footerLayout keeps filters at the left and the way on at the right. What is
// between gives way in a narrow window, the least important words first; the
// file's name is the last of them, and then loses its middle.
type footerLayout struct{ footer *footer }

const (
	footerGap float32 = 10
	// fileWidest is what the file takes at most, fileLeast what is kept for its
	// name as long as anything else can give way. fieldWidth and fieldNarrow
	// are the field of the text filter.
	fileWidest  float32 = 300
	fileLeast   float32 = 96
	fieldWidth  float32 = 90
	fieldNarrow float32 = 70
)

func (f *footer) layOut() *fyne.Container {
	return container.New(&footerLayout{f}, f.filters, f.text, f.only, f.sheets, f.file, f.allowed, f.valid, f.preview)
}

// fitting is what of the footer is shown, and in which words.
type fitting struct {
	sheets, allowed, valid, text bool
	shortValid, shortOnly        bool
	shortSheets                  bool
	field                        float32 // width of the text filter's field
	file                         fileWords
	cutName, noName              bool
}

// concessions are what is given up in a narrow window, in this order, until the
// rest fits.
func (f *footer) concessions() []func(*fitting) {
	return []func(*fitting){
		func(g *fitting) { g.shortValid = true },
		func(g *fitting) { g.allowed = false },
		func(g *fitting) { g.file.sheet = "" },
		func(g *fitting) { g.shortSheets = true },
		func(g *fitting) {
			if !f.unsafe {
				g.file.state = ""
			}
		},
		func(g *fitting) { g.field = fieldNarrow },
		func(g *fitting) { g.cutName = true },
		func(g *fitting) { g.shortOnly = true },
		func(g *fitting) { g.sheets = false },                       // the File menu has them
		func(g *fitting) { g.text = false },                         // the menu of a cell filters by its text
		func(g *fitting) { g.noName = true },                        // the window's title has it
		func(g *fitting) { g.valid = g.valid && !f.only.Visible() }, // the Import menu has them
	}
}

// fit finds what is shown in a width.
func (f *footer) fit(width float32) fitting {
	g := fitting{sheets: f.manySheets, allowed: true, valid: f.offersValid, text: true, field: fieldWidth, file: f.told}
	for _, give := range f.concessions() {
		if f.wants(&g) <= width {
			break
		}
		give(&g)
	}
	return g
}

// wants is how wide the footer would be.
func (f *footer) wants(g *fitting) float32 {
	f.use(g)
	sum := f.filters.MinSize().Width + footerGap + f.preview.MinSize().Width
	add := func(shown bool, width float32) {
		if shown {
			sum += width + footerGap
		}
	}
	add(g.text, g.field)
	add(f.only.Visible(), f.only.MinSize().Width)
	add(g.sheets, f.sheets.MinSize().Width)
	add(g.allowed, f.allowed.MinSize().Width)
	add(g.valid, f.valid.MinSize().Width)
	add(!g.noName, g.file.wants(g.cutName))
	return sum
}

// use puts the words of a fitting into the buttons.
func (f *footer) use(g *fitting) {
	choose := func(b *look.Button, short bool, long, brief string) {
		if short {
			long = brief
		}
		b.SetText(long)
	}
	choose(f.valid, g.shortValid, validWords, validWordsShort)
	choose(f.only, g.shortOnly, f.onlyText, f.onlyShort)
	choose(f.sheets, g.shortSheets, "Sheet “"+f.sheetName+"”", f.sheetName)
}

func bodyWidth(text string) float32 {
	return fyne.MeasureText(text, look.TextBody, fyne.TextStyle{}).Width + 2
}

// MinSize is asked for by Fyne.
func (l *footerLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	f := l.footer
	width := f.filters.MinSize().Width + f.preview.MinSize().Width + 3*footerGap + 80
	return fyne.NewSize(width, look.ControlHeight)
}

// Layout is asked for by Fyne.
func (l *footerLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	f := l.footer
	g := f.fit(size.Width)
	f.use(&g)
	shown := func(o fyne.CanvasObject, wanted bool) {
		if wanted {
			o.Show()
		} else {
			o.Hide()
		}
	}
	shown(f.text, g.text)
	shown(f.sheets, g.sheets)
	shown(f.allowed, g.allowed)
	shown(f.valid, g.valid)
	x, end := float32(0), size.Width
	left := func(o fyne.CanvasObject, w float32) {
		if o.Visible() {
			l.put(o, x, w, size.Height)
			x += w + footerGap
		}
	}
	right := func(o fyne.CanvasObject) {
		if o.Visible() {
			w := o.MinSize().Width
			l.put(o, end-w, w, size.Height)
			end -= w + footerGap
		}
	}
	left(f.filters, f.filters.MinSize().Width)
	left(f.text, g.field)
	left(f.only, f.only.MinSize().Width)
	left(f.sheets, f.sheets.MinSize().Width)
	right(f.preview)
	right(f.valid)
	right(f.allowed)
	room := max(0, end-x)
	f.file.SetText(g.file.within(room))
	l.put(f.file, x, room, size.Height)
}

func (*footerLayout) put(o fyne.CanvasObject, x, width, height float32) {
	h := min(height, o.MinSize().Height)
	o.Move(fyne.NewPos(x, (height-h)/2))
	o.Resize(fyne.NewSize(width, h))
}

// fileWords tell the file, its sheet, and whether the work in it is safe.
type fileWords struct{ name, sheet, state string }

// String is all of it: "users-q3.xlsx · sheet “Users” · autosaved".
func (w fileWords) String() string {
	text := w.name
	for _, part := range []string{w.sheet, w.state} {
		if part != "" {
			text += " · " + part
		}
	}
	return text
}

// wants is how wide it is to be, with its name whole or cut.
func (w fileWords) wants(cut bool) float32 {
	whole := bodyWidth(w.String())
	if !cut {
		return min(fileWidest, whole)
	}
	return whole - max(0, bodyWidth(w.name)-fileLeast)
}

// within is all of it with as much of the name as fits into a width; nothing
// where that is too little to know the file by.
func (w fileWords) within(width float32) string {
	named := func(name string) string { return fileWords{name, w.sheet, w.state}.String() }
	name := words.Middle(w.name, width, func(name string) float32 { return bodyWidth(named(name)) })
	if len([]rune(name)) < 4 && name != w.name {
		return ""
	}
	return named(name)
}
