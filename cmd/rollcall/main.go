// Command rollcall is the desktop program. It only puts the parts together.
//
//	rollcall [--sample] [--account NAME] [FILE]
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime/debug"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"rollcall/assets"
	"rollcall/internal/problem"
	"rollcall/internal/workbench"
	"rollcall/ui"
	"rollcall/ui/look"
	"rollcall/ui/watch"
)

// appID is the program's name among programs; FyneApp.toml has the same.
const appID = "io.rollcall.Rollcall"

// version is set by the packaging.
var version = ""

func main() {
	sample := flag.Bool("sample", false, "open the sample against the practice account")
	account := flag.String("account", "", "the `name` of the account to work with")
	showVersion := flag.Bool("version", false, "print the version and end")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "Usage: rollcall [--sample] [--account NAME] [FILE]")
		flag.PrintDefaults()
	}
	flag.Parse()
	if *showVersion {
		fmt.Println("rollcall", versionText())
		return
	}
	if err := run(*sample, *account, flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, problem.Sentence(err))
		os.Exit(2)
	}
}

func run(sample bool, account, file string) error {
	if path := os.Getenv("ROLLCALL_WATCHDOG"); path != "" {
		if err := watch.Start(path); err != nil {
			return err
		}
		defer watch.Stop()
	}
	post := watch.Post(fyne.Do)
	said := ui.NewNotes(post)
	bench, err := workbench.New(workbench.Options{
		Home: os.Getenv("ROLLCALL_HOME"), Post: post, Note: said.Note, Renew: said.Renew,
		Sample: assets.Sample, SampleName: assets.SampleName,
	})
	if err != nil {
		return err
	}
	defer bench.Close()
	if err := bench.KeepCrash(); err != nil {
		said.Note("Should Rollcall break down, its report cannot be kept: the home folder cannot be written to. All else works.")
	}
	ui.ApplyScale(bench.Store())
	a := app.NewWithID(appID)
	a.SetIcon(fyne.NewStaticResource("rollcall.png", assets.Icon))
	w := ui.New(ui.Options{
		App: a, Bench: bench, Post: post, File: file, Sample: sample, Account: account, Notes: said,
		Places: os.Getenv("ROLLCALL_PLACES"), Answers: os.Getenv("ROLLCALL_PICK"), Version: versionText(),
	})
	a.Lifecycle().SetOnStarted(func() {
		watch.Do("start", w.Begin)
		look.ReadFonts(post, w.Idle)
	})
	w.Fyne().ShowAndRun()
	return nil
}

func versionText() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "development version"
}
