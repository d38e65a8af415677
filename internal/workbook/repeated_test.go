package workbook

import (
	"fmt"
	"testing"
)

func TestAHeaderThatComesOnceMoreIsPointedOut(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"a line of labels below the keys": {"STATUS,USERID,USERNAME,FIRSTNAME,LASTNAME,MI,EMAIL\n" +
			"STATUS,USERID,Username,First Name,Last Name,Middle Name,Email\n" +
			"active,1,alee,Ann,Lee,,ann@x.com\n", "[2]"},
		"files one behind the other":               {"Name,Email\nAnn,ann@x.com\nName,Email\nBo,bo@x.com\nName,Email\nCy,cy@x.com\n", "[3 5]"},
		"below a title":                            {"Users\n\nName,Email,Role\nAnn,ann@x.com,User\nName,Email,Role\n", "[5]"},
		"other words far below are a user's":       {"Name,Email,Role,Team\nAnn,ann@x.com,User,Core\nname,e-mail,role,team\n", "[]"},
		"a user of whom only the role is known":    {"Name,Email,Role,Team\nAnn,,Role,\n", "[]"},
		"a user who is called as a column is":      {"Name,Email\nName,ann@x.com\n", "[]"},
		"one column of names cannot tell":          {"Name\nName\nAnn\n", "[]"},
		"labels of few columns may be a user's":    {"STATUS,NAME\nStatus,Name\n", "[]"},
		"a line of labels is taken only once":      {"A,B,Email,Role\nAnn,x,ann@x.com,User\n", "[]"},
		"blank names of columns count for nothing": {"Name,,Email\nAnn,,ann@x.com\nName,,Email\n", "[3]"},
	} {
		t.Run(name, func(t *testing.T) {
			f := open(t, "a.csv", []byte(test.text)).Facts
			if got := fmt.Sprint(f.RepeatedHeaders); got != test.want {
				t.Errorf("got %s of %s, want %s", got, fmt.Sprint(f.Header), test.want)
			}
		})
	}
}
