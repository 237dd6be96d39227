package curl

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/cli-runtime/pkg/printers"

	"github.com/kubectl-podkit/podkit/pkg/action"
	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/cli/notice"
	"github.com/kubectl-podkit/podkit/pkg/cli/selection"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
	"github.com/kubectl-podkit/podkit/pkg/target"
)

// failed is the exit code of --fail for a status of 400 or more: that of curl -f.
const failed = 22

// Asker sends requests to apps; action.Client does.
type Asker interface {
	Ask(ctx context.Context, request action.Request) (action.Answer, error)
}

// statusError is the app's refusal under --fail. The status line has told of it already.
type statusError struct{ status string }

func (e statusError) Error() string   { return "the app answered " + e.status }
func (e statusError) ExitStatus() int { return failed }

// Run sends the request and prints the answer.
func (o *Options) Run(ctx context.Context) error {
	ctx, cancel := within(ctx, o.MaxTime)
	defer cancel()
	request, err := o.request(ctx)
	if err != nil {
		return o.lateServer(err)
	}
	ctx, cancel = within(ctx, o.AppTime)
	defer cancel()
	answer, err := o.App.Ask(ctx, request)
	if err != nil {
		return o.late(err)
	}
	defer answer.Body.Close()
	if err := o.print(answer); err != nil {
		return o.late(err)
	}
	if o.Fail && answer.StatusCode >= http.StatusBadRequest {
		return statusError{status: answer.Status}
	}
	return nil
}

// within bounds a context; 0 lets it be.
func within(ctx context.Context, time time.Duration) (context.Context, context.CancelFunc) {
	if time <= 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, time)
}

// late tells an error of an app that took longer than it may by its name.
func (o *Options) late(err error) error {
	if bound := cmp.Or(o.MaxTime, o.AppTime); bound > 0 && errors.Is(err, context.DeadlineExceeded) {
		return message.Errorf(err, "curl.late", message.Args{"Time": bound.String(), "Target": o.Address.Target.String()})
	}
	return err
}

// lateServer tells that the time was over before the API server had said where the app is.
func (o *Options) lateServer(err error) error {
	if o.MaxTime > 0 && errors.Is(err, context.DeadlineExceeded) {
		return message.Errorf(err, "curl.late-server", message.Args{"Time": o.MaxTime.String(), "Target": o.Address.Target.String()})
	}
	return err
}

// request finds the pod and the port.
func (o *Options) request(ctx context.Context) (action.Request, error) {
	spec := target.Spec{Names: []target.Name{o.Address.Target}, Namespace: o.Namespace}
	pods, err := selection.Pods(ctx, o.Cluster, spec)
	if err != nil {
		return action.Request{}, err
	}
	pod := action.Pick(pods)
	if len(pods) > 1 {
		o.tell(action.Note{ID: "pick.several", Args: message.Args{"Owner": o.Address.Target.String(), "Count": len(pods), "Pod": pod.Name}})
	}
	port := o.Address.Port
	if services(o.Address.Target.Resource) {
		if port, err = o.servicePort(ctx, pod); err != nil {
			return action.Request{}, err
		}
	}
	return action.Request{
		Pod: pod, Scheme: o.Address.Scheme, Port: port, Path: o.Address.Path,
		Method: o.Method, Header: o.Header, Body: o.Body,
	}, nil
}

// servicePort translates a port of the Service to one of the pod.
func (o *Options) servicePort(ctx context.Context, pod *corev1.Pod) (string, error) {
	query := casefile.Query{Namespace: o.Namespace, Names: []string{o.Address.Target.Name}}
	found, err := o.Cluster.Objects(ctx, "services", query).Get()
	if err != nil {
		return "", err
	}
	service := &corev1.Service{}
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(found[0].Object, service); err != nil {
		return "", fmt.Errorf("reading service %q as the server sent it: %w", o.Address.Target.Name, err)
	}
	return action.ServicePort(service, pod, o.Address.Port)
}

// print writes the status to stderr before the body to stdout, which may never end.
func (o *Options) print(answer action.Answer) error {
	if o.Verbose {
		o.tell(action.Note{ID: "curl.sent", Args: message.Args{"Method": o.Method, "URL": answer.Request.URL.String()}})
	}
	took := answer.Duration.Round(time.Millisecond)
	o.tell(action.Note{ID: "curl.status", Args: message.Args{"Proto": answer.Proto, "Status": answer.Status, "Time": took.String()}})
	out, lineEnd := o.Streams.Out, "\r\n"
	if printers.IsTerminal(out) {
		out, lineEnd = report.NewEscaper(out), "\n"
	}
	if o.Include {
		if err := printHead(out, lineEnd, answer); err != nil {
			return err
		}
	}
	if _, err := io.Copy(out, answer.Body); err != nil {
		return message.Errorf(err, "curl.cut", message.Args{"Cause": err.Error()})
	}
	return nil
}

// printHead writes the status line and the headers, in the order of their names, as curl -i does.
func printHead(out io.Writer, lineEnd string, answer action.Answer) error {
	head := []string{answer.Proto + " " + answer.Status}
	for _, name := range slices.Sorted(maps.Keys(answer.Header)) {
		for _, value := range answer.Header[name] {
			head = append(head, name+": "+value)
		}
	}
	_, err := io.WriteString(out, strings.Join(head, lineEnd)+lineEnd+lineEnd)
	return err
}

// tell says notes unless --silent forbids it.
func (o *Options) tell(notes ...action.Note) {
	if !o.Silent {
		notice.New(o.Streams.ErrOut, o.Messages).Notes(notes...)
	}
}
