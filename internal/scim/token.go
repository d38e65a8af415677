package scim

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"rollcall/internal/account"
)

// fetch gets a token by client credentials (RFC 6749, 4.4). A token address
// that is out of order for a moment is asked again; busy is held.
func (s *signIn) fetch(ctx context.Context) error {
	for try := 1; ; try++ {
		err := s.fetchOnce(ctx)
		switch account.KindOf(err) {
		case account.KindServer, account.KindConnection, account.KindTimeout:
		default:
			return err
		}
		if try == maxTokenTries || sleep(ctx, jitter(s.backoff<<(try-1))) != nil {
			return err
		}
	}
}

// maxTokenTries is how often a token is asked for before the push gives up.
const maxTokenTries = 4

// grant is a token address's answer (RFC 6749, 5.1 and 5.2).
type grant struct {
	AccessToken string  `json:"access_token"`
	ExpiresIn   seconds `json:"expires_in"`
	Error       any     `json:"error"`
}

// fetchOnce asks with HTTP basic first, as the RFC prefers (2.3.1), then with
// the credentials in the form; the way that worked is kept to.
func (s *signIn) fetchOnce(ctx context.Context) error {
	s.mu.RLock()
	secret := s.secret
	s.mu.RUnlock()
	a, err := s.post(ctx, secret, s.byForm)
	if err == nil && a.refused() {
		other, otherErr := s.post(ctx, secret, !s.byForm)
		if otherErr == nil && other.grant.AccessToken != "" {
			s.byForm = !s.byForm
		}
		if otherErr != nil || !other.refused() {
			a, err = other, otherErr
		}
	}
	if err != nil {
		return tokenLost(transportFailure(&s.scrub, err, sentNothing, s.token))
	}
	if a.status/100 != 2 || a.grant.AccessToken == "" {
		return s.tokenRefused(a)
	}
	s.scrub.add(a.grant.AccessToken)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.value = "Bearer " + a.grant.AccessToken
	s.expires = time.Time{}
	if life := time.Duration(a.grant.ExpiresIn) * time.Second; life > 0 {
		s.expires = s.now().Add(life - min(30*time.Second, life/5))
	}
	s.gen++
	return nil
}

// tokenAnswer is what the token address answered.
type tokenAnswer struct {
	status int
	body   []byte
	grant  grant
}

// refused says that other credentials, or another way of giving them, may do
// better. Some addresses say so with 200.
func (a *tokenAnswer) refused() bool {
	return a.status == http.StatusBadRequest || a.status == http.StatusUnauthorized || a.status == http.StatusForbidden ||
		a.status/100 == 2 && a.grant.AccessToken == "" && a.grant.Error != nil
}

func (s *signIn) tokenRefused(a *tokenAnswer) error {
	words := s.scrub.clean(ownWords(a.body))
	f := &account.Failure{Kind: account.KindUnauthorised, Status: a.status, Detail: words, Cause: tokenCause{}}
	switch {
	case a.status >= 500 || a.status == http.StatusTooManyRequests:
		f.Kind = account.KindServer
		f.Text = "The token address cannot answer at the moment, so nothing was sent to the account. Try again in a few minutes."
	case a.refused():
		f.Text = say("The token address did not accept the client ID and secret. Check both, or make new ones in the account", words)
	case a.status == http.StatusProxyAuthRequired:
		f.Kind = account.KindConnection
		f.Text = "The proxy that this computer is set to use asks for a sign-in of its own. Enter its user and password in the system's proxy settings, or ask whoever runs your network."
	default:
		f.Kind = account.KindAddress
		f.Text = "The token address did not answer with a token. Check the token address in the account's settings, from https:// to the end."
	}
	return f
}

// tokenCause marks a failure of the token address, rather than the account's.
type tokenCause struct{ cause error }

func (c tokenCause) Error() string {
	if c.cause == nil {
		return "at the token address"
	}
	return "at the token address: " + c.cause.Error()
}

func (c tokenCause) Unwrap() error { return c.cause }

func atToken(f *account.Failure) bool {
	var c tokenCause
	return f != nil && errors.As(f.Cause, &c)
}

// tokenLost makes a failed connection one of the token address: the user looks
// in another field then.
func tokenLost(f *account.Failure) *account.Failure {
	f.Cause = tokenCause{f.Cause}
	f.Text = tokenWords.Replace(f.Text)
	if !strings.Contains(f.Text, "token address") {
		f.Text = "The token address: " + f.Text
	}
	return f
}

var tokenWords = strings.NewReplacer(
	"The account's", "The token address's",
	"The account did not answer", "The token address did not answer",
	"The connection to the account", "The connection to the token address",
	"with the account", "with the token address",
	"before the account answered", "before the token address answered",
	"Check the address for typing errors", "Check the token address for typing errors",
	"Check the address and its port", "Check the token address and its port",
)

func (s *signIn) post(ctx context.Context, secret string, byForm bool) (*tokenAnswer, error) {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	form := url.Values{"grant_type": {"client_credentials"}}
	if byForm {
		form.Set("client_id", s.profile.ClientID)
		form.Set("client_secret", secret)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.token.String(), strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "Rollcall")
	if !byForm {
		req.SetBasicAuth(url.QueryEscape(s.profile.ClientID), url.QueryEscape(secret))
	}
	resp, err := s.plain.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return nil, err
	}
	return &tokenAnswer{status: resp.StatusCode, body: body, grant: readGrant(body)}, nil
}

// readGrant reads JSON, whatever it is called on the way, or a form, as older
// addresses answer.
func readGrant(body []byte) (g grant) {
	if json.Unmarshal(body, &g) == nil {
		return g
	}
	g = grant{}
	if form, err := url.ParseQuery(strings.TrimSpace(string(body))); err == nil {
		g.AccessToken = form.Get("access_token")
		g.ExpiresIn = seconds(number(form.Get("expires_in")))
		if e := form.Get("error"); e != "" {
			g.Error = e
		}
	}
	return g
}

// seconds reads a number, or a number in quotes.
type seconds int64

var _ json.Unmarshaler = (*seconds)(nil)

// UnmarshalJSON never fails: a life that cannot be read is none.
func (s *seconds) UnmarshalJSON(data []byte) error {
	*s = seconds(max(0, number(strings.Trim(string(data), `"`))))
	return nil
}
