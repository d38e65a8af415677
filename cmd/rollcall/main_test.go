package main

import (
	"os"
	"strings"
	"testing"
)

func TestThePackagingNamesTheProgramAsItNamesItself(t *testing.T) {
	raw, err := os.ReadFile("../../FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	if want := `ID = "` + appID + `"`; !strings.Contains(string(raw), want) {
		t.Errorf("FyneApp.toml lacks %s", want)
	}
}
