package columns

import (
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/internal/workbench"
	"rollcall/ui/ask"
	"rollcall/ui/frame"
	"rollcall/ui/look"
	"rollcall/ui/watch"
	"rollcall/ui/words"
)

// factsBar shows how the file was read, to be corrected.
type factsBar struct {
	screen    *Screen
	content   fyne.CanvasObject
	file      *look.Spans
	rows      *look.Spans
	encoding  *fact
	separator *fact
	sheet     *fact
	header    *fact
}

// fact is a quiet name with a drop-down.
type fact struct {
	box    *fyne.Container
	button *look.Button
}

func newFact(name, tip string, tapped func(*look.Button)) *fact {
	f := &fact{}
	f.button = look.NewDropDown("", nil).Small().Flat().WithTip(tip)
	f.button.SetLabel(name)
	f.button.OnTapped = watch.Wrap("button columns.fact", func() { tapped(f.button) })
	f.box = look.Row(0, look.NewQuiet(name), f.button, look.Gap(10, 0))
	return f
}

// fact gives a plain text the room that the others have.
func (*factsBar) fact(o fyne.CanvasObject) fyne.CanvasObject {
	return look.Fixed(0, look.SmallControlHeight, look.Row(0, o, look.Gap(18, 0)))
}

func (f *fact) show(text string) {
	f.button.SetText(text)
	f.box.Show()
}

// encodings are those that can be chosen, by what people know them as.
var encodings = []struct{ Name, Label string }{
	{"UTF-8", "UTF-8"}, {"UTF-16LE", "UTF-16 LE"}, {"UTF-16BE", "UTF-16 BE"},
	{"windows-1252", "Windows-1252 (Western)"}, {"windows-1250", "Windows-1250 (Central Europe)"},
	{"windows-1251", "Windows-1251 (Cyrillic)"}, {"windows-1253", "Windows-1253 (Greek)"}, {"windows-1254", "Windows-1254 (Turkish)"},
	{"windows-1255", "Windows-1255 (Hebrew)"}, {"windows-1256", "Windows-1256 (Arabic)"}, {"windows-1257", "Windows-1257 (Baltic)"},
	{"windows-1258", "Windows-1258 (Vietnamese)"}, {"windows-874", "Windows-874 (Thai)"},
	{"ISO-8859-1", "ISO-8859-1 (Western)"}, {"ISO-8859-2", "ISO-8859-2 (Central Europe)"}, {"ISO-8859-5", "ISO-8859-5 (Cyrillic)"},
	{"ISO-8859-7", "ISO-8859-7 (Greek)"}, {"ISO-8859-9", "ISO-8859-9 (Turkish)"}, {"ISO-8859-15", "ISO-8859-15 (Western)"},
	{"KOI8-R", "KOI8-R (Russian)"}, {"KOI8-U", "KOI8-U (Ukrainian)"}, {"macintosh", "Mac OS Roman (old Macs)"},
	{"IBM850", "IBM 850 (DOS, Western)"}, {"IBM852", "IBM 852 (DOS, Central Europe)"}, {"IBM866", "IBM 866 (DOS, Cyrillic)"},
	{"Shift_JIS", "Shift JIS (Japanese)"}, {"EUC-JP", "EUC-JP (Japanese)"}, {"EUC-KR", "EUC-KR (Korean)"},
	{"GB18030", "GB18030 (Simplified Chinese)"}, {"Big5", "Big5 (Traditional Chinese)"},
}

// encodingLabel is what people know an encoding as, and what it is for.
func encodingLabel(name string) string {
	for _, e := range encodings {
		if strings.EqualFold(e.Name, name) {
			return e.Label
		}
	}
	return name
}

var separators = []struct {
	Mark rune
	Name string
}{{',', "Comma"}, {';', "Semicolon"}, {'\t', "Tab"}, {'|', "Bar"}}

func newFactsBar(s *Screen) *factsBar {
	b := &factsBar{screen: s, file: look.NewSpans(look.TextBody).Cut(), rows: look.NewQuiet("")}
	b.encoding = newFact("Encoding", "How the letters are stored", b.chooseEncoding)
	b.separator = newFact("Separator", "What stands between two cells", b.chooseSeparator)
	b.sheet = newFact("Sheet", "Which sheet of the workbook", b.chooseSheet)
	b.header = newFact("Header in row", "Where the names of the columns are", b.chooseHeader)
	row := container.NewBorder(nil, nil, nil, b.rows,
		frame.Flow(0, s.regrown, b.fact(b.file), b.encoding.box, b.separator.box, b.sheet.box, b.header.box))
	b.content = container.NewStack(look.NewBox(look.ColorSurface, look.ColorLine, look.RadiusCard),
		look.Inset(7, look.SpaceInset, 7, look.SpaceInset, row))
	return b
}

func (b *factsBar) show(d *workbench.Document) {
	f := d.Facts()
	b.file.Truncate = false
	b.file.Set(look.Span{Text: "File  ", Color: look.ColorQuiet}, look.Span{Text: short(d.Name())})
	b.file.SetToolTip(d.Path())
	b.rows.SetText(words.Plural(d.RowCount(), "row", "rows"))
	b.encoding.box.Hide()
	b.separator.box.Hide()
	b.sheet.box.Hide()
	if f.Format == "csv" {
		b.encoding.show(encodingName(f.Encoding))
		b.separator.show(separatorName(f.Delimiter))
	} else {
		b.sheet.show(f.Sheet)
	}
	header := "none"
	if f.HeaderRow > 0 {
		header = strconv.Itoa(f.HeaderRow)
	}
	b.header.show(header)
}

func encodingName(name string) string {
	for _, e := range encodings {
		if strings.EqualFold(e.Name, name) {
			before, _, _ := strings.Cut(e.Label, " (")
			return before
		}
	}
	return name
}

func separatorName(mark string) string {
	for _, s := range separators {
		if string(s.Mark) == mark {
			return s.Name
		}
	}
	return mark
}

// with reopens the file with one option changed.
func (b *factsBar) with(change func(o *workbench.OpenOptions)) {
	o := b.screen.doc.Options()
	change(&o)
	b.screen.do.Reopen(o)
}

func (b *factsBar) chooseEncoding(button *look.Button) {
	var options []option
	for _, e := range encodings {
		options = append(options, option{e.Label, func() { b.with(func(o *workbench.OpenOptions) { o.Encoding = e.Name }) }})
	}
	b.screen.offer(button, "How are the letters of this file stored?", options, nil)
}

func (b *factsBar) chooseSeparator(button *look.Button) {
	var items []*fyne.MenuItem
	for _, s := range separators {
		items = append(items, ask.MenuItem(s.Name, func() { b.with(func(o *workbench.OpenOptions) { o.Separator = s.Mark }) }))
	}
	b.screen.layer.MenuBelow(button, items...)
}

func (b *factsBar) chooseSheet(button *look.Button) {
	var items []*fyne.MenuItem
	for _, s := range b.screen.doc.Worksheets() {
		name := s.Name
		if s.Hidden {
			name += " (hidden)"
		}
		items = append(items, ask.MenuItem(name, func() {
			b.with(func(o *workbench.OpenOptions) { *o = o.OfSheet(s.Name) })
		}))
	}
	b.screen.layer.MenuBelow(button, items...)
}

// firstCells shows what stands in a row.
func firstCells(cells []string) string {
	var texts []string
	for _, c := range cells {
		if c = strings.Join(strings.Fields(c), " "); c != "" {
			texts = append(texts, c)
		}
		if len(texts) == 4 {
			break
		}
	}
	if len(texts) == 0 {
		return "blank"
	}
	return short(strings.Join(texts, " · "))
}

// headerRows is how many rows are offered as the header.
const headerRows = 12

func (b *factsBar) chooseHeader(button *look.Button) {
	choose := func(row int) func() {
		return func() { b.with(func(o *workbench.OpenOptions) { o.HeaderRow = &row }) }
	}
	var items []*fyne.MenuItem
	for row := 1; row <= headerRows; row++ {
		cells := b.screen.doc.RawRow(row)
		if cells == nil {
			break
		}
		items = append(items, ask.MenuItem(fmt.Sprintf("Row %d: %s", row, firstCells(cells)), choose(row)))
	}
	items = append(items, ask.MenuItem("There is none", choose(0)))
	b.screen.layer.MenuBelow(button, items...)
}
