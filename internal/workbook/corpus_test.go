package workbook

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

// corpusDir finds the folder of real files beside the project.
func corpusDir(t testing.TB) string {
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for range 8 {
		for _, c := range []string{"shared/corpus", "corpus"} {
			if info, err := os.Stat(filepath.Join(dir, c)); err == nil && info.IsDir() {
				return filepath.Join(dir, c)
			}
		}
		dir = filepath.Dir(dir)
	}
	t.Skip("the folder of real files does not lie beside the project")
	return ""
}

func TestEveryRealFileOpensOrIsRefused(t *testing.T) {
	root := corpusDir(t)
	files, _ := filepath.Glob(filepath.Join(root, "*", "*"))
	for _, f := range files {
		b, err := Open(context.Background(), f, Options{})
		if err != nil {
			t.Logf("%s: %v", filepath.Base(f), err)
			continue
		}
		t.Logf("%s: %d rows %d wide header %d %+v", filepath.Base(f), b.Table.Len(), b.Table.Width(), b.Facts.HeaderRow, b.Facts)
		for r := range min(4, b.Table.Len()) {
			t.Logf("    %q", b.Table.Row(r, nil))
		}
	}
}
