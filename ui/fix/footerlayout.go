package fix

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/ui/look"
)

// footerLayout keeps filters at the left and the way on at the right. What is
// between gives way in a narrow window: first the file's name is cut, then the
// number of rows allowed goes, then words are shortened.
type footerLayout struct{ footer *footer }

const footerGap float32 = 10

func (f *footer) layOut() *fyne.Container {
	return container.New(&footerLayout{f}, f.filters, f.text, f.only, f.sheets, f.file, f.allowed, f.valid, f.preview)
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
	const filterWidth = 90
	fileWidth := min(300, fyne.MeasureText(f.file.Text(), look.TextBody, fyne.TextStyle{}).Width+2)
	if f.valid.Visible() {
		f.valid.SetText(validWords)
	}
	width := func(objects ...fyne.CanvasObject) float32 {
		sum := float32(0)
		for _, o := range objects {
			if o.Visible() {
				sum += o.MinSize().Width + footerGap
			}
		}
		return sum
	}
	f.only.SetText(f.onlyText)
	showValid := f.valid.Visible()
	if f.only.Visible() && width(f.filters, f.only, f.preview, f.valid) > size.Width+footerGap {
		f.valid.SetText(validWordsShort)
		f.only.SetText(f.onlyShort)
		// The Import menu has the valid rows, too.
		showValid = showValid && width(f.filters, f.only, f.preview, f.valid) <= size.Width+footerGap
	}
	fixed := width(f.filters, f.only, f.sheets, f.preview) + filterWidth + footerGap
	showAllowed := fixed+width(f.valid)+width(f.allowed)+fileWidth <= size.Width
	if f.valid.Visible() && !showAllowed {
		f.valid.SetText(validWordsShort)
		showAllowed = fixed+width(f.valid)+width(f.allowed)+fileWidth <= size.Width
	}
	x := float32(0)
	left := func(o fyne.CanvasObject, w float32) {
		if o.Visible() {
			l.put(o, x, w, size.Height)
			x += w + footerGap
		}
	}
	left(f.filters, f.filters.MinSize().Width)
	if fixed+width(f.valid) <= size.Width {
		left(f.text, filterWidth)
	} else { // the menu of a cell can still filter by its text
		l.put(f.text, -2000, filterWidth, size.Height)
	}
	left(f.only, f.only.MinSize().Width)
	left(f.sheets, f.sheets.MinSize().Width)
	end := size.Width
	right := func(o fyne.CanvasObject, shown bool) {
		if !shown {
			l.put(o, end, 0, 0)
			return
		}
		w := o.MinSize().Width
		l.put(o, end-w, w, size.Height)
		end -= w + footerGap
	}
	right(f.preview, true)
	if showValid {
		right(f.valid, f.valid.Visible())
	} else {
		l.put(f.valid, -2000, f.valid.MinSize().Width, size.Height)
	}
	right(f.allowed, showAllowed)
	if !showAllowed {
		l.put(f.allowed, -2000, 0, size.Height)
	}
	l.put(f.file, x, max(0, end-x), size.Height)
}

func (*footerLayout) put(o fyne.CanvasObject, x, width, height float32) {
	h := min(height, o.MinSize().Height)
	o.Move(fyne.NewPos(x, (height-h)/2))
	o.Resize(fyne.NewSize(width, h))
}
