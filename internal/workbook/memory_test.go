//go:build !race

package workbook

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"rollcall/internal/problem"
)

// mostMemory is what a process may have held at once, in kB, when it refuses a
// hostile file.
const mostMemory = 256 << 10

// opened is what a process of its own says of opening a file.
type opened struct {
	peak    int // kB of memory held at once
	seconds float64
	cpu     float64 // seconds of all processors, the start of the process included
	kind    string  // "opened" or "refused"
	says    string
}

// openInChild opens a file in a process of its own, so that its memory can be
// told.
func openInChild(t *testing.T, path string) opened {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("the peak of a process's memory is read from Linux")
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestOpenInAProcessOfItsOwn$", "-test.v")
	cmd.Env = append(os.Environ(), "ROLLCALL_OPEN="+path)
	cmd.Dir = t.TempDir()
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("opening %s: %v\n%s", filepath.Base(path), err, out)
	}
	var o opened
	_, rest, _ := strings.Cut(string(out), "OPENED ")
	line, _, _ := strings.Cut(rest, "\n")
	if _, err := fmt.Sscanf(line, "%d %f %s", &o.peak, &o.seconds, &o.kind); err != nil {
		t.Fatalf("no outcome in %q", out)
	}
	_, o.says, _ = strings.Cut(line, o.kind+" ")
	o.cpu = (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
	return o
}

// TestOpenInAProcessOfItsOwn is what openInChild runs.
func TestOpenInAProcessOfItsOwn(t *testing.T) {
	path := os.Getenv("ROLLCALL_OPEN")
	if path == "" {
		t.Skip("only for tests that measure a process")
	}
	from := time.Now()
	b, err := Open(context.Background(), path, Options{Password: os.Getenv("ROLLCALL_PASSWORD"), Keep: true})
	took := time.Since(from).Seconds()
	kind, says := "opened", ""
	if err != nil {
		kind, says = "refused", problem.Sentence(err)
	} else {
		says = fmt.Sprintf("%d rows", b.Table.Len())
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	peak := 0
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	fmt.Sscan(rest, &peak)
	fmt.Printf("\nOPENED %d %.3f %s %s\n", peak, took, kind, says)
	runtime.KeepAlive(b)
}

func TestRealFilesTakeLittleMemory(t *testing.T) {
	root := corpusDir(t)
	files, _ := filepath.Glob(filepath.Join(root, "xlsx", "*"))
	for _, f := range files {
		o := openInChild(t, f)
		t.Logf("%-50s %4d MiB %.2f s %s %.60s", filepath.Base(f), o.peak>>10, o.seconds, o.kind, o.says)
		if o.peak > mostMemory {
			t.Errorf("%s takes %d MiB", filepath.Base(f), o.peak>>10)
		}
	}
}

// bombPart is a part of head, a chunk n times, and tail, packed without
// packing the same chunk over and over.
type bombPart struct {
	name        string
	head, chunk string
	n           int
	tail        string
}

// bomb packs a small workbook with parts that unpack to much.
func bomb(t *testing.T, base parts, big ...bombPart) string {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for name, text := range base {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(text))
	}
	for _, p := range big {
		packed, sum, size := p.packed(t)
		f, err := w.CreateRaw(&zip.FileHeader{Name: p.name, Method: zip.Deflate, CRC32: sum, CompressedSize64: uint64(len(packed)), UncompressedSize64: size})
		if err != nil {
			t.Fatal(err)
		}
		f.Write(packed)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return filed(t, "bomb.xlsx", buf.Bytes())
}

func filed(t *testing.T, name string, data ...[]byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, bytes.Join(data, nil), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func (p bombPart) packed(t *testing.T) ([]byte, uint32, uint64) {
	t.Helper()
	pack := func(text string) []byte {
		var out bytes.Buffer
		w, err := flate.NewWriter(&out, flate.BestSpeed)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(text))
		w.Flush()
		return out.Bytes()
	}
	var out bytes.Buffer
	out.Write(pack(p.head))
	out.Write(bytes.Repeat(pack(p.chunk), p.n))
	out.Write(pack(p.tail))
	out.Write([]byte{1, 0, 0, 0xff, 0xff}) // an empty last block
	sum := crc32.NewIEEE()
	sum.Write([]byte(p.head))
	for range p.n {
		sum.Write([]byte(p.chunk))
	}
	sum.Write([]byte(p.tail))
	return out.Bytes(), sum.Sum32(), uint64(len(p.head) + p.n*len(p.chunk) + len(p.tail))
}

// noise is text of letters that packs badly, the same on every run.
func noise(n int) string {
	r := rand.New(rand.NewPCG(1, 2))
	out := make([]byte, n)
	for i := range out {
		out[i] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"[r.IntN(64)]
	}
	return string(out)
}
