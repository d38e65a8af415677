package start

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rollcall/ui/look"
	"rollcall/ui/places"
)

// shown is a start screen in a window of the least size that it is made for.
func shown(t *testing.T, recents []Recent, accounts []Account) (*Screen, *places.Page) {
	t.Helper()
	return shownIn(t, fyne.NewSize(900, 600), recents, accounts)
}

// shownIn is a start screen in a window of a size.
func shownIn(t *testing.T, size fyne.Size, recents []Recent, accounts []Account) (*Screen, *places.Page) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(&look.Theme{})
	s := New(Actions{Open: func() {}, EmptyTemplate: func() {}, FilledTemplate: func() {}, Sample: func() {}, AddAccount: func() {}})
	s.Show(recents, accounts)
	w := test.NewTempWindow(t, s.Content())
	w.SetPadded(false)
	w.Resize(size)
	p := places.NewPage(w.Canvas())
	s.Places(p)
	return s, p
}

func TestLongNamesAndManyAccountsLeaveTheRestOfTheScreenItsRoom(t *testing.T) {
	long := strings.Repeat("Wilhelmina ", 24)[:256]
	var accounts []Account
	for i := range 40 {
		accounts = append(accounts, Account{ID: fmt.Sprint(i), Name: fmt.Sprintf("%d %s", i, long), State: long, Production: i == 0})
	}
	_, p := shown(t, []Recent{{Name: long + ".xlsx", Path: "/" + long, About: long}}, accounts)
	for _, name := range []string{"start.open", "start.template", "start.sample"} {
		x, y, width, height, ok := p.Where(name)
		if !ok || x < 0 || y < 0 || x+width > 600 || y+height > 600 {
			t.Errorf("%s lies at %d,%d, %d×%d (on screen: %v)", name, x, y, width, height, ok)
		}
	}
	for _, name := range []string{"start.recent.0", "start.account.0"} {
		if x, _, width, _, ok := p.Where(name); !ok || x < 530 || x+width > 900 {
			t.Errorf("%s lies from %d to %d (on screen: %v)", name, x, x+width, ok)
		}
	}
	if _, _, _, _, ok := p.Where("start.account.39"); ok {
		t.Error("the last of 40 accounts is in sight without scrolling")
	}
}

func TestAnEmptyStartScreenSaysWhereFilesWillBe(t *testing.T) {
	s, p := shown(t, nil, []Account{{ID: "practice", Name: "Practice account"}})
	if _, _, _, _, ok := p.Where("start.recent.0"); ok {
		t.Error("a recent file is listed")
	}
	if len(s.side.Objects) < 2 {
		t.Fatal("nothing is said of recent files")
	}
}

func TestNothingIsCutInASmallWindow(t *testing.T) {
	for _, size := range []fyne.Size{{Width: 1280, Height: 774}, {Width: 900, Height: 574}, {Width: 720, Height: 454}, {Width: 640, Height: 374}} {
		s, p := shownIn(t, size, nil, []Account{{ID: "a", Name: "Northwind Trading"}})
		edge, _, _, _, _ := p.Where("start.account.0")
		for _, name := range []string{"start.open", "start.template", "start.sample"} {
			x, y, width, height, ok := p.Where(name)
			if !ok || x < 0 || y < 0 || x+width > edge || y+height > int(size.Height) || height < 30 {
				t.Errorf("at %v %s lies at %d,%d, %d×%d (on screen: %v)", size, name, x, y, width, height, ok)
			}
		}
		for _, text := range []*words{s.hero.title, s.hero.about} {
			for _, line := range text.content.Objects {
				if width := line.MinSize().Width; width > text.content.Size().Width {
					t.Errorf("at %v a line of “%s” is %v wide, and has %v", size, text.text, width, text.content.Size().Width)
				}
			}
		}
	}
}
