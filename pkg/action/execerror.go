package action

import (
	"errors"
	"net/http"
	"regexp"
	"strings"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/kubectl-podkit/podkit/pkg/cluster"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// ExitStatus returns the exit code with which a remote command ended, and whether err is about that at all.
func ExitStatus(err error) (code int, ended bool) {
	var status interface{ ExitStatus() int }
	if !errors.As(err, &status) {
		return 0, false
	}
	return status.ExitStatus(), true
}

// ErrNoProgram is the cause of the error of a command whose program the container does not have.
var ErrNoProgram = errors.New("the program is not in the container")

// running says why no command can run in a container that does not run.
func running(pod *corev1.Pod, container string) error {
	if statusOf(pod, container).State.Running != nil {
		return nil
	}
	args := logArgs(pod, container, "")
	args["State"] = stateOf(pod, container)
	if !started(statusOf(pod, container)) {
		return message.Errorf(nil, "exec.not-started", args)
	}
	return message.Errorf(nil, "exec.not-running", args)
}

// explainExec says why a command could not be run. The exit code of one that ran is passed on as it is.
func explainExec(err error, command Command) error {
	if err == nil {
		return nil
	}
	if programMissing(err) {
		args := logArgs(command.Pod, command.Container, err.Error())
		args["Program"] = command.Args[0]
		return message.Errorf(errors.Join(ErrNoProgram, err), "exec.no-program", args)
	}
	if _, ended := ExitStatus(err); ended {
		return err
	}
	if nodeSilent(err) {
		return message.Errorf(err, "node.silent", logArgs(command.Pod, command.Container, err.Error()))
	}
	err = upgradeRefusal(err)
	if apierrors.IsNotFound(err) {
		return cluster.Explain(err, "get", "pods", command.Pod.Namespace, command.Pod.Name)
	}
	return cluster.Explain(err, "create", "pods/exec", command.Pod.Namespace, command.Pod.Name)
}

// upgradeRefused begins the error of a connection that was not switched to a stream. What the server answered is known
// as text alone (k8s.io/streaming pkg/httpstream/spdy/roundtripper.go, NewConnection).
const upgradeRefused = "unable to upgrade connection: "

// missingPod is what the API server says of a Pod that does not exist.
var missingPod = regexp.MustCompile(`^pods "([^"]+)" not found$`)

// upgradeRefusal gives such a text its status back where it tells one, and leaves any other error as it is.
func upgradeRefusal(err error) error {
	text, refused := strings.CutPrefix(err.Error(), upgradeRefused)
	if !refused {
		return err
	}
	status := metav1.Status{Status: metav1.StatusFailure, Message: text}
	switch {
	case strings.Contains(text, " is forbidden: "):
		status.Code, status.Reason = http.StatusForbidden, metav1.StatusReasonForbidden
	case missingPod.MatchString(text):
		status.Code, status.Reason = http.StatusNotFound, metav1.StatusReasonNotFound
		status.Details = &metav1.StatusDetails{Kind: "pods", Name: missingPod.FindStringSubmatch(text)[1]}
	case text == "Unauthorized":
		status.Code, status.Reason = http.StatusUnauthorized, metav1.StatusReasonUnauthorized
	default:
		return err
	}
	return &apierrors.StatusError{ErrStatus: status}
}

// programMissing reads the container runtime's own words, which reach the client as text: runc says
// `exec: "bash": executable file not found in $PATH` for a name and `stat /bin/bash: no such file or directory` for a
// path, crun `executable file `bash` not found`.
func programMissing(err error) bool {
	text := err.Error()
	switch {
	case strings.Contains(text, "executable file not found"):
		return true
	case strings.Contains(text, "executable file `") && strings.Contains(text, "not found"):
		return true
	case strings.Contains(text, "exec") && strings.Contains(text, "no such file or directory"):
		return true
	}
	return false
}
