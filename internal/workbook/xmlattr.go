package workbook

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
)

// withAttr is a tag with the value of an attribute replaced, if it has it. The
// value is text; what XML needs escaped in it is.
func withAttr(tag []byte, name, value string) []byte {
	for i := 1; i < len(tag); {
		eq := bytes.IndexByte(tag[i:], '=')
		if eq < 0 {
			return tag
		}
		from := i + eq + 1
		for from < len(tag) && isXMLSpace(tag[from]) {
			from++
		}
		if from == len(tag) {
			return tag
		}
		stop := bytes.IndexByte(tag[from+1:], tag[from])
		if stop < 0 {
			return tag
		}
		full := trimSpaceRight(tag[i : i+eq])
		if at := bytes.LastIndexAny(full, " \t\r\n:"); string(full[at+1:]) == name {
			return slices.Concat(tag[:from+1], []byte(escapeAttr(value)), tag[from+1+stop:])
		}
		i = from + stop + 2
	}
	return tag
}

// escapeAttr escapes a text for an attribute, whichever quotation marks are
// around it.
func escapeAttr(text string) string {
	if !strings.ContainsAny(text, `&<>"'`) {
		return text
	}
	return strings.ReplaceAll(escapeXML(text), "'", "&apos;")
}

// statedCount are the attributes that state how many elements follow.
var statedCount = map[string]*regexp.Regexp{
	"count":            regexp.MustCompile(`\scount\s*=\s*("[^"]*"|'[^']*')`),
	"manualBreakCount": regexp.MustCompile(`\smanualBreakCount\s*=\s*("[^"]*"|'[^']*')`),
}

// withoutAttr is a tag without one of these.
func withoutAttr(tag []byte, name string) []byte {
	m := statedCount[name].FindIndex(tag)
	if m == nil {
		return tag
	}
	return append(append([]byte{}, tag[:m[0]]...), tag[m[1]:]...)
}
