package roster

import "slices"

// product is a directory or chat platform whose own export is known by its
// headers, and what its documentation says of them. Only what has one reading
// there is here: an Admin of a chat platform, say, is not for certain an Admin of
// the account.
type product struct {
	// signature are folded headers that stand together in no other file.
	signature []string
	// columns are the headers, folded, that are certain for a column.
	columns map[Column]string
	// source is the platform whose identifiers the column ids holds.
	source, ids string
}

var products = []product{
	{ // Slack, "Export a list of your workspace members"
		signature: []string{"username", "email", "status", "billing active", "has 2fa", "userid", "fullname", "displayname"},
		columns:   map[Column]string{Email: "email", Name: "fullname", Status: "status"},
		source:    "slack", ids: "userid",
	},
	{ // Microsoft Entra, "Download a list of users"
		signature: []string{"userprincipalname", "displayname", "surname", "givenname", "usertype", "accountenabled"},
		columns:   map[Column]string{Name: "displayname", Status: "accountenabled"},
	},
}

// products makes certain what the export of a known product leaves no doubt
// about.
func (rc *recognition) products() {
	at := make(map[string]int)
	for col, h := range rc.header {
		key := Fold(h)
		if _, twice := at[key]; twice {
			col = -1
		}
		at[key] = col
	}
	for i := range products {
		if p := &products[i]; p.signs(at) {
			for c, key := range p.columns {
				rc.confirm(c, at[key])
			}
			if p.source != "" {
				rc.ids(p.source, at[p.ids])
			}
		}
	}
}

// signs says whether all of the product's headers are there, each once.
func (p *product) signs(at map[string]int) bool {
	for _, key := range p.signature {
		if col, ok := at[key]; !ok || col < 0 {
			return false
		}
	}
	return true
}

// confirm makes the match of a column to one of the file's certain, or sets it.
func (rc *recognition) confirm(c Column, col int) {
	m := &rc.m.Columns[c]
	switch {
	case m.Kind != None && len(m.Cols) == 1 && m.Cols[0] == col:
		m.Others, m.Certain = nil, true
	case !rc.taken[col]:
		for _, old := range m.Cols {
			delete(rc.taken, old)
		}
		rc.direct(c, []int{col}, HowSynonym, true)
	}
}

// ids proposes a column for the identifiers of a platform, where the account has
// one source of it.
func (rc *recognition) ids(platform string, col int) {
	if rc.m.Columns[Sources].Kind != None || rc.taken[col] {
		return
	}
	source := platform
	if rc.dir != nil && !rc.dir.NoSources {
		src, called := SourceByAnyName(platform, rc.dir)
		if called < AlsoCalled || !src.Enabled {
			return
		}
		source = src.Name
	}
	rc.set(Sources, Match{Kind: PerSource, Cols: []int{col}, Sources: []string{source}, How: HowSource})
}

// principal makes the sign-in name of Microsoft's directories, an address, the
// primary email for certain where the file has no other address that could be
// meant.
func (rc *recognition) principal() {
	m := &rc.m.Columns[Email]
	if m.Kind != Direct || m.Certain || !says(rc.header[m.Cols[0]], "principal name") && Fold(rc.header[m.Cols[0]]) != "upn" && !says(rc.header[m.Cols[0]], "principalname") {
		return
	}
	for col := range rc.header {
		p := &rc.seen[col]
		if col != m.Cols[0] && p.mails > 0 && (!rc.otherMail(col) || says(rc.header[col], "proxy")) {
			return
		}
	}
	m.How, m.Others, m.Certain = HowSynonym, nil, true
}

// plainStatus are folded headers under which a yes or a no is a status and
// nothing else.
var plainStatus = func() map[string]bool {
	m := make(map[string]bool)
	for _, w := range []string{
		"active", "is active", "isactive", "enabled", "is enabled", "isenabled", "account enabled", "accountenabled", "account active", "user active", "activated", "active status", "worker active", "employee active",
		"aktiv", "actif", "activo", "attivo", "ativo", "actief", "activé",
		"disabled", "is disabled", "suspended", "is suspended", "deactivated", "archived", "is archived", "inactive", "is inactive",
		"deaktiviert", "désactivé", "deshabilitado", "disattivato",
	} {
		m[Fold(w)] = true
	}
	return m
}()

// yesOrNo makes the status certain where its header is a plain question, all
// that stands below are answers, and no other column answers it.
func (rc *recognition) yesOrNo() {
	m := &rc.m.Columns[Status]
	if m.Kind != Direct && m.Kind != Inverted || m.Certain || !rc.answers(m.Cols[0]) {
		return
	}
	keys := headerKeys(rc.header[m.Cols[0]])
	if !slices.ContainsFunc(keys, func(key string) bool { return plainStatus[key] }) {
		return
	}
	for col, n := range rc.names {
		if col != m.Cols[0] && (n.target == toStatus || n.target == toBlocked) && rc.seen[col].filled > 0 {
			return
		}
	}
	m.How, m.Others, m.Certain = HowSynonym, nil, true
}

func (rc *recognition) answers(col int) bool {
	p := &rc.seen[col]
	return p.filled > 0 && p.booleans == p.filled
}
