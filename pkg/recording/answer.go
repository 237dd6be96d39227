package recording

import (
	"cmp"
	"slices"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// AnswerKey names an active check that was made while the recording was taken.
type AnswerKey struct {
	// Resource is pods, services or nodes; Subresource is proxy or exec.
	Resource    string `json:"resource"`
	Subresource string `json:"subresource"`
	Namespace   string `json:"namespace,omitempty"`
	// Name is the object's; that of a proxied request is as URLs have it, with scheme and port: "web:8080", "https:web:443".
	Name string `json:"name"`
	// Path is what was asked of the proxy, with its query: "/healthz?full=1".
	Path string `json:"path,omitempty"`
	// Container and Command are those of an exec.
	Container string   `json:"container,omitempty"`
	Command   []string `json:"command,omitempty"`
}

func compareAnswers(a, b AnswerKey) int {
	return cmp.Or(cmp.Compare(a.Resource, b.Resource), cmp.Compare(a.Subresource, b.Subresource),
		cmp.Compare(a.Namespace, b.Namespace), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Path, b.Path),
		cmp.Compare(a.Container, b.Container), slices.Compare(a.Command, b.Command))
}

// Answer is what came of an active check.
type Answer struct {
	// Code is the HTTP status of a proxied request, or the exit code of a command.
	Code int `json:"code"`
	// Type is the Content-Type of Body.
	Type string `json:"type,omitempty"`
	// Body is what a proxied request brought, or a command's standard output; Errors is its standard error.
	Body   []byte `json:"body,omitempty"`
	Errors []byte `json:"errors,omitempty"`
	// Cut is true when there was more of Body.
	Cut bool `json:"cut,omitempty"`
	// Failure is what the API server said in place of an answer.
	Failure *metav1.Status `json:"failure,omitempty"`
}

// answerLine is an answer in the file.
type answerLine struct {
	Key    AnswerKey `json:"key"`
	Answer Answer    `json:"answer"`
}
