package check

import (
	"slices"
	"strings"
	"testing"

	"rollcall/internal/account"
	"rollcall/internal/roster"
)

// Each value of a cell, with every certain fix made where that changes it, and
// what is said of it, in an account that testDirectory describes.
func TestEveryRuleSaysWhatIsWrongAndWhatToDo(t *testing.T) {
	tests := []struct {
		col   roster.Column
		text  string
		fixed string // "" where nothing is certain
		found []string
	}{
		{roster.Status, "Active", "", []string{}},
		{roster.Status, "active ", "Active", []string{
			"warning spaces: There are spaces around the value: remove them → \"active\" certain",
			"warning status-case: Written “active”: use “Active” → \"Active\" certain",
		}},
		{roster.Status, " ARCHIVED", "Archived", []string{
			"warning spaces: There are spaces around the value: remove them → \"ARCHIVED\" certain",
			"warning status-case: Written “ARCHIVED”: use “Archived” → \"Archived\" certain",
		}},
		{roster.Status, "enabled", "Active", []string{
			"error status-unknown: Not a status: use Active or Archived → \"Active\" certain",
		}},
		{roster.Status, "inactive", "Archived", []string{
			"error status-unknown: Not a status: use Active or Archived → \"Archived\" certain",
		}},
		{roster.Status, "Actve", "", []string{
			"error status-unknown: Not a status: use Active or Archived → \"Active\"",
		}},
		{roster.Status, "", "", []string{
			"error status-empty: The status is missing: use Active or Archived",
		}},
		{roster.Status, "  ", "", []string{
			"error status-empty: The status is missing: use Active or Archived",
		}},
		{roster.Status, "Suspended", "", []string{
			"error status-unknown: Not a status: use Active or Archived → \"Archived\"",
		}},
		{roster.Status, "yes", "", []string{
			"error status-unknown: Not a status: use Active or Archived → \"Active\"",
		}},
		{roster.Status, "\u0410ctive", "Active", []string{
			"warning invisible: A letter in it comes from another alphabet and only looks alike: use “Active” → \"Active\" certain",
			"error status-unknown: Not a status: use Active or Archived → \"Active\" certain",
		}},
		{roster.Status, "\uff21\uff43\uff54\uff49\uff56\uff45", "Active", []string{
			"warning invisible: There is a full-width character in it: use “Active” → \"Active\" certain",
			"error status-unknown: Not a status: use Active or Archived → \"Active\" certain",
		}},
		{roster.Status, "Act\u200bive", "Active", []string{
			"warning invisible: There is a character in it that nobody sees (a zero-width character): remove it → \"Active\" certain",
		}},
		{roster.Status, "xyz", "", []string{
			"error status-unknown: Not a status: use Active or Archived",
		}},
		{roster.Status, "=1+1", "", []string{
			"warning formula: A spreadsheet would take this for a formula: check that it is meant as text",
			"error status-unknown: Not a status: use Active or Archived",
		}},
		{roster.Status, "aktiv", "Active", []string{
			"error status-unknown: Not a status: use Active or Archived → \"Active\" certain",
		}},
		{roster.Status, "\u65e0\u6548", "", []string{
			"error status-unknown: Not a status: use Active or Archived",
		}},
		{roster.Name, "Doe, John", "", []string{}},
		{roster.Name, "Mar\u00eda", "", []string{}},
		{roster.Name, " Ann", "Ann", []string{
			"warning spaces: There are spaces around the value: remove them → \"Ann\" certain",
		}},
		{roster.Name, "Ann\u00a0Lee", "Ann Lee", []string{
			"warning spaces: There is a no-break space in the value: remove it or use a plain space → \"Ann Lee\" certain",
		}},
		{roster.Name, "Ann  Lee", "Ann Lee", []string{
			"warning spaces: There are two spaces in a row, or an unusual one: use one plain space → \"Ann Lee\" certain",
		}},
		{roster.Name, "Ann\tLee", "Ann Lee", []string{
			"warning invisible: There is a character in it that nobody sees (a tab): remove it → \"Ann Lee\" certain",
		}},
		{roster.Name, "\u0410nn Lee", "Ann Lee", []string{
			"warning invisible: A letter in it comes from another alphabet and only looks alike: use “Ann Lee” → \"Ann Lee\" certain",
		}},
		{roster.Name, "\u0418\u0432\u0430\u043d Petrov", "", []string{}},
		{roster.Name, "\u5c71\u7530\u3000\u592a\u90ce", "", []string{}},
		{roster.Name, "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627", "", []string{}},
		{roster.Name, "=HYPERLINK(\"x\")", "", []string{
			"warning formula: A spreadsheet would take this for a formula: check that it is meant as text",
		}},
		{roster.Name, "+44 20 7946 0958", "", []string{}},
		{roster.Name, "\tAnn", "Ann", []string{
			"warning spaces: There are spaces around the value: remove them → \"Ann\" certain",
			"warning formula: A spreadsheet would take this for a formula: check that it is meant as text",
		}},
		{roster.Name, "\uff1d1", "", []string{
			"warning formula: A spreadsheet would take this for a formula: check that it is meant as text",
		}},
		{roster.Name, "-Ann", "", []string{
			"warning formula: A spreadsheet would take this for a formula: check that it is meant as text",
		}},
		{roster.Name, "\U0001f468\u200d\U0001f469\u200d\U0001f467 Lee", "", []string{}},
		{roster.Name, "Ann\ufeff", "Ann", []string{
			"warning invisible: There is a character in it that nobody sees (a byte-order mark): remove it → \"Ann\" certain",
		}},
		{roster.Name, "\u200b", "", []string{
			"error name-empty: The display name is missing: type the name that others will see",
		}},
		{roster.Email, "a@b.com", "", []string{}},
		{roster.Email, "percent%25@x.org", "", []string{}},
		{roster.Email, "slash/name@x.org", "", []string{}},
		{roster.Email, "+tag@x.org", "", []string{}},
		{roster.Email, "maria.diaz@northwind,com", "", []string{
			"error email-invalid: Not an address: there is a comma where a dot should be. Did you mean “maria.diaz@northwind.com”? → \"maria.diaz@northwind.com\"",
		}},
		{roster.Email, "mailto:ann@x.org", "ann@x.org", []string{
			"error email-wrapped: There is more than the address in it: use “ann@x.org” → \"ann@x.org\" certain",
		}},
		{roster.Email, "Ann Lee <ann@x.org>", "ann@x.org", []string{
			"error email-wrapped: There is more than the address in it: use “ann@x.org” → \"ann@x.org\" certain",
		}},
		{roster.Email, "ann@x.org.", "", []string{
			"error email-invalid: Not an address: there is a dot at the end. Did you mean “ann@x.org”? → \"ann@x.org\"",
		}},
		{roster.Email, "ann@x.org;", "", []string{
			"error email-invalid: Not an address: there is a semicolon at the end. Did you mean “ann@x.org”? → \"ann@x.org\"",
		}},
		{roster.Email, "ann@x.org, bob@x.org", "", []string{
			"error email-invalid: There are 2 addresses in it: keep one and give the others a row of their own",
		}},
		{roster.Email, "ann @x.org", "", []string{
			"error email-invalid: Not an address: there is a space in it. Did you mean “ann@x.org”? → \"ann@x.org\"",
		}},
		{roster.Email, " ann@x.org ", "ann@x.org", []string{
			"warning spaces: There are spaces around the value: remove them → \"ann@x.org\" certain",
		}},
		{roster.Email, "ann@gmial.com", "", []string{
			"warning email-domain: “gmial.com” is nearly “gmail.com”: check the domain → \"ann@gmail.com\"",
		}},
		{roster.Email, "ann@gmail.con", "", []string{
			"warning email-domain: The ending “.con” does not exist: check the domain → \"ann@gmail.com\"",
		}},
		{roster.Email, "ann@x.zzz", "", []string{
			"warning email-domain: The ending “.zzz” does not exist: check the domain",
		}},
		{roster.Email, "ann@northwnd.com", "", []string{
			"warning email-domain: “northwnd.com” is nearly “northwind.com”: check the domain → \"ann@northwind.com\"",
		}},
		{roster.Email, "jos\u00e9@x.org", "", []string{
			"error email-invalid: Not an address: the part before the @ has letters that an address cannot have. Did you mean “jose@x.org”? → \"jose@x.org\"",
		}},
		{roster.Email, "ann@b\u00fccher.de", "", []string{}},
		{roster.Email, "\uff41nn@x.org", "ann@x.org", []string{
			"warning invisible: There is a full-width character in it: use “ann@x.org” → \"ann@x.org\" certain",
			"error email-invalid: Not an address because of that character: use “ann@x.org” → \"ann@x.org\" certain",
		}},
		{roster.Email, "ann\uff20x.org", "ann@x.org", []string{
			"warning invisible: There is a full-width character in it: use “ann@x.org” → \"ann@x.org\" certain",
			"error email-invalid: Not an address because of that character: use “ann@x.org” → \"ann@x.org\" certain",
		}},
		{roster.Email, "ann@n\u043erthwind.com", "ann@northwind.com", []string{
			"warning invisible: A letter in it comes from another alphabet and only looks alike: use “ann@northwind.com” → \"ann@northwind.com\" certain",
		}},
		{roster.Email, "\"ann lee\"@x.org", "", []string{}},
		{roster.Email, "ann..lee@x.org", "", []string{
			"error email-invalid: Not an address: two dots follow each other. Did you mean “ann.lee@x.org”? → \"ann.lee@x.org\"",
		}},
		{roster.Email, ".ann@x.org", "", []string{
			"error email-invalid: Not an address: the part before the @ begins or ends with a dot. Did you mean “ann@x.org”? → \"ann@x.org\"",
		}},
		{roster.Email, "ann@localhost", "", []string{
			"error email-invalid: Not an address: the ending such as .com is missing",
		}},
		{roster.Email, "ann@-x.org", "", []string{
			"error email-invalid: Not an address: the part behind the @ is not a domain",
		}},
		{roster.Email, "ann.x.org", "", []string{
			"error email-invalid: Not an address: the @ is missing",
		}},
		{roster.Email, "ann at x.org", "", []string{
			"error email-invalid: Not an address: the @ is missing. Did you mean “ann@x.org”? → \"ann@x.org\"",
		}},
		{roster.Email, "ann@@x.org", "", []string{
			"error email-invalid: Not an address: it has more than one @. Did you mean “ann@x.org”? → \"ann@x.org\"",
		}},
		{roster.Email, "@x.org", "", []string{
			"warning formula: A spreadsheet would take this for a formula: check that it is meant as text",
			"error email-invalid: Not an address: the part before the @ is missing",
		}},
		{roster.Email, "=cmd|x", "", []string{
			"warning formula: A spreadsheet would take this for a formula: check that it is meant as text",
			"error email-invalid: Not an address: the @ is missing",
		}},
		{roster.Email, "ann@x.org\u200b", "ann@x.org", []string{
			"warning invisible: There is a character in it that nobody sees (a zero-width character): remove it → \"ann@x.org\" certain",
		}},
		{roster.Email, "'ann@x.org'", "ann@x.org", []string{
			"error email-wrapped: There is more than the address in it: use “ann@x.org” → \"ann@x.org\" certain",
		}},
		{roster.Email, "ann@1.2.3.4", "", []string{
			"error email-invalid: Not an address: the ending such as .com is missing",
		}},
		{roster.Email, "ann@x.ck", "", []string{}},
		{roster.Email, "ann@foo.er", "", []string{}},
		{roster.Role, "Superviser", "", []string{
			"error role-unknown: Not a role: use User, Admin or Supervisor → \"Supervisor\"",
		}},
		{roster.Role, "admin.", "", []string{
			"error role-unknown: Not a role: use User, Admin or Supervisor → \"Admin\"",
		}},
		{roster.Role, "admin", "Admin", []string{
			"warning role-case: Written “admin”: use “Admin” → \"Admin\" certain",
		}},
		{roster.Role, "Administrator", "Admin", []string{
			"error role-unknown: Not a role: use User, Admin or Supervisor → \"Admin\" certain",
		}},
		{roster.Role, "member", "User", []string{
			"error role-unknown: Not a role: use User, Admin or Supervisor → \"User\" certain",
		}},
		{roster.Role, "owner", "", []string{
			"error role-unknown: Not a role: use User, Admin or Supervisor → \"Admin\"",
		}},
		{roster.Role, "\u0410dmin", "Admin", []string{
			"warning invisible: A letter in it comes from another alphabet and only looks alike: use “Admin” → \"Admin\" certain",
			"error role-unknown: Not a role: use User, Admin or Supervisor → \"Admin\" certain",
		}},
		{roster.Role, "\uff21\uff44\uff4d\uff49\uff4e", "Admin", []string{
			"warning invisible: There is a full-width character in it: use “Admin” → \"Admin\" certain",
			"error role-unknown: Not a role: use User, Admin or Supervisor → \"Admin\" certain",
		}},
		{roster.Role, " superviser ", "superviser", []string{
			"warning spaces: There are spaces around the value: remove them → \"superviser\" certain",
			"error role-unknown: Not a role: use User, Admin or Supervisor → \"Supervisor\"",
		}},
		{roster.Role, "Manager", "", []string{
			"error role-unknown: Not a role: use User, Admin or Supervisor → \"Supervisor\"",
		}},
		{roster.Role, "guest", "", []string{
			"error role-unknown: Not a role: use User, Admin or Supervisor → \"User\"",
		}},
		{roster.Groups, "Trading", "", []string{}},
		{roster.Groups, "trading", "Trading", []string{
			"warning group-case: Written “trading”: the account spells it “Trading” → \"Trading\" certain",
		}},
		{roster.Groups, "Trading,EMEA", "", []string{}},
		{roster.Groups, "Trading, EMEA", "", []string{}},
		{roster.Groups, "Trading ,EMEA", "Trading,EMEA", []string{
			"warning spaces: There is a space before a comma: remove it → \"Trading,EMEA\" certain",
		}},
		{roster.Groups, "Trading;EMEA", "", []string{
			"error group-separator: Groups are separated by commas only: write “Trading,EMEA” → \"Trading,EMEA\"",
		}},
		{roster.Groups, "Trading|Foo", "", []string{
			"error group-separator: Groups are separated by commas only: write “Trading,Foo”",
			"error group-unknown: The account has no group “Foo”: choose one that it has, or make it there first",
		}},
		{roster.Groups, "Trading/EMEA", "", []string{
			"error group-separator: Groups are separated by commas only: write “Trading,EMEA” → \"Trading,EMEA\"",
		}},
		{roster.Groups, "R&D/Ops", "", []string{}},
		{roster.Groups, "R&D/Opps", "", []string{
			"error group-unknown: The account has no group “R&D/Opps”: did you mean “R&D/Ops”? → \"R&D/Ops\"",
		}},
		{roster.Groups, "Trading\nEMEA", "", []string{
			"error group-separator: Groups are separated by commas only: write “Trading,EMEA” → \"Trading,EMEA\"",
		}},
		{roster.Groups, "none", "", []string{}},
		{roster.Groups, "None", "none", []string{
			"warning group-case: Written “None”: use “none” → \"none\" certain",
		}},
		{roster.Groups, "none,Trading", "", []string{
			"error group-none-mixed: “none” stands beside a group: remove it, or remove the groups → \"Trading\"",
		}},
		{roster.Groups, "Smith, Jones & Co,EMEA", "", []string{}},
		{roster.Groups, "smith, jones & co", "Smith, Jones & Co", []string{
			"warning group-case: Written “smith, jones & co”: the account spells it “Smith, Jones & Co” → \"Smith, Jones & Co\" certain",
		}},
		{roster.Groups, "Compliance Ops", "", []string{
			"error group-unknown: The account has no group “Compliance Ops”: the nearest is “Compliance”",
		}},
		{roster.Groups, "Complience", "", []string{
			"error group-unknown: The account has no group “Complience”: did you mean “Compliance”? → \"Compliance\"",
		}},
		{roster.Groups, "Trading,trading", "Trading", []string{
			"warning group-case: Written “trading”: the account spells it “Trading” → \"Trading,Trading\" certain",
			"warning group-repeated: “trading” is listed twice: once is enough → \"Trading\" certain",
		}},
		{roster.Groups, "Trading,", "Trading", []string{
			"error group-separator: There is a comma too many: remove it → \"Trading\" certain",
		}},
		{roster.Groups, "Trading,,EMEA", "Trading,EMEA", []string{
			"error group-separator: There is a comma too many: remove it → \"Trading,EMEA\" certain",
		}},
		{roster.Groups, ",", "", []string{
			"error groups-empty: No group is given: name the groups, or use none → \"none\"",
		}},
		{roster.Groups, "", "", []string{
			"error groups-empty: No group is given: name the groups, or use none → \"none\"",
		}},
		{roster.Groups, "n/a", "none", []string{
			"error group-unknown: “n/a” is not a group: for no group use none → \"none\" certain",
		}},
		{roster.Groups, "-", "", []string{
			"warning formula: A spreadsheet would take this for a formula: check that it is meant as text",
			"error group-unknown: “-” is not a group: for no group use none → \"none\"",
		}},
		{roster.Groups, "keine", "none", []string{
			"error group-unknown: “keine” is not a group: for no group use none → \"none\" certain",
		}},
		{roster.Groups, "\u0422rading", "Trading", []string{
			"warning invisible: A letter in it only looks like the account’s: use “Trading” → \"Trading\" certain",
			"error group-unknown: The account spells this group “Trading”, with other letters: use its spelling → \"Trading\" certain",
		}},
		{roster.Groups, "Operacion", "", []string{
			"error group-unknown: The account has no group “Operacion”: did you mean “Operación”? → \"Operación\"",
		}},
		{roster.Groups, "Operacio\u0301n", "Operación", []string{
			"warning invisible: A letter in it only looks like the account’s: use “Operación” → \"Operación\" certain",
			"error group-unknown: The account spells this group “Operación”, with other letters: use its spelling → \"Operación\" certain",
		}},
		{roster.Groups, "Trading\uff0cEMEA", "Trading,EMEA", []string{
			"warning invisible: There is a comma of another script in it: use the plain one → \"Trading,EMEA\" certain",
			"error group-separator: Groups are separated by commas only: write “Trading,EMEA” → \"Trading,EMEA\" certain",
		}},
		{roster.Groups, "Foo/Bar", "", []string{
			"error group-separator: Groups are separated by commas only: write “Foo,Bar”",
			"error group-unknown: The account has no group “Foo”: choose one that it has, or make it there first",
			"error group-unknown: The account has no group “Bar”: choose one that it has, or make it there first",
		}},
		{roster.Groups, " Trading", "Trading", []string{
			"warning spaces: There are spaces around the value: remove them → \"Trading\" certain",
		}},
		{roster.Sources, "slack:U02AMARB", "", []string{}},
		{roster.Sources, "Slack:U02AMARB", "slack:U02AMARB", []string{
			"warning source-case: Written “Slack”: the account spells it “slack” → \"slack:U02AMARB\" certain",
		}},
		{roster.Sources, "slack:u02amarb", "slack:U02AMARB", []string{
			"error identifier-invalid: “u02amarb” is not written as a Slack member ID: use “U02AMARB” → \"slack:U02AMARB\" certain",
		}},
		{roster.Sources, "whatsap:+81 90 1234 5678", "", []string{
			"error source-unknown: The source “whatsap” is not enabled in the account: did you mean “whatsapp”? → \"whatsapp:+81 90 1234 5678\"",
		}},
		{roster.Sources, "whatsapp:+81 90-1234 5678", "whatsapp:+819012345678", []string{
			"error identifier-invalid: “+81 90-1234 5678” is not written as a phone number with country code: use “+819012345678” → \"whatsapp:+819012345678\" certain",
		}},
		{roster.Sources, "whatsapp:0081901234567", "whatsapp:+81901234567", []string{
			"error identifier-invalid: “0081901234567” is not written as a phone number with country code: use “+81901234567” → \"whatsapp:+81901234567\" certain",
		}},
		{roster.Sources, "whatsapp:81901234567", "", []string{
			"error identifier-invalid: “81901234567” is not a phone number with country code such as +447700900123: did you mean “+81901234567”? → \"whatsapp:+81901234567\"",
		}},
		{roster.Sources, "whatsapp:8.19056E+11", "", []string{
			"error identifier-mangled: Excel has shortened this number to “8.19056E+11” and its digits are lost: type the whole number again, in a cell formatted as text",
		}},
		{roster.Sources, "U02AMARB", "", []string{
			"error source-missing: The source of “U02AMARB” is missing: it has the form of “slack”, so write “slack:U02AMARB” → \"slack:U02AMARB\"",
		}},
		{roster.Sources, "+819012345678", "", []string{
			"error source-missing: The source of “+819012345678” is missing: it has the form of “whatsapp”, so write “whatsapp:+819012345678” → \"whatsapp:+819012345678\"",
		}},
		{roster.Sources, "x y", "", []string{
			"error source-missing: The source of “x y” is missing: write it as source:identifier, such as slack:U02AB3CD4EF",
		}},
		{roster.Sources, "whatsapp:8,19056E+11", "", []string{
			"error identifier-mangled: Excel has shortened this number to “8,19056E+11” and its digits are lost: type the whole number again, in a cell formatted as text",
		}},
		{roster.Sources, "ldap:x,slack:U02AMARB", "", []string{
			"error identifier-invalid: “x” is not an identifier of “ldap”: look it up there and correct it",
		}},
		{roster.Sources, "slack:U02AMARB, teams:a@b.co", "", []string{}},
		{roster.Sources, "zoom:a@b.co", "", []string{
			"error source-disabled: The source “zoom” is switched off in the account: have it enabled there, or remove the identifier",
		}},
		{roster.Sources, "teams:ann@x.org", "", []string{}},
		{roster.Sources, "Microsoft Teams:ann@x.org", "teams:ann@x.org", []string{
			"error source-unknown: The account calls this source “teams”: use that name → \"teams:ann@x.org\" certain",
		}},
		{roster.Sources, "teams:ann", "", []string{
			"error identifier-invalid: “ann” is not an email address such as ann.lee@example.com: look it up there and correct it",
		}},
		{roster.Sources, "slack:", "", []string{
			"error identifier-invalid: The identifier behind “slack:” is missing: type it, or remove the source",
		}},
		{roster.Sources, "slack:U02AMARB,slack:U02AMARB", "slack:U02AMARB", []string{
			"warning identifier-repeated: “slack:U02AMARB” is listed twice: once is enough → \"slack:U02AMARB\" certain",
		}},
		{roster.Sources, "slack:U02AMARB;teams:a@b.co", "", []string{
			"error source-separator: Source usernames are separated by commas only: write “slack:U02AMARB,teams:a@b.co” → \"slack:U02AMARB,teams:a@b.co\"",
		}},
		{roster.Sources, "slack:U02TOMEK", "", []string{
			"error identifier-taken: “slack:U02TOMEK” belongs to tomasz.nowakowski@northwind.com in the account: remove it here, or take it from that user first",
		}},
		{roster.Sources, "ldap:CN=Ann,OU=Users,slack:U02AMARB", "", []string{}},
		{roster.Sources, "broken:x", "", []string{}},
		{roster.Sources, "slack: U02AMARB", "slack:U02AMARB", []string{
			"warning spaces: There are spaces around the colon: remove them → \"slack:U02AMARB\" certain",
		}},
		{roster.Sources, "slack=U02AMARB", "", []string{
			"error source-missing: The source and the identifier are separated by a colon: write “slack:U02AMARB” → \"slack:U02AMARB\"",
		}},
		{roster.Sources, "slack\uff1aU02AMARB", "slack:U02AMARB", []string{
			"warning invisible: There is a full-width character in it: use “slack:U02AMARB” → \"slack:U02AMARB\" certain",
			"error source-missing: The source and the identifier are separated by a colon: write “slack:U02AMARB” → \"slack:U02AMARB\" certain",
		}},
		{roster.Sources, "slack:U02AMARB,", "slack:U02AMARB", []string{
			"error source-separator: There is a comma too many: remove it → \"slack:U02AMARB\" certain",
		}},
		{roster.Sources, "=1+1", "", []string{
			"warning formula: A spreadsheet would take this for a formula: check that it is meant as text",
			"error source-missing: The source of “=1+1” is missing: write it as source:identifier, such as slack:U02AB3CD4EF",
		}},
		{roster.Sources, "@ann", "", []string{
			"error source-missing: The source of “@ann” is missing: write it as source:identifier, such as slack:U02AB3CD4EF",
		}},
		{roster.Sources, "  ", "", []string{
			"warning spaces: The cell holds only blanks: leave it empty → \"\" certain",
		}},
		{roster.Sources, "ann@x.org", "", []string{
			"error source-missing: The source of “ann@x.org” is missing: it has the form of “teams”, so write “teams:ann@x.org” → \"teams:ann@x.org\"",
		}},
		{roster.Sources, "whatsapp:+44 (0)20 7946 0958", "whatsapp:+442079460958", []string{
			"error identifier-invalid: “+44 (0)20 7946 0958” is not written as a phone number with country code: use “+442079460958” → \"whatsapp:+442079460958\" certain",
		}},
		{roster.Sources, "foo:bar", "", []string{
			"error source-unknown: The source “foo” is not enabled in the account: use “slack”, “teams”, “whatsapp”, “ldap” or “broken”",
		}},
	}
	for _, test := range tests {
		t.Run(test.col.Header()+"/"+test.text, func(t *testing.T) {
			e, s, v := ran(t, testDirectory(), row(test.col.Header(), test.text))
			var found []string
			for _, f := range e.Row(s.RowAt(0)) {
				if f.Column != test.col {
					t.Errorf("a finding in %s: %s", f.Column, say(f))
				}
				found = append(found, say(f))
			}
			if !slices.Equal(found, test.found) {
				t.Errorf("found\n\t%s\nwant\n\t%s", strings.Join(found, "\n\t"), strings.Join(test.found, "\n\t"))
			}
			fixed := ""
			for _, f := range e.CertainFixes(v) {
				fixed = f.New
			}
			if fixed != test.fixed {
				t.Errorf("fixed to %q, want %q", fixed, test.fixed)
			}
		})
	}
}

// An address takes 254 characters: a full part before the @ leaves 189 for the
// domain.
func TestAnAddressOf254CharactersIsOneAndOf255IsNone(t *testing.T) {
	address := func(n int) string {
		domain := strings.Repeat("a.", 60) + strings.Repeat("b", 60) + ".org"
		for len(domain) < n-65 {
			domain = "c" + domain
		}
		return strings.Repeat("x", 64) + "@" + domain
	}
	for n, want := range map[int]string{
		254: "",
		255: "error email-invalid: Not an address: it is longer than 254 characters",
	} {
		text := address(n)
		e, s, _ := ran(t, testDirectory(), row("Primary Email", text))
		got := ""
		for _, f := range e.Row(s.RowAt(0)) {
			got += say(f)
		}
		if len(text) != n || got != want {
			t.Errorf("%d characters: %q, want %q", len(text), got, want)
		}
	}
}

// One near name is, several are.
func TestNearNamesAreNamedInGoodGrammar(t *testing.T) {
	dir := testDirectory()
	dir.Groups = append(dir.Groups, account.Group{Name: "Desk North"}, account.Group{Name: "Desk South"}, account.Group{Name: "Legal"})
	for text, want := range map[string]string{
		"Legal Ops": "The account has no group “Legal Ops”: the nearest is “Legal”",
		"Desk":      "The account has no group “Desk”: the nearest are “Desk North” and “Desk South”",
	} {
		e, s, _ := ran(t, dir, row("Groups", text))
		if got := e.Cell(s.RowAt(0), roster.Groups)[0].Message; got != want {
			t.Errorf("%s: %s", text, got)
		}
	}
}

// The example in a message is the account's own where there is one.
func TestTheExampleIsOfASourceOfTheAccount(t *testing.T) {
	none := account.Directory{Sources: []account.Source{{Name: "badge", Enabled: true}}}
	own := account.Directory{Sources: []account.Source{{Name: "badge", Enabled: true, Example: "B-17"}}}
	for want, dir := range map[string]*account.Directory{
		"The source of “foo” is missing: write it as source:identifier, such as slack:U02AB3CD4EF": nil,
		"The source of “foo” is missing: write it as source:identifier":                            &none,
		"The source of “foo” is missing: write it as source:identifier, such as badge:B-17":        &own,
	} {
		e, s, _ := ran(t, dir, row("Source Username(s)", "foo"))
		if got := e.Cell(s.RowAt(0), roster.Sources)[0].Message; got != want {
			t.Errorf("got %s\nwant %s", got, want)
		}
	}
}
