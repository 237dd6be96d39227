package recording

import (
	"fmt"
	"regexp"

	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/kubectl-podkit/podkit/pkg/recording/redact"
)

// checkObject checks the names in an object of a resource that an API server checks and that go into commands: its own, its
// namespace's, its labels, its owners', and in a Pod or a template of Pods those of containers and of what they run on.
func checkObject(of schema.GroupResource, object Object, content map[string]any) error {
	metadata, _ := content["metadata"].(map[string]any)
	if err := first(
		check("metadata.name", object.Name, ruleOf(of.Group, of.Resource)),
		optional("metadata.namespace", object.Namespace, isLabel),
		optional("metadata.uid", object.UID, isSegment),
		optional("kind", text(content, "kind"), isKind),
		checkVersion("apiVersion", text(content, "apiVersion")),
		checkLabels("metadata.labels", metadata["labels"]),
		checkList("metadata.ownerReferences", metadata["ownerReferences"], checkOwner),
	); err != nil {
		return err
	}
	spec, _ := content["spec"].(map[string]any)
	status, _ := content["status"].(map[string]any)
	switch of.Resource {
	case "pods":
		return first(within("spec", checkPodSpec(spec)), within("status", checkStatuses(status)))
	case "services":
		return within("spec", first(checkLabels("selector", spec["selector"]), checkList("ports", spec["ports"], checkPort)))
	case "jobs", "deployments", "replicasets", "statefulsets", "daemonsets", "replicationcontrollers":
		template, _ := spec["template"].(map[string]any)
		inside, _ := template["spec"].(map[string]any)
		return within("spec", first(checkSelector(spec["selector"]), within("template.spec", checkPodSpec(inside))))
	}
	return nil
}

// within puts the name of what a field is in before that of the field.
func within(field string, err error) error {
	if bad, isName := err.(badName); isName { //nolint:errorlint // It is never wrapped here.
		return badName{field + "." + bad.field, bad.name}
	}
	return err
}

// checkSelector checks the labels of a selector, in either of its forms.
func checkSelector(value any) error {
	selector, _ := value.(map[string]any)
	if labels, isThere := selector["matchLabels"]; isThere {
		return checkLabels("selector.matchLabels", labels)
	}
	if _, isThere := selector["matchExpressions"]; isThere {
		return nil
	}
	return checkLabels("selector", value)
}

// checkVersion checks an apiVersion, if there is one.
func checkVersion(field, version string) error {
	if version == "" {
		return nil
	}
	parsed, err := schema.ParseGroupVersion(version)
	if err != nil {
		return badName{field, version}
	}
	return first(optional(field, parsed.Group, isSubdomain), check(field, parsed.Version, isLabel))
}

// hidden is the value of a label that a capture has taken out as a secret.
var hidden = regexp.MustCompile("^" + redact.Placeholder + "$")

func checkLabels(field string, value any) error {
	labels, _ := value.(map[string]any)
	for key, value := range labels {
		text, isText := value.(string)
		if len(validation.IsQualifiedName(key)) > 0 {
			return badName{field, key}
		}
		if isText && !hidden.MatchString(text) && len(validation.IsValidLabelValue(text)) > 0 {
			return badName{field + "." + key, text}
		}
	}
	return nil
}

func checkOwner(owner map[string]any) error {
	return first(
		optional("name", text(owner, "name"), isSegment),
		optional("kind", text(owner, "kind"), isKind),
		checkVersion("apiVersion", text(owner, "apiVersion")),
	)
}

// checkPodSpec checks what a Pod's spec names, as far as an API server does: a reference to a ConfigMap may be any text
// (kubernetes pkg/apis/core/validation, ValidatePodSpec).
func checkPodSpec(spec map[string]any) error {
	return first(
		optional("nodeName", text(spec, "nodeName"), isSubdomain),
		optional("serviceAccountName", text(spec, "serviceAccountName"), isSubdomain),
		optional("priorityClassName", text(spec, "priorityClassName"), isSubdomain),
		optional("runtimeClassName", text(spec, "runtimeClassName"), isSubdomain),
		optional("hostname", text(spec, "hostname"), isLabel),
		optional("subdomain", text(spec, "subdomain"), isLabel),
		checkLabels("nodeSelector", spec["nodeSelector"]),
		checkList("volumes", spec["volumes"], checkNamed),
		checkList("initContainers", spec["initContainers"], checkContainer),
		checkList("containers", spec["containers"], checkContainer),
		checkList("ephemeralContainers", spec["ephemeralContainers"], checkContainer),
	)
}

func checkContainer(container map[string]any) error {
	return first(checkNamed(container), checkList("ports", container["ports"], checkPort))
}

func checkStatuses(status map[string]any) error {
	return first(
		checkList("initContainerStatuses", status["initContainerStatuses"], checkNamed),
		checkList("containerStatuses", status["containerStatuses"], checkNamed),
		checkList("ephemeralContainerStatuses", status["ephemeralContainerStatuses"], checkNamed),
		optional("nominatedNodeName", text(status, "nominatedNodeName"), isSubdomain),
	)
}

// checkNamed checks what must have a name that is a label.
func checkNamed(item map[string]any) error { return check("name", text(item, "name"), isLabel) }

// checkPort checks a port, which may have no name.
func checkPort(port map[string]any) error { return optional("name", text(port, "name"), isLabel) }

// checkList checks each object of a list.
func checkList(field string, value any, each func(item map[string]any) error) error {
	list, _ := value.([]any)
	for i, item := range list {
		object, _ := item.(map[string]any)
		if err := each(object); err != nil {
			return within(fmt.Sprintf("%s[%d]", field, i), err)
		}
	}
	return nil
}
