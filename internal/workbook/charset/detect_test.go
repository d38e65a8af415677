package charset

import (
	"errors"
	"strings"
	"testing"

	"github.com/wlynxg/chardet"

	"rollcall/internal/workbook/charset/charsettest"
)

func TestEncodingsAreRecognised(t *testing.T) {
	right, theirs, total := 0, 0, 0
	for _, s := range charsettest.Samples {
		for _, enc := range strings.Fields(s.Encodings) {
			data, err := Encode([]byte(s.Rows), enc)
			if err != nil {
				t.Fatalf("%q is not possible in %s", s.Rows, enc)
			}
			total++
			d := Detect(data)
			text, _ := decode(data, d.Encoding)
			if string(text) == s.Rows {
				right++
			} else {
				t.Errorf("%s is taken for %s: %q", enc, d.Encoding, text[:min(len(text), 80)])
			}
			if r := chardet.Detect(data); r.Encoding != "" {
				if text, err := decode(data, r.Encoding); err == nil && string(text) == s.Rows {
					theirs++
				}
			}
		}
	}
	t.Logf("%d of %d samples read right; a general detector reads %d", right, total, theirs)
}

func TestWideTextIsRecognisedWithAndWithoutAMark(t *testing.T) {
	for _, text := range []string{"Name,Email\nAnn,a@x.com\n", "氏名,メール\n田中太郎,t@x.jp\n", "a,b\n"} {
		for _, enc := range []string{"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"} {
			plain, err := Encode([]byte(text), enc)
			if err != nil {
				t.Fatal(err)
			}
			mark, _ := Encode([]byte("\ufeff"), enc)
			if d := Detect(append(append([]byte{}, mark...), plain...)); d.Encoding != enc || d.BOM != len(mark) {
				t.Errorf("%q in %s with a mark is taken for %s, mark of %d bytes", text, enc, d.Encoding, d.BOM)
			}
			if d := Detect(plain); d.Encoding != enc {
				t.Errorf("%q in %s without a mark is taken for %s", text, enc, d.Encoding)
			}
		}
	}
	if d := Detect([]byte("\x1b$B;aL>\x1b(B,mail\n")); d.Encoding != "ISO-2022-JP" {
		t.Errorf("ISO-2022-JP is taken for %s", d.Encoding)
	}
}

func TestEveryEncodingIsKnownByItsNames(t *testing.T) {
	for _, name := range Names {
		if canonical, err := Canonical(name); err != nil || canonical != name {
			t.Errorf("%s is not an encoding: %q, %v", name, canonical, err)
		}
	}
	for name, want := range map[string]string{"cp1251": "windows-1251", " UTF8 ": "UTF-8", "utf-8-sig": "UTF-8", "latin1": "ISO-8859-1", "sjis": "Shift_JIS", "unicode": "UTF-16LE", "MacRoman": "macintosh", "hz-gb-2312": "HZ-GB-2312"} {
		if canonical, err := Canonical(name); err != nil || canonical != want {
			t.Errorf("%q is %q, %v, want %s", name, canonical, err, want)
		}
	}
	if _, err := Canonical("klingon"); !errors.Is(err, ErrUnknown) {
		t.Errorf("klingon is an encoding: %v", err)
	}
}

func TestZeroBytesInPlainTextAreNotWideText(t *testing.T) {
	for _, n := range []int{1, 2, 3, 100, 3000} {
		text := "Name,Email,Role\n" + strings.Repeat("A\x00nn,ann@example.com,User\n", n)
		if d := Detect([]byte(text)); d.Encoding != "UTF-8" {
			t.Errorf("%d lines with a zero byte each are taken for %s", n, d.Encoding)
		}
	}
	chinese, _ := Encode([]byte("姓名,邮箱\n"+strings.Repeat("王小明李雷韩梅梅中华人民共和国工商管理部门,a@b.cn\n", 50)), "UTF-16LE")
	if d := Detect(chinese); d.Encoding != "UTF-16LE" {
		t.Errorf("Chinese in UTF-16 is taken for %s", d.Encoding)
	}
}
