package ui

import "testing"

func TestTheBarShowsMixedTextAsItIsReadUntilOneTypesThere(t *testing.T) {
	s := newStage(t, Options{})
	s.open(write(t, "a.csv", header+
		"Active,משה (Levi) כהן,moshe@northwind.com,User,Trading,\n"+
		"Active,Nina Novak,nina@northwind.com,User,Trading,\n"))
	shown := func() bool {
		_, _, _, _, there := s.page().Where("cellbar.reading")
		return there
	}
	s.cell(2, "Display Name")
	if !shown() {
		t.Error("the bar shows the name in typing order")
	}
	s.cell(3, "Display Name")
	if shown() {
		t.Error("something lies over a name that needs no order")
	}
	s.cell(2, "Display Name")
	s.into("cellbar.entry")
	if shown() {
		t.Error("something lies over the field while one types there")
	}
	s.says("cellbar.value", "משה (Levi) כהן")
	s.w.fix.Focus()
	s.settle()
	if !shown() {
		t.Error("after typing the name is not as it is read")
	}
	s.says("filter.edited", "0")
}
