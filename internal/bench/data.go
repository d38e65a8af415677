package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"

	"github.com/xuri/excelize/v2"

	"rollcall/internal/roster"
)

var (
	givenNames  = []string{"Amara", "Bruno", "Chen", "María", "Elif", "Farid", "Grace", "Hana", "Ivan", "Jonas", "Keiko", "Lucía", "Mateo", "Nadia", "Oluwaseun", "Priya"}
	familyNames = []string{"Okafor", "Ferreira", "Wei", "Diaz", "Yılmaz", "Haddad", "Mbeki", "Sato", "Petrov", "Lindqvist", "Tanaka", "Romero", "Rossi", "Rahman", "Ade", "Raghavan"}
	groupNames  = []string{"Trading", "EMEA", "APAC", "Compliance", "Operations", "Research", "Sales", "Support"}
)

// row is row i of a believable import: one in fifty has a flaw.
func row(i int, random *rand.Rand) []string {
	given, family := givenNames[random.IntN(len(givenNames))], familyNames[random.IntN(len(familyNames))]
	group := groupNames[random.IntN(len(groupNames))]
	if i%3 == 0 {
		group += "," + groupNames[(random.IntN(len(groupNames)-1)+1)%len(groupNames)]
	}
	cells := []string{
		"Active", given + " " + family, fmt.Sprintf("%s.%d@northwind.com", []string{"amara", "bruno", "chen", "elif"}[i%4], i),
		"User", group, fmt.Sprintf("slack:U%07X", i+1),
	}
	switch i % 250 {
	case 50:
		cells[0] = "Actve"
	case 100:
		cells[3] = "Superviser"
	case 150:
		cells[1] = " " + cells[1]
	case 200:
		cells[4] = "trading"
	case 249:
		cells[2] = "maria.diaz@northwind,com"
	}
	return cells
}

// rows gives n rows to each, the header first, the same ones every time.
func rows(n int, each func(i int, cells []string) error) error {
	random := rand.New(rand.NewPCG(1, 2))
	if err := each(0, roster.Headers()); err != nil {
		return err
	}
	for i := range n {
		if err := each(i+1, row(i, random)); err != nil {
			return err
		}
	}
	return nil
}

func writeCSV(path string, n int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	buffered := bufio.NewWriterSize(f, 1<<20)
	w := csv.NewWriter(buffered)
	if err := rows(n, func(_ int, cells []string) error { return w.Write(cells) }); err != nil {
		return err
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	return buffered.Flush()
}

// writeXLSX writes a workbook with shared strings, as Excel does.
func writeXLSX(path string, n int) error {
	f := excelize.NewFile()
	defer f.Close()
	err := rows(n, func(i int, cells []string) error {
		for c, text := range cells {
			name, err := excelize.CoordinatesToCellName(c+1, i+1)
			if err != nil {
				return err
			}
			if err := f.SetCellStr("Sheet1", name, text); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return f.SaveAs(path)
}

// writeSnapshot saves a copy of an account with the groups and the source that
// the rows name (product.md, "A snapshot file").
func writeSnapshot(path string) error {
	raw, err := json.Marshal(map[string]any{
		"account": "bench", "syncedAt": "2026-01-02T15:04:05Z", "users": []any{}, "groups": groupNames,
		"sources": []any{map[string]any{"name": "slack", "enabled": true, "identifierPattern": "^[UW][A-Z0-9]{6,}$"}},
	})
	if err != nil {
		return err
	}
	return os.WriteFile(path, raw, 0o600)
}
