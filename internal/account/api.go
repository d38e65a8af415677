package account

import (
	"context"
	"time"

	"github.com/dustin/go-humanize"
)

// API is an account that can be read and written, whatever its wire format.
// All methods may be called from several goroutines, obey the account's rate,
// retry what is safe to repeat, and return a *Failure for everything that a
// person has to know. No error, progress or result ever holds a secret.
type API interface {
	// TestConnection tries the way in step by step and says which step failed.
	TestConnection(ctx context.Context) TestReport

	// Discover asks what the account can do. The answer is kept: later calls
	// are free. A missing or broken answer is no failure, only fewer abilities.
	Discover(ctx context.Context) (*Capabilities, error)

	// Sync reads users, groups and sources. With prev, a copy of the same
	// account, only what changed since is read where the account allows it.
	// Where the directory is larger than the client's limit the copy is
	// Partial: LookupAll then fetches the users that matter.
	Sync(ctx context.Context, prev *Directory, progress func(SyncProgress)) (*Directory, error)

	// Lookup finds the users with a primary e-mail, compared by EmailKey. None
	// is no failure; more than one is an ambiguous account.
	Lookup(ctx context.Context, email string) ([]User, error)

	// LookupAll is Lookup for many e-mails, in parallel under the rate.
	LookupAll(ctx context.Context, emails []string, progress func(SyncProgress)) ([]User, error)

	// User reads one user by the account's id: KindNotFound where there is none.
	User(ctx context.Context, id string) (User, error)

	// Create makes a user with all but its groups and gives what the account
	// then shows. It never makes a user twice: an unknown outcome or a conflict
	// is looked up first, and Created.How tells what was found.
	Create(ctx context.Context, u User) (Created, error)

	// Update changes the attributes of c that are not nil, one concern at a
	// time, of the user as it was last read, and gives what the account then
	// shows. Where u has a Version that is no longer the account's: KindPrecondition.
	// An account that accepts a change and does not make it is not an error
	// here: compare the answer.
	Update(ctx context.Context, u User, c Change) (User, error)

	// SetIdentifiers replaces the user's whole list of identifiers and gives
	// what the account then shows. Where the account cannot take identifiers:
	// KindUnsupported; where it takes and loses them: KindIgnored.
	SetIdentifiers(ctx context.Context, u User, list []Identifier) (User, error)

	// Groups lists the account's groups as they are now. found, which may be
	// nil, is called with each as soon as it is known.
	Groups(ctx context.Context, found func(Group)) ([]Group, error)

	// AddMembers and RemoveMembers change a group's members in as few requests
	// as the account takes. failed is nil where all was sent; otherwise it holds
	// the users whose membership was refused, and why. shown holds those whom
	// the account's answers showed in the group: a user who is not among them
	// may be in it all the same.
	AddMembers(ctx context.Context, g Group, userIDs []string) (shown map[string]bool, failed map[string]error)
	RemoveMembers(ctx context.Context, g Group, userIDs []string) map[string]error

	// Members reads the ids of a group's members. shown is false where the
	// account does not show them.
	Members(ctx context.Context, g Group) (ids map[string]bool, shown bool, err error)

	// Bulk sends many creations and core changes in few requests. Results come
	// as they arrive, each operation exactly once, in any order. Operations
	// that the account's bulk cannot carry are given back with KindUnsupported,
	// to be sent one by one.
	Bulk(ctx context.Context, ops []BulkOp, result func(BulkResult)) error

	// Requests counts the requests sent since the client was made.
	Requests() int64
	// Close lets go of the connections.
	Close()
}

// Workers is how many requests may be under way at once (account-api, "How the
// client works" 5).
const Workers = 8

// BulkWays is how many bulk requests may be under way at once, a whole import
// of 2,000 in chunks of 500: the others are on the wire while the account works
// on the first. An account that chokes on them gets one at a time.
const BulkWays = 4

// Change is what Update changes: nil leaves an attribute untouched.
type Change struct {
	DisplayName *string
	Active      *bool
	Role        *string
}

// Empty says that nothing is to change.
func (c Change) Empty() bool { return c.DisplayName == nil && c.Active == nil && c.Role == nil }

// How a user came to be after Create.
type How string

const (
	// CreatedNow: the account answered that it made the user.
	CreatedNow How = "created"
	// CreatedInDoubt: no answer came, and the user was there when looked up.
	CreatedInDoubt How = "in doubt"
	// AlreadyThere: the account had the user before; nothing was changed.
	AlreadyThere How = "already there"
)

// Created is the result of Create.
type Created struct {
	User User
	How  How
	// Shown says that User is what the account showed, not only what was sent.
	// Its identifiers may be fewer than were asked for: SetIdentifiers is still
	// to be tried then.
	Shown bool
}

// BulkOp is one creation (Create, with User) or one core change (User with ID,
// Change).
type BulkOp struct {
	// Key names the operation to the caller.
	Key    int
	Create bool
	User   User
	Change Change
}

// BulkResult is the outcome of one operation.
type BulkResult struct {
	Key int
	// User is what the account showed, or, where Shown is false, only the id.
	User  User
	Shown bool
	// Err is nil for an operation that the account says it carried out. A
	// Failure of KindUnknown may have been carried out: look it up.
	Err error
}

// SyncProgress is how far a Sync has come.
type SyncProgress struct {
	// What is being read: "users", "groups" or "sources".
	What string
	Done int
	// Total is 0 where the account does not say.
	Total int
}

// Capabilities is what an account's API can do, as far as it says so or was
// seen to.
type Capabilities struct {
	// Known says that the account described itself; the rest is then its word.
	Known bool `json:"known"`
	Patch bool `json:"patch"`
	Bulk  bool `json:"bulk"`
	// BulkMaxOperations and BulkMaxPayload (bytes) are 0 where not given.
	BulkMaxOperations int  `json:"bulkMaxOperations,omitempty"`
	BulkMaxPayload    int  `json:"bulkMaxPayload,omitempty"`
	Filter            bool `json:"filter"`
	FilterMaxResults  int  `json:"filterMaxResults,omitempty"`
	Sort              bool `json:"sort"`
	ETag              bool `json:"etag"`
	// Cursor says that paging goes by cursor (RFC 9865).
	Cursor bool `json:"cursor,omitempty"`
	// Identifiers says that the account has the source usernames' extension.
	Identifiers bool `json:"identifiers"`
	Groups      bool `json:"groups"`
	// Sources says where the account tells its sources: "resource",
	// "schema" or "" for nowhere.
	Sources string `json:"sources,omitempty"`
	// TwinsHidden says that the account tells e-mails apart by letter case and
	// shows only a part of its users: whether it has a new user's e-mail in other
	// letters was looked for, and could not be found out.
	TwinsHidden bool `json:"twinsHidden,omitempty"`
	// NamesRequired says that given and family names must be sent.
	NamesRequired bool `json:"namesRequired,omitempty"`
}

// Lines says the capabilities in plain words, one line each, for the Accounts
// dialog.
func (c *Capabilities) Lines() []string {
	pick := func(ok bool, yes, no string) string {
		if ok {
			return yes
		}
		return no
	}
	lines := []string{}
	if !c.Known {
		lines = append(lines, "The account does not describe itself; only what every server can do is used.")
	}
	lines = append(lines,
		pick(c.Bulk, "Sends many users in one request"+bulkLimit(c), "Sends users one by one, up to 8 at a time"),
		pick(c.Patch, "Changes only what differs", "Reads a user whole and writes it back whole"),
		pick(c.ETag, "Notices when someone else has changed a user", "Cannot tell when someone else changes a user at the same moment"),
		pick(c.Filter, "Looks users up by e-mail", "Cannot search: users are read page by page"),
		pick(c.Groups, "Has groups", "Shows no groups: they are not checked"),
		pick(c.Identifiers, "Takes source usernames", "Does not take source usernames: they cannot be imported"),
	)
	switch c.Sources {
	case "resource":
		lines = append(lines, "Tells its sources, with their formats")
	case "schema":
		lines = append(lines, "Tells its sources by name only")
	default:
		lines = append(lines, "Does not tell its sources: they are not checked")
	}
	if c.NamesRequired {
		lines = append(lines, "Needs a given and a family name for each user: the display name is split")
	}
	return lines
}

func bulkLimit(c *Capabilities) string {
	if c.BulkMaxOperations <= 0 {
		return ""
	}
	return ", up to " + humanize.Comma(int64(c.BulkMaxOperations))
}

// TestReport is what TestConnection found: the steps up to and with the first
// that failed.
type TestReport struct {
	Steps []TestStep
	// Capabilities is nil where a step failed.
	Capabilities *Capabilities
	// Failure is nil where all went well.
	Failure *Failure
	// Proxy names the proxy on the way and where it is set; "" for none.
	Proxy string
	Took  time.Duration
}

// TestStep is one step of the way in: "Address", "Certificate", "Sign-in",
// "Permission", "SCIM".
type TestStep struct {
	Name string
	OK   bool
	// Text is one sentence for people.
	Text string
}
