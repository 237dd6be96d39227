package diagnose

import (
	"crypto/rand"
	"fmt"

	"k8s.io/apimachinery/pkg/runtime"

	"github.com/kubectl-podkit/podkit/pkg/build"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/recording/redact"
	"github.com/kubectl-podkit/podkit/pkg/report/document"
	"github.com/kubectl-podkit/podkit/pkg/report/press"
)

// redactor returns what takes secrets out of reports, or nil when --redact is off. Its salt is of this run alone, so that nobody
// can tell from a placeholder in a report what stood there by trying values.
func redactor(typed string) (*redact.Redactor, error) {
	switch typed {
	case "on":
	case "off":
		return nil, nil
	default:
		return nil, message.Errorf(nil, "capture.redact", message.Args{"Value": typed})
	}
	salt := make([]byte, 32)
	if _, err := rand.Read(salt); err != nil {
		return nil, fmt.Errorf("reading random bytes: %w", err)
	}
	return redact.New(salt, nil), nil
}

// reported reports whether anything leaves the terminal.
func (o *Options) reported() bool { return o.Format != "" || len(o.Reports) > 0 }

// save writes the reports.
func (o *Options) save(found *diagnosis.Diagnosis) error {
	for _, path := range o.Reports {
		if err := o.press(found).Save(path, o.copy(found)); err != nil {
			return err
		}
	}
	return nil
}

func (o *Options) press(found *diagnosis.Diagnosis) press.Press {
	p := press.Press{Messages: o.Messages, ForScripts: o.ForScripts, Kubectl: o.Kubectl, Version: build.Current().Version}
	if o.Redactor == nil {
		return p
	}
	p.Redactor = o.Redactor
	for i := range found.Targets {
		if found.Targets[i].Root() == nil {
			continue
		}
		// What a spec names as a secret is then known in logs and events as well; the copy itself is not needed.
		object, err := runtime.DefaultUnstructuredConverter.ToUnstructured(found.Targets[i].Pod)
		if err == nil {
			o.Redactor.Object(object)
		}
	}
	return p
}

// copy is what a report is printed from.
func (o *Options) copy(found *diagnosis.Diagnosis) press.Copy {
	scope := document.Scope{Namespace: o.Spec.Namespace, LabelSelector: o.Spec.Labels, FieldSelector: o.Spec.Fields}
	for _, name := range o.Spec.Names {
		scope.Names = append(scope.Names, name.String())
	}
	asked := o.Cluster.Stats()
	return press.Copy{Found: found, Scope: scope, Cost: document.Cost{Requests: asked.Requests, Bytes: asked.Bytes}}
}
