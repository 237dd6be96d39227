package publication

import (
	"context"
	"io"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"

	"github.com/kubectl-podkit/podkit/pkg/build"
	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/recording/redact"
	"github.com/kubectl-podkit/podkit/pkg/report/document"
	"github.com/kubectl-podkit/podkit/pkg/report/press"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// Publisher writes reports. The zero value has none to write.
type Publisher struct {
	// Reports are the files.
	Reports []string
	// Redactor makes what takes secrets out of reports, once there is one to write; nil leaves them in.
	Redactor func() *redact.Redactor
	// Messages are in the reader's language, ForScripts in that of SARIF and JUnit.
	Messages, ForScripts *message.Catalog
	// Kubectl is how kubectl is called in the commands.
	Kubectl string
}

// Around completes a diagnosis with what the timelines of reports show, read for the pods that are not well alone. An
// interruption is an error: what was read so far would pass for all there is.
func (p Publisher) Around(ctx context.Context, reader casefile.Reader, found *diagnosis.Diagnosis) (*diagnosis.Diagnosis, error) {
	pods := press.Troubled(found)
	if len(pods) == 0 {
		return found, nil
	}
	complete := *found
	complete.File = found.File.Around(ctx, reader, pods)
	return &complete, ctx.Err()
}

// Print prints one report.
func (p Publisher) Print(out io.Writer, format press.Format, c press.Copy) error {
	return p.press(c.Found).Print(out, format, c)
}

// Save writes all reports.
func (p Publisher) Save(c press.Copy) error {
	if len(p.Reports) == 0 {
		return nil
	}
	made := p.press(c.Found)
	for _, path := range p.Reports {
		if err := made.Save(path, c); err != nil {
			return err
		}
	}
	return nil
}

// mostPods bounds the specs that are searched for secrets; the worst come first, and replicas have the same.
const mostPods = 2000

func (p Publisher) press(found *diagnosis.Diagnosis) press.Press {
	made := press.Press{Messages: p.Messages, ForScripts: p.ForScripts, Kubectl: p.Kubectl, Version: build.Current().Version}
	if p.Redactor == nil {
		return made
	}
	redactor := p.Redactor()
	made.Redactor = redactor
	for i := range found.Targets[:min(len(found.Targets), mostPods)] {
		Learn(redactor, found.Targets[i].Pod)
	}
	return made
}

// Learn makes known to a redactor what a pod's spec names as a secret, so that it is found in logs and events as well.
func Learn(redactor *redact.Redactor, pod *corev1.Pod) {
	if object, err := runtime.DefaultUnstructuredConverter.ToUnstructured(pod); err == nil {
		redactor.Object(object) // The copy itself is not needed.
	}
}

// Copy is what a report is printed from: what was found, what was asked for, and what it cost.
func Copy(found *diagnosis.Diagnosis, spec target.Spec, asked cluster.Count) press.Copy {
	scope := document.Scope{Namespace: spec.Namespace, LabelSelector: spec.Labels, FieldSelector: spec.Fields}
	for _, name := range spec.Names {
		scope.Names = append(scope.Names, name.String())
	}
	return press.Copy{Found: found, Scope: scope, Cost: document.Cost{Requests: asked.Requests, Bytes: asked.Bytes}}
}
