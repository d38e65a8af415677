package grid

import (
	"slices"

	"fyne.io/fyne/v2"
)

// offer shows the values that complete what is typed.
func (e *editing) offer(text string) {
	var items []string
	switch e.editor.Kind {
	case Choices:
		items = MatchChoices(e.editor.Choices, text)
		if len(items) == 1 && items[0] == text {
			items = nil
		}
	case Tokens:
		e.token = TokenAt(text, e.caret())
		if e.editor.Complete != nil && e.token.Prefix != "" {
			items = e.editor.Complete(e.token.Prefix)
		}
		if len(items) == 1 && items[0] == e.token.Text {
			items = nil
		}
	}
	e.list.set(items, e.editor.Kind == Choices && text != "")
}

// openChoices opens the editor with all choices shown.
func (g *Grid) openChoices() {
	if !g.hasActive() || !g.canEdit(g.sel.Active()) {
		return
	}
	if !g.edit.on {
		g.startEdit("", false, false)
		if g.edit.on && g.edit.editor.Kind == Choices {
			// What is typed then takes the place of the old value.
			g.edit.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
		}
	}
	g.edit.openList()
}

func (e *editing) openList() {
	switch e.editor.Kind {
	case Choices:
		e.list.set(e.editor.Choices, false)
		e.list.choose(slices.Index(e.editor.Choices, e.entry.Text))
	case Tokens:
		e.token = TokenAt(e.entry.Text, e.caret())
		if e.editor.Complete != nil {
			e.list.set(e.editor.Complete(e.token.Prefix), false)
		}
	}
	e.place()
}

// take puts a value from the list into the text. A choice ends editing.
func (e *editing) take(item string) {
	if e.editor.Kind == Choices {
		e.replace(item)
		e.grid.Commit()
		e.grid.reveal(e.grid.sel.Active())
		return
	}
	text, caret := ReplaceToken(e.entry.Text, e.token, item)
	e.replace(text)
	e.caretTo(caret)
	e.list.Hide()
	e.changed(e.entry.Text, false)
}

func (e *editing) replace(text string) {
	e.setting = true
	e.entry.SetText(text)
	e.setting = false
	e.caretTo(len([]rune(text)))
}

// takeSuggestion puts the verdict's suggestion in and ends editing.
func (e *editing) takeSuggestion() {
	g, suggestion := e.grid, e.verdict.Suggestion
	if !e.on || suggestion == "" {
		return
	}
	e.replace(suggestion)
	if g.OnSuggestionTaken != nil {
		g.OnSuggestionTaken(e.cell, suggestion)
	}
	g.Commit()
	g.reveal(g.sel.Active())
}

// listKey handles the keys of an open list.
func (e *editing) listKey(name fyne.KeyName, mods Mods) bool {
	switch name {
	case fyne.KeyUp:
		e.list.move(-1)
	case fyne.KeyDown:
		e.list.move(1)
	case fyne.KeyEscape:
		e.list.Hide()
		e.place()
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyTab:
		item, ok := e.list.chosen()
		if !ok {
			return false
		}
		if e.editor.Kind == Choices {
			e.replace(item)
			e.list.Hide()
			return false
		}
		e.take(item)
	default:
		return false
	}
	return true
}
