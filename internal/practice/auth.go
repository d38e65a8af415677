package practice

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"sync"
)

// auth knows the secrets. It keeps hashes of what it compares with, so that
// comparing takes the same time whatever was sent.
type auth struct {
	mu     sync.Mutex
	token  string
	tokens []*token

	user, password         [32]byte
	clientID, clientSecret [32]byte
	basic, oauth           bool
}

type token struct {
	hash   [32]byte
	uses   int
	client bool // given to an OAuth client
}

// keptTokens is how many OAuth tokens stay valid side by side.
const keptTokens = 100

func newAuth(o *Options) *auth {
	a := &auth{basic: o.User != "", oauth: o.ClientID != "",
		user: hash(o.User), password: hash(o.Password), clientID: hash(o.ClientID), clientSecret: hash(o.ClientSecret)}
	a.token = o.Token
	if a.token == "" {
		a.token = rand.Text()
	}
	a.tokens = []*token{{hash: hash(a.token)}}
	return a
}

func hash(s string) [32]byte { return sha256.Sum256([]byte(s)) }

func same(a, b [32]byte) bool { return subtle.ConstantTimeCompare(a[:], b[:]) == 1 }

func (a *auth) current() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.token
}

func (a *auth) renew() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.token = rand.Text()
	kept := []*token{{hash: hash(a.token)}}
	for _, t := range a.tokens {
		if t.client {
			kept = append(kept, t)
		}
	}
	a.tokens = kept
	return a.token
}

func (a *auth) expire() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.tokens = nil
}

// allows tells whether the request carries a valid secret. A token counts its
// uses; from limit on (0 = none) it is refused.
func (a *auth) allows(r *http.Request, limit int) bool {
	if user, password, ok := r.BasicAuth(); ok {
		sameUser, samePassword := same(hash(user), a.user), same(hash(password), a.password)
		return a.basic && sameUser && samePassword
	}
	scheme, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return false
	}
	sent := hash(strings.TrimSpace(secret))
	a.mu.Lock()
	defer a.mu.Unlock()
	var found *token
	for _, t := range a.tokens {
		if same(t.hash, sent) {
			found = t
		}
	}
	if found == nil {
		return false
	}
	found.uses++
	return limit == 0 || found.uses <= limit
}

// challenge says how to sign in (RFC 7235 §4.1).
func (a *auth) challenge(header http.Header, sent bool) {
	bearer := `Bearer realm="practice account"`
	if sent {
		bearer += `, error="invalid_token"`
	}
	header.Add("WWW-Authenticate", bearer)
	if a.basic {
		header.Add("WWW-Authenticate", `Basic realm="practice account", charset="UTF-8"`)
	}
}

// grant answers a client-credentials request (RFC 6749 §4.4).
func (a *auth) grant(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		writeGrant(w, http.StatusMethodNotAllowed, map[string]any{"error": "invalid_request"})
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	if err := r.ParseForm(); err != nil {
		writeGrant(w, http.StatusBadRequest, map[string]any{"error": "invalid_request"})
		return
	}
	id, secret, ok := formBasic(r)
	if !ok {
		id, secret = r.PostForm.Get("client_id"), r.PostForm.Get("client_secret")
	}
	sameID, sameSecret := same(hash(id), a.clientID), same(hash(secret), a.clientSecret)
	switch {
	case !a.oauth || !sameID || !sameSecret:
		w.Header().Set("WWW-Authenticate", `Basic realm="practice account"`)
		writeGrant(w, http.StatusUnauthorized, map[string]any{"error": "invalid_client"})
	case r.PostForm.Get("grant_type") != "client_credentials":
		writeGrant(w, http.StatusBadRequest, map[string]any{"error": "unsupported_grant_type"})
	default:
		writeGrant(w, http.StatusOK, map[string]any{"access_token": a.issue(), "token_type": "Bearer", "expires_in": 3600})
	}
}

// formBasic reads a client's HTTP basic credentials, which are escaped as in a
// form before they are put together (RFC 6749 §2.3.1).
func formBasic(r *http.Request) (id, secret string, ok bool) {
	id, secret, ok = r.BasicAuth()
	if text, err := url.QueryUnescape(id); err == nil {
		id = text
	}
	if text, err := url.QueryUnescape(secret); err == nil {
		secret = text
	}
	return id, secret, ok
}

func (a *auth) issue() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	text := rand.Text()
	a.tokens = append(a.tokens, &token{hash: hash(text), client: true})
	clients := 0
	for i := len(a.tokens) - 1; i >= 0; i-- {
		if !a.tokens[i].client {
			continue
		}
		if clients++; clients > keptTokens {
			a.tokens = append(a.tokens[:i], a.tokens[i+1:]...)
		}
	}
	return text
}

func writeGrant(w http.ResponseWriter, status int, body map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a client that is gone needs no answer
}
