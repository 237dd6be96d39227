package logs

import (
	"fmt"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// mountOf returns the mount below which a path lies; the deepest one counts.
func mountOf(from source, path string) *corev1.VolumeMount {
	var deepest *corev1.VolumeMount
	for i := range from.Spec.VolumeMounts {
		mount := &from.Spec.VolumeMounts[i]
		root := strings.TrimRight(mount.MountPath, "/")
		if path != root && !strings.HasPrefix(path, root+"/") {
			continue
		}
		if deepest == nil || len(mount.MountPath) > len(deepest.MountPath) {
			deepest = mount
		}
	}
	return deepest
}

// mounted adds the volume below which the file lies, if it lies in one.
func mounted(from source, found *diagnosis.Finding) *corev1.VolumeMount {
	mount := mountOf(from, arg(found, "Path"))
	if mount == nil {
		return nil
	}
	found.Args["Volume"] = mount.Name
	found.Evidence = append(found.Evidence, diagnosis.SpecOf(from.Container, "volumeMounts["+mount.Name+"]", mount.MountPath))
	return mount
}

func fileMissing(c *diagnosis.Case, from source, found *diagnosis.Finding) {
	found.Args["Image"] = from.Spec.Image
	if found.Form != "" {
		found.Remedies = append(found.Remedies, diagnosis.Advice("remedy.log-complete-image", found.Args))
		return
	}
	mounted(from, found)
	found.Remedies = append(found.Remedies, diagnosis.Advice("remedy.log-provide-file", found.Args), c.EditWorkload())
}

// permissionDenied adds as whom the container runs, when the spec says so.
func permissionDenied(c *diagnosis.Case, from source, found *diagnosis.Finding) {
	mounted(from, found)
	if field, user := userOf(c, from); user != nil {
		found.Args["User"] = strconv.FormatInt(*user, 10)
		evidence := diagnosis.SpecOf(from.Container, "securityContext.runAsUser", strconv.FormatInt(*user, 10))
		if field != "" {
			evidence.Container, evidence.Field = "", field
		}
		found.Evidence = append(found.Evidence, evidence)
	}
	advice := "remedy.log-grant-path"
	switch {
	case found.Form == "bind":
		advice = "remedy.log-higher-port"
	case arg(found, "Path") == "":
		// Of what was denied nothing is known, not even that it is a file.
		found.Form, found.Confidence, advice = "unnamed", min(found.Confidence, diagnosis.Likely), "remedy.log-find-denied"
	}
	found.Remedies = append(found.Remedies, diagnosis.Advice(advice, found.Args), c.EditWorkload())
}

// userOf is the user that the spec gives the container, and the field of the pod when it is there.
func userOf(c *diagnosis.Case, from source) (field string, user *int64) {
	if own := from.Spec.SecurityContext; own != nil && own.RunAsUser != nil {
		return "", own.RunAsUser
	}
	if all := c.Pod.Spec.SecurityContext; all != nil && all.RunAsUser != nil {
		return "spec.securityContext.runAsUser", all.RunAsUser
	}
	return "", nil
}

// readOnly tells what makes the path read-only: its mount, or the root file system of the container.
func readOnly(c *diagnosis.Case, from source, found *diagnosis.Finding) {
	mount := mounted(from, found)
	own := from.Spec.SecurityContext
	if mount == nil && own != nil && own.ReadOnlyRootFilesystem != nil && *own.ReadOnlyRootFilesystem {
		found.Args["Root"] = "true"
		found.Evidence = append(found.Evidence, diagnosis.SpecOf(from.Container, "securityContext.readOnlyRootFilesystem", "true"))
	}
	found.Remedies = append(found.Remedies, diagnosis.Advice("remedy.log-writable-path", found.Args), c.EditWorkload())
}

// addressInUse names the container of the pod that declares the same port: containers of a pod share its addresses.
func addressInUse(c *diagnosis.Case, from source, found *diagnosis.Finding) {
	if c.Pod.Spec.HostNetwork {
		found.Form = "node"
		found.Evidence = append(found.Evidence, diagnosis.Evidence{Source: diagnosis.Spec, Field: "spec.hostNetwork", Value: "true"})
	}
	address := arg(found, "Address")
	number := address[strings.LastIndex(address, ":")+1:]
	for _, other := range c.Containers {
		for _, port := range other.Spec.Ports {
			if other.Name() != from.Name() && fmt.Sprint(port.ContainerPort) == number {
				found.Args["Other"] = other.Name()
				found.Evidence = append(found.Evidence, diagnosis.SpecOf(other, "ports.containerPort", number))
			}
		}
	}
	found.Remedies = append(found.Remedies, diagnosis.Advice("remedy.log-other-port", found.Args), c.EditWorkload())
}

func authFailed(c *diagnosis.Case, from source, found *diagnosis.Finding) {
	found.Remedies = append(found.Remedies,
		c.Look("remedy.log-see-env", message.Args{"Container": from.Name()}, "set env pod/%s --list -c %s", c.Pod.Name, from.Name()),
		diagnosis.Advice("remedy.log-credentials", found.Args),
	)
}

// configParse names the volume that the file comes from, whose ConfigMap is the thing to correct.
func configParse(c *diagnosis.Case, from source, found *diagnosis.Finding) {
	if found.Form == "flag" {
		found.Evidence = append(found.Evidence, diagnosis.SpecOf(from.Container, "args", strings.Join(append(from.Spec.Command[:len(from.Spec.Command):len(from.Spec.Command)], from.Spec.Args...), " ")))
		found.Remedies = append(found.Remedies, c.EditWorkload())
		return
	}
	mount := mountOf(from, arg(found, "File"))
	for i := range c.Pod.Spec.Volumes {
		volume := &c.Pod.Spec.Volumes[i]
		if mount == nil || volume.Name != mount.Name || volume.ConfigMap == nil {
			continue
		}
		name := volume.ConfigMap.Name
		found.Args["ConfigMap"] = name
		found.Evidence = append(found.Evidence, diagnosis.SpecOf(from.Container, "volumeMounts["+mount.Name+"]", mount.MountPath+" (ConfigMap "+name+")"))
		found.Remedies = append(found.Remedies, c.Change("remedy.log-edit-configmap", message.Args{"ConfigMap": name}, "edit configmap %s", name))
	}
	if len(found.Remedies) == 0 {
		found.Remedies = append(found.Remedies, diagnosis.Advice("remedy.log-correct-config", found.Args))
	}
}

func migrationLock(c *diagnosis.Case, _ source, found *diagnosis.Finding) {
	found.Remedies = append(found.Remedies,
		c.Look("remedy.log-see-holder", found.Args, "get pods -o wide"),
		diagnosis.Advice("remedy.log-release-lock", found.Args),
	)
}

// outOfMemory adds the limit of the container, which the runtime's own limit must fit.
func outOfMemory(c *diagnosis.Case, from source, found *diagnosis.Finding) {
	if limit, ok := from.Spec.Resources.Limits[corev1.ResourceMemory]; ok {
		found.Args["MemoryLimit"] = limit.String()
		found.Evidence = append(found.Evidence, diagnosis.SpecOf(from.Container, "resources.limits.memory", limit.String()))
	}
	found.Remedies = append(found.Remedies, diagnosis.Advice("remedy.log-runtime-memory", found.Args), c.EditWorkload())
}
