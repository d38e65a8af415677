package e2e

import (
	"testing"
)

// A flawed workbook is opened, fixed by typing, by drop-down and by value,
// previewed, and imported into an account that was added through the dialog;
// then the account is asked and has exactly the wanted state.
func TestAFlawedWorkbookIsFixedAndImported(t *testing.T) {
	s, home := stage(t)
	box := sandbox(t, s)
	before := box.People(t)
	file := home.File("users-q3.xlsx")
	writeWorkbook(t, file, "Users", flawed)

	app := begin(t, s, Launch{Home: home})
	app.Shows("start")
	addAccount(app, "Northwind Trading", box)
	app.Pick(file)
	app.Click("start.open")
	app.Shows("fix")
	app.Says("account.badge", "Northwind Trading")
	app.Shot("way-fix")

	grid := app.Grid()
	app.Says("fix.errors", "4")
	app.Says("fix.warnings", "1")

	// By typing, with the check at each keystroke.
	mail := grid.Cell(5, "Primary Email").ExpectFinding("email-invalid")
	mail.Type("grace.mbeki@northwind.com").Press("Return").Becomes("grace.mbeki@northwind.com").ExpectNoFinding()
	app.Says("grid.cursor", "6.Primary Email")

	// By drop-down: it opens below the editor, the first value is taken.
	status := grid.Cell(4, "Current Status").ExpectFinding("status-unknown").Edit()
	app.Press("ctrl+a", "BackSpace", "Down", "Return")
	status.Becomes("Active").ExpectNoFinding()

	// By value: both rows at once, as one step.
	grid.Cell(3, "Role").ExpectFinding("role-unknown")
	app.Click("problems.role-unknown.Superviser.fix")
	grid.Cell(3, "Role").Becomes("Supervisor").ExpectNoFinding()
	grid.Cell(6, "Role").Becomes("Supervisor").ExpectNoFinding()
	app.Says("fix.errors", "0")

	// What is certain, after a look at what will change.
	grid.Cell(7, "Display Name").ExpectFinding("spaces")
	app.Click("problems.fixall")
	app.Click("fixes.apply")
	grid.Cell(7, "Display Name").Becomes("Ivan Petrov").ExpectNoFinding()
	app.Says("fix.warnings", "0")

	app.Click("fix.preview")
	app.Shows("preview")
	app.Says("preview.add", "4")
	app.Says("preview.update", "3")
	app.Says("preview.unchanged", "1")
	app.SaysLike("preview.look", "Admin")
	app.SaysLike("preview.row.2", "Admin")
	app.SaysLike("preview.import", "7")
	app.Shot("way-preview")
	if now := box.People(t); len(now) != len(before) {
		t.Fatal("the account changed before the import was confirmed")
	}

	app.Click("preview.import")
	app.confirm()
	app.Says("import.state", "done")
	app.Shows("import")
	app.Says("import.added", "4")
	app.Says("import.updated", "3")
	app.Says("import.refused", "0")
	app.Shot("way-import")
	expectWanted(t, before, box.People(t), wanted)

	live, err := ScanProcess(app.Pid(), box.Token)
	if err != nil {
		t.Fatal(err)
	}
	expectNoLeak(t, live)
	app.Quit()
	leaks, files, err := ScanFolder(home.Dir, box.Token)
	if err != nil || files < 5 {
		t.Fatalf("%d files were scanned for the secret: %v", files, err)
	}
	expectNoLeak(t, leaks)
	home.NeverLagged(t)

	// The keychain has the secret: the next start reaches the account with
	// nothing typed.
	again := begin(t, s, Launch{Home: home})
	again.Shows("start")
	again.Says("start.account.0", "Northwind Trading")
	again.Click("start.account.0")
	again.SaysLike("start.account.0.state", "1,916 users · synced just now")
	again.Quit()
}

// addAccount adds an account through the dialog, tests it and saves it.
func addAccount(app *App, name string, box *Sandbox) {
	app.r.Helper()
	app.Click("start.addaccount")
	app.Until("the account's dialog is open", func(p Places) bool { return p.Dialog == "account" })
	app.Fill("account.name", name)
	app.Fill("account.address", box.URL)
	app.Fill("account.token", box.Token)
	app.Click("account.test")
	app.SaysLike("account.result", "Connected")
	app.SaysLike("account.result", "1,912 users")
	app.Shot("way-account")
	app.Click("account.save")
	app.Shows("start")
}

// The sample goes the whole way with no set-up at all, and what was imported
// agrees with what is counted.
func TestTheSampleGoesTheWholeWay(t *testing.T) {
	s, home := stage(t)
	p := s.Walk(t.Context(), t, Launch{Home: home})
	home.NeverLagged(t)
	done, err := sums(p, "import.added", "import.updated")
	if err != nil || done == 0 {
		t.Fatalf("%d users were imported (%v): %s", done, err, p.summary())
	}
	left, err := sums(p, "import.refused", "import.failed")
	if err != nil || left != 0 {
		t.Errorf("%d users were not imported (%v): %s", left, err, p.Text("import.title"))
	}
}
