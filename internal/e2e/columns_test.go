package e2e

import (
	"os"
	"strings"
	"testing"
)

// columnsOf opens a file whose columns have to be matched, at the Columns screen.
func columnsOf(t *testing.T, text string) (Home, *App) {
	t.Helper()
	s, home := stage(t)
	app := begin(t, s, Launch{Home: home, Args: []string{writeFile(t, home.File("people.csv"), text)}})
	app.Shows("columns")
	return home, app
}

// bringUp turns the wheel over the Columns screen until a part of it is in sight.
func (a *App) bringUp(name string) *App {
	a.r.Helper()
	for _, notch := range []int{2, -2} {
		for range 30 {
			p := a.AtRest()
			if p.Has(name) {
				return a
			}
			a.Wheel("columns.page", notch)
			a.Until("the page has moved or ended", func(now Places) bool { return now.Has(name) || now.Revision > p.Revision })
		}
	}
	a.Fail("%s never came on screen", name)
	return a
}

// match opens the drop-down of a line and chooses from it.
func (a *App) match(column, choice string) *App {
	a.r.Helper()
	return a.bringUp("columns.match." + column).Click("columns.match." + column).Choose(choice)
}

// isMatched waits until a line says what it is matched to, and how sure that is.
func (a *App) isMatched(column, choice, state string) *App {
	a.r.Helper()
	a.bringUp("columns.match." + column)
	a.Says("columns.match."+column, choice)
	a.Says("columns.state."+column, state)
	return a
}

// means says what a value of the file means.
func (a *App) means(column, value, word string) *App {
	a.r.Helper()
	name := "columns.value." + column + "." + value
	a.bringUp(name).Click(name).Choose(word)
	a.Says(name, word)
	return a
}

// together ticks columns of the file in an order, in the dialog for several.
func (a *App) together(cols ...string) *App {
	a.r.Helper()
	a.Until("the columns can be ticked", func(p Places) bool { return p.Dialog == "several" })
	for _, col := range cols {
		a.Click("several." + col)
	}
	return a.Click("dialog.ok")
}

// toSheet goes on to the checked sheet.
func (a *App) toSheet() Grid {
	a.r.Helper()
	a.Click("columns.continue")
	a.Shows("fix")
	return a.Grid()
}

// A column that the file does not have is given the same text in every row:
// picked from a list or typed. Each choice can be undone.
func TestAColumnIsTheSameInEveryRow(t *testing.T) {
	home, app := columnsOf(t, "Full name,E-mail,State\r\n"+
		"Amara Okafor,amara.okafor@northwind.com,enabled\r\n"+
		"Chen Wei,chen.wei@northwind.com,disabled\r\n")
	app.isMatched("Role", "Not in the file", "Missing")
	app.match("Role", "The same in every row…").Choose("User").Click("choose.ok")
	app.isMatched("Role", "“User” in every row", "The same in every row")
	app.match("Groups", "The same in every row…")
	app.Fill("choose.entry", "Trading,EMEA").Press("Return")
	app.isMatched("Groups", "“Trading,EMEA” in every row", "The same in every row")
	app.Says("toolbar.undo", "choose Groups")

	app.Press("ctrl+z")
	app.isMatched("Groups", "Not in the file", "Missing")
	app.Says("toolbar.redo", "choose Groups")
	app.Click("toolbar.undo")
	app.isMatched("Role", "Not in the file", "Missing")
	app.Press("ctrl+y", "ctrl+y")
	app.isMatched("Groups", "“Trading,EMEA” in every row", "The same in every row")
	app.isMatched("Role", "“User” in every row", "The same in every row")

	grid := app.toSheet()
	for _, row := range []int{2, 3} {
		grid.Cell(row, "Role").Becomes("User").ExpectNoFinding()
		grid.Cell(row, "Groups").Becomes("Trading,EMEA")
	}
	grid.Cell(2, "Current Status").Becomes("Active")
	grid.Cell(3, "Current Status").Becomes("Archived").ExpectNoFinding()
	app.Says("toolbar.undo", "") // of the sheet, nothing was changed
	grid.Cell(3, "Role").Type("Admin").Press("Return").Becomes("Admin")
	grid.Cell(2, "Role").Becomes("User")
	home.NeverLagged(t)
	app.Quit()
}

// First, middle and last name make the display name in the order in which they
// are ticked; two columns make the groups.
func TestColumnsAreJoined(t *testing.T) {
	home, app := columnsOf(t, "Family,Middle,Given,E-mail,State,Permission,Desk,Region\r\n"+
		"Okafor,N.,Amara,amara.okafor@northwind.com,Active,User,Trading,EMEA\r\n"+
		"Wei,,Chen,chen.wei@northwind.com,Archived,Admin,,APAC\r\n")
	app.match("Display Name", "Several columns together…").together("2", "1", "0")
	app.isMatched("Display Name", "Given + Middle + Family", "Joined")
	app.match("Groups", "Several columns together…").together("6", "7")
	app.isMatched("Groups", "Desk + Region", "Joined")
	grid := app.toSheet()
	grid.Cell(2, "Display Name").Becomes("Amara N. Okafor").ExpectNoFinding()
	grid.Cell(3, "Display Name").Becomes("Chen Wei").ExpectNoFinding()
	grid.Cell(2, "Groups").Becomes("Trading,EMEA")
	grid.Cell(3, "Groups").Becomes("APAC")

	// Back on the Columns screen all is as it was chosen, and can be chosen anew.
	app.Click("step.columns")
	app.Shows("columns")
	app.isMatched("Display Name", "Given + Middle + Family", "Joined")
	app.match("Display Name", "Several columns together…").together("1")
	app.isMatched("Display Name", "Given + Family", "Joined")
	grid = app.toSheet()
	grid.Cell(2, "Display Name").Becomes("Amara Okafor")
	home.NeverLagged(t)
	app.Quit()
}

// One column that holds role and status serves both; an edit of the one is none
// of the other.
func TestOneColumnHoldsRoleAndStatus(t *testing.T) {
	home, app := columnsOf(t, "Full name,E-mail,Account,Team\r\n"+
		"Amara Okafor,amara.okafor@northwind.com,member,Trading\r\n"+
		"Chen Wei,chen.wei@northwind.com,keyholder,Trading\r\n"+
		"Ivan Petrov,ivan.petrov@northwind.com,gone,Trading\r\n")
	app.match("Current Status", "Account")
	app.match("Role", "Account")
	app.means("Current Status", "member", "Active")
	app.means("Current Status", "keyholder", "Active")
	app.means("Current Status", "gone", "Archived")
	app.means("Role", "keyholder", "Admin")
	app.means("Role", "gone", "User")
	grid := app.toSheet()
	for row, want := range map[int][2]string{2: {"Active", "User"}, 3: {"Active", "Admin"}, 4: {"Archived", "User"}} {
		grid.Cell(row, "Current Status").Becomes(want[0]).ExpectNoFinding()
		grid.Cell(row, "Role").Becomes(want[1]).ExpectNoFinding()
	}
	grid.Cell(4, "Role").Type("Supervisor").Press("Return").Becomes("Supervisor")
	grid.Cell(4, "Current Status").Becomes("Archived").ExpectNoFinding()
	home.NeverLagged(t)
	app.Quit()
}

// Each of two columns is given its source; what is edited in the sheet goes back
// into the file's own columns.
func TestOneColumnPerSource(t *testing.T) {
	home, app := columnsOf(t, "Full name,E-mail,State,Role,Team,Work chat,Mobile\r\n"+
		"Amara Okafor,amara.okafor@northwind.com,Active,User,Trading,U02AMARA,+447700900123\r\n"+
		"Chen Wei,chen.wei@northwind.com,Active,User,Trading,,+819055500134\r\n")
	app.match("Source Username(s)", "Several columns together…").together("5", "6")
	app.Says("dialog.title", "Which source is “Work chat” of?")
	app.Choose("slack").Click("choose.ok")
	app.Says("dialog.title", "Which source is “Mobile” of?")
	app.Fill("choose.entry", "whatsapp").Press("Return")
	app.isMatched("Source Username(s)", "Work chat → slack, Mobile → whatsapp", "One column per source")
	grid := app.toSheet()
	sources := grid.Cell(2, "Source Username(s)").Becomes("slack:U02AMARA,whatsapp:+447700900123").ExpectNoFinding()
	grid.Cell(3, "Source Username(s)").Becomes("whatsapp:+819055500134").ExpectNoFinding()
	app.SetClipboard("slack:U02AMARA2,whatsapp:+447700900124")
	sources.Click().Press("ctrl+v").Becomes("slack:U02AMARA2,whatsapp:+447700900124").ExpectNoFinding()
	app.Press("ctrl+s")
	app.Until("the file's own columns have it", func(Places) bool {
		raw, _ := os.ReadFile(home.File("people.csv"))
		return strings.Contains(string(raw), "Active,User,Trading,U02AMARA2,+447700900124\r\n")
	})
	home.NeverLagged(t)
	app.Quit()
}

// A column that says the opposite is read so, and asked; one that nothing is
// known of is matched value by value.
func TestAColumnThatSaysTheOpposite(t *testing.T) {
	home, app := columnsOf(t, "Full name,E-mail,Locked,Left us,Role,Team\r\n"+
		"Amara Okafor,amara.okafor@northwind.com,no,no,User,Trading\r\n"+
		"Chen Wei,chen.wei@northwind.com,yes,no,User,Trading\r\n"+
		"Ivan Petrov,ivan.petrov@northwind.com,no,yes,User,Trading\r\n")
	app.isMatched("Current Status", "Locked", "2 values to match ▸")
	app.Says("columns.value.Current Status.yes", "Archived")
	app.Says("columns.value.Current Status.no", "Active")

	app.match("Current Status", "Left us")
	app.isMatched("Current Status", "Left us", "2 values to match ▸")
	app.bringUp("columns.value.Current Status.yes")
	app.Says("columns.value.Current Status.yes", "leave for me to fix")
	app.means("Current Status", "yes", "Archived")
	app.means("Current Status", "no", "Active")
	app.Says("toolbar.undo", "match “no”")
	app.Press("ctrl+z")
	app.Says("columns.value.Current Status.no", "leave for me to fix")
	app.Press("ctrl+y")
	app.Says("columns.value.Current Status.no", "Active")
	grid := app.toSheet()
	for row, want := range map[int]string{2: "Active", 3: "Active", 4: "Archived"} {
		grid.Cell(row, "Current Status").Becomes(want).ExpectNoFinding()
	}
	home.NeverLagged(t)
	app.Quit()
}

// What was matched is remembered for the next file with the same columns: it
// opens in the sheet. A word that was not there before is left for the checks.
func TestWhatWasMatchedIsRemembered(t *testing.T) {
	const header = "Full name,E-mail,Standing,Duty,Team\r\n"
	home, app := columnsOf(t, header+
		"Amara Okafor,amara.okafor@northwind.com,with us,clerk,Trading\r\n"+
		"Chen Wei,chen.wei@northwind.com,gone,chief,Trading\r\n")
	app.match("Current Status", "Standing")
	app.means("Current Status", "with us", "Active")
	app.means("Current Status", "gone", "Archived")
	app.match("Role", "Duty")
	app.means("Role", "clerk", "User")
	app.means("Role", "chief", "Admin")
	app.isMatched("Groups", "Team", "Is this right?")
	app.Click("columns.state.Groups").Choose("Yes, this is right")
	app.isMatched("Groups", "Team", "Chosen")
	grid := app.toSheet()
	grid.Cell(3, "Role").Becomes("Admin").ExpectNoFinding()
	app.Quit()

	s := theStage
	next := begin(t, s, Launch{Home: home, Args: []string{writeFile(t, home.File("next.csv"), header+
		"Hana Sato,hana.sato@northwind.com,With us,chief,APAC\r\n"+
		"Ivan Petrov,ivan.petrov@northwind.com,on leave,clerk,EMEA\r\n")}})
	next.Shows("fix")
	grid = next.Grid()
	grid.Cell(2, "Current Status").Becomes("Active").ExpectNoFinding()
	grid.Cell(2, "Role").Becomes("Admin").ExpectNoFinding()
	grid.Cell(2, "Groups").Becomes("APAC")
	grid.Cell(3, "Current Status").Becomes("on leave").ExpectFinding("status-unknown")
	next.Quit()

	// Without the tick nothing is remembered.
	_, other := columnsOf(t, header+"Amara Okafor,amara.okafor@northwind.com,with us,clerk,Trading\r\n")
	other.Click("columns.remember")
	other.match("Current Status", "Standing").means("Current Status", "with us", "Active")
	other.toSheet()
	other.Quit()
	home.NeverLagged(t)
}

// The Columns screen needs no mouse.
func TestColumnsAreMatchedByKeyboard(t *testing.T) {
	home, app := columnsOf(t, "Full name,E-mail,State,Duty,Team\r\n"+
		"Amara Okafor,amara.okafor@northwind.com,Active,clerk,Trading\r\n")
	app.isMatched("Role", "Not in the file", "Missing")
	app.tabTo("columns.match.Role").Press("Return")
	app.Until("the list is open", func(p Places) bool { return p.Has("popup.3") })
	app.Press("Down", "Down", "Down", "Down", "Return")
	app.Says("columns.match.Role", "Duty")
	app.tabTo("columns.continue").Press("Return")
	app.Shows("fix")
	home.NeverLagged(t)
	app.Quit()
}

// tabTo goes with the Tab key to what has a name.
func (a *App) tabTo(name string) *App {
	a.r.Helper()
	for range 60 {
		p := a.AtRest()
		if p.Text("focus") == name {
			return a
		}
		a.Press("Tab")
		a.Until("the keyboard has moved on", func(now Places) bool { return now.Revision > p.Revision })
	}
	a.Fail("%s is not reached with Tab", name)
	return a
}
