package e2e

import (
	"os"
	"strings"
	"testing"
)

// sheetOf opens a file in a window of its own, at the Fix screen.
func sheetOf(t *testing.T, rows [][]string) (Home, *App, Grid) {
	t.Helper()
	s, home := stage(t)
	app := begin(t, s, Launch{Home: home, Args: []string{writeFile(t, home.File("users.csv"), csvOf(rows))}})
	app.Shows("fix")
	return home, app, app.Grid()
}

// sampleSheet opens the sample against the practice account, at the Fix screen.
func sampleSheet(t *testing.T) (Home, *App, Grid) {
	t.Helper()
	s, home := stage(t)
	app := begin(t, s, Launch{Home: home, Args: []string{"--sample"}})
	app.Shows("fix")
	return home, app, app.Grid()
}

// with holds a modifier key down while hands do something.
func (a *App) with(key string, do func()) {
	a.r.Helper()
	a.do("keydown", key)
	defer a.do("keyup", key)
	do()
}

// Ranges are selected with the mouse: by dragging, on headers, and several with
// Ctrl; what is done then is done to all of them, as one step.
func TestSeveralRangesAreSelectedWithTheMouse(t *testing.T) {
	home, app, grid := sheetOf(t, flawed)
	app.Drag("grid.cell.2.Display Name", "grid.cell.4.Primary Email")
	app.Says("grid.selection", "2.Display Name:4.Primary Email")
	app.Click("grid.header.Role")
	app.Says("grid.selection", "2.Role:9.Role")
	app.Click("grid.row.5")
	app.Says("grid.selection", "5.Current Status:5.Source Username(s)")

	// Two ranges by Ctrl+drag; one value goes into both.
	app.Drag("grid.cell.2.Role", "grid.cell.3.Role")
	app.with("ctrl", func() { app.Drag("grid.cell.6.Role", "grid.cell.7.Role") })
	app.Says("grid.selections", "2.Role:3.Role 6.Role:7.Role")
	app.SetClipboard("Admin\r\n")
	app.Press("ctrl+v")
	for _, row := range []int{2, 3, 6, 7} {
		grid.Cell(row, "Role").Becomes("Admin")
	}
	grid.Cell(5, "Role").Becomes("User")
	app.Says("toolbar.undo", "paste 4 cells")
	app.Press("ctrl+c")
	app.ClipboardBecomes("Admin\nAdmin\nAdmin\nAdmin\n")
	app.Press("Delete")
	grid.Cell(7, "Role").Becomes("")
	app.Press("ctrl+z", "ctrl+z")
	grid.Cell(3, "Role").Becomes("Superviser")

	// Ranges that do not line up are not copied, and that is said.
	grid.Cell(2, "Role").Click()
	app.with("ctrl", func() { app.Click("grid.cell.5.Groups") })
	app.Says("grid.selections", "2.Role:2.Role 5.Groups:5.Groups")
	app.Press("ctrl+c")
	app.SaysLike("message", "do not line up")
	app.ClipboardBecomes("Admin\nAdmin\nAdmin\nAdmin\n")

	// Whole rows by Ctrl+click on their numbers go as one step.
	app.Click("grid.row.3")
	app.with("ctrl", func() { app.Click("grid.row.6") })
	app.Press("ctrl+minus")
	app.Says("fix.rows", "6")
	app.Says("toolbar.undo", "delete 2 rows")
	app.Press("ctrl+z")
	app.Says("fix.rows", "8")
	home.NeverLagged(t)
}

// Rows come, go and move; a filter holds still while one edits.
func TestRowsAreInsertedDeletedSortedAndFiltered(t *testing.T) {
	home, app, grid := sheetOf(t, flawed)
	grid.Cell(4, "Display Name").Click()
	app.RightClick("grid.cell.4.Display Name").Choose("Insert row above")
	app.Says("grid.cursor", "+1.Display Name")
	app.Says("fix.rows", "9")
	app.Says("toolbar.undo", "insert 1 row")
	app.RightClick("grid.cell.4.Display Name").Choose("Delete row")
	app.Says("toolbar.undo", "delete 1 row")
	app.Press("ctrl+z", "ctrl+z")
	app.Says("fix.rows", "8")
	app.Says("grid.cursor", "3.Display Name")

	app.RightClick("grid.header.Display Name").Choose("Sort Z to A")
	app.Says("grid.top", "9")
	app.RightClick("grid.header.Display Name").Choose("Back to the order of the file")
	app.Says("grid.top", "2")

	// All filters, by the buttons, by text, by rule and by value.
	app.Click("filter.errors").Says("grid.rows", "4")
	grid.Cell(3, "Role").Type("Supervisor").Press("Return").Becomes("Supervisor").ExpectNoFinding()
	app.Says("grid.rows", "4") // the row that is valid now stays
	app.Says("filter.errors", "3")
	app.Click("filter.errors").Says("grid.rows", "3")
	app.Click("filter.warnings").Says("grid.rows", "1")
	app.Click("filter.edited").Says("grid.rows", "1")
	app.Click("filter.all").Says("grid.rows", "8")
	app.Fill("filter.text", "grace").Says("grid.rows", "1")
	app.Press("Escape").Says("grid.rows", "8")
	app.Click("problems.role-unknown.Superviser").Says("grid.rows", "1")
	app.Click("filter.only").Says("grid.rows", "8")
	grid.Cell(2, "Display Name").Click()
	app.RightClick("grid.cell.2.Display Name").Choose("Show only rows with this text")
	app.Says("filter.text", "Amara Okafor")
	app.Press("ctrl+z") // what was edited is out of sight: the filter goes
	app.Says("grid.cursor", "3.Role")
	app.Says("grid.rows", "8")
	home.NeverLagged(t)
}

// Find and replace: the count, each place in turn, a preview, all as one step.
func TestTextIsFoundAndReplaced(t *testing.T) {
	home, app, grid := sheetOf(t, flawed)
	grid.Cell(2, "Primary Email").Click()
	app.Press("ctrl+f")
	app.Fill("find.text", "northwind")
	app.Says("find.count", "9 places in 9 cells")
	app.Press("Return").Says("find.count", "1 of 9 cells")
	app.Press("Return").Says("grid.cursor", "3.Primary Email")
	app.Press("Escape", "ctrl+h")
	app.Fill("find.replace", "$2.$1@")
	app.Click("find.pattern")
	app.Fill("find.text", "^(\\w+)\\.(\\w+)@")
	app.Says("find.count", "8 places in 8 cells")
	app.Click("find.replaceall")
	app.Says("fixes.count", "8")
	app.Click("fixes.apply")
	grid.Cell(2, "Primary Email").Becomes("okafor.amara@northwind.com")
	grid.Cell(9, "Primary Email").Becomes("rahman.nadia@northwind.com")
	app.Says("toolbar.undo", "replace in 8 cells")
	app.Click("find.close")
	app.Press("ctrl+z")
	grid.Cell(9, "Primary Email").Becomes("nadia.rahman@northwind.com")

	// F8 goes through the problems and back, from the row of the first.
	grid.Cell(2, "Current Status").Click()
	app.Press("F8").Says("grid.cursor", "3.Role")
	app.Press("F8").Says("grid.cursor", "4.Current Status")
	app.Press("shift+F8").Says("grid.cursor", "3.Role")

	// The error report is a file of its own.
	report := home.File("errors.csv")
	app.Pick(report)
	app.Press("ctrl+shift+e")
	app.Until("the error report is saved", func(Places) bool {
		raw, _ := os.ReadFile(report)
		return strings.Contains(string(raw), "Superviser")
	})
	home.NeverLagged(t)
}

// Editors by column: a drop-down that takes typing, groups and sources that
// complete as one types, and the suggestion by Ctrl+Enter.
func TestEachColumnHasItsEditor(t *testing.T) {
	home, app, grid := sampleSheet(t)
	role := grid.Cell(2, "Role").Click()
	app.Press("alt+Down")
	app.Until("the drop-down is open", func(p Places) bool { _, ok := p.Choice("Supervisor"); return ok })
	app.Type("sup")
	app.Until("the drop-down follows what is typed", func(p Places) bool { return p.Text("popup.0") == "Supervisor" && !p.Has("popup.1") })
	app.Press("Down", "Return")
	role.Becomes("Supervisor")

	groups := grid.Cell(2, "Groups").Edit()
	app.Press("End").Type(",com")
	app.Until("groups are offered behind the comma", func(p Places) bool { _, ok := p.Choice("Compliance"); return ok })
	app.Choose("Compliance")
	app.Says("grid.editor", "Trading,Compliance")
	app.Press("Return")
	groups.Becomes("Trading,Compliance").ExpectNoFinding()

	sources := grid.Cell(2, "Source Username(s)").Edit()
	app.Press("End").Type(",sla")
	app.Choose("slack")
	app.SaysLike("grid.editor", ",slack:")
	app.Press("Escape", "Escape")
	sources.Becomes("slack:U02AMARA")

	// The suggestion shows while one types, in the sheet and in the bar.
	grid.Cell(3, "Role").Type("superviser")
	app.SaysLike("cellbar.use", "Supervisor")
	app.Press("ctrl+Return")
	grid.Cell(3, "Role").Becomes("Supervisor").ExpectNoFinding()
	app.Press("ctrl+z")
	grid.Cell(3, "Role").Becomes("User")
	app.Says("grid.cursor", "3.Role")
	home.NeverLagged(t)
}

// A choice that is remembered for the account is offered in the next file.
func TestAChoiceIsOfferedAgainInTheNextFile(t *testing.T) {
	s, home := stage(t)
	rows := [][]string{{"Active", "Ann Vale", "ann.vale@northwind.com", "User", "Front Office", ""}}
	first := writeFile(t, home.File("first.csv"), csvOf(rows))
	second := writeFile(t, home.File("second.csv"), csvOf(rows))
	app := begin(t, s, Launch{Home: home, Args: []string{"--account", "Practice account", first}})
	app.Shows("fix")
	const line = "problems.group-unknown.Front Office"
	app.Says(line+".fix", "Choose")
	app.Click(line + ".fix")
	app.Until("the choice is asked for", func(p Places) bool { return p.Ready("choose.remember") })
	app.Type("EMEA")
	app.Click("choose.remember").Click("choose.ok")
	app.Grid().Cell(2, "Groups").Becomes("EMEA")
	app.AtRest()
	app.Pick(second)
	app.Press("ctrl+o")
	app.Click("dialog.discard")
	app.Says("window.title", "second.csv – Rollcall")
	app.Says(line+".fix", "Fix")
	app.Click(line + ".fix")
	app.Grid().Cell(2, "Groups").Becomes("EMEA").ExpectNoFinding()
	home.NeverLagged(t)
}

// Letters come from a compose key and from the clipboard, in every script.
func TestEveryScriptIsTypedOrPasted(t *testing.T) {
	home, app, grid := sheetOf(t, flawed)
	name := grid.Cell(2, "Display Name").Click()
	app.do("key", "--delay", "100", "Multi_key", "apostrophe", "e") // begins to edit
	app.do("key", "--delay", "100", "Multi_key", "comma", "c")
	app.Says("grid.editor", "éç")
	app.Press("Return")
	name.Becomes("éç")
	const scripts = "Łódź Ωμέγα Жук مرحبا שלום 田中さん 김민수 สวัสดี नमस्ते 👩‍👩‍👧 e\u0301"
	app.SetClipboard(scripts)
	grid.Cell(3, "Display Name").Edit()
	app.Press("ctrl+a", "ctrl+v")
	app.Says("grid.editor", scripts)
	app.Press("Return")
	grid.Cell(3, "Display Name").Becomes(scripts)
	grid.Cell(3, "Display Name").Click()
	app.Says("cellbar.value", scripts)
	app.Shot("sheet-scripts")
	home.NeverLagged(t)
}

// Closing with unsaved work asks once, and a second press does not ask twice.
func TestClosingAsksOnce(t *testing.T) {
	_, app, grid := sheetOf(t, flawed)
	grid.Cell(3, "Role").Type("Supervisor").Press("Return").Becomes("Supervisor")
	app.Press("ctrl+q")
	app.Until("it is asked what to do with the work", func(p Places) bool { return p.Ready("dialog.discard") })
	app.Press("ctrl+q", "Escape")
	app.Shows("fix")
	app.Press("ctrl+q")
	app.Click("dialog.discard")
	if !until(patience(), app.process.ended) {
		app.Fail("the program did not close")
	}
}
