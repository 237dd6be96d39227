package action

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	remoteexec "k8s.io/client-go/util/exec"
)

// withExecutor returns a client whose commands reach the double. It needs no server.
func withExecutor(t *testing.T, double *executor) *Client {
	t.Helper()
	client := connect(t, nil)
	client.executor = double
	return client
}

// runcError is what runc says through containerd and the kubelet when the program is not there.
func runcError(program string) error {
	return fmt.Errorf("Internal error occurred: error executing command in container: failed to exec in container: "+
		`failed to start exec "5f": OCI runtime exec failed: exec failed: unable to start container process: exec: %q: executable file not found in $PATH: unknown`, program)
}

func TestExec(t *testing.T) {
	double := &executor{answer: func(s Session) error {
		in, err := io.ReadAll(s.Stdin)
		fmt.Fprintf(s.Stdout, "out %s", in)
		fmt.Fprint(s.Stderr, "err")
		return err
	}}
	client := withExecutor(t, double)
	streams, in, out, errOut := genericiooptions.NewTestIOStreams()
	in.WriteString("input")
	err := client.Exec(t.Context(), Command{Pod: pod("app", "proxy"), Container: "proxy", Args: []string{"ls", "-l"}, Stdin: true, Streams: streams})
	if err != nil {
		t.Fatal(err)
	}
	if out.String() != "out input" || errOut.String() != "err" {
		t.Errorf("stdout %q, stderr %q", out, errOut)
	}
	at := double.sessions[0].URL
	if at.Path != "/api/v1/namespaces/shop/pods/web-0/exec" {
		t.Errorf("asked %s", at.Path)
	}
	want := url.Values{"command": {"ls", "-l"}, "container": {"proxy"}, "stdin": {"true"}, "stdout": {"true"}, "stderr": {"true"}}
	if diff := cmp.Diff(want, at.Query()); diff != "" {
		t.Errorf("query (-want +got):\n%s", diff)
	}
}

func TestExecErrors(t *testing.T) {
	unstarted := pod("app")
	unstarted.Status.ContainerStatuses = nil
	unstarted.Status.Phase = corev1.PodPending
	tests := map[string]struct {
		pod    *corev1.Pod
		answer error
		want   string
	}{
		"not running": {
			pod:  crashed(pod("app"), 0),
			want: `container "app" of pod "web-0" does not run, so no command can run in it: Waiting (CrashLoopBackOff); what it said last: kubectl podkit logs web-0 -n shop -c app`,
		},
		"not started": {
			pod:  unstarted,
			want: `container "app" of pod "web-0" has not started, so no command can run in it: Pending; what holds it up: kubectl podkit describe web-0 -n shop`,
		},
		"no such program": {
			pod: pod("app"), answer: runcError("vim"),
			want: `there is no program "vim" in container "app" of pod "web-0"; to bring tools along: kubectl debug -it web-0 -n shop --image=busybox --target=app`,
		},
		"forbidden": {
			pod: pod("app"), answer: errors.New(`unable to upgrade connection: pods "web-0" is forbidden: User "a" cannot create resource "pods/exec"`),
			want: `not allowed to create pods/exec in namespace "shop": pods "web-0" is forbidden: User "a" cannot create resource "pods/exec"; to check: kubectl auth can-i create pods/exec -n shop`,
		},
		"deleted meanwhile": {
			pod: pod("app"), answer: errors.New(`unable to upgrade connection: pods "web-0" not found`),
			want: `pod "web-0" not found in namespace "shop"; to see what is there: kubectl podkit get -n shop`,
		},
		"lost node": {
			pod: pod("app"), answer: errors.New("unable to upgrade connection: error dialing backend: dial tcp 10.88.0.1:10250: connect: connection refused"),
			want: `node node1, on which pod "web-0" runs, does not answer the API server: unable to upgrade connection: error dialing backend: dial tcp 10.88.0.1:10250: connect: connection refused; its state: kubectl podkit nodes`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			double := &executor{answer: func(Session) error { return test.answer }}
			streams, _, _, _ := genericiooptions.NewTestIOStreams()
			err := withExecutor(t, double).Exec(t.Context(), Command{Pod: test.pod, Container: "app", Args: []string{"vim"}, Streams: streams})
			if text(err) != test.want {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
			if test.answer == nil && len(double.sessions) > 0 {
				t.Error("a command was sent to a container that does not run")
			}
		})
	}
}

func TestExitCodePassesThrough(t *testing.T) {
	double := &executor{answer: func(Session) error {
		return remoteexec.CodeExitError{Err: errors.New("command terminated with exit code 7"), Code: 7}
	}}
	_, _, err := withExecutor(t, double).Capture(t.Context(), pod("app"), "", []string{"false"})
	if code, ended := ExitStatus(err); !ended || code != 7 {
		t.Errorf("got code %d, %v, of %v", code, ended, err)
	}
	if _, ended := ExitStatus(errors.New("other")); ended {
		t.Error("any error passes for an exit code")
	}
}

func TestCapture(t *testing.T) {
	double := &executor{answer: func(s Session) error {
		fmt.Fprint(s.Stdout, "HOME=/root\n")
		fmt.Fprint(s.Stderr, "warning\n")
		if s.Stdin != nil || s.TTY {
			t.Error("a captured command has an input or a terminal")
		}
		return nil
	}}
	out, errOut, err := withExecutor(t, double).Capture(t.Context(), pod("app", "proxy"), "", []string{"env"})
	if err != nil || out != "HOME=/root\n" || errOut != "warning\n" {
		t.Errorf("got %q, %q, %v", out, errOut, err)
	}
	if got := double.sessions[0].URL.Query().Get("container"); got != "app" {
		t.Errorf("ran in %q", got)
	}
}

func TestShell(t *testing.T) {
	criO := remoteexec.CodeExitError{Err: errors.New("command terminated with exit code 127"), Code: 127}
	tests := map[string]struct {
		there   []string
		missing func(program string) error
		want    string
		wantErr string
	}{
		"all of them":           {there: []string{"bash", "ash", "sh"}, missing: runcError, want: "bash"},
		"busybox":               {there: []string{"ash", "sh"}, missing: runcError, want: "ash"},
		"dash alone":            {there: []string{"sh"}, missing: runcError, want: "sh"},
		"told by the exit code": {there: []string{"sh"}, missing: func(string) error { return criO }, want: "sh"},
		"none": {
			missing: runcError,
			wantErr: `container "app" of pod "web-0" has no shell (tried bash, ash, sh); to bring one along: kubectl debug -it web-0 -n shop --image=busybox --target=app`,
		},
		"no right to ask": {
			missing: func(string) error {
				return errors.New(`unable to upgrade connection: pods "web-0" is forbidden: no`)
			},
			wantErr: `not allowed to create pods/exec in namespace "shop": pods "web-0" is forbidden: no; to check: kubectl auth can-i create pods/exec -n shop`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			double := &executor{answer: func(s Session) error {
				program := s.URL.Query().Get("command")
				if slices.Contains(test.there, program) {
					return nil
				}
				return test.missing(program)
			}}
			got, err := withExecutor(t, double).Shell(t.Context(), pod("app"), "app")
			if got != test.want || text(err) != test.wantErr {
				t.Errorf("got %q, %v; want %q, %s", got, err, test.want, test.wantErr)
			}
		})
	}
}

func TestProgramMissing(t *testing.T) {
	tests := map[string]bool{
		runcError("bash").Error(): true,
		`OCI runtime exec failed: exec failed: unable to start container process: exec: "/bin/bash": stat /bin/bash: no such file or directory: unknown`: true,
		"exec failed: executable file `bash` not found in $PATH: No such file or directory":                                                              true,
		"command terminated with exit code 2":       false,
		"dial tcp: lookup x: no such host":          false,
		`container not found ("app")`:               false,
		"open /tmp/x: no such file or directory":    false,
		"unable to upgrade connection: i/o timeout": false,
	}
	for text, want := range tests {
		if got := programMissing(errors.New(text)); got != want {
			t.Errorf("%q: got %v", text, got)
		}
	}
}
