package image

import (
	"slices"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// hiding are registries that answer alike for what is private and for what does not exist, so that nobody learns from them
// what private repositories there are.
var hiding = []string{dockerHub, "quay.io", "ghcr.io"}

// tellUnauthorized tells of a registry that refuses the pull, and of the login that the pull had.
func tellUnauthorized(c *diagnosis.Case, failed failure) diagnosis.Finding {
	either := failed.Form == formEither || slices.Contains(hiding, failed.Image.registry)
	finding := diagnosis.Finding{Args: message.Args{
		"Answer": httpStatus(failed.Text, failed.Written), "Either": either, "Secrets": "", "ServiceAccount": serviceAccount(c.Pod),
	}}
	if either {
		finding.Confidence = diagnosis.Likely
	}
	if names := pullSecrets(c.Pod.Spec.ImagePullSecrets); len(names) > 0 {
		withSecrets(c, failed, names, &finding)
	} else {
		withoutSecret(c, failed, &finding)
	}
	if either {
		finding.Remedies = append(finding.Remedies, changeImage(c, failed, anyImage))
	}
	return finding
}

// withSecrets tells what became of the pull secrets that the pod names. What one holds is not known: a Secret's data is
// never requested.
func withSecrets(c *diagnosis.Case, failed failure, names []string, finding *diagnosis.Finding) {
	joined := strings.Join(names, ", ")
	finding.Args["Secrets"] = joined
	finding.Evidence = append(finding.Evidence, diagnosis.Evidence{Source: diagnosis.Spec, Field: "spec.imagePullSecrets", Value: joined})
	var known, absent []string
	untried := ""
	for _, name := range names {
		switch secret := c.Secret(name); secret.State {
		case casefile.Known:
			known = append(known, name)
			if madeSinceLastTry(c, secret.Value.CreationTimestamp) {
				untried = name
			}
			finding.Evidence = append(finding.Evidence, diagnosis.Fact(diagnosis.Other, secretObject(c, name), "evidence.image.secret-exists", message.Args{"Secret": name}))
		case casefile.Absent:
			absent = append(absent, name)
		}
	}
	switch {
	case untried != "":
		finding.Form, finding.Args["Secrets"] = "untried", untried
	case len(known) == len(names):
		finding.Form = "refused"
	}
	if len(known) == 0 && len(absent) > 0 {
		finding.Remedies = append(finding.Remedies, createPullSecret(c, shellword.Text(absent[0]), failed.Image.registry))
		return
	}
	look := c.Look("remedy.image.see-pull-secret", message.Args{"Registry": failed.Image.registry}, "describe secret %s", append(known, names...)[0])
	if untried != "" {
		finding.Confidence = diagnosis.Likely
		finding.Remedies = append(finding.Remedies, watchEvents(c), look)
		return
	}
	finding.Remedies = append(finding.Remedies, look,
		createPullSecret(c, anySecret, failed.Image.registry), namePullSecret(c, anySecret))
}

// longestPause is the longest that the kubelet waits between two pulls of an image (pkg/kubelet/kubelet.go,
// MaxImageBackOff).
const longestPause = 5 * time.Minute

// madeSinceLastTry reports whether a Secret is younger than the pod, and so young that the kubelet need not have pulled
// with it yet.
func madeSinceLastTry(c *diagnosis.Case, made metav1.Time) bool {
	return made.After(c.Pod.CreationTimestamp.Time) && c.Since(made) < longestPause
}

// withoutSecret tells that the pod names no pull secret, and what its ServiceAccount names now: those are copied into a pod
// that names none when it is made, and never later (kubernetes plugin/pkg/admission/serviceaccount/admission.go, Admit).
func withoutSecret(c *diagnosis.Case, failed failure, finding *diagnosis.Finding) {
	finding.Form = "no-secret"
	finding.Evidence = append(finding.Evidence, diagnosis.Evidence{Source: diagnosis.Spec, Field: "spec.imagePullSecrets", Says: "evidence.image.no-pull-secret"})
	create := createPullSecret(c, anySecret, failed.Image.registry)
	account := c.ServiceAccount()
	if account.State != casefile.Known {
		finding.Remedies = append(finding.Remedies, create, namePullSecret(c, anySecret))
		return
	}
	name := account.Value.Name
	object := diagnosis.Object{APIVersion: "v1", Kind: "ServiceAccount", Namespace: c.Pod.Namespace, Name: name}
	if later := pullSecrets(account.Value.ImagePullSecrets); len(later) > 0 {
		joined := strings.Join(later, ", ")
		finding.Form, finding.Args["Secrets"] = "late", joined
		finding.Evidence = append(finding.Evidence, diagnosis.Fact(diagnosis.Other, object, "evidence.image.account-names-secret", message.Args{"ServiceAccount": name, "Secrets": joined}))
		finding.Remedies = append(finding.Remedies, remake(c))
		return
	}
	finding.Form = "nobody"
	finding.Evidence = append(finding.Evidence, diagnosis.Fact(diagnosis.Other, object, "evidence.image.account-names-none", message.Args{"ServiceAccount": name}))
	finding.Remedies = append(finding.Remedies, create,
		c.Change("remedy.image.add-pull-secret", message.Args{"ServiceAccount": name}, "edit serviceaccount %s", name), remake(c))
}

// pullSecrets are the names of pull secrets. Empty ones are let through by the API and skipped by the kubelet
// (pkg/kubelet/kubelet_pods.go, getPullSecretsForPod).
func pullSecrets(references []corev1.LocalObjectReference) []string {
	var names []string
	for _, reference := range references {
		if reference.Name != "" && !slices.Contains(names, reference.Name) {
			names = append(names, reference.Name)
		}
	}
	return names
}

func serviceAccount(pod *corev1.Pod) string {
	if pod.Spec.ServiceAccountName == "" {
		return "default"
	}
	return pod.Spec.ServiceAccountName
}

func secretObject(c *diagnosis.Case, name string) diagnosis.Object {
	return diagnosis.Object{APIVersion: "v1", Kind: "Secret", Namespace: c.Pod.Namespace, Name: name}
}
