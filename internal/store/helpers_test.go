package store

import (
	"io/fs"
	"testing"

	"rollcall/internal/account"
	"rollcall/internal/plan"
	"rollcall/internal/sheet"
)

func walkFiles(files fs.FS, look func(path string, data []byte)) error {
	return fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := fs.ReadFile(files, path)
		look(path, data)
		return err
	})
}

// somePlan adds one user and updates another.
func somePlan(t testing.TB) *plan.Plan {
	t.Helper()
	dir := &account.Directory{Account: "Acme", Users: []account.User{
		{ID: "1", Email: "ada@acme.example", DisplayName: "Ada", Active: true, Role: "User", Groups: []string{"Trading"}},
	}}
	row := func(id sheet.RowID, mail string) plan.Row {
		return plan.Row{ID: id, Number: int(id) + 1, User: account.User{Email: mail, DisplayName: mail, Active: true, Role: "User"}}
	}
	p, err := plan.Build(t.Context(), []plan.Row{row(1, "ADA@acme.example"), row(2, "bo@acme.example")}, dir)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func beginImport(t *testing.T, s *Store, profile, hash string) *ImportLog {
	t.Helper()
	l, err := s.BeginImport(t.Context(), ImportHead{Profile: profile, Account: "Acme", Path: "/u.csv", FileHash: hash}, somePlan(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}
