package jsontree

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"
)

// Append writes v behind dst as one line of JSON, the names of objects in
// their order. What is no part of a tree is written as encoding/json does. The
// error is that of a value that JSON does not have.
func Append(dst []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case nil:
		return append(dst, "null"...), nil
	case string:
		return appendText(dst, v), nil
	case bool:
		return strconv.AppendBool(dst, v), nil
	case int:
		return strconv.AppendInt(dst, int64(v), 10), nil
	case float64:
		return appendFloat(dst, v)
	case map[string]any:
		return appendObject(dst, v)
	case []any:
		return appendList(dst, v)
	case []string:
		return appendTexts(dst, v), nil
	case json.RawMessage:
		if len(v) > 0 {
			return append(dst, v...), nil
		}
	}
	raw, err := json.Marshal(v)
	if err != nil {
		return dst, fmt.Errorf("write JSON: %w", err)
	}
	return append(dst, raw...), nil
}

func appendList(dst []byte, list []any) (_ []byte, err error) {
	dst = append(dst, '[')
	for i, e := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		if dst, err = Append(dst, e); err != nil {
			return dst, err
		}
	}
	return append(dst, ']'), nil
}

func appendTexts(dst []byte, list []string) []byte {
	if list == nil {
		return append(dst, "null"...)
	}
	dst = append(dst, '[')
	for i, s := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendText(dst, s)
	}
	return append(dst, ']')
}

func appendObject(dst []byte, object map[string]any) (_ []byte, err error) {
	var few [16]string
	keys := few[:0]
	for key := range object {
		keys = append(keys, key)
	}
	sortFew(keys)
	dst = append(dst, '{')
	for i, key := range keys {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(appendText(dst, key), ':')
		if dst, err = Append(dst, object[key]); err != nil {
			return dst, err
		}
	}
	return append(dst, '}'), nil
}

// sortFew sorts in place; objects have a handful of names.
func sortFew(keys []string) {
	for i := 1; i < len(keys); i++ {
		for j := i; j > 0 && keys[j] < keys[j-1]; j-- {
			keys[j], keys[j-1] = keys[j-1], keys[j]
		}
	}
}

func appendFloat(dst []byte, f float64) ([]byte, error) {
	if whole := math.Trunc(f); whole == f && math.Abs(f) < 1e15 && !(f == 0 && math.Signbit(f)) {
		return strconv.AppendInt(dst, int64(f), 10), nil
	}
	raw, err := json.Marshal(f)
	if err != nil {
		return dst, fmt.Errorf("write JSON: %w", err)
	}
	return append(dst, raw...), nil
}

const hexDigits = "0123456789abcdef"

// appendText writes a text in quotes; bytes that are not UTF-8 become U+FFFD.
func appendText(dst []byte, s string) []byte {
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 {
				dst = append(append(dst, s[from:i]...), `\ufffd`...)
				from = i + 1
			}
			i += size
			continue
		}
		dst = append(dst, s[from:i]...)
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\n':
			dst = append(dst, '\\', 'n')
		case '\r':
			dst = append(dst, '\\', 'r')
		case '\t':
			dst = append(dst, '\\', 't')
		default:
			dst = append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
		i++
		from = i
	}
	return append(append(dst, s[from:]...), '"')
}
