// Package preview shows the plan: what an import would add and change, old and
// new, before anything is sent. It decides nothing: the plan is the
// workbench's, and sending it is the window's.
package preview

import (
	"fmt"
	"maps"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/internal/plan"
	"rollcall/internal/sheet"
	"rollcall/internal/workbench"
	"rollcall/ui/ask"
	"rollcall/ui/frame"
	"rollcall/ui/grid"
	"rollcall/ui/look"
	"rollcall/ui/table"
	"rollcall/ui/watch"
	"rollcall/ui/words"
)

// Actions is what the screen asks of the window.
type Actions struct {
	// Back goes to the sheet; where none is open, to the imports.
	Back func()
	// Save writes the plan without the rows that are left out.
	Save func(p *workbench.Planned, left map[sheet.RowID]bool)
	// Import sends it.
	Import func(p *workbench.Planned, left map[sheet.RowID]bool, validOnly bool)
	// Export writes the template for the vendor's page, without the rows that are
	// left out.
	Export func(left map[sheet.RowID]bool)
	// Again compares anew, after the account could not be reached.
	Again func()
	// ShowRow goes to a row in the sheet.
	ShowRow func(r sheet.RowID)
}

// Screen is the preview. It belongs to the user interface's goroutine.
type Screen struct {
	bench *workbench.Bench
	layer *ask.Layer
	do    Actions

	planned   *workbench.Planned
	reverse   bool
	validOnly bool
	left      map[sheet.RowID]bool // unticked
	now       plan.Tally           // of the plan without the unticked rows
	model     *model
	turn      int    // numbers the arrangements of the table, so that an older one is dropped
	giveUp    func() // ends the one that is being made in the background, or nil
	grid      *grid.Grid

	page      *container.Scroll
	content   fyne.CanvasObject
	figures   [4]*look.Spans
	labels    [4]*look.Spans
	shorts    [4]*look.Spans // the same in a narrow window
	lookBox   *fyne.Container
	lookText  *look.Spans
	lookLong  *look.Paragraph // the same, wrapped where it does not fit
	lookOnly  *look.Button
	movedBox  *look.Banner
	movedOnly *look.Button
	moved     map[string]bool // e-mails of users whom someone else changed, in lower case
	warn      *look.Banner
	warnBtn   *look.Button
	filters   *look.FilterBar
	find      *ask.Entry
	kinds     []show
	back      *look.Button
	save      *look.Button
	export    *look.Button
	note      *look.Spans
	send      *look.Button
	exports   bool   // the way on is the export: nothing can be sent from here
	blocked   string // why nothing can be sent
}

// show is which entries a button of the filter bar shows.
type show int

const (
	changes show = iota
	added
	updated
	unchanged
	leftOut
	lookTwice
	changedElsewhere
)

// leastTable is how high the table is at least; in a lower window the page
// scrolls.
const leastTable float32 = 150

// New makes the screen, without a plan.
func New(b *workbench.Bench, l *ask.Layer, do Actions) *Screen {
	s := &Screen{bench: b, layer: l, do: do, model: &model{}}
	s.model.screen = s
	s.grid = table.Reading(s.model)
	s.grid.OnCheck = func(at grid.Pos) { watch.Do("check preview", func() { s.tick(at.Row) }) }
	s.grid.OnActivate = func(at grid.Pos) {
		if e, ok := s.model.entry(at.Row); ok && !s.reverse {
			watch.Do("activate preview", func() { s.do.ShowRow(e.Row) })
		}
	}
	s.build()
	return s
}

const exportTip = "The exact template as CSV, without the rows that are left out here, ready for the vendor’s page (Ctrl+E)"

// Content is what the window shows.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

func (s *Screen) build() {
	var cards []fyne.CanvasObject
	titles := []string{"Will be added", "Will be updated", "Already as they should be", "Left out"}
	colors := []fyne.ThemeColorName{look.ColorGood, look.ColorPrimaryText, look.ColorText, look.ColorDisabled}
	for i := range s.figures {
		s.labels[i] = look.NewQuiet(titles[i])
		s.figures[i] = look.NewFigure("0", colors[i])
		s.shorts[i] = look.NewQuiet("").Cut()
		cards = append(cards, look.Card(look.Column(0, container.New(&fitting{}, s.labels[i], s.shorts[i]), s.figures[i])))
	}
	s.lookText = look.NewSpans(look.TextBody)
	s.lookLong = look.NewParagraph("", look.ColorText)
	s.lookOnly = look.NewSmallButton("", watch.Wrap("button preview.lookonly", func() { s.showOnly(lookTwice) }))
	s.lookBox = container.NewStack(look.NewBannerOf(look.Warning, container.New(&fitting{}, s.lookText, s.lookLong), s.lookOnly))
	s.movedOnly = look.NewSmallButton("", watch.Wrap("button preview.movedonly", func() { s.showOnly(changedElsewhere) }))
	s.movedBox = look.NewBanner(look.Warning, "", s.movedOnly)
	s.warnBtn = look.NewSmallButton("", nil)
	s.warn = look.NewBanner(look.Info, "", s.warnBtn)
	s.filters = look.NewFilterBar(func(int) { watch.Do("filter preview", s.arrange) }, look.Filter{Name: "All changes"})
	s.find = ask.NewEntry()
	s.find.SetPlaceHolder("Find a user")
	s.find.OnChanged = func(string) { watch.Do("change preview.find", s.arrange) }
	s.find.OnEscape = func() { s.find.SetText(""); s.Focus() }
	tools := container.New(&toolLayout{}, container.NewHScroll(s.filters), s.find)
	top := look.Column(look.SpaceCards, look.Equal(look.SpaceCards, cards...), s.warn, s.movedBox, s.lookBox, tools)
	card := look.Fixed(0, leastTable, look.TableCard(s.grid))
	s.page = container.NewVScroll(look.Page(frame.New(top, nil, nil, nil, look.Inset(look.SpaceCards, 0, 0, 0, card))))
	s.back = look.NewButton("← Back to the sheet", watch.Wrap("button preview.back", func() { s.do.Back() }))
	s.save = look.NewButton("Save this preview…", watch.Wrap("button preview.save", func() { s.do.Save(s.planned, maps.Clone(s.left)) })).
		WithTip("As CSV, Excel or JSON, without the rows that are not ticked")
	s.export = look.NewButton("Export for upload…", watch.Wrap("button preview.export", s.Export)).
		WithTip(exportTip)
	s.note = look.NewQuiet("Nothing has been sent yet")
	s.note.Alignment = fyne.TextAlignTrailing
	s.send = look.NewPrimary("Import", watch.Wrap("button preview.import", s.confirm))
	foot := look.BottomBar(container.NewBorder(nil, nil, look.Row(14, s.back, s.save, s.export), s.send, look.Inset(0, 14, 0, 14, container.New(whole{}, s.note))))
	s.content = frame.New(nil, foot, nil, nil, s.page)
}

// Show shows a plan. validOnly is the choice to leave rows with errors out.
func (s *Screen) Show(p *workbench.Planned, validOnly bool) {
	s.planned, s.validOnly, s.reverse = p, validOnly, p.Plan.Reverse
	s.left, s.now = map[sheet.RowID]bool{}, p.Tally
	s.moved = make(map[string]bool, len(p.Moved))
	for _, email := range p.Moved {
		s.moved[strings.ToLower(email)] = true
	}
	s.kinds = nil
	s.find.SetText("")
	s.filters.Choose(0)
	s.update()
	s.arrange()
	s.grid.ScrollTo(0, 0)
}

// Planned is the plan that is shown, or nil.
func (s *Screen) Planned() *workbench.Planned { return s.planned }

// Reverse says that the plan that is shown takes an import back.
func (s *Screen) Reverse() bool { return s.reverse }

// ValidOnly says that rows with errors are left out by choice.
func (s *Screen) ValidOnly() bool { return s.validOnly }

// Export writes what the preview would send. Whether rows with errors go with it
// is asked first, where that was not chosen yet.
func (s *Screen) Export() {
	n := s.now.Counts.Blocked
	if n == 0 || s.validOnly {
		s.do.Export(s.leftOut(n > 0))
		return
	}
	text := "The vendor’s page would refuse them. Left out of the export, they stay open in the sheet."
	if n == 1 {
		text = "The vendor’s page would refuse it. Left out of the export, it stays open in the sheet."
	}
	s.layer.Confirm(ask.Question{
		Name: "export", Title: words.Plural(n, "row has errors", "rows have errors"),
		Text: text, OK: "Export the valid rows", Other: "Export all rows", OtherDo: func() { s.do.Export(s.leftOut(false)) },
	}, func() { s.do.Export(s.leftOut(true)) })
}

// leftOut are the rows that are not ticked and, where only the valid ones are
// meant, those with errors.
func (s *Screen) leftOut(validOnly bool) map[sheet.RowID]bool {
	left := maps.Clone(s.left)
	for i := range s.planned.Plan.Entries {
		if e := &s.planned.Plan.Entries[i]; validOnly && e.Action == plan.Blocked {
			left[e.Row] = true
		}
	}
	return left
}

// OfSheet says whether a sheet is open to go back to.
func (s *Screen) OfSheet(open bool) {
	if open {
		s.back.SetText("← Back to the sheet")
	} else {
		s.back.SetText("← Back to the imports")
	}
}

// Focus gives the table the keyboard.
func (s *Screen) Focus() { s.layer.Window().Canvas().Focus(s.grid) }

// FocusFind gives the search field the keyboard.
func (s *Screen) FocusFind() { s.layer.Window().Canvas().Focus(s.find) }

// Forget takes the plan away: the sheet has changed since.
func (s *Screen) Forget() { s.planned = nil }

func (s *Screen) update() {
	c := s.now.Counts
	out := c.Blocked + len(s.left)
	titles := []string{"Will be added", "Will be updated", "Already as they should be", "Left out"}
	if s.reverse {
		titles = []string{"Will be added", "Will be put back", "Already as they were", "Left alone"}
	}
	short := []string{"Added", "Updated", "Unchanged", "Left out"}
	for i, n := range []int{c.Add, c.Update, c.Unchanged, out} {
		s.labels[i].SetText(titles[i])
		s.shorts[i].SetText(short[i])
		s.figures[i].SetText(look.Count(n))
	}
	s.setLeftOutColor(out)
	s.updateMoved()
	s.updateLook()
	s.updateFilters(c, out)
	s.updateWays(c)
	s.content.Refresh()
}

func (s *Screen) setLeftOutColor(n int) {
	color := look.ColorDisabled
	if n > 0 {
		color = look.ColorErrorText
	}
	s.figures[3].SetColor(color)
}

// updateMoved says that the account moved on since the last sync.
func (s *Screen) updateMoved() {
	text := s.planned.MovedText()
	if text == "" {
		s.movedBox.Hide()
		return
	}
	s.movedBox.Set(look.Warning, text+" The preview compares with what they are now.")
	s.movedOnly.SetText(onlyThese(len(s.moved)))
	s.movedBox.Show()
}

// onlyThese are the words of a button that narrows the list to n users.
func onlyThese(n int) string {
	if n == 1 {
		return "Show only this one"
	}
	return "Show only these " + look.Count(n)
}

// updateLook says what deserves a second look.
func (s *Screen) updateLook() {
	lines := workbench.AttentionLines(s.now.Attention)
	if len(lines) == 0 {
		s.lookBox.Hide()
		return
	}
	pieces := []look.Span{{Text: "Look twice", Bold: true}}
	for _, l := range lines {
		pieces = append(pieces, look.Span{Text: "      "})
		pieces = append(pieces, emphasised(l)...)
	}
	s.lookText.Set(pieces...)
	s.lookLong.SetText("Look twice: " + strings.Join(lines, ", ") + ".")
	s.lookText.SetToolTip(strings.Join(lines, "\n"))
	n := s.now.Flagged
	s.lookOnly.SetText(onlyThese(n))
	if n == 0 {
		s.lookOnly.Hide()
	} else {
		s.lookOnly.Show()
	}
	s.lookBox.Show()
}

// emphasised puts the words that matter in bold.
func emphasised(line string) []look.Span {
	for _, word := range []string{"Admin", "Archived", "archived"} {
		if before, after, ok := strings.Cut(line, word); ok {
			return []look.Span{{Text: before}, {Text: word, Bold: true}, {Text: after}}
		}
	}
	return []look.Span{{Text: line}}
}

func (s *Screen) updateFilters(c plan.Counts, out int) {
	chosen := s.chosen()
	filters := []look.Filter{{Name: "All changes", Count: c.ToSend()}, {Name: "Added", Count: c.Add},
		{Name: "Updated", Count: c.Update}, {Name: "Unchanged", Count: c.Unchanged}}
	s.kinds = []show{changes, added, updated, unchanged}
	if out > 0 {
		filters, s.kinds = append(filters, look.Filter{Name: "Left out", Count: out}), append(s.kinds, leftOut)
	}
	if n := s.now.Flagged; n > 0 {
		filters, s.kinds = append(filters, look.Filter{Name: "Look twice", Count: n}), append(s.kinds, lookTwice)
	}
	if n := len(s.moved); n > 0 {
		filters, s.kinds = append(filters, look.Filter{Name: "Changed elsewhere", Count: n}), append(s.kinds, changedElsewhere)
	}
	s.filters.Set(filters...)
	for i, k := range s.kinds {
		if k == chosen {
			s.filters.Choose(i)
		}
	}
}

func (s *Screen) chosen() show {
	if i := s.filters.Chosen(); i < len(s.kinds) {
		return s.kinds[i]
	}
	return changes
}

func (s *Screen) showOnly(kind show) {
	for i, k := range s.kinds {
		if k == kind {
			s.filters.Choose(i)
		}
	}
	s.arrange()
}

// updateWays says what can be sent and, if nothing, why.
func (s *Screen) updateWays(c plan.Counts) {
	n := c.ToSend()
	verb := "Import "
	if s.reverse {
		verb = "Undo for "
	}
	s.send.SetText(verb + words.Plural(n, "user", "users"))
	s.exports = false
	s.warn.Hide()
	s.warnBtn.Hide()
	s.blocked = ""
	current := s.bench.Current()
	switch {
	case current == nil:
		s.tell(look.Info, "No account is chosen, so every user counts as new. Choose an account to compare and import, or export the file for upload.", "", nil)
		s.blocked = "Choose an account first."
	case current.List && !s.reverse:
		s.tell(look.Info, "Compared with the exported user list “"+current.Profile.Name+"”. Nothing can be sent from here: export the file for upload on the vendor’s page.", "", nil)
		s.exports = true
	case s.planned.Offline != "":
		s.tell(look.Warning, "Compared with the last copy of the account ("+current.Text+"). "+s.planned.Offline, "Try again", s.do.Again)
		s.blocked = "The account cannot be reached now. Try again when it can."
	case current.Profile.ReadOnly:
		s.tell(look.Info, "This account is marked read-only, so nothing can be sent to it.", "", nil)
		s.blocked = "This account is marked read-only."
	case c.Blocked > 0 && !s.validOnly && !s.reverse:
		s.tell(look.Failure, words.Plural(c.Blocked, "row has errors and holds", "rows have errors and hold")+" the import up.",
			"Import the valid rows, keep the rest", s.chooseValid)
		s.blocked = "Rows with errors hold the import up. Go back and fix them, or choose to import the valid rows."
	case c.Blocked > 0 && !s.reverse:
		s.tell(look.Info, words.Plural(c.Blocked, "row with errors is", "rows with errors are")+" left out and stay open in the sheet.", "", nil)
	}
	s.send.SetTip("")
	switch {
	case s.exports:
		s.send.SetText("Export for upload…")
		s.send.SetTip(exportTip)
		s.send.Enable()
	case s.blocked != "":
		s.send.DisableWith(s.blocked)
	case n == 0:
		s.send.DisableWith("There is nothing to send: every user is already as it should be.")
	default:
		s.send.Enable()
	}
	s.note.SetText("Nothing has been sent yet")
	if c.Parts > 1 {
		s.note.SetText(fmt.Sprintf("Sent in %d parts of at most %s · nothing has been sent yet", c.Parts, look.Count(plan.MaxRows)))
	}
	if s.reverse || s.exports {
		s.export.Hide()
	} else {
		s.export.Show()
	}
}

func (s *Screen) tell(mood look.Mood, text, action string, f func()) {
	s.warn.Set(mood, text)
	s.warn.Show()
	if action != "" {
		s.warnBtn.SetText(action)
		s.warnBtn.OnTapped = watch.Wrap("button preview.warn", f)
		s.warnBtn.Show()
	}
}

func (s *Screen) chooseValid() {
	s.validOnly = true
	s.update()
}

// tick takes a row into the import or leaves it out.
func (s *Screen) tick(row int) {
	e, ok := s.model.entry(row)
	if !ok || (e.Action != plan.Add && e.Action != plan.Update) {
		return
	}
	if s.left[e.Row] {
		delete(s.left, e.Row)
		s.now.Take(e)
	} else {
		s.left[e.Row] = true
		s.now.Leave(e)
	}
	s.update()
	s.model.revision++
	s.grid.RefreshRow(row)
}

// confirm asks what has to be asked, then sends.
func (s *Screen) confirm() {
	if s.send.Disabled() {
		return
	}
	if s.exports {
		s.Export()
		return
	}
	send := func() { s.do.Import(s.planned, maps.Clone(s.left), s.validOnly) }
	a := s.now.Attention
	if !a.Needed() {
		send()
		return
	}
	name := "this account"
	if c := s.bench.Current(); c != nil {
		name = c.Profile.Name
		if c.Profile.Production {
			name += " (production)"
		}
	}
	lines := workbench.AttentionLines(a)
	for i, l := range lines {
		lines[i] = strings.ToUpper(l[:1]) + l[1:]
	}
	s.layer.TypeToConfirm(ask.Typed{
		Title: "Look twice before this goes to " + name,
		Text:  "Among the " + words.Plural(s.now.Counts.ToSend(), "user", "users") + " of this import:",
		Lines: lines, Wanted: workbench.ConfirmWord(s.now.Attention), OK: s.send.Text(),
	}, send)
}

// toolLayout puts the search field behind the filters, narrower where there is
// less room.
type toolLayout struct{}

// MinSize is asked for by Fyne.
func (*toolLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(200, max(o[0].MinSize().Height, o[1].MinSize().Height))
}

// Layout is asked for by Fyne.
func (*toolLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	const gap, widest, least = 12, 250, 90
	bar := min(size.Width, o[0].(*container.Scroll).Content.MinSize().Width)
	field := min(widest, size.Width-gap-bar)
	if field < least { // all users are a click on the filter away
		field = 0
	}
	middle := func(c fyne.CanvasObject, x, width float32) {
		h := c.MinSize().Height
		c.Move(fyne.NewPos(x, (size.Height-h)/2))
		c.Resize(fyne.NewSize(width, h))
	}
	middle(o[0], 0, bar)
	middle(o[1], bar+gap, field)
	if field == 0 {
		o[1].Move(fyne.NewPos(-2000, 0))
	}
}
