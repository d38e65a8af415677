package plan

import "encoding/json"

// changeJSON is a Change in `plan --json`: text or null for status, name and
// role, lists for groups and identifiers.
type changeJSON struct {
	Field Field `json:"field"`
	From  any   `json:"from"`
	To    any   `json:"to"`
}

func (c Change) list() bool { return c.Field == FieldGroups || c.Field == FieldIdentifiers }

// MarshalJSON writes {"field","from","to"}; from is null for a user who is
// added.
func (c Change) MarshalJSON() ([]byte, error) {
	j := changeJSON{Field: c.Field}
	if c.list() {
		j.From, j.To = nonNil(c.FromList), nonNil(c.ToList)
	} else {
		if c.From != "" {
			j.From = c.From
		}
		j.To = c.To
	}
	return json.Marshal(j)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (c *Change) UnmarshalJSON(data []byte) error {
	var j struct {
		Field    Field
		From, To json.RawMessage
	}
	if err := json.Unmarshal(data, &j); err != nil {
		return err
	}
	c.Field = j.Field
	if c.list() {
		if err := json.Unmarshal(j.From, &c.FromList); err != nil {
			return err
		}
		return json.Unmarshal(j.To, &c.ToList)
	}
	var from *string
	if err := json.Unmarshal(j.From, &from); err != nil {
		return err
	}
	if from != nil {
		c.From = *from
	}
	return json.Unmarshal(j.To, &c.To)
}

func nonNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// Summary is the object of `plan --json`.
type Summary struct {
	Add       int           `json:"add"`
	Update    int           `json:"update"`
	Unchanged int           `json:"unchanged"`
	Blocked   int           `json:"blocked"`
	Parts     int           `json:"parts"`
	Attention Attention     `json:"attention"`
	Users     []UserSummary `json:"users"`
}

// UserSummary is one user of `plan --json`.
type UserSummary struct {
	Row     int      `json:"row"`
	Email   string   `json:"email"`
	Action  Action   `json:"action"`
	Changes []Change `json:"changes"`
	Message string   `json:"message,omitempty"`
}

// Summary gives the plan in the form of `plan --json`.
func (p *Plan) Summary() Summary {
	s := Summary{
		Add: p.Counts.Add, Update: p.Counts.Update, Unchanged: p.Counts.Unchanged, Blocked: p.Counts.Blocked,
		Parts: p.Counts.Parts, Attention: p.Attention, Users: make([]UserSummary, 0, len(p.Entries)),
	}
	for i := range p.Entries {
		e := &p.Entries[i]
		changes := e.Changes
		if changes == nil {
			changes = []Change{}
		}
		s.Users = append(s.Users, UserSummary{Row: e.Number, Email: e.Email(), Action: e.Action, Changes: changes, Message: e.Reason})
	}
	return s
}
