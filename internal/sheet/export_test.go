package sheet

import (
	"encoding/binary"
	"hash/crc32"
)

// SealStep makes a record of a step's encoded bytes.
func SealStep(step []byte) []byte {
	payload := append([]byte{journalVersion, byte(EntryStep)}, step...)
	head := binary.LittleEndian.AppendUint32(nil, uint32(len(payload)))
	head = binary.LittleEndian.AppendUint32(head, crc32.Checksum(payload, castagnoli))
	return append(head, payload...)
}
