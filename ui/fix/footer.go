package fix

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rollcall/internal/plan"
	"rollcall/internal/workbench"
	"rollcall/ui/ask"
	"rollcall/ui/look"
	"rollcall/ui/places"
	"rollcall/ui/watch"
	"rollcall/ui/words"
)

// footer is the bar below the sheet: filters, the file, and the way on.
type footer struct {
	screen  *Screen
	content fyne.CanvasObject
	filters *look.FilterBar
	text    *ask.Entry
	only    *look.Button // the filter that is no button of the bar
	sheets  *look.Button // which sheet of several
	file    *look.Spans
	allowed *look.Spans
	valid   *look.Button
	preview *look.Button
	row     *fyne.Container
	// onlyText and onlyShort are the words of only, where there is room and
	// where there is not.
	onlyText, onlyShort string
	told                fileWords // the file, in all words
	sheetName           string    // of several
	manySheets          bool
	offersValid         bool
	unsafe              bool   // edits cannot be kept on disk, and that is said
	reason              string // what a filter by value shows, in words
	turn                int
	setting             bool
}

// filterDelay is how long after the last letter the text filter is applied.
const filterDelay = 200 * time.Millisecond

const (
	validWords      = "Import the valid rows, keep the rest"
	validWordsShort = "Valid rows only…"
)

func newFooter(s *Screen) *footer {
	f := &footer{screen: s}
	f.filters = look.NewFilterBar(func(i int) { watch.Do("filter", func() { f.choose(i) }) },
		look.Filter{Name: "All"}, look.Filter{Name: "Errors"}, look.Filter{Name: "Warnings"}, look.Filter{Name: "Edited"})
	f.text = ask.NewEntry()
	f.text.SetPlaceHolder("Filter")
	f.text.OnChanged = func(t string) { watch.Do("change filter.text", func() { f.typed(t) }) }
	f.text.OnEscape = func() { f.text.SetText(""); s.Focus() }
	f.text.OnEnter = func() { f.apply(f.text.Text); s.Focus() }
	f.only = look.NewButton("", watch.Wrap("button filter.only", f.showAll)).Small().WithIcon(look.IconClose()).WithTip("Show all rows again")
	f.only.Hide()
	f.sheets = look.NewDropDown("", nil).Small().Flat()
	f.sheets.OnTapped = watch.Wrap("button fix.sheets", func() { s.do.Sheets(f.sheets) })
	f.sheets.SetTextColor(look.ColorQuiet)
	f.sheets.Hide()
	f.file = look.NewQuiet("").Cut()
	f.allowed = look.NewQuiet("")
	f.valid = look.NewButton(validWords, watch.Wrap("button fix.validonly", func() { s.Commit(); s.do.Preview(true) })).
		WithTip("Import the valid rows, keep the rest: rows with errors stay open here")
	f.preview = look.NewPrimary("Preview import", watch.Wrap("button fix.preview", func() { s.Commit(); s.do.Preview(false) }))
	f.row = f.layOut()
	f.content = look.BottomBar(f.row)
	return f
}

// choose applies one of the buttons of the bar.
func (f *footer) choose(i int) {
	s := f.screen
	if s.doc == nil {
		return
	}
	s.Commit()
	f.reason = ""
	s.doc.SetFilter(workbench.Filter{Kind: workbench.FilterKind(i), Text: f.text.Text})
	f.update()
	s.Focus()
}

// showAll takes every filter off and gives the sheet the keyboard.
func (f *footer) showAll() {
	f.screen.Commit()
	f.unfilter()
	f.screen.Focus()
}

// unfilter takes every filter off.
func (f *footer) unfilter() {
	f.filters.Choose(0)
	f.narrow("", workbench.Filter{}, nil)
}

// narrow shows only some rows, and says in words which.
func (f *footer) narrow(reason string, filter workbench.Filter, only *narrowed) {
	f.setting = true
	f.text.SetText("")
	f.setting = false
	f.turn++
	f.reason, f.screen.panel.only = reason, only
	f.screen.doc.SetFilter(filter)
	f.update()
}

// filterText shows only rows with a text.
func (f *footer) filterText(text string) {
	f.setting = true
	f.text.SetText(text)
	f.setting = false
	f.apply(text)
}

// typed applies the text once the person has stopped typing.
func (f *footer) typed(text string) {
	if f.setting {
		return
	}
	f.turn++
	turn := f.turn
	time.AfterFunc(filterDelay, func() {
		f.screen.layer.Post(func() {
			if turn == f.turn {
				watch.Do("post: filter", func() { f.apply(text) })
			}
		})
	})
}

func (f *footer) apply(text string) {
	if f.screen.doc == nil {
		return
	}
	f.turn++
	f.screen.grid.Commit()
	filter := f.screen.doc.Filter()
	filter.Text = strings.TrimSpace(text)
	f.screen.doc.SetFilter(filter)
	f.update()
}

// waiting says that a filter is about to be applied.
func (f *footer) waiting() bool {
	return f.screen.doc != nil && strings.TrimSpace(f.text.Text) != f.screen.doc.Filter().Text
}

// update shows counts, the file and what the buttons may do.
func (f *footer) update() {
	d := f.screen.doc
	if d == nil {
		return
	}
	c := d.Counts()
	f.filters.Set(filterCounts(c)...)
	filter := d.Filter()
	f.filters.Choose(int(filter.Kind))
	if filter.Code != "" || filter.Rows != nil {
		f.onlyShort = words.Plural(len(d.Rows()), "row", "rows")
		f.onlyText = words.Short(f.reason, 28) + " · " + look.Count(len(d.Rows()))
		f.only.SetTip(f.reason + ". Show all rows again")
		f.only.Show()
	} else {
		f.only.Hide()
	}
	f.showSheets()
	f.showFile()
	f.allowed.Set(allowedText(c.Rows)...)
	f.offer(c)
	f.row.Refresh()
}

func filterCounts(c workbench.Counts) []look.Filter {
	return []look.Filter{{Name: "All", Count: c.Rows}, {Name: "Errors", Count: c.Errors},
		{Name: "Warnings", Count: c.Warnings}, {Name: "Edited", Count: c.EditedRows}}
}

// showSheets offers the other sheets of a workbook that has several.
func (f *footer) showSheets() {
	d := f.screen.doc
	n := len(d.Worksheets())
	f.manySheets = n > 1
	if !f.manySheets {
		return
	}
	f.sheetName = words.Short(d.Facts().Sheet, 16)
	f.sheets.SetTip("One of " + look.Count(n) + " sheets of the workbook; the others are not read. Open another one here.")
}

// showFile tells the file and whether the work in it is safe.
func (f *footer) showFile() {
	if told := f.fileWords(); told != f.told {
		f.told = told
		f.row.Refresh()
	}
	tip := f.told.String()
	if path := f.screen.doc.Path(); path != "" {
		tip += "\n" + path
	}
	if problem := f.screen.doc.WorkProblem(); problem != "" {
		tip += "\n" + problem
	}
	f.file.SetToolTip(tip)
}

func (f *footer) fileWords() fileWords {
	d := f.screen.doc
	w := fileWords{name: d.Name()}
	f.unsafe = d.WorkProblem() != ""
	if sheet := d.Facts().Sheet; sheet != "" && len(d.Worksheets()) < 2 {
		w.sheet = "sheet “" + words.Short(sheet, 24) + "”"
	}
	switch {
	case !d.Dirty():
		w.state = "saved"
	case d.Autosaved():
		w.state = "autosaved"
	case f.unsafe:
		w.state = "not autosaved: save now"
	default:
		w.state = "saving…"
	}
	return w
}

func allowedText(rows int) []look.Span {
	if rows > plan.MaxRows {
		return []look.Span{{Text: look.Count(rows) + " rows, sent in parts of " + look.Count(plan.MaxRows), Color: look.ColorWarningText}}
	}
	return []look.Span{{Text: look.Count(rows) + " of " + look.Count(plan.MaxRows) + " rows allowed", Color: look.ColorQuiet}}
}

// offer says which ways on are open, and why not.
func (f *footer) offer(c workbench.Counts) {
	blocked := blockedBy(c)
	switch {
	case c.Rows == 0:
		f.preview.DisableWith("There is no row to import yet.")
	case f.screen.doc.Checking():
		f.preview.DisableWith("The sheet is being checked.")
	case blocked != "":
		f.preview.DisableWith(blocked)
	default:
		f.preview.Enable()
	}
	f.offersValid = c.RowsWithErrors > 0 && c.RowsWithErrors < c.Rows && blocked != ""
}

// blockedBy says what is in the way of importing all rows, "" for nothing.
func blockedBy(c workbench.Counts) string {
	if c.RowsWithErrors == 0 {
		return ""
	}
	rows := words.Plural(c.RowsWithErrors, "row has errors", "rows have errors")
	return rows + ". Fix them first, or import the valid rows and keep the rest."
}

func (f *footer) places(p *places.Page) {
	d := f.screen.doc
	c := d.Counts()
	for i, name := range []string{"all", "errors", "warnings", "edited"} {
		at, size := f.filters.Segment(i)
		p.Part("filter."+name, f.filters, at, size)
	}
	p.Number("filter.all", c.Rows)
	p.Number("filter.errors", c.Errors)
	p.Number("filter.warnings", c.Warnings)
	p.Number("filter.edited", c.EditedRows)
	p.Mark("filter.text", f.text)
	p.Text("filter.text", f.text.Text)
	p.Mark("filter.only", f.only)
	p.Mark("fix.preview", f.preview)
	p.Text("fix.preview", f.preview.Text())
	p.Mark("fix.validonly", f.valid)
	p.Mark("fix.file", f.file)
	p.Text("fix.file", f.told.String())
	p.Text("fix.file.shown", f.file.Text())
	p.Mark("fix.sheets", f.sheets)
	p.Text("fix.sheets", f.sheets.Text())
	p.Number("fix.errors", c.Errors)
	p.Number("fix.warnings", c.Warnings)
	p.Number("fix.rows", c.Rows)
}
