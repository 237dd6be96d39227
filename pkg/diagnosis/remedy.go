package diagnosis

import "github.com/kubectl-podkit/podkit/pkg/message"

// Look is a next step that only reads: the words of its command follow "kubectl -n NAMESPACE".
func (c *Case) Look(id string, args message.Args, words ...string) Remedy {
	return Remedy{ID: id, Args: args, Command: c.kubectl(words), Effect: ReadOnly}
}

// Change is a next step that changes the cluster.
func (c *Case) Change(id string, args message.Args, words ...string) Remedy {
	return Remedy{ID: id, Args: args, Command: c.kubectl(words), Effect: Changes}
}

// Advice is a next step that no command does: it is done in an image, an application or a manifest.
func Advice(id string, args message.Args) Remedy {
	return Remedy{ID: id, Args: args, Effect: Changes}
}

// SeeLog reads the whole log of the instance that died.
func (c *Case) SeeLog(container string) Remedy {
	words := []string{"logs", c.Pod.Name, "-c", container}
	if found, ok := c.container(container); ok && found.LastDeath() != nil && found.DeadLogIsPrevious() {
		words = append(words, "--previous")
	}
	return c.Look("remedy.see-log", message.Args{"Container": container}, words...)
}

// EditWorkload changes what the pod was made from. A bare pod and a Job, whose template is immutable, must be made anew
// from their manifest.
func (c *Case) EditWorkload() Remedy {
	workload := c.Workload()
	args := message.Args{"Workload": workload.String(), "Pod": c.Pod.Name}
	replace := c.kubectl([]string{"replace", "--force", "-f", "<manifest.yaml>"})
	switch workload.Kind {
	case "Pod":
		return Remedy{ID: "remedy.replace-pod", Args: args, Command: replace, Effect: Destructive}
	case "Job":
		return Remedy{ID: "remedy.replace-job", Args: args, Command: replace, Effect: Destructive}
	}
	return c.Change("remedy.edit-workload", args, "edit", workload.String())
}

func (c *Case) kubectl(words []string) []string {
	return append([]string{"kubectl", "-n", c.Pod.Namespace}, words...)
}
