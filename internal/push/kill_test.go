package push_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"rollcall/internal/account"
	"rollcall/internal/plan"
	"rollcall/internal/practice"
	"rollcall/internal/push"
	"rollcall/internal/scim"
)

// fileJournal is a Journal of JSON lines: each is out of the process when its
// write returns, which is what a kill cannot take back.
type fileJournal struct{ path string }

type journalLine struct {
	Intend []int         `json:"intend,omitempty"`
	Done   *push.Outcome `json:"done,omitempty"`
}

func (j fileJournal) write(l journalLine) error {
	f, err := os.OpenFile(j.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	data, err := json.Marshal(l)
	if err != nil {
		return err
	}
	_, err = f.Write(append(data, '\n'))
	return err
}

func (j fileJournal) Intend(entries []int) error { return j.write(journalLine{Intend: entries}) }
func (j fileJournal) Done(o push.Outcome) error  { return j.write(journalLine{Done: &o}) }

func (j fileJournal) Recorded() (map[int]push.Outcome, error) {
	out := make(map[int]push.Outcome)
	f, err := os.Open(j.path)
	if os.IsNotExist(err) {
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var l journalLine
		if json.Unmarshal(lines.Bytes(), &l) != nil {
			continue // cut off by a kill
		}
		for _, e := range l.Intend {
			if _, known := out[e]; !known {
				out[e] = push.Outcome{Entry: e}
			}
		}
		if l.Done != nil {
			out[l.Done.Entry] = *l.Done
		}
	}
	return out, lines.Err()
}

// job is what the child process is to push.
type job struct {
	URL, Token, Journal string
	Plan                *plan.Plan
}

// TestMain is the child process too: it pushes until it is done or killed.
func TestMain(m *testing.M) {
	path := os.Getenv("ROLLCALL_TEST_PUSH")
	if path == "" {
		os.Exit(m.Run())
	}
	data, err := os.ReadFile(path)
	var j job
	if err == nil {
		err = json.Unmarshal(data, &j)
	}
	var c *scim.Client
	if err == nil {
		c, err = scim.New(account.Profile{Name: "Practice", URL: j.URL, Rate: 100000}, j.Token, scim.Options{Backoff: 2 * time.Millisecond})
	}
	if err == nil {
		_, err = push.Run(context.Background(), c, j.Plan, push.Options{Journal: fileJournal{j.Journal}})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// TestKilledAtAnyMoment kills the pushing process at moments chosen at random,
// resumes it, and again, until it gets through: no user is made twice, none is
// missed, and the state is the plan's.
func TestKilledAtAnyMoment(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			var way []practice.Setting
			if seed%2 == 1 {
				way = append(way, practice.NoBulk.On(), practice.MembersDuplicate.On())
			}
			w := newSmallWorld(t, way...)
			before := w.state()
			p := w.plan(sixtyRows())
			w.server.SetQuirks(practice.On(way...).With(practice.Latency.As("8ms")))
			dir := t.TempDir()
			j := job{URL: w.server.URL(), Token: w.server.Token(), Journal: dir + "/journal", Plan: p}
			data, err := json.Marshal(j)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(dir+"/job", data, 0o600); err != nil {
				t.Fatal(err)
			}
			random := rand.New(rand.NewPCG(seed, seed))
			kills := 0
			for through := false; !through; {
				killAfter := random.Int64N(12) + 1
				through = pushUntil(t, w, dir+"/job", killAfter, kills >= 12)
				if !through {
					kills++
				}
			}
			if kills == 0 {
				t.Error("nothing was killed")
			}
			outcomes, summary, err := w.push(p, push.Options{Journal: fileJournal{j.Journal}})
			if err != nil {
				t.Fatal(err)
			}
			if !summary.AllDone() || summary.Added != 20 || summary.Updated != 34 {
				t.Errorf("after %d kills: %+v %v", kills, summary.Counts, undone(outcomes))
			}
			truth(t, p, outcomes, before, w.state())
			for email, n := range w.server.Counts().Creations {
				if n > 1 {
					t.Errorf("%s was made %d times", email, n)
				}
			}
		})
	}
}

// pushUntil runs the child and kills it once the server has seen so many more
// requests; it says whether the child got through before.
func pushUntil(t *testing.T, w *world, path string, requests int64, let bool) bool {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "ROLLCALL_TEST_PUSH="+path)
	cmd.Stderr = os.Stderr
	start := w.server.Counts().Total
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-ended:
			if err != nil {
				t.Fatalf("the child ended by itself: %v", err)
			}
			return true
		case <-tick.C:
			if !let && int64(w.server.Counts().Total-start) >= 4+requests {
				_ = cmd.Process.Kill()
				<-ended
				return false
			}
		}
	}
}
