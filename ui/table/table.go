// Package table dresses the sheet widget in Rollcall's colours, for the sheet
// itself and for the tables of the other screens. It knows what stands in none
// of them.
package table

import (
	"time"

	"fyne.io/fyne/v2"

	"rollcall/ui/grid"
	"rollcall/ui/look"
	"rollcall/ui/watch"
)

// Colors are the colour tokens of a grid.
func Colors() grid.ColorNames {
	return grid.ColorNames{
		Surface: look.ColorSurface, Header: look.ColorHeaderRow, RowNumbers: look.ColorRowNumbers,
		Line: look.ColorLine, GridLine: look.ColorGridLine, Border: look.ColorBorder,
		Text: look.ColorText, Quiet: look.ColorQuiet, Disabled: look.ColorDisabled,
		Primary: look.ColorPrimaryText, Selected: look.ColorSelected,
		ErrorEdge: look.ColorErrorEdge, ErrorFill: look.ColorErrorFill, ErrorText: look.ColorErrorText,
		WarningEdge: look.ColorWarningEdge, WarningFill: look.ColorWarningFill, WarningText: look.ColorWarningText,
		Good: look.ColorGood, GoodFill: look.ColorGoodFill,
	}
}

// Sheet makes a grid that is edited. Its own work is measured.
func Sheet(m grid.Model) *grid.Grid {
	g := grid.New(m)
	g.Colors = Colors()
	g.Watch = func(what string, f func()) { watch.Do("grid "+what, f) }
	return g
}

// Reading makes a grid that is only read: its cursor is a whole row, and Escape
// closes the card that it is in.
func Reading(m grid.Model) *grid.Grid {
	g := Sheet(m)
	g.OnEscape = func() {
		if look.OnKey != nil {
			look.OnKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		}
	}
	g.ReadOnly, g.MarkRows, g.HideRowHeader = true, true, true
	return g
}

// Height is how high a grid of so many rows is, with its header, in canvas
// units.
func Height(rows int) float32 { return 33 + float32(rows)*look.RowHeight }

// Twice is how soon a second click has to follow to be a double-click.
const Twice = 400 * time.Millisecond
