package workbench_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rollcall/internal/account"
	"rollcall/internal/check"
	"rollcall/internal/keychain"
	"rollcall/internal/practice"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
	"rollcall/internal/workbench"
)

// useSnapshot works on a copy of an account with these groups.
func useSnapshot(t *testing.T, b *workbench.Bench, json string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "copy.json")
	if err := os.WriteFile(path, []byte(json), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := b.UseSnapshot(path); err != nil {
		t.Fatal(err)
	}
}

// TestAnEditMadeWhileTheFileIsSavedOutlivesACrash edits between the moment that
// is saved and the end of the saving.
func TestAnEditMadeWhileTheFileIsSavedOutlivesACrash(t *testing.T) {
	ctx := context.Background()
	home := t.TempDir()
	b, _ := benchIn(t, home)
	d := open(t, b, "users.csv", template+"Active,Ann,ann@northwind.com,User,none,\n")
	r := d.Rows()[0]
	d.Edit("", []workbench.CellEdit{{Row: r, Col: int(roster.Role), Text: "Admin"}})
	in := d.SaveInput()
	saved, err := b.Save(ctx, in, "", false)
	if err != nil {
		t.Fatal(err)
	}
	d.Edit("", []workbench.CellEdit{{Row: r, Col: int(roster.Name), Text: "Ann Lee"}})
	d.MarkSaved(saved)
	if !d.Dirty() {
		t.Error("an edit that is not in the file counts as saved")
	}
	if err := d.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil { // as far as the disk goes, a crash
		t.Fatal(err)
	}
	next, _ := benchIn(t, home)
	list, err := next.Recoverable(ctx)
	if err != nil || len(list) != 1 {
		t.Fatalf("%+v %v", list, err)
	}
	again, err := next.Restore(ctx, list[0].ID, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := again.Text(again.Rows()[0], int(roster.Name)); got != "Ann Lee" || !again.Dirty() {
		t.Errorf("%q came back, dirty %v", got, again.Dirty())
	}
}

// TestWorkThatIsKeptBeforeItsJournalIsBegunIsKept lets go of a document at once.
func TestWorkThatIsKeptBeforeItsJournalIsBegunIsKept(t *testing.T) {
	ctx := context.Background()
	home := t.TempDir()
	b, _ := benchIn(t, home)
	d := open(t, b, "users.csv", template+strings.Repeat("Active,Ann,ann@northwind.com,User,none,\n", 20000))
	d.Edit("", []workbench.CellEdit{{Row: d.Rows()[0], Col: int(roster.Role), Text: "Admin"}})
	if err := d.Keep(ctx); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	next, _ := benchIn(t, home)
	if list, err := next.Recoverable(ctx); err != nil || len(list) != 1 || list[0].Edits != 1 {
		t.Fatalf("%+v %v", list, err)
	}
}

// TestTwoRowsAreMergedWithoutTearingANameApart joins groups of which one has a
// comma in its name and another has a part of that name.
func TestTwoRowsAreMergedWithoutTearingANameApart(t *testing.T) {
	b, _ := newBench(t)
	useSnapshot(t, b, `{"account":"Acme","syncedAt":"2026-01-01T00:00:00Z","users":[],"groups":["Legal, Risk & Audit","Risk & Audit","Sales"],"sources":[{"name":"slack","enabled":true}]}`)
	d := open(t, b, "users.csv", template+
		"Active,Ann,ann@northwind.com,User,\"Legal, Risk & Audit\",slack:U02AAAAAA\n"+
		"Active,Ann,ANN@northwind.com,User,\"Risk & Audit, sales, legal, risk & audit\",\"slack:U02BBBBBB, SLACK:u02aaaaaa\"\n")
	rows := d.Rows()
	d.MergeRows(rows[0], rows[1])
	if got := d.Text(rows[0], int(roster.Groups)); got != "Legal, Risk & Audit,Risk & Audit,sales" {
		t.Errorf("the groups are %q", got)
	}
	if got := d.Text(rows[0], int(roster.Sources)); got != "slack:U02AAAAAA,slack:U02BBBBBB" {
		t.Errorf("the source usernames are %q", got)
	}
	if d.RowCount() != 1 || d.UndoLabel() != "merge 2 rows" {
		t.Errorf("%d rows, %q", d.RowCount(), d.UndoLabel())
	}
}

// TestAFilledTemplateIsWholeOrNotWritten gives the writing up before its end.
func TestAFilledTemplateIsWholeOrNotWritten(t *testing.T) {
	b, _ := newBench(t)
	useSnapshot(t, b, `{"account":"Acme","syncedAt":"2026-01-01T00:00:00Z","users":[{"email":"ann@northwind.com","displayName":"Ann","role":"User"}],"groups":[]}`)
	path := filepath.Join(t.TempDir(), "users.csv")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := b.FilledTemplate(ctx, path); !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a part of the users was written")
	}
	if err := b.FilledTemplate(context.Background(), path); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(path); !strings.Contains(string(got), "Active,Ann,ann@northwind.com,User,none,") {
		t.Errorf("%q", got)
	}
}

// TestAPreviewIsSavedInAFormatThatItHas refuses a page to print.
func TestAPreviewIsSavedInAFormatThatItHas(t *testing.T) {
	b, _ := newBench(t)
	useSnapshot(t, b, `{"account":"Acme","syncedAt":"2026-01-01T00:00:00Z","users":[]}`)
	d := open(t, b, "users.csv", template+"Active,Ann,ann@northwind.com,User,none,\n")
	p, err := b.Plan(context.Background(), d.PlanInput(), nil)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, name := range []string{"plan.html", "plan.txt"} {
		if err := b.SavePlan(context.Background(), p.Plan, filepath.Join(dir, name)); err == nil ||
			!strings.HasPrefix(err.Error(), "The preview can be saved as .csv, .xlsx or .json.") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("%v was written", left)
	}
}

// TestARefusalOutlivesANewCheck checks the sheet again, against a newer copy of
// the account and after a long change: what the account said of a row stays on
// its cell until that row is edited, or another account is chosen.
func TestARefusalOutlivesANewCheck(t *testing.T) {
	b, o := newBench(t)
	useSnapshot(t, b, `{"account":"Acme","syncedAt":"2026-01-01T00:00:00Z","users":[],"groups":[]}`)
	d := open(t, b, "users.csv", template+"Active,Ann,ann@northwind.com,User,none,\nActive,Bob,bob@northwind.com,User,none,\n")
	ann, bob := d.Rows()[0], d.Rows()[1]
	refused := func(r workbench.CellRef) bool {
		for _, f := range d.Findings(r.Row, r.Col) {
			if f.Code == check.Refused {
				return true
			}
		}
		return false
	}
	annCell, bobCell := workbench.CellRef{Row: ann, Col: int(roster.Email)}, workbench.CellRef{Row: bob, Col: int(roster.Email)}
	d.Refuse([]workbench.Refusal{{Row: ann, Column: roster.Email, Message: "Taken."}, {Row: bob, Column: roster.Email, Message: "Taken, too."}})
	d.Recheck(&account.Directory{Account: "Acme"}, nil)
	d.Edit("", []workbench.CellEdit{{Row: bob, Col: int(roster.Name), Text: "Robert"}})
	o.wait(t, func() bool { return !d.Checking() })
	if !refused(annCell) || refused(bobCell) || d.Counts().Errors != 1 {
		t.Errorf("after a check: %v %v, %+v", refused(annCell), refused(bobCell), d.Counts())
	}
	d.Recheck(&account.Directory{Account: "Another"}, nil)
	o.wait(t, func() bool { return !d.Checking() })
	if refused(annCell) {
		t.Error("another account's answer is on the cell")
	}
}

// TestAnAnswerGivesWayToANewerOne sends a row again that the account refused:
// now it is taken, and nothing of the refusal is left, while a row that was not
// sent keeps its own.
func TestAnAnswerGivesWayToANewerOne(t *testing.T) {
	ctx := context.Background()
	b, o := newBench(t)
	if err := b.StartPractice(ctx); err != nil {
		t.Fatal(err)
	}
	d := open(t, b, "users.csv", template+
		"Active,Ann,ann.new@northwind.com,User,none,\nActive,Bob,bob.new@northwind.com,User,No Such Group,\n")
	ann, bob := d.Rows()[0], d.Rows()[1]
	d.Refuse([]workbench.Refusal{{Row: ann, Column: roster.Email, Message: "Taken."}, {Row: bob, Column: roster.Email, Message: "Taken."}})
	p, err := b.Plan(ctx, d.PlanInput(), nil)
	if err != nil {
		t.Fatal(err)
	}
	imp, err := b.StartImport(p, workbench.ImportOptions{ValidOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	if s := imp.Wait(); s.Summary.Added != 1 {
		t.Fatalf("%+v", s)
	}
	d.TakeAnswers(imp.Answers(), func() {})
	for range 2 {
		if f := d.Findings(ann, int(roster.Email)); len(f) != 0 {
			t.Errorf("Ann: %+v", f)
		}
		if f := d.Findings(bob, int(roster.Email)); len(f) != 1 || f[0].Code != check.Refused {
			t.Errorf("Bob: %+v", f)
		}
		d.Recheck(b.Directory(), nil)
		o.wait(t, func() bool { return !d.Checking() })
	}
}

// TestWorkOfWhichAPartIsLostComesBackWithTheRest has the journal damaged at its
// end, and then the file's copy changed below the edits: what can be restored
// is, and what cannot is said.
func TestWorkOfWhichAPartIsLostComesBackWithTheRest(t *testing.T) {
	ctx := context.Background()
	for name, harm := range map[string]func(t *testing.T, dir string){
		"The latest edits of “users.csv” were damaged": func(t *testing.T, dir string) {
			path := filepath.Join(dir, "journal")
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, data[:len(data)-3], 0o600); err != nil {
				t.Fatal(err)
			}
		},
		"Not all unsaved changes fit the file as it is read now.": func(t *testing.T, dir string) {
			text := template + "Active,Ann,ann@northwind.com,User,none,\nActive,Rob,bob@northwind.com,User,none,\n"
			if err := os.WriteFile(filepath.Join(dir, "original.csv"), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		},
	} {
		home := t.TempDir()
		b, _ := benchIn(t, home)
		d := open(t, b, "users.csv", template+"Active,Ann,ann@northwind.com,User,none,\nActive,Bob,bob@northwind.com,User,none,\n")
		d.Edit("", []workbench.CellEdit{{Row: d.Rows()[0], Col: int(roster.Name), Text: "Ann Lee"}})
		d.Edit("", []workbench.CellEdit{{Row: d.Rows()[1], Col: int(roster.Name), Text: "Bob Lee"}})
		if err := d.Keep(ctx); err != nil {
			t.Fatal(err)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		var said []string
		next, err := workbench.New(workbench.Options{Home: home, Keychain: new(keychain.Session), Post: func(f func()) { f() }, Note: func(s string) { said = append(said, s) }})
		if err != nil {
			t.Fatal(err)
		}
		list, err := next.Recoverable(ctx)
		if err != nil || len(list) != 1 {
			t.Fatalf("%s: %+v %v", name, list, err)
		}
		harm(t, filepath.Join(home, "work", list[0].ID))
		again, err := next.Restore(ctx, list[0].ID, nil)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := again.Text(again.Rows()[0], int(roster.Name)); got != "Ann Lee" || again.UndoLabel() != "edit Display Name" || !again.Dirty() {
			t.Errorf("%s: %q came back, undo %q", name, got, again.UndoLabel())
		}
		if len(said) != 1 || !strings.HasPrefix(said[0], name) {
			t.Errorf("%s: said %q", name, said)
		}
		if err := next.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAReportThatNobodyTouchedBringsNothingBack writes cells into the report that
// a workbook cannot hold as they are, and rows that have no number.
func TestAReportThatNobodyTouchedBringsNothingBack(t *testing.T) {
	ctx := context.Background()
	b, _ := newBench(t)
	long := strings.Repeat("x", 40000)
	d := open(t, b, "users.csv", template+
		"Active,A\x01nn,ann@northwind.com,User,none,\n"+
		"Active,\"Bob\r\nLee\rJr\",bob@northwind.com,User,none,\n"+
		"Active,"+long+",cy@northwind.com,User,none,\n"+
		"Active,=Dee,dee@northwind.com,User,none,\n")
	in := d.InsertRows(sheet.None, 1)
	d.Edit("", []workbench.CellEdit{{Row: in[0], Col: int(roster.Role), Text: "Chief"}})
	path := filepath.Join(t.TempDir(), "report.xlsx")
	if err := b.ErrorReport(ctx, d.ReportInput(), path); err != nil {
		t.Fatal(err)
	}
	fixed, err := b.ReadBack(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	d.DeleteRows(d.Rows()[3:4])
	back := d.Differences(fixed)
	for _, e := range back.Edits {
		t.Errorf("row %d, column %d: %.40q", d.FileRow(e.Row), e.Col, e.Text)
	}
	if back.Rows != 3 || len(back.Missing) != 1 || back.Missing[0] != 5 || back.Unnumbered != 1 {
		t.Errorf("%d rows, missing %v, %d without a number", back.Rows, back.Missing, back.Unnumbered)
	}
	want := "1 row of the report is not in this sheet and left out. 1 row of the report has no number to be found by, and left out: copy by hand what is new there."
	if got := back.LeftOut(); got != want {
		t.Errorf("it says %q", got)
	}
}

// TestAnAccountAtAnotherAddressIsAnotherAccount changes the address of a profile
// that has a copy: the copy is none of the account at the new address, while
// another name or colour leaves it.
func TestAnAccountAtAnotherAddressIsAnotherAccount(t *testing.T) {
	ctx := context.Background()
	srv, err := practice.Start(ctx, practice.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = srv.Close() })
	b, _ := newBench(t)
	p, err := b.AddAccount(account.Profile{Name: "Northwind", URL: srv.URL(), SignIn: account.SignInToken, Rate: 500}, srv.Token())
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Select(ctx, p.ID); err != nil {
		t.Fatal(err)
	}
	if err := b.SyncNow(ctx, nil); err != nil {
		t.Fatal(err)
	}
	p.Name = "Northwind Ltd"
	if p, err = b.UpdateAccount(p, ""); err != nil {
		t.Fatal(err)
	}
	if dir := b.Directory(); dir == nil || len(dir.Users) == 0 {
		t.Fatal("the copy went with the name")
	}
	p.URL = "https://scim.other.example/v2"
	if p, err = b.UpdateAccount(p, ""); err != nil {
		t.Fatal(err)
	}
	if b.Directory() != nil || !b.Current().SyncedAt.IsZero() {
		t.Error("the copy of another account is in use")
	}
	if err := b.Select(ctx, p.ID); err != nil || b.Directory() != nil {
		t.Errorf("the copy of another account was kept: %v", err)
	}
}

// TestTheJournalForgetsWhatNothingLeadsBackTo edits and undoes much, and then
// goes another way.
func TestTheJournalForgetsWhatNothingLeadsBackTo(t *testing.T) {
	ctx := context.Background()
	home := t.TempDir()
	b, _ := benchIn(t, home)
	d := open(t, b, "users.csv", template+"Active,Ann,ann@northwind.com,User,none,\n")
	r := d.Rows()[0]
	for i := range 300 {
		d.Edit("", []workbench.CellEdit{{Row: r, Col: int(roster.Name), Text: strings.Repeat("long ", 5000+i)}})
		d.Undo()
		if i%50 == 0 {
			if err := d.Flush(ctx); err != nil {
				t.Fatal(err)
			}
		}
	}
	d.Edit("", []workbench.CellEdit{{Row: r, Col: int(roster.Name), Text: "Ann Lee"}})
	if err := d.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	journals, err := filepath.Glob(filepath.Join(home, "work", "*", "journal"))
	if err != nil || len(journals) != 1 {
		t.Fatal(journals, err)
	}
	if info, err := os.Stat(journals[0]); err != nil || info.Size() > 6<<20 {
		t.Errorf("%d bytes are kept of one edit: %v", info.Size(), err)
	}
	if err := d.Keep(ctx); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	next, _ := benchIn(t, home)
	list, err := next.Recoverable(ctx)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	again, err := next.Restore(ctx, list[0].ID, nil)
	if err != nil || again.Text(again.Rows()[0], int(roster.Name)) != "Ann Lee" || again.UndoLabel() != "edit Display Name" {
		t.Errorf("it came back otherwise: %v", err)
	}
}

// TestAnExportInPartsTellsWhatItWouldReplace finds the parts of an earlier export,
// and not the file whose name was chosen.
func TestAnExportInPartsTellsWhatItWouldReplace(t *testing.T) {
	b, _ := newBench(t)
	short := open(t, b, "short.csv", template+"Active,Ann,ann@northwind.com,User,none,\n")
	long := open(t, b, "long.csv", template+strings.Repeat("Active,Ann,ann@northwind.com,User,none,\n", 2001))
	path := filepath.Join(t.TempDir(), "users.csv")
	for _, name := range []string{path, strings.TrimSuffix(path, ".csv") + "-2.csv", strings.TrimSuffix(path, ".csv") + "-3.csv"} {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if there := short.SaveInput().Replaced(path); len(there) != 0 {
		t.Errorf("one file: %v", there)
	}
	if there := long.SaveInput().Replaced(path); len(there) != 1 || filepath.Base(there[0]) != "users-2.csv" {
		t.Errorf("two parts: %v", there)
	}
}

// Many answers are taken in pieces. A check that was begun before them and ends
// between two pieces neither loses one nor brings an old one back.
func TestManyAnswersOutlastACheckThatEndsBetween(t *testing.T) {
	b, o := newBench(t)
	useSnapshot(t, b, `{"account":"Acme","syncedAt":"2026-01-01T00:00:00Z","users":[],"groups":[]}`)
	d := open(t, b, "many.csv", many(3000))
	rows := d.Rows()
	old := make([]workbench.Refusal, len(rows))
	for i, r := range rows {
		old[i] = workbench.Refusal{Row: r, Column: roster.Email, Message: "Old."}
	}
	d.Refuse(old)
	d.Recheck(b.Directory(), nil)
	checked := false
	d.OnChange(func(e workbench.Event) { checked = checked || e.Kind == workbench.FindingsChanged })
	done := false
	d.TakeAnswers(workbench.MadeAnswers(rows, []workbench.Refusal{{Row: rows[2], Column: roster.Email, Message: "New."}}), func() { done = true })
	if done {
		t.Fatal("3,000 answers were taken at once")
	}
	o.wait(t, func() bool { return done && checked && !b.Busy() })
	for i, r := range rows {
		var said []string
		for _, f := range d.Findings(r, int(roster.Email)) {
			said = append(said, f.Message)
		}
		if i == 2 && !slices.Equal(said, []string{"New."}) || i != 2 && len(said) > 0 {
			t.Fatalf("row %d is said %q of", i, said)
		}
	}
}
