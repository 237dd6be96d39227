package difference

import (
	"encoding/json"
	"fmt"

	"k8s.io/apimachinery/pkg/runtime"
)

var _ runtime.Object = (*Difference)(nil)

// DeepCopyObject copies the document by way of its JSON. It makes it an object for kubectl's printers, which copy lists and
// objects with metadata only, and so never this one.
func (d *Difference) DeepCopyObject() runtime.Object {
	data, err := json.Marshal(d)
	twin := &Difference{}
	if err == nil {
		err = json.Unmarshal(data, twin)
	}
	if err != nil {
		panic(fmt.Sprintf("a difference that is no JSON: %v", err)) // It holds texts and numbers alone.
	}
	return twin
}
