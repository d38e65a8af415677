package check

import (
	"hash/maphash"
	"strings"

	"golang.org/x/text/unicode/norm"

	"rollcall/internal/account"
	"rollcall/internal/roster"
)

// rules is what the account says, made ready for checking. It is immutable and
// shared by all checkers.
type rules struct {
	dir *account.Directory // nil without an account
	// groups and srcs say whether the account's groups and sources are known.
	groupsKnown, sourcesKnown bool

	groupNames []string          // sorted
	groupFolds []string          // of groupNames
	groupLike  map[string]string // likeness → the account's spelling, "" where two groups look so
	list       []account.Source
	enabled    []string
	patterns   map[string]*roster.Pattern // by source, also nil ones
	owners     map[uint64]int32           // hash of an identifier → user, -1 for several
	homes      []string                   // the account's own e-mail domains
	home       map[string]bool            // every domain of the account
}

func newRules(dir *account.Directory) *rules {
	r := &rules{dir: dir, patterns: make(map[string]*roster.Pattern)}
	if dir == nil {
		return r
	}
	r.groupsKnown, r.sourcesKnown = !dir.NoGroups, !dir.NoSources
	if r.groupsKnown {
		r.groupNames = account.GroupNames(dir.Groups)
		r.groupFolds = roster.Folds(r.groupNames)
		r.groupLike = make(map[string]string, len(dir.Groups))
		for _, name := range r.groupNames {
			key := likeness(name)
			if _, twice := r.groupLike[key]; twice {
				name = ""
			}
			r.groupLike[key] = name
		}
	}
	if r.sourcesKnown {
		r.list = dir.Sources
		for _, s := range dir.Sources {
			r.patterns[s.Name] = roster.PatternOf(s)
			if s.Enabled {
				r.enabled = append(r.enabled, s.Name)
			}
		}
	}
	r.learnUsers()
	return r
}

// likeness is the same for texts that look the same: letter case, full-width
// forms, look-alike letters and the two ways to write an accent do not count.
func likeness(text string) string {
	return strings.ToLower(norm.NFC.String(roster.Plain(roster.Tidy(text))))
}

// learnUsers notes who owns which identifier, and the domains of the account.
func (r *rules) learnUsers() {
	r.owners = make(map[uint64]int32, len(r.dir.Users))
	r.home = make(map[string]bool)
	counts := make(map[string]int)
	var key []byte
	last, run := "", 0 // users of one domain in a row
	for i := range r.dir.Users {
		u := &r.dir.Users[i]
		for _, id := range u.Identifiers {
			key = id.AppendKey(key[:0])
			h := nonZero(maphash.Bytes(seed, key))
			if old, ok := r.owners[h]; ok && old != int32(i) {
				r.owners[h] = -1
			} else {
				r.owners[h] = int32(i)
			}
		}
		email := u.Email
		if !roster.ASCII(email) {
			email = account.EmailKey(email) // with the domain in its ASCII form
		}
		if at := strings.LastIndexByte(email, '@'); at >= 0 {
			if domain := email[at+1:]; domain != last {
				counts[strings.ToLower(last)] += run
				last, run = domain, 0
			}
			run++
		}
	}
	counts[strings.ToLower(last)] += run
	for domain, n := range counts {
		if n == 0 {
			continue
		}
		r.home[domain] = true
		if n >= 5 && n*20 >= len(r.dir.Users) {
			r.homes = append(r.homes, domain)
		}
	}
}

// notChecked lists the rules that need what the account does not show.
func (r *rules) notChecked() (codes []Code) {
	if !r.groupsKnown {
		codes = append(codes, GroupUnknown, GroupCase)
	}
	if !r.sourcesKnown {
		codes = append(codes, SourceUnknown, SourceDisabled)
	}
	if r.dir == nil || r.dir.Partial {
		codes = append(codes, IdentifierTaken)
	}
	return codes
}
