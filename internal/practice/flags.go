package practice

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/pflag"
)

// Flags are the switches of the headless tool's sandbox command.
type Flags struct {
	options Options
	quirks  Set
}

// BindFlags defines a flag for each option and, from the registry, for each
// quirk and fault. Options gives what was chosen, once they are parsed.
func BindFlags(fs *pflag.FlagSet) *Flags {
	f := &Flags{quirks: Set{}}
	o := &f.options
	fs.StringVar(&o.Addr, "addr", "127.0.0.1:0", "address to listen on; port 0 takes a free one")
	fs.StringVar(&o.Token, "token", "", "bearer token (a random one where none is given)")
	fs.StringVar(&o.DB, "db", "", "database `file`, made where there is none and gone on with where there is one")
	fs.BoolVar(&o.Empty, "empty", false, "start without users and groups, with the sources")
	fs.StringVar(&o.User, "basic-user", "", "user `name` for signing in by user and password; the password comes from ROLLCALL_SANDBOX_PASSWORD")
	fs.StringVar(&o.ClientID, "client-id", "", "OAuth client `id`; the secret comes from ROLLCALL_SANDBOX_CLIENT_SECRET")
	for _, q := range Quirks {
		flag := fs.VarPF(&flagValue{quirk: q, set: f.quirks}, string(q.Name), "", q.usage())
		if q.Kind == Switch {
			flag.NoOptDefVal = q.Default
		}
	}
	return f
}

// Options gives the options that the parsed flags describe.
func (f *Flags) Options() Options {
	o := f.options
	o.Quirks = f.quirks.clone()
	o.Password = os.Getenv("ROLLCALL_SANDBOX_PASSWORD")
	o.ClientSecret = os.Getenv("ROLLCALL_SANDBOX_CLIENT_SECRET")
	return o
}

// usage is the line of the help: what it does, what it takes.
func (q Quirk) usage() string {
	switch q.Kind {
	case Switch:
		return fmt.Sprintf("[%s] %s", q.Group, q.Help)
	case Choice:
		return fmt.Sprintf("[%s] %s: %s", q.Group, q.Help, strings.Join(q.Values, ", "))
	}
	return fmt.Sprintf("[%s] %s, such as %s", q.Group, q.Help, q.Default)
}

// flagValue puts a flag's value into the set.
type flagValue struct {
	quirk Quirk
	set   Set
}

func (v *flagValue) String() string { return v.set[v.quirk.Name] }

func (v *flagValue) Set(text string) error { return v.set.put(v.quirk.Name.As(text)) }

func (v *flagValue) Type() string {
	if v.quirk.Kind == Switch {
		return "bool"
	}
	return string(v.quirk.Kind)
}
