package roster

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"sync"

	"rollcall/internal/account"
)

// Pattern is a regular expression (RE2) for identifiers. ASCII text goes
// through a table made of it, where it is simple enough; a million identifiers
// cost little so.
type Pattern struct {
	re *regexp.Regexp
	// next is, per state and byte, the next state; 0 is "no match any more".
	next [][128]uint8
	// accept says, per state, whether the text may end there.
	accept []bool
}

// maxStates bounds the table: 32 KiB.
const maxStates = 250

// NewPattern compiles a pattern; it fails where RE2 does.
func NewPattern(expr string) (*Pattern, error) {
	re, err := regexp.Compile(expr)
	if err != nil {
		return nil, err
	}
	p := &Pattern{re: re}
	p.tabulate(expr)
	return p, nil
}

// String is the pattern's source.
func (p *Pattern) String() string { return p.re.String() }

// Match says whether the pattern takes the text.
func (p *Pattern) Match(text string) bool {
	if p.next == nil || text == "" {
		return p.re.MatchString(text)
	}
	state := uint8(1)
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c >= 0x80 {
			return p.re.MatchString(text)
		}
		state = p.next[state][c]
		if state == 0 {
			return false
		}
	}
	return p.accept[state]
}

// patterns keeps compiled patterns: an account has few.
var patterns sync.Map

// PatternOf is the pattern for a source's identifiers: the account's own, or
// the built-in one of the platform where there is none or it does not compile;
// nil where neither is known.
func PatternOf(src account.Source) *Pattern {
	if src.IdentifierPattern != "" {
		if p := compiled(src.IdentifierPattern); p != nil {
			return p
		}
	}
	if k := KindOf(src.Name); k != nil {
		return compiled(k.Pattern)
	}
	if k := KindOf(src.DisplayName); k != nil {
		return compiled(k.Pattern)
	}
	return nil
}

func compiled(expr string) *Pattern {
	if p, ok := patterns.Load(expr); ok {
		return p.(*Pattern)
	}
	p, err := NewPattern(expr)
	if err != nil {
		p = nil
	}
	patterns.Store(expr, p)
	return p
}

// tabulate builds the table from RE2's own program by the subset construction.
// It gives up on word boundaries, line anchors and large patterns, and the
// regular expression itself is used.
func (p *Pattern) tabulate(expr string) {
	parsed, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return
	}
	prog, err := syntax.Compile(parsed.Simplify())
	if err != nil || len(prog.Inst) > 2000 {
		return
	}
	b := tableBuilder{prog: prog, states: map[string]uint8{}}
	p.next, p.accept = b.build()
}

type tableBuilder struct {
	prog   *syntax.Prog
	states map[string]uint8
	sets   [][]uint32
	failed bool
}

func (b *tableBuilder) build() (next [][128]uint8, accept []bool) {
	b.sets = append(b.sets, nil) // state 0: no match any more
	b.add(b.close([]uint32{uint32(b.prog.Start)}, true))
	for s := 1; s < len(b.sets) && !b.failed; s++ {
		var row [128]uint8
		for c := 0; c < 128; c++ {
			row[c] = b.step(b.sets[s], rune(c))
		}
		for len(next) <= s {
			next = append(next, [128]uint8{})
		}
		next[s] = row
	}
	if b.failed {
		return nil, nil
	}
	accept = make([]bool, len(b.sets))
	for s := 1; s < len(b.sets); s++ {
		accept[s] = b.accepts(b.sets[s])
	}
	return next, accept
}

// add numbers a set of program places. The unanchored search starts anew at
// each byte, which close does through the start place.
func (b *tableBuilder) add(set []uint32) uint8 {
	if len(set) == 0 {
		return 0
	}
	key := make([]byte, 0, 4*len(set))
	for _, pc := range set {
		key = append(key, byte(pc), byte(pc>>8), byte(pc>>16), byte(pc>>24))
	}
	if s, ok := b.states[string(key)]; ok {
		return s
	}
	if len(b.sets) > maxStates {
		b.failed = true
		return 0
	}
	s := uint8(len(b.sets))
	b.states[string(key)] = s
	b.sets = append(b.sets, set)
	return s
}

// step is the state behind one byte. A set that has matched stays matched: what
// follows does not undo a search that has found its text.
func (b *tableBuilder) step(set []uint32, c rune) uint8 {
	var to []uint32
	for _, pc := range set {
		inst := &b.prog.Inst[pc]
		switch inst.Op {
		case syntax.InstMatch:
			return b.add([]uint32{pc})
		case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
			if inst.MatchRune(c) {
				to = append(to, inst.Out)
			}
		}
	}
	to = append(to, uint32(b.prog.Start))
	return b.add(b.close(to, false))
}

// close follows the places that read nothing. Places behind an end-of-text
// anchor are kept as the anchor itself, for accepts.
func (b *tableBuilder) close(from []uint32, begin bool) []uint32 {
	seen := map[uint32]bool{}
	var set []uint32
	var follow func(pc uint32)
	follow = func(pc uint32) {
		if seen[pc] || b.failed {
			return
		}
		seen[pc] = true
		inst := &b.prog.Inst[pc]
		switch inst.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			follow(inst.Out)
			follow(inst.Arg)
		case syntax.InstCapture, syntax.InstNop:
			follow(inst.Out)
		case syntax.InstEmptyWidth:
			switch syntax.EmptyOp(inst.Arg) {
			case syntax.EmptyBeginText:
				if begin {
					follow(inst.Out)
				}
			case syntax.EmptyEndText:
				set = append(set, pc)
			default:
				b.failed = true
			}
		case syntax.InstFail:
		default:
			set = append(set, pc)
		}
	}
	for _, pc := range from {
		follow(pc)
	}
	slices.Sort(set)
	return set
}

// accepts says whether a set has matched, or does so at the end of the text.
func (b *tableBuilder) accepts(set []uint32) bool {
	seen := map[uint32]bool{}
	var ends func(pc uint32) bool
	ends = func(pc uint32) bool {
		if seen[pc] {
			return false
		}
		seen[pc] = true
		inst := &b.prog.Inst[pc]
		switch inst.Op {
		case syntax.InstMatch:
			return true
		case syntax.InstAlt, syntax.InstAltMatch:
			return ends(inst.Out) || ends(inst.Arg)
		case syntax.InstCapture, syntax.InstNop:
			return ends(inst.Out)
		case syntax.InstEmptyWidth:
			// A begin-of-text anchor behind an end-of-text one holds for the
			// empty text only, which close has seen to.
			return syntax.EmptyOp(inst.Arg) == syntax.EmptyEndText && ends(inst.Out)
		}
		return false
	}
	for _, pc := range set {
		if ends(pc) {
			return true
		}
	}
	return false
}
