package push_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"testing"
	"time"

	"rollcall/internal/account"
	"rollcall/internal/plan"
	"rollcall/internal/push"
	"rollcall/internal/scim"
)

// scimmyHome is the folder with SCIMMY's node_modules that the test run
// installed; without one the test is skipped, unless it may not be.
func scimmyHome(t *testing.T, variable string) string {
	t.Helper()
	home := os.Getenv(variable)
	if _, err := exec.LookPath("node"); home != "" && err == nil {
		return home
	}
	if os.Getenv("ROLLCALL_REQUIRE_SCIMMY") != "" {
		t.Fatalf("SCIMMY is required, but %s or node is missing", variable)
	}
	t.Skipf("SCIMMY is not installed: set %s to a folder with its node_modules, and have node", variable)
	return ""
}

// scimmyServer starts the server in another process, which ends with its
// standard input.
func scimmyServer(t *testing.T, home string, args ...string) (base string) {
	t.Helper()
	cmd := exec.Command("node", append([]string{"../scim/testdata/scimmy/server.cjs"}, args...)...)
	cmd.Env = append(os.Environ(), "SCIMMY_HOME="+home, "SCIMMY_TOKEN=scimmy-token")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		t.Fatal(err)
	}
	var ready struct{ Port int }
	if err := json.Unmarshal(line, &ready); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("http://127.0.0.1:%d", ready.Port)
}

type scimmyUser struct {
	stored
	ID, UserName string
}

type scimmyState struct {
	Users  []scimmyUser
	Groups []struct {
		DisplayName string
		Members     []struct{ Value string }
	}
}

func scimmyDump(t *testing.T, base string) (s scimmyState) {
	t.Helper()
	for {
		resp, err := http.Get(base + "/dump")
		if err != nil {
			t.Fatal(err)
		}
		err = json.NewDecoder(resp.Body).Decode(&s)
		_ = resp.Body.Close()
		if resp.StatusCode == http.StatusTooManyRequests {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
}

// TestSCIMMY pushes the sixty rows to an independent server: with bulk, one by
// one, under a rate limit, and where its paging never advances.
func TestSCIMMY(t *testing.T) {
	for _, kind := range []struct {
		name, home string
		args       []string
	}{
		{"bulk", "ROLLCALL_SCIMMY_DIR", nil},
		{"one by one", "ROLLCALL_SCIMMY_DIR", []string{"--no-bulk"}},
		{"rate limit", "ROLLCALL_SCIMMY_DIR", []string{"--no-bulk", "--rate=60"}},
		{"express 5", "ROLLCALL_SCIMMY5_DIR", nil},
		{"express 5, one by one", "ROLLCALL_SCIMMY5_DIR", []string{"--no-bulk"}},
	} {
		t.Run(kind.name, func(t *testing.T) {
			t.Parallel()
			home := scimmyHome(t, kind.home)
			base := scimmyServer(t, home, kind.args...)
			client, err := scim.New(account.Profile{Name: "SCIMMY", URL: base + "/scim", Rate: 100000}, "scimmy-token", scim.Options{Backoff: 10 * time.Millisecond})
			if err != nil {
				t.Fatal(err)
			}
			rows := sixtyRows()
			stockSCIMMY(t, base, client, rows)
			outcomes, p := planAndPush(t, client, rows)
			state := scimmyDump(t, base)
			if len(state.Users) != 60 {
				t.Errorf("%d users, want 60", len(state.Users))
			}
			for i := range p.Entries {
				o := outcomes[i]
				if want := wanted(i); o.Result != want || o.Message != "" {
					t.Errorf("row %d %s: %s %q, want %s", o.Number, o.Email, o.Result, o.Message, want)
				}
				compareSCIMMY(t, &p.Entries[i], state)
			}
			again, _ := planAndPush(t, client, rows)
			for _, o := range again {
				if o.Result != push.Unchanged {
					t.Errorf("pushed again, row %d is %s %q", o.Number, o.Result, o.Message)
				}
			}
		})
	}
}

func stockSCIMMY(t *testing.T, base string, client *scim.Client, rows []account.User) {
	t.Helper()
	names := make(map[string]bool)
	for _, r := range rows {
		for _, g := range r.Groups {
			names[g] = true
		}
	}
	for name := range names {
		body, _ := json.Marshal(map[string]string{"displayName": name})
		for {
			resp, err := http.Post(base+"/group", "application/json", bytes.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			_ = resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				break
			}
		}
	}
	stockUsers(t, client, rows, true)
}

func compareSCIMMY(t *testing.T, e *plan.Entry, state scimmyState) {
	t.Helper()
	want := e.After
	var found []scimmyUser
	for _, u := range state.Users {
		if account.EmailKey(u.UserName) == account.EmailKey(e.Email()) {
			found = append(found, u)
		}
	}
	if len(found) != 1 {
		t.Errorf("%s is there %d times", e.Email(), len(found))
		return
	}
	u := found[0]
	if u.DisplayName != want.DisplayName || u.Active != want.Active || len(u.Roles) != 1 || u.Roles[0].Value != want.Role || !sameIdentifiers(u.stored, want) {
		t.Errorf("%s is %+v, want %+v", e.Email(), u, want)
	}
	member := make(map[string]int)
	for _, g := range state.Groups {
		for _, m := range g.Members {
			if m.Value == u.ID {
				member[g.DisplayName]++
			}
		}
	}
	for _, g := range want.Groups {
		if member[g] != 1 {
			t.Errorf("%s is %d times in %s", e.Email(), member[g], g)
		}
	}
	if len(member) != len(want.Groups) {
		t.Errorf("%s is in %v, want %v", e.Email(), member, want.Groups)
	}
}
