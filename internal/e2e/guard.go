package e2e

import (
	"fmt"
	"net"
	"strings"
	"time"
)

// failure is how Guard's Reporter ends a walk.
type failure struct{ text string }

// narrator is a Reporter for use outside of tests.
type narrator struct{ say func(string) }

func (n narrator) Helper()                           {}
func (n narrator) Logf(format string, args ...any)   { n.say(fmt.Sprintf(format, args...)) }
func (n narrator) Fatalf(format string, args ...any) { panic(failure{fmt.Sprintf(format, args...)}) }

// Guard runs walk outside of a test: say gets what it logs, and its first
// failure becomes the error.
func Guard(walk func(Reporter), say func(string)) (err error) {
	defer func() {
		switch f := recover().(type) {
		case nil:
		case failure:
			err = fmt.Errorf("%s", f.text)
		default:
			panic(f)
		}
	}()
	walk(narrator{say})
	return nil
}

// DisplayAnswers reports whether an X11 screen of this name (DISPLAY) takes
// connections: a name alone may be left over from another session.
func DisplayAnswers(name string) bool {
	host, rest, ok := strings.Cut(name, ":")
	if !ok || rest == "" {
		return false
	}
	number, _, _ := strings.Cut(rest, ".")
	network, address := "unix", "/tmp/.X11-unix/X"+number
	if host != "" && host != "unix" && !strings.HasPrefix(host, "/") {
		var port int
		if _, err := fmt.Sscanf(number, "%d", &port); err != nil {
			return false
		}
		network, address = "tcp", net.JoinHostPort(host, fmt.Sprint(6000+port))
	}
	conn, err := net.DialTimeout(network, address, 3*time.Second)
	if err != nil && network == "unix" {
		conn, err = net.DialTimeout("unix", "@"+address, 3*time.Second)
	}
	if err != nil {
		return false
	}
	conn.Close()
	return true
}
