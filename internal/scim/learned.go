package scim

// Learned is what a client found out about one account that the account does
// not say of itself. It is kept between runs, beside the profile.
type Learned struct {
	// PlainJSON: the account takes only application/json.
	PlainJSON bool `json:"plainJson,omitempty"`
	// NoPatch: users are read whole and written back whole.
	NoPatch bool `json:"noPatch,omitempty"`
	// NoBulk: the account advertises bulk and does not take it.
	NoBulk bool `json:"noBulk,omitempty"`
	// BulkMax is the most operations that a bulk request was taken with, where
	// a larger one was refused; 0 is not known.
	BulkMax int `json:"bulkMax,omitempty"`
	// Names: given and family names must be sent.
	Names bool `json:"names,omitempty"`
	// IdentifiersApart: users are made without identifiers, which then follow,
	// since the account refused a user for the extension itself.
	IdentifiersApart bool `json:"identifiersApart,omitempty"`
	// IdentifierForm is the way of writing identifiers that worked.
	IdentifierForm identifierForm `json:"identifierForm,omitempty"`
	// MemberBatch is the most members that a change of a group was taken with,
	// where a larger one was refused; 0 is not known.
	MemberBatch int `json:"memberBatch,omitempty"`
	// SearchByPost: lists and searches go by POST to /.search, since the account
	// does not read the query of a GET.
	SearchByPost bool `json:"searchByPost,omitempty"`
	// NoFilter: a search by e-mail answers with everybody, or not at all.
	NoFilter bool `json:"noFilter,omitempty"`
}

// Learned gives a copy of what was learnt so far.
func (c *Client) Learned() Learned { return c.learned() }

func (c *Client) learned() Learned {
	c.learntMu.Lock()
	defer c.learntMu.Unlock()
	return c.learnt
}

func (c *Client) learn(change func(*Learned)) {
	c.learntMu.Lock()
	defer c.learntMu.Unlock()
	change(&c.learnt)
}
