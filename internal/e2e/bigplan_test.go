package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// A plan of a hundred thousand users is made, narrowed, sent and stopped, and what
// became of each is shown, without the window ever being held up.
func TestALargePlanNeverLags(t *testing.T) {
	s, home := stage(t)
	app := begin(t, s, Launch{Home: home, Args: []string{"--account", "Practice account", writeFile(t, home.File("large.csv"), largeUsers(manyRows))}})
	app.Shows("fix")
	app.Says("fix.rows", "100000")
	app.Click("fix.preview")
	app.Shows("preview")
	app.Says("preview.add", "100000")
	app.AtRest()
	app.Click("preview.filter.unchanged")
	app.AtRest()
	app.Click("preview.filter.added")
	app.AtRest()
	app.Fill("preview.find", "person 7777")
	app.AtRest()
	app.Press("ctrl+a", "BackSpace")
	app.AtRest()
	app.Wheel("preview.table", 30)
	app.Click("preview.tick.30")
	app.Says("preview.leftout", "1")
	app.Click("preview.import")
	app.confirm()
	app.Until("a tenth is sent", func(p Places) bool { return len(p.Text("import.progress")) > len("9999/99999") })
	app.Click("import.stop")
	app.Click("dialog.ok")
	app.Says("import.state", "stopped")
	app.AtRest()
	app.Quit()
	home.NeverLagged(t)
}

// largeUsers is a file of so many new users, all of them right.
func largeUsers(rows int) string {
	var b strings.Builder
	b.WriteString(strings.Join(templateHeader, ",") + "\r\n")
	for i := range rows {
		fmt.Fprintf(&b, "Active,Person %d Vale,person%d@northwind.com,User,none,\r\n", i, i)
	}
	return b.String()
}
