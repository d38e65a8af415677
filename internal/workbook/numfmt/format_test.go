package numfmt

import (
	"math"
	"strings"
	"testing"
)

func TestNumbersAreShownInTheirFormat(t *testing.T) {
	tests := []struct {
		code, raw, want string
	}{
		{"General", "1.5", "1.5"}, {"General", "1E-7", "0.0000001"}, {"General", "1E+21", "1E+21"}, {"General", "-0.5", "-0.5"}, {"General", "100000000000000000000", "100000000000000000000"},
		{"@", "00123", "00123"}, {"@", "1.50", "1.5"},
		{"0", "1.5", "2"}, {"0", "2.5", "3"}, {"0", "-1.5", "-2"}, {"0", "0.4", "0"}, {"0", "-0.4", "0"},
		{"00000", "123", "00123"}, {"0000000000", "7700900123", "7700900123"}, {"000-00-0000", "12345678", "012-34-5678"}, {"(000) 000-0000", "2025550123", "(202) 555-0123"},
		{`"+"0`, "447700900123", "+447700900123"}, {`\+#`, "44", "+44"}, {`+00 0000`, "441234", "+44 1234"},
		{"0.00", "1.005", "1.01"}, {"0.00", "0", "0.00"}, {"0.0#", "1.5", "1.5"}, {"#.##", "0", "."}, {"#,##0", "1234567", "1,234,567"}, {"#,##0", "999", "999"}, {"#,##0.00", "-1234.5", "-1,234.50"}, {"000,000", "1234", "001,234"},
		{"0%", "0.256", "26%"}, {"0.0%", "0.256", "25.6%"}, {"0,", "1234567", "1235"}, {"0.0,,", "1234567", "1.2"},
		{"#,##0;(#,##0)", "-1234", "(1,234)"}, {"#,##0_);(#,##0)", "1234", "1,234"}, {`0;-0;"zero"`, "0", "zero"}, {`[Red]0;[Blue]-0`, "-3", "-3"},
		{`_-* #,##0.00\ "€"_-`, "1234.5", "1,234.50 €"}, {`[$€-407] 0.00`, "2", "€ 2.00"}, {"$#,##0", "5", "$5"},
		{"[>=100]0.0;[<0]-0;0.00", "150", "150.0"}, {"[>=100]0.0;[<0]-0;0.00", "5", "5.00"}, {"[<=9999999]000-0000;(000) 000-0000", "5550123", "555-0123"}, {"[<=9999999]000-0000;(000) 000-0000", "2025550123", "(202) 555-0123"},
		{"0.00E+00", "12345", "1.23E+04"}, {"0.0E+0", "0.00012", "1.2E-4"}, {"##0.0E+0", "12345", "12.3E+3"},
		{"# ?/?", "1.5", "1 1/2"}, {"# ??/??", "0.3125", "5/16"}, {"?/8", "0.5", "4/8"},
		{`# ?/?;\-# ?/?`, "-3.25", "-3 1/4"}, {`# ?/?;(# ?/?)`, "-0.5", "(1/2)"}, {`"x "# ?/8" in"`, "2.25", "x 2 2/8 in"}, {`# ??/100" m"`, "1.5", "1 50/100 m"}, {`|#\:#=/=#|`, "23.75", "|23:3=/=4|"}, {`|#\:#=/=#|`, "-1", "-|1|"}, {"# ?/?", "-0.001", "0"}, {"?/?%", "0.005", "1/2%"}, {"/0/0", "0.5", "/1/2"}, {"0/0/0", "0.5", "1/2/"},
		{"yyyy-mm-dd", "44197", "2021-01-01"}, {"m/d/yyyy", "44197", "1/1/2021"}, {"dd.mm.yyyy", "44561", "31.12.2021"}, {"d-mmm-yy", "44197", "1-Jan-21"}, {"dddd, mmmm d, yyyy", "44197", "Friday, January 1, 2021"}, {"mmmmm", "44197", "J"},
		{"h:mm", "0.5", "12:00"}, {"hh:mm:ss", "0.999999", "00:00:00"}, {"h:mm AM/PM", "0.75", "6:00 PM"}, {"h:mm a/p", "0", "12:00 A"}, {"[h]:mm:ss", "1.5", "36:00:00"}, {"[mm]:ss", "0.5", "720:00"}, {"[s].000", "3.14159", "271433.376"}, {"[ss].0", "0.0000075", "00.6"}, {"[SS]", "0.0000075", "01"}, {"[h]:mm", "0.99999", "23:59"}, {"[h]:mm:ss", "-0.5", "-0.5"}, {"mm:ss.0", "0.00001157", "00:01.0"}, {"yyyy-mm-dd hh:mm", "44197.75", "2021-01-01 18:00"},
		{"yyyy-mm-dd", "60", "1900-02-29"}, {"yyyy-mm-dd", "59", "1900-02-28"}, {"yyyy-mm-dd", "61", "1900-03-01"}, {"yyyy-mm-dd", "1", "1900-01-01"}, {"yyyy-mm-dd", "-1", "-1"}, {"yyyy-mm-dd", "99999999", "99999999"},
		{`[$-F800]dddd\,\ mmmm\ dd\,\ yyyy`, "44197", "Friday, January 01, 2021"}, {`yyyy\-mm\-dd;@`, "44197", "2021-01-01"}, {`yyyy"年"m"月"d"日"`, "44197", "2021年1月1日"},
		{";;;", "5", "5"}, {`"yes";"no"`, "1", "yes"}, {"0", "abc", "abc"}, {"0", "", ""}, {"0", "1_000", "1_000"}, {"0", "0x1p4", "0x1p4"}, {"0", "inf", "inf"}, {"General", "1_000", "1_000"},
	}
	for _, tt := range tests {
		got := string(Compile(tt.code, false).Append(nil, []byte(tt.raw)))
		if got != tt.want {
			t.Errorf("%s in %q reads %q, want %q", tt.raw, tt.code, got, tt.want)
		}
	}
	for _, tt := range []struct{ code, raw, want string }{
		{"yyyy-mm-dd", "42735", "2021-01-01"}, {"yyyy-mm-dd", "0", "1904-01-01"},
		{"[h]:mm:ss", "-0.25", "-6:00:00"}, {"[h]:mm;[Red]-[h]:mm", "-0.25", "-6:00"}, {"0.0", "-0.25", "-0.3"},
	} {
		if got := string(Compile(tt.code, true).Append(nil, []byte(tt.raw))); got != tt.want {
			t.Errorf("%s in %q from 1904 reads %q, want %q", tt.raw, tt.code, got, tt.want)
		}
	}
}

// Whatever the code, a number is shown as something, at once and in few letters.
func FuzzFormat(f *testing.F) {
	for _, code := range []string{
		"General", "0", "#,##0.00_);[Red](#,##0.00)", `[$-F800]dddd\,\ mmmm\ dd`, "[>=100]0.0;[<0]-0;0.00", "# ??/??", "##0.0E+0",
		"[h]:mm:ss", "mm:ss.000", "@", ";;;", `"a`, "[", "[$", "\\", "_", "*", "0.0,,%", "?/8", "e", "AM/PM", "h AM/PM;;@", "0/0/0", "/0/0", `"a"0 0=/=00"b"`, "[s].00", "[<", "[=]0",
	} {
		f.Add(code, "44197.75", false)
		f.Add(code, "-1E300", true)
		f.Add(code, "1E-300", false)
	}
	f.Fuzz(func(t *testing.T, code, raw string, date1904 bool) {
		if len(code) > 255 { // Excel's own limit
			return
		}
		got := Compile(code, date1904).Append(nil, []byte(raw))
		if strings.TrimSpace(raw) != "" && len(got) == 0 {
			t.Errorf("%q in %q reads as nothing", raw, code)
		}
		if len(got) > len(raw)+400*(len(code)+1) {
			t.Errorf("%q in %q reads as %d bytes", raw, code, len(got))
		}
	})
}

func TestFractionsAreTheNearestOnes(t *testing.T) {
	for _, most := range []int{9, 99, 999} {
		for i := range 2000 {
			x := math.Mod(float64(i)*0.618033988749895, 1)
			if i%10 == 0 {
				x = float64(i%130) / float64(1+i%37)
			}
			best := math.Inf(1)
			for d := 1; d <= most; d++ {
				best = min(best, math.Abs(x-math.Round(x*float64(d))/float64(d)))
			}
			num, den := nearest(x, most)
			if off := math.Abs(x - float64(num)/float64(den)); den < 1 || den > most || off > best+1e-9 {
				t.Fatalf("%v as a fraction up to %d is %d/%d, off by %v where %v is possible", x, most, num, den, off, best)
			}
		}
	}
}

// What Excel could not have written must not keep the computer busy.
func TestLongFormatCodesAreShownInFewSteps(t *testing.T) {
	tests := []struct{ code, raw, want string }{
		{strings.Repeat("#", 255), "1234567", "1234567"},
		{strings.Repeat(`#""`, 80) + ",##0.0", "1234567", "1,234,567.0"},
		{strings.Repeat("#", 255), "0", "0"},
		{"0." + strings.Repeat("#", 253), "1.25", "1.25"},
		{strings.Repeat("#", 256), "1.25", "1.25"},
		{`"` + strings.Repeat("é", 253) + `"`, "5", strings.Repeat("é", 253)},
		{"# " + strings.Repeat("?", 100) + "/" + strings.Repeat("?", 100), "3.14159", "3 3432/24239"},
	}
	for _, tt := range tests {
		f := Compile(tt.code, false)
		if got := string(f.Append(nil, []byte(tt.raw))); got != tt.want {
			t.Errorf("%s in %.20q… reads %q, want %q", tt.raw, tt.code, got, tt.want)
		}
	}
	if f := Compile(strings.Repeat(`#""`, 80)+",##0", false); len(f.sections[0].tokens) > 4 {
		t.Errorf("%d tokens are left", len(f.sections[0].tokens))
	}
}
