package e2e

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// disguises are the ways in which a secret could lie in a file: as it is,
// escaped, encoded, or inside something longer that was encoded (base64 has
// three alignments).
func disguises(secret string) map[string][]byte {
	out := map[string][]byte{
		"plain":           []byte(secret),
		"hexadecimal":     []byte(hex.EncodeToString([]byte(secret))),
		"HEXADECIMAL":     []byte(strings.ToUpper(hex.EncodeToString([]byte(secret)))),
		"URL (query)":     []byte(url.QueryEscape(secret)),
		"URL (path)":      []byte(url.PathEscape(secret)),
		"reversed":        []byte(reversed(secret)),
		"UTF-16 (little)": utf16(secret, 0),
		"UTF-16 (big)":    utf16(secret, 1),
	}
	if quoted, err := json.Marshal(secret); err == nil {
		out["JSON"] = bytes.Trim(quoted, `"`)
	}
	for _, e := range []struct {
		name string
		enc  *base64.Encoding
	}{{"base64", base64.RawStdEncoding}, {"base64url", base64.RawURLEncoding}} {
		for shift := range 3 {
			// Only the middle is the same whatever stands before and behind.
			padded := e.enc.EncodeToString(append(make([]byte, shift), secret...))
			first := (shift*8 + 5) / 6
			last := (shift + len(secret)) * 8 / 6
			out[fmt.Sprintf("%s shifted by %d", e.name, shift)] = []byte(padded[first:last])
		}
	}
	return out
}

func reversed(s string) string {
	b := []byte(s)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}

func utf16(s string, first int) []byte {
	out := make([]byte, 0, 2*len(s))
	for _, c := range []byte(s) {
		pair := [2]byte{}
		pair[first] = c
		out = append(out, pair[:]...)
	}
	return out
}

// Leak is a place where a secret was found.
type Leak struct{ Where, As string }

// ScanBytes looks for the secret, in every disguise, in data. A place is named
// once, with the first disguise found.
func ScanBytes(where string, data []byte, secret string) []Leak {
	forms := disguises(secret)
	for _, as := range slices.Sorted(maps.Keys(forms)) {
		if form := forms[as]; len(form) > 0 && bytes.Contains(data, form) {
			return []Leak{{where, as}}
		}
	}
	return nil
}

// ScanFolder looks into the name and the content of every file below dir, and
// into archives (XLSX) and gzip files. It also reports how many files it read.
func ScanFolder(dir, secret string) (leaks []Leak, files int, err error) {
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			if os.IsNotExist(err) {
				return nil
			}
			return err
		}
		leaks = append(leaks, ScanBytes(path+" (its name)", []byte(d.Name()), secret)...)
		if !d.Type().IsRegular() {
			return nil
		}
		data, err := os.ReadFile(path)
		if os.IsNotExist(err) {
			return nil
		}
		if err != nil {
			return err
		}
		files++
		leaks = append(leaks, ScanBytes(path, data, secret)...)
		leaks = append(leaks, scanPacked(path, data, secret)...)
		return nil
	})
	return leaks, files, err
}

// scanPacked unpacks what is packed.
func scanPacked(path string, data []byte, secret string) []Leak {
	var leaks []Leak
	if z, err := zip.NewReader(bytes.NewReader(data), int64(len(data))); err == nil {
		for _, f := range z.File {
			if in, err := f.Open(); err == nil {
				inner, _ := io.ReadAll(in)
				in.Close()
				leaks = append(leaks, ScanBytes(path+"!"+f.Name, inner, secret)...)
			}
		}
	}
	if g, err := gzip.NewReader(bytes.NewReader(data)); err == nil {
		inner, _ := io.ReadAll(g)
		leaks = append(leaks, ScanBytes(path+" (unpacked)", inner, secret)...)
	}
	return leaks
}

// ScanProcess looks into what anyone on the computer can see of a running
// program: its arguments and its environment.
func ScanProcess(pid int, secret string) ([]Leak, error) {
	var leaks []Leak
	for _, name := range []string{"cmdline", "environ"} {
		path := fmt.Sprintf("/proc/%d/%s", pid, name)
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("look at a running program: %w", err)
		}
		leaks = append(leaks, ScanBytes(path, data, secret)...)
	}
	return leaks, nil
}
