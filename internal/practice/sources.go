package practice

import (
	"net/http"

	"rollcall/internal/practice/schema"
)

// sources is the shelf of /Sources, which clients can only read.
type sources struct{ s *Server }

func (sources) kind(c *call) *schema.Resource { return c.w.source }

func (s sources) all() []*record {
	out := make([]*record, 0, len(s.s.sources))
	for i, source := range s.s.sources {
		out = append(out, &record{seq: int64(i + 1), id: source.ID, version: 1, created: source.created, modified: source.created,
			doc: schema.Doc{"name": source.Name, "displayName": source.DisplayName, "enabled": source.Enabled,
				"identifierPattern": source.Pattern, "example": source.Example}})
	}
	return out
}

func (s sources) find(_ *tx, id string) (*record, error) {
	for _, r := range s.all() {
		if r.id == id {
			return r, nil
		}
	}
	return nil, nil
}

func (s sources) count(*tx, condition) (int, error) { return len(s.s.sources), nil }

func (s sources) list(_ *tx, _ condition, offset, limit int) ([]*record, error) {
	all := s.all()
	all = all[min(offset, len(all)):]
	if limit >= 0 && limit < len(all) {
		all = all[:limit]
	}
	return all, nil
}

func (sources) complete(*call, *tx, []*record, schema.Projection) error { return nil }

func (sources) create(*call, *tx, schema.Doc) (*record, error) { return nil, errSourcesFixed }

func (sources) save(*call, *tx, *record, schema.Doc) error { return errSourcesFixed }

func (sources) remove(*call, *tx, *record) error { return errSourcesFixed }

var errSourcesFixed error = schema.Errorf(http.StatusMethodNotAllowed, "", "Sources can only be read.")
