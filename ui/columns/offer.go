package columns

import (
	"fmt"

	"fyne.io/fyne/v2"

	"rollcall/ui/ask"
	"rollcall/ui/look"
)

// longestMenu is how many choices a drop-down shows; of more one is picked in a
// card, where typing narrows the list.
const longestMenu = 16

// option is one of several choices.
type option struct {
	label string
	do    func()
}

// offer lets one of the options be chosen, or one of the others, which stand
// apart from them: in a drop-down under the button, or in a card where they are
// many. title is the card's.
func (s *Screen) offer(button *look.Button, title string, options, others []option) {
	if len(options) > longestMenu {
		s.pick(title, append(append([]option(nil), others...), options...))
		return
	}
	var items []*fyne.MenuItem
	for _, o := range options {
		items = append(items, ask.MenuItem(o.label, o.do))
	}
	if len(others) > 0 {
		items = append(items, fyne.NewMenuItemSeparator())
	}
	for _, o := range others {
		items = append(items, ask.MenuItem(o.label, o.do))
	}
	s.layer.MenuBelow(button, items...)
}

// pick lets one of many options be picked in a card.
func (s *Screen) pick(title string, options []option) {
	actions := make(map[string]func(), len(options))
	names := make([]string, len(options))
	for i, o := range options {
		names[i] = o.label
		for n := 2; actions[names[i]] != nil; n++ { // two columns of one name
			names[i] = fmt.Sprintf("%s (%d)", o.label, n)
		}
		actions[names[i]] = o.do
	}
	s.layer.Choose(ask.Choice{Title: title, Options: names, OK: "Use it"}, func(name string) {
		if do := actions[name]; do != nil {
			do()
		}
	})
}
