package recording

// Limits bound what reading a file may cost. A file comes from anywhere.
type Limits struct {
	// Compressed and Unpacked are bytes of the whole file; Member is that of one of its members, Object that of one object
	// or line of it.
	Compressed, Unpacked, Member, Object int64
	// Memory is how many bytes what is kept may take, as estimated: once for the file, and once for whoever decodes it.
	Memory int64
	// Members, Objects and Entries (lines of the other kinds, and logs) are numbers.
	Members, Objects, Entries int
	// Values is how many values one object or line may have, Depth how deep they may be nested.
	Values, Depth int
}

// DefaultLimits are above what a cluster of 5,000 pods takes, and let no file take more than 1 GB in all.
func DefaultLimits() Limits {
	return Limits{
		Compressed: 1 << 30, Unpacked: 1 << 30, Member: 64 << 20, Object: 8 << 20,
		Memory:  768 << 20,
		Members: 500_000, Objects: 2_000_000, Entries: 2_000_000,
		Values: 250_000, Depth: 200,
	}
}
