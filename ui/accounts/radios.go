package accounts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"rollcall/ui/watch"
)

// radios is a row of options of which one is chosen. Each is a group of its
// own, so that it can be found on screen.
type radios struct {
	row     fyne.CanvasObject
	options []*widget.RadioGroup
	names   []string
	changed func(int)
	setting bool
}

func newRadios(names []string, changed func(int)) *radios {
	r := &radios{names: names, changed: changed}
	var objects []fyne.CanvasObject
	for i, name := range names {
		option := widget.NewRadioGroup([]string{name}, func(chosen string) {
			watch.Do("radio", func() { r.tapped(i, chosen) })
		})
		option.Required = true
		r.options = append(r.options, option)
		objects = append(objects, option)
	}
	r.row = container.NewHBox(objects...)
	return r
}

func (r *radios) tapped(i int, chosen string) {
	if r.setting || chosen == "" {
		return
	}
	r.choose(i)
	r.changed(i)
}

func (r *radios) choose(chosen int) {
	r.setting = true
	defer func() { r.setting = false }()
	for i, option := range r.options {
		if i == chosen {
			option.SetSelected(r.names[i])
		} else {
			option.SetSelected("")
		}
	}
}
