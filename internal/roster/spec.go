package roster

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"rollcall/internal/problem"
)

// Fingerprint names a set of headers, so that a mapping can be remembered for
// the next file that has them. Letter case and spaces around do not count, the
// order does: a mapping holds positions.
func Fingerprint(headers []string) string {
	h := sha256.New()
	for _, header := range headers {
		h.Write([]byte(strings.ToLower(Tidy(header))))
		h.Write([]byte{0x1f})
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// ParseColumn reads "Primary Email=E-mail (work)" into a column and what it is
// matched to.
func ParseColumn(arg string) (c Column, spec string, err error) {
	for i := 0; i < len(arg); i++ {
		if arg[i] != '=' {
			continue
		}
		if c, ok := ColumnOf(arg[:i]); ok {
			return c, strings.TrimSpace(arg[i+1:]), nil
		}
	}
	name, _, found := strings.Cut(arg, "=")
	if !found {
		return 0, "", problem.New(fmt.Sprintf("“%s” does not say which column of the file is meant. Write it as “Primary Email=E-mail (work)”.", arg), nil)
	}
	text := fmt.Sprintf("“%s” is not a column of the template. Use one of %s.", strings.TrimSpace(name), quoteList(Headers()))
	if near := Nearest(name, Headers(), 1); len(near) > 0 {
		text = fmt.Sprintf("“%s” is not a column of the template. Did you mean “%s”?", strings.TrimSpace(name), near[0])
	}
	return 0, "", problem.New(text, nil)
}

// WithColumn is the mapping with one column matched as the user says: a header
// ("E-mail (work)"), a position ("3"), several joined ("First name+Last name"),
// a fixed value in quotes ("\"User\""), or "" for none. Errors are Problems.
func (m Mapping) WithColumn(c Column, spec string, header []string) (Mapping, error) {
	return m.WithColumnOf(c, spec, header, len(header))
}

// WithColumnOf is WithColumn for a file without a header row, whose width is
// known.
func (m Mapping) WithColumnOf(c Column, spec string, header []string, width int) (Mapping, error) {
	match, err := parseSpec(c, spec, header, width)
	if err != nil {
		return m, err
	}
	match.How, match.Certain = HowChosen, true
	m.Columns[c] = match
	m.Values[c] = nil
	m.settle(width)
	return m, nil
}

func parseSpec(c Column, spec string, header []string, width int) (Match, error) {
	spec = strings.TrimSpace(spec)
	if spec == "" {
		return Match{}, nil
	}
	if n := len(spec); n >= 2 && spec[0] == '"' && spec[n-1] == '"' {
		if _, err := findColumn(spec, header, width); err != nil {
			return Match{Kind: Fixed, Fixed: spec[1 : n-1]}, nil
		}
	}
	col, err := findColumn(spec, header, width)
	if err == nil {
		return spread(c, []int{col}, header), nil
	}
	if !strings.Contains(spec, "+") {
		return Match{}, err
	}
	var cols []int
	for _, part := range strings.Split(spec, "+") {
		col, err := findColumn(strings.TrimSpace(part), header, width)
		if err != nil {
			return Match{}, err
		}
		cols = append(cols, col)
	}
	return spread(c, cols, header), nil
}

// spread chooses the kind of match for the columns given.
func spread(c Column, cols []int, header []string) Match {
	if c == Sources {
		m := Match{Kind: PerSource, Cols: cols}
		named := false
		for _, col := range cols {
			source := ""
			if col < len(header) && nameOf(header[col]).target != toSources {
				if k := KindOf(header[col]); k != nil {
					source, named = k.Name, true
				}
			}
			m.Sources = append(m.Sources, source)
		}
		if named || len(cols) > 1 {
			return m
		}
	}
	switch {
	case len(cols) == 1:
		return Match{Kind: Direct, Cols: cols}
	case c == Groups:
		return Match{Kind: Several, Cols: cols}
	}
	return Match{Kind: Joined, Cols: cols}
}

// findColumn finds a column of the file by its header, else by its position
// from 1.
func findColumn(name string, header []string, width int) (int, error) {
	var exact, folded []int
	for col, h := range header {
		switch {
		case h == name:
			exact = append(exact, col)
		case strings.EqualFold(Tidy(h), Tidy(name)) && !Blank(h):
			folded = append(folded, col)
		}
	}
	if len(exact) == 0 {
		exact = folded
	}
	switch len(exact) {
	case 1:
		return exact[0], nil
	case 0:
	default:
		return 0, problem.New(fmt.Sprintf("%d columns of the file are called “%s”. Give the position of the one you mean, such as %d.", len(exact), name, exact[0]+1), nil)
	}
	if n, err := strconv.Atoi(name); err == nil {
		if n >= 1 && n <= width {
			return n - 1, nil
		}
		return 0, problem.New(fmt.Sprintf("The file has no column %d: it has %d.", n, width), nil)
	}
	near := Nearest(name, header, 3)
	if len(near) == 0 {
		if len(header) == 0 {
			return 0, problem.New(fmt.Sprintf("The file has no header row, so that “%s” cannot be found. Give the column's position, from 1 to %d.", name, width), nil)
		}
		return 0, problem.New(fmt.Sprintf("The file has no column “%s”. It has %s.", name, quoteList(header)), nil)
	}
	return 0, problem.New(fmt.Sprintf("The file has no column “%s”. Did you mean %s?", name, orList(near)), nil)
}

func quoteList(names []string) string {
	const most = 12
	var quoted []string
	for _, n := range names {
		if !Blank(n) {
			quoted = append(quoted, "“"+n+"”")
		}
	}
	if len(quoted) > most {
		return strings.Join(quoted[:most], ", ") + fmt.Sprintf(" and %d more", len(quoted)-most)
	}
	return strings.Join(quoted, ", ")
}

func orList(names []string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = "“" + n + "”"
	}
	if len(quoted) == 1 {
		return quoted[0]
	}
	return strings.Join(quoted[:len(quoted)-1], ", ") + " or " + quoted[len(quoted)-1]
}
