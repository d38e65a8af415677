package pick

import (
	"os"
	"path/filepath"
	"testing"
)

func TestATypedPathIsMadeWhole(t *testing.T) {
	for _, c := range []struct{ typed, want string }{
		{"users.csv", "/data/users.csv"},
		{"  /tmp/a b.csv ", "/tmp/a b.csv"},
		{`"/tmp/quoted.csv"`, "/tmp/quoted.csv"},
		{"~/x.xlsx", "/home/ada/x.xlsx"},
		{"../up.csv", "/up.csv"},
		{"file:///tmp/dropped.csv", "/tmp/dropped.csv"},
	} {
		if got := Whole(c.typed, "/data", "/home/ada"); got != filepath.FromSlash(c.want) {
			t.Errorf("%q is %q, want %q", c.typed, got, c.want)
		}
	}
}

func TestTheEndingFollowsTheChosenFormat(t *testing.T) {
	formats := []Format{{"CSV", ".csv"}, {"Excel", ".xlsx"}}
	for _, c := range []struct {
		name   string
		chosen int
		want   string
	}{
		{"users", 0, "users.csv"},
		{"users.csv", 1, "users.xlsx"},
		{"users.XLSX", 0, "users.csv"},
		{"v1.2", 0, "v1.2.csv"},
		{"", 0, ""},
	} {
		if got := WithEnding(c.name, formats, c.chosen); got != c.want {
			t.Errorf("%q as format %d is %q, want %q", c.name, c.chosen, got, c.want)
		}
	}
}

func TestAFolderListsFoldersFirstAndOnlyFilesThatFit(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b.csv", "A.csv", "notes.txt", ".hidden.csv"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "z"), 0o700); err != nil {
		t.Fatal(err)
	}
	items, err := readFolder(dir, func(name string) bool { return hasEnding(name, []string{".csv"}) })
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, i := range items {
		names = append(names, i.name)
	}
	if got, want := len(names), 3; got != want || names[0] != "z" || names[1] != "A.csv" || names[2] != "b.csv" {
		t.Errorf("listed %v", names)
	}
}

func TestAnAnswerThatLiesReadyIsTakenOnceWithoutACard(t *testing.T) {
	answers := filepath.Join(t.TempDir(), "answer")
	if err := os.WriteFile(answers, []byte("/tmp/out.csv\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := &Picker{Answers: answers}
	var got string
	p.Save("Save", "x", nil, func(path string) { got = path })
	if got != "/tmp/out.csv" {
		t.Errorf("chose %q", got)
	}
	if _, ok := p.answer(); ok {
		t.Error("the answer was there a second time")
	}
}
