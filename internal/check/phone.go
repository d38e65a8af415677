package check

import (
	"regexp"
	"strings"
)

// phone writes a phone number as E.164 does where it has a country code: +, or
// 00 in front. sure says that there is no other way to read it: what was taken
// away is blanks and marks that only set digits apart. A text that is no phone
// number comes back as it is.
func phone(text string) (number string, sure bool) {
	rest, hasPlus := strings.CutPrefix(text, "+")
	if after, ok := strings.CutPrefix(text, "(+"); ok {
		rest, hasPlus = "("+after, true
	}
	if !hasPlus {
		if after, ok := strings.CutPrefix(strings.TrimLeft(rest, " ("), "00"); ok {
			rest, hasPlus = after, true
		}
	}
	sure = true
	if after, ok := strings.CutPrefix(rest, "11"); ok && strings.HasPrefix(strings.TrimLeft(text, " ("), "0011") {
		rest, sure = after, false // how Australia dials abroad; no country has the code 11
	}
	if whole := floatEnding.FindStringSubmatch(rest); whole != nil {
		rest, sure = whole[1], false
	}
	groups := digitGroups.FindAllString(rest, -1)
	if digitGroups.ReplaceAllString(rest, "") != marksOf(rest) {
		return text, true
	}
	sure = sure && onlySetsApart(rest, groups)
	if hasPlus && len(groups) > 1 {
		var kept bool
		if groups, kept = dropTrunk(rest, groups); !kept {
			sure = false
		}
	}
	number = strings.Join(groups, "")
	if hasPlus {
		number = "+" + number
	}
	return number, sure
}

var (
	digitGroups = regexp.MustCompile(`[0-9]+`)
	// floatEnding is what Excel puts behind a number that it takes for a
	// fraction.
	floatEnding = regexp.MustCompile(`^([0-9]+)[.,]0*$`)
)

// phoneMarks set the digits of a phone number apart.
const phoneMarks = " \u00a0\u2009\u202f-‑–—()./"

// marksOf is a text's phone marks, in order.
func marksOf(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(phoneMarks, r) {
			return r
		}
		return -1
	}, text)
}

// onlySetsApart says whether nothing between the digits can mean more than a
// pause: a stroke may stand before another number or an extension, a single dot
// in a number that is a fraction.
func onlySetsApart(rest string, groups []string) bool {
	if strings.Contains(rest, "/") {
		return false
	}
	last := groups[max(0, len(groups)-1):]
	return strings.Count(rest, ".") != 1 || len(last) == 1 && len(last[0]) >= 4
}

// keepsZero are the country codes behind which a number may begin with a zero
// that is dialled (ITU-T E.164, national numbering plans).
var keepsZero = map[string]bool{"39": true, "378": true, "379": true, "225": true, "229": true, "241": true, "242": true}

// dropTrunk takes away the zero that is dialled only inside a country. kept says
// that there is no doubt about it: "(0)" behind a code where no number begins
// with a zero, or no zero at all.
func dropTrunk(rest string, groups []string) (dropped []string, sure bool) {
	code, next := groups[0], groups[1]
	if next[0] != '0' || len(code) > 3 {
		return groups, true
	}
	bracketed := strings.Contains(rest, "(0)") && next == "0"
	if keepsZero[code] {
		return groups, !bracketed
	}
	dropped = append([]string{code, next[1:]}, groups[2:]...)
	return dropped, bracketed
}
