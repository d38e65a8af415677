package account

// SignIn is the way a profile signs in.
type SignIn string

// The ways to sign in (account-api: bearer token, HTTP basic, OAuth 2.0 client
// credentials).
const (
	SignInToken SignIn = "token"
	SignInBasic SignIn = "basic"
	SignInOAuth SignIn = "oauth"
)

// Profile is how to reach one account. It never holds the secret: that is in
// the keychain, under the profile's ID.
type Profile struct {
	// ID is stable over renames; it is the keychain's key.
	ID   string `json:"id"`
	Name string `json:"name"`
	// Colour is #RRGGBB, shown beside the name in the window.
	Colour     string `json:"colour,omitempty"`
	Production bool   `json:"production,omitempty"`
	// URL is the SCIM base address, https except for loopback.
	URL           string `json:"url"`
	SignIn        SignIn `json:"signIn"`
	User          string `json:"user,omitempty"`
	OAuthTokenURL string `json:"oauthTokenUrl,omitempty"`
	ClientID      string `json:"clientId,omitempty"`
	// CAFile is a PEM file with a private certificate authority, "" for the
	// system's own.
	CAFile string `json:"caFile,omitempty"`
	// Rate is the most requests a second; 0 is the default of 25.
	Rate float64 `json:"rate,omitempty"`
	// ExtensionURN is the schema of the source usernames; "" is Rollcall's own.
	ExtensionURN string `json:"extensionUrn,omitempty"`
	ReadOnly     bool   `json:"readOnly,omitempty"`
	// Practice marks the account inside the program.
	Practice bool `json:"practice,omitempty"`
}
