package doctor

import (
	"context"
	"strings"
	"time"

	"github.com/kubectl-podkit/podkit/pkg/access"
	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// cluster looks at the kubeconfig, the server and the user's rights, each only when the one before it is good.
func (o *Options) cluster(ctx context.Context, checkup *report.Checkup) {
	add := func(area, name string, state report.CheckState, says string, args message.Args) {
		checkup.Checks = append(checkup.Checks, report.Check{Area: area, Name: name, State: state, Says: says, Args: args})
	}
	located, err := o.Locate()
	files := message.Args{"Files": strings.Join(located.Files, ", ")}
	if err != nil {
		add("kubeconfig", "kubeconfig", report.CheckError, "doctor.broken", message.Args{"Cause": report.Sentence(err, o.Messages)})
		add("kubeconfig", "files", report.CheckNote, "doctor.files-sought", files)
		o.kubectl(ctx, "", add)
		return
	}
	add("kubeconfig", "files", report.CheckOK, "doctor.files", files)
	add("kubeconfig", "context", report.CheckOK, "doctor.context", message.Args{
		"Context": located.Context, "User": located.User, "Namespace": located.Namespace,
	})
	if checkup.Namespace = located.Namespace; o.Everywhere {
		checkup.Namespace = ""
	}
	reader, err := o.Connect()
	if err != nil {
		add("server", "server", report.CheckError, "doctor.broken", message.Args{"Cause": report.Sentence(err, o.Messages)})
		o.kubectl(ctx, "", add)
		return
	}
	began := o.Now()
	version := reader.ServerVersion(ctx)
	if version.State != casefile.Known {
		add("server", "server", report.CheckError, "doctor.broken", message.Args{"Cause": report.Sentence(version.Err, o.Messages)})
		o.kubectl(ctx, "", add)
		return
	}
	add("server", "server", report.CheckOK, "doctor.server", message.Args{
		"Server": located.Server, "Version": version.Value, "Time": o.Now().Sub(began).Round(time.Millisecond).String(),
	})
	state, says, args := o.libraries(version.Value)
	add("server", "libraries", state, says, args)
	o.kubectl(ctx, version.Value, add)
	o.rights(ctx, reader, checkup, add)
}

// adder adds a check.
type adder func(area, name string, state report.CheckState, says string, args message.Args)

// libraries compares podkit's client libraries with the server.
func (o *Options) libraries(server string) (state report.CheckState, says string, args message.Args) {
	args = message.Args{"Libraries": o.Libraries, "Server": server}
	switch apart, known := minorsApart(o.Libraries, server); {
	case !known:
		return report.CheckNote, "doctor.libraries-unknown", args
	case apart > 1 || apart < -1:
		return report.CheckWarning, "doctor.libraries-skew", args
	}
	return report.CheckOK, "doctor.libraries", args
}

// rights asks what the user may do, and tries to read what they may.
func (o *Options) rights(ctx context.Context, reader Cluster, checkup *report.Checkup, add adder) {
	if user := reader.User(ctx); user.State == casefile.Known {
		checkup.User = user.Value
	}
	commands := access.Commands()
	known, err := access.Ask(ctx, reader, checkup.Namespace, access.Questions(commands))
	if err != nil {
		state := report.CheckWarning
		if unauthorized(err) {
			state = report.CheckError
		}
		add("server", "rights", state, "doctor.rights-unread", message.Args{"Cause": report.Sentence(err, o.Messages)})
		return
	}
	allowed := func(asked access.Asked) access.Allowance { return known[asked] }
	for _, command := range commands {
		checkup.Commands = append(checkup.Commands, access.Assess(command, allowed))
	}
	o.trial(ctx, reader, checkup.Namespace, allowed, add)
}

// trial reads what the user may read: rights are one thing, and a server that answers is another.
func (o *Options) trial(ctx context.Context, reader Cluster, namespace string, allowed func(access.Asked) access.Allowance, add adder) {
	reads := []struct {
		asked access.Asked
		read  func() error
	}{
		{access.Asked{Right: access.Right{Verb: "list", Resource: "pods"}}, func() error {
			return reader.Pods(ctx, casefile.Query{Namespace: namespace}).Err
		}},
		{access.Asked{Right: access.Right{Verb: "list", Resource: "events"}}, func() error {
			return reader.Events(ctx, casefile.Query{Namespace: namespace}).Err
		}},
		{access.Asked{Right: access.Right{Verb: "list", Resource: "nodes"}, Place: access.Everywhere}, func() error {
			return reader.Nodes(ctx, casefile.Query{}).Err
		}},
	}
	var read []string
	for _, one := range reads {
		if allowed(one.asked) != access.Allowed {
			continue
		}
		if err := one.read(); err != nil {
			add("server", "read-"+one.asked.Resource, report.CheckWarning, "doctor.read-fails", message.Args{
				"Resource": one.asked.Resource, "Cause": report.Sentence(err, o.Messages),
			})
			continue
		}
		read = append(read, one.asked.Resource)
	}
	if len(read) > 0 {
		add("server", "reads", report.CheckOK, "doctor.read", message.Args{"Resources": strings.Join(read, ", ")})
	}
}
