package findings

import (
	"fmt"
	"io"
	"slices"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/cli-runtime/pkg/printers"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis/causes"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// Options are what findings was asked to do.
type Options struct {
	// IDs are the causes to explain; none lists them all.
	IDs []string
	// Output is name, json, yaml, or empty for text.
	Output string

	Causes   []causes.Entry
	Messages *message.Catalog
	Out      io.Writer
	Terminal report.Terminal
}

// list is what -o json and -o yaml print of several causes.
type list struct {
	metav1.TypeMeta `json:",inline"`
	Items           []report.Explanation `json:"items"`
}

// object is what they print of one that was named alone.
type object struct {
	metav1.TypeMeta    `json:",inline"`
	report.Explanation `json:",inline"`
}

const apiVersion = "podkit.dev/v1alpha1"

// Run prints the list, or the pages of the causes that were named.
func (o *Options) Run() error {
	chosen, err := o.chosen()
	if err != nil {
		return err
	}
	explanations := make([]report.Explanation, len(chosen))
	for i := range chosen {
		explanations[i] = report.Explain(&chosen[i], o.Messages)
	}
	switch o.Output {
	case "":
		return o.printText(explanations)
	case "name":
		return o.printNames(explanations)
	case "json", "yaml":
		return o.printObject(explanations)
	}
	return message.Errorf(nil, "error.output", message.Args{"Output": o.Output, "Formats": "name, json, yaml"})
}

// chosen returns the causes that were named, in that order and each once; all of them when none was.
func (o *Options) chosen() ([]causes.Entry, error) {
	if len(o.IDs) == 0 {
		return o.Causes, nil
	}
	var chosen []causes.Entry
	for i, id := range o.IDs {
		at := slices.IndexFunc(o.Causes, func(e causes.Entry) bool { return e.ID == id })
		if at < 0 {
			return nil, message.Errorf(nil, "error.no-such-finding", message.Args{"ID": id, "Near": o.nearest(id)})
		}
		if !slices.Contains(o.IDs[:i], id) {
			chosen = append(chosen, o.Causes[at])
		}
	}
	return chosen, nil
}

func (o *Options) nearest(id string) string {
	ids := make([]string, len(o.Causes))
	for i := range o.Causes {
		ids[i] = o.Causes[i].ID
	}
	return diagnosis.Nearest(id, ids)
}

func (o *Options) printText(explanations []report.Explanation) error {
	if len(o.IDs) == 0 {
		return report.PrintTable(o.Out, report.ExplanationTable(explanations), printers.PrintOptions{}, o.Terminal)
	}
	page := report.NewPage(o.Out, o.Messages, o.Terminal)
	for i := range explanations {
		if i > 0 {
			page.Line("\n")
		}
		page.Explanation(&explanations[i], func(id string) string { return o.Messages.Text("finding." + id + ".title") })
	}
	return page.Err()
}

func (o *Options) printNames(explanations []report.Explanation) error {
	for i := range explanations {
		if _, err := fmt.Fprintln(o.Out, explanations[i].ID); err != nil {
			return err
		}
	}
	return nil
}

// printObject prints one cause as itself when it was named alone, else a list, as kubectl does.
func (o *Options) printObject(explanations []report.Explanation) error {
	var printed any = list{metav1.TypeMeta{APIVersion: apiVersion, Kind: "CauseList"}, explanations}
	if len(o.IDs) == 1 {
		printed = object{metav1.TypeMeta{APIVersion: apiVersion, Kind: "Cause"}, explanations[0]}
	}
	if o.Output == "yaml" {
		return report.WriteYAML(o.Out, printed, o.Terminal)
	}
	return report.WriteJSON(o.Out, printed, o.Terminal)
}
