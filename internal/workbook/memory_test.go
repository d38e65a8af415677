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
	kind    string // "opened" or "refused"
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
	return o
}

// TestOpenInAProcessOfItsOwn is what openInChild runs.
func TestOpenInAProcessOfItsOwn(t *testing.T) {
	path := os.Getenv("ROLLCALL_OPEN")
	if path == "" {
		t.Skip("only for tests that measure a process")
	}
	from := time.Now()
	b, err := Open(context.Background(), path, Options{})
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
	path := filepath.Join(t.TempDir(), "bomb.xlsx")
	if err := os.WriteFile(path, buf.Bytes(), 0o600); err != nil {
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

func TestHostileWorkbooksTakeLittleMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("unpacks much")
	}
	const mega = 1 << 20
	plain := workbookParts(`<row r="1"><c r="A1"><v>1</v></c></row>`)
	sheetHead := xmlHead + `<worksheet xmlns="` + mainNS + `"><sheetData>`
	sheetTail := `</sheetData></worksheet>`
	sheet := func(chunk string, size int) bombPart {
		return bombPart{"xl/worksheets/sheet1.xml", sheetHead, chunk, size / len(chunk), sheetTail}
	}
	shared := func(chunk string, size int) bombPart {
		return bombPart{"xl/sharedStrings.xml", xmlHead + `<sst xmlns="` + mainNS + `">`, chunk, size / len(chunk), `</sst>`}
	}
	few := noise(800)
	row := func(cell string, n int) string { return "<row>" + strings.Repeat(cell, n) + "</row>" }
	tests := []struct {
		name  string
		parts []bombPart
	}{
		{"junk elements in the sheet", []bombPart{sheet(`<junk a="`+noise(20000)+`"/>`, 300*mega)}},
		{"small junk elements in the sheet", []bombPart{sheet(strings.Repeat(`<j a="`+noise(4)+`"/>`, 5000)+"<!--"+few+"-->", 300*mega)}},
		{"a comment in the sheet", []bombPart{sheet("<!--"+noise(20000)+"-->", 300*mega)}},
		{"blanks between rows", []bombPart{sheet(strings.Repeat(" ", 60000)+"<!--"+few+"-->", 480*mega)}},
		{"empty shared strings", []bombPart{shared(strings.Repeat("<si/>", 12000)+"<!--"+few+"-->", 300*mega)}},
		{"long shared strings", []bombPart{shared("<si><t>"+noise(20000)+"</t></si>", 300*mega)}},
		{"long inline texts", []bombPart{sheet(row(`<c t="inlineStr"><is><t>`+noise(20000)+`</t></is></c>`, 2), 300*mega)}},
		{"short cells", []bombPart{sheet(row(`<c><v>1</v></c>`, 4000)+"<!--"+few+"-->", 300*mega)}},
		{"wide rows of one cell", []bombPart{sheet(strings.Repeat(`<row><c r="XFD1" t="str"><v>x</v></c></row>`, 1)+"<!--"+few+"-->", 300*mega)}},
		{"rows without cells", []bombPart{sheet(strings.Repeat(`<row/>`, 10000)+"<!--"+few+"-->", 300*mega)}},
		{"hidden rows without cells", []bombPart{sheet(strings.Repeat(`<row hidden="1"/>`, 5000)+"<!--"+few+"-->", 300*mega)}},
		{"empty styled cells", []bombPart{sheet(row(`<c s="1"/>`, 6000)+"<!--"+few+"-->", 300*mega)}},
		{"styles", []bombPart{{"xl/styles.xml", xmlHead + `<styleSheet xmlns="` + mainNS + `"><cellXfs>`, strings.Repeat(`<xf/>`, 12000) + "<!--" + few + "-->", 5000, `</cellXfs></styleSheet>`}}},
		{"another part", []bombPart{{"xl/media/image1.emf", "", noise(60000), 2000, ""}}},
		{"sheets", []bombPart{{"xl/workbook.xml", xmlHead + `<workbook xmlns="` + mainNS + `"><sheets>`, strings.Repeat(`<sheet name="a"/>`, 4000) + "<!--" + few + "-->", 4000, `</sheets></workbook>`}}},
		{"relations", []bombPart{{"xl/_rels/workbook.xml.rels", xmlHead + `<Relationships>`, `<Relationship Id="` + noise(1000) + `"/>`, 250000, `</Relationships>`}}},
		{"merged cells", []bombPart{{"xl/worksheets/sheet1.xml", xmlHead + `<worksheet xmlns="` + mainNS + `"><mergeCells>`, strings.Repeat(`<mergeCell ref="A1:B2"/>`, 3000) + "<!--" + few + "-->", 4000, `</mergeCells></worksheet>`}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			base := plain
			for _, p := range tt.parts {
				rest := parts{}
				for name, text := range base {
					if name != p.name {
						rest[name] = text
					}
				}
				base = rest
			}
			path := bomb(t, base, tt.parts...)
			info, _ := os.Stat(path)
			o := openInChild(t, path)
			t.Logf("%4d MiB %.2f s %d MB %s %.70s", o.peak>>10, o.seconds, info.Size()>>20, o.kind, o.says)
			if o.peak > mostMemory {
				t.Errorf("takes %d MiB", o.peak>>10)
			}
		})
	}
}
