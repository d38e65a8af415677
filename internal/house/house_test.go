package house

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// root is the repository's top, seen from this package.
const root = "../.."

// realGraph asks the go command for every package of ours, once as the window
// is built and once as the headless tests are, and puts both together.
func realGraph(t *testing.T) Graph {
	t.Helper()
	g := Graph{}
	for _, tags := range []string{"migrated_fynedo", "ci,migrated_fynedo"} {
		cmd := exec.Command("go", "list", "-e", "-tags", tags, "-json=ImportPath,Imports", "./...")
		cmd.Dir = root
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("go list: %v\n%s", err, stderr.String())
		}
		dec := json.NewDecoder(bytes.NewReader(out))
		for {
			var p struct {
				ImportPath string
				Imports    []string
			}
			if err := dec.Decode(&p); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			g[p.ImportPath] = append(g[p.ImportPath], p.Imports...)
		}
	}
	return g
}

func TestTheHouseStands(t *testing.T) {
	g := realGraph(t)
	if len(g) < 3 {
		t.Fatalf("only %d packages were found: the graph was not read", len(g))
	}
	for _, sentence := range Check(g) {
		t.Error(sentence)
	}
}

func TestOnlyTheDesignsEntriesLieAtTheTop(t *testing.T) {
	out, err := exec.Command("git", "-C", root, "ls-files").Output()
	var entries []string
	if err == nil {
		seen := map[string]bool{}
		for _, f := range strings.Split(strings.TrimSpace(string(out)), "\n") {
			top, _, _ := strings.Cut(f, "/")
			if !seen[top] {
				seen[top] = true
				entries = append(entries, top)
			}
		}
	} else { // an unpacked archive has no git: look at the folder itself
		list, err := os.ReadDir(filepath.Clean(root))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			entries = append(entries, e.Name())
		}
	}
	for _, sentence := range CheckTop(entries) {
		t.Error(sentence)
	}
}

// Each made-up import below breaks one rule, and the checker must say so.
func TestAForbiddenImportIsCaught(t *testing.T) {
	cases := []struct {
		name, pkg, imports, want string
	}{
		{"the core may not draw", "rollcall/internal/check", "fyne.io/fyne/v2", "only ui/… and cmd/rollcall draw"},
		{"the headless tool may not draw", "rollcall/cmd/rollcallctl", "fyne.io/fyne/v2/app", "only ui/… and cmd/rollcall draw"},
		{"a lower floor may not look up", "rollcall/internal/sheet", "rollcall/internal/check", "floor 10"},
		{"rooms of one floor stay apart", "rollcall/internal/check", "rollcall/internal/plan", "floor 30"},
		{"the ground uses nothing", "rollcall/internal/cells", "rollcall/internal/problem", "uses nothing of ours"},
		{"encodings know no tables", "rollcall/internal/workbook/charset", "rollcall/internal/cells", "uses nothing of ours"},
		{"formulas know no files", "rollcall/internal/workbook/formula", "rollcall/internal/workbook", "uses nothing of ours"},
		{"the grid knows no accounts", "rollcall/ui/grid", "rollcall/internal/account", "uses nothing of ours"},
		{"the grid does not know the look", "rollcall/ui/grid", "rollcall/ui/look", "uses nothing of ours"},
		{"the look knows no screens", "rollcall/ui/look", "rollcall/ui/fix", "uses nothing of ours"},
		{"the practice server uses nothing of ours", "rollcall/internal/practice", "rollcall/internal/account", "uses nothing of ours"},
		{"the workbench does not know the window", "rollcall/internal/workbench", "rollcall/ui", "floor 50"},
		{"the headless tool does not start the window", "rollcall/cmd/rollcallctl", "rollcall/ui", "only cmd/rollcall"},
		{"a command is no library", "rollcall/cmd/rollcall", "rollcall/cmd/dev", "nobody's library"},
		{"tools stay with the developer", "rollcall/internal/workbench", "rollcall/internal/house", "developer's tools"},
		{"secrets pass through one room", "rollcall/internal/store", "github.com/zalando/go-keyring", "one room"},
		{"the wire is spoken in one room", "rollcall/internal/workbench", "net/http", "one room"},
		{"a new room needs a floor", "rollcall/internal/misc", "fmt", "give it a floor"},
		{"the door stays light", "rollcall/cmd/dev", "github.com/xuri/excelize/v2", "must compile in seconds"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := Check(Graph{c.pkg: {"fmt", c.imports}})
			if !strings.Contains(strings.Join(got, "\n"), c.want) {
				t.Fatalf("got %q, want a sentence with %q", got, c.want)
			}
		})
	}
}

func TestTheDoorIsHeavyEvenThroughAnotherRoom(t *testing.T) {
	got := Check(Graph{
		"rollcall/cmd/dev":      {"rollcall/internal/e2e"},
		"rollcall/internal/e2e": {"modernc.org/sqlite"},
	})
	if !strings.Contains(strings.Join(got, "\n"), "cmd/dev reaches modernc.org/sqlite through rollcall/internal/e2e") {
		t.Fatalf("got %q", got)
	}
}

func TestAllowedImportsAreLeftAlone(t *testing.T) {
	got := Check(Graph{
		"rollcall/internal/cells":     {"strings"},
		"rollcall/ui/grid":            {"rollcall/ui/bidi"},
		"rollcall/internal/sheet":     {"rollcall/internal/cells"},
		"rollcall/internal/workbook":  {"rollcall/internal/workbook/charset", "rollcall/internal/workbook/formula", "rollcall/internal/workbook/numfmt"},
		"rollcall/internal/roster":    {"rollcall/internal/sheet", "rollcall/internal/account"},
		"rollcall/internal/push":      {"rollcall/internal/store", "rollcall/internal/plan"},
		"rollcall/internal/workbench": {"rollcall/internal/push", "rollcall/internal/report"},
		"rollcall/ui/fix":             {"rollcall/ui/grid", "rollcall/ui/look", "rollcall/internal/workbench", "fyne.io/fyne/v2"},
		"rollcall/cmd/rollcall":       {"rollcall/ui", "fyne.io/fyne/v2/app"},
		"rollcall/cmd/rollcallctl":    {"rollcall/internal/workbench", "github.com/spf13/cobra"},
		"rollcall/cmd/dev":            {"rollcall/internal/e2e"},
	})
	if len(got) != 0 {
		t.Fatalf("got %q, want nothing", got)
	}
}

func TestAnUnknownTopLevelEntryIsCaught(t *testing.T) {
	got := CheckTop([]string{"cmd", ".ci", "README.md", "scripts"})
	want := "scripts lies at the top of the repository: the design has no such room"
	if len(got) != 1 || got[0] != want {
		t.Fatalf("got %q, want %q", got, want)
	}
}
