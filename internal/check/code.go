package check

// Code is the stable name of a rule: it never changes.
type Code string

// The rules.
const (
	RowsTooMany   Code = "rows-too-many"
	ColumnMissing Code = "column-missing"

	StatusEmpty   Code = "status-empty"
	StatusUnknown Code = "status-unknown"
	StatusCase    Code = "status-case"

	NameEmpty   Code = "name-empty"
	NameTooLong Code = "name-too-long"

	EmailEmpty     Code = "email-empty"
	EmailInvalid   Code = "email-invalid"
	EmailWrapped   Code = "email-wrapped"
	EmailDomain    Code = "email-domain"
	EmailDuplicate Code = "email-duplicate"

	RoleEmpty   Code = "role-empty"
	RoleUnknown Code = "role-unknown"
	RoleCase    Code = "role-case"

	GroupsEmpty    Code = "groups-empty"
	GroupUnknown   Code = "group-unknown"
	GroupSeparator Code = "group-separator"
	GroupNoneMixed Code = "group-none-mixed"
	GroupCase      Code = "group-case"
	GroupRepeated  Code = "group-repeated"

	SourceMissing       Code = "source-missing"
	SourceUnknown       Code = "source-unknown"
	SourceDisabled      Code = "source-disabled"
	SourceCase          Code = "source-case"
	SourceSeparator     Code = "source-separator"
	IdentifierInvalid   Code = "identifier-invalid"
	IdentifierMangled   Code = "identifier-mangled"
	IdentifierRepeated  Code = "identifier-repeated"
	IdentifierDuplicate Code = "identifier-duplicate"
	IdentifierTaken     Code = "identifier-taken"

	Spaces     Code = "spaces"
	Invisible  Code = "invisible"
	Formula    Code = "formula"
	Unreadable Code = "unreadable"

	// Refused is the account's own answer on a row; its message is the
	// account's.
	Refused Code = "refused"
)
