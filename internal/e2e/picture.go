package e2e

import (
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
)

// Picture reads the part of the screen inside r. Xvfb keeps its pixels in a
// file in the XWD format (X11/XWDFile.h), so no other program is needed.
func (d *Display) Picture(r image.Rectangle) (image.Image, error) {
	raw, err := os.ReadFile(d.frame)
	if err != nil {
		return nil, fmt.Errorf("read the screen: %w", err)
	}
	return decodeXWD(raw, r)
}

// The fields of an XWD header that matter here, as indexes of 32-bit words.
const (
	xwdHeaderSize  = 0
	xwdVersion     = 1
	xwdWidth       = 4
	xwdHeight      = 5
	xwdByteOrder   = 7
	xwdBitsPixel   = 11
	xwdBytesLine   = 12
	xwdColours     = 19
	xwdHeaderWords = 25
	xwdColourBytes = 12
)

// decodeXWD cuts rectangle r out of a 32-bit XWD picture.
func decodeXWD(raw []byte, r image.Rectangle) (image.Image, error) {
	if len(raw) < xwdHeaderWords*4 {
		return nil, errors.New("the screen's file is too short")
	}
	word := func(i int) int { return int(binary.BigEndian.Uint32(raw[4*i:])) }
	if word(xwdVersion) != 7 || word(xwdBitsPixel) != 32 {
		return nil, fmt.Errorf("the screen's file is of version %d with %d bits per pixel", word(xwdVersion), word(xwdBitsPixel))
	}
	start := word(xwdHeaderSize) + word(xwdColours)*xwdColourBytes
	line := word(xwdBytesLine)
	r = r.Intersect(image.Rect(0, 0, word(xwdWidth), word(xwdHeight)))
	if r.Empty() || len(raw) < start+line*word(xwdHeight) {
		return nil, errors.New("the picture asked for is not on the screen")
	}
	red, green, blue := 2, 1, 0 // least significant byte first
	if word(xwdByteOrder) == 1 {
		red, green, blue = 1, 2, 3
	}
	img := image.NewRGBA(image.Rect(0, 0, r.Dx(), r.Dy()))
	for y := range r.Dy() {
		from := raw[start+(r.Min.Y+y)*line+r.Min.X*4:]
		to := img.Pix[y*img.Stride:]
		for x := range r.Dx() {
			p, q := from[4*x:4*x+4], to[4*x:4*x+4]
			q[0], q[1], q[2], q[3] = p[red], p[green], p[blue], 255
		}
	}
	return img, nil
}

// savePNG writes img to path, folders included.
func savePNG(path string, img image.Image) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("make a folder for pictures: %w", err)
	}
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("save a picture: %w", err)
	}
	enc := png.Encoder{CompressionLevel: png.BestCompression}
	if err := enc.Encode(f, img); err != nil {
		f.Close()
		return fmt.Errorf("save a picture: %w", err)
	}
	return f.Close()
}
