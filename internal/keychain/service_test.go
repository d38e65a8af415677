//go:build linux

package keychain

import (
	"fmt"
	"maps"
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"
	ss "github.com/zalando/go-keyring/secret_service"
)

// The names of the Secret Service's specification.
const (
	servicePath    = dbus.ObjectPath("/org/freedesktop/secrets")
	collectionPath = servicePath + "/collection/login"
	sessionPath    = servicePath + "/session/1"
	promptPath     = servicePath + "/prompt/1"
	noPrompt       = dbus.ObjectPath("/")
)

// fakeService is a Secret Service whose person can say no. Each no is at one
// place: "unlock", "unlock item", "read", "create", "delete", "everything".
type fakeService struct {
	bus *dbus.Conn

	mu    sync.Mutex
	no    string
	items map[dbus.ObjectPath]*fakeItem
	next  int
}

type fakeItem struct {
	s          *fakeService
	path       dbus.ObjectPath
	attributes map[string]string
	secret     ss.Secret
}

// newFakeService stands on the session's bus until the test ends.
func newFakeService(t *testing.T) *fakeService {
	t.Helper()
	bus, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bus.Close() })
	s := &fakeService{bus: bus, items: make(map[dbus.ObjectPath]*fakeItem)}
	for _, e := range []struct {
		v     any
		path  dbus.ObjectPath
		iface string
	}{
		{fakeTop{s}, servicePath, "org.freedesktop.Secret.Service"},
		{fakeCollection{s}, collectionPath, "org.freedesktop.Secret.Collection"},
		{fakeSession{}, sessionPath, "org.freedesktop.Secret.Session"},
		{fakePrompt{s}, promptPath, "org.freedesktop.Secret.Prompt"},
		{fakeProperties{s}, servicePath, "org.freedesktop.DBus.Properties"},
		{fakeProperties{s}, collectionPath, "org.freedesktop.DBus.Properties"},
		{fakeProperties{s}, servicePath + "/aliases/default", "org.freedesktop.DBus.Properties"},
	} {
		if err := bus.Export(e.v, e.path, e.iface); err != nil {
			t.Fatal(err)
		}
	}
	reply, err := bus.RequestName(secretsName, dbus.NameFlagDoNotQueue)
	if err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("%v %v", reply, err)
	}
	return s
}

func (s *fakeService) refuse(what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.no = what
}

func (s *fakeService) refuses(what string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.no == what
}

// all is the refusal of a bus that lets no program in.
func (s *fakeService) all() *dbus.Error {
	if s.refuses("everything") {
		return dbus.NewError("org.freedesktop.DBus.Error.AccessDenied", []any{"no"})
	}
	return nil
}

type fakeTop struct{ s *fakeService }

func (f fakeTop) OpenSession(string, dbus.Variant) (dbus.Variant, dbus.ObjectPath, *dbus.Error) {
	return dbus.MakeVariant(""), sessionPath, f.s.all()
}

// Unlock shows a prompt where the person will say no.
func (f fakeTop) Unlock(paths []dbus.ObjectPath) ([]dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	if err := f.s.all(); err != nil {
		return nil, noPrompt, err
	}
	item := len(paths) == 1 && paths[0] != collectionPath
	if f.s.refuses("unlock") && !item || f.s.refuses("unlock item") && item {
		return []dbus.ObjectPath{}, promptPath, nil
	}
	return paths, noPrompt, nil
}

type fakeCollection struct{ s *fakeService }

func (f fakeCollection) CreateItem(properties map[string]dbus.Variant, secret ss.Secret, _ bool) (dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	if err := f.s.all(); err != nil {
		return noPrompt, noPrompt, err
	}
	if f.s.refuses("create") {
		return noPrompt, promptPath, nil
	}
	attributes, _ := properties["org.freedesktop.Secret.Item.Attributes"].Value().(map[string]string)
	f.s.mu.Lock()
	defer f.s.mu.Unlock()
	for _, item := range f.s.items {
		if maps.Equal(item.attributes, attributes) {
			item.secret = secret
			return item.path, noPrompt, nil
		}
	}
	f.s.next++
	item := &fakeItem{f.s, dbus.ObjectPath(fmt.Sprintf("%s/%d", collectionPath, f.s.next)), attributes, secret}
	f.s.items[item.path] = item
	if err := f.s.bus.Export(item, item.path, "org.freedesktop.Secret.Item"); err != nil {
		return noPrompt, noPrompt, dbus.MakeFailedError(err)
	}
	return item.path, noPrompt, nil
}

func (f fakeCollection) SearchItems(wanted map[string]string) ([]dbus.ObjectPath, *dbus.Error) {
	f.s.mu.Lock()
	defer f.s.mu.Unlock()
	found := []dbus.ObjectPath{}
	for path, item := range f.s.items {
		if maps.Equal(item.attributes, wanted) {
			found = append(found, path)
		}
	}
	return found, nil
}

// GetSecret is the item's.
func (i *fakeItem) GetSecret(dbus.ObjectPath) (ss.Secret, *dbus.Error) {
	if i.s.refuses("read") {
		return ss.Secret{}, dbus.NewError("org.freedesktop.DBus.Error.AccessDenied", []any{"no"})
	}
	return i.secret, nil
}

// Delete is the item's.
func (i *fakeItem) Delete() (dbus.ObjectPath, *dbus.Error) {
	if i.s.refuses("delete") {
		return promptPath, nil
	}
	i.s.mu.Lock()
	defer i.s.mu.Unlock()
	delete(i.s.items, i.path)
	return noPrompt, nil
}

type fakeSession struct{}

func (fakeSession) Close() *dbus.Error { return nil }

// fakePrompt is dismissed as soon as it is shown.
type fakePrompt struct{ s *fakeService }

func (p fakePrompt) Prompt(string) *dbus.Error {
	_ = p.s.bus.Emit(promptPath, "org.freedesktop.Secret.Prompt.Completed", true, dbus.MakeVariant(""))
	return nil
}

type fakeProperties struct{ s *fakeService }

func (p fakeProperties) Get(_, name string) (dbus.Variant, *dbus.Error) {
	if err := p.s.all(); err != nil {
		return dbus.Variant{}, err
	}
	switch name {
	case "Collections":
		return dbus.MakeVariant([]dbus.ObjectPath{collectionPath}), nil
	case "Locked":
		return dbus.MakeVariant(p.s.refuses("unlock")), nil
	}
	return dbus.Variant{}, dbus.NewError("org.freedesktop.DBus.Error.UnknownProperty", nil)
}
