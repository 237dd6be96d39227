package explain

import (
	"io"
	"slices"
	"strings"

	"k8s.io/cli-runtime/pkg/printers"

	"github.com/kubectl-podkit/podkit/pkg/concept"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// Options are what explain was asked to do.
type Options struct {
	// Topics are the names of the topics to explain; none lists them all.
	Topics []string

	Messages *message.Catalog
	Out      io.Writer
	Terminal report.Terminal
}

// Run prints the list, or the pages of the topics that were named.
func (o *Options) Run() error {
	chosen, err := o.chosen()
	if err != nil {
		return err
	}
	concepts := make([]report.Concept, len(chosen))
	for i := range chosen {
		concepts[i] = report.DescribeConcept(&chosen[i], o.Messages)
	}
	if len(o.Topics) == 0 {
		return report.PrintTable(o.Out, report.ConceptTable(concepts), printers.PrintOptions{}, o.Terminal)
	}
	page := report.NewPage(o.Out, o.Messages, o.Terminal)
	for i := range concepts {
		if i > 0 {
			page.Line("\n")
		}
		page.Concept(&concepts[i])
	}
	return page.Err()
}

// chosen returns the topics that were named, in that order and each once; all of them when none was.
func (o *Options) chosen() ([]concept.Concept, error) {
	if len(o.Topics) == 0 {
		return concept.List(), nil
	}
	var chosen []concept.Concept
	for _, name := range o.Topics {
		found, ok := concept.Find(name)
		if !ok {
			near := diagnosis.Nearest(strings.ToLower(name), concept.Names())
			if meant, found := concept.Find(near); found {
				near = meant.ID
			}
			return nil, message.Errorf(nil, "error.no-such-topic", message.Args{"ID": name, "Near": near})
		}
		if !slices.ContainsFunc(chosen, func(c concept.Concept) bool { return c.ID == found.ID }) {
			chosen = append(chosen, found)
		}
	}
	return chosen, nil
}
