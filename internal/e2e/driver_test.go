package e2e

import (
	"encoding/base64"
	"encoding/binary"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestASecretIsFoundInEveryDisguise(t *testing.T) {
	const secret = "tok/en+with=odd chars:42"
	cases := map[string]string{
		"as it is":             "Authorization: Bearer " + secret,
		"in a URL":             "https://x.org/?t=tok%2Fen%2Bwith%3Dodd+chars%3A42",
		"as basic credentials": "Basic " + base64.StdEncoding.EncodeToString([]byte("admin:"+secret)),
		"shifted by one":       base64.URLEncoding.EncodeToString([]byte("a" + secret + "xyz")),
		"shifted by two":       base64.StdEncoding.EncodeToString([]byte("ab" + secret)),
		"in hexadecimal":       "746f6b2f656e2b776974683d6f64642063686172733a3432",
		"in UTF-16":            "t\x00o\x00k\x00/\x00e\x00n\x00+\x00w\x00i\x00t\x00h\x00=\x00o\x00d\x00d\x00 \x00c\x00h\x00a\x00r\x00s\x00:\x004\x002\x00",
	}
	for name, text := range cases {
		t.Run(name, func(t *testing.T) {
			if len(ScanBytes("here", []byte("before "+text+" after"), secret)) == 0 {
				t.Fatalf("the secret was not found in %q", text)
			}
		})
	}
	if leaks := ScanBytes("here", []byte("nothing of the kind, tok/en+with=odd"), secret); len(leaks) != 0 {
		t.Fatalf("found %v where there is nothing", leaks)
	}
}

func TestASecretIsFoundInAFolder(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("a/clean.txt", "nothing here")
	write("a/b/log.txt", "token s3cr3t-token-value refused")
	leaks, files, err := ScanFolder(dir, "s3cr3t-token-value")
	if err != nil || files != 2 || len(leaks) != 1 || !strings.HasSuffix(leaks[0].Where, "log.txt") {
		t.Fatalf("got %v in %d files (%v), want the one in log.txt", leaks, files, err)
	}
}

func TestTheScreensPixelsAreReadAsXvfbWritesThem(t *testing.T) {
	const width, height = 3, 2
	words := make([]uint32, xwdHeaderWords)
	words[xwdHeaderSize] = 4*xwdHeaderWords + 8
	words[xwdVersion] = 7
	words[xwdWidth], words[xwdHeight] = width, height
	words[xwdBitsPixel], words[xwdBytesLine] = 32, 4*width
	words[xwdColours] = 1
	var raw []byte
	for _, w := range words {
		raw = binary.BigEndian.AppendUint32(raw, w)
	}
	raw = append(raw, make([]byte, 8+xwdColourBytes)...)
	for i := range byte(width * height) {
		raw = append(raw, 10+i, 20+i, 30+i, 0)
	}
	img, err := decodeXWD(raw, image.Rect(1, 1, 3, 2))
	if err != nil {
		t.Fatal(err)
	}
	got := []color.Color{img.At(0, 0), img.At(1, 0)}
	want := []color.Color{color.RGBA{34, 24, 14, 255}, color.RGBA{35, 25, 15, 255}}
	if img.Bounds().Dx() != 2 || !slices.Equal(got, want) {
		t.Fatalf("got %v %v, want %v", img.Bounds(), got, want)
	}
	if _, err := decodeXWD(raw[:50], image.Rect(0, 0, 1, 1)); err == nil {
		t.Fatal("a file cut short was read")
	}
}

func TestAChoiceIsFoundByItsWholeTextBeforeItsBeginning(t *testing.T) {
	p := Places{
		Places: map[string][4]int{"popup.0": {}, "popup.1": {}},
		Texts:  map[string]string{"popup.0": "Compliance Ops", "popup.1": "Compliance"},
	}
	if name, _ := p.Choice("Compliance"); name != "popup.1" {
		t.Fatalf("got %q", name)
	}
	if name, _ := p.Choice("Compliance O"); name != "popup.0" {
		t.Fatalf("got %q", name)
	}
	if _, ok := p.Choice("Trading"); ok {
		t.Fatal("found a choice that is not there")
	}
}

func TestTheWatchdogsFileIsRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "watchdog.jsonl")
	if _, _, err := readStalls(path); err == nil {
		t.Fatal("a watchdog that was not on passed")
	}
	text := `{"at":"2026-01-02T15:04:05Z","ms":83.2,"what":"key Return"}` + "\n" + `{"summary":true,"handlers":12,"max_ms":83.2,"over_16ms":1}` + "\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	stalls, summary, err := readStalls(path)
	if err != nil || len(stalls) != 1 || stalls[0].What != "key Return" || summary == nil || summary.Handlers != 12 {
		t.Fatalf("got %v %v %v", stalls, summary, err)
	}
}

func TestLaterSettingsWin(t *testing.T) {
	got := overlay([]string{"A=1", "B=2"}, []string{"B=3", "C=4"})
	if want := []string{"A=1", "B=3", "C=4"}; !slices.Equal(got, want) {
		t.Fatalf("got %v, want %v", got, want)
	}
}

func TestOnlyTheProgramsOwnWorkCountsAsAStall(t *testing.T) {
	for _, c := range []struct {
		what  string
		stall Stall
		busy  float64
		want  bool
	}{
		{"sixty milliseconds of work", Stall{Milliseconds: 60, Worked: 60}, 1, true},
		{"sixty, of which twenty in a queue for a processor", Stall{Milliseconds: 60, Waited: 20, Worked: 40}, 1, false},
		{"sixty, of which fifty stood still for another thread", Stall{Milliseconds: 60, Worked: 10}, 1, true},
		{"the same on a machine with too much to do", Stall{Milliseconds: 60, Worked: 10}, 3, false},
		{"sixty of work there", Stall{Milliseconds: 70, Waited: 10, Worked: 60}, 3, true},
		{"a system that tells no time at work", Stall{Milliseconds: 60}, 3, true},
	} {
		if got := c.stall.long(c.busy); got != c.want {
			t.Errorf("%s: counts %v, want %v", c.what, got, c.want)
		}
	}
}
