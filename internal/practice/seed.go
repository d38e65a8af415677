package practice

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// SeedSize is how many users the seeded account has.
const SeedSize = 1912

// SeedMe is the e-mail of the signed-in user (/Me) of the seeded account.
const SeedMe = "priya.raghavan@northwind.com"

// Identifier is a source username: who a user is on a source.
type Identifier struct {
	Source string
	Value  string
}

// Person is a user of the seeded account.
type Person struct {
	Given, Family string
	DisplayName   string
	Email         string
	Role          string
	Active        bool
	Groups        []string
	Identifiers   []Identifier
}

// Source is a communication platform of the account.
type Source struct {
	ID          string
	Name        string
	DisplayName string
	Enabled     bool
	// Pattern is a regular expression (RE2) that identifiers match.
	Pattern string
	Example string
}

// SeedSources lists the sources of a new account: three enabled, one not.
func SeedSources() []Source {
	const mail = `^[^@\s]+@[^@\s]+\.[^@\s]+$`
	return []Source{
		{ID: "src-slack", Name: "slack", DisplayName: "Slack", Enabled: true, Pattern: `^[UW][A-Z0-9]{6,}$`, Example: "U02AMARA"},
		{ID: "src-teams", Name: "teams", DisplayName: "Microsoft Teams", Enabled: true, Pattern: mail, Example: "chen.wei@northwind.com"},
		{ID: "src-whatsapp", Name: "whatsapp", DisplayName: "WhatsApp", Enabled: true, Pattern: `^\+[1-9][0-9]{6,14}$`, Example: "+819055500134"},
		{ID: "src-zoom", Name: "zoom", DisplayName: "Zoom", Enabled: false, Pattern: mail, Example: "chen.wei@northwind.com"},
	}
}

// SeedGroups lists the groups of the seeded account. One name has a comma.
func SeedGroups() []string {
	return []string{"Trading", "EMEA", "APAC", "Americas", "Compliance", "Legal, Risk & Audit", "Operations",
		"Treasury", "Research", "Sales", "Technology", "Human Resources", "Executive", "Leavers 2024"}
}

func slack(value string) []Identifier { return []Identifier{{"slack", value}} }

// known are the people who are met by name, in the pictures and the sample.
func known() []Person {
	person := func(given, family, role string, active bool, groups string, ids []Identifier) Person {
		p := Person{Given: given, Family: family, DisplayName: given + " " + family, Role: role, Active: active, Identifiers: ids}
		p.Email = local(given) + "." + local(family) + "@northwind.com"
		if groups != "" {
			p.Groups = strings.Split(groups, "|")
		}
		return p
	}
	people := []Person{
		person("Priya", "Raghavan", "Admin", true, "Trading|APAC", slack("U02PRIYA")),
		person("Amara", "Okafor", "User", true, "Trading", slack("U02AMARA")),
		person("Chen", "Wei", "User", true, "Trading", nil),
		person("María", "Diaz", "Admin", true, "", nil),
		person("Elif", "Yılmaz", "User", true, "Trading", slack("U02ELIF")),
		person("Farid", "Haddad", "User", true, "", slack("U02FARID")),
		person("Ivan", "Petrov", "User", true, "EMEA", []Identifier{{"teams", "ivan.petrov@northwind.com"}}),
		person("Lucía", "Romero", "User", true, "EMEA", nil),
		person("Nadia", "Rahman", "User", true, "Trading", slack("U02NADIA")),
		person("Oluwaseun", "Ade", "User", true, "EMEA", slack("U02SEUN")),
		person("Quentin", "Moreau", "User", true, "EMEA", nil),
		person("Rosa", "Klein", "User", true, "EMEA", slack("U02ROSA")),
		person("Sven", "Aaltonen", "User", true, "EMEA", slack("U02SVEN")),
		person("Tomasz", "Nowak", "User", true, "EMEA", nil),
		person("Tomasz", "Nowakowski", "User", true, "EMEA", slack("U02TOMEK")),
	}
	people[5].DisplayName = "F. Haddad"
	return people
}

// notYet are people of the pictures who are new to the account.
var notYet = []string{"bruno.ferreira", "grace.mbeki", "hana.sato", "jonas.lindqvist", "keiko.tanaka", "mateo.rossi"}

var givenNames = strings.Fields(`Aaron Adaeze Aisha Akira Alejandra Alice Anders Anika Antoine Anwar Astrid Beatriz Ben
Björn Camille Carlos Catherine Chidi Claire Daniel Daria David Diego Dina Elena Emeka Emma Erik Esra Eva Fatima Felix
Fiona Francesca Gabriel Georgia Giulia Hannah Hassan Helena Hugo Ibrahim Ingrid Isabel Jack Jasmin Joanna Jorge Julia
Kamal Karin Kenji Kofi Lars Laura Leila Liam Lin Lukas Magnus Malik Mariana Marta Mei Miguel Mina Mohammed Naomi Nia
Niklas Nora Olga Omar Oscar Paula Pedro Petra Rachel Rafael Rania Ravi Renata Ruth Samir Sara Sébastien Simone Sofia
Stefan Sunita Tariq Teresa Thabo Thomas Ursula Valentina Vera Victor Wanda William Xin Yara Yusuf Zoë Zuzana`)

var familyNames = strings.Fields(`Abbott Adeyemi Ahmed Almeida Andersson Bauer Becker Bianchi Björk Brown Carvalho Castro
Chen Costa Das Delgado Dubois Eriksson Evans Farouk Fernández Fischer Fontaine Fraser García Gomez Grant Gupta Haas
Hansen Hashimoto Hoffmann Hughes Ito Ivanova Jansen Johansson Jovanović Kaya Keller Khan Kim Kowalski Kumar Larsen
Lefèvre Lewis Li López Mancini Martin Mbatha Mehta Meyer Moreno Morris Müller Nakamura Nguyen Nielsen Novák Nyström
O'Brien Okoye Olsen Ortiz Park Patel Pereira Popescu Quinn Rao Reyes Ricci Richter Roberts Sánchez Santos Schmidt
Schneider Sharma Silva Singh Smith Suzuki Taylor Torres Varga Vogel Walker Wang Weber Wilson Wright Yamamoto Young Zhang`)

// Seed lists the people of the seeded account, always the same, those of the
// pictures first.
func Seed() []Person {
	people := known()
	taken := map[string]bool{}
	for _, p := range people {
		taken[p.Email] = true
	}
	for _, l := range notYet {
		taken[l+"@northwind.com"] = true
	}
	groups := SeedGroups()
	for i := 0; len(people) < SeedSize; i++ {
		// Both steps are prime to the lengths, so that names mix without
		// a pattern that shows and every pair is met.
		given := givenNames[i*37%len(givenNames)]
		family := familyNames[(i*61+i/len(givenNames)*17)%len(familyNames)]
		email := local(given) + "." + local(family) + "@northwind.com"
		if taken[email] {
			continue
		}
		taken[email] = true
		people = append(people, filler(len(people), given, family, email, groups))
	}
	return people
}

// filler makes an ordinary user: most are active users in one or two groups
// with one or two identifiers.
func filler(n int, given, family, email string, groups []string) Person {
	p := Person{Given: given, Family: family, DisplayName: given + " " + family, Email: email, Role: "User", Active: true}
	h := uint32(n) * 2654435761 >> 8
	switch h % 100 {
	case 0, 1:
		p.Role = "Admin"
	case 2, 3, 4, 5, 6:
		p.Role = "Supervisor"
	}
	p.Active = h/100%11 != 0
	if !p.Active {
		p.Groups = []string{"Leavers 2024"}
	} else if first := h / 1100 % 16; first < 13 {
		p.Groups = []string{groups[first]}
		if second := h / 17600 % 13; second != first && h%3 == 0 {
			p.Groups = append(p.Groups, groups[second])
		}
	}
	if h%5 != 0 {
		p.Identifiers = append(p.Identifiers, Identifier{"slack", fmt.Sprintf("U03%05X", 0x10000+n)})
	}
	if h%3 == 1 {
		p.Identifiers = append(p.Identifiers, Identifier{"teams", email})
	}
	if h%7 == 2 {
		p.Identifiers = append(p.Identifiers, Identifier{"whatsapp", fmt.Sprintf("+4420794%05d", n)})
	}
	if !p.Active && h%2 == 0 {
		p.Identifiers = append(p.Identifiers, Identifier{"zoom", email})
	}
	return p
}

// local writes a name as it stands in an e-mail address.
func local(name string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		switch {
		case r == 'ı':
			b.WriteByte('i')
		case r < unicode.MaxASCII && unicode.IsLetter(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}
