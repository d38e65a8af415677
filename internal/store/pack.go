package store

import (
	"encoding/binary"
	"strings"
	"time"

	"rollcall/internal/account"
	"rollcall/internal/compact"
)

// packVersion is that of the packed form of a directory. A copy in another
// version is not read: it is synced again.
const packVersion = 1

// The marks of a packed user.
const (
	packActive = 1 << iota
	packGroupsHidden
	packModified // lastModified is known
)

// The marks of a packed directory.
const (
	packNoGroups = 1 << iota
	packNoSources
	packPartial
)

// packer writes a directory. Texts that many users share (roles, groups,
// sources) are written once and then by number.
type packer struct {
	dst    []byte
	number map[string]uint64
}

// pack gives the compact form of a directory: everything in it.
func pack(d *account.Directory) []byte {
	p := &packer{number: make(map[string]uint64)}
	p.uint(packVersion)
	p.text(d.Account)
	p.time(d.SyncedAt)
	p.text(d.Self)
	p.marks(mark(d.NoGroups, packNoGroups), mark(d.NoSources, packNoSources), mark(d.Partial, packPartial))
	p.uint(uint64(len(d.Groups)))
	for _, g := range d.Groups {
		p.text(g.ID)
		p.shared(g.Name)
	}
	p.uint(uint64(len(d.Sources)))
	for _, s := range d.Sources {
		p.shared(s.Name)
		p.text(s.DisplayName)
		p.marks(mark(s.Enabled, packActive))
		p.text(s.IdentifierPattern)
		p.text(s.Example)
	}
	p.uint(uint64(len(d.Users)))
	for i := range d.Users {
		p.user(&d.Users[i])
	}
	return p.dst
}

func (p *packer) user(u *account.User) {
	p.marks(mark(u.Active, packActive), mark(u.GroupsHidden, packGroupsHidden), mark(!u.LastModified.IsZero(), packModified))
	p.text(u.ID)
	p.text(u.Email)
	p.text(u.DisplayName)
	p.shared(u.Role)
	p.uint(uint64(len(u.Groups)))
	for _, g := range u.Groups {
		p.shared(g)
	}
	p.uint(uint64(len(u.Identifiers)))
	for _, id := range u.Identifiers {
		p.shared(id.Source)
		p.text(id.Value)
	}
	p.text(u.Version)
	if !u.LastModified.IsZero() {
		p.time(u.LastModified)
	}
}

func (p *packer) uint(v uint64) { p.dst = binary.AppendUvarint(p.dst, v) }

func (p *packer) text(s string) { p.dst = compact.AppendText(p.dst, s) }

// shared writes 0 and the text the first time, else the text's number from 1.
func (p *packer) shared(s string) {
	if n, ok := p.number[s]; ok {
		p.uint(n)
		return
	}
	p.number[s] = uint64(len(p.number) + 1)
	p.uint(0)
	p.text(s)
}

func (p *packer) time(t time.Time) {
	p.dst = binary.AppendVarint(p.dst, t.Unix())
	p.uint(uint64(t.Nanosecond()))
}

func (p *packer) marks(marks ...byte) {
	var all byte
	for _, m := range marks {
		all |= m
	}
	p.dst = append(p.dst, all)
}

func mark(is bool, m byte) byte {
	if is {
		return m
	}
	return 0
}

// unpack reads a packed directory.
func unpack(data []byte) (*account.Directory, error) {
	u := &unpacker{Reader: compact.NewReader(data)}
	if u.Uint() != packVersion {
		return nil, ErrDamaged
	}
	d := &account.Directory{Account: u.Text(), SyncedAt: u.time(), Self: u.Text()}
	m := u.Byte()
	d.NoGroups, d.NoSources, d.Partial = m&packNoGroups != 0, m&packNoSources != 0, m&packPartial != 0
	if n := u.Count(2); n > 0 {
		d.Groups = make([]account.Group, n)
		for i := range d.Groups {
			d.Groups[i] = account.Group{ID: u.Text(), Name: u.shared()}
		}
	}
	if n := u.Count(5); n > 0 {
		d.Sources = make([]account.Source, n)
		for i := range d.Sources {
			d.Sources[i] = account.Source{
				Name: u.shared(), DisplayName: u.Text(), Enabled: u.Byte()&packActive != 0,
				IdentifierPattern: u.Text(), Example: u.Text(),
			}
		}
	}
	if n := u.Count(8); n > 0 {
		d.Users = make([]account.User, n)
		for i := range d.Users {
			u.user(&d.Users[i])
		}
	}
	if !u.Done() {
		return nil, ErrDamaged
	}
	return d, nil
}

func (u *unpacker) user(to *account.User) {
	m := u.Byte()
	to.Active, to.GroupsHidden = m&packActive != 0, m&packGroupsHidden != 0
	to.ID, to.Email, to.DisplayName, to.Role = u.Text(), u.Text(), u.Text(), u.shared()
	if n := u.Count(1); n > 0 {
		to.Groups = make([]string, n)
		for i := range to.Groups {
			to.Groups[i] = u.shared()
		}
	}
	if n := u.Count(2); n > 0 {
		to.Identifiers = make([]account.Identifier, n)
		for i := range to.Identifiers {
			to.Identifiers[i] = account.Identifier{Source: u.shared(), Value: u.Text()}
		}
	}
	to.Version = u.Text()
	if m&packModified != 0 {
		to.LastModified = u.time()
	}
}

// unpacker reads what pack wrote; seen are the shared texts so far.
type unpacker struct {
	compact.Reader
	seen []string
}

func (u *unpacker) shared() string {
	n := u.Uint()
	switch {
	case n == 0:
		s := strings.Clone(u.Text())
		u.seen = append(u.seen, s)
		return s
	case n > uint64(len(u.seen)):
		u.Fail()
		return ""
	}
	return u.seen[n-1]
}

func (u *unpacker) time() time.Time {
	sec := u.Int()
	t := time.Unix(sec, int64(u.Uint()%1e9)).UTC()
	if t.Equal(time.Time{}) {
		return time.Time{}
	}
	return t
}
