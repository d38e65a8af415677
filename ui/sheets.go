package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"rollcall/internal/workbench"
	"rollcall/ui/ask"
)

// hasSheets says that the open workbook has more than one sheet to read.
func (w *Window) hasSheets() bool { return w.doc != nil && len(w.doc.Worksheets()) > 1 }

// sheetMenu lists the sheets of the open workbook below a button.
func (w *Window) sheetMenu(below fyne.CanvasObject) {
	if w.doc == nil {
		return
	}
	var items []*fyne.MenuItem
	for _, s := range w.doc.Worksheets() {
		name := s.Name
		if s.Hidden {
			name += " (hidden)"
		}
		i := ask.MenuItem(name, func() { w.openSheet(s.Name) })
		i.Checked = s.Name == w.doc.Facts().Sheet
		items = append(items, i)
	}
	w.layer.MenuBelow(below, items...)
}

// askSheet lets a sheet be chosen by keyboard.
func (w *Window) askSheet() {
	if w.doc == nil {
		return
	}
	var names []string
	for _, s := range w.doc.Worksheets() {
		if s.Name != w.doc.Facts().Sheet {
			names = append(names, s.Name)
		}
	}
	w.layer.Choose(ask.Choice{
		Title:   "Open another sheet",
		Text:    "“" + w.doc.Facts().Sheet + "” of “" + w.doc.Name() + "” is open.",
		Options: names, OK: "Open the sheet",
	}, w.openSheet)
}

// openSheet opens another sheet of the open workbook.
func (w *Window) openSheet(name string) {
	d := w.doc
	if d == nil || name == d.Facts().Sheet {
		return
	}
	w.whenSafe("Open another sheet?", func() {
		ask.Work(w.layer, w.bench, "Reading the sheet “"+name+"”",
			func(ctx context.Context, report func(workbench.Progress)) (*workbench.Document, error) {
				return w.bench.Reopen(ctx, d, d.Options().OfSheet(name), report)
			}, w.setDocument)
	})
}
