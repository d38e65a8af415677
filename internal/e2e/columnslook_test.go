package e2e

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// In the source column the source completes as one types; then the format of its
// identifiers stands below until the first letter of one is typed.
func TestASourceCompletesAndHintsAtItsFormat(t *testing.T) {
	home, app, grid := sampleSheet(t)
	cell := grid.Cell(2, "Source Username(s)").Reveal()
	cell.Type("sl")
	app.Until("the source is offered", func(p Places) bool { return p.Text("popup.0") == "slack:" })
	app.Press("Down", "Return")
	app.Says("grid.editor", "slack:")
	app.Says("grid.hint", "Such as slack:U02AMARA")
	app.Type("U0")
	app.SaysLike("grid.hint", "not a Slack member ID") // the check, at each keystroke
	app.Type("2NEWONE,what")
	app.Until("the second source is offered", func(p Places) bool { return p.Text("popup.0") == "whatsapp:" })
	app.Press("Down", "Return")
	app.SaysLike("grid.hint", "Such as whatsapp:+")
	app.Type("+447700900555")
	app.Says("grid.hint", "")
	app.Press("Return")
	cell.Becomes("slack:U02NEWONE,whatsapp:+447700900555").ExpectNoFinding()
	home.NeverLagged(t)
	app.Quit()
}

// The Columns screen is whole in light and dark and at two sizes of window, with
// a file of as many columns as a directory exports: what a person needs is inside
// the window, and the rest can be scrolled to.
func TestTheColumnsHoldAtEverySize(t *testing.T) {
	for _, size := range [][2]int{{1280, 800}, {900, 600}} {
		for _, dark := range []bool{false, true} {
			name := fmt.Sprintf("columns-%dx%d-%s", size[0], size[1], map[bool]string{false: "light", true: "dark"}[dark])
			t.Run(name, func(t *testing.T) {
				s, home := stage(t)
				file := home.File("hr-export.csv")
				must(t, os.WriteFile(file, personnelExport(), 0o600), "write the export")
				app := begin(t, s, Launch{Home: home, Width: size[0], Height: size[1], Dark: dark, Args: []string{file}})
				app.Shows("columns")
				inWindow(app, "columns.encoding", "columns.separator", "columns.headerrow", "columns.match.Current Status", "columns.remember", "columns.continue")
				app.Shot(name)
				app.match("Role", "The same in every row…")
				inWindow(app, "choose.entry", "choose.ok", "choose.cancel")
				app.Shot(name + "-fixed")
				app.Press("Escape")
				app.match("Groups", "Several columns together…")
				inWindow(app, "several.0", "dialog.ok", "dialog.cancel")
				app.Shot(name + "-several")
				app.Press("Escape")
				app.bringUp("columns.value.Role.administrator")
				app.Shot(name + "-values")
			})
		}
	}
}

// A file with more columns than the window is high: each can be chosen.
func TestTheLastOfManyColumnsCanBeChosen(t *testing.T) {
	s, home := stage(t)
	header := []string{"Full name", "E-mail", "State", "Team"}
	row := []string{"Amara Okafor", "amara.okafor@northwind.com", "Active", "Trading"}
	for i := range 36 {
		header, row = append(header, fmt.Sprintf("Attribute %d", i+1)), append(row, fmt.Sprint(i))
	}
	header, row = append(header, "Duty"), append(row, "clerk")
	file := writeFile(t, home.File("wide.csv"), strings.Join(header, ",")+"\r\n"+strings.Join(row, ",")+"\r\n")
	app := begin(t, s, Launch{Home: home, Width: 900, Height: 600, Args: []string{file}})
	app.Shows("columns")
	app.Click("columns.match.Role")
	app.Says("dialog.title", "Which column is “Role”?")
	app.Type("dut")
	app.Until("the list is narrow", func(p Places) bool { return p.Text("popup.0") == "Duty" && !p.Has("popup.1") })
	app.Shot("columns-many")
	app.Press("Return")
	app.Says("columns.match.Role", "Duty")
	app.means("Role", "clerk", "User")
	app.match("Groups", "The same in every row…").Click("choose.ok") // it stands on top of the columns
	app.Fill("choose.entry", "EMEA").Press("Return")
	app.isMatched("Groups", "“EMEA” in every row", "The same in every row")

	// So are the many encodings.
	app.Click("columns.encoding")
	app.Says("dialog.title", "How are the letters of this file stored?")
	app.Type("koi8-r").Press("Return")
	app.Says("columns.encoding", "KOI8-R")
	app.isMatched("Groups", "“EMEA” in every row", "The same in every row") // what was chosen is kept
	app.bringUp("columns.value.Role.clerk")
	app.Says("columns.value.Role.clerk", "User")
	app.toSheet().Cell(2, "Role").Becomes("User").ExpectNoFinding()
	home.NeverLagged(t)
	app.Quit()
}

// With a long file the screen stays as quick: values are counted behind it.
func TestColumnsOfALongFileAreMatchedWithoutALag(t *testing.T) {
	var b strings.Builder
	b.WriteString("Full name,E-mail,State,Left us,Permission,Team\r\n")
	for i := range 300_000 {
		fmt.Fprintf(&b, "User %d,u%d@northwind.com,%s,%s,%s,Trading\r\n", i, i,
			[]string{"enabled", "disabled"}[i%2], []string{"yes", "no"}[i%2], []string{"standard", "administrator"}[i%2])
	}
	home, app := columnsOf(t, b.String())
	app.isMatched("Current Status", "State", "2 values to match ▸")
	app.match("Current Status", "Left us")
	app.isMatched("Current Status", "Left us", "2 values to match ▸")
	app.means("Current Status", "yes", "Archived")
	app.match("Role", "State")
	app.isMatched("Role", "State", "2 values to match ▸")
	app.Press("ctrl+z", "ctrl+z")
	app.bringUp("columns.value.Current Status.yes")
	app.Says("columns.value.Current Status.yes", "leave for me to fix")
	app.AtRest()
	home.NeverLagged(t)
	app.Quit()
}
