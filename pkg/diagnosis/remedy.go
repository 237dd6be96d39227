package diagnosis

import (
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// Look is a next step that only reads, by the command that Kubectl makes of a format and its values.
func (c *Case) Look(id string, args message.Args, format shellword.Own, values ...any) Remedy {
	return Remedy{ID: id, Args: args, Command: c.Kubectl(format, values...), Effect: ReadOnly}
}

// Change is a next step that changes the cluster, in the same way.
func (c *Case) Change(id string, args message.Args, format shellword.Own, values ...any) Remedy {
	return Remedy{ID: id, Args: args, Command: c.Kubectl(format, values...), Effect: Changes}
}

// Kubectl makes a command of the words behind "kubectl -n NAMESPACE", as shellword.New does.
func (c *Case) Kubectl(format shellword.Own, values ...any) shellword.Command {
	return shellword.New("kubectl -n %s", c.Pod.Namespace).With(format, values...)
}

// Advice is a next step that no command does: it is done in an image, an application or a manifest.
func Advice(id string, args message.Args) Remedy {
	return Remedy{ID: id, Args: args, Effect: Changes}
}

// SeeLog reads the whole log of the instance that died.
func (c *Case) SeeLog(container string) Remedy {
	see := c.Look("remedy.see-log", message.Args{"Container": container}, "logs %s -c %s", c.Pod.Name, container)
	if found, ok := c.container(container); ok && found.LastDeath() != nil && found.DeadLogIsPrevious() {
		see.Command = see.Command.With("--previous")
	}
	return see
}

// EditWorkload changes what the pod was made from. A bare pod and a Job, whose template is immutable, must be made anew
// from their manifest.
func (c *Case) EditWorkload() Remedy {
	workload := c.Workload()
	args := message.Args{"Workload": workload.String(), "Pod": c.Pod.Name}
	replace := c.Kubectl("replace --force -f %s", shellword.Placeholder("manifest.yaml"))
	switch workload.Kind {
	case "Pod":
		return Remedy{ID: "remedy.replace-pod", Args: args, Command: replace, Effect: Destructive}
	case "Job":
		return Remedy{ID: "remedy.replace-job", Args: args, Command: replace, Effect: Destructive}
	}
	return c.Change("remedy.edit-workload", args, "edit %s", workload.String())
}
