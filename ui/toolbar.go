package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"rollcall/internal/workbench"
	"rollcall/ui/look"
	"rollcall/ui/watch"
)

// toolbar is the bar with icons, steps and the account.
type toolbar struct {
	window                       *Window
	content                      *fyne.Container
	open, save, undo, redo, find *look.Button
	steps                        [stepCount]*look.Step // with names
	short                        [stepCount]*look.Step // without, for narrow windows
	middle                       [stepCount]*look.Step // the current one there, with its name
	account                      *look.Tile
	production                   *fyne.Container
	stripe                       *canvas.Rectangle
	full                         *fyne.Container
	accountState                 string
}

func newToolbar(w *Window) *toolbar {
	t := &toolbar{window: w}
	icon := func(name string, icon fyne.Resource, label string, f func()) *look.Button {
		return look.NewIconButton(icon, label, watch.Wrap("button toolbar."+name, w.command(f)))
	}
	t.open = icon("open", look.IconOpen(), "Open a spreadsheet (Ctrl+O)", w.AskOpen)
	t.save = icon("save", look.IconSave(), "Save (Ctrl+S)", w.Save)
	t.undo = icon("undo", look.IconUndo(), "Undo (Ctrl+Z)", w.undo)
	t.redo = icon("redo", look.IconRedo(), "Redo (Ctrl+Y)", w.redo)
	t.find = icon("find", look.IconFind(), "Find (Ctrl+F)", func() { w.Find(false) })
	divider := func() fyne.CanvasObject {
		return look.Inset(0, 8, 0, 8, look.Fixed(1, 24, look.NewBox(look.ColorLine, "", 0)))
	}
	left := look.Row(6, t.open, t.save, divider(), t.undo, t.redo, divider(), t.find)
	var full, short []fyne.CanvasObject
	for i := range t.steps {
		s := step(i)
		f := watch.Wrap("step "+stepNames[i], w.command(func() { w.goTo(s) }))
		t.steps[i] = look.NewStep(i+1, stepNames[i], f)
		t.short[i] = look.NewStep(i+1, "", f)
		t.middle[i] = look.NewStep(i+1, stepNames[i], f)
		full, short = append(full, t.steps[i]), append(short, t.short[i], t.middle[i])
	}
	t.account = look.NewTile(look.ColorDisabled, "No account", "Checks without groups and sources", nil).DropDown()
	t.account.OnTapped = watch.Wrap("button account.badge", func() { w.accountMenu(t.account) })
	t.production = container.NewStack(look.NewBox(look.ColorErrorBadge, "", 8),
		look.Inset(1, 8, 1, 8, look.NewSpans(look.TextTiny, look.Span{Text: "PRODUCTION", Color: look.ColorOnError, Bold: true})))
	t.production.Hide()
	right := look.Row(8, t.production, t.account)
	t.stripe = canvas.NewRectangle(nil)
	t.stripe.SetMinSize(fyne.NewSize(1, 3))
	t.stripe.Hide()
	t.full = look.Row(0, full...)
	row := container.New(&barLayout{}, left, t.full, look.Row(0, short...), right)
	t.content = look.Column(0, t.stripe, look.TopBar(look.BarHeight, row))
	return t
}

// updateBar shows the state of everything in the toolbar, the menus and the
// window's title.
func (w *Window) updateBar() {
	t := w.bar
	if t == nil {
		return
	}
	if w.step == stepOpen && w.doc == nil {
		t.content.Hide()
	} else {
		t.content.Show()
	}
	nothing := "Open a spreadsheet first."
	if w.doc == nil {
		t.save.DisableWith(nothing)
		t.find.DisableWith(nothing)
		t.undo.DisableWith("Nothing to undo.")
		t.redo.DisableWith("Nothing to redo.")
	} else {
		t.save.Enable()
		t.find.Enable()
		undo, redo := w.undoLabels()
		named(t.undo, "Undo", undo, "Ctrl+Z")
		named(t.redo, "Redo", redo, "Ctrl+Y")
	}
	badge := ""
	if w.doc != nil {
		if n := w.doc.Counts().Errors; n > 0 {
			badge = look.Count(n)
		}
	}
	for i := range t.steps {
		s, b := step(i), ""
		if s == stepFix {
			b = badge
		}
		for _, shown := range []*look.Step{t.steps[i], t.short[i], t.middle[i]} {
			shown.Set(w.state(s), b)
			shown.Lock(w.locked(s))
		}
		if w.locked(s) == "" {
			t.short[i].SetToolTip(stepNames[i])
		}
		if s == w.step {
			t.short[i].Hide()
			t.middle[i].Show()
		} else {
			t.short[i].Show()
			t.middle[i].Hide()
		}
	}
	w.title()
	w.menus.update()
}

// named sets the tooltip of undo and redo to what they would do.
func named(b *look.Button, verb, label, keys string) {
	if label == "" {
		b.DisableWith("Nothing to " + map[string]string{"Undo": "undo", "Redo": "redo"}[verb] + ".")
		return
	}
	b.Enable()
	b.SetTip(verb + ": " + label + " (" + keys + ")")
}

// updateAccount shows the chosen account.
func (w *Window) updateAccount() {
	t := w.bar
	a := w.bench.Current()
	t.stripe.Hide()
	t.production.Hide()
	if a == nil {
		t.accountState = "Groups and sources are not checked"
		t.account.Set(look.ColorDisabled, "No account", t.accountState)
		t.account.SetDotColor(nil)
		t.content.Refresh()
		return
	}
	t.accountState = a.Text
	t.account.Set(dot(a), a.Profile.Name, a.Text)
	t.account.SetDotColor(nil)
	if c := parseColour(a.Profile.Colour); c != nil && !a.Profile.Practice {
		t.stripe.FillColor = c
		t.stripe.Show()
	}
	if a.Profile.Production {
		t.production.Show()
	}
	t.account.SetToolTip(accountTip(a))
	t.content.Refresh()
}

func accountTip(a *workbench.AccountState) string {
	tip := a.Profile.Name + " · " + a.Text
	if a.Problem != "" {
		tip += "\n" + a.Problem
	}
	return tip
}

// dot is the colour of an account's state.
func dot(a *workbench.AccountState) fyne.ThemeColorName {
	switch {
	case a.Profile.Practice:
		return look.ColorPrimaryText
	case a.Reach == workbench.Offline:
		return look.ColorWarningEdge
	case a.SyncedAt.IsZero():
		return look.ColorDisabled
	}
	return look.ColorGoodDot
}

// barLayout puts icons at the left, the account at the right, and the steps in
// the middle of the window; in a narrow one, the steps without their names, and
// in a very narrow one no icons.
type barLayout struct{}

// MinSize is asked for by Fyne.
func (*barLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[2].MinSize().Width+120, look.BarHeight-10)
}

// Layout is asked for by Fyne.
func (*barLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	put := func(c fyne.CanvasObject, x, width float32) {
		h := min(size.Height, c.MinSize().Height)
		c.Move(fyne.NewPos(x, (size.Height-h)/2))
		c.Resize(fyne.NewSize(width, h))
	}
	const gap = 12
	left, right := o[0].MinSize().Width, o[3].MinSize().Width
	steps, other := o[1], o[2]
	if left+right+steps.MinSize().Width+2*gap > size.Width {
		steps, other = o[2], o[1]
	}
	width := steps.MinSize().Width
	if left+right+width+2*gap > size.Width { // the menus have all of the icons
		o[0].Hide()
		left = -gap
	} else {
		o[0].Show()
	}
	right = min(right, size.Width-left-width-2*gap)
	put(o[0], 0, left)
	put(o[3], size.Width-right, right)
	x := max(left+gap, min((size.Width-width)/2, size.Width-right-gap-width))
	put(steps, x, width)
	steps.Show()
	other.Hide()
}

// shownStep is the step that is on screen, of the two forms.
func (t *toolbar) shownStep(i int) *look.Step {
	if t.full.Visible() {
		return t.steps[i]
	}
	if t.middle[i].Visible() {
		return t.middle[i]
	}
	return t.short[i]
}
