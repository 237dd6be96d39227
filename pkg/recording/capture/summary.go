package capture

import (
	"cmp"
	"slices"

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
	// Lost are logs that could not be read, or in part only, though they were not refused; alike ones are told as one.
	Lost []Loss
	// Redacted is what was taken out, by rule.
	Redacted []redact.Rule
}

// Loss is logs of a namespace that could not be read.
type Loss struct {
	Namespace string
	Logs      int
	// Cut is set for those of which a part was read.
	Cut bool
	// Code is the status of those of which nothing was; Cause is what was said of the first.
	Code  int32
	Cause string
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
func (s *Summary) refuse(refused recording.Refusal) {
	refused.Request.Name = ""
	known := slices.ContainsFunc(s.Refused, func(r recording.Refusal) bool { return r.Request == refused.Request })
	if !known {
		s.Refused = append(s.Refused, refused)
	}
}

// lose notes a log that could not be read.
func (s *Summary) lose(loss Loss) {
	loss.Logs = 1
	at := slices.IndexFunc(s.Lost, func(l Loss) bool {
		return l.Namespace == loss.Namespace && l.Cut == loss.Cut && l.Code == loss.Code
	})
	if at < 0 {
		s.Lost = append(s.Lost, loss)
		return
	}
	s.Lost[at].Logs++
}

func (s *Summary) sort() {
	slices.SortStableFunc(s.Refused, func(a, b recording.Refusal) int {
		return cmp.Or(cmp.Compare(a.Request.Resource, b.Request.Resource), cmp.Compare(a.Request.Namespace, b.Request.Namespace))
	})
}
