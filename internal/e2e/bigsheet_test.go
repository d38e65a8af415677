package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// manyRows is how many users the large sheet has.
const manyRows = 100_000

// largeCSV is a file of so many users; every fourth has a role in small
// letters, which has a certain fix.
func largeCSV(rows int) string {
	var b strings.Builder
	b.WriteString(strings.Join(templateHeader, ",") + "\r\n")
	groups := []string{"Trading", `"Trading,EMEA"`, "APAC", "none"}
	for i := range rows {
		role := "User"
		if i%4 == 3 {
			role = "user"
		}
		fmt.Fprintf(&b, "Active,Person %d Vale,person%d@northwind.com,%s,%s,slack:U0%07d\r\n", i, i, role, groups[i%len(groups)], i)
	}
	return b.String()
}

// Whatever is done to a hundred thousand rows at once, the window never waits
// for it: clearing, pasting, filling, fixing, replacing, undoing, sorting and
// filtering them all.
func TestALargeSheetNeverLags(t *testing.T) {
	s, home := stage(t)
	app := begin(t, s, Launch{Home: home, Args: []string{writeFile(t, home.File("large.csv"), largeCSV(manyRows))}})
	app.Shows("fix")
	app.Says("fix.rows", "100000")
	grid := app.Grid()
	role, name := grid.Cell(2, "Role"), grid.Cell(2, "Display Name")
	step := func(label string) {
		t.Helper()
		app.Says("toolbar.undo", label)
		app.AtRest()
	}

	// Every cell at once, and back, and again.
	name.Click()
	app.Press("ctrl+a", "Delete")
	name.Becomes("")
	step("clear 600,000 cells")
	app.Press("ctrl+z")
	name.Becomes("Person 0 Vale")
	app.AtRest()
	app.Press("ctrl+y")
	name.Becomes("")
	app.AtRest()
	app.Press("ctrl+z")
	name.Becomes("Person 0 Vale")
	app.AtRest()

	// One value into a whole column, and the first cell down it.
	app.SetClipboard("Admin")
	app.Click("grid.header.Role").Press("ctrl+v")
	role.Becomes("Admin")
	step("paste 100,000 cells")
	app.Press("ctrl+z")
	role.Becomes("User")
	app.AtRest()
	app.Click("grid.header.Display Name").Press("ctrl+d")
	grid.Cell(3, "Display Name").Becomes("Person 0 Vale")
	app.AtRest()
	app.Press("ctrl+z")
	grid.Cell(3, "Display Name").Becomes("Person 1 Vale")
	app.AtRest()
	app.Press("ctrl+a", "ctrl+c")
	app.Until("the clipboard holds all rows", func(Places) bool { return strings.Count(app.Clipboard(), "\n") == manyRows })

	// Sorted, and back.
	app.RightClick("grid.header.Display Name").Choose("Sort Z to A")
	app.Until("the rows are sorted", func(p Places) bool { return p.Text("grid.top") == "100001" })
	app.RightClick("grid.header.Display Name").Choose("Back to the order of the file")
	app.Says("grid.top", "2")

	// Filters.
	app.Fill("filter.text", "person 7777")
	app.Says("grid.rows", "11")
	app.Press("Escape")
	app.Says("grid.rows", "100000")
	for _, f := range []string{"warnings", "errors", "edited", "all"} {
		app.Click("filter." + f)
		app.AtRest()
	}

	// Found and replaced.
	name.Click()
	app.Press("ctrl+h").Fill("find.text", "Vale")
	app.SaysLike("find.count", "100,000 cells")
	app.Fill("find.replace", "Dale")
	app.Click("find.replaceall")
	app.Says("fixes.count", "100000")
	app.Click("fixes.apply")
	name.Becomes("Person 0 Dale")
	app.AtRest()
	app.Press("Escape", "ctrl+z")
	name.Becomes("Person 0 Vale")
	app.AtRest()

	// What is certain, in 25,000 cells.
	app.Click("problems.fixall")
	app.Says("fixes.count", "25000")
	app.Click("fixes.apply")
	grid.Cell(5, "Role").Becomes("User")
	app.AtRest()
	app.Press("ctrl+z")
	grid.Cell(5, "Role").Becomes("user")
	app.AtRest()
	app.Quit()
	home.NeverLagged(t)
}

// A million rows open and scroll; filtering them, deleting and bringing
// back a quarter of them, and fixing them holds nothing up.
func TestAMillionRowsOpenAndScroll(t *testing.T) {
	s, home := stage(t)
	app := begin(t, s, Launch{Home: home, Args: []string{writeFile(t, home.File("huge.csv"), largeCSV(1_000_000))}})
	app.Shows("fix")
	app.Says("fix.rows", "1000000")
	grid := app.Grid()
	grid.Cell(2, "Role").Click()
	app.Press("ctrl+End")
	app.Says("grid.cursor", "1000001.Source Username(s)")
	app.Press("ctrl+Home")
	app.Wheel("grid", 60)
	app.Press("Next", "Next", "Next")
	grid.Cell(2, "Role").Reveal().Type("Admin").Press("Return").Becomes("Admin")

	app.Click("filter.warnings").Says("grid.rows", "250000")
	app.AtRest()
	grid.Cell(5, "Role").Click()
	app.Press("ctrl+a", "ctrl+minus")
	app.Says("fix.rows", "750000")
	app.AtRest()
	app.Press("ctrl+z")
	app.Says("fix.rows", "1000000")
	app.Says("grid.rows", "1000000")
	app.AtRest()
	app.Click("problems.role-case.user").Says("grid.rows", "250000")
	app.Says("grid.cursor", "5.Role")
	app.Press("ctrl+End")
	app.Says("grid.cursor", "1000001.Source Username(s)")
	app.Click("problems.role-case").Says("grid.cursor", "5.Role")
	app.Click("filter.all").Says("grid.rows", "1000000")
	app.Click("problems.fixall")
	app.Says("fixes.count", "250000")
	app.Click("fixes.apply")
	grid.Cell(5, "Role").Becomes("User")
	app.AtRest()
	app.Click("filter.edited").Says("grid.rows", "250001")
	app.AtRest()
	app.Quit()
	home.NeverLagged(t)
}
