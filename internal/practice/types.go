package practice

import "rollcall/internal/practice/schema"

// The URNs of the schemas and messages (RFC 7643, RFC 7644), and of our own
// documented extension.
const (
	urnUser       = "urn:ietf:params:scim:schemas:core:2.0:User"
	urnGroup      = "urn:ietf:params:scim:schemas:core:2.0:Group"
	urnEnterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
	urnRollcall   = "urn:ietf:params:scim:schemas:extension:rollcall:2.0:User"
	urnSource     = "urn:ietf:params:scim:schemas:rollcall:2.0:Source"

	urnError   = "urn:ietf:params:scim:api:messages:2.0:Error"
	urnList    = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
	urnPatch   = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
	urnSearch  = "urn:ietf:params:scim:api:messages:2.0:SearchRequest"
	urnBulkReq = "urn:ietf:params:scim:api:messages:2.0:BulkRequest"
	urnBulkRes = "urn:ietf:params:scim:api:messages:2.0:BulkResponse"
	urnConfig  = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"
)

// Roles are the role values that the account takes, spelt exactly so.
var Roles = []string{"User", "Admin", "Supervisor"}

func text(name, description string) schema.Attribute {
	return schema.Attribute{Name: name, Description: description, Type: schema.String}
}

func flag(name, description string) schema.Attribute {
	return schema.Attribute{Name: name, Description: description, Type: schema.Boolean}
}

func list(name, description string, sub ...schema.Attribute) schema.Attribute {
	return schema.Attribute{Name: name, Description: description, Type: schema.Complex, Multi: true, Sub: sub}
}

// valued is the usual multi-valued attribute (RFC 7643 §2.4).
func valued(name, description string, kinds ...string) schema.Attribute {
	kind := text("type", "What the value is used for.")
	kind.Canonical = kinds
	return list(name, description,
		text("value", "The value."), text("display", "A name to show."), kind, flag("primary", "Whether this is the main value."))
}

func reference(name string, types ...string) schema.Attribute {
	return schema.Attribute{Name: name, Description: "The address of the resource.", Type: schema.Reference,
		CaseExact: true, Mutability: schema.ReadOnly, References: types}
}

func userSchema() *schema.Schema {
	userName := text("userName", "The primary e-mail, the key of a user. Unique without regard to letter case.")
	userName.Required, userName.Uniqueness = true, "server"
	password := text("password", "Taken and forgotten: this account has no passwords.")
	password.Mutability, password.Returned = schema.WriteOnly, schema.ReturnedNever
	profile := text("profileUrl", "The address of a profile page.")
	profile.Type, profile.References = schema.Reference, []string{"external"}
	roles := valued("roles", "The role: User, Admin or Supervisor.")
	roles.Sub[0].Canonical = Roles
	certificates := valued("x509Certificates", "Certificates.")
	certificates.Sub[0].Type = schema.Binary
	return &schema.Schema{ID: urnUser, Name: "User", Description: "A user of the account", Attributes: []schema.Attribute{
		userName, nameAttribute(), text("displayName", "The name to show."), text("nickName", "A casual name."),
		profile, text("title", "The job title."), text("userType", "The kind of employment."),
		text("preferredLanguage", "The preferred language."), text("locale", "The locale."), text("timezone", "The time zone."),
		flag("active", "True for an active user, false for an archived one."), password,
		valued("emails", "E-mail addresses.", "work", "home", "other"),
		valued("phoneNumbers", "Telephone numbers.", "work", "home", "mobile", "fax", "pager", "other"),
		valued("ims", "Instant messaging addresses."),
		valued("photos", "Addresses of pictures.", "photo", "thumbnail"), addresses(), userGroups(),
		valued("entitlements", "Entitlements."), roles, certificates,
	}}
}

func nameAttribute() schema.Attribute {
	return schema.Attribute{Name: "name", Description: "The parts of the name.", Type: schema.Complex, Sub: []schema.Attribute{
		text("formatted", "The full name."), text("familyName", "The family name."), text("givenName", "The given name."),
		text("middleName", "The middle name."), text("honorificPrefix", "A title in front."), text("honorificSuffix", "A suffix."),
	}}
}

func addresses() schema.Attribute {
	kind := text("type", "What the address is used for.")
	kind.Canonical = []string{"work", "home", "other"}
	return list("addresses", "Postal addresses.",
		text("formatted", "The full address."), text("streetAddress", "The street."), text("locality", "The town."),
		text("region", "The region."), text("postalCode", "The postal code."), text("country", "The country."),
		kind, flag("primary", "Whether this is the main address."))
}

func userGroups() schema.Attribute {
	groups := list("groups", "The groups that the user belongs to. Changed through the groups.",
		readOnly("value", "The id of the group."), reference("$ref", "Group"),
		readOnly("display", "The name of the group."), readOnly("type", "How the membership came about."))
	groups.Mutability = schema.ReadOnly
	groups.Sub[0].CaseExact = true
	groups.Sub[3].Canonical = []string{"direct"}
	return groups
}

func readOnly(name, description string) schema.Attribute {
	a := text(name, description)
	a.Mutability = schema.ReadOnly
	return a
}

func enterpriseSchema() *schema.Schema {
	return &schema.Schema{ID: urnEnterprise, Name: "EnterpriseUser", Description: "Enterprise user", Attributes: []schema.Attribute{
		text("employeeNumber", "The employee number."), text("costCenter", "The cost centre."),
		text("organization", "The organisation."), text("division", "The division."), text("department", "The department."),
		{Name: "manager", Description: "The user's manager.", Type: schema.Complex, Sub: []schema.Attribute{
			text("value", "The id of the manager."), reference("$ref", "User"), readOnly("displayName", "The manager's name."),
		}},
	}}
}

// rollcallSchema is the extension for source usernames. The canonical values
// of the type are the enabled sources, filled in by the caller.
func rollcallSchema(sources []string) *schema.Schema {
	value := text("value", "The identifier on the source.")
	value.Required = true
	kind := text("type", "The name of the source.")
	kind.Required, kind.Canonical = true, sources
	return &schema.Schema{ID: urnRollcall, Name: "RollcallUser", Description: "Source usernames of a user", Attributes: []schema.Attribute{
		list("sourceUsernames", "The user's identifiers on the sources. Each belongs to one user only.", value, kind),
	}}
}

func groupSchema() *schema.Schema {
	displayName := text("displayName", "The name of the group. Unique without regard to letter case.")
	displayName.Required, displayName.Uniqueness = true, "server"
	value := text("value", "The id of the member.")
	value.CaseExact, value.Mutability = true, schema.Immutable
	kind := text("type", "What the member is.")
	kind.Mutability, kind.Canonical = schema.Immutable, []string{"User"}
	ref := reference("$ref", "User")
	return &schema.Schema{ID: urnGroup, Name: "Group", Description: "A group of users", Attributes: []schema.Attribute{
		displayName, list("members", "The users in the group.", value, ref, readOnly("display", "The name of the member."), kind),
	}}
}

func sourceSchema() *schema.Schema {
	enabled := flag("enabled", "Whether identifiers of the source are taken.")
	enabled.Mutability = schema.ReadOnly
	name := readOnly("name", "The name that identifiers carry as their type.")
	name.Uniqueness = "server"
	pattern := readOnly("identifierPattern", "A regular expression that identifiers match.")
	pattern.CaseExact = true
	return &schema.Schema{ID: urnSource, Name: "Source", Description: "A communication platform", Attributes: []schema.Attribute{
		name, readOnly("displayName", "The name to show."), enabled, pattern, readOnly("example", "An identifier as it should look."),
	}}
}

func userType(sources []string) *schema.Resource {
	return &schema.Resource{Name: "User", Endpoint: "/Users", Description: "Users of the account", Core: userSchema(),
		Extensions: []*schema.Schema{enterpriseSchema(), rollcallSchema(sources)}}
}

func groupType() *schema.Resource {
	return &schema.Resource{Name: "Group", Endpoint: "/Groups", Description: "Groups of users", Core: groupSchema()}
}

func sourceType() *schema.Resource {
	return &schema.Resource{Name: "Source", Endpoint: "/Sources", Description: "Communication platforms", Core: sourceSchema()}
}
