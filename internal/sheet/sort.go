package sheet

import (
	"bytes"
	"context"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// SortKey says what to sort by: a column and a direction.
type SortKey struct {
	Col        int
	Descending bool
}

// TextFunc gives the text of a cell. It is called from several goroutines: read
// from a Snapshot.
type TextFunc func(r RowID, col int) string

// Sort lists rows in the order of the keys, the first key first. Texts compare
// as people read them: letter case and accents matter least, numbers in them by
// value ("a2" before "a10"). Empty cells come last in both directions; rows that
// compare equal stay in the order in which they came. It stops with ctx's error
// when that is cancelled.
func Sort(ctx context.Context, rows []RowID, text TextFunc, keys ...SortKey) ([]RowID, error) {
	ranks := make([][]uint32, len(keys))
	for k, key := range keys {
		var err error
		if ranks[k], err = rank(ctx, rows, text, key); err != nil {
			return nil, err
		}
	}
	at := make([]int32, len(rows))
	for i := range at {
		at[i] = int32(i)
	}
	err := sortParallel(ctx, at, func(a, b int32) int {
		for _, rank := range ranks {
			if rank[a] != rank[b] {
				if rank[a] < rank[b] {
					return -1
				}
				return 1
			}
		}
		return int(a) - int(b)
	})
	if err != nil {
		return nil, err
	}
	sorted := make([]RowID, len(rows))
	for i, a := range at {
		sorted[i] = rows[a]
	}
	return sorted, nil
}

// rank numbers the texts of a column in their order, so that rows compare by
// number. Each different text is collated once.
func rank(ctx context.Context, rows []RowID, text TextFunc, key SortKey) ([]uint32, error) {
	number := make(map[string]uint32)
	var texts []string
	of := make([]uint32, len(rows))
	for i, r := range rows {
		if i%batch == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		t := text(r, key.Col)
		n, ok := number[t]
		if !ok {
			n = uint32(len(texts))
			number[t] = n
			texts = append(texts, t)
		}
		of[i] = n
	}
	order, err := collateTexts(ctx, texts, key.Descending)
	if err != nil {
		return nil, err
	}
	for i := range of {
		of[i] = order[of[i]]
	}
	return of, nil
}

// collateTexts gives each text its place; texts that collate alike share one.
func collateTexts(ctx context.Context, texts []string, descending bool) ([]uint32, error) {
	keys := make([][]byte, len(texts))
	err := parallel(ctx, len(texts), func(from, to int) {
		c := collate.New(language.Und, collate.Numeric)
		var buf collate.Buffer
		for i := from; i < to; i++ {
			if texts[i] != "" {
				keys[i] = bytes.Clone(c.KeyFromString(&buf, countable(texts[i])))
				buf.Reset()
			}
		}
	})
	if err != nil {
		return nil, err
	}
	at := make([]int32, len(texts))
	for i := range at {
		at[i] = int32(i)
	}
	compare := func(a, b int32) int {
		switch {
		case keys[a] == nil || keys[b] == nil:
			return emptyLast(keys[a], keys[b])
		case descending:
			return bytes.Compare(keys[b], keys[a])
		}
		return bytes.Compare(keys[a], keys[b])
	}
	if err := sortParallel(ctx, at, compare); err != nil {
		return nil, err
	}
	place := make([]uint32, len(texts))
	for i := 1; i < len(at); i++ {
		place[at[i]] = place[at[i-1]]
		if compare(at[i-1], at[i]) != 0 {
			place[at[i]]++
		}
	}
	return place, nil
}

// countable puts a 1 before each number, in the place of its leading zeros. The
// collator gives a number its count of digits in front, but nothing to 0: it
// would come after all others. With the 1, 0 is the least number of two digits.
func countable(text string) string {
	if !strings.ContainsFunc(text, unicode.IsDigit) {
		return text
	}
	var b strings.Builder
	inNumber, zeros := false, false
	for at, r := range text {
		switch {
		case !unicode.IsDigit(r):
			inNumber = false
		case !inNumber:
			inNumber, zeros = true, true
			b.WriteByte('1')
			fallthrough
		case zeros:
			if next, _ := utf8.DecodeRuneInString(text[at+utf8.RuneLen(r):]); strings.ContainsRune("0٠۰０", r) && unicode.IsDigit(next) {
				continue
			}
			zeros = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

func emptyLast(a, b []byte) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	}
	return -1
}

// parallel calls work with stretches of 0..n on all processors.
func parallel(ctx context.Context, n int, work func(from, to int)) error {
	var wg sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for from := range next {
				work(from, min(from+batch, n))
			}
		})
	}
	for from := 0; from < n && ctx.Err() == nil; from += batch {
		next <- from
	}
	close(next)
	wg.Wait()
	return ctx.Err()
}

// sortParallel sorts stably: stretches on all processors, then merged.
func sortParallel(ctx context.Context, at []int32, compare func(a, b int32) int) error {
	const stretch = 1 << 15
	size := stretch
	var wg sync.WaitGroup
	limit := make(chan struct{}, runtime.GOMAXPROCS(0))
	spread := func(step int, do func(from int)) {
		for from := 0; from < len(at) && ctx.Err() == nil; from += step {
			limit <- struct{}{}
			wg.Go(func() {
				do(from)
				<-limit
			})
		}
		wg.Wait()
	}
	spread(size, func(from int) {
		slices.SortStableFunc(at[from:min(from+size, len(at))], compare)
	})
	other := make([]int32, len(at))
	for ; size < len(at) && ctx.Err() == nil; size *= 2 {
		spread(2*size, func(from int) {
			mid, to := min(from+size, len(at)), min(from+2*size, len(at))
			merge(other[from:to], at[from:mid], at[mid:to], compare)
		})
		copy(at, other)
	}
	return ctx.Err()
}

func merge(dst, a, b []int32, compare func(a, b int32) int) {
	for i := range dst {
		if len(b) == 0 || len(a) > 0 && compare(a[0], b[0]) <= 0 {
			dst[i], a = a[0], a[1:]
		} else {
			dst[i], b = b[0], b[1:]
		}
	}
}
