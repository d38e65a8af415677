package check

import (
	"testing"

	"rollcall/internal/account"
	"rollcall/internal/roster"
)

// Taking a suggestion leaves a cell with fewer findings than it had: nobody is
// led from one wrong text to another. What cannot be judged before is excepted:
// an identifier behind a source that was not known.
func TestTakingASuggestionLeavesFewerFindings(t *testing.T) {
	for _, dir := range []*account.Directory{trickyDirectory(), nil} {
		for col, texts := range tricky {
			for _, text := range texts {
				e, s, v := ran(t, dir, row(roster.Column(col).Header(), text))
				r := s.RowAt(0)
				found := e.Cell(r, roster.Column(col))
				for _, f := range found {
					if !f.HasSuggestion {
						continue
					}
					left := e.Live(v, r, roster.Column(col), f.Suggestion)
					if f.Code == SourceUnknown || f.Code == SourceMissing {
						left = without(left, IdentifierInvalid, IdentifierTaken)
					}
					if len(left) >= len(found) {
						t.Errorf("%s %q: %s\n\tleaves %v", roster.Column(col), text, say(f), sayAll(left))
					}
				}
			}
		}
	}
}

// Making the certain fixes once makes them all: "fix" of what it wrote changes
// nothing.
func TestMakingTheCertainFixesTwiceIsMakingThemOnce(t *testing.T) {
	for _, dir := range []*account.Directory{trickyDirectory(), nil} {
		for col, texts := range tricky {
			for _, text := range texts {
				e, s, v := ran(t, dir, row(roster.Column(col).Header(), text))
				once := e.Fixed(v, s.RowAt(0), roster.Column(col), text)
				if twice := e.Fixed(v, s.RowAt(0), roster.Column(col), once); twice != once {
					t.Errorf("%s %q: fixed to %q and then to %q", roster.Column(col), text, once, twice)
				}
				for _, f := range e.Live(v, s.RowAt(0), roster.Column(col), once) {
					if f.Certain {
						t.Errorf("%s %q: fixed to %q, and still %s", roster.Column(col), text, once, say(f))
					}
				}
			}
		}
	}
}

func trickyDirectory() *account.Directory {
	dir := testDirectory()
	for _, name := range []string{"Legal", "Legal, EMEA", "Straße", "İstanbul Desk", "Café"} {
		dir.Groups = append(dir.Groups, account.Group{Name: name})
	}
	return dir
}

func without(found []Finding, codes ...Code) (left []Finding) {
	for _, f := range found {
		if !contains(codes, f.Code) {
			left = append(left, f)
		}
	}
	return left
}

func contains(codes []Code, code Code) bool {
	for _, c := range codes {
		if c == code {
			return true
		}
	}
	return false
}

func sayAll(found []Finding) (lines []string) {
	for _, f := range found {
		lines = append(lines, say(f))
	}
	return lines
}
