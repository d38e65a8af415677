package e2e

import (
	"fmt"
	"slices"
	"strings"
)

// Grid is the sheet on screen.
type Grid struct{ a *App }

// Grid is the sheet of the Fix screen.
func (a *App) Grid() Grid { return Grid{a} }

// Cell names one cell by the row number of the user's file and its column header.
type Cell struct {
	a    *App
	name string // such as 7.Role
}

// Cell is a cell of the sheet. It has to be on screen when it is used; Reveal
// brings it there.
func (g Grid) Cell(row int, column string) Cell { return Cell{g.a, fmt.Sprintf("%d.%s", row, column)} }

func (c Cell) place() string { return "grid.cell." + c.name }

// Click puts the cursor on the cell.
func (c Cell) Click() Cell {
	c.a.r.Helper()
	for range 3 { // on a busy machine a press can come before the pointer
		c.a.Click(c.place())
		if until(patience()/6, func() bool { return c.a.Places().Text("grid.cursor") == c.name }) {
			return c
		}
	}
	c.a.Says("grid.cursor", c.name)
	return c
}

// Extend makes the selection reach from the cursor to the cell (Shift+click).
func (c Cell) Extend() Cell {
	c.a.r.Helper()
	c.a.moveTo(c.a.find(c.place()))
	c.a.do("keydown", "shift")
	c.a.do("click", "1")
	c.a.do("keyup", "shift")
	return c
}

// Edit opens the editor by a double-click.
func (c Cell) Edit() Cell {
	c.a.r.Helper()
	c.Click()
	c.a.Press("F2")
	c.a.Says("grid.editing", c.name)
	return c
}

// Type puts the cursor on the cell and types: the text replaces what was there
// once a key ends the editing.
func (c Cell) Type(text string) Cell {
	c.a.r.Helper()
	if c.a.Places().Text("grid.editing") != c.name {
		c.Click()
	}
	c.a.Type(text)
	c.a.Says("grid.editing", c.name)
	return c
}

// Press presses keys.
func (c Cell) Press(keys ...string) Cell {
	c.a.r.Helper()
	c.a.Press(keys...)
	return c
}

// Becomes waits until the cell's text is text.
func (c Cell) Becomes(text string) Cell {
	c.a.r.Helper()
	c.a.Says(c.place(), text)
	return c
}

// ExpectFinding waits until the cell has the finding with this code.
func (c Cell) ExpectFinding(code string) Cell {
	c.a.r.Helper()
	c.a.Until(fmt.Sprintf("cell %s has the finding %s", c.name, code), func(p Places) bool {
		return slices.Contains(strings.Split(p.Text("grid.finding."+c.name), ","), code)
	})
	return c
}

// ExpectNoFinding waits until the cell has no finding and is on screen.
func (c Cell) ExpectNoFinding() Cell {
	c.a.r.Helper()
	c.a.Until(fmt.Sprintf("cell %s has no finding", c.name), func(p Places) bool {
		return p.Has(c.place()) && p.Text("grid.finding."+c.name) == ""
	})
	return c
}

// Reveal turns the wheel until the cell is on screen.
func (c Cell) Reveal() Cell {
	c.a.r.Helper()
	var row int
	fmt.Sscanf(c.name, "%d.", &row)
	for range 400 {
		p := c.a.Places()
		if p.Has(c.place()) {
			return c
		}
		top, _ := p.Number("grid.top")
		notches := max(2, min(40, abs(row-top)/2)) // one is less than a row, and may leave the top as it is
		if row < top {
			notches = -notches
		}
		c.a.Wheel("grid", notches)
		c.a.Until("the sheet has moved or shows the cell", func(now Places) bool {
			return now.Has(c.place()) || now.Text("grid.top") != p.Text("grid.top") || now.Revision > p.Revision+2
		})
	}
	c.a.Fail("cell %s never came on screen", c.name)
	return c
}

func abs(n int) int { return max(n, -n) }
