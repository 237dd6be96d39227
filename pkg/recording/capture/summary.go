package capture

import (
	"cmp"
	"slices"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/recording"
	"github.com/kubectl-podkit/podkit/pkg/recording/redact"
)

// Summary says what is in a recording.
type Summary struct {
	// Objects are those of each resource, in the order of the recording; resources without any are left out.
	Objects []Count
	// Targets are the pods that were asked for, Within are all objects of the namespaces that were.
	Targets, Within            int
	Logs, LogsRefused, Answers int
	// Refused is what was not read, each once, and why.
	Refused []recording.Refusal
	// Redacted is what was taken out, by rule.
	Redacted []redact.Rule
}

// Count is how many objects of a resource there are.
type Count struct {
	Resource string
	Count    int
}

// Total is the number of all objects.
func (s *Summary) Total() int {
	total := 0
	for _, count := range s.Objects {
		total += count.Count
	}
	return total
}

// count adds an object.
func (s *Summary) count(resource string) {
	if n := len(s.Objects); n > 0 && s.Objects[n-1].Resource == resource {
		s.Objects[n-1].Count++
		return
	}
	s.Objects = append(s.Objects, Count{resource, 1})
}

// refuse notes what was not read; the same of many objects is told once.
func (s *Summary) refuse(request recording.Request, status metav1.Status) {
	request.Name = ""
	known := slices.ContainsFunc(s.Refused, func(r recording.Refusal) bool { return r.Request == request })
	if !known {
		s.Refused = append(s.Refused, recording.Refusal{Request: request, Status: status})
	}
}

func (s *Summary) sort() {
	slices.SortStableFunc(s.Refused, func(a, b recording.Refusal) int {
		return cmp.Or(cmp.Compare(a.Request.Resource, b.Request.Resource), cmp.Compare(a.Request.Namespace, b.Request.Namespace))
	})
}
