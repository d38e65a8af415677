package e2e

import (
	"context"
	"fmt"
	"os"
	"sort"
	"strings"
)

// Walk goes through the whole job with the sample data and the practice
// account, as a person who tries the program would, then opens a file whose
// columns have to be matched, and leaves a picture of each screen: start, fix,
// fixed, preview, import, columns. It returns what the import's screen says.
func (s *Stage) Walk(ctx context.Context, r Reporter, l Launch) Places {
	r.Helper()
	a := s.Start(r, l)
	defer a.Close()
	shot := func(name string) {
		r.Helper()
		if ctx.Err() != nil {
			r.Fatalf("stopped")
		}
		if l.Dark {
			name += "-dark"
		}
		r.Logf("%s", a.Shot(name))
	}
	a.Shows("start")
	shot("start")
	a.Click("start.sample")
	p := a.Shows("fix")
	r.Logf("the sample has %s errors and %s warnings", p.Text("fix.errors"), p.Text("fix.warnings"))
	shot("fix")

	a.fixCertain()
	a.fixByValue()
	a.takeSuggestions(3)
	p = a.AtRest()
	r.Logf("%s errors and %s warnings are left", p.Text("fix.errors"), p.Text("fix.warnings"))
	shot("fixed")

	a.toPreview()
	p = a.Shows("preview")
	r.Logf("%s will be added, %s updated, %s are as they should be, %s are left out",
		p.Text("preview.add"), p.Text("preview.update"), p.Text("preview.unchanged"), p.Text("preview.leftout"))
	shot("preview")

	a.Click("preview.import")
	a.confirm()
	a.Says("import.state", "done")
	p = a.Shows("import")
	r.Logf("%s", p.Text("import.title"))
	shot("import")

	a.openExport()
	shot("columns")
	a.Quit()
	return p
}

// openExport opens a personnel system's export in place of what is open.
func (a *App) openExport() {
	a.r.Helper()
	file := a.launch.Home.File("hr-export.csv")
	must(a.r, os.WriteFile(file, personnelExport(), 0o600), "write the export")
	a.Pick(file)
	a.Click("toolbar.open")
	p := a.Until("the columns or a question", func(p Places) bool { return p.Screen == "columns" || p.Dialog == "unsaved" })
	if p.Dialog == "unsaved" {
		a.Click("dialog.discard")
	}
	a.Shows("columns")
}

// fixCertain has everything fixed that is certain, after a look at the list.
func (a *App) fixCertain() {
	a.r.Helper()
	if !a.AtRest().Ready("problems.fixall") {
		return
	}
	a.Click("problems.fixall")
	a.Click("fixes.apply")
	a.Shows("fix")
}

// fixByValue presses the first button of the problems panel that fixes a value
// in all its rows.
func (a *App) fixByValue() {
	a.r.Helper()
	p := a.AtRest()
	var names []string
	for name := range p.Places {
		if strings.HasPrefix(name, "problems.") && strings.HasSuffix(name, ".fix") && strings.HasPrefix(p.Text(name), "Fix") {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return
	}
	sort.Strings(names)
	a.Click(names[0])
	a.Until("the value is fixed", func(p Places) bool { return p.Idle && p.Dialog == "" && !p.Has(names[0]) })
}

// takeSuggestions goes from problem to problem and takes up to n suggestions
// from the bar above the sheet.
func (a *App) takeSuggestions(n int) {
	a.r.Helper()
	for range 3 * n {
		before := a.AtRest()
		a.Press("F8")
		p := a.Until("the cursor is on another problem", func(p Places) bool {
			return p.Idle && (p.Text("grid.cursor") != before.Text("grid.cursor") || p.Revision > before.Revision+3)
		})
		if n == 0 || p.Text("grid.cursor") == before.Text("grid.cursor") {
			return
		}
		if p.Ready("cellbar.use") {
			a.Click("cellbar.use")
			n--
		}
	}
}

// toPreview presses what leads to the preview: with errors left, that is the
// choice to import the valid rows and keep the rest.
func (a *App) toPreview() {
	a.r.Helper()
	p := a.Until("there is a way to the preview", func(p Places) bool { return p.Ready("fix.preview") || p.Ready("fix.validonly") })
	if p.Ready("fix.preview") {
		a.Click("fix.preview")
	} else {
		a.Click("fix.validonly")
	}
	p = a.Until("the preview or a question", func(p Places) bool { return p.Screen == "preview" || p.Dialog != "" })
	if p.Dialog == "confirm" {
		a.Click("dialog.ok")
	}
}

// confirm types what the look-twice dialog asks for, if there is one.
func (a *App) confirm() {
	a.r.Helper()
	p := a.Until("a confirmation or the import", func(p Places) bool { return p.Dialog != "" && p.Dialog != "progress" || p.Screen == "import" })
	switch p.Dialog {
	case "type-to-confirm":
		p = a.Until("the words to type are shown", func(p Places) bool { return p.Text("dialog.wanted") != "" })
		a.Fill("dialog.entry", p.Text("dialog.wanted"))
		a.Click("dialog.ok")
	case "confirm":
		a.Click("dialog.ok")
	case "":
	default:
		a.Fail("a dialog %q is in the way", p.Dialog)
	}
}

// sums adds up counts of one look at the screen.
func sums(p Places, names ...string) (int, error) {
	total := 0
	for _, name := range names {
		n, ok := p.Number(name)
		if !ok {
			return 0, fmt.Errorf("%s says %q, which is no number", name, p.Text(name))
		}
		total += n
	}
	return total, nil
}
