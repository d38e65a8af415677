package conformance_test

import (
	"context"
	"net/http"
	"testing"

	"rollcall/internal/practice"
	"rollcall/internal/practice/conformance"
)

// signedIn adds the token to each request.
type signedIn struct{ token string }

func (s signedIn) Do(r *http.Request) (*http.Response, error) {
	r.Header.Set("Authorization", "Bearer "+s.token)
	return http.DefaultClient.Do(r)
}

func results(t *testing.T, options practice.Options) map[conformance.Outcome][]conformance.Result {
	t.Helper()
	srv, err := practice.Start(context.Background(), options)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = srv.Close() }()
	before, err := srv.Dump(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	out := map[conformance.Outcome][]conformance.Result{}
	conformance.Run(context.Background(), srv.URL(), signedIn{srv.Token()}, func(r conformance.Result) {
		out[r.Outcome] = append(out[r.Outcome], r)
	})
	after, err := srv.Dump(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if len(options.Quirks) == 0 && (len(after.Users) != len(before.Users) || len(after.Groups) != len(before.Groups)) {
		t.Errorf("the checks leave %d users and %d groups behind", len(after.Users)-len(before.Users), len(after.Groups)-len(before.Groups))
	}
	return out
}

func TestThePracticeAccountConforms(t *testing.T) {
	out := results(t, practice.Options{})
	for _, r := range append(out[conformance.Failed], out[conformance.Skipped]...) {
		t.Error(r)
	}
	t.Logf("%d checks passed", len(out[conformance.Passed]))
}

func TestWithOddIDsItStillConforms(t *testing.T) {
	out := results(t, practice.Options{Empty: true, Quirks: practice.On(practice.OddIDs.On(), practice.PageCap.As("50"), practice.BulkEchoAbsent.On())})
	for _, r := range out[conformance.Failed] {
		t.Error(r)
	}
}

// TestTheChecksCatchWhatIsWrong plays quirks that break a rule of the RFC: a
// suite that passes them checks nothing.
func TestTheChecksCatchWhatIsWrong(t *testing.T) {
	for _, q := range []practice.Setting{
		practice.NullConfig.On(), practice.LyingEtag.On(), practice.NoSchemas.On(), practice.NoResourceTypes.On(),
		practice.OrFilter.As("refused"), practice.OrFilter.As("empty"), practice.LowerCaseOperators.On(), practice.CaseSensitiveUserName.On(),
		practice.BrokenFilterEverybody.On(), practice.FilterIgnored.On(), practice.FirstClauseOnly.On(), practice.FilterDrops.On(), practice.Filter500.On(),
		practice.TotalIsPage.On(), practice.StartIndexIgnored.On(), practice.CountZeroAll.On(),
		practice.PathlessIgnored.On(), practice.MembersDuplicate.On(), practice.PatchNotAtomic.On(), practice.WriteLost.As("displayName"), practice.RolesAddDuplicates.On(),
		practice.MembersHidden.On(), practice.UserGroupsHidden.On(), practice.Conflict.As("no-type"), practice.Conflict.As("400"),
		practice.ErrorStatus.As("number"), practice.ErrorBody.As("not-json"), practice.BulkStatus.As("object"), practice.Location.As("absent"),
		practice.ContentType.As("html"), practice.LowerCaseResources.On(), practice.ActiveAnswer.As("text"), practice.BulkRefused.As("501"), practice.CreateAnswer.As("empty"),
	} {
		t.Run(q.String(), func(t *testing.T) {
			if out := results(t, practice.Options{Empty: true, Quirks: practice.On(q)}); len(out[conformance.Failed]) == 0 {
				t.Error("no check fails")
			}
		})
	}
}
