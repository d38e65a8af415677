package ui

import (
	"context"
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/ui/ask"
	"rollcall/ui/look"
	"rollcall/ui/pick"
	"rollcall/ui/places"
	"rollcall/ui/watch"
)

// keys is the cheat-sheet of the keyboard, in two columns.
var keys = [2][][2]string{{
	{"The sheet", ""},
	{"Arrows, Tab, Enter", "Move"},
	{"Shift + arrows", "Select more"},
	{"Ctrl + arrows", "To the edge of the data"},
	{"Type", "Replace the cell"},
	{"F2, double-click", "Edit the cell"},
	{"Ctrl+Enter", "Take the suggestion while typing"},
	{"Alt+Down", "Open the choices"},
	{"Esc", "Give up the edit"},
	{"Delete", "Clear the cells"},
	{"Ctrl+D", "Fill down"},
	{"Ctrl+C, X, V", "Copy, cut, paste, also from Excel"},
	{"Ctrl+Plus, Ctrl+Minus", "Insert, delete rows"},
	{"Shift+Space, Ctrl+Space", "Select row, column"},
	{"Ctrl+click, Ctrl+drag", "Select further cells"},
	{"F6, Ctrl+Tab", "Leave the sheet"},
	{"F6 twice", "The problems: Enter fixes,"},
	{"", "Space shows the rows"},
}, {
	{"Everywhere", ""},
	{"Ctrl+O", "Open"},
	{"Ctrl+S", "Save"},
	{"Ctrl+Shift+S", "Save as"},
	{"Ctrl+E", "Export for upload"},
	{"Ctrl+Shift+E", "Save the error report"},
	{"Ctrl+Z, Ctrl+Y", "Undo, redo"},
	{"Ctrl+F, Ctrl+H", "Find, replace"},
	{"F8, Shift+F8", "Next, previous problem"},
	{"Ctrl+Shift+Enter", "Preview import"},
	{"Alt", "The menu"},
	{"Tab, Shift+Tab", "Next, previous button"},
	{"Space, Enter", "Press the button"},
	{"Esc", "Close the card"},
	{"Ctrl+Q", "Quit"},
}}

// keysHalf is how wide a column of the cheat-sheet is in canvas units.
const keysHalf float32 = 350

func (w *Window) showKeys() {
	var halves []fyne.CanvasObject
	for _, half := range keys {
		var lines []fyne.CanvasObject
		for _, k := range half {
			if k[1] == "" {
				lines = append(lines, look.Inset(0, 0, 4, 0, look.NewHeading(k[0])))
				continue
			}
			key := look.NewSpans(look.TextQuiet, look.Span{Text: k[0], Bold: true}).Cut()
			lines = append(lines, container.NewBorder(nil, nil, look.Fixed(150, 0, key), nil, look.NewSmall(k[1]).Cut()))
		}
		halves = append(halves, look.Fixed(keysHalf, 0, look.Column(5, lines...)))
	}
	if w.window.Canvas().Size().Width < 2*keysHalf+120 { // one below the other
		w.tellCard("keys", "Keyboard", look.Column(14, halves...))
		return
	}
	w.tellCard("keys", "Keyboard", container.NewHBox(halves...))
}

// tellCard shows something to read.
func (w *Window) tellCard(name, title string, body fyne.CanvasObject) {
	c := &ask.Card{Name: name}
	c.Enter = c.Close
	ok := look.NewPrimary("Close", watch.Wrap("button dialog.ok", c.Close))
	size := w.window.Canvas().Size()
	scroll := container.NewScroll(body)
	scroll.SetMinSize(fyne.NewSize(min(body.MinSize().Width, size.Width-120), min(body.MinSize().Height, size.Height-240)))
	c.Content = look.Column(16, look.NewTitle(title), scroll, ask.Buttons(nil, ok))
	c.Mark = func(p *places.Page) {
		p.Text("dialog.title", title)
		p.Mark("dialog.ok", ok)
	}
	w.layer.Show(c)
}

// rules are the columns' rules in short (guide, "How to Fill Out the User
// Import Template").
var rules = []string{
	"Current Status: Active or Archived. An archived user is kept for the record and not monitored.",
	"Display Name: any form of name, at most 256 characters.",
	"Primary Email: name@company.com. It is the key of a user: an address that the account knows is updated, any other is added.",
	"Role: User, Admin or Supervisor.",
	"Groups: names of groups that the account has, with commas between them, or none. They are added to the groups that a user has.",
	"Source Username(s): source:identifier, such as slack:U02AMARA, several with commas between them. They are added to those that a user has. May be empty.",
	"An import holds at most 2,000 users. Longer sheets are sent in parts.",
}

func (w *Window) showRules() {
	w.layer.LongText("rules", "The columns and their rules", strings.Split(strings.Join(rules, "\n\n"), "\n"))
}

// licences names the libraries inside the program; their texts come with the
// source.
var licences = []string{
	"Rollcall is built with these libraries:",
	"",
	"Fyne (BSD 3-Clause) · fyne-tooltip (MIT) · go-gl/glfw (BSD 3-Clause)",
	"Excelize (BSD 3-Clause) · mscfb (Apache 2.0) · compress (BSD 3-Clause)",
	"chardet (MIT) · atomic (MIT) · go-humanize (MIT)",
	"resty (MIT) · go-ieproxy (MIT) · go-keyring (MIT) · godbus (BSD 2-Clause)",
	"modernc SQLite (BSD 3-Clause) · filter-parser (MIT)",
	"levenshtein (MIT) · cobra (Apache 2.0) · golang.org/x (BSD 3-Clause)",
	"Noto Sans (SIL Open Font Licence 1.1)",
}

func (w *Window) showLicences() { w.layer.LongText("licences", "Licences", licences) }

// SaveSupport writes a file for whoever helps with a problem.
func (w *Window) SaveSupport() {
	zip := pick.Format{Name: "ZIP", Ending: ".zip"}
	w.picker.Save("Save a support bundle", "rollcall-support", []pick.Format{zip}, func(path string) {
		w.writeFile("Saving the support bundle", path, func(ctx context.Context) error {
			return w.bench.SaveSupport(ctx, path, w.options.Version)
		}, func() {
			w.layer.Say(look.Good, "The support bundle is saved as "+path+". It tells versions, settings and how imports went, and nothing of your users, files or secrets.")
		})
	})
}

func (w *Window) showAbout() {
	version := w.options.Version
	if version == "" {
		version = "development version"
	}
	w.layer.Tell("about", "Rollcall", "Bulk user imports: open a spreadsheet, fix it in place, see what will change, then import.\n\n"+
		version+" · "+runtime.GOOS+"/"+runtime.GOARCH+" · "+runtime.Version())
}
