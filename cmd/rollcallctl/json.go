package main

import (
	"bytes"
	"encoding/json"
	"io"
)

// writeJSON writes one value as one line, with < > & as they are. Outside
// ASCII, what some readers take for a line's end is escaped: U+2028 and U+2029
// by the encoder, U+0085 here, so that a line stays a line for everybody.
func writeJSON(w io.Writer, v any) error {
	var line bytes.Buffer
	e := json.NewEncoder(&line)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(bytes.ReplaceAll(line.Bytes(), []byte("\u0085"), []byte(`\u0085`)))
	return err
}
