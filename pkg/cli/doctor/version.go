package doctor

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"time"

	"k8s.io/apimachinery/pkg/util/version"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// kubectlPatience is how long a kubectl may take to tell its version; it asks no server for it.
const kubectlPatience = 10 * time.Second

// kubectlVersion asks the kubectl at a path for its version.
func kubectlVersion(ctx context.Context, path string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, kubectlPatience)
	defer cancel()
	out, err := exec.CommandContext(ctx, path, "version", "--client", "-o", "json").Output()
	if err != nil {
		return "", fmt.Errorf("asking %s for its version: %w", path, err)
	}
	var told struct {
		ClientVersion struct {
			GitVersion string `json:"gitVersion"`
		} `json:"clientVersion"`
	}
	if err := json.Unmarshal(out, &told); err != nil {
		return "", fmt.Errorf("reading the version of %s: %w", path, err)
	}
	return told.ClientVersion.GitVersion, nil
}

// kubectl looks for kubectl, and compares it with the server where that has told its version.
func (o *Options) kubectl(ctx context.Context, server string, add adder) {
	path := o.Getenv("KUBECTL_PATH")
	if path == "" {
		if found := o.onPath("kubectl"); len(found) > 0 {
			path = found[0]
		}
	}
	if path == "" {
		add("server", "kubectl", report.CheckWarning, "doctor.kubectl-missing", nil)
		return
	}
	args := message.Args{"Path": path, "Server": server}
	told, err := o.KubectlVersion(ctx, path)
	if err != nil {
		args["Cause"] = report.Sentence(err, o.Messages)
		add("server", "kubectl", report.CheckWarning, "doctor.kubectl-fails", args)
		return
	}
	args["Kubectl"] = told
	switch apart, known := minorsApart(told, server); {
	case !known:
		add("server", "kubectl", report.CheckNote, "doctor.kubectl-alone", args)
	case apart > 1 || apart < -1:
		add("server", "kubectl", report.CheckWarning, "doctor.kubectl-skew", args)
	default:
		add("server", "kubectl", report.CheckOK, "doctor.kubectl", args)
	}
}

// minorsApart is by how many minor versions a client is ahead of a server; Kubernetes supports one in either direction
// (kubernetes.io/releases/version-skew-policy).
func minorsApart(client, server string) (apart int, known bool) {
	ours, err := version.ParseGeneric(client)
	if err != nil {
		return 0, false
	}
	theirs, err := version.ParseGeneric(server)
	if err != nil || ours.Major() != theirs.Major() {
		return 0, false
	}
	return int(ours.Minor()) - int(theirs.Minor()), true
}

// unauthorized reports whether an error says that the server does not accept the credentials.
func unauthorized(err error) bool {
	var told *message.Error
	return errors.As(err, &told) && told.ID == "error.unauthorized"
}
