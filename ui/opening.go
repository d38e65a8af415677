package ui

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"rollcall/internal/problem"
	"rollcall/internal/store"
	"rollcall/internal/workbench"
	"rollcall/internal/workbook"
	"rollcall/ui/ask"
	"rollcall/ui/look"
	"rollcall/ui/places"
	"rollcall/ui/start"
	"rollcall/ui/watch"
	"rollcall/ui/words"
)

// sheetEndings are the names of files that can be opened.
var sheetEndings = []string{".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xltx"}

// AskOpen lets a file be chosen and opens it.
func (w *Window) AskOpen() {
	w.whenSafe("Open another file?", func() {
		w.picker.Open("Open a spreadsheet", sheetEndings, w.open)
	})
}

// Open opens a file as if it were dropped on the window.
func (w *Window) Open(path string) { w.whenSafe("Open another file?", func() { w.open(path) }) }

// Dropped opens the first of the files that were dropped.
func (w *Window) Dropped(uris []fyne.URI) {
	watch.Do("drop", func() {
		if len(uris) == 0 {
			return
		}
		if w.layer.Open() {
			w.layer.Say(look.Info, "“"+uris[0].Name()+"” was not opened. Close the card first, and drop the file again.")
			return
		}
		w.dropped = ""
		if len(uris) > 1 {
			w.dropped = "One file is opened at a time: " + uris[0].Name() + "."
		}
		w.Open(uris[0].Path())
	})
}

// open opens a file. Where edits of it were lost, it first asks about them.
func (w *Window) open(path string) {
	w.lostEdits(path, func(lost []workbench.Recovery) {
		if len(lost) == 0 {
			w.openWith(path, workbench.OpenOptions{})
			return
		}
		w.showRecovery(lost, recoveryWords{
			later: "Open the file as it is", tip: "The edits are kept, and offered again at the next start",
			then: func() { w.openWith(path, workbench.OpenOptions{}) },
		})
	})
}

func (w *Window) openWith(path string, o workbench.OpenOptions) {
	ask.WorkOr(w.layer, w.bench, "Opening "+filepath.Base(path),
		func(ctx context.Context, report func(workbench.Progress)) (*workbench.Document, error) {
			return w.bench.Open(ctx, path, o, report)
		}, func(d *workbench.Document) {
			w.setDocument(d)
			w.remember(d)
			w.offerUnfinished(path)
		}, func(err error) { w.openFailed(path, o, err) })
}

// openFailed asks for a password where that is what is missing.
func (w *Window) openFailed(path string, o workbench.OpenOptions, err error) {
	if errors.Is(err, workbook.ErrPassword) {
		w.askPassword(filepath.Base(path), errors.Is(err, workbook.ErrWrongPassword), func(password string) {
			o.Password = password
			w.openWith(path, o)
		})
		return
	}
	if errors.Is(err, workbook.ErrNotFound) && w.isRecent(path) {
		w.offerForget(path, err)
		return
	}
	var some *workbook.Salvageable
	if errors.As(err, &some) && !o.Salvage {
		w.offerSalvage(path, o, some, err)
		return
	}
	w.layer.Error("“"+filepath.Base(path)+"” was not opened", err)
}

// offerSalvage offers what could be read of a damaged workbook.
func (w *Window) offerSalvage(path string, o workbench.OpenOptions, some *workbook.Salvageable, err error) {
	w.layer.Confirm(ask.Question{
		Title: "“" + filepath.Base(path) + "” was not opened", Text: problem.Sentence(err),
		OK: "Open the " + words.Plural(some.Rows, "row", "rows") + " that could be read", Cancel: "Leave it",
	}, func() {
		o.Salvage = true
		w.openWith(path, o)
	})
}

func (w *Window) askPassword(name string, again bool, given func(string)) {
	c := &ask.Card{Name: "password"}
	entry := ask.NewPasswordEntry().In(c)
	text := "“" + name + "” is protected by a password. It is used for opening only, and kept nowhere."
	if again {
		text = "This password does not open “" + name + "”. Passwords distinguish capital and small letters."
	}
	c.Enter = func() {
		if entry.Text != "" {
			c.Close()
			given(entry.Text)
		}
	}
	ok := look.NewPrimary("Open", watch.Wrap("button dialog.ok", c.Enter))
	cancel := look.NewButton("Cancel", watch.Wrap("button dialog.cancel", c.Close))
	c.Content = look.Column(16, look.NewTitle("Password"), ask.Text(420, text, look.ColorText), entry, ask.Buttons(nil, cancel, ok))
	c.First = entry
	c.Mark = func(p *places.Page) {
		p.Text("dialog.text", text)
		p.Mark("dialog.entry", entry)
		p.Mark("dialog.ok", ok)
		p.Mark("dialog.cancel", cancel)
	}
	w.layer.Show(c)
}

// OpenSample opens the sample against the practice account.
func (w *Window) OpenSample() {
	w.whenSafe("Open the sample?", func() {
		ask.Work(w.layer, w.bench, "Preparing the sample",
			func(ctx context.Context, report func(workbench.Progress)) (*workbench.Document, error) {
				report(workbench.Progress{What: "Starting the practice account"})
				if err := w.bench.StartPractice(ctx); err != nil {
					return nil, err
				}
				return w.bench.OpenSample(ctx, report)
			}, func(d *workbench.Document) {
				w.accountChosen(true)
				w.setDocument(d)
			})
	})
}

// setDocument shows a document that was opened: its columns first where
// something has to be asked.
func (w *Window) setDocument(d *workbench.Document) {
	w.letGo()
	w.doc, w.planned, w.checked = d, nil, w.bench.Directory()
	w.layer.Hush()
	w.useWidths(d)
	w.fix.SetDocument(d)
	w.columns.SetDocument(nil) // it is shown when one goes there
	note := w.dropped
	w.dropped = ""
	if d.NeedsColumns() {
		w.columns.SetDocument(d)
		w.show(stepColumns)
		if note != "" {
			w.layer.Say(look.Info, note)
		}
		return
	}
	w.show(stepFix)
	w.tellWhole(d, note)
}

// reopen reads the open file in another way.
func (w *Window) reopen(o workbench.OpenOptions) {
	d := w.doc
	if d == nil {
		return
	}
	again := func() {
		ask.Work(w.layer, w.bench, "Reading "+d.Name()+" anew",
			func(ctx context.Context, report func(workbench.Progress)) (*workbench.Document, error) {
				return w.bench.Reopen(ctx, d, o, report)
			}, func(next *workbench.Document) {
				w.letGo()
				w.doc, w.planned, w.checked = next, nil, w.bench.Directory()
				w.fix.SetDocument(next)
				w.columns.SetDocument(next)
				w.show(stepColumns)
			})
	}
	if !d.Dirty() {
		again()
		return
	}
	w.layer.Confirm(ask.Question{
		Title: "Read the file anew?",
		Text:  "Your edits belong to the file as it is read now, and are not carried over. Save first if you want to keep them.",
		OK:    "Read anew", Danger: true,
	}, again)
}

// letGo gives up the open document: it was saved, or its work was given up.
func (w *Window) letGo() {
	old := w.doc
	if old == nil {
		return
	}
	w.doc = nil
	if w.sent == old {
		w.sent = nil
		w.importing.LetGo()
	}
	w.background("", func(context.Context, func(workbench.Progress)) error { return old.Discard() }, func(error) {})
}

// CloseFile closes the open file and goes to the start screen.
func (w *Window) CloseFile() {
	if w.doc == nil {
		return
	}
	w.whenSafe("Close the file?", func() {
		w.letGo()
		w.planned = nil
		w.fix.SetDocument(nil)
		w.goTo(stepOpen)
	})
}

func (w *Window) continueToSheet() { w.goTo(stepFix) }

// remember lists a file among the recent ones.
func (w *Window) remember(d *workbench.Document) {
	if d.Path() == "" {
		return
	}
	r := store.Recent{Path: d.Path(), Rows: d.Counts().Rows, Errors: d.Counts().Errors, Opened: w.bench.Now()}
	if a := w.bench.Current(); a != nil {
		r.Profile = a.Profile.ID
	}
	w.background("", func(context.Context, func(workbench.Progress)) error {
		return w.bench.Store().RememberRecent(r)
	}, func(error) {})
}

// refreshStart lists recent files and accounts anew.
func (w *Window) refreshStart() {
	names := map[string]string{}
	var list []start.Account
	current := w.bench.Current()
	for _, a := range w.bench.Accounts() {
		names[a.Profile.ID] = a.Profile.Name
		tile := startAccount(&a)
		tile.Chosen = current != nil && current.Profile.ID == a.Profile.ID
		list = append(list, tile)
	}
	practice := w.practiceAccount()
	practice.Chosen = current != nil && current.Profile.Practice
	list = append(list, practice)
	w.start.Show(w.recents(names), list)
	w.start.OfferFilled(w.bench.Directory() != nil)
}

func startAccount(a *workbench.AccountState) start.Account {
	return start.Account{
		ID: a.Profile.ID, Name: a.Profile.Name, State: a.Text, Dot: dot(a),
		Colour: parseColour(a.Profile.Colour), Production: a.Profile.Production,
	}
}

// practiceID is how the start screen names the practice account.
const practiceID = "practice"

func (w *Window) practiceAccount() start.Account {
	return start.Account{ID: practiceID, Name: "Practice account", State: "On this computer · nothing leaves it", Dot: look.ColorPrimaryText}
}

// day is a moment as a person says it: "today 10:02", "12 Nov".
func day(t, now time.Time) string {
	t, now = t.Local(), now.Local()
	if t.YearDay() == now.YearDay() && t.Year() == now.Year() {
		return "today " + t.Format("15:04")
	}
	if t.Year() == now.Year() {
		return t.Format("2 Jan")
	}
	return t.Format("2 Jan 2006")
}
