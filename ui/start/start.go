// Package start is the first screen: drop a file or open one, go on with a
// recent one, choose an account, take a template, or try the sample. It is told
// what to list and says what was pressed; it opens and saves nothing itself.
package start

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"rollcall/ui/frame"
	"rollcall/ui/look"
	"rollcall/ui/places"
	"rollcall/ui/watch"
)

// Recent is a file that was open before.
type Recent struct {
	Name, Path string
	// About is the quiet line: "Northwind Trading · 17 errors left · today 10:02".
	About string
	// Gone says that there is no file with this path any more.
	Gone bool
}

// Account is one of the accounts.
type Account struct {
	ID, Name string
	// State is the quiet line: "1,912 users · synced 12 min ago".
	State string
	// Dot is the status as a token of look; Colour, if any, takes its place.
	Dot    fyne.ThemeColorName
	Colour color.Color
	// Production shows the mark behind the name; Chosen marks the account that is
	// worked with.
	Production, Chosen bool
}

// Actions is what the buttons do.
type Actions struct {
	Open, EmptyTemplate, FilledTemplate, Sample, AddAccount func()
	OpenRecent                                              func(path string)
	SelectAccount                                           func(id string)
}

// Screen is the start screen. It belongs to the user interface's goroutine.
type Screen struct {
	do       Actions
	content  fyne.CanvasObject
	open     *look.Button
	hero     *hero
	drop     *dropZone
	template *look.Button
	filled   *look.Button
	sample   *look.Button
	add      *look.Button
	side     *fyne.Container
	scroll   *container.Scroll
	recents  []Recent
	accounts []Account
	files    []*look.Tile
	tiles    []*look.Tile
}

// New makes the screen, empty until Show.
func New(do Actions) *Screen {
	s := &Screen{do: do}
	s.open = look.NewPrimary("Open a spreadsheet…", watch.Wrap("button start.open", do.Open)).WithTip("Open a CSV or Excel file (Ctrl+O)").Large()
	s.template = look.NewButton("Save an empty template…", watch.Wrap("button start.template", do.EmptyTemplate)).
		WithTip("A sheet with the six columns, as CSV or as Excel with drop-downs").Large()
	s.filled = look.NewButton("Save the account’s users…", watch.Wrap("button start.filled", do.FilledTemplate)).
		WithTip("The account’s current users as a filled-in sheet, to edit and import again").Large()
	s.sample = look.NewButton("Try it with sample data", watch.Wrap("button start.sample", do.Sample)).
		WithTip("Opens a flawed sample against a practice account on this computer").Large()
	s.add = look.NewButton("Add an account…", watch.Wrap("button start.addaccount", do.AddAccount)).
		WithTip("Connect Rollcall to an account")
	icon := container.NewCenter(look.NewIcon(look.IconDownload(), look.ColorText, 34))
	s.drop = newDropZone(container.NewCenter(look.Column(14, icon,
		container.NewCenter(look.NewSpans(15, look.Span{Text: "Drop a CSV or Excel file here"})),
		container.NewCenter(s.open))))
	s.hero = newHero("Import users without the back and forth",
		"Open a spreadsheet, fix what is wrong in place, see what will change, then import.",
		s.drop, icon, s.template, s.filled, s.sample)
	s.side = container.NewVBox()
	s.scroll = container.NewVScroll(look.Inset(look.SpacePage, look.SpacePage, look.SpacePage, look.SpacePage, s.side))
	panel := look.Surface(frame.New(nil, nil, look.Line(), nil, s.scroll))
	s.content = container.New(&halves{}, s.hero.scroll, panel)
	s.Show(nil, nil)
	return s
}

// Content is what the window shows.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Show lists the recent files and the accounts anew.
func (s *Screen) Show(recents []Recent, accounts []Account) {
	s.recents, s.accounts = recents, accounts
	s.files, s.tiles = nil, nil
	lines := []fyne.CanvasObject{look.NewHeading("Recent")}
	for _, r := range recents {
		tile := look.NewTile("", r.Name, r.About, watch.Wrap("button start.recent", func() { s.do.OpenRecent(r.Path) })).Bare()
		tile.SetToolTip(r.Path)
		if r.Gone {
			tile.Faded().SetToolTip(r.Path + "\nIt was moved, renamed or deleted. Press to take it off the list.")
		}
		s.files = append(s.files, tile)
		lines = append(lines, look.Inset(-4, 0, -4, -6, tile))
	}
	if len(recents) == 0 {
		lines = append(lines, look.Inset(4, 0, 4, 0, look.NewSmall("Files that you open are listed here.")))
	}
	lines = append(lines, look.Gap(0, 14), look.NewHeading("Accounts"))
	for _, a := range accounts {
		name := a.Name
		if a.Production {
			name += " · PRODUCTION"
		}
		tile := look.NewTile(a.Dot, name, a.State, watch.Wrap("button start.account", func() { s.do.SelectAccount(a.ID) }))
		if a.Colour != nil {
			tile.SetDotColor(a.Colour)
		}
		tile.SetToolTip(name + "\n" + a.State + "\nWork with this account")
		if a.Chosen {
			tile.Choose(true)
			tile.SetToolTip(name + "\n" + a.State + "\nYou work with this account")
		}
		s.tiles = append(s.tiles, tile)
		lines = append(lines, tile)
	}
	lines = append(lines, s.add)
	s.side.Layout = layout.NewCustomPaddedVBoxLayout(10)
	s.side.Objects = lines
	s.side.Refresh()
	if len(accounts) == 0 {
		s.filled.Hide()
	}
}

// OfferFilled shows the button that saves the account's users, once an account
// is known.
func (s *Screen) OfferFilled(known bool) {
	if known {
		s.filled.Show()
	} else {
		s.filled.Hide()
	}
	s.hero.inner.Refresh()
}

// Places names the parts of the screen.
func (s *Screen) Places(p *places.Page) {
	p.Screen("start")
	p.Within(s.hero.scroll, func() {
		p.Mark("start.open", s.open)
		p.Mark("start.drop", s.drop)
		p.Mark("start.template", s.template)
		p.Mark("start.filled", s.filled)
		p.Mark("start.sample", s.sample)
	})
	p.Within(s.scroll, func() {
		p.Mark("start.addaccount", s.add)
		for i, tile := range s.files {
			name := fmt.Sprintf("start.recent.%d", i)
			p.Mark(name, tile)
			p.Text(name, s.recents[i].Name)
			p.Text(name+".about", s.recents[i].About)
		}
		for i, tile := range s.tiles {
			name := fmt.Sprintf("start.account.%d", i)
			p.Mark(name, tile)
			p.Text(name, s.accounts[i].Name)
			p.Text(name+".state", s.accounts[i].State)
		}
	})
}
