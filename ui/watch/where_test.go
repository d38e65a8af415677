package watch

import (
	"strings"
	"testing"
	"time"
)

func TestAStackIsToldByItsFunctions(t *testing.T) {
	const stack = "goroutine 1 [running]:\n" +
		"rollcall/internal/sheet.(*Step).Rows.func1(...)\n\t/a/step.go:56\n" +
		"rollcall/internal/workbench.(*Document).elsewhere.func2({{0xc0, 0x18}, 0x1}, ...)\n\t/a/big.go:88 +0x1c\n" +
		"main.main()\n\t/a/main.go:9 +0x10\n"
	if got, want := functions(stack), "sheet.(*Step).Rows.func1 < workbench.(*Document).elsewhere.func2 < main.main"; got != want {
		t.Errorf("told %q, want %q", got, want)
	}
}

func TestItIsLookedOnlyWhereAHandlerIsLate(t *testing.T) {
	if at := look(time.Hour)(); at != "" {
		t.Errorf("a quick handler was seen in %q", at)
	}
	if at := mainFunctions(); !strings.Contains(at, "testing.") {
		t.Errorf("the main goroutine of a test is seen in %q", at)
	}
}
