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
	const objects, most = 6000, 48 << 20
	random := rand.New(rand.NewPCG(1, 2))
	before, peak := used(), uint64(0)
	for i := range objects {
		var filling strings.Builder
		for filling.Len() < 10_000 {
			fmt.Fprintf(&filling, "%x", random.Uint64())
		}
		if err := w.Object([]byte(object("shop", fmt.Sprintf("p-%06d", i), fmt.Sprintf(`,"x":%q`, filling.String())))); err != nil {
			t.Fatal(err)
		}
		if i%1500 == 0 {
			peak = max(peak, used())
		}
	}
	if err := end(w); err != nil {
		t.Fatal(err)
	}
	if peak > before+most {
		t.Errorf("%d MiB are in use while %d MiB are written", (peak-before)>>20, objects*10_000>>20)
	}
}
