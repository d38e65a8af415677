package columns

import "rollcall/internal/roster"

// choice is a mapping as it was, and what was chosen then.
type choice struct {
	mapping roster.Mapping
	label   string
}

// use takes a changed mapping over, as one step that can be undone; label says
// what was chosen.
func (s *Screen) use(label string, m roster.Mapping) {
	s.past, s.future = append(s.past, choice{s.mapping, label}), nil
	s.apply(m)
}

// apply shows what a mapping makes of the file.
func (s *Screen) apply(m roster.Mapping) {
	s.mapping = m
	if err := s.doc.SetMapping(m, false); err != nil {
		s.layer.Error("The choice could not be taken over", err)
	}
	s.counting(valueColumns(m), s.update)
}

// Undo takes the last choice back.
func (s *Screen) Undo() { s.back(&s.past, &s.future) }

// Redo chooses it again.
func (s *Screen) Redo() { s.back(&s.future, &s.past) }

// back goes to the last mapping of one list and puts the present one on the
// other.
func (s *Screen) back(from, to *[]choice) {
	if s.doc == nil || len(*from) == 0 {
		return
	}
	last := (*from)[len(*from)-1]
	*from = (*from)[:len(*from)-1]
	*to = append(*to, choice{s.mapping, last.label})
	s.apply(last.mapping)
}

// UndoLabel is what Undo would take back, "" for nothing.
func (s *Screen) UndoLabel() string { return label(s.past) }

// RedoLabel is what Redo would choose again, "" for nothing.
func (s *Screen) RedoLabel() string { return label(s.future) }

func label(list []choice) string {
	if len(list) == 0 {
		return ""
	}
	return list[len(list)-1].label
}
