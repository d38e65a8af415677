package workbook

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
)

const (
	// rehearseFrom is the size of a sheet, unpacked, from which it is read
	// through before any of it is held: a smaller one is read and held within
	// the second that a refusal may take.
	rehearseFrom = 96 << 20
	// leastRatio is how much more it is unpacked than packed: where it is packed
	// less, unpacking takes longer than reading, and reading once is enough.
	leastRatio = 3
)

// large says that a sheet is worth a rehearsal.
func (p *pack) large(sheet string) bool {
	f := p.files[sheet]
	return f != nil && f.UncompressedSize64 >= rehearseFrom && f.UncompressedSize64/leastRatio > f.CompressedSize64
}

// rehearse reads a large sheet through as it will be read, but holds nothing:
// whatever is wrong with it is found in a third of the time.
func (p *pack) rehearse(ctx context.Context, r sheetReader, part string) error {
	r.facts, r.counting = &Facts{Sheet: r.facts.Sheet}, true
	return r.salvage(p.scanPlain(ctx, part, maxJunk, r.plain, r.token), false)
}

// verifyRest reads every part but the known ones in the background, two at a
// time, and checks its checksum, so that a workbook damaged anywhere is
// refused. The channel gives the outcome once, and nil when it is asked again.
func (p *pack) verifyRest(ctx context.Context, known ...string) <-chan error {
	done := make(chan error, 1)
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(2)
	go func() {
		defer close(done)
		for _, f := range p.order {
			if slices.Contains(known, partKey(f.Name)) || strings.HasSuffix(f.Name, "/") {
				continue
			}
			work.Go(func() error {
				if err := readThrough(ctx, f); err != nil {
					return scanProblem(fmt.Errorf("part %s: %w", f.Name, err))
				}
				return nil
			})
		}
		done <- work.Wait()
	}()
	return done
}

// readThrough reads a part to its end, checksum included.
func readThrough(ctx context.Context, f *zip.File) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	_, err = io.CopyBuffer(struct{ io.Writer }{io.Discard}, &limited{ctx: ctx, r: r, left: maxUnpacked}, make([]byte, aheadBytes))
	return err
}
