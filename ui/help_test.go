package ui

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

func TestEveryLibraryInsideIsNamedWithItsLicence(t *testing.T) {
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	said := strings.ToLower(strings.Join(licences, "\n"))
	outside := map[string]bool{
		"github.com/elimity-com/scim": true, // a server to test against
		"github.com/spf13/pflag":      true, // a part of cobra
	}
	direct := regexp.MustCompile(`(?m)^\t(\S+) v\S+$`).FindAllStringSubmatch(string(mod), -1)
	if len(direct) < 15 {
		t.Fatalf("%d libraries in go.mod", len(direct))
	}
	version := regexp.MustCompile(`/v\d+$`)
	for _, m := range direct {
		module := version.ReplaceAllString(m[1], "")
		name := module[strings.LastIndex(module, "/")+1:]
		if strings.HasPrefix(module, "golang.org/x/") {
			name = "golang.org/x"
		}
		if !outside[module] && !strings.Contains(said, name) {
			t.Errorf("%s is not named", module)
		}
	}
}
