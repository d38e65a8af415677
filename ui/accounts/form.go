package accounts

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rollcall/internal/account"
	"rollcall/internal/problem"
	"rollcall/ui/ask"
	"rollcall/ui/look"
	"rollcall/ui/places"
	"rollcall/ui/watch"
)

// labelWidth and fieldWidth are the two columns of the form in canvas units.
const (
	labelWidth float32 = 144
	fieldWidth float32 = 398
)

// colours are what a profile's mark can be.
var colours = []struct{ Name, Value string }{
	{"No colour", ""}, {"Blue", "#2457D6"}, {"Green", "#17B26A"}, {"Orange", "#DC6803"},
	{"Red", "#D92D20"}, {"Purple", "#7A5AF8"}, {"Grey", "#667085"},
}

// ways are the ways to sign in, in the order of the form.
var ways = []struct {
	Name string
	Way  account.SignIn
}{
	{"Token", account.SignInToken}, {"User and password", account.SignInBasic}, {"OAuth client", account.SignInOAuth},
}

// form holds the fields of a profile.
type form struct {
	profile account.Profile
	content *fyne.Container
	more    *fyne.Container
	moreBtn *look.Button

	name, address           *ask.Entry
	signIn                  *radios
	token, user, password   *ask.Entry
	tokenURL, clientID      *ask.Entry
	clientSecret            *ask.Entry
	colour                  *look.Button
	production, readOnly    *ask.Check
	caFile, rate, extension *ask.Entry
	chooseCA                *look.Button
	lines                   map[string]fyne.CanvasObject
	changed                 func() // the profile differs from what was tested
	resized                 func()
	way                     account.SignIn
	colourValue             string
	secretKept              bool
}

func newForm(p account.Profile, secretKept bool, card *ask.Card, d *Dialogs) *form {
	f := &form{profile: p, secretKept: secretKept, lines: map[string]fyne.CanvasObject{}, changed: func() {}, resized: func() {}}
	field := func(text, placeholder string) *ask.Entry {
		e := ask.NewEntry().In(card)
		e.SetText(text)
		e.SetPlaceHolder(placeholder)
		e.OnChanged = func(string) { watch.Do("change account", func() { f.changed() }) }
		return e
	}
	secret := func() *ask.Entry {
		e := field("", "")
		e.Password = true
		if secretKept {
			e.SetPlaceHolder("Kept in the keychain. Type to replace it")
		}
		return e
	}
	f.name = field(p.Name, "Northwind Trading")
	f.address = field(p.URL, "https://northwind.example.com/scim/v2")
	f.token, f.password, f.clientSecret = secret(), secret(), secret()
	f.user = field(p.User, "")
	f.tokenURL = field(p.OAuthTokenURL, "https://login.example.com/oauth/token")
	f.clientID = field(p.ClientID, "")
	f.caFile = field(p.CAFile, "A PEM file, only for a private certificate")
	f.rate = field(rateText(p.Rate), "25 requests a second")
	f.extension = field(p.ExtensionURN, "Rollcall’s own")
	f.production = ask.NewCheck("This is a production account", func(bool) { f.changed() })
	f.production.Checked = p.Production
	f.readOnly = ask.NewCheck("Read only: nothing can be imported into it", func(bool) { f.changed() })
	f.readOnly.Checked = p.ReadOnly
	f.colourValue = p.Colour
	f.colour = look.NewDropDown(colourName(p.Colour), nil).Leading()
	f.colour.OnTapped = watch.Wrap("button account.colour", func() { f.chooseColour(d.Layer) })
	if d.Choose != nil {
		f.chooseCA = look.NewButton("Choose…", watch.Wrap("button account.chooseca", func() {
			d.Choose("The certificate authority’s file", []string{".pem", ".crt", ".cer"}, f.caFile.SetText)
		})).WithTip("The file of your organisation’s own certificate authority, as PEM")
	}
	names := make([]string, len(ways))
	for i, w := range ways {
		names[i] = w.Name
	}
	f.signIn = newRadios(names, func(i int) { f.setWay(ways[i].Way); f.changed(); f.resized() })
	f.build()
	f.setWay(p.SignIn)
	for i, w := range ways {
		if w.Way == f.way {
			f.signIn.choose(i)
		}
	}
	return f
}

// build lays the lines out; setWay shows those that are needed.
func (f *form) build() {
	line := func(key, label string, field fyne.CanvasObject) fyne.CanvasObject {
		l := container.NewBorder(nil, nil, look.Fixed(labelWidth, look.ControlHeight, container.NewHBox(centred(look.NewText(label)))), nil,
			look.Fixed(fieldWidth, 0, field))
		f.lines[key] = l
		return l
	}
	f.more = look.Column(10,
		line("colour", "Colour", f.colour),
		line("ca", "Certificate file", f.caLine()),
		line("rate", "Rate limit", f.rate),
		line("extension", "Extension URN", f.extension),
		line("readonly", "", f.readOnly))
	f.more.Hide()
	f.moreBtn = look.NewButton("More settings", nil).Small().Flat().WithTip("Colour, certificate, rate limit, extension, read only")
	f.moreBtn.OnTapped = watch.Wrap("button account.more", f.toggleMore)
	f.content = look.Column(12,
		line("name", "Name", f.name),
		line("address", "Address", f.address),
		line("signin", "Sign in with", f.signIn.row),
		line("token", "Token", f.token),
		line("user", "User", f.user),
		line("password", "Password", f.password),
		line("tokenurl", "Token address", f.tokenURL),
		line("clientid", "Client ID", f.clientID),
		line("clientsecret", "Client secret", f.clientSecret),
		line("production", "", f.production),
		look.Row(0, f.moreBtn), f.more)
}

// caLine is the field with its button.
func (f *form) caLine() fyne.CanvasObject {
	if f.chooseCA == nil {
		return f.caFile
	}
	return container.NewBorder(nil, nil, nil, look.Inset(0, 0, 0, 8, f.chooseCA), f.caFile)
}

func centred(o fyne.CanvasObject) fyne.CanvasObject { return container.NewCenter(o) }

func (f *form) toggleMore() {
	if f.more.Visible() {
		f.more.Hide()
		f.moreBtn.SetText("More settings")
	} else {
		f.more.Show()
		f.moreBtn.SetText("Fewer settings")
	}
	f.resized()
}

func (f *form) setWay(way account.SignIn) {
	if way == "" {
		way = account.SignInToken
	}
	f.way = way
	show := map[string]bool{
		"token": way == account.SignInToken,
		"user":  way == account.SignInBasic, "password": way == account.SignInBasic,
		"tokenurl": way == account.SignInOAuth, "clientid": way == account.SignInOAuth, "clientsecret": way == account.SignInOAuth,
	}
	for key, wanted := range show {
		if wanted {
			f.lines[key].Show()
		} else {
			f.lines[key].Hide()
		}
	}
}

func (f *form) chooseColour(layer *ask.Layer) {
	var items []*fyne.MenuItem
	for _, c := range colours {
		items = append(items, ask.MenuItem(c.Name, func() {
			f.colourValue = c.Value
			f.colour.SetText(c.Name)
			f.changed()
		}))
	}
	layer.MenuBelow(f.colour, items...)
}

func colourName(value string) string {
	for _, c := range colours {
		if strings.EqualFold(c.Value, value) {
			return c.Name
		}
	}
	return value
}

// secret is what was typed into the field of the chosen way; "" keeps what the
// keychain has.
func (f *form) secret() string {
	switch f.way {
	case account.SignInBasic:
		return f.password.Text
	case account.SignInOAuth:
		return f.clientSecret.Text
	default:
		return strings.TrimSpace(f.token.Text)
	}
}

// read makes a profile of the fields, or says what is missing.
func (f *form) read() (account.Profile, error) {
	p := f.profile
	p.Name, p.URL, p.SignIn = strings.TrimSpace(f.name.Text), strings.TrimSpace(f.address.Text), f.way
	p.User, p.OAuthTokenURL, p.ClientID = "", "", ""
	switch f.way {
	case account.SignInBasic:
		p.User = strings.TrimSpace(f.user.Text)
	case account.SignInOAuth:
		p.OAuthTokenURL, p.ClientID = strings.TrimSpace(f.tokenURL.Text), strings.TrimSpace(f.clientID.Text)
	}
	p.CAFile, p.ExtensionURN = strings.TrimSpace(f.caFile.Text), strings.TrimSpace(f.extension.Text)
	p.Colour, p.Production, p.ReadOnly = f.colourValue, f.production.Checked, f.readOnly.Checked
	switch {
	case p.Name == "":
		return p, problem.New("Give the account a name first, for you to know it by.", nil)
	case p.URL == "":
		return p, problem.New("The address is missing. It begins with https:// and is given by your account’s administrator.", nil)
	case f.way == account.SignInBasic && p.User == "":
		return p, problem.New("The user name to sign in with is missing.", nil)
	case f.way == account.SignInOAuth && (p.OAuthTokenURL == "" || p.ClientID == ""):
		return p, problem.New("Signing in as an OAuth client needs the token address and the client ID.", nil)
	case f.secret() == "" && !f.secretKept:
		return p, problem.New("The "+f.secretWord()+" is missing. Without it the account cannot be reached.", nil)
	}
	rate, err := parseRate(f.rate.Text)
	if err != nil {
		return p, err
	}
	p.Rate = rate
	return p, nil
}

func (f *form) secretWord() string {
	switch f.way {
	case account.SignInBasic:
		return "password"
	case account.SignInOAuth:
		return "client secret"
	default:
		return "token"
	}
}

func rateText(rate float64) string {
	if rate == 0 {
		return ""
	}
	return strconv.FormatFloat(rate, 'f', -1, 64)
}

// parseRate reads requests a second; nothing is the default.
func parseRate(text string) (float64, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0, nil
	}
	rate, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", "."), 64)
	if err != nil || rate <= 0 || rate > 1000 {
		return 0, problem.New("The rate limit is a number of requests a second, from 0.1 to 1,000. Leave it empty for 25.", err)
	}
	return rate, nil
}

func (f *form) places(p *places.Page) {
	p.Mark("account.name", f.name)
	p.Mark("account.address", f.address)
	for i, key := range []string{"token", "basic", "oauth"} {
		p.Mark("account.signin."+key, f.signIn.options[i])
	}
	mark := func(line, name string, o fyne.CanvasObject) {
		if f.lines[line].Visible() {
			p.Mark(name, o)
		}
	}
	mark("token", "account.token", f.token)
	mark("user", "account.user", f.user)
	mark("password", "account.password", f.password)
	mark("tokenurl", "account.tokenurl", f.tokenURL)
	mark("clientid", "account.clientid", f.clientID)
	mark("clientsecret", "account.clientsecret", f.clientSecret)
	p.Mark("account.production", f.production)
	p.Mark("account.more", f.moreBtn)
	if f.more.Visible() {
		p.Mark("account.colour", f.colour)
		p.Mark("account.cafile", f.caFile)
		if f.chooseCA != nil {
			p.Mark("account.chooseca", f.chooseCA)
		}
		p.Mark("account.rate", f.rate)
		p.Mark("account.extension", f.extension)
		p.Mark("account.readonly", f.readOnly)
	}
}
