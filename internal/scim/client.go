// Package scim is an account's API over SCIM 2.0 (RFC 7643 and 7644), as real
// servers speak it: lenient in what it reads, strict in what it sends, and
// never sure of anything that the account has not shown. It knows HTTP and
// JSON; the sheet, the plan, files and screens may not come in.
package scim

import (
	"context"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-resty/resty/v2"
	"golang.org/x/time/rate"

	"rollcall/internal/account"
)

// ExtensionURN is the schema of the source usernames where a profile names no
// other.
const ExtensionURN = "urn:ietf:params:scim:schemas:extension:rollcall:2.0:User"

// The defaults of Options and Profile.
const (
	defaultRate           = 25 // requests a second, what Microsoft asks servers to sustain
	defaultLargeDirectory = 5000
	defaultTimeout        = 60 * time.Second
	defaultSlowTimeout    = 5 * time.Minute
	defaultBackoff        = 500 * time.Millisecond
	maxBody               = 64 << 20
	pageSize              = 500
)

// Options are the choices that are not the account's.
type Options struct {
	// Renew asks for a new secret when the old one stops working; it is called
	// once for all requests that wait for it. nil fails instead.
	Renew func(ctx context.Context) (secret string, err error)
	// LargeDirectory is how many users a full copy may have; 0 is 5,000, less
	// than 0 no limit.
	LargeDirectory int
	// Timeout bounds one request whole, its body included; 0 is 60 seconds.
	Timeout time.Duration
	// SlowTimeout is Timeout for bulk requests and group changes; 0 is 5 minutes.
	SlowTimeout time.Duration
	// Backoff is the first wait before a request is repeated, doubled each
	// time; 0 is half a second.
	Backoff time.Duration
	// Learned is what earlier clients of the same account learnt; may be nil.
	Learned *Learned
	// Log gets a line per request without body, header, address or secret; nil
	// is silent.
	Log *slog.Logger
	// Now is the clock; nil is time.Now.
	Now func() time.Time
}

// Client is one account over SCIM. It is safe for use by several goroutines.
type Client struct {
	profile account.Profile
	opts    Options
	urn     string
	base    address
	http    *resty.Client
	pool    *http.Transport
	auth    *signIn
	limiter *rate.Limiter
	hold    holder
	count   atomic.Int64
	log     *slog.Logger

	putMu sync.Mutex // a group that is written back whole, one at a time

	// bulkTurn is held by each bulk request under way, by one alone once
	// bulkAlone says that the account choked on one.
	bulkTurn  sync.RWMutex
	bulkAlone atomic.Bool

	// membersSeen says that some group showed its members, so that one that
	// shows none has none.
	membersSeen atomic.Bool

	caseMu     sync.Mutex
	letterCase letterCase

	learntMu sync.Mutex
	learnt   Learned

	capsMu sync.Mutex
	caps   *account.Capabilities
	extra  discovered
	capsAt time.Time
	// twinsHidden is account.Capabilities.TwinsHidden.
	twinsHidden bool
}

var _ account.API = (*Client)(nil)

// New makes a client for the profile. The secret is a token, a password or a
// client secret, as the profile signs in. An address or a certificate file that
// cannot be used is an *account.Failure.
func New(p account.Profile, secret string, o Options) (*Client, error) {
	o = withDefaults(o)
	base, err := parseAddress(p.URL)
	if err != nil {
		return nil, err
	}
	pool, err := newTransport(p.CAFile)
	if err != nil {
		return nil, err
	}
	c := &Client{profile: p, opts: o, base: base, pool: pool, urn: p.ExtensionURN, log: o.Log}
	if c.urn == "" {
		c.urn = ExtensionURN
	}
	if o.Learned != nil {
		c.learnt = *o.Learned
	}
	if c.auth, err = newSignIn(p, secret, o, pool); err != nil {
		return nil, err
	}
	perSecond := p.Rate
	if perSecond <= 0 {
		perSecond = defaultRate
	}
	c.limiter = rate.NewLimiter(rate.Limit(perSecond), max(1, min(account.Workers, int(perSecond))))
	c.http = resty.NewWithClient(&http.Client{Transport: &authorised{auth: c.auth, base: base, next: pool}}).
		SetDebug(false).
		SetDisableWarn(true).
		SetLogger(silent{}).
		SetDoNotParseResponse(true).
		SetRedirectPolicy(resty.RedirectPolicyFunc(base.follow)).
		SetHeader("User-Agent", "Rollcall")
	return c, nil
}

func withDefaults(o Options) Options {
	if o.LargeDirectory == 0 {
		o.LargeDirectory = defaultLargeDirectory
	}
	if o.Timeout <= 0 {
		o.Timeout = defaultTimeout
	}
	if o.SlowTimeout <= 0 {
		o.SlowTimeout = defaultSlowTimeout
	}
	if o.Backoff <= 0 {
		o.Backoff = defaultBackoff
	}
	if o.Log == nil {
		o.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// Requests counts the requests sent since the client was made.
func (c *Client) Requests() int64 { return c.count.Load() }

// Close lets go of idle connections.
func (c *Client) Close() { c.pool.CloseIdleConnections() }

// jitter spreads a wait over half of it to the whole, so that workers do not
// come back together.
func jitter(d time.Duration) time.Duration {
	if d <= 1 {
		return d
	}
	return d/2 + rand.N(d/2+1)
}

// silent keeps the HTTP library from writing anything anywhere.
type silent struct{}

func (silent) Errorf(string, ...any) {}
func (silent) Warnf(string, ...any)  {}
func (silent) Debugf(string, ...any) {}
