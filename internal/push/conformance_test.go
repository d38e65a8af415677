package push_test

import (
	"context"
	"net/http"
	"testing"

	"rollcall/internal/practice/conformance"
)

// withToken signs each request in.
type withToken struct{ token string }

func (w withToken) Do(r *http.Request) (*http.Response, error) {
	r.Header.Set("Authorization", "Bearer "+w.token)
	return http.DefaultClient.Do(r)
}

// report tells how a server stands to RFC 7643 and 7644. It fails only where
// the checks could not be made at all: what other people's servers do is theirs.
func report(t *testing.T, name, url, token string) {
	t.Helper()
	counts := map[conformance.Outcome]int{}
	conformance.Run(context.Background(), url, withToken{token}, func(r conformance.Result) {
		counts[r.Outcome]++
		if r.Outcome == conformance.Failed {
			t.Logf("%s: %s (%s): %s", name, r.Name, r.Section, r.Detail)
		}
	})
	t.Logf("%s: %d passed, %d failed, %d skipped", name, counts[conformance.Passed], counts[conformance.Failed], counts[conformance.Skipped])
	if counts[conformance.Passed] == 0 {
		t.Errorf("%s passed nothing: the checks did not reach it", name)
	}
}

func TestHowElimityStandsToTheRFC(t *testing.T) {
	users, groups, url := elimityServer(t, true)
	users.deletes, groups.deletes = true, true
	report(t, "elimity", url, "token")
}

func TestHowSCIMMYStandsToTheRFC(t *testing.T) {
	base := scimmyServer(t, scimmyHome(t, "ROLLCALL_SCIMMY_DIR"), "--deletes")
	report(t, "SCIMMY", base+"/scim", "scimmy-token")
}
