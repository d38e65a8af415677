package main

import (
	"encoding/json"
	"io"
)

// writeJSON writes one value as one line, with < > & as they are.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
