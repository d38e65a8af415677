package store

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"rollcall/internal/roster"
)

const (
	maxRecents  = 20
	maxMappings = 500
)

// memoryFile is what is remembered of earlier files.
type memoryFile struct {
	Recents  []Recent                      `json:"recents,omitempty"`
	Mappings map[string]remembered         `json:"mappings,omitempty"` // by header key and profile
	Fixes    map[string][]ValueFix         `json:"fixes,omitempty"`    // by profile
	Widths   map[string]map[string]float64 `json:"widths,omitempty"`
}

type remembered struct {
	Mapping json.RawMessage `json:"mapping"`
	Used    time.Time       `json:"used"`
}

type settingsFile struct {
	Values map[string]json.RawMessage `json:"values,omitempty"`
}

// Recent is a file that was open lately.
type Recent struct {
	Path string `json:"path"`
	// Profile is the ID of the account that it was checked against, "" for none.
	Profile string `json:"profile,omitempty"`
	Rows    int    `json:"rows"`
	// Errors is how many were left when it was last looked at.
	Errors int       `json:"errors"`
	Opened time.Time `json:"opened"`
	// Imported is when it was last imported, zero for never.
	Imported time.Time `json:"imported,omitzero"`
}

// ValueFix is a correction of a value that is offered again.
type ValueFix struct {
	Column string `json:"column"`
	From   string `json:"from"`
	To     string `json:"to"`
}

// Recents lists the files that were open lately, the latest first. It is quick.
func (s *Store) Recents() []Recent {
	var list []Recent
	s.memory.read(func(f *memoryFile) { list = slices.Clone(f.Recents) })
	return list
}

// RememberRecent puts a file on top of the list, in the place of what was known
// of its path. A zero Imported keeps the time that was known.
func (s *Store) RememberRecent(r Recent) error {
	return s.memory.update(func(f *memoryFile) error {
		if i := slices.IndexFunc(f.Recents, func(have Recent) bool { return have.Path == r.Path }); i >= 0 {
			if r.Imported.IsZero() {
				r.Imported = f.Recents[i].Imported
			}
			f.Recents = slices.Delete(f.Recents, i, i+1)
		}
		f.Recents = slices.Insert(f.Recents, 0, r)
		f.Recents = f.Recents[:min(len(f.Recents), maxRecents)]
		return nil
	})
}

// ForgetRecent takes a file off the list.
func (s *Store) ForgetRecent(path string) error {
	return s.memory.update(func(f *memoryFile) error {
		f.Recents = slices.DeleteFunc(f.Recents, func(r Recent) bool { return r.Path == path })
		return nil
	})
}

// HeaderKey names a set of headers: what column widths are kept under.
func HeaderKey(header []string) string { return roster.Fingerprint(header) }

func mappingKey(header []string, profileID string) string {
	return HeaderKey(header) + "/" + profileID
}

// Mapping gives the matching of columns that was last chosen for these headers
// and this account, else for these headers and any. It is quick.
func (s *Store) Mapping(header []string, profileID string) (mapping json.RawMessage, ok bool) {
	s.memory.read(func(f *memoryFile) {
		for _, id := range []string{profileID, ""} {
			var m remembered
			if m, ok = f.Mappings[mappingKey(header, id)]; ok {
				mapping = slices.Clone(m.Mapping)
				return
			}
		}
	})
	return mapping, ok
}

// RememberMapping keeps a matching for these headers and this account, and as
// the one to begin with for another account.
func (s *Store) RememberMapping(header []string, profileID string, mapping any) error {
	data, err := json.Marshal(mapping)
	if err != nil {
		return err
	}
	return s.memory.update(func(f *memoryFile) error {
		if f.Mappings == nil {
			f.Mappings = make(map[string]remembered)
		}
		for _, id := range []string{profileID, ""} {
			f.Mappings[mappingKey(header, id)] = remembered{data, s.now().UTC()}
		}
		for len(f.Mappings) > maxMappings {
			oldest := ""
			for k, m := range f.Mappings {
				if oldest == "" || m.Used.Before(f.Mappings[oldest].Used) {
					oldest = k
				}
			}
			delete(f.Mappings, oldest)
		}
		return nil
	})
}

// Fixes lists the corrections of values remembered for an account, the latest
// last. It is quick.
func (s *Store) Fixes(profileID string) []ValueFix {
	var list []ValueFix
	s.memory.read(func(f *memoryFile) { list = slices.Clone(f.Fixes[profileID]) })
	return list
}

func (v ValueFix) same(other ValueFix) bool { return v.Column == other.Column && v.From == other.From }

// RememberFix keeps a correction, in the place of one of the same value.
func (s *Store) RememberFix(profileID string, fix ValueFix) error {
	return s.memory.update(func(f *memoryFile) error {
		if f.Fixes == nil {
			f.Fixes = make(map[string][]ValueFix)
		}
		f.Fixes[profileID] = append(slices.DeleteFunc(f.Fixes[profileID], fix.same), fix)
		return nil
	})
}

// ForgetFix drops the correction of that column and value.
func (s *Store) ForgetFix(profileID string, fix ValueFix) error {
	return s.memory.update(func(f *memoryFile) error {
		if left := slices.DeleteFunc(f.Fixes[profileID], fix.same); len(left) > 0 {
			f.Fixes[profileID] = left
		} else {
			delete(f.Fixes, profileID)
		}
		return nil
	})
}

// Widths gives the widths of columns kept under a key, such as HeaderKey's. It
// is quick.
func (s *Store) Widths(key string) map[string]float64 {
	var widths map[string]float64
	s.memory.read(func(f *memoryFile) { widths = maps.Clone(f.Widths[key]) })
	return widths
}

// SetWidths keeps the widths of columns.
func (s *Store) SetWidths(key string, widths map[string]float64) error {
	return s.memory.update(func(f *memoryFile) error {
		if f.Widths == nil {
			f.Widths = make(map[string]map[string]float64)
		}
		f.Widths[key] = maps.Clone(widths)
		return nil
	})
}

// forget drops what belongs to a profile.
func (f *memoryFile) forget(profileID string) {
	delete(f.Fixes, profileID)
	maps.DeleteFunc(f.Mappings, func(key string, _ remembered) bool { return strings.HasSuffix(key, "/"+profileID) })
	for i := range f.Recents {
		if f.Recents[i].Profile == profileID {
			f.Recents[i].Profile = ""
		}
	}
}

// Setting reads the setting under a key into a value, and is false where there
// is none that fits. It is quick.
func (s *Store) Setting(key string, into any) bool {
	var data json.RawMessage
	s.settings.read(func(f *settingsFile) { data = slices.Clone(f.Values[key]) })
	return data != nil && json.Unmarshal(data, into) == nil
}

// SetSetting keeps a setting; nil forgets it.
func (s *Store) SetSetting(key string, value any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return s.settings.update(func(f *settingsFile) error {
		if f.Values == nil {
			f.Values = make(map[string]json.RawMessage)
		}
		f.Values[key] = data
		if value == nil {
			delete(f.Values, key)
		}
		return nil
	})
}
