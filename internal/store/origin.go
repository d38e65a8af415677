package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"time"
)

// Fingerprint tells one state of a file from the next.
type Fingerprint struct {
	Path    string    `json:"path"`
	Size    int64     `json:"size"`
	ModTime time.Time `json:"modTime"`
	// Hash is the SHA-256 of the content, in hexadecimal.
	Hash string `json:"hash"`
}

// Origin says what a piece of work began with.
type Origin struct {
	Fingerprint
	// Name is the file's name as people know it.
	Name string `json:"name,omitempty"`
	// Profile is the ID of the account that it is checked against, "" for none.
	Profile string `json:"profile,omitempty"`
	// Options are how the file was read, Mapping how its columns are matched:
	// whatever the caller wrote.
	Options json.RawMessage `json:"options,omitempty"`
	Mapping json.RawMessage `json:"mapping,omitempty"`
}

// FileState says how a file stands to what it was.
type FileState int

// The states of a file.
const (
	FileSame FileState = iota
	FileChanged
	FileMissing
)

// FingerprintFile reads a file's fingerprint.
func FingerprintFile(ctx context.Context, path string) (Fingerprint, error) {
	f, err := os.Open(path)
	if err != nil {
		return Fingerprint{}, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return Fingerprint{}, err
	}
	h := sha256.New()
	n, err := io.Copy(h, &ctxReader{ctx, f})
	if err != nil {
		return Fingerprint{}, err
	}
	return Fingerprint{Path: path, Size: n, ModTime: info.ModTime().UTC(), Hash: hex.EncodeToString(h.Sum(nil))}, nil
}

// HashFile is the SHA-256 of a file's content, in hexadecimal.
func HashFile(ctx context.Context, path string) (string, error) {
	f, err := FingerprintFile(ctx, path)
	return f.Hash, err
}

// State looks at the file now. Its content is read only where its size is the
// same and its time is not.
func (f *Fingerprint) State(ctx context.Context) FileState {
	info, err := os.Stat(f.Path)
	switch {
	case err != nil:
		return FileMissing
	case info.Size() != f.Size:
		return FileChanged
	case info.ModTime().Equal(f.ModTime):
		return FileSame
	}
	now, err := FingerprintFile(ctx, f.Path)
	if err != nil || now.Hash != f.Hash {
		return FileChanged
	}
	return FileSame
}

// ctxReader stops reading when its context ends.
type ctxReader struct {
	ctx context.Context
	r   io.Reader
}

func (c *ctxReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
