// Package practice is the practice account: a complete SCIM 2.0 server (RFC
// 7643, RFC 7644) over SQLite, on loopback, seeded with a believable account.
// People try the program on it, and tests try the program against everything
// that other servers were seen to do: each quirk and each fault is a switch of
// one registry, Quirks.
//
// It knows nothing of the rest of the program, as no real server would: only
// the package problem is used, and nothing else of ours may come in.
package practice

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"sync"
	"sync/atomic"
	"time"

	"rollcall/internal/practice/schema"
	"rollcall/internal/problem"
)

// basePath is where the SCIM service stands, tokenPath where OAuth clients
// fetch their token.
const (
	basePath  = "/scim/v2"
	tokenPath = "/oauth/token"
)

// closeGrace is how long Close waits for requests under way.
const closeGrace = 2 * time.Second

// Options say how the practice account is to be. The zero value is a seeded,
// well-behaved account on a random port of loopback with a random token.
type Options struct {
	// Addr is the address to listen on; "" is 127.0.0.1:0.
	Addr string
	// Token is the bearer token; "" makes a random one.
	Token string
	// User and Password open a second way to sign in, HTTP basic.
	User, Password string
	// ClientID and ClientSecret open a third, OAuth 2.0 client credentials.
	ClientID, ClientSecret string
	// DB is the database file, made where there is none and gone on with where
	// there is one. "" is one in memory, gone with Close.
	DB string
	// Image is what an account in memory begins with, as Server.Image gave it.
	Image []byte
	// Empty makes a new account without users and groups, with its sources.
	Empty bool
	// Latency is how long each request takes at least.
	Latency time.Duration
	// Quirks are what the server does otherwise than it should.
	Quirks Set
	// Log hears of requests and failures, never of secrets or people. Nil is
	// silence.
	Log *slog.Logger
	// Now is the clock; nil is time.Now.
	Now func() time.Time
}

// Server is a running practice account. It owns its listener, its goroutines
// and its database until Close.
type Server struct {
	options  Options
	log      *slog.Logger
	now      func() time.Time
	store    *store
	sources  []knownSource
	shelves  map[string]shelf
	auth     *auth
	counts   *counter
	world    atomic.Pointer[world]
	listener net.Listener
	conns    *conns
	http     *http.Server
	url      string
	// dripPause is the pause between two drips.
	dripPause time.Duration

	life   context.Context // ends when the server closes
	end    context.CancelFunc
	closed sync.Once
	result error
	served chan struct{}
}

// Start opens the database, seeds it where it is new, and serves until Close
// is called or ctx ends. Errors carry a sentence for people.
func Start(ctx context.Context, options Options) (*Server, error) {
	s := &Server{options: options, log: options.Log, now: options.Now, served: make(chan struct{}), dripPause: dripPause}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.options.Addr == "" {
		s.options.Addr = "127.0.0.1:0"
	}
	s.counts = newCounter()
	s.auth = newAuth(&s.options)
	s.life, s.end = context.WithCancel(context.WithoutCancel(ctx))
	if err := s.openDatabase(ctx); err != nil {
		s.end()
		return nil, err
	}
	quirks := options.Quirks
	if options.Latency > 0 {
		quirks = quirks.With(Latency.As(options.Latency.String()))
	}
	s.SetQuirks(quirks)
	if err := s.listen(ctx); err != nil {
		s.end()
		return nil, errors.Join(err, s.store.close())
	}
	return s, nil
}

// errNotOurs is the cause where a database file holds something else.
var errNotOurs = errors.New("the file holds another kind of database, or one of another version")

func (s *Server) openDatabase(ctx context.Context) error {
	var fresh bool
	var err error
	if s.store, fresh, err = openStore(ctx, s.options.DB); err != nil {
		return problem.New(fmt.Sprintf("The practice account could not be opened from %s, and the file was left as it is. Choose another file, or a new one.", s.options.DB), err)
	}
	s.shelves = map[string]shelf{"Users": users{}, "Groups": groups{}, "Sources": sources{s}}
	switch {
	case fresh && s.options.DB == "" && s.options.Image != nil:
		err = s.store.withImage(func(i image) error { return i.Deserialize(s.options.Image) })
	case fresh && s.options.DB == "":
		err = s.seedMemory(ctx)
	case fresh:
		err = s.seed(ctx)
	}
	if err == nil {
		err = s.loadSources(ctx)
	}
	if err != nil {
		err = problem.New("The practice account could not be prepared. Nothing was changed. Choose another database file.", err)
		return errors.Join(err, s.store.close())
	}
	return nil
}

func (s *Server) listen(ctx context.Context) error {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", s.options.Addr)
	if err != nil {
		return problem.New(fmt.Sprintf("The practice account could not be started at %s. Another program may use that address: choose another one.", s.options.Addr), err)
	}
	s.listener = l
	s.url = "http://" + l.Addr().String()
	s.conns = newConns()
	s.http = &http.Server{Handler: s.Handler(), ConnState: s.conns.changed, ReadHeaderTimeout: 10 * time.Second,
		ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelDebug)}
	go func() {
		defer close(s.served)
		if err := s.http.Serve(l); !errors.Is(err, net.ErrClosed) && !errors.Is(err, http.ErrServerClosed) {
			s.log.Error("the practice account stopped serving", "error", err)
		}
	}()
	stop := context.AfterFunc(ctx, func() { _ = s.Close() }) // Close keeps its error for who calls it
	context.AfterFunc(s.life, func() { stop() })
	return nil
}

// URL is the base address of the service, such as http://127.0.0.1:4123/scim/v2.
func (s *Server) URL() string { return s.url + basePath }

// TokenURL is where OAuth clients fetch their token.
func (s *Server) TokenURL() string { return s.url + tokenPath }

// Token is the bearer token that is valid now.
func (s *Server) Token() string { return s.auth.current() }

// RenewToken makes another bearer token and ends the one before.
func (s *Server) RenewToken() string { return s.auth.renew() }

// ExpireTokens ends all tokens, those of OAuth clients too.
func (s *Server) ExpireTokens() { s.auth.expire() }

// Ready is the line that tells other programs where the account is.
func (s *Server) Ready() string {
	line, err := json.Marshal(struct {
		URL   string `json:"url"`
		Token string `json:"token"`
	}{s.URL(), s.Token()})
	if err != nil { // two strings always encode
		return ""
	}
	return string(line)
}

// Quirks gives the quirks that are on.
func (s *Server) Quirks() Set { return s.world.Load().q.clone() }

// SetQuirks changes the quirks for the requests to come.
func (s *Server) SetQuirks(q Set) { s.world.Store(newWorld(q.clone(), s.sources)) }

// Close stops the server, cutting requests that hang, and frees the database.
// It can be called more than once.
func (s *Server) Close() error {
	s.closed.Do(func() {
		s.end()
		// Without a listener no request comes; those under way may end.
		if err := s.listener.Close(); err != nil {
			s.result = fmt.Errorf("close the listener: %w", err)
		}
		<-s.served
		s.conns.wait(closeGrace)
		s.result = errors.Join(s.result, s.http.Close())
		s.result = errors.Join(s.result, s.store.close())
	})
	return s.result
}

func (s *Server) loadSources(ctx context.Context) error {
	return s.store.do(ctx, func(x *tx) error {
		list, err := x.sources()
		if err != nil {
			return err
		}
		for i := range list {
			if list[i].Pattern == "" {
				continue
			}
			if list[i].pattern, err = regexp.Compile(list[i].Pattern); err != nil {
				return fmt.Errorf("source %s: %w", list[i].Name, err)
			}
		}
		s.sources = list
		return nil
	})
}

// world is what follows from the quirks: made once per change, not per request.
type world struct {
	q        Set
	user     *schema.Resource
	userKept *schema.Resource // what users are checked by after a change
	group    *schema.Resource
	source   *schema.Resource
	limits   *limits
}

func newWorld(q Set, known []knownSource) *world {
	var enabled []string
	for _, s := range known {
		if s.Enabled && !q.is(Sources, "none") {
			enabled = append(enabled, s.Name)
		}
	}
	w := &world{q: q, user: userType(enabled), group: groupType(), source: sourceType(), limits: newLimits(q)}
	if q.on(Extension) {
		w.user = w.user.Without(urnRollcall)
	}
	if q.on(CaseSensitiveUserName) {
		schema.Find(w.user.Core.Attributes, "userName").CaseExact = true
	}
	w.userKept = w.user
	if q.on(NamesRequired) {
		w.user = withNames(w.user)
	}
	return w
}

// withNames is the user type of servers that want both names.
func withNames(r *schema.Resource) *schema.Resource {
	out, core := *r, *r.Core
	core.Attributes = append([]schema.Attribute{}, core.Attributes...)
	name := schema.Find(core.Attributes, "name")
	name.Required = true
	name.Sub = append([]schema.Attribute{}, name.Sub...)
	for _, sub := range []string{"familyName", "givenName"} {
		schema.Find(name.Sub, sub).Required = true
	}
	out.Core = &core
	return &out
}
