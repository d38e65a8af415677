package store

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"time"

	"rollcall/internal/account"
	"rollcall/internal/keychain"
	"rollcall/internal/problem"
)

// The ways in which there is no copy of an account. They are told apart by
// errors.Is.
var (
	// ErrNone: the account was never synced on this computer.
	ErrNone = errors.New("store: no copy of the account")
	// ErrKeyLost: the copy is there, its key is not in the keychain any more.
	ErrKeyLost = errors.New("store: the key of the copy is lost")
)

// copyMagic begins a copy's file.
const copyMagic = "ROLLCALL COPY 1\n"

// Info is what is known of a copy without opening it.
type Info struct {
	SyncedAt time.Time
	Users    int
	// ThisRunOnly says that it is in memory alone.
	ThisRunOnly bool
}

// keyID is the keychain's name for the key of a profile's copy.
func keyID(profileID string) string { return "copy of " + profileID }

func (s *Store) copyPath(profileID string) string {
	return s.path("accounts", fileName(profileID)+".copy")
}

// fileName makes a safe file name of an ID.
func fileName(id string) string {
	for _, c := range []byte(id) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return "x-" + hex.EncodeToString([]byte(id))
		}
	}
	return id
}

// copyHead is the part of a copy in the open: enough to show its age. It names
// the profile, so that one account's copy does not pass for another's.
func copyHead(profileID string, d *account.Directory) []byte {
	head := []byte(copyMagic)
	head = binary.LittleEndian.AppendUint64(head, uint64(d.SyncedAt.Unix()))
	head = binary.LittleEndian.AppendUint32(head, uint32(d.SyncedAt.Nanosecond()))
	head = binary.LittleEndian.AppendUint32(head, uint32(len(d.Users)))
	head = binary.LittleEndian.AppendUint16(head, uint16(len(profileID)))
	return append(head, profileID...)
}

const fixedHead = len(copyMagic) + 8 + 4 + 4 + 2

// parseHead reads a copy's head and gives its length.
func parseHead(data []byte) (profileID string, info Info, size int, ok bool) {
	if len(data) < fixedHead || string(data[:len(copyMagic)]) != copyMagic {
		return "", Info{}, 0, false
	}
	rest := data[len(copyMagic):]
	info.SyncedAt = time.Unix(int64(binary.LittleEndian.Uint64(rest)), int64(binary.LittleEndian.Uint32(rest[8:]))).UTC()
	info.Users = int(binary.LittleEndian.Uint32(rest[12:]))
	n := int(binary.LittleEndian.Uint16(rest[16:]))
	if len(data) < fixedHead+n {
		return "", Info{}, 0, false
	}
	return string(data[fixedHead : fixedHead+n]), info, fixedHead + n, true
}

// SaveDirectory keeps the copy of an account, encrypted. Where the keychain
// cannot keep the key, the copy is kept in memory for this run only, and why
// says so in a sentence; err means that it is not kept at all.
func (s *Store) SaveDirectory(ctx context.Context, profileID string, d *account.Directory) (why, err error) {
	key, err := s.makeKey(ctx, profileID)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		s.keepInMemory(profileID, d)
		return problem.New("The copy of the account is kept for this run only: "+reason(err), err), nil
	}
	head, content := copyHead(profileID, d), pack(d)
	err = writeFile(s.copyPath(profileID), func(w io.Writer) error { return seal(w, key, head, content) })
	if err != nil {
		s.keepInMemory(profileID, d)
		return problem.New("The copy of the account could not be written and is kept for this run only. See that the disk has room.", err), nil
	}
	s.mu.Lock()
	delete(s.copies, profileID)
	s.mu.Unlock()
	return nil, nil
}

// reason words a keychain's error as the end of a sentence about a copy.
func reason(err error) string {
	switch {
	case errors.Is(err, keychain.ErrLocked):
		return "the keychain, which holds its key, is locked."
	case errors.Is(err, keychain.ErrDenied):
		return "the keychain, which holds its key, did not allow access."
	}
	return "there is no keychain on this computer to hold its key."
}

func (s *Store) keepInMemory(profileID string, d *account.Directory) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.copies[profileID] = d
}

// LoadDirectory reads the copy of an account. ErrNone, ErrKeyLost and ErrDamaged
// all mean that a sync makes a new one; the keychain's own errors, that its key
// cannot be had now.
func (s *Store) LoadDirectory(ctx context.Context, profileID string) (*account.Directory, error) {
	s.mu.Lock()
	d := s.copies[profileID]
	s.mu.Unlock()
	if d != nil {
		return d, nil
	}
	path := s.copyPath(profileID)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, problem.New("There is no copy of this account on this computer yet. Sync the account to make one.", ErrNone)
	}
	if err != nil {
		return nil, problem.New("The copy of the account cannot be read. Sync the account to make a new one.", err)
	}
	id, info, n, ok := parseHead(data)
	if !ok || id != profileID {
		return nil, s.damagedCopy(path)
	}
	key, err := s.key(ctx, profileID)
	if err != nil {
		return nil, err
	}
	content, err := unseal(key, data[:n], data[n:])
	if err != nil {
		return nil, s.damagedCopy(path)
	}
	if d, err = unpack(content); err != nil || !d.SyncedAt.Equal(info.SyncedAt) {
		return nil, s.damagedCopy(path)
	}
	return d, nil
}

func (s *Store) damagedCopy(path string) error {
	const sync = "Sync the account to make a new one."
	s.aside(path, "the copy of an account", sync)
	return problem.New("The copy of the account on this computer is damaged. "+sync, ErrDamaged)
}

// key gets the key of a copy that there is.
func (s *Store) key(ctx context.Context, profileID string) ([]byte, error) {
	s.mu.Lock()
	secret, known := s.copyKey[profileID]
	s.mu.Unlock()
	if !known {
		if s.keys == nil {
			return nil, problem.New("No keychain answers on this computer, so the copy of the account cannot be opened. Sync the account to work with it.", keychain.ErrUnavailable)
		}
		var err error
		secret, err = s.keys.Get(ctx, keyID(profileID))
		if errors.Is(err, keychain.ErrNotFound) {
			return nil, problem.New("The key of the account's copy is no longer in the keychain. Sync the account to make a new copy.", errors.Join(ErrKeyLost, err))
		}
		if err != nil {
			return nil, problem.New("The copy of the account cannot be opened: "+reason(err)+" Sync the account to work with it.", err)
		}
	}
	key, err := base64.StdEncoding.DecodeString(secret.Reveal())
	if err != nil || len(key) != len(newSealKey()) {
		return nil, problem.New("The key of the account's copy in the keychain is not one of Rollcall's. Sync the account to make a new copy.", ErrKeyLost)
	}
	s.mu.Lock()
	s.copyKey[profileID] = secret
	s.mu.Unlock()
	return key, nil
}

// makeKey gets the key of a copy, and makes one where there is none. Two
// programs that do so at once agree on one.
func (s *Store) makeKey(ctx context.Context, profileID string) ([]byte, error) {
	if s.keys == nil {
		return nil, keychain.ErrUnavailable
	}
	lock, err := lockFile(s.path("accounts", ".lock"))
	if err != nil {
		return nil, err
	}
	defer lock.release()
	key, err := s.key(ctx, profileID)
	if err == nil || !errors.Is(err, ErrKeyLost) {
		return key, err
	}
	key = newSealKey()
	secret := keychain.NewSecret(base64.StdEncoding.EncodeToString(key))
	if err := s.keys.Set(ctx, keyID(profileID), secret); err != nil {
		return nil, err
	}
	if f, ok := s.keys.(interface{ ThisRunOnly(id string) error }); ok {
		if why := f.ThisRunOnly(keyID(profileID)); why != nil {
			_ = s.keys.Delete(ctx, keyID(profileID))
			return nil, why
		}
	}
	s.mu.Lock()
	s.copyKey[profileID] = secret
	s.mu.Unlock()
	return key, nil
}

// DirectoryInfo tells the age and size of a copy without opening it. It is
// quick.
func (s *Store) DirectoryInfo(profileID string) (Info, bool) {
	s.mu.Lock()
	d := s.copies[profileID]
	s.mu.Unlock()
	if d != nil {
		return Info{SyncedAt: d.SyncedAt, Users: len(d.Users), ThisRunOnly: true}, true
	}
	f, err := os.Open(s.copyPath(profileID))
	if err != nil {
		return Info{}, false
	}
	defer func() { _ = f.Close() }()
	var head bytes.Buffer
	if _, err := io.CopyN(&head, f, int64(fixedHead+len(profileID))); err != nil {
		return Info{}, false
	}
	id, info, _, ok := parseHead(head.Bytes())
	return info, ok && id == profileID
}

// RemoveDirectory forgets the copy of an account, and its key. A key that the
// keychain does not give up now is of no use without the copy.
func (s *Store) RemoveDirectory(ctx context.Context, profileID string) error {
	s.mu.Lock()
	delete(s.copies, profileID)
	delete(s.copyKey, profileID)
	s.mu.Unlock()
	if s.keys != nil {
		if _, there := s.DirectoryInfo(profileID); there {
			_ = s.keys.Delete(ctx, keyID(profileID))
		}
	}
	if err := os.Remove(s.copyPath(profileID)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return problem.New("The copy of the account cannot be removed. Close other programs that use it and try again.", err)
	}
	return nil
}
