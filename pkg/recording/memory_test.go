package recording_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// TestWritingTakesNoMemory: what Writer keeps does not grow with what it is given.
func TestWritingTakesNoMemory(t *testing.T) {
	w, err := recording.NewWriter(io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Resource(podsOf); err != nil {
		t.Fatal(err)
	}
	used := func() uint64 {
		runtime.GC()
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		return stats.HeapAlloc
	}
	const objects, most = 2000, 6 << 20
	random := rand.New(rand.NewPCG(1, 2))
	early := uint64(0)
	for i := range objects {
		var filling strings.Builder
		for filling.Len() < 10_000 {
			fmt.Fprintf(&filling, "%x", random.Uint64())
		}
		if err := w.Object([]byte(object("shop", fmt.Sprintf("p-%06d", i), fmt.Sprintf(`,"x":%q`, filling.String())))); err != nil {
			t.Fatal(err)
		}
		if i == objects/4 {
			early = used()
		}
	}
	if late := used(); late > early+most {
		t.Errorf("%d MiB more are in use after 15 MiB more were written", (late-early)>>20)
	}
	if err := end(w); err != nil {
		t.Fatal(err)
	}
}
