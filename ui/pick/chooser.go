package pick

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"rollcall/ui/ask"
	"rollcall/ui/look"
	"rollcall/ui/places"
	"rollcall/ui/watch"
)

// twice is how soon a second click on a file must follow to open it.
const twice = 500 * time.Millisecond

// chooser is one card of the picker.
type chooser struct {
	picker  *Picker
	card    *ask.Card
	saving  bool
	formats []Format
	format  int
	fits    func(name string) bool
	accept  func(path string)

	folder  string
	items   []item
	turn    int // of the folder that is being read
	reading bool
	instead string // the folder to show where the first one cannot be read
	asked   int    // of the path that is being looked up
	looking bool
	where   *pathLine
	note    *look.Spans
	entry   *ask.Entry
	list    *ask.List
	ok      *look.Button
	choice  *fyne.Container // of the format, empty where there is none
	named   string          // what is to be saved is called so, while folders are gone through
	passing bool            // the field holds a folder's name that the keys have come by
	last    string
	lastAt  time.Time
	filling bool
}

func newChooser(p *Picker, title, verb string) *chooser {
	c := &chooser{picker: p, card: &ask.Card{Name: "pick"}}
	c.where = newPathLine()
	c.note = look.NewColored("", look.ColorErrorText).Cut()
	c.entry = ask.NewEntry().In(c.card)
	c.entry.SetPlaceHolder("Type a path, or choose below")
	c.entry.OnChanged = func(string) { watch.Do("change pick.entry", c.typed) }
	c.list = ask.NewList(func() int { return len(c.items) }, newLine, c.fill)
	c.list.OnPick = c.picked
	c.entry.OnKey = c.list.Step
	c.ok = look.NewPrimary(verb, watch.Wrap("button pick.ok", c.done))
	c.card.Enter = c.done
	c.card.First = c.entry
	c.card.Closed = func() {
		c.asked++
		c.turn++
		c.looking, c.reading = false, false
	}
	c.card.Mark = c.mark
	up := look.NewButton("Up", watch.Wrap("button pick.up", func() { c.open(filepath.Dir(c.folder)) })).Small().
		WithTip("Show the folder that this one lies in")
	home := look.NewButton("Home", watch.Wrap("button pick.home", func() {
		if dir, err := os.UserHomeDir(); err == nil {
			c.open(dir)
		}
	})).Small().WithTip("Show your own folder")
	cancel := look.NewButton("Cancel", watch.Wrap("button pick.cancel", c.card.Close))
	path := container.NewBorder(nil, nil, look.Row(8, up, home), nil, look.Inset(0, 0, 0, 12, c.where.content))
	top := look.Column(12, look.NewTitle(title), c.entry, path)
	c.choice = look.Row(8)
	bottom := look.Column(10, c.choice, c.note, ask.Buttons(nil, cancel, c.ok))
	c.card.Content = container.NewBorder(top, look.Inset(10, 0, 0, 0, bottom), nil, nil,
		look.Inset(8, 0, 0, 0, look.TableCard(c.list)))
	return c
}

// newLine makes one line of the list.
func newLine() fyne.CanvasObject {
	icon := widget.NewIcon(nil)
	about := look.NewTiny("")
	return container.NewBorder(nil, nil, icon, look.Inset(0, 8, 0, 8, about), look.Inset(4, 0, 4, 4, look.NewText("").Cut()))
}

func (c *chooser) fill(i widget.ListItemID, o fyne.CanvasObject) {
	if i >= len(c.items) {
		return
	}
	line := o.(*fyne.Container)
	it := c.items[i]
	line.Objects[0].(*fyne.Container).Objects[0].(*look.Spans).SetText(it.name)
	icon := look.IconFile()
	if it.folder {
		icon = look.IconOpen()
	}
	line.Objects[1].(*widget.Icon).SetResource(look.Tinted(icon, look.ColorQuiet))
	line.Objects[2].(*fyne.Container).Objects[0].(*look.Spans).SetText(it.about())
}

// show opens the card, filling most of a small window.
func (c *chooser) show(name string) {
	size := c.picker.layer.Window().Canvas().Size()
	c.card.Size = fyne.NewSize(min(720, size.Width-80), min(560, size.Height-80))
	if len(c.formats) > 1 {
		c.addFormats()
	}
	c.set(name)
	c.picker.shown = c
	c.picker.layer.Show(c.card)
	if name != "" {
		c.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
	folder, instead := c.picker.start()
	c.open(folder)
	c.instead = instead
	c.check()
}

func (c *chooser) addFormats() {
	filters := make([]look.Filter, len(c.formats))
	for i, f := range c.formats {
		filters[i] = look.Filter{Name: f.Name, Count: -1}
	}
	bar := look.NewFilterBar(func(i int) {
		watch.Do("filter pick.format", func() {
			c.format = i
			c.set(WithEnding(c.entry.Text, c.formats, i))
		})
	}, filters...)
	c.choice.Objects = []fyne.CanvasObject{look.NewQuiet("Save as"), bar}
}

// open shows a folder's content; it is read in the background.
func (c *chooser) open(folder string) {
	c.turn++
	turn, fits := c.turn, c.fits
	c.folder, c.reading = folder, true
	c.where.set(folder)
	go func() {
		items, err := readFolder(folder, fits)
		c.picker.layer.Post(func() {
			if turn != c.turn {
				return
			}
			instead := c.instead
			c.instead = ""
			if err != nil && instead != "" {
				c.open(instead)
				return
			}
			c.items, c.reading = items, false
			c.say("")
			if err != nil {
				c.say("This folder cannot be read. Choose another one.")
			}
			c.list.Clear()
			c.list.Refresh()
			c.list.ScrollToTop()
		})
	}()
}

// picked takes a line's name into the field. A click on a folder shows it at
// once; with the keys one walks over it, and Enter shows it.
func (c *chooser) picked(i int, byKey bool) {
	if i >= len(c.items) {
		return
	}
	it := c.items[i]
	if byKey {
		if it.folder && !c.passing {
			c.named = c.entry.Text
		}
		c.put(it.name)
		c.passing = it.folder
		return
	}
	c.list.UnselectAll()
	if it.folder {
		c.open(filepath.Join(c.folder, it.name))
		return
	}
	again := it.name == c.last && time.Since(c.lastAt) < twice
	c.last, c.lastAt = it.name, time.Now()
	c.set(it.name)
	if again {
		c.done()
	}
}

// set names the file.
func (c *chooser) set(text string) {
	c.put(text)
	c.named, c.passing = text, false
}

// put fills the field.
func (c *chooser) put(text string) {
	c.filling = true
	c.entry.SetText(text)
	c.filling = false
	c.check()
}

func (c *chooser) typed() {
	if !c.filling {
		c.passing, c.looking = false, false
		c.asked++ // what is looked up was another path
		c.say("")
		c.check()
	}
}

func (c *chooser) say(text string) { c.note.SetText(text) }

func (c *chooser) check() {
	if c.entry.Text == "" {
		c.ok.DisableWith("Choose a file, or type its path, first.")
		return
	}
	c.ok.Enable()
}

// done takes what the field holds: a folder is shown, a file is chosen. What
// lies there is looked up in the background, since a drive may not answer.
func (c *chooser) done() {
	if c.entry.Text == "" {
		return
	}
	c.asked++
	asked := c.asked
	c.looking = true
	c.say("")
	home, _ := os.UserHomeDir()
	path := Whole(c.entry.Text, c.folder, home)
	ending := ""
	if c.saving && len(c.formats) > 0 && FormatOf(path, c.formats) < 0 {
		ending = c.formats[c.format].Ending
	}
	go func() {
		found := lookAt(path, ending)
		c.picker.layer.Post(func() {
			if asked == c.asked {
				watch.Do("post: picked path", func() { c.take(found) })
			}
		})
	}()
}

// take goes on with what was found.
func (c *chooser) take(found target) {
	c.looking = false
	switch {
	case found.folder:
		if !c.saving {
			c.named = ""
		}
		c.set(c.named)
		c.open(found.path)
	case c.saving:
		c.save(found)
	case !found.there:
		c.say("There is no file with this name. Check the path.")
	default:
		c.finish(found.path)
	}
}

func (c *chooser) save(found target) {
	if !found.parent {
		c.say("There is no such folder. Check the path.")
		return
	}
	if !found.there {
		c.finish(found.path)
		return
	}
	c.picker.layer.Confirm(ask.Question{
		Title: "Replace the file?",
		Text:  fmt.Sprintf("“%s” is already there. It is replaced only once the new one is whole.", filepath.Base(found.path)),
		OK:    "Replace", Cancel: "Choose another name",
	}, func() { c.finish(found.path) })
}

func (c *chooser) finish(path string) {
	c.card.Close()
	c.accept(path)
}

// target is what lies at a path.
type target struct {
	path                  string
	folder, there, parent bool // parent: its folder is there
}

// lookAt asks the disk. ending is added to what is no folder.
func lookAt(path, ending string) target {
	info, err := os.Stat(path)
	if err == nil && info.IsDir() {
		return target{path: path, folder: true}
	}
	if ending != "" {
		path += ending
		_, err = os.Stat(path)
	}
	above, aboveErr := os.Stat(filepath.Dir(path))
	return target{path: path, there: err == nil, parent: aboveErr == nil && above.IsDir()}
}

func (c *chooser) mark(p *places.Page) {
	p.Mark("pick.entry", c.entry)
	p.Mark("pick.ok", c.ok)
	p.Text("pick.folder", c.folder)
	p.Text("pick.folder.shown", c.where.shown.Text())
	p.Text("pick.name", c.entry.Text)
	if !c.reading && !c.looking {
		p.Number("pick.items", len(c.items))
	}
	p.Text("dialog.text", c.note.Text())
}
