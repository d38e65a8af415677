package scim

import (
	"context"
	"encoding/base64"
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
	backoff time.Duration
	token   *url.URL // OAuth token address
	plain   *http.Client
	scrub   scrubber

	busy sync.Mutex // held while a token is fetched or a secret asked for

	mu      sync.RWMutex
	secret  string
	value   string // the header
	expires time.Time
	gen     int // counts the headers
	// accepted is the newest header that the account took; unproven says that a
	// token was fetched in the place of one that it did not take.
	accepted int
	unproven bool
	failed   error
	failedAt time.Time

	byForm bool // the token address takes the credentials in the form; busy is held
}

// askedFor is how long a refusal holds, after the user was asked for a new
// secret in vain: requests that were under way are not to ask again.
const askedFor = 30 * time.Second

func newSignIn(p account.Profile, secret string, o Options, pool *http.Transport) (*signIn, error) {
	s := &signIn{profile: p, renew: o.Renew, now: o.Now, timeout: o.Timeout, backoff: o.Backoff}
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
		if account.KindOf(err) != account.KindUnauthorised {
			return 0, err
		}
		if err := s.askOnce(ctx, err); err != nil {
			return 0, err
		}
	}
	return s.generation(), nil
}

// took notes a header that the account accepted.
func (s *signIn) took(gen int) {
	s.mu.RLock()
	known := s.accepted >= gen && !s.unproven
	s.mu.RUnlock()
	if known {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.accepted, s.unproven = max(s.accepted, gen), false
}

func (s *signIn) fresh() (int, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.gen, s.value != "" && (s.expires.IsZero() || s.now().Before(s.expires))
}

// again is called with the generation that the account did not accept. It
// gives nil when the request may be repeated with a newer header: with OAuth
// that of a new token, unless that was just tried, else that of a new secret.
func (s *signIn) again(ctx context.Context, gen int, refused error) error {
	s.busy.Lock()
	defer s.busy.Unlock()
	s.mu.RLock()
	current, unproven := s.gen, s.unproven
	s.mu.RUnlock()
	if current != gen {
		return nil
	}
	if s.profile.SignIn == account.SignInOAuth && !unproven {
		err := s.fetch(ctx)
		if err == nil {
			s.mu.Lock()
			s.unproven = true
			s.mu.Unlock()
			return nil
		}
		if account.KindOf(err) != account.KindUnauthorised {
			return err
		}
		refused = err
	}
	return s.askOnce(ctx, refused)
}

// askOnce asks the user for a new secret, once for all requests that are
// refused together; busy is held.
func (s *signIn) askOnce(ctx context.Context, refused error) error {
	s.mu.RLock()
	failed, at := s.failed, s.failedAt
	s.mu.RUnlock()
	if failed != nil && s.now().Sub(at) < askedFor {
		return failed
	}
	err := s.ask(ctx, refused)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failed, s.failedAt, s.unproven = err, s.now(), false
	return err
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
