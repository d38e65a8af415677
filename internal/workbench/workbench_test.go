package workbench_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rollcall/assets"
	"rollcall/internal/account"
	"rollcall/internal/check"
	"rollcall/internal/keychain"
	"rollcall/internal/practice"
	"rollcall/internal/problem"
	"rollcall/internal/roster"
	"rollcall/internal/sheet"
	"rollcall/internal/workbench"
)

// owner stands for the UI goroutine: what is posted runs when the test waits.
type owner struct{ posts chan func() }

func (o *owner) wait(t *testing.T, until func() bool) {
	t.Helper()
	deadline := time.After(30 * time.Second)
	for !until() {
		select {
		case f := <-o.posts:
			f()
		case <-deadline:
			t.Fatal("what was waited for did not happen")
		}
	}
}

func newBench(t *testing.T) (*workbench.Bench, *owner) {
	t.Helper()
	return benchIn(t, t.TempDir())
}

func benchIn(t *testing.T, home string) (*workbench.Bench, *owner) {
	t.Helper()
	o := &owner{posts: make(chan func(), 4096)}
	b, err := workbench.New(workbench.Options{
		Home: home, Keychain: new(keychain.Session), Post: func(f func()) { o.posts <- f },
		Sample: assets.Sample, SampleName: assets.SampleName, Note: func(s string) { t.Log(s) },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	return b, o
}

func open(t *testing.T, b *workbench.Bench, name, text string) *workbench.Document {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := b.Open(context.Background(), path, workbench.OpenOptions{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const template = "Current Status,Display Name,Primary Email,Role,Groups,Source Username(s)\n"

func TestAnEditIsCheckedUndoneAndSaved(t *testing.T) {
	b, _ := newBench(t)
	d := open(t, b, "users.csv", template+"Active,Ann,ann@northwind.com,Superviser,none,\n")
	r := d.Rows()[0]
	if f := d.Findings(r, int(roster.Role)); len(f) != 1 || f[0].Code != check.RoleUnknown {
		t.Fatalf("%+v", f)
	}
	d.Edit("", []workbench.CellEdit{{Row: r, Col: int(roster.Role), Text: "Supervisor"}})
	if c := d.Counts(); c.Errors != 0 || c.EditedRows != 1 || !d.Dirty() || d.UndoLabel() != "edit Role" {
		t.Fatalf("%+v %q", c, d.UndoLabel())
	}
	cursor, ok := d.Undo()
	if !ok || cursor != (workbench.CellRef{Row: r, Col: int(roster.Role)}) || d.Counts().Errors != 1 {
		t.Fatalf("%+v %v", cursor, d.Counts())
	}
	d.Redo()
	saved, err := b.Save(context.Background(), d.SaveInput(), "", false)
	if err != nil {
		t.Fatal(err)
	}
	d.MarkSaved(saved)
	if d.Dirty() {
		t.Error("still dirty after saving")
	}
	got, _ := os.ReadFile(d.Path())
	if want := template + "Active,Ann,ann@northwind.com,Supervisor,none,\n"; string(got) != want {
		t.Errorf("saved %q", got)
	}
	d.Undo()
	if !d.Dirty() {
		t.Error("not dirty after undoing what was saved")
	}
	if _, err := b.Save(context.Background(), d.SaveInput(), "", false); err != nil {
		t.Fatalf("a second save: %v", err)
	}
	got, _ = os.ReadFile(d.Path())
	if !strings.Contains(string(got), "Superviser") {
		t.Errorf("the second save: %q", got)
	}
}

func TestAJoinedNameIsSavedIntoAColumnOfItsOwn(t *testing.T) {
	b, _ := newBench(t)
	d := open(t, b, "hr.csv", "First name,Last name,E-mail,Status,Role,Groups,Cost centre\nAnn,Lee,ann@northwind.com,Active,User,none,77\nBob,Ray,bob@northwind.com,Active,User,none,78\n")
	r := d.Rows()[0]
	if got := d.Text(r, int(roster.Name)); got != "Ann Lee" {
		t.Fatalf("name %q", got)
	}
	d.Edit("", []workbench.CellEdit{{Row: r, Col: int(roster.Name), Text: "Ann L. Lee"}})
	if got := d.Text(r, int(roster.Name)); got != "Ann L. Lee" {
		t.Fatalf("name %q", got)
	}
	saved, err := b.Save(context.Background(), d.SaveInput(), "", false)
	if err != nil {
		t.Fatal(err)
	}
	got, _ := os.ReadFile(d.Path())
	want := "First name,Last name,E-mail,Status,Role,Groups,Cost centre,Display Name\nAnn,Lee,ann@northwind.com,Active,User,none,77,Ann L. Lee\nBob,Ray,bob@northwind.com,Active,User,none,78,Bob Ray\n"
	if string(got) != want || len(saved.NewColumns) != 1 {
		t.Errorf("saved %q", got)
	}
}

func TestSourcesInColumnsOfTheirOwnAreSavedBackIntoThem(t *testing.T) {
	b, _ := newBench(t)
	d := open(t, b, "users.csv", "Current Status,Display Name,Primary Email,Role,Groups,slack,teams\nActive,Ann,ann@northwind.com,User,none,U02ANN77,\n")
	r := d.Rows()[0]
	if got := d.Text(r, int(roster.Sources)); got != "slack:U02ANN77" {
		t.Fatalf("sources %q", got)
	}
	d.Edit("", []workbench.CellEdit{{Row: r, Col: int(roster.Sources), Text: "slack:U02ANN78,teams:ann@northwind.com"}})
	if _, err := b.Save(context.Background(), d.SaveInput(), "", false); err != nil {
		t.Fatal(err)
	}
	got, _ := os.ReadFile(d.Path())
	want := "Current Status,Display Name,Primary Email,Role,Groups,slack,teams\nActive,Ann,ann@northwind.com,User,none,U02ANN78,ann@northwind.com\n"
	if string(got) != want {
		t.Errorf("saved %q", got)
	}
}

func TestFixByValueChangesOnlyThePartOfAList(t *testing.T) {
	b, _ := newBench(t)
	if err := b.StartPractice(context.Background()); err != nil {
		t.Fatal(err)
	}
	d := open(t, b, "users.csv", template+
		"Active,Ann,ann.x@northwind.com,User,\"Sales,Compliance Ops\",\nActive,Bob,bob.x@northwind.com,User,Compliance Ops,\n")
	if n := d.FixValue(check.GroupUnknown, roster.Groups, "Compliance Ops", "Compliance"); n != 2 {
		t.Fatalf("%d cells", n)
	}
	if a, b := d.Text(d.Rows()[0], int(roster.Groups)), d.Text(d.Rows()[1], int(roster.Groups)); a != "Sales,Compliance" || b != "Compliance" {
		t.Fatalf("%q %q", a, b)
	}
	if d.UndoLabel() != "fix 2 groups" {
		t.Errorf("label %q", d.UndoLabel())
	}
}

func TestAFilterHoldsStillWhileOneEdits(t *testing.T) {
	b, _ := newBench(t)
	d := open(t, b, "users.csv", template+
		"Active,Ann,ann@northwind.com,Superviser,none,\nActive,Bob,bob@northwind.com,User,none,\nActive,Cy,cy@northwind.com,Chief,none,\n")
	d.SetFilter(workbench.Filter{Kind: workbench.ShowErrors})
	if len(d.Rows()) != 2 {
		t.Fatalf("%d rows", len(d.Rows()))
	}
	d.Edit("", []workbench.CellEdit{{Row: d.Rows()[0], Col: int(roster.Role), Text: "User"}})
	if len(d.Rows()) != 2 {
		t.Errorf("the row went while it was edited")
	}
	d.SetFilter(d.Filter())
	if len(d.Rows()) != 1 {
		t.Errorf("%d rows after the filter was applied again", len(d.Rows()))
	}
	d.SetFilter(workbench.Filter{})
	d.Sort(int(roster.Name), true)
	if got := d.Text(d.Rows()[0], int(roster.Name)); got != "Cy" {
		t.Errorf("first by name, descending: %q", got)
	}
}

func TestMergingTwoRowsOfTheSameUserKeepsTheGroupsOfBoth(t *testing.T) {
	b, _ := newBench(t)
	d := open(t, b, "users.csv", template+
		"Active,Ann,ann@northwind.com,User,Sales,slack:U0AAAAAA\nActive,Ann,ANN@northwind.com,User,\"EMEA,sales\",teams:ann@northwind.com\n")
	into, from := d.Rows()[0], d.Rows()[1]
	d.MergeRows(into, from)
	if len(d.Rows()) != 1 || d.Text(into, int(roster.Groups)) != "Sales,EMEA" || d.Text(into, int(roster.Sources)) != "slack:U0AAAAAA,teams:ann@northwind.com" {
		t.Fatalf("%d rows, %q, %q", len(d.Rows()), d.Text(into, int(roster.Groups)), d.Text(into, int(roster.Sources)))
	}
	d.Undo()
	if len(d.Rows()) != 2 || d.Text(into, int(roster.Groups)) != "Sales" {
		t.Error("the undo did not bring both rows back")
	}
}

// whole carries the sample through the whole job.
func TestTheSampleGoesTheWholeWay(t *testing.T) {
	ctx := context.Background()
	b, o := newBench(t)
	if err := b.StartPractice(ctx); err != nil {
		t.Fatal(err)
	}
	d, err := b.OpenSample(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	before := d.Counts()
	if before.Rows != 1998 || before.Errors == 0 {
		t.Fatalf("%+v", before)
	}
	d.FixAllCertain()
	if c := d.Counts(); c.Errors >= before.Errors {
		t.Fatalf("certain fixes left %d of %d errors", c.Errors, before.Errors)
	}
	p, err := b.Plan(ctx, d.PlanInput(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if p.Plan.Counts.Add == 0 || p.Plan.Counts.Update == 0 || p.Plan.Counts.Unchanged == 0 || p.Plan.Counts.Blocked == 0 {
		t.Fatalf("%+v", p.Plan.Counts)
	}
	imp, err := b.StartImport(p, workbench.ImportOptions{ValidOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	ended := false
	imp.OnProgress(func(s workbench.ImportState) { ended = s.Finished })
	o.wait(t, func() bool { return ended })
	s := imp.State().Summary
	if s.Added != p.Plan.Counts.Add || s.Updated != p.Plan.Counts.Update || s.Refused+s.Failed != 0 {
		t.Fatalf("%+v for the plan %+v", s, p.Plan.Counts)
	}
	again, err := b.Plan(ctx, d.PlanInput(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if again.Plan.Counts.ToSend() != 0 {
		t.Fatalf("a second plan: %+v", again.Plan.Counts)
	}
	history, err := b.History(false)
	if err != nil || len(history) != 1 || !history[0].CanUndo {
		t.Fatalf("%+v %v", history, err)
	}
	requests, err := b.Store().Requests(ctx, history[0].ID)
	if err != nil || int64(len(requests)) != s.Requests {
		t.Errorf("%d of %d requests are in the journal, %v", len(requests), s.Requests, err)
	}
	undo, err := b.UndoPlan(ctx, history[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if undo.Plan.Counts.Update != s.Added+s.Updated || undo.Plan.Counts.Blocked != 0 {
		t.Fatalf("the undo: %+v", undo.Plan.Counts)
	}
	back, err := b.StartImport(undo, workbench.ImportOptions{ValidOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	if state := back.Wait(); state.Err != "" || !state.Summary.AllDone() {
		t.Fatalf("%+v", state)
	}
	after, err := b.Plan(ctx, d.PlanInput(), nil)
	if err != nil {
		t.Fatal(err)
	}
	// The added users are there, archived, so that they are updates now.
	if got := after.Plan.Counts; got.Update != s.Added+s.Updated || got.Add != 0 {
		t.Fatalf("after the undo: %+v", got)
	}
	for _, ending := range []string{".csv", ".xlsx", ".html"} {
		path := filepath.Join(t.TempDir(), "report"+ending)
		if err := b.SaveImportReport(ctx, history[0].ID, path); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheAccountsRefusalLandsOnTheCell(t *testing.T) {
	b, _ := newBench(t)
	d := open(t, b, "users.csv", template+"Active,Ann,ann@northwind.com,User,none,\n")
	r := d.Rows()[0]
	d.Refuse([]workbench.Refusal{{Row: r, Column: roster.Sources, Message: "Source username slack:U02TOMEK belongs to another user"}})
	if f := d.Findings(r, int(roster.Sources)); len(f) != 1 || f[0].Code != check.Refused || f[0].Message != "Source username slack:U02TOMEK belongs to another user" {
		t.Fatalf("%+v", f)
	}
	d.Edit("", []workbench.CellEdit{{Row: r, Col: int(roster.Sources), Text: "slack:U02ANN99"}})
	if f := d.Findings(r, int(roster.Sources)); len(f) != 0 {
		t.Errorf("after the edit: %+v", f)
	}
}

func TestWorkLeftBehindIsRestoredWithItsUndoHistory(t *testing.T) {
	ctx := context.Background()
	home := t.TempDir()
	b, _ := benchIn(t, home)
	d := open(t, b, "users.csv", template+"Active,Ann,ann@northwind.com,Superviser,none,\n")
	d.Edit("", []workbench.CellEdit{{Row: d.Rows()[0], Col: int(roster.Role), Text: "Supervisor"}})
	d.InsertRows(sheet.None, 1)
	d.Undo()
	if err := d.Flush(ctx); err != nil {
		t.Fatal(err)
	}
	if err := d.Keep(ctx); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	next, _ := benchIn(t, home)
	list, err := next.Recoverable(ctx)
	if err != nil || len(list) != 1 || list[0].Name != "users.csv" {
		t.Fatalf("%+v %v", list, err)
	}
	restored, err := next.Restore(ctx, list[0].ID, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := restored.Rows()[0]
	if restored.Text(r, int(roster.Role)) != "Supervisor" || restored.UndoLabel() != "edit Role" || restored.RedoLabel() != "insert 1 row" || !restored.Dirty() {
		t.Fatalf("%q, undo %q, redo %q, dirty %v", restored.Text(r, int(roster.Role)), restored.UndoLabel(), restored.RedoLabel(), restored.Dirty())
	}
	restored.Undo()
	if restored.Text(r, int(roster.Role)) != "Superviser" || restored.Dirty() {
		t.Error("the undo after the restart")
	}
}

func TestWithoutAnAccountAnImportIsASentence(t *testing.T) {
	b, _ := newBench(t)
	d := open(t, b, "users.csv", template+"Active,Ann,ann@northwind.com,User,none,\n")
	p, err := b.Plan(context.Background(), d.PlanInput(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.StartImport(p, workbench.ImportOptions{}); !errors.Is(err, workbench.ErrNoAccount) {
		t.Fatal(err)
	}
}

func TestAPlanGoesOnlyToTheAccountThatItWasMadeFor(t *testing.T) {
	b, _ := newBench(t)
	ctx := context.Background()
	d := open(t, b, "users.csv", template+"Active,Ann,ann@northwind.com,User,none,\n")
	without, err := b.Plan(ctx, d.PlanInput(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.StartPractice(ctx); err != nil {
		t.Fatal(err)
	}
	_, err = b.StartImport(without, workbench.ImportOptions{})
	if err == nil || !strings.Contains(problem.Sentence(err), "Nothing was sent") {
		t.Errorf("a plan made with no account is sent to one: %v", err)
	}
	if n := len(b.Directory().ByEmail("ann@northwind.com")); n != 0 {
		t.Errorf("%d users were added", n)
	}
}

func TestACustomersUserListStandsForTheAccount(t *testing.T) {
	b, _ := newBench(t)
	list := filepath.Join(t.TempDir(), "export.csv")
	text := "Email,Name,Status,Role,Groups,slack\nann@northwind.com,Ann,Active,User,Sales; EMEA,U02ANNNNN\n"
	if err := os.WriteFile(list, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := b.UseUserList(context.Background(), list, workbench.UserList{Groups: []string{"APAC"}, Sources: []string{"teams"}}); err != nil {
		t.Fatal(err)
	}
	dir := b.Directory()
	if len(dir.Users) != 1 || len(dir.Groups) != 3 || len(dir.Sources) != 2 || len(dir.Users[0].Groups) != 2 {
		t.Fatalf("%+v", dir)
	}
	d := open(t, b, "users.csv", template+"Active,Ann,ann@northwind.com,User,\"Sales,APAC\",\nActive,Bob,bob@northwind.com,User,Legal,\n")
	if f := d.Findings(d.Rows()[1], int(roster.Groups)); len(f) != 1 || f[0].Code != check.GroupUnknown {
		t.Fatalf("%+v", f)
	}
	p, err := b.Plan(context.Background(), d.PlanInput(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if p.Plan.Counts.Update != 1 || p.Plan.Counts.Blocked != 1 {
		t.Fatalf("%+v", p.Plan.Counts)
	}
	if _, err := b.StartImport(p, workbench.ImportOptions{}); err == nil {
		t.Fatal("a list was written to")
	}
}

func TestAnErrorReportFixedElsewhereIsMergedBack(t *testing.T) {
	ctx := context.Background()
	b, _ := newBench(t)
	d := open(t, b, "users.csv", template+
		"Active,=Ann,ann@northwind.com,Superviser,none,\nActive,Bob,bob@northwind.com,User,none,\nActive,Cy,cy@northwind.com,Chief,none,\n")
	path := filepath.Join(t.TempDir(), "report.xlsx")
	if err := b.ErrorReport(ctx, d.ReportInput(), path); err != nil {
		t.Fatal(err)
	}
	book, err := b.Open(ctx, path, workbench.OpenOptions{Sheet: "Rows"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range book.Rows() {
		if book.Text(r, int(roster.Role)) == "Chief" {
			book.Edit("", []workbench.CellEdit{{Row: r, Col: int(roster.Role), Text: "Admin"}})
		}
	}
	if _, err := b.Save(ctx, book.SaveInput(), "", false); err != nil {
		t.Fatal(err)
	}
	rows, err := b.ReadBack(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	back := d.Differences(rows)
	if len(back.Edits) != 1 || back.Rows != 2 || len(back.Missing) != 0 {
		t.Fatalf("%+v", back)
	}
	d.TakeBack(back)
	if got := d.Text(d.Rows()[2], int(roster.Role)); got != "Admin" || d.Text(d.Rows()[0], int(roster.Name)) != "=Ann" {
		t.Errorf("%q", got)
	}
	if _, err := b.ReadBack(ctx, d.Path()); err == nil {
		t.Error("a CSV was taken for a report")
	}
}

func TestARememberedFixIsOfferedInTheNextFile(t *testing.T) {
	b, _ := newBench(t)
	if err := b.StartPractice(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := b.RememberFix(roster.Groups, "Front Office", "Trading"); err != nil {
		t.Fatal(err)
	}
	d := open(t, b, "users.csv", template+"Active,Ann,ann.x@northwind.com,User,\"front office,Sales\",\n")
	g := d.Problems()
	if len(g) != 1 || len(g[0].Values) != 1 || g[0].Values[0].Suggestion != "Trading" || g[0].Values[0].Certain {
		t.Fatalf("%+v", g)
	}
	d.FixValue(g[0].Code, g[0].Values[0].Column, g[0].Values[0].Value, "Trading")
	if got := d.Text(d.Rows()[0], int(roster.Groups)); got != "Trading,Sales" {
		t.Errorf("%q", got)
	}
}

func TestThePlanTellsWhomSomeoneElseChangedSince(t *testing.T) {
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
	d := open(t, b, "users.csv", template+"Active,Amara Okafor,amara.okafor@northwind.com,Supervisor,Trading,\n")

	other, _ := newBench(t)
	if err := other.UseAddress(ctx, srv.URL(), srv.Token()); err != nil {
		t.Fatal(err)
	}
	theirs := open(t, other, "theirs.csv", template+"Active,Amara O.,amara.okafor@northwind.com,User,Trading,\n")
	plan, err := other.Plan(ctx, theirs.PlanInput(), nil)
	if err != nil {
		t.Fatal(err)
	}
	imp, err := other.StartImport(plan, workbench.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if s := imp.Wait(); s.Summary.Updated != 1 {
		t.Fatalf("%+v", s)
	}
	mine, err := b.Plan(ctx, d.PlanInput(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(mine.Moved) != 1 || mine.MovedText() != "1 of the users you are changing was changed by someone else since the last sync." {
		t.Fatalf("%v %q", mine.Moved, mine.MovedText())
	}
}
