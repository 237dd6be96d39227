package recording

// Limits bound what reading a file may cost. A file comes from anywhere.
type Limits struct {
	// Compressed and Unpacked are bytes of the whole file; Member is that of one of its members.
	Compressed, Unpacked, Member int64
	// Members, Objects and Entries (lines of the other kinds, and logs) are numbers.
	Members, Objects, Entries int
	// Depth is how deep JSON may be nested.
	Depth int
}

// DefaultLimits are far above what a cluster of 10,000 pods takes.
func DefaultLimits() Limits {
	return Limits{
		Compressed: 1 << 30, Unpacked: 4 << 30, Member: 64 << 20,
		Members: 500_000, Objects: 2_000_000, Entries: 2_000_000,
		Depth: 200,
	}
}
