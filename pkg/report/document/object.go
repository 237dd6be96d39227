package document

import (
	"encoding/json"
	"fmt"

	"k8s.io/apimachinery/pkg/runtime"
)

var _ runtime.Object = (*Diagnosis)(nil)

// DeepCopyObject copies the document by way of its JSON, which is all that it is made for. It is what makes it an object
// for kubectl's printers; they copy lists and objects with metadata only, and so never this one.
func (d *Diagnosis) DeepCopyObject() runtime.Object {
	data, err := json.Marshal(d)
	twin := &Diagnosis{}
	if err == nil {
		err = json.Unmarshal(data, twin)
	}
	if err != nil {
		// The arguments of a message are texts and numbers; anything else is a mistake in a rule.
		panic(fmt.Sprintf("a diagnosis that is no JSON: %v", err))
	}
	return twin
}
