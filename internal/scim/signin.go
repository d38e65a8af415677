package scim

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"rollcall/internal/account"
)

// signIn holds the secret and the Authorization header made from it. One lock
// makes all requests wait while a new token is fetched or a new secret is asked
// for, so that it happens once.
type signIn struct {
	profile account.Profile
	renew   func(ctx context.Context) (string, error)
	now     func() time.Time
	timeout time.Duration
	token   *url.URL // OAuth token address
	plain   *http.Client
	scrub   scrubber

	busy sync.Mutex // held while a token is fetched or a secret asked for

	mu      sync.RWMutex
	secret  string
	value   string // the header
	expires time.Time
	gen     int // counts the headers
	failed  error
}

func newSignIn(p account.Profile, secret string, o Options, pool *http.Transport) (*signIn, error) {
	s := &signIn{profile: p, renew: o.Renew, now: o.Now, timeout: o.Timeout}
	s.plain = &http.Client{Transport: pool, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
	if p.SignIn == account.SignInOAuth {
		_, err := parseAddress(p.OAuthTokenURL)
		if err == nil {
			s.token, err = url.Parse(strings.TrimSpace(p.OAuthTokenURL))
		}
		if err != nil {
			return nil, &account.Failure{Kind: account.KindAddress, Cause: err,
				Text: "The token address of this account cannot be used. Enter it whole, from https:// on."}
		}
	}
	s.use(secret)
	return s, nil
}

// use takes a secret and makes the header from it; with OAuth the header comes
// with the first token.
func (s *signIn) use(secret string) {
	secret = strings.TrimSpace(secret)
	s.scrub.add(secret)
	value := ""
	switch s.profile.SignIn {
	case account.SignInBasic:
		pair := s.profile.User + ":" + secret
		s.scrub.add(pair)
		value = "Basic " + base64.StdEncoding.EncodeToString([]byte(pair))
	case account.SignInOAuth:
	default:
		if secret != "" {
			value = "Bearer " + secret
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.secret, s.value, s.expires = secret, value, time.Time{}
	s.gen++
}

func (s *signIn) header() string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.value
}

func (s *signIn) generation() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.gen
}

// ready fetches an OAuth token where there is none, or where it is about to
// expire, and says which generation of the header a request will carry.
func (s *signIn) ready(ctx context.Context) (int, error) {
	if s.profile.SignIn != account.SignInOAuth {
		return s.generation(), nil
	}
	if gen, ok := s.fresh(); ok {
		return gen, nil
	}
	s.busy.Lock()
	defer s.busy.Unlock()
	if gen, ok := s.fresh(); ok {
		return gen, nil
	}
	if err := s.fetch(ctx); err != nil {
		return 0, err
	}
	return s.generation(), nil
}

func (s *signIn) fresh() (int, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.gen, s.value != "" && (s.expires.IsZero() || s.now().Before(s.expires))
}

// again is called with the generation that the account did not accept. It
// gives nil when the request may be repeated with a newer header.
func (s *signIn) again(ctx context.Context, gen int, refused error) error {
	s.busy.Lock()
	defer s.busy.Unlock()
	s.mu.RLock()
	current, failed := s.gen, s.failed
	s.mu.RUnlock()
	if current != gen {
		return nil
	}
	if failed != nil {
		return failed
	}
	if s.profile.SignIn == account.SignInOAuth {
		if err := s.fetch(ctx); err == nil {
			return nil
		}
	}
	if err := s.ask(ctx, refused); err != nil {
		s.mu.Lock()
		s.failed = err
		s.mu.Unlock()
		return err
	}
	return nil
}

// ask gets a new secret from the user.
func (s *signIn) ask(ctx context.Context, refused error) error {
	if s.renew == nil {
		return refused
	}
	secret, err := s.renew(ctx)
	if err != nil || strings.TrimSpace(secret) == "" {
		return refused
	}
	s.use(secret)
	if s.profile.SignIn == account.SignInOAuth {
		return s.fetch(ctx)
	}
	return nil
}

// fetch gets a token by client credentials (RFC 6749, 4.4): first with HTTP
// basic, as the RFC prefers, then with the credentials in the form.
func (s *signIn) fetch(ctx context.Context) error {
	s.mu.RLock()
	secret := s.secret
	s.mu.RUnlock()
	status, body, err := s.post(ctx, secret, true)
	if err == nil && (status == http.StatusBadRequest || status == http.StatusUnauthorized) {
		status, body, err = s.post(ctx, secret, false)
	}
	if err != nil {
		return transportFailure(&s.scrub, err, sentNothing, s.token.Hostname())
	}
	var answer struct {
		AccessToken string  `json:"access_token"`
		TokenType   string  `json:"token_type"`
		ExpiresIn   seconds `json:"expires_in"`
	}
	jsonErr := json.Unmarshal(body, &answer)
	if status/100 != 2 {
		return s.tokenRefused(status, body)
	}
	if jsonErr != nil || answer.AccessToken == "" {
		return &account.Failure{Kind: account.KindUnauthorised, Status: status,
			Text: "The token address did not answer with a token. Check the token address in the account's settings."}
	}
	s.scrub.add(answer.AccessToken)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.value = "Bearer " + answer.AccessToken
	s.expires = time.Time{}
	if life := time.Duration(answer.ExpiresIn) * time.Second; life > 0 {
		s.expires = s.now().Add(life - min(30*time.Second, life/5))
	}
	s.gen++
	return nil
}

func (s *signIn) tokenRefused(status int, body []byte) error {
	f := &account.Failure{Kind: account.KindUnauthorised, Status: status, Detail: s.scrub.clean(ownWords(body)),
		Text: "The token address did not accept the client ID and secret. Check both, or make new ones in the account."}
	if status >= 500 || status == http.StatusTooManyRequests {
		f.Kind = account.KindServer
		f.Text = "The token address cannot answer at the moment. Nothing was sent to the account; try again in a few minutes."
	}
	return f
}

func (s *signIn) post(ctx context.Context, secret string, basic bool) (int, []byte, error) {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	form := url.Values{"grant_type": {"client_credentials"}}
	if !basic {
		form.Set("client_id", s.profile.ClientID)
		form.Set("client_secret", secret)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.token.String(), strings.NewReader(form.Encode()))
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "application/json")
	if basic {
		req.SetBasicAuth(url.QueryEscape(s.profile.ClientID), url.QueryEscape(secret))
	}
	resp, err := s.plain.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	return resp.StatusCode, body, err
}

// seconds reads a number, or a number in quotes.
type seconds int64

func (s *seconds) UnmarshalJSON(data []byte) error {
	*s = seconds(number(strings.Trim(string(data), `"`)))
	return nil
}
