package ui

import (
	"testing"

	"fyne.io/fyne/v2"
)

// fits checks that places are in the window whole and cover none of each other.
func (s *stage) fits(width, height int, names ...string) {
	s.t.Helper()
	s.layOut()
	p := s.page()
	type box struct{ x, y, w, h int }
	seen := map[string]box{}
	for _, name := range names {
		x, y, w, h, ok := p.Where(name)
		if !ok || x < 0 || y < 0 || x+w > width || y+h > height {
			s.t.Errorf("at %d×%d, %s lies at %d,%d %d×%d (%v)", width, height, name, x, y, w, h, ok)
		}
		for other, b := range seen {
			if x < b.x+b.w-1 && b.x < x+w-1 && y < b.y+b.h-1 && b.y < y+h-1 {
				s.t.Errorf("at %d×%d, %s and %s lie over each other", width, height, name, other)
			}
		}
		seen[name] = box{x, y, w, h}
	}
}

func TestNothingOverlapsOrIsCutInSmallWindows(t *testing.T) {
	s := newStage(t, Options{Sample: true})
	steps := []string{"step.open", "step.columns", "step.fix", "step.preview", "step.import", "account.badge"}
	with := func(names ...string) []string { return append(names, steps...) }
	for _, size := range []struct{ w, h int }{{900, 600}, {640, 400}} {
		s.w.window.Resize(fyne.NewSize(float32(size.w), float32(size.h)))
		s.fits(size.w, size.h, with("cellbar.entry", "problems.fixall", "filter.all", "filter.errors", "filter.warnings", "filter.edited",
			"fix.validonly", "fix.preview")...)
		s.press("problems.role-unknown")
		s.fits(size.w, size.h, "filter.edited", "filter.only", "fix.preview")
		s.press("problems.role-unknown")
		s.w.Find(true)
		s.settle()
		s.fits(size.w, size.h, "find.text", "find.previous", "find.next", "find.close", "find.replace", "find.replaceone", "find.replaceall",
			"find.pattern", "find.letters", "find.whole", "find.here")
		s.press("find.close")
		s.press("step.columns")
		s.fits(size.w, size.h, with("columns.back", "columns.remember", "columns.continue")...)
		s.press("step.preview")
		s.fits(size.w, size.h, with("preview.back", "preview.save", "preview.export", "preview.import", "preview.validonly", "preview.lookonly")...)
		s.press("preview.back")
	}
}

func TestTheFilesNameIsKnownInANarrowWindow(t *testing.T) {
	s := newStage(t, Options{Sample: true})
	see := func(width int, file string, names ...string) {
		t.Helper()
		s.w.window.Resize(fyne.NewSize(float32(width), 600))
		s.fits(width, 600, append(names, "filter.all", "filter.edited", "fix.preview", "fix.validonly")...)
		s.says("fix.file.shown", file)
	}
	see(1280, "users-q3.xlsx · saved", "filter.text", "fix.sheets", "fix.file")
	see(900, "users-q3.xlsx", "filter.text", "fix.sheets", "fix.file")
	see(720, "users-….xlsx", "fix.file")
	if s.page().Usable("fix.sheets") {
		t.Error("the sheets stand where there is no room for them")
	}
	see(640, "")
	s.says("fix.file", "users-q3.xlsx · saved")
}

func TestTheMessageOfACellIsReadWholeInANarrowWindow(t *testing.T) {
	s := newStage(t, Options{Sample: true})
	s.cell(4, "Current Status")
	message := s.page().Said("cellbar.message")
	contains(t, message, "Active or Archived")
	for _, size := range []struct{ w, h int }{{1280, 800}, {900, 600}, {720, 480}, {640, 400}} {
		s.w.window.Resize(fyne.NewSize(float32(size.w), float32(size.h)))
		s.layOut()
		s.fits(size.w, size.h, "cellbar.entry", "cellbar.said", "cellbar.use", "grid", "problems.fixall", "fix.preview")
		if got := s.page().Said("cellbar.said"); got != message {
			t.Errorf("at %d×%d the bar shows %q, of %q", size.w, size.h, got, message)
		}
	}
}

func TestCardsToReadFitIntoASmallWindow(t *testing.T) {
	s := newStage(t, Options{})
	for _, size := range []struct{ w, h int }{{1280, 800}, {640, 400}} {
		s.w.window.Resize(fyne.NewSize(float32(size.w), float32(size.h)))
		for _, item := range []string{"Keyboard", "The columns and their rules", "Licences", "About Rollcall"} {
			s.menu("Help", item)
			s.fits(size.w, size.h, "dialog.ok")
			top := s.w.window.Canvas().Overlays().Top()
			if least := top.MinSize(); least.Width > float32(size.w-20) || least.Height > float32(size.h-20) {
				t.Errorf("at %d×%d the card “%s” needs %v", size.w, size.h, item, least)
			}
			s.key(fyne.KeyEscape)
			s.shows("start", "")
		}
	}
}

func TestTheLineBesideTheImportIsReadWholeOrNotShown(t *testing.T) {
	s := newStage(t, Options{Sample: true})
	s.press("step.preview")
	for width, wanted := range map[int]bool{1280: true, 900: true, 720: false, 640: false} {
		s.w.window.Resize(fyne.NewSize(float32(width), 600))
		s.layOut()
		if _, _, _, _, ok := s.page().Where("preview.note"); ok != wanted {
			t.Errorf("%d wide: shown %v, want %v", width, ok, wanted)
		}
	}
}
