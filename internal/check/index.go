package check

import (
	"math/bits"

	"rollcall/internal/sheet"
)

// index finds the rows that share a key: an e-mail, an identifier. It is an
// open-addressing table of chains; a row can have several keys.
type index struct {
	nodes []node   // node 0 is none
	slots []uint32 // first node of a chain, 0 empty, gone a deleted one
	rows  []uint32 // by RowID: the row's first node
	free  uint32   // nodes to use again, by next
	used  int      // slots that are not empty, deleted ones included
}

type node struct {
	hash    uint64
	row     sheet.RowID
	next    uint32 // in the chain of the same hash
	prev    uint32
	sibling uint32 // the row's next key
}

// gone marks a slot whose chain is empty again.
const gone = ^uint32(0)

// reserve makes room for n keys and for rows below rows.
func (x *index) reserve(n, rows int) {
	size := 16
	for size < 2*n {
		size *= 2
	}
	x.slots = make([]uint32, size)
	x.nodes = make([]node, 1, n+n/8+16)
	x.rows = make([]uint32, rows)
	x.free, x.used = 0, 0
}

// find is the slot of a hash: that of its chain, or the one where it would go.
func (x *index) find(hash uint64) (slot int, found bool) {
	mask := len(x.slots) - 1
	reuse := -1
	for i := int(hash) & mask; ; i = (i + 1) & mask {
		switch n := x.slots[i]; {
		case n == 0:
			if reuse >= 0 {
				i = reuse
			}
			return i, false
		case n == gone:
			if reuse < 0 {
				reuse = i
			}
		case x.nodes[n].hash == hash:
			return i, true
		}
	}
}

// head is the first node of a hash's chain, 0 for none.
func (x *index) head(hash uint64) uint32 {
	if hash == 0 || len(x.slots) == 0 {
		return 0
	}
	if slot, ok := x.find(hash); ok {
		return x.slots[slot]
	}
	return 0
}

// add gives a row a key. It says whether another row has the key, and which one
// where it was the only one until now: that row has a twin from now on.
func (x *index) add(row sheet.RowID, hash uint64) (twin sheet.RowID, shared bool) {
	if 2*(x.used+1) > len(x.slots) {
		x.grow()
	}
	n := x.take()
	for int(row) >= len(x.rows) {
		x.rows = append(x.rows, 0)
	}
	x.nodes[n] = node{hash: hash, row: row, sibling: x.rows[row]}
	x.rows[row] = n
	return x.link(n)
}

// link puts a node into the chain of its hash.
func (x *index) link(n uint32) (twin sheet.RowID, shared bool) {
	slot, found := x.find(x.nodes[n].hash)
	if !found {
		if x.slots[slot] == 0 {
			x.used++
		}
		x.slots[slot] = n
		return sheet.None, false
	}
	first := x.slots[slot]
	x.nodes[n].next = first
	x.nodes[first].prev = n
	x.slots[slot] = n
	if x.nodes[first].next == 0 {
		return x.nodes[first].row, true
	}
	return sheet.None, true
}

// fill builds the index of many keys at once, and returns the rows that share
// one. Nodes are laid out by slot, so that the table is filled from one end to
// the other and not at random: that is several times faster in a large one.
func (x *index) fill(lists [][]idRow, rows int) (twins []sheet.RowID) {
	total := 0
	for _, keys := range lists {
		total += len(keys)
	}
	x.reserve(total, rows)
	const parts = 256
	shift := max(0, bits.Len(uint(len(x.slots)-1))-bits.Len(parts-1))
	mask := uint64(len(x.slots) - 1)
	var at [parts + 1]int
	for _, keys := range lists {
		for i := range keys {
			at[(keys[i].hash&mask)>>shift+1]++
		}
	}
	for i := range parts {
		at[i+1] += at[i]
	}
	x.nodes = x.nodes[:1+total]
	for _, keys := range lists {
		for i := range keys {
			k := &keys[i]
			part := (k.hash & mask) >> shift
			at[part]++
			n := uint32(at[part])
			x.nodes[n] = node{hash: k.hash, row: k.row, sibling: x.rows[k.row]}
			x.rows[k.row] = n
		}
	}
	for n := 1; n < len(x.nodes); n++ {
		if twin, shared := x.link(uint32(n)); shared {
			twins = append(twins, x.nodes[n].row)
			if twin != sheet.None {
				twins = append(twins, twin)
			}
		}
	}
	return twins
}

func (x *index) take() uint32 {
	if n := x.free; n != 0 {
		x.free = x.nodes[n].next
		return n
	}
	x.nodes = append(x.nodes, node{})
	return uint32(len(x.nodes) - 1)
}

// remove takes all keys from a row. left is called with each row that is alone
// with its key from now on.
func (x *index) remove(row sheet.RowID, left func(sheet.RowID)) {
	if int(row) >= len(x.rows) {
		return
	}
	for n := x.rows[row]; n != 0; {
		nd := x.nodes[n]
		if nd.next != 0 {
			x.nodes[nd.next].prev = nd.prev
		}
		slot, _ := x.find(nd.hash)
		if nd.prev != 0 {
			x.nodes[nd.prev].next = nd.next
		} else if nd.next != 0 {
			x.slots[slot] = nd.next
		} else {
			x.slots[slot] = gone
		}
		if first := x.slots[slot]; first != gone && x.nodes[first].next == 0 {
			left(x.nodes[first].row)
		}
		x.nodes[n] = node{next: x.free}
		x.free = n
		n = nd.sibling
	}
	x.rows[row] = 0
}

// shared says whether another row than this one has the key.
func (x *index) shared(hash uint64, row sheet.RowID) bool {
	for n := x.head(hash); n != 0; n = x.nodes[n].next {
		if x.nodes[n].row != row {
			return true
		}
	}
	return false
}

// crowded says whether any key of a row may be another row's, too.
func (x *index) crowded(row sheet.RowID) bool {
	if int(row) >= len(x.rows) {
		return false
	}
	for n := x.rows[row]; n != 0; n = x.nodes[n].sibling {
		if x.nodes[n].next != 0 || x.nodes[n].prev != 0 {
			return true
		}
	}
	return false
}

// others lists up to most other rows with the key, in no order.
func (x *index) others(hash uint64, row sheet.RowID, most int) (rows []sheet.RowID) {
	for n := x.head(hash); n != 0 && len(rows) < most; n = x.nodes[n].next {
		if x.nodes[n].row != row {
			rows = append(rows, x.nodes[n].row)
		}
	}
	return rows
}

// grow doubles the table and leaves the deleted slots behind.
func (x *index) grow() {
	old := x.slots
	x.slots = make([]uint32, max(16, 2*len(old)))
	x.used = 0
	if len(x.nodes) == 0 {
		x.nodes = make([]node, 1, 16)
	}
	mask := len(x.slots) - 1
	for _, n := range old {
		if n == 0 || n == gone {
			continue
		}
		i := int(x.nodes[n].hash) & mask
		for x.slots[i] != 0 {
			i = (i + 1) & mask
		}
		x.slots[i] = n
		x.used++
	}
}
