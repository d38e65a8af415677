package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"time"

	"rollcall/internal/e2e"
)

// benchStart measures from outside how long it takes until a file of 2,000 rows
// is opened, checked and on screen, beside the bare start of the program.
func benchStart(ctx context.Context, at place, tell func(measure)) error {
	if err := provide(ctx, toBuild, toShow); err != nil {
		return err
	}
	if err := at.build(ctx); err != nil {
		return err
	}
	return at.onStage(at.pictures(), func(stage *e2e.Stage, r e2e.Reporter, home e2e.Home) {
		file := home.File("users.csv")
		if err := os.WriteFile(file, smallFile(2000), 0o600); err != nil {
			r.Fatalf("write the file: %v", err)
		}
		const rounds = 5
		empty, full := time.Duration(0), time.Duration(0)
		for range rounds {
			empty = shortest(empty, startTime(stage, r, home, "start"))
			full = shortest(full, startTime(stage, r, home, "fix", file))
		}
		ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
		tell(measure{Name: "2,000-row CSV opened, checked and on screen", Value: ms(full), Unit: "ms",
			Against: "the program started without a file", Baseline: ms(empty),
			Note: "from the start of the process; painted in software"})
	})
}

// startTime is how long the program takes until the screen is there, at rest.
func startTime(stage *e2e.Stage, r e2e.Reporter, home e2e.Home, screen string, args ...string) time.Duration {
	began := time.Now()
	a := stage.Start(r, e2e.Launch{Home: home, Args: args, AsItOpens: true})
	a.Until("the screen is "+screen+", at rest", func(p e2e.Places) bool { return p.Screen == screen && p.Idle })
	took := time.Since(began)
	a.Close()
	return took
}

func shortest(so, now time.Duration) time.Duration {
	if so == 0 || now < so {
		return now
	}
	return so
}

// smallFile is a CSV of n users with a flaw in every fiftieth row.
func smallFile(n int) []byte {
	var b bytes.Buffer
	b.WriteString("Current Status,Display Name,Primary Email,Role,Groups,Source Username(s)\r\n")
	for i := range n {
		role := "User"
		if i%50 == 0 {
			role = "Superviser"
		}
		fmt.Fprintf(&b, "Active,Person %d,person.%d@northwind.com,%s,none,\r\n", i, i, role)
	}
	return b.Bytes()
}
