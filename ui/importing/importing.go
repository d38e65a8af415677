// Package importing shows an import under way and what came of it: progress
// with pause and stop, the result, the rows that the account refused, and the
// imports before. It sends nothing itself: the import is the workbench's.
package importing

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"rollcall/internal/push"
	"rollcall/internal/sheet"
	"rollcall/internal/workbench"
	"rollcall/ui/ask"
	"rollcall/ui/frame"
	"rollcall/ui/grid"
	"rollcall/ui/look"
	"rollcall/ui/table"
	"rollcall/ui/watch"
)

// Actions is what the screen asks of the window.
type Actions struct {
	Back, Done func()
	// Fix shows the refused rows in the sheet, with the account's words on them.
	Fix func(rows []sheet.RowID)
	// Show goes to one row of the sheet.
	Show func(o push.Outcome)
	// Report saves the report of an import, SaveRows its refused rows.
	Report   func(id string)
	SaveRows func(i *workbench.Import)
	// Undo shows the reverse plan of an import.
	Undo func(id string)
	// Resume carries an unfinished import on.
	Resume func(id string)
	// Ended is called once when the import has ended.
	Ended func(i *workbench.Import)
}

// Screen is the import's screen. It belongs to the user interface's goroutine.
type Screen struct {
	bench *workbench.Bench
	layer *ask.Layer
	do    Actions

	imp     *workbench.Import
	state   workbench.ImportState
	account string
	reverse bool
	sheet   bool // the rows of the import are those of the open sheet
	ended   bool
	// stopping asks whether to stop, which is over when the import is; or nil.
	stopping *ask.Card
	rows     []push.Outcome // that need a look

	content fyne.CanvasObject
	card    *fyne.Container
	title   *look.Spans
	aside   *look.Spans
	bar     *look.Progress
	counts  *look.Spans
	// differences name each way in which the result is not the plan.
	differences *look.Paragraph
	trouble     *look.Banner
	pause       *look.Button
	stop        *look.Button
	running     *fyne.Container
	refused     *refusedModel
	table       *grid.Grid
	tableBox    *fyne.Container
	fix         *look.Button
	report      *look.Button
	saveRows    *look.Button
	undo        *look.Button
	after       *fyne.Container
	heading     *look.Spans
	past        *historyModel
	pastGrid    *grid.Grid
	pastBox     *fyne.Container
	back        *look.Button
	note        *look.Spans
	done        *look.Button
}

// New makes the screen, without an import.
func New(b *workbench.Bench, l *ask.Layer, do Actions) *Screen {
	s := &Screen{bench: b, layer: l, do: do, refused: &refusedModel{}, past: &historyModel{}}
	s.title = look.NewTitle("").Cut()
	s.aside = look.NewQuiet("")
	s.bar = look.NewProgress()
	s.counts = look.NewSpans(look.TextBody)
	s.differences = look.NewParagraph("", look.ColorQuiet)
	s.card = look.Card(look.Column(14, container.NewBorder(nil, nil, nil, s.aside, s.title), s.bar, s.counts, s.differences))
	s.trouble = look.NewBanner(look.Failure, "")
	s.pause = look.NewButton("Pause", watch.Wrap("button import.pause", s.pauseOrGoOn)).WithTip("Hold the import before its next request")
	s.stop = look.NewButton("Stop…", watch.Wrap("button import.stop", s.askStop)).WithTip("Finish what is under way and send nothing more")
	s.running = look.Row(10, s.pause, s.stop)
	s.table = table.Reading(s.refused)
	s.table.OnCellButton = func(at grid.Pos) { watch.Do("button import.show", func() { s.show(at.Row) }) }
	s.table.OnActivate = s.table.OnCellButton
	s.tableBox = container.NewStack()
	s.fix = look.NewPrimary("", watch.Wrap("button import.fix", func() { s.do.Fix(s.needing()) })).
		WithTip("Shows only these rows, with the account’s words on the cells")
	s.report = look.NewButton("Save report…", watch.Wrap("button import.report", func() { s.do.Report(s.imp.ID()) })).
		WithTip("What became of every row, as CSV, Excel or a page")
	s.saveRows = look.NewButton("", watch.Wrap("button import.saverows", func() { s.do.SaveRows(s.imp) })).
		WithTip("The rows that were not imported, as a file to fix and import again")
	s.undo = look.NewDanger("Undo this import…", watch.Wrap("button import.undo", func() { s.do.Undo(s.imp.ID()) })).
		WithTip("Shows what would be put back before anything is sent")
	s.after = look.Row(10, s.fix, s.report, s.saveRows, layout.NewSpacer(), s.undo)
	s.heading = look.NewHeading("")
	s.pastGrid = table.Reading(s.past)
	s.pastGrid.OnCellButton = func(at grid.Pos) { watch.Do("button import.history", func() { s.pressed(at) }) }
	s.pastBox = container.NewStack()
	page := container.NewVScroll(look.Page(look.Column(look.SpaceCards, s.card, s.trouble, s.running, s.tableBox, s.after,
		look.Gap(0, 0), s.heading, s.pastBox)))
	s.back = look.NewButton("← Back to the sheet", watch.Wrap("button import.back", func() { s.do.Back() }))
	s.note = look.NewQuiet("Every request and answer of this import is kept on this computer").Cut()
	s.note.Alignment = fyne.TextAlignTrailing
	s.done = look.NewPrimary("Done", watch.Wrap("button import.done", func() { s.do.Done() }))
	foot := look.BottomBar(container.NewBorder(nil, nil, s.back, s.done, look.Inset(0, 14, 0, 14, s.note)))
	s.content = frame.New(nil, foot, nil, nil, page)
	s.update()
	return s
}

// LetGo says that the sheet whose rows were imported is no longer open.
func (s *Screen) LetGo() {
	s.sheet = false
	s.update()
}

// OfSheet says whether a sheet is open to go back to.
func (s *Screen) OfSheet(open bool) { show(s.back, open) }

// Content is what the window shows.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Start follows an import. ofSheet says that its rows are those of the sheet.
func (s *Screen) Start(i *workbench.Import, account string, ofSheet bool) {
	s.imp, s.account, s.sheet, s.ended = i, account, ofSheet, false
	s.reverse = i.Plan().Plan.Reverse
	s.rows = nil
	s.state = i.State()
	s.update()
	s.ShowHistory(account, nil)
	i.OnProgress(func(state workbench.ImportState) {
		watch.Do("post: import", func() {
			if s.imp == i {
				s.progress(state)
			}
		})
	})
}

// Running says that an import is under way.
func (s *Screen) Running() bool { return s.imp != nil && !s.ended }

// Import is the one that is shown, or nil.
func (s *Screen) Import() *workbench.Import { return s.imp }

// Clear shows no import, only the earlier ones.
func (s *Screen) Clear() {
	if s.Running() {
		return
	}
	s.imp, s.rows = nil, nil
	s.update()
}

func (s *Screen) progress(state workbench.ImportState) {
	s.state = state
	if state.Finished && !s.ended {
		s.ended = true
		if s.stopping != nil {
			s.stopping.Close()
		}
		s.rows = needLook(s.imp)
		s.do.Ended(s.imp)
	}
	s.update()
}

// needLook keeps the rows with something to say: the ones not done first.
func needLook(i *workbench.Import) []push.Outcome {
	told := i.ResultsWith(func(o *push.Outcome) bool {
		return o.Message != "" && o.Result != push.NotTried && !workbench.NotDone(o)
	})
	return append(i.ResultsWith(workbench.NotDone), told...)
}

// needing lists the rows that were not imported.
func (s *Screen) needing() []sheet.RowID {
	return workbench.RowsOf(s.rows, push.Refused, push.Failed)
}

func (s *Screen) pauseOrGoOn() {
	if s.imp == nil {
		return
	}
	if s.state.Paused {
		s.imp.Continue()
		return
	}
	s.imp.Pause()
}

func (s *Screen) askStop() {
	s.stopping = s.layer.Confirm(ask.Question{
		Title: "Stop the import?",
		Text:  "What is under way is finished, and nothing more is sent. What was imported stays; the rest can be sent later.",
		OK:    "Stop", Cancel: "Go on", Danger: true,
	}, func() {
		if s.imp != nil {
			s.imp.Stop()
		}
	})
}

func (s *Screen) show(row int) {
	if row < len(s.rows) && s.sheet {
		s.do.Show(s.rows[row])
	}
}

// update shows the state.
func (s *Screen) update() {
	if s.imp == nil {
		for _, o := range []fyne.CanvasObject{s.card, s.trouble, s.running, s.tableBox, s.after, s.note} {
			o.Hide()
		}
		s.done.Enable()
		s.content.Refresh()
		return
	}
	s.card.Show()
	s.note.Show()
	c := s.state.Counts
	imported, bad := c.Added+c.Updated, c.Refused+c.Failed
	total := s.imp.Plan().Plan.Counts.ToSend()
	s.bar.Set(imported, bad, max(1, total))
	s.title.SetText(s.titleText(imported, total))
	s.aside.SetText(s.asideText(bad))
	s.counts.Set(countSpans(c)...)
	s.showTrouble()
	show(s.running, !s.ended)
	if s.ended {
		s.done.Enable()
	} else {
		s.done.DisableWith("The import is under way. Stop it, or let it finish.")
	}
	s.pause.SetText(map[bool]string{true: "Go on", false: "Pause"}[s.state.Paused])
	show(s.after, s.ended)
	show(s.tableBox, s.ended && len(s.rows) > 0)
	if s.ended {
		s.showEnd(bad)
	}
	s.content.Refresh()
}

// showTrouble says what ended the import early, and in which ways its result is
// not the plan.
func (s *Screen) showTrouble() {
	differences := ""
	if s.ended {
		differences = strings.Join(s.state.Summary.Differences, " ")
	}
	s.differences.SetText(differences)
	show(s.differences, differences != "")
	text := s.state.Err
	mood := look.Failure
	if text == "" && s.ended && s.state.Summary.Stopped {
		text, mood = "The import was stopped. What was imported stays; the rest can be sent from the preview again.", look.Info
	}
	show(s.trouble, text != "")
	s.trouble.Set(mood, text)
}

// showEnd shows the rows that need a look and what can be done now.
func (s *Screen) showEnd(bad int) {
	s.refused.set(s.rows, s.imp.Plan().Plan.Entries, s.sheet)
	s.tableBox.Objects = []fyne.CanvasObject{look.Fixed(0, table.Height(min(len(s.rows), 8))+2, look.TableCard(s.table))}
	s.tableBox.Refresh()
	s.table.Refresh()
	show(s.fix, bad > 0 && s.sheet)
	show(s.saveRows, bad > 0 && !s.reverse)
	s.fix.SetText("Fix these " + look.Count(bad) + " in the sheet")
	s.saveRows.SetText("Save the " + look.Count(bad) + " rows as CSV…")
	if bad == 1 {
		s.fix.SetText("Fix this one in the sheet")
		s.saveRows.SetText("Save the row as CSV…")
	}
	show(s.undo, !s.reverse)
	if s.state.Counts.Added+s.state.Counts.Updated == 0 {
		s.undo.DisableWith("This import changed nothing, so there is nothing to undo.")
	} else {
		s.undo.Enable()
	}
	if bad > 0 {
		s.done.SetKind(look.Secondary)
	} else {
		s.done.SetKind(look.Primary)
	}
}

func (s *Screen) titleText(imported, total int) string {
	users := "users"
	if total == 1 {
		users = "user"
	}
	verb := "imported"
	if s.reverse {
		verb = "put back"
	}
	if s.ended {
		return fmt.Sprintf("%s of %s %s %s", look.Count(imported), look.Count(total), users, verb)
	}
	doing := "Importing"
	if s.reverse {
		doing = "Putting back"
	}
	return fmt.Sprintf("%s %s %s · %s", doing, look.Count(total), users, s.account)
}

// asideText is the quiet text at the right: the rate while it runs, then what
// it took.
func (s *Screen) asideText(bad int) string {
	if s.ended {
		parts := []string{"took " + took(s.state.Summary.Seconds)}
		switch {
		case bad == 1:
			parts = append(parts, "1 needs a look")
		case bad > 1:
			parts = append(parts, look.Count(bad)+" need a look")
		}
		return strings.Join(parts, " · ")
	}
	if s.state.Paused {
		return "Paused"
	}
	parts := []string{look.Count(s.state.Done) + " of " + look.Count(s.state.Total)}
	if rate := s.rateText(); rate != "" {
		parts = append(parts, rate)
	}
	if left := s.state.LeftText(); left != "" {
		parts = append(parts, left)
	}
	switch s.state.Phase {
	case push.PhaseGroups:
		parts = append(parts, "adding to groups")
	case push.PhaseVerify:
		parts = append(parts, "looking at what the account says")
	}
	return strings.Join(parts, " · ")
}

func (s *Screen) rateText() string {
	if s.state.Rate <= 0 || s.ended {
		return ""
	}
	if s.state.Rate < 10 {
		return fmt.Sprintf("%.1f users/s", s.state.Rate)
	}
	return look.Count(int(s.state.Rate+0.5)) + " users/s"
}

func took(seconds float64) string {
	d := time.Duration(seconds * float64(time.Second))
	switch {
	case d < time.Second:
		return "less than a second"
	case d < 2*time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()+0.5))
	default:
		return fmt.Sprintf("%d min", int(d.Minutes()+0.5))
	}
}

func countSpans(c push.Counts) []look.Span {
	var out []look.Span
	add := func(n int, word string, color fyne.ThemeColorName) {
		if len(out) > 0 {
			out = append(out, look.Span{Text: "       "})
		}
		if n == 0 {
			out = append(out, look.Span{Text: "0 " + word, Color: look.ColorQuiet})
			return
		}
		out = append(out, look.Span{Text: look.Count(n), Bold: true, Color: color}, look.Span{Text: " " + word})
	}
	add(c.Added, "added", look.ColorGood)
	add(c.Updated, "updated", look.ColorPrimaryText)
	if c.Unchanged > 0 {
		add(c.Unchanged, "already as they should be", look.ColorText)
	}
	add(c.Refused, "refused", look.ColorErrorText)
	if c.Failed > 0 {
		add(c.Failed, "failed", look.ColorErrorText)
	}
	add(c.NotTried, "not tried", look.ColorWarningText)
	return out
}

func show(o fyne.CanvasObject, wanted bool) {
	if wanted {
		o.Show()
	} else {
		o.Hide()
	}
}
