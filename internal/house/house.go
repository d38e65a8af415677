// Package house holds the building's rules: which room may use which, who may
// draw, and what may lie at the top of the repository. Its test reads the real
// import graph and fails where a rule is broken; `.golangci.yml` says the same
// to people who run a linter in their editor.
//
// Nothing of ours comes in here, and nothing but the standard library.
package house

import (
	"fmt"
	"sort"
	"strings"
)

// Module is the module path that every package of ours begins with.
const Module = "rollcall"

// Graph is what the checker looks at: each package of ours, by import path
// ("rollcall/internal/sheet"), with the import paths that it uses directly.
// Imports of test files are left out: tests may look at any room.
type Graph map[string][]string

// room is one line of the house's plan.
type room struct {
	path  string // import path below Module; everything under it belongs to it
	floor int    // a package imports only rooms on lower floors
	// nothing, when true, forbids every import of ours but those in but.
	nothing bool
	but     []string
}

// plan lists the rooms from the ground up. `push` stands above `store`, which
// keeps its journal, though it knows that as an interface only.
var plan = []room{
	{path: "internal/cells", floor: 0, nothing: true},
	{path: "internal/compact", floor: 0, nothing: true},
	{path: "internal/problem", floor: 0, nothing: true},
	{path: "internal/house", floor: 0, nothing: true},
	{path: "internal/e2e", floor: 0, nothing: true},
	{path: "internal/workbook/charset", floor: 0, nothing: true},
	{path: "internal/workbook/formula", floor: 0, nothing: true},
	{path: "internal/workbook/numfmt", floor: 0, nothing: true},
	{path: "assets", floor: 0, nothing: true},
	{path: "ui/bidi", floor: 0, nothing: true},
	{path: "ui/grid", floor: 5, nothing: true, but: []string{"ui/bidi"}},
	{path: "ui/look", floor: 5, nothing: true, but: []string{"ui/bidi"}},
	{path: "internal/workbook", floor: 10},
	{path: "internal/sheet", floor: 10},
	{path: "internal/account", floor: 10},
	{path: "internal/keychain", floor: 10},
	{path: "internal/roster", floor: 20},
	{path: "internal/scim", floor: 20},
	{path: "internal/practice", floor: 20, nothing: true, but: []string{"internal/problem"}},
	{path: "internal/check", floor: 30},
	{path: "internal/plan", floor: 30},
	{path: "internal/store", floor: 40},
	{path: "internal/report", floor: 40},
	{path: "internal/push", floor: 45},
	{path: "internal/workbench", floor: 50},
	{path: "ui", floor: 60},
	{path: "internal/bench", floor: 70},
	{path: "cmd", floor: 80},
}

// onlyFor says who alone may use an outside package, and why.
type onlyFor struct {
	pkg   string   // import path prefix of the outside package
	rooms []string // who may, as paths below Module
	why   string
}

var outside = []onlyFor{
	{"fyne.io/", []string{"ui", "cmd/rollcall"}, "only ui/… and cmd/rollcall draw: the core builds without cgo"},
	{"github.com/dweymouth/", []string{"ui", "cmd/rollcall"}, "only ui/… and cmd/rollcall draw"},
	{"github.com/go-resty/", []string{"internal/scim"}, "the wire is spoken in one room"},
	{"github.com/scim2/", []string{"internal/practice"}, "filters are parsed by the server alone"},
	{"modernc.org/", []string{"internal/practice", "internal/store"}, "two rooms have a database: the practice account, and the history of imports"},
	{"github.com/zalando/", []string{"internal/keychain"}, "secrets pass through one room"},
	{"github.com/xuri/", []string{"internal/workbook", "internal/report", "internal/bench"}, "spreadsheet files are read and written in one room"},
	{"github.com/spf13/cobra", []string{"cmd/rollcallctl"}, "only the headless tool has commands"},
	{"net/http", []string{"internal/scim", "internal/practice", "internal/e2e", "internal/bench", "cmd"},
		"the network is spoken in one room"},
}

// toolRooms are used by the developer's door alone.
var toolRooms = []string{"internal/house", "internal/e2e", "internal/bench"}

// doorKeepsLight lists what cmd/dev may never pull in, however indirectly: it
// is compiled before anything else is known to work.
var doorKeepsLight = []string{"fyne.io/", "modernc.org/", "github.com/xuri/", "github.com/go-resty/"}

// Check returns one sentence for every broken rule, sorted; none when the house stands.
func Check(g Graph) []string {
	var broken []string
	for pkg, imports := range g {
		from, ok := find(pkg)
		if !ok {
			broken = append(broken, fmt.Sprintf("%s is not in the plan of the house: give it a floor in internal/house", pkg))
			continue
		}
		for _, imp := range imports {
			if why := forbidden(from, pkg, imp); why != "" {
				broken = append(broken, fmt.Sprintf("%s imports %s: %s", pkg, imp, why))
			}
		}
	}
	broken = append(broken, heavyDoor(g)...)
	sort.Strings(broken)
	return broken
}

// forbidden says why pkg, which belongs to room from, may not import imp; "" when it may.
func forbidden(from room, pkg, imp string) string {
	if imp != Module && !strings.HasPrefix(imp, Module+"/") {
		for _, rule := range outside {
			if strings.HasPrefix(imp, rule.pkg) && !within(pkg, rule.rooms) {
				return rule.why
			}
		}
		return ""
	}
	to, ok := find(imp)
	switch {
	case !ok:
		return "it is not in the plan of the house"
	case to.path == from.path:
		if to.path == "cmd" {
			return "a command is nobody's library"
		}
		return ""
	case from.nothing && !within(imp, from.but):
		return from.path + " uses nothing of ours"
	case within(imp, toolRooms) && !within(pkg, []string{"cmd/dev", "internal/bench"}):
		return "it is a room for the developer's tools"
	case to.floor >= from.floor:
		return fmt.Sprintf("%s is on floor %d, %s on floor %d: a package imports only lower ones", from.path, from.floor, to.path, to.floor)
	case to.path == "ui" && !within(pkg, []string{"cmd/rollcall", "ui"}):
		return "only cmd/rollcall starts the window"
	}
	return ""
}

// heavyDoor follows cmd/dev's imports through our packages.
func heavyDoor(g Graph) []string {
	var broken []string
	seen := map[string]bool{}
	var walk func(pkg string)
	walk = func(pkg string) {
		if seen[pkg] {
			return
		}
		seen[pkg] = true
		for _, imp := range g[pkg] {
			for _, heavy := range doorKeepsLight {
				if strings.HasPrefix(imp, heavy) {
					broken = append(broken, fmt.Sprintf("cmd/dev reaches %s through %s: it must compile in seconds", imp, pkg))
				}
			}
			walk(imp)
		}
	}
	walk(Module + "/cmd/dev")
	return broken
}

// find returns the room that an import path of ours belongs to: the longest path that fits.
func find(pkg string) (room, bool) {
	var best room
	found := false
	for _, r := range plan {
		if within(pkg, []string{r.path}) && len(r.path) >= len(best.path) {
			best, found = r, true
		}
	}
	return best, found
}

// within reports whether an import path of ours is one of rooms or lies under one.
func within(pkg string, rooms []string) bool {
	for _, r := range rooms {
		full := Module + "/" + r
		if pkg == full || strings.HasPrefix(pkg, full+"/") {
			return true
		}
	}
	return false
}

// topLevel is what may lie at the top of the repository, beside names that begin with a dot.
var topLevel = map[string]bool{
	"cmd": true, "ui": true, "internal": true, "assets": true,
	"FyneApp.toml": true, "go.mod": true, "go.sum": true, "README.md": true,
}

// CheckTop returns one sentence for each entry that the design does not have.
// Entries that begin with a dot are always allowed.
func CheckTop(entries []string) []string {
	var broken []string
	for _, e := range entries {
		if !topLevel[e] && !strings.HasPrefix(e, ".") {
			broken = append(broken, fmt.Sprintf("%s lies at the top of the repository: the design has no such room", e))
		}
	}
	sort.Strings(broken)
	return broken
}
