package workbook

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/internal/problem"
)

func TestSavingACSVChangesOnlyTheChangedCells(t *testing.T) {
	tests := []struct {
		name, text string
		changes    Changes
		want       string
	}{
		{"nothing", "Name;Email\r\n\"Ann\" ;a@x.com\r\n", Changes{}, "Name;Email\r\n\"Ann\" ;a@x.com\r\n"},
		{"a cell", "Name;Email\r\nAnn;a@x.com\r\n", Changes{Cells: []CellChange{{1, 0, "Bob"}}}, "Name;Email\r\nBob;a@x.com\r\n"},
		{"a quoted cell stays quoted", "Name,Email\n\"Ann\",\"a@x.com\"\n", Changes{Cells: []CellChange{{1, 0, "Bob"}}}, "Name,Email\n\"Bob\",\"a@x.com\"\n"},
		{"a separator is quoted", "Name,Email\nAnn,a@x.com\n", Changes{Cells: []CellChange{{1, 0, "Doe, \"J\""}}}, "Name,Email\n\"Doe, \"\"J\"\"\",a@x.com\n"},
		{"backslashes escape", "Name,Email\n\"A \\\"B\\\" C\",a@x.com\nX,\"\"\n", Changes{Cells: []CellChange{{2, 0, `D "E", F\`}}}, "Name,Email\n\"A \\\"B\\\" C\",a@x.com\n\"D \\\"E\\\", F\\\\\",\"\"\n"},
		{"a short row is filled up", "Name,Email,Role\nAnn\n", Changes{Cells: []CellChange{{1, 2, "User"}}}, "Name,Email,Role\nAnn,,User\n"},
		{"malformed rows nearby stay", "Name,Email\nAnn \"x,a@x.com\nBob,b@x.com\n", Changes{Cells: []CellChange{{2, 0, "Rob"}}}, "Name,Email\nAnn \"x,a@x.com\nRob,b@x.com\n"},
		{"rows deleted and inserted", "Name,Email\nAnn,a@x.com\nBob,b@x.com", Changes{Deleted: []int{1}, Inserted: []Insertion{{2, []string{"Cid", "c@x.com"}}, {0, []string{"Zoe", ""}}}},
			"Name,Email\nZoe,\nBob,b@x.com\nCid,c@x.com\n"},
		{"rows inserted at the top", "Ann,a@x.com\n", Changes{Inserted: []Insertion{{-1, []string{"Name", "Email"}}}}, "Name,Email\nAnn,a@x.com\n"},
		{"a new column", "Name,Email\r\nAnn,a@x.com\r\n\r\nBob,b@x.com\r\n", Changes{NewColumns: []NewColumn{{"Status", map[int]string{1: "Active", 3: "Archived"}}}},
			"Name,Email,Status\r\nAnn,a@x.com,Active\r\n\r\nBob,b@x.com,Archived\r\n"},
		{"a file that quotes all", "\"Name\",\"Email\"\n\"Ann\",\"a@x.com\"\n", Changes{Inserted: []Insertion{{1, []string{"Bob", "b@x.com"}}}}, "\"Name\",\"Email\"\n\"Ann\",\"a@x.com\"\n\"Bob\",\"b@x.com\"\n"},
		{"a byte order mark", "\ufeffName,Email\nAnn,a@x.com\n", Changes{Cells: []CellChange{{0, 0, "Who"}}}, "\ufeffWho,Email\nAnn,a@x.com\n"},
		{"cells with line breaks", "Name,Email\n\"A\r\nB\",a@x.com\nBob,b@x.com\n", Changes{Cells: []CellChange{{2, 1, "r@x.com"}}}, "Name,Email\n\"A\r\nB\",a@x.com\nBob,r@x.com\n"},
		{"UTF-16", "\xff\xfeN\x00a\x00\t\x00E\x00\r\x00\n\x00A\x00\t\x00a\x00@\x00\r\x00\n\x00B\x00\t\x00b\x00@\x00", Changes{Cells: []CellChange{{1, 0, "Ł"}}},
			"\xff\xfeN\x00a\x00\t\x00E\x00\r\x00\n\x00\x41\x01\t\x00a\x00@\x00\r\x00\n\x00B\x00\t\x00b\x00@\x00"},
		{"Windows-1252", "Name;Email\nJos\xe9;a@x.com\nAnn;b@x.com\n", Changes{Cells: []CellChange{{2, 0, "Zoë €"}}}, "Name;Email\nJos\xe9;a@x.com\nZo\xeb \x80;b@x.com\n"},
		{"another encoding", "Name;Email\nJos\xe9;a@x.com\n", Changes{Encoding: "UTF-8", Cells: []CellChange{{1, 1, "ł@x.com"}}}, "\ufeffName;Email\nJosé;ł@x.com\n"},
		{"an end-of-file mark stays", "Name,Email\nAnn,a@x.com\n\x1a", Changes{Cells: []CellChange{{1, 0, "Bob"}}}, "Name,Email\nBob,a@x.com\n\x1a"},
		{"damaged bytes stay", "Näme,Emäil,Röle,Grüppe,Stätus\nAnn,a@x.com,ü\xff,ö,ß\nBob,b@x.com,ä,é,è\n", Changes{Cells: []CellChange{{2, 0, "Rob"}}}, "Näme,Emäil,Röle,Grüppe,Stätus\nAnn,a@x.com,ü\xff,ö,ß\nRob,b@x.com,ä,é,è\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := saved(t, open(t, "a.csv", []byte(tt.text)), "out.csv", tt.changes); string(got) != tt.want {
				t.Errorf("saved\n%q, want\n%q", got, tt.want)
			}
		})
	}
}

func TestACharacterThatTheEncodingLacksIsRefusedWithItsPlace(t *testing.T) {
	b := open(t, "a.csv", []byte("Name;Email\nJos\xe9;a@x.com\n"))
	path := filepath.Join(t.TempDir(), "out.csv")
	err := b.Save(context.Background(), path, Changes{Cells: []CellChange{{1, 0, "Łukasz"}}})
	refused(t, err, ErrEncoding, "“Łukasz” in cell A2")
	if _, statErr := os.Stat(path); statErr == nil {
		t.Error("a file was written all the same")
	}
}

func openFile(t *testing.T, text string) (*Book, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "users.csv")
	if err := os.WriteFile(path, []byte(text), 0o640); err != nil {
		t.Fatal(err)
	}
	b, err := Open(context.Background(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return b, path
}

func content(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

var oneChange = Changes{Cells: []CellChange{{1, 0, "Bob"}}}

func TestSavingOverTheFileKeepsItsPermissions(t *testing.T) {
	b, path := openFile(t, "Name,Email\nAnn,a@x.com\n")
	if err := b.Save(context.Background(), path, oneChange); err != nil {
		t.Fatal(err)
	}
	if got := content(t, path); got != "Name,Email\nBob,a@x.com\n" {
		t.Errorf("saved %q", got)
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o640 {
		t.Errorf("permissions are %v", info.Mode().Perm())
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestAFileChangedByOthersIsNotOverwritten(t *testing.T) {
	b, path := openFile(t, "Name,Email\nAnn,a@x.com\n")
	if b.ChangedOnDisk() {
		t.Error("the file seems changed at once")
	}
	if err := os.WriteFile(path, []byte("Name,Email\nZoe,z@x.com\nYan,y@x.com\n"), 0o640); err != nil {
		t.Fatal(err)
	}
	refused(t, b.Save(context.Background(), path, oneChange), ErrChangedOnDisk, "changed by another program")
	if got := content(t, path); !strings.Contains(got, "Zoe") {
		t.Errorf("the other's work is gone: %q", got)
	}
	other := filepath.Join(t.TempDir(), "mine.csv")
	if err := b.Save(context.Background(), other, oneChange); err != nil {
		t.Fatal(err)
	}
	if got := content(t, other); got != "Name,Email\nBob,a@x.com\n" {
		t.Errorf("saved elsewhere: %q", got)
	}
	force := oneChange
	force.Force = true
	if err := b.Save(context.Background(), path, force); err != nil {
		t.Fatal(err)
	}
	if got := content(t, path); got != "Name,Email\nBob,a@x.com\n" {
		t.Errorf("forced: %q", got)
	}
}

func TestAFileHeldOpenByExcelIsNotOverwritten(t *testing.T) {
	b, path := openFile(t, "Name,Email\nAnn,a@x.com\n")
	for _, lock := range []string{"~$users.csv", ".~lock.users.csv#"} {
		lock = filepath.Join(filepath.Dir(path), lock)
		if err := os.WriteFile(lock, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		refused(t, b.Save(context.Background(), path, oneChange), ErrInUse, "open in Excel or LibreOffice")
		os.Remove(lock)
	}
	if got := content(t, path); got != "Name,Email\nAnn,a@x.com\n" {
		t.Errorf("the file is %q", got)
	}
}

func TestAWriteProtectedFileIsNotReplaced(t *testing.T) {
	b, path := openFile(t, "Name,Email\nAnn,a@x.com\n")
	if err := os.Chmod(path, 0o440); err != nil {
		t.Fatal(err)
	}
	refused(t, b.Save(context.Background(), path, oneChange), ErrReadOnly, "write-protected")
}

func TestASymbolicLinkStaysALink(t *testing.T) {
	b, path := openFile(t, "Name,Email\nAnn,a@x.com\n")
	link := filepath.Join(t.TempDir(), "link.csv")
	if err := os.Symlink(path, link); err != nil {
		t.Skip("no symbolic links here")
	}
	if err := b.Save(context.Background(), link, oneChange); err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Lstat(link); info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link was replaced by a file")
	}
	if got := content(t, path); got != "Name,Email\nBob,a@x.com\n" {
		t.Errorf("behind the link: %q", got)
	}
}

func TestAFailedWriteLeavesTheOldFileWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(path, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	err := WriteAtomic(path, func(w io.Writer) error {
		io.WriteString(w, "ne")
		return broken
	})
	if !errors.Is(err, broken) || problem.Sentence(err) == "" {
		t.Errorf("error is %v", err)
	}
	if got := content(t, path); got != "old" {
		t.Errorf("the file is %q", got)
	}
	if files, _ := os.ReadDir(filepath.Dir(path)); len(files) != 1 {
		t.Errorf("%d files are left", len(files))
	}
}

func TestMissingFilesAndFoldersAreSaid(t *testing.T) {
	dir := t.TempDir()
	_, err := Open(context.Background(), filepath.Join(dir, "none.csv"), Options{})
	refused(t, err, ErrNotFound, "not there any more")
	_, err = Open(context.Background(), dir, Options{})
	refused(t, err, ErrNotSheet, "folder")
	err = WriteAtomic(filepath.Join(dir, "none", "a.csv"), func(io.Writer) error { return nil })
	refused(t, err, ErrNotFound, "folder")
}

func TestNewCSVFilesAreReadAsTheyWereWritten(t *testing.T) {
	header := []string{"Current Status", "Display Name", "Groups"}
	rows := [][]string{{"Active", "=1+1", "Trading,Ops"}, {" x ", "007", "a\"b\r\nc"}, {"", "-", "none"}}
	var buf bytes.Buffer
	if err := EncodeCSV(&buf, sheetOf(header, rows)); err != nil {
		t.Fatal(err)
	}
	want := "Current Status,Display Name,Groups\r\nActive,=1+1,\"Trading,Ops\"\r\n\" x \",007,\"a\"\"b\r\nc\"\r\n,-,none\r\n"
	if buf.String() != want {
		t.Errorf("wrote %q, want %q", buf.String(), want)
	}
	expect(t, open(t, "a.csv", buf.Bytes()).Table, append([][]string{header}, rows...)...)
}

func sheetOf(header []string, rows [][]string) Sheet {
	return Sheet{Header: header, Rows: func(yield func([]string) bool) {
		for _, r := range rows {
			if !yield(r) {
				return
			}
		}
	}}
}
