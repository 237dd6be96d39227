package table

import (
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

func join(texts []string) string { return strings.Join(texts, ",") }

func labelText(set map[string]string) string { return or(labels.FormatLabels(set), none) }

// ownerText is a controller as kubectl names it: "daemonset.apps/agent".
func ownerText(owner *metav1.OwnerReference) string {
	kind := strings.ToLower(owner.Kind)
	if version, err := schema.ParseGroupVersion(owner.APIVersion); err == nil && version.Group != "" {
		kind += "." + version.Group
	}
	return kind + "/" + owner.Name
}
