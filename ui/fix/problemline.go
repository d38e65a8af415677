package fix

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"

	"rollcall/internal/check"
	"rollcall/ui/frame"
	"rollcall/ui/look"
	"rollcall/ui/watch"
)

// headRow heads a rule: dot, title, count.
type headRow struct {
	base
	back  *look.Box
	line  *look.Box
	dot   *look.Icon
	title *look.Spans
	count *look.Spans
	show  func()
}

// valueRow is a value with its count, its suggestion and its button.
type valueRow struct {
	base
	chip   *fyne.Container
	value  *look.Spans
	words  *look.Spans
	more   *look.Button
	button *look.Button
	back   *look.Box
	item   item
}

// make makes an empty line of a kind.
func (p *problems) make(kind int) line {
	switch kind {
	case headLine:
		h := &headRow{back: look.NewBox("", "", 0), line: look.NewBox(look.ColorLine, "", 0), title: look.NewHeading("").Cut(), count: look.NewQuiet("")}
		h.dot = look.NewIcon(look.IconError(), look.ColorErrorEdge, 15)
		h.kind = headLine
		row := container.NewBorder(nil, nil, look.Fixed(20, 0, h.dot), h.count, h.title)
		h.root = container.NewStack(h.back, frame.New(look.Fixed(0, 1, h.line), nil, nil, nil, look.Inset(2, look.SpaceCards, 0, 12, row)))
		h.ExtendBaseWidget(h)
		return h
	case valueLine:
		v := &valueRow{back: look.NewBox("", "", 0), value: look.NewSpans(look.TextQuiet).Cut(), words: look.NewSpans(look.TextQuiet).Cut()}
		v.kind = valueLine
		v.chip = container.NewStack(look.NewBox(look.ColorChip, "", 4), look.Inset(2, 6, 2, 6, v.value))
		v.button = look.NewSmallButton("", func() { watch.Do("button problems.fix", func() { v.item.act() }) })
		v.more = look.NewIconButton(look.IconMore(), "Remembered from before: choose another value, or forget it",
			func() { watch.Do("button problems.more", func() { v.item.more() }) }).Small()
		v.root = container.NewStack(v.back, container.New(&valueLayout{}, v.chip, v.words, v.button, v.more))
		v.ExtendBaseWidget(v)
		return v
	}
	b := &base{kind: padLine, root: layout.NewSpacer()}
	b.ExtendBaseWidget(b)
	return b
}

// fill shows an item in a line, with an edge where it is the one in hand.
func (p *problems) fill(l line, it item, edge fyne.ThemeColorName) {
	switch row := l.(type) {
	case *headRow:
		row.show = it.show
		row.back.SetColors(backColor(it.on), edge)
		icon, color := look.IconError(), look.ColorErrorEdge
		if it.group.Severity == check.Warning {
			icon, color = look.IconWarning(), look.ColorWarningEdge
		}
		row.dot.Set(icon, color)
		row.title.SetText(it.group.Title)
		row.title.SetToolTip(it.group.Title + showTip(it))
		row.count.SetText(look.Count(it.group.Count))
		if it.first {
			row.line.Hide()
		} else {
			row.line.Show()
		}
	case *valueRow:
		p.fillValue(row, it, edge)
	}
}

func (p *problems) fillValue(row *valueRow, it item, edge fyne.ThemeColorName) {
	row.item = it
	row.back.SetColors(backColor(it.on), edge)
	if it.more == nil {
		row.more.Hide()
	} else {
		row.more.Show()
	}
	row.button.SetText(it.do)
	row.button.SetTip(it.tip)
	if it.do == "" {
		row.button.Hide()
	} else {
		row.button.Show()
	}
	if it.text != "" || it.value == nil {
		row.chip.Hide()
		row.words.Set(look.Span{Text: it.text, Color: look.ColorQuiet})
		return
	}
	row.chip.Show()
	v := it.value
	shown := v.Value
	if shown == "" {
		shown = "empty"
	}
	row.value.Set(look.Span{Text: shown})
	row.value.SetToolTip(v.Value + showTip(it))
	pieces := []look.Span{{Text: "×" + look.Count(v.Count), Color: look.ColorQuiet}}
	switch {
	case v.HasSuggestion && v.Suggestion == "":
		pieces = append(pieces, look.Span{Text: " → ", Color: look.ColorQuiet}, look.Span{Text: "nothing", Color: look.ColorQuiet})
	case v.HasSuggestion:
		pieces = append(pieces, look.Span{Text: " → ", Color: look.ColorQuiet}, look.Span{Text: v.Suggestion})
	case len(v.Choices) > 0 && v.Value != "":
		pieces = append(pieces, look.Span{Text: " → ", Color: look.ColorQuiet}, look.Span{Text: "choose…"})
	}
	row.words.Set(pieces...)
	row.words.SetToolTip(v.Suggestion)
}

// showTip says what a click on a line does.
func showTip(it item) string {
	switch {
	case it.show == nil:
		return ""
	case it.on:
		return "\nClick to show all rows again"
	}
	return "\nClick to show only these rows"
}

func backColor(on bool) fyne.ThemeColorName {
	if on {
		return look.ColorSelected
	}
	return ""
}

// Tapped shows only the rows of the rule, or all again.
func (h *headRow) Tapped(*fyne.PointEvent) {
	if h.show != nil {
		watch.Do("tap problems.rule", h.show)
	}
}

// Cursor is asked for by Fyne.
func (h *headRow) Cursor() desktop.Cursor { return pointer(h.show) }

// Tapped shows only the rows with the value, or all again.
func (v *valueRow) Tapped(*fyne.PointEvent) {
	if v.item.show != nil {
		watch.Do("tap problems.value", v.item.show)
	}
}

// Cursor is asked for by Fyne.
func (v *valueRow) Cursor() desktop.Cursor { return pointer(v.item.show) }

func pointer(show func()) desktop.Cursor {
	if show == nil {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// valueLayout puts chip, words and button side by side; the chip gives way
// first when there is not the room.
type valueLayout struct{}

// MinSize is asked for by Fyne.
func (*valueLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(100, 26) }

// Layout is asked for by Fyne.
func (*valueLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	const left, right, gap = 31, look.SpaceCards, 8
	place := func(c fyne.CanvasObject, x, width float32) {
		h := min(size.Height, c.MinSize().Height)
		c.Move(fyne.NewPos(x, (size.Height-h)/2))
		c.Resize(fyne.NewSize(width, h))
	}
	x, end := float32(left), size.Width-right
	if o[2].Visible() {
		w := o[2].MinSize().Width
		place(o[2], end-w, w)
		end -= w + gap
	}
	if o[3].Visible() {
		const w = look.SmallControlHeight
		place(o[3], end-w, w)
		end -= w + gap
	}
	if o[0].Visible() {
		row := o[0].(*fyne.Container).Objects[1].(*fyne.Container).Objects[0].(*look.Spans)
		chip := fyne.MeasureText(row.Text(), look.TextQuiet, fyne.TextStyle{}).Width + 13
		words := fyne.MeasureText(o[1].(*look.Spans).Text(), look.TextQuiet, fyne.TextStyle{}).Width + 1
		chip = min(chip, max((end-x)*0.55, end-x-words-gap))
		place(o[0], x, chip)
		x += chip + gap
	}
	place(o[1], x, max(0, end-x))
}
