package image

import (
	"maps"
	"slices"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// Placeholders for what only the reader knows.
var (
	anyImage    = shellword.Placeholder("image")
	anySecret   = shellword.Placeholder("secret")
	anyUser     = shellword.Placeholder("user")
	anyPassword = shellword.Placeholder("password")
)

// settable are the kinds whose image kubectl set image changes so that it takes effect: a Job's template is immutable, and
// of other kinds kubectl knows no template. A pod's image may be changed in place.
var settable = []string{"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "CronJob", "Pod"}

// changeImage puts another image in the place of the one that can't be had; what is the reader's to fill in unless it is
// known.
func changeImage(c *diagnosis.Case, failed failure, image shellword.Word) diagnosis.Remedy {
	if failed.Volume != "" {
		return edit(c, "remedy.image.correct-image-volume", message.Args{"Volume": failed.Volume})
	}
	return setImage(c, failed.Container.Name(), image)
}

// setImage changes the image of a container in what its pod is made from.
func setImage(c *diagnosis.Case, container string, image shellword.Word) diagnosis.Remedy {
	workload := c.Workload()
	args := message.Args{"Container": container, "Workload": workload.String(), "Image": image.String(), "Known": !strings.HasPrefix(image.String(), "<")}
	if !slices.Contains(settable, workload.Kind) {
		return edit(c, "remedy.image.set-image", args)
	}
	return c.Change("remedy.image.set-image", args, "set image %s %s=%s", workload.String(), container, image)
}

// rollBack returns to the template before, where there is one: a Deployment, a StatefulSet and a DaemonSet keep theirs.
func rollBack(c *diagnosis.Case) []diagnosis.Remedy {
	workload := c.Workload()
	if !slices.Contains([]string{"Deployment", "StatefulSet", "DaemonSet"}, workload.Kind) {
		return nil
	}
	return []diagnosis.Remedy{c.Change("remedy.image.roll-back", message.Args{"Workload": workload.String()}, "rollout undo %s", workload.String())}
}

// createPullSecret makes a login for a registry.
func createPullSecret(c *diagnosis.Case, name shellword.Word, registry string) diagnosis.Remedy {
	server := registry
	if registry == dockerHub {
		server = "https://index.docker.io/v1/" // The key under which clients keep Docker Hub's login.
	}
	return c.Change("remedy.image.create-pull-secret", message.Args{"Registry": registry},
		"create secret docker-registry %s --docker-server=%s --docker-username=%s --docker-password=%s", name, server, anyUser, anyPassword)
}

// remake has the pods made anew from the same template, as what is read at their creation has changed.
func remake(c *diagnosis.Case) diagnosis.Remedy {
	workload := c.Workload()
	args := message.Args{"Workload": workload.String()}
	switch workload.Kind {
	case "Deployment", "StatefulSet", "DaemonSet":
		return c.Change("remedy.image.restart-workload", args, "rollout restart %s", workload.String())
	case "Pod":
		return edit(c, "remedy.image.remake-pod", nil)
	}
	return diagnosis.Remedy{
		ID: "remedy.image.delete-pod", Args: args, Effect: diagnosis.Destructive,
		Command: c.Kubectl("delete pod %s", c.Pod.Name),
	}
}

// edit changes the pod template by hand, in a way that a message tells.
func edit(c *diagnosis.Case, id string, args message.Args) diagnosis.Remedy {
	remedy := c.EditWorkload()
	remedy.ID = id
	maps.Copy(remedy.Args, args)
	return remedy
}

// namePullSecret has the pod name a pull secret.
func namePullSecret(c *diagnosis.Case, name shellword.Word) diagnosis.Remedy {
	return edit(c, "remedy.image.name-pull-secret", message.Args{"Secret": name.String()})
}

// seeArchitectures lists the nodes with their platforms.
func seeArchitectures(c *diagnosis.Case) diagnosis.Remedy {
	return c.Look("remedy.image.see-architectures", nil, "get nodes -L kubernetes.io/os,kubernetes.io/arch")
}

// watchEvents waits for what the kubelet says next of the pod.
func watchEvents(c *diagnosis.Case) diagnosis.Remedy {
	return c.Look("remedy.image.watch-events", message.Args{"Pod": c.Pod.Name}, "events --for pod/%s --watch", c.Pod.Name)
}
