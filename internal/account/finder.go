package account

import "hash/maphash"

// finder finds the places of a list's elements by their key: a hash table of
// places alone, four bytes each, since the keys are in the list already. A
// directory of 100,000 users has three of them.
type finder struct {
	seed  maphash.Seed
	slots []uint32 // place + 1; 0 is free; their number is a power of two
	// key gives the key of the element at a place, in buf if it has to be made.
	key func(place int, buf []byte) []byte
}

// newFinder takes in the elements at the places 0 to n-1. An element with an
// empty key is left out.
func newFinder(n int, key func(place int, buf []byte) []byte) *finder {
	size := 8
	for size < n+n/2 {
		size *= 2
	}
	f := &finder{seed: maphash.MakeSeed(), slots: make([]uint32, size), key: key}
	var buf []byte
	for place := range n {
		buf = key(place, buf[:0])
		if len(buf) == 0 {
			continue
		}
		at := f.start(buf)
		for f.slots[at] != 0 {
			at = f.next(at)
		}
		f.slots[at] = uint32(place + 1)
	}
	return f
}

func (f *finder) start(key []byte) int {
	return int(maphash.Bytes(f.seed, key) & uint64(len(f.slots)-1))
}

func (f *finder) next(at int) int { return (at + 1) & (len(f.slots) - 1) }

// each calls found with the places of the elements with the key, in their
// order, until it returns false.
func (f *finder) each(key string, found func(place int) bool) {
	var room, room2 [64]byte
	wanted := append(room[:0], key...)
	buf := room2[:0]
	for at := f.start(wanted); f.slots[at] != 0; at = f.next(at) {
		place := int(f.slots[at] - 1)
		buf = f.key(place, buf[:0])
		if string(buf) == key && !found(place) {
			return
		}
	}
}

// all gives the places of the elements with the key, in their order.
func (f *finder) all(key string) (places []int) {
	f.each(key, func(place int) bool {
		places = append(places, place)
		return true
	})
	return places
}
