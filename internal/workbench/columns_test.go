package workbench_test

import (
	"testing"

	"rollcall/internal/roster"
	"rollcall/internal/workbench"
)

func TestAFileThatIsReadAnewKeepsTheColumnsThatWereChosen(t *testing.T) {
	b, _ := newBench(t)
	d := open(t, b, "users.csv", "Name;E-mail;Standing\nAnn;ann@northwind.com;here\nBob;bob@northwind.com;gone\n")
	m, err := d.Mapping().WithColumnOf(roster.Status, "3", nil, 3)
	if err != nil {
		t.Fatal(err)
	}
	m.Values[roster.Status] = map[string]string{"here": "Active"}
	if err := d.SetMapping(m, false); err != nil {
		t.Fatal(err)
	}
	reread := func(o workbench.OpenOptions) roster.Match {
		t.Helper()
		again, err := b.Reopen(t.Context(), d, o, nil)
		if err != nil {
			t.Fatal(err)
		}
		return again.Mapping().Columns[roster.Status]
	}
	second := 2
	for what, test := range map[string]struct {
		o    workbench.OpenOptions
		want roster.MatchKind
	}{
		"in another encoding":    {workbench.OpenOptions{Encoding: "windows-1252"}, roster.Direct},
		"with another header":    {workbench.OpenOptions{HeaderRow: &second}, roster.None},
		"with another separator": {workbench.OpenOptions{Separator: '|'}, roster.None},
		"with a row left out":    {workbench.OpenOptions{LeaveOut: []int{3}}, roster.Direct},
	} {
		if got := reread(test.o).Kind; got != test.want {
			t.Errorf("%s: the status is read %q, want %q", what, got, test.want)
		}
	}
	untouched := open(t, b, "other.csv", "Name;E-mail;State\nAnn;ann@northwind.com;enabled\n")
	if m, err := b.Reopen(t.Context(), untouched, workbench.OpenOptions{Encoding: "windows-1252"}, nil); err != nil || m.Mapping().Columns[roster.Status].How == roster.HowChosen {
		t.Errorf("what nobody chose is recognised anew: %v %v", m.Mapping().Columns[roster.Status], err)
	}
}

// What was chosen for other accounts is taken over; a source that this one does
// not have is asked.
func TestARememberedSourceThatTheAccountDoesNotHaveIsAsked(t *testing.T) {
	b, _ := newBench(t)
	const text = "Status,Name,E-mail,Role,Groups,Chat\nActive,Ann,ann@northwind.com,User,none,U02AMARA\n"
	remember := func(source string) {
		t.Helper()
		d := open(t, b, "users.csv", text)
		m := d.Mapping()
		m.Columns[roster.Sources] = roster.Match{Kind: roster.PerSource, Cols: []int{5}, Sources: []string{source}, How: roster.HowChosen, Certain: true}
		if err := d.SetMapping(m, true); err != nil {
			t.Fatal(err)
		}
	}
	remember("pigeon")
	if open(t, b, "next.csv", text).NeedsColumns() {
		t.Error("without an account it is asked")
	}
	if err := b.StartPractice(t.Context()); err != nil {
		t.Fatal(err)
	}
	if d := open(t, b, "next.csv", text); !d.NeedsColumns() || d.Mapping().Columns[roster.Sources].Certain {
		t.Error("a source that the account does not have is not asked")
	}
	remember("slack")
	if d := open(t, b, "next.csv", text); d.NeedsColumns() || d.Mapping().Columns[roster.Sources].Sources[0] != "slack" {
		t.Error("one that it has is")
	}
}

func TestAHeaderThatComesOnceMoreIsNoUserAndNoValue(t *testing.T) {
	b, _ := newBench(t)
	d := open(t, b, "users.csv", "Name,E-mail,Enabled\nAnn,ann@northwind.com,yes\nName,E-mail,Enabled\nBob,bob@northwind.com,no\n")
	if got := d.RowCount(); got != 2 {
		t.Errorf("%d users", got)
	}
	if m := d.Mapping().Columns[roster.Status]; !m.Certain {
		t.Errorf("the repeated header is taken for a value: %+v", m)
	}
	values, _ := d.CountValues(2, 10)()
	if len(values) != 2 {
		t.Errorf("%+v", values)
	}
}

func TestBlankRowsAreNoValuesToMatch(t *testing.T) {
	b, _ := newBench(t)
	d := open(t, b, "users.csv", "Name,E-mail,Account state\nAnn,ann@northwind.com,enabled\n,,\nBob,bob@northwind.com,enabled\n")
	values, ok := d.CountValues(2, 10)()
	if !ok || len(values) != 1 || values[0].Value != "enabled" || values[0].Count != 2 {
		t.Fatalf("%+v", values)
	}
}
