package practice

// The headings of the switches.
const (
	faults    = "Faults"
	discovery = "Discovery"
	filters   = "Filters"
	paging    = "Paging"
	patching  = "PATCH and writing"
	grouping  = "Groups"
	errorsIn  = "Errors"
	answers   = "Answers"
	bulk      = "Bulk"
)

// The names of the faults and quirks. What each does stands in Quirks.
const (
	Latency          Name = "latency"
	RateLimit        Name = "rate-limit"
	RetryAfter       Name = "retry-after"
	FailSeed         Name = "fail-seed"
	Fail500          Name = "fail-500"
	Fail503          Name = "fail-503"
	Fail429          Name = "fail-429"
	DropBefore       Name = "drop-before"
	DropAfter        Name = "drop-after"
	CutShort         Name = "cut-short"
	Hang             Name = "hang"
	SlowDrip         Name = "slow-drip"
	HTMLError        Name = "html-error"
	TokenExpires     Name = "token-expires"
	CreatesPerMinute Name = "creates-per-minute"
	CreatesPerHour   Name = "creates-per-hour"
	WritesPerSecond  Name = "writes-per-second"

	NoConfig        Name = "no-config"
	NullConfig      Name = "null-config"
	LyingEtag       Name = "lying-etag"
	NoResourceTypes Name = "no-resource-types"
	NoSchemas       Name = "no-schemas"
	Extension       Name = "extension"
	Sources         Name = "sources"

	OrFilter              Name = "or-filter"
	LowerCaseOperators    Name = "lower-case-operators"
	CaseSensitiveUserName Name = "case-sensitive-username"
	TwinsAllowed          Name = "twins-allowed"
	BrokenFilterEverybody Name = "broken-filter-everybody"
	FilterIgnored         Name = "filter-ignored"
	FirstClauseOnly       Name = "first-clause-only"
	FilterDrops           Name = "filter-drops"
	Filter500             Name = "filter-500"

	TotalIsPage       Name = "total-is-page"
	PageCap           Name = "page-cap"
	StartIndexIgnored Name = "start-index-ignored"
	ItemsPerPageEcho  Name = "items-per-page-echo"
	CountZeroAll      Name = "count-zero-all"
	Cursor            Name = "cursor"

	CapitalOp              Name = "capital-op"
	PathlessIgnored        Name = "pathless-ignored"
	PathlessMembersReplace Name = "pathless-members-replace"
	MembersDuplicate       Name = "members-duplicate"
	ExtensionPath          Name = "extension-path"
	ExtensionPathless      Name = "extension-pathless"
	ExtensionPutLost       Name = "extension-put-lost"
	PatchNotAtomic         Name = "patch-not-atomic"
	PatchAnswer            Name = "patch-answer"
	CreateAnswer           Name = "create-answer"
	WriteLost              Name = "write-lost"
	NoPatch                Name = "no-patch"
	RolesAddDuplicates     Name = "roles-add-duplicates"

	MembersHidden    Name = "members-hidden"
	UserGroupsHidden Name = "user-groups-hidden"
	MemberLimit      Name = "member-limit"
	SlowGroups       Name = "slow-groups"

	Conflict    Name = "conflict"
	ErrorStatus Name = "error-status"
	BulkStatus  Name = "bulk-status"
	ErrorBody   Name = "error-body"

	OddIDs             Name = "odd-ids"
	Location           Name = "location"
	ContentType        Name = "content-type"
	ScimTypeRefused    Name = "scim-type-refused"
	LowerCaseResources Name = "lower-case-resources"
	NamesRequired      Name = "names-required"
	ActiveAsText       Name = "active-as-text"
	ActiveAnswer       Name = "active-answer"

	NoBulk         Name = "no-bulk"
	BulkRefused    Name = "bulk-refused"
	BulkMax        Name = "bulk-max"
	BulkPayload    Name = "bulk-payload"
	BulkEchoAbsent Name = "bulk-echo-absent"
)

func sw(group string, name Name, help string) Quirk {
	return Quirk{Group: group, Name: name, Help: help, Kind: Switch, Default: "true"}
}

func choice(group string, name Name, help string, values ...string) Quirk {
	return Quirk{Group: group, Name: name, Help: help, Kind: Choice, Values: values, Default: values[0]}
}

func valueOf(kind Kind, group string, name Name, standard, help string) Quirk {
	return Quirk{Group: group, Name: name, Help: help, Kind: kind, Default: standard}
}

// Quirks is the registry of everything that the practice account can play. The
// switches of the headless tool and their help are made from it.
var Quirks = []Quirk{
	valueOf(Duration, faults, Latency, "80ms", "each request takes this long; requests side by side do not wait for each other"),
	valueOf(Number, faults, RateLimit, "25", "at most this many requests a second, the others get 429"),
	choice(faults, RetryAfter, "how 429 and 503 say when to come back", "seconds", "fraction", "date", "absent"),
	valueOf(Number, faults, FailSeed, "1", "seed that decides which requests the shares below hit"),
	valueOf(Share, faults, Fail500, "0.05", "share of requests answered 500, nothing done"),
	valueOf(Share, faults, Fail503, "0.05", "share of requests answered 503, nothing done"),
	valueOf(Share, faults, Fail429, "0.05", "share of requests answered 429, nothing done"),
	valueOf(Share, faults, DropBefore, "0.05", "share of requests whose connection drops before anything is done"),
	valueOf(Share, faults, DropAfter, "0.05", "share of requests whose connection drops after they took effect"),
	valueOf(Share, faults, CutShort, "0.05", "share of requests whose answer breaks off in the middle"),
	valueOf(Share, faults, Hang, "0.01", "share of requests that never get an answer, nothing done"),
	valueOf(Share, faults, SlowDrip, "0.01", "share of requests whose answer comes in drips"),
	valueOf(Share, faults, HTMLError, "0.05", "share of requests answered by a proxy's error page, nothing done"),
	valueOf(Number, faults, TokenExpires, "100", "a token is refused after this many requests"),
	valueOf(Number, faults, CreatesPerMinute, "180", "at most this many new users a minute, the others get 429"),
	valueOf(Number, faults, CreatesPerHour, "1000", "at most this many new users an hour, the others get 429"),
	valueOf(Number, faults, WritesPerSecond, "20", "at most this many writes a second, the others get 429; reads are free"),

	sw(discovery, NoConfig, "no ServiceProviderConfig"),
	sw(discovery, NullConfig, "a ServiceProviderConfig full of nulls"),
	sw(discovery, LyingEtag, "etag is advertised, If-Match is ignored"),
	sw(discovery, NoResourceTypes, "no ResourceTypes"),
	sw(discovery, NoSchemas, "no Schemas"),
	choice(discovery, Extension, "no extension for source usernames: its data is passed over, or refused with the whole user", "absent", "refused"),
	choice(discovery, Sources, "no Sources resource: names stand in Schemas only, or nowhere", "canonical", "none"),

	choice(filters, OrFilter, "a filter with or: 400, or no hits", "refused", "empty"),
	sw(filters, LowerCaseOperators, "filter operators in lower case only"),
	sw(filters, CaseSensitiveUserName, "userName is compared with letter case, so that ADA@ can stand beside ada@"),
	sw(filters, TwinsAllowed, "userName is unique with its letter case only: ADA@ can be made beside ada@, and one eq finds both"),
	sw(filters, BrokenFilterEverybody, "a filter that cannot be read returns everybody"),
	sw(filters, FilterIgnored, "every filter returns everybody"),
	sw(filters, FirstClauseOnly, "only the first clause of a filter counts"),
	sw(filters, FilterDrops, "a filter by other than id or userName drops the connection"),
	sw(filters, Filter500, "a filter by other than id or userName is answered 500"),

	sw(paging, TotalIsPage, "totalResults is the size of the page"),
	valueOf(Number, paging, PageCap, "50", "pages are capped at this size without a word"),
	sw(paging, StartIndexIgnored, "startIndex is ignored: every page is the first"),
	sw(paging, ItemsPerPageEcho, "itemsPerPage says what was asked for"),
	sw(paging, CountZeroAll, "count=0 returns all"),
	choice(paging, Cursor, "paging by cursor (RFC 9865), beside startIndex or instead", "optional", "only"),

	choice(patching, CapitalOp, "a capitalised op such as Add is ignored with 200, or refused", "ignored", "refused"),
	sw(patching, PathlessIgnored, "a PATCH operation without path is ignored with 200"),
	sw(patching, PathlessMembersReplace, "adding members without path replaces the list"),
	sw(patching, MembersDuplicate, "adding a member again lists it twice"),
	choice(patching, ExtensionPath, "PATCH by the extension's path: lost with 200, or refused", "lost", "refused"),
	choice(patching, ExtensionPathless, "PATCH of the extension without path: lost with 200, or refused", "lost", "refused"),
	sw(patching, ExtensionPutLost, "PUT loses the extension with 200"),
	sw(patching, PatchNotAtomic, "a PATCH that fails half-way keeps its first half"),
	choice(patching, PatchAnswer, "PATCH is answered 204, or 200 with {}", "204", "empty"),
	choice(patching, CreateAnswer, "POST is answered with the id only, or with nothing", "id-only", "empty"),
	choice(patching, WriteLost, "writes to this attribute of an existing user are lost with 200", "active", "displayName", "roles"),
	sw(patching, NoPatch, "no PATCH: 501"),
	sw(patching, RolesAddDuplicates, "adding a role keeps the old one as primary, too"),

	sw(grouping, MembersHidden, "members of groups are never returned"),
	sw(grouping, UserGroupsHidden, "groups of users are never returned"),
	valueOf(Number, grouping, MemberLimit, "20", "at most this many members in one PATCH"),
	valueOf(Duration, grouping, SlowGroups, "2s", "each write to a group takes this long"),

	choice(errorsIn, Conflict, "a conflict is 409 without scimType, or 400", "no-type", "400"),
	choice(errorsIn, ErrorStatus, "status in errors is a number, or absent", "number", "absent"),
	choice(errorsIn, BulkStatus, "status inside bulk is a number, {\"code\":\"201\"}, or absent", "number", "object", "absent"),
	choice(errorsIn, ErrorBody, "errors are JSON of another kind, or no JSON", "not-scim", "not-json"),

	sw(answers, OddIDs, "new ids hold a space, an @ and a %"),
	choice(answers, Location, "meta.location and Location are relative, or absent", "relative", "absent"),
	choice(answers, ContentType, "answers are sent as application/json, text/json or text/html", "json", "text-json", "html"),
	choice(answers, ScimTypeRefused, "application/scim+json is refused: by Accept (406), or by Content-Type (415)", "406", "415"),
	sw(answers, LowerCaseResources, "lists call their Resources resources"),
	sw(answers, NamesRequired, "users need name.givenName and name.familyName"),
	sw(answers, ActiveAsText, "active is stored as text when it is sent as text"),
	choice(answers, ActiveAnswer, "active is shown as \"True\" and \"False\", or as 1 and 0", "text", "number"),

	sw(bulk, NoBulk, "no bulk"),
	choice(bulk, BulkRefused, "bulk is advertised, and answered with this status", "404", "501", "413"),
	valueOf(Number, bulk, BulkMax, "30", "at most this many operations in one bulk request"),
	valueOf(Number, bulk, BulkPayload, "65536", "at most this many bytes in one bulk request"),
	sw(bulk, BulkEchoAbsent, "bulk answers without the resources, as in the RFC's examples"),
}
