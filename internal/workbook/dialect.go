package workbook

import (
	"bytes"
	"math"
)

// dialect is how a CSV writes its records.
type dialect struct {
	sep    byte
	quote  byte
	escape byte // the quote itself, or a backslash
	width  int  // the usual number of fields, 0 when unknown
	anyCR  bool // carriage returns stand in the text
	// wrapped says that whole lines stand in quotation marks, as a program
	// writes them that took each line for one cell.
	wrapped bool
}

// separators are those that are recognised, in the order of preference.
var separators = []byte{',', ';', '\t', '|'}

const (
	sampleBytes   = 256 << 10
	sampleRecords = 500
)

// detectDialect finds the separator and quoting of decoded text. A given
// separator is not doubted.
func detectDialect(text []byte, given rune) dialect {
	sample := sampleOf(text)
	if stated, _ := sepLine(text); given == 0 && stated != 0 {
		given = rune(stated)
	}
	d := dialectOf(sample, given)
	d.anyCR = bytes.IndexByte(text, '\r') >= 0
	if d.width < 2 {
		if inside := unwrapped(sample, d); inside != nil {
			in := dialectOf(inside, given)
			if (in.width > 2 || in.width == 2 && bytes.IndexByte(inside, '@') >= 0) && headed(inside, in) {
				d.sep, d.width, d.wrapped = in.sep, in.width, true
			}
		}
	}
	return d
}

// headed says that a table that was found inside marks has its columns from its
// first line on, or, under titles, from a line of headers over rows of people,
// and in most lines. Otherwise it is one column of lists, such as "Lee, Ann, Ms."
// under "Name".
func headed(inside []byte, d dialect) bool {
	var p recordParser
	p.init(inside, d)
	records, usual := 0, 0
	found, header := false, false
	for p.next() {
		if p.blank() {
			continue
		}
		if records++; len(p.fields) == d.width {
			usual++
		}
		if !found && len(p.fields) > 1 {
			found = true
			header = records == 1 || bytes.IndexByte(p.record(), '@') < 0 && bytes.IndexByte(inside, '@') >= 0
		}
	}
	return header && 2*usual > records
}

// unwrapped is the sample with the marks around whole lines taken off, or nil
// where fewer than half of its lines stand in marks as one cell. A cell of
// several lines is none: who took lines for cells wrote no line ends in them.
func unwrapped(sample []byte, d dialect) []byte {
	var out []byte
	var p recordParser
	p.init(sample, d)
	wrapped, others := 0, 0
	for n := 0; n < sampleRecords && p.next(); n++ {
		switch {
		case p.blank():
			continue
		case p.whole() && p.extra == 0:
			wrapped++
			out = p.value(out, p.fields[0])
		default:
			others++
			out = append(out, p.record()...)
		}
		out = append(out, '\n')
	}
	if wrapped < others || wrapped == 0 {
		return nil
	}
	return out
}

// dialectOf finds the dialect of a sample, taking each line as it stands.
func dialectOf(sample []byte, given rune) dialect {
	d := dialect{quote: '"', escape: '"', anyCR: bytes.IndexByte(sample, '\r') >= 0}
	d.quote = detectQuote(sample)
	candidates := separators
	if given != 0 {
		candidates = []byte{byte(given)}
	}
	best := math.Inf(-1)
	d.sep = candidates[0]
	base := d
	for _, sep := range candidates {
		try := base
		try.sep = sep
		try.escape = detectEscape(sample, try)
		score, width := scoreSeparator(sample, try)
		if score > best {
			best, try.width = score, width
			d = try
		}
	}
	return d
}

// sampleOf is the beginning of the text, up to a line end.
func sampleOf(text []byte) []byte {
	if len(text) <= sampleBytes {
		return text
	}
	s := text[:sampleBytes]
	if i := bytes.LastIndexAny(s, "\r\n"); i > 0 {
		s = s[:i+1]
	}
	return s
}

// sepLine recognises Excel's first line "sep=;" and returns the separator and
// the length of the line without its end.
func sepLine(text []byte) (byte, int) {
	line := text
	if i := bytes.IndexAny(line[:min(len(line), 16)], "\r\n"); i >= 0 {
		line = line[:i]
	} else if len(line) > 16 {
		return 0, 0
	}
	bare := bytes.Trim(line, `"`)
	if len(bare) == 5 && bytes.EqualFold(bare[:4], []byte("sep=")) && bare[4] < 0x80 {
		return bare[4], len(line)
	}
	return 0, 0
}

// scoreSeparator reads the sample with a candidate and says how regular it
// looks, and the usual number of fields.
func scoreSeparator(sample []byte, d dialect) (float64, int) {
	counts := map[int]int{}
	records, first, filled := 0, 0, 0
	var p recordParser
	p.init(sample, d)
	for records < sampleRecords && p.next() {
		if p.blank() {
			continue
		}
		n := len(p.fields)
		if sep, _ := sepLine(p.record()); sep != 0 && records == 0 {
			continue
		}
		if records == 0 {
			first = n
		}
		records++
		counts[n]++
		filled += p.filled()
	}
	if records == 0 {
		return math.Inf(-1), 0
	}
	width, agree := 0, 0
	for n, c := range counts {
		// Wider rows count for more, so that title lines above a table and
		// notes below it do not outvote it.
		if weight := c * min(n, 4); weight > agree*min(max(width, 1), 4) || weight == agree*min(max(width, 1), 4) && n > width {
			width, agree = n, c
		}
	}
	if width < 2 {
		return 0, width
	}
	share := float64(agree) / float64(records)
	score := share*share*4 + share*math.Log2(float64(min(width, 16)))
	if first == width {
		score += 0.5
	}
	switch d.sep {
	case ',':
		score += 0.05
	case '\t':
		score += 0.1 // a comma may stand in a text, a tab hardly does
	}
	return score, width
}

// detectQuote says whether fields are quoted by apostrophes instead of
// quotation marks: only where whole fields stand between them and no
// quotation mark does.
func detectQuote(sample []byte) byte {
	if bytes.IndexByte(sample, '\'') < 0 {
		return '"'
	}
	single, double := 0, 0
	for _, sep := range separators {
		single = max(single, bytes.Count(sample, []byte{'\'', sep, '\''}))
		double = max(double, bytes.Count(sample, []byte{'"', sep, '"'}))
	}
	if double == 0 && bytes.Count(sample, []byte{'"'}) < single && single >= 2 {
		return '\''
	}
	return '"'
}

// detectEscape says whether a quotation mark inside quotes is written with a
// backslash before it instead of being doubled. A backslash before the quote
// that ends a field (a Windows folder) is no evidence.
func detectEscape(sample []byte, d dialect) byte {
	if bytes.IndexByte(sample, '\\') < 0 {
		return d.quote
	}
	slash, doubled := 0, 0
	for i := 1; i+1 < len(sample); i++ {
		if sample[i] != d.quote {
			continue
		}
		next := sample[i+1]
		ends := next == d.sep || next == '\n' || next == '\r'
		switch {
		case sample[i-1] == '\\' && next == d.quote && i+2 < len(sample) && sample[i+2] != d.sep && sample[i+2] != '\n' && sample[i+2] != '\r':
			// A backslash in front of a doubled mark: behind an escaped one, the
			// second would end the field.
			doubled++
			i++
		case sample[i-1] == '\\' && !ends:
			slash++
		case next == d.quote && sample[i-1] != d.sep && sample[i-1] != '\n' && sample[i-1] != '\r':
			if i+2 < len(sample) && sample[i+2] != d.sep && sample[i+2] != '\n' && sample[i+2] != '\r' {
				doubled++
			}
			i++
		}
	}
	if slash > doubled {
		return '\\'
	}
	return d.quote
}
