package ui

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"rollcall/internal/account"
	"rollcall/internal/practice"
	"rollcall/ui/places"
)

// server is an account to connect to, with a token of its own.
func server(t *testing.T) *practice.Server {
	t.Helper()
	srv, err := practice.Start(context.Background(), practice.Options{Token: "sekret-9f2c-token"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { srv.Close() })
	return srv
}

// addAccount adds an account through its card.
func (s *stage) addAccount(name string, srv *practice.Server) {
	s.t.Helper()
	s.press("start.addaccount")
	s.shows("start", "account")
	for place, text := range map[string]string{"account.name": name, "account.address": srv.URL(), "account.token": srv.Token()} {
		s.into(place)
		s.types(text)
	}
	s.press("account.test")
	contains(s.t, s.page().Said("account.result"), "Connected")
	contains(s.t, s.page().Said("account.result"), "1,912 users")
	s.press("account.save")
	s.shows("start", "")
}

func TestAnAccountIsAddedTestedAndChosen(t *testing.T) {
	home := t.TempDir()
	s := newStageIn(t, home, Options{})
	srv := server(t)
	s.addAccount("Northwind Trading", srv)
	s.says("start.account.0", "Northwind Trading")
	s.says("account.badge", "Northwind Trading")
	contains(t, s.page().Said("account.state"), "1,912 users")

	s.open(write(t, "a.csv", strings.Replace(small, "User,none", "User,trading", 1)))
	s.says("problems.group-case", "1")
	for name, text := range s.page().Texts() {
		if strings.Contains(text, srv.Token()) {
			t.Errorf("the token stands in %s", name)
		}
	}
	if err := s.bench.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range filesWith(t, home, srv.Token()) {
		t.Errorf("the token stands in %s", path)
	}
}

// filesWith lists the files below a folder that hold a text.
func filesWith(t *testing.T, folder, text string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err == nil && strings.Contains(string(data), text) {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestATestThatFailsSaysWhichStepAndKeepsTheCardOpen(t *testing.T) {
	s := newStage(t, Options{})
	s.press("start.addaccount")
	s.press("account.test")
	contains(t, s.page().Said("account.result"), "name")
	for place, text := range map[string]string{"account.name": "Nowhere", "account.address": "http://127.0.0.1:1/scim", "account.token": "abc"} {
		s.into(place)
		s.types(text)
	}
	s.press("account.test")
	contains(t, s.page().Said("account.result"), "127.0.0.1")
	if strings.Contains(s.page().Said("account.result"), "Connected") {
		t.Error("it says that it is connected")
	}
	s.shows("start", "account")
	s.key(fyne.KeyEscape)
	s.shows("start", "")
}

func TestTheFieldsFollowTheWayToSignIn(t *testing.T) {
	s := newStage(t, Options{})
	s.press("start.addaccount")
	see := func(want map[string]bool) {
		t.Helper()
		p := s.page()
		for name, wanted := range want {
			if _, _, _, _, ok := p.Where(name); ok != wanted {
				t.Errorf("%s on screen: %v, want %v", name, ok, wanted)
			}
		}
	}
	see(map[string]bool{"account.token": true, "account.user": false, "account.clientid": false})
	s.press("account.signin.basic")
	see(map[string]bool{"account.token": false, "account.user": true, "account.password": true, "account.clientid": false})
	s.press("account.signin.oauth")
	see(map[string]bool{"account.token": false, "account.user": false, "account.tokenurl": true, "account.clientid": true, "account.clientsecret": true})
}

func TestAnAccountIsRemovedOnlyAfterAQuestion(t *testing.T) {
	s := newStage(t, Options{})
	s.addAccount("Northwind Trading", server(t))
	s.w.accounts.Edit(s.bench.Accounts()[0].Profile)
	s.settle()
	s.shows("start", "account")
	s.press("account.remove")
	s.shows("start", "confirm")
	s.press("dialog.cancel")
	if n := len(s.bench.Accounts()); n != 1 {
		t.Fatalf("%d accounts", n)
	}
	s.press("account.remove")
	s.press("dialog.ok")
	s.shows("start", "")
	if n := len(s.bench.Accounts()); n != 0 {
		t.Errorf("%d accounts are left", n)
	}
	s.says("account.badge", "No account")
}

func TestAProductionAccountShowsItsMark(t *testing.T) {
	s := newStage(t, Options{})
	srv := server(t)
	if _, err := s.bench.AddAccount(account.Profile{Name: "Live", URL: srv.URL(), SignIn: account.SignInToken, Production: true, Colour: "#D92D20"}, srv.Token()); err != nil {
		t.Fatal(err)
	}
	s.w.refreshStart()
	s.press("start.account.0")
	s.open(write(t, "a.csv", small))
	if !s.w.bar.production.Visible() || !s.w.bar.stripe.Visible() {
		t.Error("nothing marks the production account")
	}
}

func TestARefusedRowComesBackToTheSheetWithTheAccountsWords(t *testing.T) {
	s := newStage(t, Options{})
	srv := server(t)
	s.addAccount("Northwind Trading", srv)
	// The identifier belongs to another user by the time the row is sent.
	s.open(write(t, "a.csv", header+"Active,Nina Novak,nina.novak@northwind.com,User,none,slack:U0NINA001\n"))
	s.says("fix.errors", "0")
	s.press("fix.preview")
	s.shows("preview", "")
	s.says("preview.add", "1")
	srv.SetQuirks(practice.On(practice.Fail500.As("1")))
	s.press("preview.import")
	s.shows("import", "")
	if s.page().Said("import.failed") == "0" && s.page().Said("import.refused") == "0" {
		t.Fatalf("nothing was refused: %v", s.page().Texts())
	}
	srv.SetQuirks(nil)
	s.press("import.fix")
	s.shows("fix", "")
	s.says("grid.rows", "1")
}

func TestEverySettingOfAnAccountIsKept(t *testing.T) {
	s := newStage(t, Options{})
	srv := server(t)
	s.w.window.Resize(fyne.NewSize(1280, 1000))
	s.press("start.addaccount")
	s.press("account.more")
	s.layOut()
	for place, text := range map[string]string{
		"account.name": "Northwind Trading", "account.address": srv.URL(), "account.token": srv.Token(),
		"account.cafile": "/etc/ssl/own.pem", "account.rate": "12.5", "account.extension": "urn:example:users:1.0",
	} {
		s.into(place)
		s.types(text)
	}
	s.press("account.production")
	s.press("account.readonly")
	s.press("account.colour")
	s.says("popup.2", "Green")
	s.press("popup.2")
	form := account.Profile{Name: "Northwind Trading", URL: srv.URL(), SignIn: account.SignInToken, CAFile: "/etc/ssl/own.pem", Rate: 12.5,
		ExtensionURN: "urn:example:users:1.0", Production: true, ReadOnly: true, Colour: "#17B26A"}
	s.into("account.cafile")
	s.w.window.Canvas().Focused().(interface{ TypedShortcut(fyne.Shortcut) }).TypedShortcut(&fyne.ShortcutSelectAll{})
	s.key(fyne.KeyBackspace)
	form.CAFile = ""
	s.press("account.save")
	s.shows("start", "")
	kept := s.bench.Accounts()
	if len(kept) != 1 {
		t.Fatalf("%d accounts are kept", len(kept))
	}
	form.ID = kept[0].Profile.ID
	if kept[0].Profile != form {
		t.Errorf("kept:\n%+v\nwant:\n%+v", kept[0].Profile, form)
	}
}

func TestADuplicateHasAllButTheSecret(t *testing.T) {
	s := newStage(t, Options{})
	srv := server(t)
	s.addAccount("Northwind Trading", srv)
	s.w.accounts.Manage()
	s.press("accounts.duplicate.0")
	s.shows("start", "account")
	s.press("account.save")
	contains(t, s.page().Said("account.result"), "token is missing")
	s.into("account.token")
	s.types(srv.Token())
	s.press("account.save")
	s.shows("start", "")
	var names []string
	for _, a := range s.bench.Accounts() {
		names = append(names, a.Profile.Name)
	}
	if got := strings.Join(names, ", "); got != "Northwind Trading, Northwind Trading (copy)" {
		t.Errorf("the accounts are %s", got)
	}
	s.w.accounts.Manage()
	s.press("accounts.remove.1")
	s.shows("start", "confirm")
	s.press("dialog.ok")
	if n := len(s.bench.Accounts()); n != 1 {
		t.Errorf("%d accounts are left", n)
	}
}

func TestTheResultOfATestIsSaidAsInThePicture(t *testing.T) {
	s := newStage(t, Options{})
	srv := server(t)
	s.press("start.addaccount")
	for place, text := range map[string]string{"account.name": "Northwind", "account.address": srv.URL(), "account.token": srv.Token()} {
		s.into(place)
		s.types(text)
	}
	s.press("account.test")
	lines := strings.Split(s.page().Said("account.result"), "\n")
	if len(lines) != 3 || lines[0] != "Connected" || !strings.HasPrefix(lines[1], "1,912 users · 14 groups · ") ||
		!strings.Contains(lines[1], " sources: ") || !strings.HasPrefix(lines[2], "Sends many users in one request, up to 1,000 · changes only what differs · ") {
		t.Errorf("it says %q", lines)
	}
	s.into("account.token")
	s.types("x")
	s.says("account.result", "")
	s.press("account.test")
	if said := s.page().Said("account.result"); said == "" || strings.HasPrefix(said, "Connected") {
		t.Errorf("with a wrong token it says %q", said)
	}
}

func TestACertificateFileIsChosen(t *testing.T) {
	answers := filepath.Join(t.TempDir(), "pick")
	s := newStage(t, Options{Answers: answers})
	s.w.window.Resize(fyne.NewSize(1280, 1000))
	s.press("start.addaccount")
	s.press("account.more")
	s.layOut()
	if err := os.WriteFile(answers, []byte("/etc/ssl/own authority.pem"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.press("account.chooseca")
	entry, ok := s.page().Object("account.cafile").(interface{ SelectedText() string })
	if !ok {
		t.Fatal("the field is not on screen")
	}
	s.into("account.cafile")
	s.w.window.Canvas().Focused().(interface{ TypedShortcut(fyne.Shortcut) }).TypedShortcut(&fyne.ShortcutSelectAll{})
	if got := entry.SelectedText(); got != "/etc/ssl/own authority.pem" {
		t.Errorf("the field holds %q", got)
	}
}

func TestAnImportAsksForANewTokenAndGoesOn(t *testing.T) {
	s := newStage(t, Options{})
	srv := server(t)
	s.addAccount("Northwind Trading", srv)
	s.open(write(t, "a.csv", header+"Active,Nina Novak,nina.novak@northwind.com,User,Trading,\n"))
	s.press("fix.preview")
	s.says("preview.add", "1")
	srv.ExpireTokens()
	s.tap("preview.import")
	s.until("a new token is asked for", func(p *places.Page) bool { _, dialog := p.Shown(); return dialog == "renew" })
	contains(t, s.page().Said("dialog.text"), "“Northwind Trading” no longer takes the token. Nothing is lost")
	s.into("dialog.entry")
	for _, r := range srv.RenewToken() {
		s.w.window.Canvas().Focused().TypedRune(r)
	}
	s.press("dialog.ok")
	s.shows("import", "")
	s.says("import.added", "1")
	state, err := srv.Dump(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if u, there := state.User("nina.novak@northwind.com"); !there || len(u.Groups) != 1 {
		t.Errorf("the account has %+v", u)
	}
}

func TestAnImportWithoutANewTokenStopsAndCanBeTakenUpAgain(t *testing.T) {
	s := newStage(t, Options{})
	srv := server(t)
	s.addAccount("Northwind Trading", srv)
	s.open(write(t, "a.csv", header+"Active,Nina Novak,nina.novak@northwind.com,User,Trading,\n"))
	s.press("fix.preview")
	srv.ExpireTokens()
	s.tap("preview.import")
	s.until("a new token is asked for", func(p *places.Page) bool { _, dialog := p.Shown(); return dialog == "renew" })
	s.press("dialog.cancel")
	s.shows("import", "")
	s.says("import.added", "0")
	s.says("import.nottried", "1")
	contains(t, s.page().Said("import.trouble"), "The account does not accept the sign-in.")
	if _, there, err := s.bench.UnfinishedImport(s.w.doc.Path()); !there || err != nil {
		t.Errorf("the import cannot be taken up again: %v", err)
	}
	state, err := srv.Dump(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, there := state.User("nina.novak@northwind.com"); there {
		t.Error("the user was added without a token")
	}
}

func TestTheFirstReadingOfAnAccountShowsHowFarItIsAndCanBeGivenUp(t *testing.T) {
	s := newStage(t, Options{})
	srv := server(t)
	s.press("start.addaccount")
	for place, text := range map[string]string{"account.name": "Slow", "account.address": srv.URL(), "account.token": srv.Token()} {
		s.into(place)
		s.types(text)
	}
	srv.SetQuirks(practice.On(practice.Hang.As("1")))
	s.tap("account.save")
	s.until("the progress is shown", func(p *places.Page) bool { _, dialog := p.Shown(); return dialog == "progress" })
	s.says("dialog.title", "Reading the account")
	s.press("dialog.cancel")
	s.shows("start", "")
	s.says("start.account.0.state", "Not synced yet")
	srv.SetQuirks(nil)
	s.press("start.account.0")
	contains(t, s.page().Said("start.account.0.state"), "1,912 users · synced just now")
}
