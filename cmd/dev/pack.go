package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sort"
	"strings"
	"time"
)

// targets are the systems that the headless tool is built for.
var targets = []struct{ system, machine string }{
	{"linux", "amd64"}, {"linux", "arm64"},
	{"windows", "amd64"}, {"windows", "arm64"},
	{"darwin", "amd64"}, {"darwin", "arm64"},
}

// packageCommand builds stripped binaries, packs each with what belongs to it,
// and lists their checksums. The window is built for this system alone, since
// it needs this system's C libraries.
func packageCommand(ctx context.Context, at place, args []string) error {
	flags := flag.NewFlagSet("package", flag.ContinueOnError)
	version := flags.String("version", at.version(), "the version in the files' names")
	toolOnly := flags.Bool("tool-only", false, "leave out the window, which needs a C compiler")
	if err := flags.Parse(args); err != nil {
		return errTold
	}
	dist := filepath.Join(at.root, "dist")
	if err := os.RemoveAll(dist); err != nil {
		return fmt.Errorf("clear the old release: %w", err)
	}
	if err := os.MkdirAll(dist, 0o755); err != nil {
		return fmt.Errorf("make the release folder: %w", err)
	}
	var made []string
	for _, t := range targets {
		path, err := at.packTool(ctx, dist, *version, t.system, t.machine)
		if err != nil {
			return err
		}
		made = append(made, path)
	}
	if !*toolOnly {
		if err := provide(ctx, toBuild); err != nil {
			return err
		}
		path, err := at.packWindow(ctx, dist, *version)
		if err != nil {
			return err
		}
		made = append(made, path)
	}
	return writeSums(dist, made)
}

// version is the one that FyneApp.toml names.
func (at place) version() string {
	raw, _ := os.ReadFile(filepath.Join(at.root, "FyneApp.toml"))
	for _, line := range strings.Split(string(raw), "\n") {
		if name, value, ok := strings.Cut(line, "="); ok && strings.TrimSpace(name) == "Version" {
			return strings.Trim(strings.TrimSpace(value), `"`)
		}
	}
	return "0.0.0"
}

// release are the build flags of every released binary: no paths of this
// machine, no debug symbols, no C in pure parts.
func release(out, tags, pkg, more string) []string {
	args := []string{"build", "-trimpath", "-buildvcs=false", "-ldflags", strings.TrimSpace("-s -w " + more), "-o", out}
	if tags != "" {
		args = append(args, "-tags", tags)
	}
	return append(args, pkg)
}

func (at place) packTool(ctx context.Context, dist, version, system, machine string) (string, error) {
	name := fmt.Sprintf("rollcallctl-%s-%s-%s", version, system, machine)
	program := "rollcallctl"
	if system == "windows" {
		program += ".exe"
	}
	binary := filepath.Join(dist, name, program)
	cmd := at.goCommand(append(cgo(false), "GOOS="+system, "GOARCH="+machine), release(binary, "", "./cmd/rollcallctl", "")...)
	if err := loud(ctx, cmd); err != nil {
		return "", fmt.Errorf("rollcallctl does not build for %s/%s: %w", system, machine, err)
	}
	return pack(dist, name, system, []packed{{binary, program, 0o755}, {filepath.Join(at.root, "README.md"), "README.md", 0o644}})
}

func (at place) packWindow(ctx context.Context, dist, version string) (string, error) {
	name := fmt.Sprintf("rollcall-%s-%s-%s", version, runtime.GOOS, runtime.GOARCH)
	program, more := "rollcall", "-X main.version="+version
	if runtime.GOOS == "windows" {
		program, more = "rollcall.exe", more+" -H windowsgui"
	}
	binary := filepath.Join(dist, name, program)
	cmd := at.goCommand(cgo(true), release(binary, windowTags+",release", "./cmd/rollcall", more)...)
	if err := loud(ctx, cmd); err != nil {
		return "", fmt.Errorf("the window does not build: %w", err)
	}
	files := []packed{
		{binary, program, 0o755},
		{filepath.Join(at.root, "README.md"), "README.md", 0o644},
		{filepath.Join(at.root, "assets", "icon.png"), "rollcall.png", 0o644},
	}
	if runtime.GOOS == "linux" {
		entry := filepath.Join(dist, name, "rollcall.desktop")
		if err := os.WriteFile(entry, []byte(desktopEntry), 0o644); err != nil {
			return "", fmt.Errorf("write the menu entry: %w", err)
		}
		files = append(files, packed{entry, "rollcall.desktop", 0o644})
	}
	return pack(dist, name, runtime.GOOS, files)
}

// desktopEntry puts the program in the menus of Linux desktops and among the
// programs that open a spreadsheet (freedesktop.org, Desktop Entry 1.5).
const desktopEntry = `[Desktop Entry]
Type=Application
Version=1.5
Name=Rollcall
GenericName=User import
Comment=Fix a spreadsheet of users and import it into an account
Exec=rollcall %f
Icon=rollcall
Terminal=false
Categories=Office;Spreadsheet;
MimeType=text/csv;application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;
`

// packed is a file of a release.
type packed struct {
	path, name string
	mode       fs.FileMode
}

// pack puts files into NAME.zip for Windows, NAME.tar.gz elsewhere, and
// removes the folder in which they were built.
func pack(dist, name, system string, files []packed) (string, error) {
	defer os.RemoveAll(filepath.Join(dist, name))
	ending := ".tar.gz"
	if system == "windows" {
		ending = ".zip"
	}
	path := filepath.Join(dist, name+ending)
	out, err := os.Create(path)
	if err != nil {
		return "", fmt.Errorf("pack %s: %w", name, err)
	}
	add, finish := tarWriter(out)
	if system == "windows" {
		add, finish = zipWriter(out)
	}
	for _, f := range files {
		if err := addFile(add, name, f); err != nil {
			out.Close()
			return "", fmt.Errorf("pack %s: %w", name, err)
		}
	}
	if err := finish(); err != nil {
		out.Close()
		return "", fmt.Errorf("pack %s: %w", name, err)
	}
	return path, out.Close()
}

// adder begins a file of the given size in an archive.
type adder func(name string, mode fs.FileMode, size int64) (io.Writer, error)

// released is the date of every file in an archive, so that the same source
// gives the same archive.
var released = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func tarWriter(out io.Writer) (adder, func() error) {
	zipped := gzip.NewWriter(out)
	archive := tar.NewWriter(zipped)
	add := func(name string, mode fs.FileMode, size int64) (io.Writer, error) {
		return archive, archive.WriteHeader(&tar.Header{Name: name, Mode: int64(mode), Size: size, ModTime: released, Format: tar.FormatPAX})
	}
	return add, func() error {
		if err := archive.Close(); err != nil {
			return err
		}
		return zipped.Close()
	}
}

func zipWriter(out io.Writer) (adder, func() error) {
	archive := zip.NewWriter(out)
	add := func(name string, mode fs.FileMode, _ int64) (io.Writer, error) {
		header := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: released}
		header.SetMode(mode)
		return archive.CreateHeader(header)
	}
	return add, archive.Close
}

func addFile(add adder, folder string, f packed) error {
	in, err := os.Open(f.path)
	if err != nil {
		return err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	to, err := add(folder+"/"+f.name, f.mode, info.Size())
	if err != nil {
		return err
	}
	_, err = io.Copy(to, in)
	return err
}

// writeSums lists the release files with their sizes and SHA-256 sums.
func writeSums(dist string, made []string) error {
	sort.Strings(made)
	var sums strings.Builder
	for _, path := range made {
		raw, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("read a release file: %w", err)
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(raw), filepath.Base(path))
		fmt.Printf("  %6.1f MB  %s\n", float64(len(raw))/1e6, filepath.Base(path))
	}
	return os.WriteFile(filepath.Join(dist, "SHA256SUMS"), []byte(sums.String()), 0o644)
}
