package cluster

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/url"
	"regexp"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/tools/clientcmd"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/recording"
)

// request says what was asked, for the sentence that tells why no answer came.
type request struct {
	verb, resource, namespace, name string
}

// unanswered turns an error of the API into an answer without a value: its state, and a sentence with the next step.
func unanswered[T any](err error, asked request) casefile.Answer[T] {
	switch {
	case asked.missing(err):
		return casefile.Unanswered[T](casefile.Absent, asked.absent(err))
	case apierrors.IsForbidden(err), apierrors.IsUnauthorized(err):
		return casefile.Unanswered[T](casefile.Denied, explain(err, asked))
	default:
		return casefile.Unanswered[T](casefile.Failed, explain(err, asked))
	}
}

// missing reports whether the API server says of just the asked object that it does not exist. Another 404 is of a path, of
// another object, or of something else that answers.
func (r request) missing(err error) bool {
	var told apierrors.APIStatus
	if r.name == "" || !errors.As(err, &told) {
		return false
	}
	status := told.Status()
	return status.Code == http.StatusNotFound && status.Reason == metav1.StatusReasonNotFound && status.Details != nil && status.Details.Name == r.name &&
		!apierrors.HasStatusCause(err, metav1.CauseTypeUnexpectedServerResponse)
}

// namesAnother reports whether an answer is about an object, and not the one of that name.
func namesAnother(err error, name string) bool {
	var told apierrors.APIStatus
	return name != "" && errors.As(err, &told) && told.Status().Details != nil && told.Status().Details.Name != "" && told.Status().Details.Name != name
}

// absent says that the asked object does not exist.
func (r request) absent(cause error) error {
	args := message.Args{"Resource": singular(r.resource), "Name": r.name, "Namespace": r.namespace}
	if r.namespace == "" {
		return message.Errorf(cause, "error.not-found-cluster", args)
	}
	return message.Errorf(cause, "error.not-found", args)
}

// args are the arguments of every sentence about a request.
func (r request) args(cause error) message.Args {
	return message.Args{
		"Verb": r.verb, "Resource": r.resource, "Name": r.name, "Namespace": r.namespace, "Cause": cause.Error(),
	}
}

// Explain turns an error of a request that the caller made with Config into a sentence, as the reads of this package
// do. verb and resource are those of RBAC, for example "create" and "pods/exec".
func Explain(err error, verb, resource, namespace, name string) error {
	return unanswered[struct{}](err, request{verb, resource, namespace, name}).Err
}

// explain finds the sentence for an error, the most particular first. An error that already is a sentence, or that
// ends the program (a cancelled context), is passed on.
func explain(err error, asked request) error {
	var told *message.Error
	if errors.As(err, &told) || errors.Is(err, context.Canceled) {
		return err
	}
	if cause, found := apierrors.StatusCause(err, recording.LiveLine); found {
		if command := recording.LiveCommand(cause.Message); !command.IsZero() {
			return message.Errorf(err, "recording.no-answer", message.Args{"Line": command, "Proxy": command.Program() == "curl"})
		}
	}
	if apierrors.ReasonForError(err) == recording.NotRecorded {
		return message.Errorf(err, "recording.not-recorded", asked.args(err))
	}
	if apierrors.HasStatusCause(err, recording.Recorded) {
		return recorded(err, asked)
	}
	if found := halfRead(err, asked); found != nil {
		return found
	}
	if apierrors.IsNotFound(err) && !namesAnother(err, asked.name) {
		return message.Errorf(err, "error.no-such-resource", asked.args(err))
	}
	if apierrors.IsForbidden(err) {
		if asked.namespace == "" {
			return message.Errorf(err, "error.forbidden-cluster", asked.args(err))
		}
		return message.Errorf(err, "error.forbidden", asked.args(err))
	}
	if apierrors.IsUnauthorized(err) {
		return message.Errorf(err, "error.unauthorized", asked.args(err))
	}
	if apierrors.IsTooManyRequests(err) {
		return message.Errorf(err, "error.busy", asked.args(err))
	}
	if found := misanswered(err, asked); found != nil {
		return found
	}
	if found := connection(err); found != nil {
		return found
	}
	return message.Errorf(err, "error.server", asked.args(err))
}

// recorded tells what the recorded server did not fulfil, as something that is over.
func recorded(err error, asked request) error {
	if apierrors.IsForbidden(err) {
		return message.Errorf(err, "recording.forbidden", asked.args(err))
	}
	return message.Errorf(err, "recording.failed", asked.args(err))
}

// connection explains why no server was reached, or returns nil when one was.
func connection(err error) error {
	var status apierrors.APIStatus
	if errors.As(err, &status) {
		return nil
	}
	args := message.Args{"Server": server(err), "Cause": innermost(err).Error()}
	var unknownAuthority x509.UnknownAuthorityError
	var wrongHost x509.HostnameError
	var record tls.RecordHeaderError
	var verification *tls.CertificateVerificationError
	if errors.As(err, &unknownAuthority) || errors.As(err, &wrongHost) || errors.As(err, &record) || errors.As(err, &verification) {
		return message.Errorf(err, "error.tls", args)
	}
	var network net.Error
	if errors.Is(err, context.DeadlineExceeded) || errors.As(err, &network) && network.Timeout() {
		return message.Errorf(err, "error.timeout", args)
	}
	var operation *net.OpError
	var lookup *net.DNSError
	if errors.As(err, &operation) || errors.As(err, &lookup) {
		return message.Errorf(err, "error.unreachable", args)
	}
	return nil
}

// server returns the host that an error was about, when the error tells.
func server(err error) string {
	var at *url.Error
	if !errors.As(err, &at) {
		return "?"
	}
	address, parseErr := url.Parse(at.URL)
	if parseErr != nil {
		return "?"
	}
	return address.Scheme + "://" + address.Host
}

// innermost returns the last error of a chain: "connection refused" of "Get https://...: dial tcp ...: connection refused".
func innermost(err error) error {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err
		}
		err = next
	}
}

// noSuchContext finds the name in what clientcmd says of a context that does not exist: an error of no type
// (client_config.go, getContext), or one that does not tell its name otherwise (validation.go, errContextNotFound).
var noSuchContext = regexp.MustCompile(`context "(.*)" does not exist$|context was not found for specified context: (.*)$`)

// explainConfig tells what is wrong with a kubeconfig.
func explainConfig(err error) error {
	if clientcmd.IsEmptyConfig(err) {
		return message.Errorf(err, "error.no-kubeconfig", nil)
	}
	if name := noSuchContext.FindStringSubmatch(err.Error()); name != nil {
		return message.Errorf(err, "error.no-context", message.Args{"Context": name[1] + name[2]})
	}
	return message.Errorf(err, "error.kubeconfig", message.Args{"Cause": err.Error()})
}

// singular is the word for one object of a resource of core/v1, as it stands in a sentence: pods → pod.
func singular(resource string) string {
	if n := len(resource); n > 1 && resource[n-1] == 's' && resource[n-2] != 's' {
		return resource[:n-1]
	}
	return resource
}
