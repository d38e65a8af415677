package workbench_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rollcall/internal/roster"
	"rollcall/internal/sheet"
	"rollcall/internal/workbench"
	"rollcall/internal/workbook"
)

// saved saves a document where it came from and gives the file's text.
func saved(t *testing.T, b *workbench.Bench, d *workbench.Document) (string, workbench.Saved) {
	t.Helper()
	s, err := b.Save(context.Background(), d.SaveInput(), "", false)
	if err != nil {
		t.Fatal(err)
	}
	d.MarkSaved(s)
	data, err := os.ReadFile(d.Path())
	if err != nil {
		t.Fatal(err)
	}
	return string(data), s
}

// TestSavingWritesTheSheetAsItIs deletes, inserts and edits rows of a file with
// columns of its own, a preamble and a blank row.
func TestSavingWritesTheSheetAsItIs(t *testing.T) {
	b, _ := newBench(t)
	d := open(t, b, "users.csv", "Staff of Acme;;;;;;;\r\n;;;;;;;\r\n"+
		"Desk;Current Status;Display Name;Primary Email;Role;Groups;Source Username(s);Remark\r\n"+
		"1;Active;Ann;ann@northwind.com;User;none;;\"a;b\"\r\n"+
		"2;Active;Bob;bob@northwind.com;User;none;;gone\r\n"+
		";;;;;;;\r\n"+
		"3;Active;Cy;cy@northwind.com;Superviser;none;;\r\n")
	ann, bob, cy := d.Rows()[0], d.Rows()[1], d.Rows()[2]
	d.DeleteRows([]sheet.RowID{bob})
	in := d.InsertRows(cy, 1)[0]
	d.Edit("", []workbench.CellEdit{
		{Row: cy, Col: int(roster.Role), Text: "Supervisor"},
		{Row: in, Col: int(roster.Name), Text: "Dee; Jr"}, {Row: in, Col: int(roster.Email), Text: "dee@northwind.com"},
		{Row: ann, Col: len(d.Columns()) - 1, Text: "c"},
	})
	got, _ := saved(t, b, d)
	want := "Staff of Acme;;;;;;;\r\n;;;;;;;\r\n" +
		"Desk;Current Status;Display Name;Primary Email;Role;Groups;Source Username(s);Remark\r\n" +
		"1;Active;Ann;ann@northwind.com;User;none;;\"c\"\r\n" + // in quotes as before
		";;\"Dee; Jr\";dee@northwind.com;;;;\r\n" +
		";;;;;;;\r\n" +
		"3;Active;Cy;cy@northwind.com;Supervisor;none;;\r\n"
	if got != want {
		t.Errorf("saved\n%s\nwant\n%s", got, want)
	}
	again, err := b.Open(context.Background(), d.Path(), workbench.OpenOptions{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range d.Rows() {
		for col := range d.Columns() {
			if a, b := d.Text(r, col), again.Text(again.Rows()[i], col); a != b {
				t.Errorf("row %d, column %d: %q opens as %q", i, col, a, b)
			}
		}
	}
	if len(again.Rows()) != len(d.Rows()) {
		t.Errorf("%d rows open, %d were saved", len(again.Rows()), len(d.Rows()))
	}
}

// TestWhatHasNoColumnOfItsOwnIsSavedInANewOne edits a name that the file has in
// two columns: both stay, and the new column holds every name.
func TestWhatHasNoColumnOfItsOwnIsSavedInANewOne(t *testing.T) {
	b, _ := newBench(t)
	d := open(t, b, "users.csv", "First name,Last name,Primary Email,Role,Current Status,Groups\nAnn,Lee,ann@northwind.com,User,Active,none\nBob,Ray,bob@northwind.com,User,Active,none\n")
	if got := d.Text(d.Rows()[0], int(roster.Name)); got != "Ann Lee" {
		t.Fatalf("the name is %q", got)
	}
	d.Edit("", []workbench.CellEdit{{Row: d.Rows()[0], Col: int(roster.Name), Text: "Ann Lee-Park"}})
	got, s := saved(t, b, d)
	want := "First name,Last name,Primary Email,Role,Current Status,Groups,Display Name\nAnn,Lee,ann@northwind.com,User,Active,none,Ann Lee-Park\nBob,Ray,bob@northwind.com,User,Active,none,Bob Ray\n"
	if got != want || strings.Join(s.NewColumns, ",") != "Display Name" {
		t.Errorf("saved %v\n%s", s.NewColumns, got)
	}
}

// TestTheAccountChosenMeanwhileStays chooses another account while one is being
// read: what was read is not taken for the other's.
func TestTheAccountChosenMeanwhileStays(t *testing.T) {
	ctx := context.Background()
	b, _ := newBench(t)
	if err := b.StartPractice(ctx); err != nil {
		t.Fatal(err)
	}
	const copyOfAcme = `{"account":"Acme","syncedAt":"2026-01-01T00:00:00Z","users":[{"email":"ann@northwind.com"}],"groups":[]}`
	chosen := false
	err := b.SyncNow(ctx, func(workbench.Progress) {
		if !chosen {
			chosen = true
			useSnapshot(t, b, copyOfAcme)
		}
	})
	if a := b.Current(); err != nil || !chosen || a.Profile.Name != "Acme" || len(b.Directory().Users) != 1 {
		t.Errorf("%+v: %v", a, err)
	}
	d := open(t, b, "users.csv", template+"Active,Ann,ann@northwind.com,User,none,\n")
	if err := b.StartPractice(ctx); err != nil {
		t.Fatal(err)
	}
	chosen = false
	_, err = b.Plan(ctx, d.PlanInput(), func(workbench.Progress) {
		if !chosen {
			chosen = true
			useSnapshot(t, b, copyOfAcme)
		}
	})
	if err == nil || !strings.Contains(err.Error(), "“Acme” is chosen now") {
		t.Errorf("a plan for two accounts: %v", err)
	}
}

// asked is a context that calls when when somebody asks whether it is over.
type asked struct {
	context.Context
	when func()
}

func (a asked) Err() error {
	a.when()
	return a.Context.Err()
}

// TestTheAccountStaysChosenWhileAListIsRead looks, and chooses another account,
// while a list is read.
func TestTheAccountStaysChosenWhileAListIsRead(t *testing.T) {
	b, _ := newBench(t)
	const copyOf = `{"account":%q,"syncedAt":"2026-01-01T00:00:00Z","users":[{"email":"ann@northwind.com"}],"groups":["Trading"]}`
	useSnapshot(t, b, fmt.Sprintf(copyOf, "Acme"))
	path := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(path, []byte(template+"Active,Bob,bob@northwind.com,User,EMEA,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	looked := 0
	ctx := asked{context.Background(), func() {
		if a := b.Current(); looked == 0 && (a == nil || a.Profile.Name != "Acme") {
			t.Errorf("while the list is read: %+v", a)
		}
		looked++
	}}
	if err := b.UseUserList(ctx, path, workbench.UserList{}); err != nil || b.Current().Profile.Name != "list.csv" || looked == 0 {
		t.Errorf("%+v, looked %d times: %v", b.Current(), looked, err)
	}
	useSnapshot(t, b, fmt.Sprintf(copyOf, "Acme"))
	chosen := false
	ctx.when = func() {
		if !chosen {
			chosen = true
			useSnapshot(t, b, fmt.Sprintf(copyOf, "Other"))
		}
	}
	err := b.UseUserList(ctx, path, workbench.UserList{})
	if err == nil || !strings.Contains(err.Error(), "“Other” was chosen while the list was read") || b.Current().Profile.Name != "Other" {
		t.Errorf("%+v: %v", b.Current(), err)
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if err = b.UseUserList(cancelled, path, workbench.UserList{}); err == nil || b.Current().Profile.Name != "Other" {
		t.Errorf("cancelled: %+v: %v", b.Current(), err)
	}
}

// TestAListThatCannotServeLeavesTheAccount tries files that are no list of users.
func TestAListThatCannotServeLeavesTheAccount(t *testing.T) {
	b, _ := newBench(t)
	useSnapshot(t, b, `{"account":"Acme","syncedAt":"2026-01-01T00:00:00Z","users":[{"email":"ann@northwind.com"}],"groups":[]}`)
	for name, text := range map[string]string{"no-mail.csv": "Colour,Size\nred,9\n", "empty.csv": template} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := b.UseUserList(context.Background(), path, workbench.UserList{}); err == nil {
			t.Errorf("%s was taken for a list of users", name)
		}
		if a := b.Current(); a == nil || a.Profile.Name != "Acme" || len(b.Directory().Users) != 1 {
			t.Errorf("%s: the account is %+v", name, a)
		}
	}
}

// A file whose encoding was chosen, and that was then saved in UTF-8, is read
// anew as what it is now.
func TestAFileSavedInUTF8IsReadAnewInIt(t *testing.T) {
	ctx := context.Background()
	b, _ := newBench(t)
	path := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(path, []byte(template+"Active,Jos\xe9,jose@northwind.com,User,none,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := b.Open(ctx, path, workbench.OpenOptions{Encoding: "windows-1252"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	added := d.InsertRows(sheet.None, 1)
	d.Edit("", []workbench.CellEdit{{Row: added[0], Col: int(roster.Name), Text: "Łukasz"}})
	if _, err := b.Save(ctx, d.SaveInput(), "", false); !errors.Is(err, workbook.ErrEncoding) {
		t.Fatalf("saved in windows-1252: %v", err)
	}
	s, err := b.Save(ctx, d.SaveInput().InUTF8(), "", false)
	if err != nil {
		t.Fatal(err)
	}
	d.MarkSaved(s)
	again, err := b.Reopen(ctx, d, d.Options(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, r := range again.Rows() {
		names = append(names, again.Text(r, int(roster.Name)))
	}
	if !slices.Equal(names, []string{"José", "Łukasz"}) {
		t.Errorf("read anew, the names are %q", names)
	}
}
