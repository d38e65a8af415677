package account

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
)

// snapshot is the JSON form of a Directory: the snapshot file of product.md,
// with the group ids and marks beside it.
type snapshot struct {
	Account  string            `json:"account"`
	SyncedAt time.Time         `json:"syncedAt"`
	Users    []User            `json:"users"`
	Groups   *[]string         `json:"groups"`
	GroupIDs map[string]string `json:"groupIds,omitempty"`
	Sources  *[]Source         `json:"sources"`
	Self     string            `json:"self,omitempty"`
	Partial  bool              `json:"partial,omitempty"`
}

// MarshalJSON writes the snapshot file's form.
func (d *Directory) MarshalJSON() ([]byte, error) {
	s := snapshot{Account: d.Account, SyncedAt: d.SyncedAt.UTC(), Users: d.Users, Self: d.Self, Partial: d.Partial}
	if s.Users == nil {
		s.Users = []User{}
	}
	if !d.NoGroups {
		names := make([]string, len(d.Groups))
		for i, g := range d.Groups {
			names[i] = g.Name
			if g.ID != "" {
				if s.GroupIDs == nil {
					s.GroupIDs = make(map[string]string)
				}
				s.GroupIDs[g.Name] = g.ID
			}
		}
		s.Groups = &names
	}
	if !d.NoSources {
		sources := d.Sources
		if sources == nil {
			sources = []Source{}
		}
		s.Sources = &sources
	}
	return json.Marshal(s)
}

// UnmarshalJSON reads the snapshot file's form. Absent groups or sources are
// "not checked", which an empty list is not; absent users are a Partial
// directory.
func (d *Directory) UnmarshalJSON(data []byte) error {
	var s struct {
		snapshot
		Users   []snapshotUser    `json:"users"`
		Sources *[]snapshotSource `json:"sources"`
	}
	if err := json.Unmarshal(data, &s); err != nil {
		return err
	}
	d.Account, d.SyncedAt, d.Self, d.Partial = s.Account, s.SyncedAt, s.Self, s.Partial || s.Users == nil
	for _, u := range s.Users {
		d.Users = append(d.Users, User(u))
	}
	d.NoGroups, d.NoSources = s.Groups == nil, s.Sources == nil
	if s.Groups != nil {
		d.Groups = make([]Group, len(*s.Groups))
		for i, name := range *s.Groups {
			d.Groups[i] = Group{ID: s.GroupIDs[name], Name: name}
		}
	}
	if s.Sources != nil {
		for _, source := range *s.Sources {
			d.Sources = append(d.Sources, Source(source))
		}
	}
	return nil
}

// snapshotUser reads a user as the wire does: active where the file does not
// say, the role in the guide's spelling where it is one of its roles.
type snapshotUser User

// UnmarshalJSON reads one user of a snapshot file.
func (u *snapshotUser) UnmarshalJSON(data []byte) error {
	read := User{Active: true}
	if err := json.Unmarshal(data, &read); err != nil {
		return err
	}
	for _, known := range Roles() {
		if strings.EqualFold(read.Role, known) {
			read.Role = known
		}
	}
	*u = snapshotUser(read)
	return nil
}

// snapshotSource reads a source as the wire does: enabled where the file does
// not say.
type snapshotSource Source

// UnmarshalJSON reads one source of a snapshot file.
func (s *snapshotSource) UnmarshalJSON(data []byte) error {
	read := Source{Enabled: true}
	if err := json.Unmarshal(data, &read); err != nil {
		return err
	}
	*s = snapshotSource(read)
	return nil
}

// ReadSnapshot reads a snapshot file.
func ReadSnapshot(r io.Reader) (*Directory, error) {
	d := new(Directory)
	if err := json.NewDecoder(r).Decode(d); err != nil {
		return nil, fmt.Errorf("read snapshot: %w", err)
	}
	return d, nil
}
