package workbench_test

import (
	"archive/zip"
	"context"
	"encoding/base64"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/internal/account"
	"rollcall/internal/practice"
	"rollcall/internal/workbench"
)

const breakdown = `panic: runtime error: index out of range [5] with length 3: ann.private@northwind.com

goroutine 17 [running]:
rollcall/internal/check.(*Engine).Row(0x2ca2e7527760, {0xc43ada, 0x2a})
	/home/ann.private/src/rollcall/internal/check/engine.go:85 +0x23a
main.main()
	/home/ann.private/src/rollcall/cmd/rollcall/main.go:41 +0x1
created by net/http.(*Server).Serve in goroutine 18
	/usr/local/go/src/net/http/server.go:3464 +0x485
ann.private@northwind.com said something
`

func TestASupportBundleTellsMuchAndNothingOfTheUsers(t *testing.T) {
	ctx := context.Background()
	srv, err := practice.Start(ctx, practice.Options{Token: "s3cr3t+T0ken/of=the&test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = srv.Close() })
	home := t.TempDir()
	b, _ := benchIn(t, home)
	p, err := b.AddAccount(account.Profile{Name: "Northwind Private", URL: srv.URL(), SignIn: account.SignInToken, Rate: 500, Production: true}, srv.Token())
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Select(ctx, p.ID); err != nil {
		t.Fatal(err)
	}
	if err := b.SyncNow(ctx, nil); err != nil {
		t.Fatal(err)
	}
	d := open(t, b, "private-list.csv", template+"Active,Zelda Private,zelda.private@northwind.com,User,Trading,slack:U0PRIVATE\n")
	plan, err := b.Plan(ctx, d.PlanInput(), nil)
	if err != nil {
		t.Fatal(err)
	}
	imp, err := b.StartImport(plan, workbench.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if s := imp.Wait(); s.Summary.Added != 1 {
		t.Fatalf("%+v", s)
	}
	if err := os.WriteFile(filepath.Join(home, workbench.CrashFile), []byte(breakdown), 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "support.zip")
	if err := b.SaveSupport(ctx, path, "1.2.3"); err != nil {
		t.Fatal(err)
	}
	parts := unzipped(t, path)
	for name, wants := range map[string][]string{
		"versions.txt":  {"Rollcall 1.2.3\n", "go1.", "Keychain: "},
		"accounts.json": {`"account": 1`, `"signIn": "token"`, `"production": true`, `"users": 1912`},
		"imports.json":  {`"added": 1`, `"complete": true`, `"account": 1`},
		"requests.csv":  {"import,at,method,path,status,milliseconds,note\n", ",POST,/Users,201,", ",PATCH,/Groups/{id},"},
		"crash.txt": {"panic: runtime error: index out of range …\n\ngoroutine 17 [running]:\nrollcall/internal/check.(*Engine).Row(…)\n\tengine.go:85\n" +
			"main.main(…)\n\tmain.go:41\ncreated by net/http.(*Server).Serve in goroutine 18\n\tserver.go:3464\n"},
	} {
		for _, want := range wants {
			if !strings.Contains(parts[name], want) {
				t.Errorf("%s lacks %q:\n%s", name, want, parts[name])
			}
		}
	}
	token := srv.Token()
	for name, text := range parts {
		for _, never := range []string{
			"rivate", "RIVATE", "northwind", "Northwind", "Trading", "127.0.0.1", p.ID,
			token, url.QueryEscape(token), url.PathEscape(token), base64.StdEncoding.EncodeToString([]byte(token)), base64.RawURLEncoding.EncodeToString([]byte(token)),
		} {
			if strings.Contains(text, never) {
				t.Errorf("%s holds %q:\n%s", name, never, text)
			}
		}
	}
}

func unzipped(t *testing.T, path string) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	parts := make(map[string]string)
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		_ = in.Close()
		parts[f.Name] = string(data)
	}
	return parts
}

func TestASupportBundleIsMadeOfNothing(t *testing.T) {
	b, _ := newBench(t)
	path := filepath.Join(t.TempDir(), "support.zip")
	if err := b.SaveSupport(context.Background(), path, "1"); err != nil {
		t.Fatal(err)
	}
	if parts := unzipped(t, path); parts["accounts.json"] != "[]\n" || parts["crash.txt"] != "The program has not broken down.\n" {
		t.Errorf("%q", parts)
	}
}

// crashEnv makes TestABreakdown break down.
const crashEnv = "ROLLCALL_TEST_BREAKDOWN"

// TestABreakdownTellsNoSecret breaks the program down in another process, with
// the secret in use: the runtime's words are kept in the home, and hold it
// neither there nor on the standard error.
func TestABreakdownTellsNoSecret(t *testing.T) {
	const secret = "s3cr3t+T0ken/of=the&test"
	if home := os.Getenv(crashEnv); home != "" {
		breakDown(t, home, secret)
		return
	}
	home := t.TempDir()
	cmd := exec.Command(os.Args[0], "-test.run=^TestABreakdownTellsNoSecret$")
	cmd.Env = append(os.Environ(), crashEnv+"="+home, "GOTRACEBACK=all")
	said, err := cmd.CombinedOutput()
	if err == nil {
		t.Fatalf("it did not break down: %s", said)
	}
	kept, err := os.ReadFile(filepath.Join(home, workbench.CrashFile))
	if err != nil || !strings.Contains(string(kept), "goroutine ") {
		t.Fatalf("nothing was kept: %v %q", err, kept)
	}
	for where, text := range map[string]string{"the file": string(kept), "the standard error": string(said)} {
		for _, never := range []string{secret, url.QueryEscape(secret), base64.StdEncoding.EncodeToString([]byte(secret))} {
			if strings.Contains(text, never) {
				t.Errorf("%s holds the secret:\n%s", where, text)
			}
		}
	}
}

// breakDown panics while a request with the secret is under way.
func breakDown(t *testing.T, home, secret string) {
	b, _ := benchIn(t, home)
	if err := b.KeepCrash(); err != nil {
		t.Fatal(err)
	}
	asked := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+secret {
			t.Error("the secret is not in use")
		}
		select {
		case asked <- struct{}{}:
		default:
		}
		<-r.Context().Done()
	}))
	p, err := b.AddAccount(account.Profile{Name: "Northwind", URL: s.URL, SignIn: account.SignInToken}, secret)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Select(context.Background(), p.ID); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer func() { panic(recover()) }()
		<-asked
		var nobody *workbench.Document
		nobody.Rows()
	}()
	_ = b.SyncNow(context.Background(), nil)
}
