package grid

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

func TestThePureFilesKnowNothingOfFyne(t *testing.T) {
	for _, name := range []string{"viewport.go", "selection.go", "keymap.go", "clip.go", "tokens.go"} {
		for _, path := range importsOf(t, name) {
			if strings.Contains(path, ".") {
				t.Errorf("%s imports %s", name, path)
			}
		}
	}
}

func TestTheGridImportsNothingOfOursButTheOrderOfText(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 10 {
		t.Fatalf("found %d files: %v", len(files), err)
	}
	for _, name := range files {
		for _, path := range importsOf(t, name) {
			if strings.HasPrefix(path, "rollcall/") && path != "rollcall/ui/bidi" {
				t.Errorf("%s imports %s", name, path)
			}
		}
	}
}

func importsOf(t *testing.T, name string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, i := range f.Imports {
		paths = append(paths, strings.Trim(i.Path.Value, `"`))
	}
	return paths
}
