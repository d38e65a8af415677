package e2e

import (
	"bytes"
	"fmt"
	"strings"
)

// personnelExport is a file as a personnel system gives it, whose columns have
// to be matched by a person: 412 users in Windows-1252, semicolons between,
// below a title and a blank line.
func personnelExport() []byte {
	given := strings.Fields("Amara Bruno Chen Dídac Elif Farid Grace Hana Ivan Jonas Keiko Lucía Mateo Nadia Oluwaseun Priya Quentin Rosa Sven Tomasz")
	family := strings.Fields("Okafor Ferreira Wei Marçal Yilmaz Haddad Mbeki Sato Petrov Lindqvist Tanaka Romero Rossi Rahman Ade Raghavan Moreau Klein Aaltonen Nowak Núñez")
	var b bytes.Buffer
	line := func(cells ...string) {
		for _, r := range strings.Join(cells, ";") {
			b.WriteByte(byte(r)) // every letter above is below U+0100, where both agree
		}
		b.WriteString("\r\n")
	}
	line("Personnel export")
	line()
	line("Account state", "First name", "Last name", "E-mail (work)", "Permission", "Team", "Slack ID", "Employee ID", "Phone", "Cost centre")
	plain := strings.NewReplacer("í", "i", "ç", "c", "ú", "u", "ñ", "n")
	for i := range 412 {
		first, last := given[i%len(given)], family[(i+i/len(given))%len(family)]
		state := "enabled"
		switch {
		case i == 100:
			state = ""
		case i%10 == 2:
			state = "disabled"
		}
		permission := "standard"
		if i%50 == 2 {
			permission = "administrator"
		}
		name := strings.ToLower(plain.Replace(first + "." + last))
		line(state, first, last, name+"@northwind.com", permission, []string{"Trading", "Trading,EMEA", "APAC"}[i%3],
			fmt.Sprintf("U02%05d", i), fmt.Sprint(1000+i), "", fmt.Sprintf("CC%d", i%7))
	}
	return b.Bytes()
}
