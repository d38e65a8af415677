package e2e

import (
	"os"
	"strings"
	"testing"
)

func writeFile(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// After a kill in the middle of an edit, the next start offers exactly the
// sheet that was, with its undo.
func TestAKilledProgramOffersTheSheetAgain(t *testing.T) {
	s, home := stage(t)
	text := csvOf(flawed)
	file := writeFile(t, home.File("users.csv"), text)
	app := begin(t, s, Launch{Home: home, Args: []string{file}})
	app.Shows("fix")
	grid := app.Grid()
	grid.Cell(3, "Role").Type("Supervisor").Press("Return").Becomes("Supervisor")
	grid.Cell(4, "Current Status").Type("Active").Press("Tab").Becomes("Active")
	app.AtRest()
	grid.Cell(5, "Display Name").Type("never ended")
	app.Kill()

	again := begin(t, s, Launch{Home: home})
	again.Until("the sheet is offered again", func(p Places) bool { return p.Dialog == "recover" })
	again.Shot("way-recover")
	again.Click("dialog.ok")
	again.Shows("fix")
	grid = again.Grid()
	grid.Cell(3, "Role").Becomes("Supervisor")
	grid.Cell(4, "Current Status").Becomes("Active")
	grid.Cell(5, "Display Name").Becomes("Grace Mbeki").Click()
	again.Press("ctrl+z")
	grid.Cell(4, "Current Status").Becomes("Actve")
	again.Press("ctrl+z")
	grid.Cell(3, "Role").Becomes("Superviser")
	again.Press("ctrl+y")
	grid.Cell(3, "Role").Becomes("Supervisor")
	again.Quit()
	if now, err := os.ReadFile(file); err != nil || string(now) != text {
		t.Fatalf("the user's file changed without a save: %v", err)
	}
}

// Ranges go to other programs and come from them as tab-separated text.
func TestRangesGoThroughTheRealClipboard(t *testing.T) {
	s, home := stage(t)
	rows := [][]string{
		{"Active", `Diaz, "Mia"`, "mia.diaz@northwind.com", "User", "Trading,EMEA", "slack:U02MIADI"},
		{"Active", "Chen\nWei", "chen.wei@northwind.com", "User", "APAC", ""},
		{"Active", "Nadia Rahman", "nadia.rahman@northwind.com", "User", "Trading", "slack:U02NADIA"},
	}
	app := begin(t, s, Launch{Home: home, Args: []string{writeFile(t, home.File("users.csv"), csvOf(rows))}})
	app.Shows("fix")
	grid := app.Grid()

	grid.Cell(2, "Display Name").Click()
	grid.Cell(3, "Primary Email").Extend()
	app.Says("grid.selection", "2.Display Name:3.Primary Email")
	app.Press("ctrl+c")
	want := "\"Diaz, \"\"Mia\"\"\"\tmia.diaz@northwind.com\n\"Chen\nWei\"\tchen.wei@northwind.com"
	plain := "Diaz, \"Mia\"\tmia.diaz@northwind.com\n\"Chen\nWei\"\tchen.wei@northwind.com"
	app.Until("the clipboard holds the range", func(Places) bool {
		got := strings.TrimRight(strings.ReplaceAll(app.Clipboard(), "\r\n", "\n"), "\n")
		return got == want || got == plain // Excel quotes a cell only where it must
	})

	// As Excel and LibreOffice write them: CRLF, a quoted line break, doubled quotes.
	app.SetClipboard("Żółta Łąka\tzl@northwind.com\r\n\"two\nlines\"\tsaid \"\"hi\"\"\r\n")
	grid.Cell(3, "Display Name").Click()
	app.Press("ctrl+v")
	grid.Cell(3, "Display Name").Becomes("Żółta Łąka")
	grid.Cell(3, "Primary Email").Becomes("zl@northwind.com")
	grid.Cell(4, "Display Name").Becomes("two\nlines")
	app.Press("ctrl+z")
	grid.Cell(3, "Display Name").Becomes("Chen\nWei")
	grid.Cell(4, "Display Name").Becomes("Nadia Rahman")

	// One value into a range.
	app.SetClipboard("Admin")
	grid.Cell(2, "Role").Click()
	grid.Cell(4, "Role").Extend()
	app.Press("ctrl+v")
	for row := 2; row <= 4; row++ {
		grid.Cell(row, "Role").Becomes("Admin")
	}
	home.NeverLagged(t)
}

// The keys of a spreadsheet do what they do in one.
func TestTheKeysOfASpreadsheet(t *testing.T) {
	s, home := stage(t)
	app := begin(t, s, Launch{Home: home, Args: []string{writeFile(t, home.File("users.csv"), csvOf(flawed))}})
	app.Shows("fix")
	grid := app.Grid()
	at := func(where string) { t.Helper(); app.Says("grid.cursor", where) }

	grid.Cell(2, "Display Name").Click()
	app.Press("Tab")
	at("2.Primary Email")
	app.Press("Down", "shift+Tab")
	at("3.Display Name")
	app.Press("ctrl+End")
	at("9.Source Username(s)")
	app.Press("ctrl+Home")
	at("2.Current Status")
	app.Press("ctrl+Down")
	at("9.Current Status")

	// Esc gives an edit up, F2 keeps what is there, Delete clears, Ctrl+D fills.
	grid.Cell(2, "Display Name").Type("Nobody").Press("Escape").Becomes("Amara Okafor")
	grid.Cell(2, "Display Name").Edit()
	app.Press("End").Type("a").Press("Return")
	grid.Cell(2, "Display Name").Becomes("Amara Okafora")
	grid.Cell(8, "Role").Click().Press("Delete").Becomes("").ExpectFinding("role-empty")
	grid.Cell(9, "Role").Click()
	grid.Cell(2, "Groups").Click()
	grid.Cell(4, "Groups").Extend()
	app.Press("ctrl+d")
	grid.Cell(3, "Groups").Becomes("Trading")
	grid.Cell(4, "Groups").Becomes("Trading")
	app.Press("ctrl+z")
	grid.Cell(3, "Groups").Becomes("Trading,EMEA")
	grid.Cell(4, "Groups").Becomes("APAC")

	// F8 goes to the next problem and comes round.
	app.Press("ctrl+Home", "F8")
	app.Until("the cursor is on a problem", func(p Places) bool {
		return p.Text("grid.finding."+p.Text("grid.cursor")) != ""
	})
	home.NeverLagged(t)
}

// Saving writes the user's own file back: format, separator and other columns.
func TestSavingKeepsTheUsersFile(t *testing.T) {
	s, home := stage(t)
	text := "Employee ID;Role;Primary Email;Display Name;Current Status;Groups;Source Username(s)\r\n" +
		"0042;User;amara.okafor@northwind.com;Amara Okafor;Active;Trading;slack:U02AMARA\r\n" +
		"0043;User;chen.wei@northwind.com;Chen Wei;Active;APAC;\r\n"
	file := writeFile(t, home.File("mine.csv"), text)
	app := begin(t, s, Launch{Home: home, Args: []string{file}})
	p := app.Until("the file is open", func(p Places) bool { return p.Idle && (p.Screen == "fix" || p.Screen == "columns") })
	if p.Screen == "columns" {
		app.Click("columns.continue")
		app.Shows("fix")
	}
	app.Grid().Cell(3, "Role").Type("Admin").Press("Return").Becomes("Admin")
	app.Press("ctrl+s")
	want := strings.Replace(text, "0043;User", "0043;Admin", 1)
	last := ""
	app.Until("the file is saved as it was but for the cell", func(Places) bool {
		raw, _ := os.ReadFile(file)
		last = string(raw)
		return last == want
	})
	app.Quit()
}
