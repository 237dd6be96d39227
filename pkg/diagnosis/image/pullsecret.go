package image

import (
	"slices"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// strangers are the answers of a registry to whom it does not know. Many say "not found" of what is private, and a public
// one limits those who don't say who they are.
var strangers = []string{unauthorizedID, notFoundID, rateLimitedID}

// pullSecretRule is the rule about pull secrets that do not exist. The kubelet pulls without them, and where that succeeds
// nothing is wrong.
func pullSecretRule() diagnosis.Rule {
	return diagnosis.Rule{
		Name: "pull-secret",
		Causes: []diagnosis.Cause{{
			ID: "image-pull-secret-missing", Severity: diagnosis.Error, Explains: append([]string{volumeFailedID}, strangers...),
		}},
		Check: missingPullSecrets,
	}
}

func missingPullSecrets(c *diagnosis.Case) []diagnosis.Finding {
	names := pullSecrets(c.Pod.Spec.ImagePullSecrets)
	if len(names) == 0 {
		return nil
	}
	var findings []diagnosis.Finding
	for _, failed := range failures(c) {
		if !mayLackLogin(failed) {
			continue
		}
		for _, name := range names {
			if finding, missing := missingPullSecret(c, failed, name, len(names)); missing {
				findings = append(findings, finding)
			}
		}
	}
	return findings
}

// mayLackLogin reports whether a pull may have failed for want of a login: the registry said so, or what it said is lost.
func mayLackLogin(failed failure) bool {
	return slices.Contains(strangers, failed.Cause) || failed.Text == "" && !failed.Unread
}

func missingPullSecret(c *diagnosis.Case, failed failure, name string, named int) (diagnosis.Finding, bool) {
	secret := c.Secret(name)
	if secret.State == casefile.NotYet || secret.State == casefile.Known {
		return diagnosis.Finding{}, false
	}
	finding := diagnosis.Finding{
		ID: "image-pull-secret-missing", Confidence: diagnosis.Likely, Object: secretObject(c, name), Container: failed.Container.Name(),
		Args: message.Args{
			"Container": failed.Container.Name(), "Image": failed.Image.name(), "Registry": failed.Image.registry,
			"Namespace": c.Pod.Namespace, "Secret": name, "Nearest": "",
		},
		Evidence: []diagnosis.Evidence{
			{Source: diagnosis.Spec, Field: "spec.imagePullSecrets", Value: name}, diagnosis.StateOf(failed.Container),
		},
	}
	warned := unretrieved(c, name, &finding)
	if secret.State != casefile.Absent {
		// Nobody may say whether it exists; the kubelet has said that it could not get it.
		finding.Form = "unread"
		finding.Remedies = []diagnosis.Remedy{c.Look("remedy.image.see-secret", message.Args{"Secret": name}, "get secret %s", name)}
		return finding, warned
	}
	finding.Evidence = append(finding.Evidence, diagnosis.Fact(diagnosis.Other, secretObject(c, name), "evidence.image.secret-absent", message.Args{"Secret": name, "Namespace": c.Pod.Namespace}))
	if named == 1 && failed.Cause == unauthorizedID && failed.Form != formEither {
		finding.Confidence = diagnosis.Certain
	}
	finding.Remedies = []diagnosis.Remedy{createPullSecret(c, shellword.Text(name), failed.Image.registry)}
	if near := diagnosis.Nearest(name, c.Names("Secret").Value); near != "" {
		finding.Args["Nearest"] = near
		finding.Remedies = append([]diagnosis.Remedy{namePullSecret(c, shellword.Text(near))}, finding.Remedies...)
	}
	return finding, true
}

// unretrieved adds the kubelet's warning that it could not get the Secret, and reports whether there is one. Its message
// lists the names in brackets (pkg/kubelet/kubelet_pods.go, getPullSecretsForPod).
func unretrieved(c *diagnosis.Case, name string, finding *diagnosis.Finding) bool {
	for _, event := range slices.Backward(c.Events("FailedToRetrieveImagePullSecret").Value) {
		_, list, _ := strings.Cut(event.Message, "(")
		list, _, _ = strings.Cut(list, ")")
		if slices.Contains(strings.Split(list, ", "), name) {
			finding.Evidence = append(finding.Evidence, diagnosis.EventOf(&event))
			return true
		}
	}
	return false
}
