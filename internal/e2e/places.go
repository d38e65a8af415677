package e2e

import (
	"encoding/json"
	"fmt"
	"image"
	"os"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// Places is what the program says is on screen (ROLLCALL_PLACES): where things
// are, in pixels of the window, and what they say. It tells nothing that a
// person could not see.
type Places struct {
	Screen   string            `json:"screen"`
	Dialog   string            `json:"dialog"`
	Revision uint64            `json:"revision"`
	Idle     bool              `json:"idle"`
	Scale    float64           `json:"scale"`
	Window   [2]int            `json:"window"`
	Places   map[string][4]int `json:"places"`
	Disabled []string          `json:"disabled"`
	Texts    map[string]string `json:"texts"`
}

// readPlaces reads the file; a file that is not there yet is empty Places.
func readPlaces(path string) (Places, error) {
	var p Places
	raw, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return p, nil
	}
	if err != nil {
		return p, fmt.Errorf("read the places: %w", err)
	}
	if err := json.Unmarshal(raw, &p); err != nil {
		return p, fmt.Errorf("the places are not JSON: %w", err)
	}
	return p, nil
}

// Has reports whether name is on screen now.
func (p Places) Has(name string) bool { _, ok := p.Places[name]; return ok }

// Ready reports whether name is on screen and not disabled.
func (p Places) Ready(name string) bool { return p.Has(name) && !slices.Contains(p.Disabled, name) }

// Rect is where name is.
func (p Places) Rect(name string) (image.Rectangle, bool) {
	r, ok := p.Places[name]
	return image.Rect(r[0], r[1], r[0]+r[2], r[1]+r[3]), ok
}

// Text is what name says; "" when it says nothing.
func (p Places) Text(name string) string { return p.Texts[name] }

// Number is the number that name shows, thousands separators left out.
func (p Places) Number(name string) (int, bool) {
	n, err := strconv.Atoi(strings.NewReplacer(",", "", "\u00a0", "", " ", "").Replace(p.Texts[name]))
	return n, err == nil
}

// Choice finds the item of an open list (popup.N) whose text is or begins with words.
func (p Places) Choice(words string) (string, bool) {
	for _, whole := range []bool{true, false} {
		for i := 0; p.Has("popup."+strconv.Itoa(i)) || p.Texts["popup."+strconv.Itoa(i)] != ""; i++ {
			name := "popup." + strconv.Itoa(i)
			text := p.Texts[name]
			if p.Has(name) && (text == words || !whole && strings.HasPrefix(text, words)) {
				return name, true
			}
		}
	}
	return "", false
}

// summary is what a failure prints: the screen and every text that is not a cell.
func (p Places) summary() string {
	var b strings.Builder
	fmt.Fprintf(&b, "screen %q, dialog %q, revision %d, idle %v, window %v\n", p.Screen, p.Dialog, p.Revision, p.Idle, p.Window)
	var lines []string
	for name, text := range p.Texts {
		if !strings.HasPrefix(name, "grid.cell.") && text != "" {
			lines = append(lines, fmt.Sprintf("  %s = %q", name, text))
		}
	}
	var names []string
	for name := range p.Places {
		if !strings.HasPrefix(name, "grid.") {
			names = append(names, name)
		}
	}
	sort.Strings(lines)
	sort.Strings(names)
	b.WriteString(strings.Join(lines, "\n"))
	fmt.Fprintf(&b, "\n  places: %s", strings.Join(names, " "))
	if len(p.Disabled) > 0 {
		fmt.Fprintf(&b, "\n  disabled: %s", strings.Join(p.Disabled, " "))
	}
	return b.String()
}
