// Package ui is the shell of the desktop program: the window with its menus,
// toolbar and steps, and the way from one screen to the next. The screens are
// rooms of their own below it; what they do is the workbench's. No rule, no
// file format and no network comes in here.
package ui

import (
	"context"
	"fmt"
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetooltip "github.com/dweymouth/fyne-tooltip"

	"rollcall/internal/account"
	"rollcall/internal/workbench"
	"rollcall/ui/accounts"
	"rollcall/ui/ask"
	"rollcall/ui/columns"
	"rollcall/ui/fix"
	"rollcall/ui/frame"
	"rollcall/ui/importing"
	"rollcall/ui/look"
	"rollcall/ui/pick"
	"rollcall/ui/places"
	"rollcall/ui/preview"
	"rollcall/ui/start"
	"rollcall/ui/watch"
)

// Options are what a Window is made with.
type Options struct {
	App   fyne.App
	Bench *workbench.Bench
	// Post brings a function to the user interface's goroutine.
	Post func(func())
	// File is opened at once; Sample presses "Try it with sample data"; Account
	// is the name of the account to choose. All may be empty.
	File    string
	Sample  bool
	Account string
	// Places is the places file, Answers the file that answers file cards; ""
	// for none.
	Places, Answers string
	// Notes brings what the workbench has to say; nil for none.
	Notes *Notes
	// Version is shown in About.
	Version string
}

// Window is the program's one window. It belongs to the user interface's
// goroutine.
type Window struct {
	app     fyne.App
	bench   *workbench.Bench
	window  fyne.Window
	options Options
	prefs   prefs

	layer    *ask.Layer
	picker   *pick.Picker
	accounts *accounts.Dialogs

	start     *start.Screen
	columns   *columns.Screen
	fix       *fix.Screen
	preview   *preview.Screen
	importing *importing.Screen
	screens   *fyne.Container
	bar       *toolbar
	menus     *menus

	step     step
	doc      *workbench.Document
	planned  *workbench.Planned
	sent     *workbench.Document // whose rows the import that is shown is of, nil for none
	edits    int                 // changes of the open document so far
	seen     int                 // of them, those that the plan has seen
	checked  *account.Directory  // what the open document is checked against
	busy     int                 // works of the window's own under way
	hidden   int                 // edited cells of another choice of columns, as last told
	ofFile   bool                // the message tells what was found in the file
	gone     map[string]bool     // recent files that are no longer there
	goneTurn int                 // of the latest look for them
	dropped  string              // what is to be said of dropped files once one is open
	closing  bool
	stop     chan struct{}
	tips     *fyne.Container // where tooltips are shown
}

// The window's first size in canvas units.
const (
	firstWidth  float32 = 1280
	firstHeight float32 = 800
)

// New makes the window and all its screens, and shows nothing yet.
func New(o Options) *Window {
	w := &Window{app: o.App, bench: o.Bench, options: o, stop: make(chan struct{})}
	w.window = o.App.NewWindow("Rollcall")
	w.window.SetPadded(false)
	w.window.SetMaster()
	w.loadPrefs()
	w.layer = ask.New(w.window, o.Post)
	w.layer.OnEmpty = w.focusScreen
	w.layer.OnKey = w.functionKey
	w.picker = pick.New(w.layer)
	w.picker.Answers, w.picker.Folder = o.Answers, w.prefs.Folder
	w.picker.OnFolder = func(folder string) { w.prefs.Folder = folder; w.savePrefs() }
	w.accounts = &accounts.Dialogs{Bench: o.Bench, Layer: w.layer, Changed: w.accountsChanged, Choose: w.picker.Open}
	w.makeScreens()
	w.bar = newToolbar(w)
	w.menus = newMenus(w)
	w.screens = container.NewStack()
	body := look.Ground(frame.New(look.Column(0, w.bar.content, w.layer.Line()), nil, nil, nil, w.screens))
	content := container.New(&atLeast{fyne.NewSize(560, 340)}, body)
	withTips := fynetooltip.AddWindowToolTipLayer(content, w.window.Canvas())
	w.tips, _ = withTips.(*fyne.Container).Objects[1].(*fyne.Container)
	w.layer.OnShow = w.hideTips
	w.window.SetContent(withTips)
	w.window.SetMainMenu(w.menus.main)
	w.window.Resize(fyne.NewSize(firstWidth, firstHeight))
	w.window.SetCloseIntercept(w.AskClose)
	w.window.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { w.Dropped(uris) })
	w.show(stepOpen)
	return w
}

func (w *Window) makeScreens() {
	w.start = start.New(start.Actions{
		Open: w.AskOpen, EmptyTemplate: w.saveTemplate, FilledTemplate: w.saveFilled, Sample: w.OpenSample,
		AddAccount: w.accounts.Add, OpenRecent: w.Open, SelectAccount: w.selectAccount,
	})
	w.columns = columns.New(w.bench, w.layer, columns.Actions{Reopen: w.reopen, Another: w.AskOpen, Continue: w.continueToSheet})
	w.fix = fix.New(w.bench, w.layer, fix.Actions{
		Preview: w.Preview, Columns: func() { w.goTo(stepColumns) }, Sheets: w.sheetMenu, Changed: w.docChanged, Save: w.Save, Report: w.saveErrorReport,
		Width: w.keepWidth,
	})
	w.preview = preview.New(w.bench, w.layer, preview.Actions{
		Back: w.backFromPreview, Save: w.savePlan, Import: w.startImport, Export: w.exportWithout,
		Again: w.previewAgain, ShowRow: w.showRow,
	})
	w.importing = importing.New(w.bench, w.layer, importing.Actions{
		Back: func() { w.goTo(stepFix) }, Done: func() { w.goTo(stepOpen) }, Fix: w.fixRefused, Show: w.showOutcome,
		Report: w.saveImportReport, SaveRows: w.saveRefused, Undo: w.undoImport, Resume: w.resumeImport, Ended: w.importEnded,
	})
}

// Fyne is the window as Fyne knows it.
func (w *Window) Fyne() fyne.Window { return w.window }

// Begin starts what the window was asked to begin with. The window is on
// screen by then.
func (w *Window) Begin() {
	if w.options.Places != "" {
		go places.NewRecorder(w.options.Places, w.window.Canvas(), w).Run(w.options.Post, w.stop)
	}
	if w.options.Notes != nil {
		w.options.Notes.show(w.layer)
	}
	w.refreshStart()
	w.begin()
}

// begin chooses the account of last time, offers work that was lost, and opens
// what was asked for.
func (w *Window) begin() {
	name := w.options.Account
	byName := name != ""
	if !byName {
		name = w.bench.LastAccount()
	}
	open := func() {
		switch {
		case w.options.Sample:
			w.OpenSample()
		case w.options.File != "":
			w.Open(w.options.File)
		default:
			w.offerRecovery()
		}
	}
	if name == "" {
		open()
		return
	}
	w.background("Choosing the account", func(ctx context.Context, _ func(workbench.Progress)) error {
		if byName {
			return w.bench.SelectByName(ctx, name)
		}
		return w.bench.Select(ctx, name)
	}, func(err error) {
		if err != nil && byName {
			w.layer.Error("The account could not be chosen", err)
		}
		w.accountChosen(false)
		open()
	})
}

// background runs a quiet work of the window's own: no progress is shown.
func (w *Window) background(what string, work func(context.Context, func(workbench.Progress)) error, done func(error)) {
	w.busy++
	workbench.Background(w.bench, func(ctx context.Context, report func(workbench.Progress)) (struct{}, error) {
		return struct{}{}, work(ctx, report)
	}, nil, func(_ struct{}, err error) {
		w.busy--
		if !w.closing {
			watch.Do(what, func() { done(err) })
		}
	})
}

// focusScreen gives the keyboard back to the screen that is shown.
func (w *Window) focusScreen() {
	switch w.step {
	case stepFix:
		if w.doc != nil {
			w.fix.Focus()
		}
	case stepPreview:
		w.preview.Focus()
	}
}

// tipDelay is more than a tooltip waits before it shows.
const tipDelay = time.Second

// hideTips takes away the tooltip of a button that is going: it gets no word
// that the pointer has left it. One that was about to show is taken away, too.
func (w *Window) hideTips() {
	if w.tips == nil {
		return
	}
	hide := func() {
		if len(w.tips.Objects) > 0 {
			w.tips.Objects = nil
			w.tips.Refresh()
		}
	}
	hide()
	time.AfterFunc(tipDelay, func() { w.options.Post(hide) })
}

// title says which file is open and whether it holds work that is not saved.
func (w *Window) title() {
	title := "Rollcall"
	if w.doc != nil {
		mark := ""
		if w.doc.Dirty() {
			mark = "• "
		}
		title = fmt.Sprintf("%s%s – Rollcall", mark, w.doc.Name())
	}
	if w.window.Title() != title {
		w.window.SetTitle(title)
	}
}

// parseColour reads #RRGGBB.
func parseColour(text string) color.Color {
	var r, g, b uint8
	if n, err := fmt.Sscanf(text, "#%02x%02x%02x", &r, &g, &b); n != 3 || err != nil {
		return nil
	}
	return color.NRGBA{R: r, G: g, B: b, A: 0xff}
}

// atLeast lets the window be as small as it says, whatever is in it.
type atLeast struct{ size fyne.Size }

// MinSize is asked for by Fyne.
func (l *atLeast) MinSize([]fyne.CanvasObject) fyne.Size { return l.size }

// Layout is asked for by Fyne.
func (l *atLeast) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
}
