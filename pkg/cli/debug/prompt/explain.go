package prompt

import (
	"io"

	"github.com/kubectl-podkit/podkit/pkg/concept"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// explain writes what there is to know of a topic below the transcript: each time of the next one. It returns what else
// can be explained.
func explain(out io.Writer, topics []string, explained int, messages *message.Catalog, terminal report.Terminal) (told string, err error) {
	found, ok := concept.Find(topics[explained%len(topics)])
	if !ok {
		return "", nil
	}
	described := report.DescribeConcept(&found, messages)
	page := report.NewPage(out, messages, terminal)
	page.Line("")
	page.ConceptCard(&described)
	if len(topics) > 1 {
		told = messages.Text("prompt.next-topic", message.Args{"Topic": topics[(explained+1)%len(topics)]})
	}
	return told, page.Err()
}
