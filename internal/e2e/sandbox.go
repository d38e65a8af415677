package e2e

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"time"
)

// Sandbox is the practice account as a program of its own (`rollcallctl sandbox`).
type Sandbox struct {
	URL   string `json:"url"`
	Token string `json:"token"`

	process *process
	said    buffer
}

// Sandbox starts the practice account in home h and waits until it is ready.
// The account chooses its own token.
func (s *Stage) Sandbox(r Reporter, h Home, flags ...string) *Sandbox {
	r.Helper()
	cmd := exec.Command(s.Rollcallctl, append([]string{"sandbox"}, flags...)...)
	cmd.Dir = h.User()
	cmd.Env = s.env(h)
	read, write, err := os.Pipe()
	must(r, err, "make a pipe")
	cmd.Stdout = write
	box := &Sandbox{}
	cmd.Stderr = &box.said
	box.process, err = start(cmd)
	write.Close()
	must(r, err, "start the practice account")
	_ = read.SetReadDeadline(time.Now().Add(patience()))
	line, err := bufio.NewReader(read).ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, box)
	}
	if err != nil || box.URL == "" || box.Token == "" {
		box.Close()
		r.Fatalf("the practice account said %q (%v): %s", line, err, box.said.String())
	}
	go func() {
		_ = read.SetReadDeadline(time.Time{})
		_, _ = io.Copy(io.Discard, read)
		read.Close()
	}()
	return box
}

// Close ends the practice account.
func (b *Sandbox) Close() { b.process.kill() }

// Person is a user as the account tells it over the wire (SCIM 2.0).
type Person struct {
	ID          string
	UserName    string
	DisplayName string
	Active      bool
	Role        string
	Groups      []string
	// Identifiers are "source:identifier".
	Identifiers []string
}

// wirePerson is the wire form of Person.
type wirePerson struct {
	ID          string
	UserName    string
	DisplayName string
	Active      bool
	Roles       []struct{ Value string }
	Groups      []struct{ Value, Display string }
	Extension   struct {
		SourceUsernames []struct{ Type, Value string }
	} `json:"urn:ietf:params:scim:schemas:extension:rollcall:2.0:User"`
}

// People asks the account for every user, page by page.
func (b *Sandbox) People(r Reporter) map[string]Person {
	r.Helper()
	out := map[string]Person{}
	for start := 1; ; {
		var page struct{ Resources []wirePerson }
		b.get(r, fmt.Sprintf("/Users?startIndex=%d&count=200", start), &page)
		if len(page.Resources) == 0 {
			return out
		}
		for _, w := range page.Resources {
			out[w.UserName] = w.person()
		}
		start += len(page.Resources)
	}
}

// Find asks the account for one user by e-mail address; ok is false when there is none.
func (b *Sandbox) Find(r Reporter, email string) (p Person, ok bool) {
	r.Helper()
	var page struct{ Resources []wirePerson }
	b.get(r, "/Users?filter="+url.QueryEscape(fmt.Sprintf("userName eq %q", email)), &page)
	if len(page.Resources) > 1 {
		r.Fatalf("the account has %d users %s", len(page.Resources), email)
	}
	if len(page.Resources) == 0 {
		return Person{}, false
	}
	return page.Resources[0].person(), true
}

func (w wirePerson) person() Person {
	p := Person{ID: w.ID, UserName: w.UserName, DisplayName: w.DisplayName, Active: w.Active}
	if len(w.Roles) > 0 {
		p.Role = w.Roles[0].Value
	}
	for _, g := range w.Groups {
		p.Groups = append(p.Groups, g.Display)
	}
	for _, s := range w.Extension.SourceUsernames {
		p.Identifiers = append(p.Identifiers, s.Type+":"+s.Value)
	}
	return p
}

func (b *Sandbox) get(r Reporter, path string, into any) {
	r.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience())
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, b.URL+path, nil)
	must(r, err, "ask the account")
	req.Header.Set("Authorization", "Bearer "+b.Token)
	answer, err := http.DefaultClient.Do(req)
	must(r, err, "ask the account")
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	must(r, err, "ask the account")
	if answer.StatusCode != http.StatusOK {
		r.Fatalf("the account answered %s: %s", answer.Status, raw)
	}
	must(r, json.NewDecoder(bytes.NewReader(raw)).Decode(into), "read the account's answer")
}

// Result is what a run of the headless tool left behind.
type Result struct {
	Out, Err string
	Exit     int
}

// Ctl runs rollcallctl in home h, with stdin as its input.
func (s *Stage) Ctl(r Reporter, h Home, stdin string, args ...string) Result {
	return s.CtlEnv(r, h, nil, stdin, args...)
}

// CtlEnv is Ctl with further settings of the environment.
func (s *Stage) CtlEnv(r Reporter, h Home, env []string, stdin string, args ...string) Result {
	r.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 4*patience())
	defer cancel()
	cmd := exec.CommandContext(ctx, s.Rollcallctl, args...)
	cmd.Dir = h.User()
	cmd.Env = overlay(s.env(h), env)
	cmd.Stdin = bytes.NewReader([]byte(stdin))
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	err := cmd.Run()
	if cmd.ProcessState == nil {
		must(r, err, "run rollcallctl %v", args)
	}
	return Result{Out: out.String(), Err: said.String(), Exit: cmd.ProcessState.ExitCode()}
}
