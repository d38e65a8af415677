// Package pick lets a person choose a file to open or a place to save: a card
// with a path to type and a folder to click through. Folders are read in the
// background. It reads and writes no file itself.
package pick

import (
	"os"
	"path/filepath"
	"strings"

	"rollcall/ui/ask"
)

// Picker asks for files. It belongs to the user interface's goroutine.
type Picker struct {
	layer *ask.Layer
	// Folder is where the next card begins; it is the last one that was used.
	Folder string
	// OnFolder is told when Folder changes, to remember it; it may be nil.
	OnFolder func(folder string)
	// Answers is a file that may hold the path to choose, alone; it takes the
	// place of one card and is deleted. "" for none.
	Answers string

	shown *chooser // the last card
}

// Busy tells whether a folder is being read or a path looked up.
func (p *Picker) Busy() bool {
	return p.shown != nil && (p.shown.reading || p.shown.looking)
}

// New makes a picker that shows its cards on a layer.
func New(l *ask.Layer) *Picker { return &Picker{layer: l} }

// Format is a way to write a file.
type Format struct {
	// Name is what it is called: "CSV". Ending is ".csv".
	Name, Ending string
}

// Open asks for a file with one of the endings; chosen gets its whole path.
func (p *Picker) Open(title string, endings []string, chosen func(path string)) {
	if path, ok := p.answer(); ok {
		chosen(path)
		return
	}
	c := newChooser(p, title, "Open")
	c.fits = func(name string) bool { return hasEnding(name, endings) }
	c.accept = func(path string) {
		p.remember(filepath.Dir(path))
		chosen(path)
	}
	c.show("")
}

// Save asks where to write a file that is called name unless the person calls
// it otherwise. The first format is offered; its ending is added where none of
// the formats' endings was typed. An existing file is asked about once.
func (p *Picker) Save(title, name string, formats []Format, chosen func(path string)) {
	if path, ok := p.answer(); ok {
		chosen(path)
		return
	}
	c := newChooser(p, title, "Save")
	c.saving, c.formats = true, formats
	c.fits = func(name string) bool { return true }
	c.accept = func(path string) {
		p.remember(filepath.Dir(path))
		chosen(path)
	}
	c.show(WithEnding(name, formats, 0))
}

// answer takes the path that lies ready in the Answers file.
func (p *Picker) answer() (path string, ok bool) {
	if p.Answers == "" {
		return "", false
	}
	data, err := os.ReadFile(p.Answers)
	if err != nil {
		return "", false
	}
	if err := os.Remove(p.Answers); err != nil {
		return "", false
	}
	return strings.TrimSpace(string(data)), true
}

func (p *Picker) remember(folder string) {
	if folder != p.Folder {
		p.Folder = folder
		if p.OnFolder != nil {
			p.OnFolder(folder)
		}
	}
}

// start is the folder to begin in, the last one or the home folder, and the one
// to show instead where that cannot be read; "" for none.
func (p *Picker) start() (folder, instead string) {
	home, err := os.UserHomeDir()
	if err != nil {
		home = string(filepath.Separator)
	}
	if p.Folder != "" {
		return p.Folder, home
	}
	return home, ""
}

// Whole makes a typed path whole: ~ is the home folder, and what has no root
// lies in folder. Quotation marks around a pasted path are taken off.
func Whole(typed, folder, home string) string {
	typed = strings.Trim(strings.TrimSpace(typed), `"'`)
	typed = strings.TrimPrefix(typed, "file://")
	if home != "" && (typed == "~" || strings.HasPrefix(typed, "~/")) {
		typed = home + typed[1:]
	}
	if !filepath.IsAbs(typed) {
		typed = filepath.Join(folder, typed)
	}
	return filepath.Clean(typed)
}

// WithEnding gives name the ending of the chosen format, in place of another
// format's ending.
func WithEnding(name string, formats []Format, chosen int) string {
	if name == "" || chosen < 0 || chosen >= len(formats) {
		return name
	}
	want := formats[chosen].Ending
	for _, f := range formats {
		if hasEnding(name, []string{f.Ending}) {
			return name[:len(name)-len(f.Ending)] + want
		}
	}
	return name + want
}

// FormatOf is the format that a name's ending asks for, or -1.
func FormatOf(name string, formats []Format) int {
	for i, f := range formats {
		if hasEnding(name, []string{f.Ending}) {
			return i
		}
	}
	return -1
}

func hasEnding(name string, endings []string) bool {
	for _, e := range endings {
		if len(name) >= len(e) && strings.EqualFold(name[len(name)-len(e):], e) {
			return true
		}
	}
	return false
}
