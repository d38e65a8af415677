package workbook

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"rollcall/internal/cells"
)

// headerDepth is how many filled rows may stand above a header.
const headerDepth = 40

// describe finds the header, and what stands around and below it.
func describe(t *cells.Table, o Options, f *Facts) error {
	if o.HeaderRow != nil {
		if err := inTable(*o.HeaderRow, t.Len()); err != nil {
			return err
		}
		f.HeaderRow = *o.HeaderRow
	} else {
		score := o.HeaderScore
		if score == nil {
			score = knownHeaders
		}
		f.HeaderRow = findHeader(t, score)
	}
	if f.HeaderRow > 0 {
		row := f.HeaderRow
		f.Header = &row
	}
	for r := 0; r < f.HeaderRow-1; r++ {
		if !BlankRow(t, r) && len(f.Preamble) < MaxListed {
			f.Preamble = append(f.Preamble, r+1)
		}
	}
	f.BlankRows = []int{}
	for r := f.HeaderRow; r < t.Len(); r++ {
		if BlankRow(t, r) {
			if f.BlankCount++; len(f.BlankRows) < MaxListed {
				f.BlankRows = append(f.BlankRows, r+1)
			}
		}
	}
	if f.HeaderRow > 0 {
		f.ExampleRows = exampleRows(t, f.HeaderRow)
		f.TotalsRows = totalsRows(t, f.HeaderRow)
		f.RepeatedHeaders = repeatedHeaders(t, f.HeaderRow)
	}
	return nil
}

// inTable refuses a header row that is not there.
func inTable(header, rows int) error {
	have := fmt.Sprintf("The file has %d rows", rows)
	switch {
	case rows == 0:
		have = "The file has no rows"
	case rows == 1:
		have = "The file has only one row"
	}
	switch {
	case header < 0:
		return fail(ErrOption, nil, "The header's row is counted from 1. Give the number of a row of the file, or 0 for a file without a header.")
	case header > rows:
		return fail(ErrOption, nil, fmt.Sprintf("%s, so row %d cannot be its header. Choose another row, or let the header be found.", have, header))
	}
	return nil
}

// BlankRow says that a row shows nothing: no cell of it holds anything but
// white space.
func BlankRow(t *cells.Table, row int) bool {
	text := t.RowText(row)
	if text == "" {
		return true
	}
	if c := text[0]; c > ' ' && c < 0x7f {
		return false
	}
	return strings.TrimFunc(text, unseen) == ""
}

func unseen(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u2060'
}

// findHeader returns the file row of the header, or 0. The row with the most
// known headers is it; where none is known, the first row that looks like
// headers over a table.
func findHeader(t *cells.Table, score func([]string) int) int {
	var row []string
	best, at, seen := 0, 0, 0
	for r := 0; r < t.Len() && seen < headerDepth; r++ {
		if BlankRow(t, r) {
			continue
		}
		seen++
		row = t.Row(r, row[:0])
		if hasAddress(row) || example(row) {
			continue
		}
		for c, text := range row {
			if errorValue(text) {
				row[c] = "" // "#NAME?" is no header, though "Name" is
			}
		}
		if s := score(row); s > best {
			best, at = s, r+1
		}
	}
	if best >= 2 || best == 1 && filled(t, at-1) <= 2 && shaped(t, at-1) {
		return at
	}
	return shapedHeader(t)
}

// shapedHeader finds a header by the shape of the table alone.
func shapedHeader(t *cells.Table) int {
	usual := usualWidth(t)
	seen := 0
	for r := 0; r < t.Len() && seen < headerDepth; r++ {
		if BlankRow(t, r) {
			continue
		}
		seen++
		if n := filled(t, r); n < usual && !(n >= 2 && n >= usual-1) {
			continue
		}
		if shaped(t, r) {
			return r + 1
		}
		return 0
	}
	return 0
}

// usualWidth is the most common number of filled cells of the first rows.
func usualWidth(t *cells.Table) int {
	counts := map[int]int{}
	best, seen := 0, 0
	for r := 0; r < t.Len() && seen < 200; r++ {
		if n := filled(t, r); n > 0 {
			seen++
			counts[n]++
			if counts[n] > counts[best] || counts[n] == counts[best] && n > best {
				best = n
			}
		}
	}
	return best
}

// shaped says that each filled cell of a row could be a header: short, unlike
// the others, and neither a number nor an address.
func shaped(t *cells.Table, r int) bool {
	seen := map[string]bool{}
	for c := range t.RowWidth(r) {
		text := strings.TrimSpace(t.Cell(r, c))
		if text == "" {
			continue
		}
		low := strings.ToLower(text)
		if seen[low] || len(text) > 120 || numeric(text) || strings.Contains(text, "@") || errorValue(text) || dataWords[low] {
			return false
		}
		seen[low] = true
	}
	return len(seen) > 0
}

// errorValue says that a text is what Excel shows instead of a result, such as
// "#NAME?" or "#N/A".
func errorValue(text string) bool {
	return strings.HasPrefix(text, "#") && strings.ContainsAny(text, "!?/")
}

// dataWords stand in cells of user lists and never in headers.
var dataWords = map[string]bool{
	"active": true, "archived": true, "inactive": true, "enabled": true, "disabled": true, "suspended": true,
	"admin": true, "supervisor": true, "none": true, "yes": true, "no": true, "true": true, "false": true,
}

func filled(t *cells.Table, r int) int {
	n := 0
	for c := range t.RowWidth(r) {
		if strings.TrimFunc(t.Cell(r, c), unseen) != "" {
			n++
		}
	}
	return n
}

func numeric(s string) bool {
	digits := false
	for _, c := range s {
		switch {
		case c >= '0' && c <= '9':
			digits = true
		case strings.ContainsRune(" .,:;/-+()%€$£", c):
		default:
			return false
		}
	}
	return digits
}

func hasAddress(row []string) bool {
	for _, c := range row {
		if at := strings.IndexByte(c, '@'); at > 0 && strings.Contains(c[at:], ".") {
			return true
		}
	}
	return false
}

// knownHeaders counts the cells that are common headers of lists of users.
func knownHeaders(row []string) int {
	n := 0
	seen := map[string]bool{}
	for _, c := range row {
		key := headerKey(c)
		if commonHeaders[key] && !seen[key] {
			seen[key] = true
			n++
		}
	}
	return n
}

// headerKey is a header's letters without case, brackets and punctuation.
func headerKey(s string) string {
	if errorValue(s) {
		return ""
	}
	if i := strings.IndexAny(s, "[(*"); i > 0 {
		s = s[:i]
	}
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

var commonHeaders = func() map[string]bool {
	m := map[string]bool{}
	for _, h := range strings.Fields(`currentstatus status state active enabled accountstatus userstatus
		displayname name fullname firstname lastname givenname surname familyname username login userid user
		primaryemail email emailaddress mail workemail useremail userprincipalname emailprimary newprimaryemail
		role userrole roles permission group groups groupnames teams team group1 department title jobtitle
		sourceusernames sourceusername sources identifiers employeeid employeenumber phone mobilephone
		secondemail blocksignin accountenabled usertype manager location company password
		vorname nachname rolle gruppe gruppen prénom nom courriel nombre apellido apellidos correo`) {
		m[h] = true
	}
	return m
}()

// exampleRows are the rows right below the header that a template brings along:
// they say that they are examples, and their address, if any, is at a domain
// that belongs to nobody. Whoever is called "Example: Chris" elsewhere is a user.
func exampleRows(t *cells.Table, header int) []int {
	var out []int
	var row []string
	for r := header; r < min(t.Len(), header+3); r++ {
		row = t.Row(r, row[:0])
		if !example(row) || hasAddress(row) && !sampleAddress(row) {
			break
		}
		out = append(out, r+1)
	}
	return out
}

// sampleAddress says that the addresses of a row are at domains that are kept
// for examples (RFC 2606) or that templates use.
func sampleAddress(row []string) bool {
	found := false
	for _, c := range row {
		_, domain, ok := strings.Cut(strings.ToLower(strings.TrimSpace(c)), "@")
		if !ok {
			continue
		}
		if !sampleDomain(domain) {
			return false
		}
		found = true
	}
	return found
}

var sampleDomains = []string{"example.com", "example.org", "example.net", "contoso.com", "contoso.onmicrosoft.com", "fabrikam.com", "yourdomain.com", "yourcompany.com", "domain.com", "company.com", "acme.com"}

func sampleDomain(domain string) bool {
	for _, d := range sampleDomains {
		if domain == d || strings.HasSuffix(domain, "."+d) {
			return true
		}
	}
	return strings.HasSuffix(domain, ".example") || strings.HasSuffix(domain, ".test") || strings.HasSuffix(domain, ".invalid")
}

func example(row []string) bool {
	for _, c := range row {
		low := strings.ToLower(strings.TrimSpace(c))
		for _, word := range []string{"example:", "example ", "e.g.", "eg:", "beispiel:", "ejemplo:", "exemple:", "sample:", "(example"} {
			if strings.HasPrefix(low, word) {
				return true
			}
		}
		if low == "example" || low == "sample row" || low == "example row" {
			return true
		}
	}
	return false
}

// totalsRows are rows near the end that sum the others up.
func totalsRows(t *cells.Table, header int) []int {
	var out []int
	seen := 0
	for r := t.Len() - 1; r >= header && seen < 5; r-- {
		if BlankRow(t, r) {
			continue
		}
		seen++
		if totals(t, r) {
			out = append(out, r+1)
		}
	}
	slices.Reverse(out)
	return out
}

var totalWords = []string{"total", "totals", "grand total", "sum", "subtotal", "count", "record count", "summe", "gesamt", "gesamtsumme", "insgesamt", "totale", "suma", "somme", "итого", "合計", "总计", "總計", "합계"}

func totals(t *cells.Table, r int) bool {
	first := true
	for c := range t.RowWidth(r) {
		text := strings.ToLower(strings.TrimSpace(t.Cell(r, c)))
		if text == "" {
			continue
		}
		if strings.Contains(text, "@") {
			return false
		}
		if first {
			first = false
			word := strings.TrimRightFunc(text, func(c rune) bool {
				return unicode.IsDigit(c) || unicode.IsSpace(c) || strings.ContainsRune(":.,=-#()", c)
			})
			if !slices.Contains(totalWords, word) && !strings.HasPrefix(word, "total ") && !strings.HasPrefix(word, "grand total") && !strings.HasPrefix(word, "end of ") {
				return false
			}
		}
	}
	return !first
}

// ragged notes the rows below the header with another number of cells.
func ragged(t *cells.Table, d dialect, f *Facts) {
	width := d.width
	if f.HeaderRow > 0 {
		width = t.RowWidth(f.HeaderRow - 1)
	}
	if width < 1 {
		return
	}
	for r := f.HeaderRow; r < t.Len(); r++ {
		n := t.RowWidth(r)
		if n == width || n == 0 || BlankRow(t, r) {
			continue
		}
		what := "fewer"
		if n > width {
			what = "more"
		}
		f.odd(t.Line(r), fmt.Sprintf("This row has %s, %s than the %d that are usual here. It was read as it stands.", cellCount(n), what, width))
		if len(f.Oddities) >= MaxListed {
			return
		}
	}
}

func cellCount(n int) string {
	if n == 1 {
		return "1 cell"
	}
	return fmt.Sprintf("%d cells", n)
}

func sortOddities(f *Facts) {
	slices.SortStableFunc(f.Oddities, func(a, b Oddity) int { return a.Line - b.Line })
}
