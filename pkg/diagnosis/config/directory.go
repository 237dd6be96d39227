package config

import (
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// tellDirectory makes the finding of a working directory that can't be entered or made.
func tellDirectory(c *diagnosis.Case, refused refusal) diagnosis.Finding {
	own := refused.Spec.WorkingDir
	path := own
	if path == "" {
		path = refused.subject
	}
	args := message.Args{"Container": refused.Name(), "Path": path, "Image": refused.Spec.Image, "Own": own != "", "Workload": c.Workload().String()}
	setting := diagnosis.SpecOf(refused.Container, "workingDir", own)
	if own == "" {
		setting.Says, setting.Args = "evidence.config.image-directory", args
	}
	finding := diagnosis.Finding{Form: refused.form, Args: args, Evidence: []diagnosis.Evidence{refused.proof, setting}}
	finding.Remedies = []diagnosis.Remedy{c.EditWorkload(), diagnosis.Advice("remedy.config.directory", args)}
	return finding
}
