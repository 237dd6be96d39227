package config

import (
	"maps"
	"path"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
)

// tellMount makes the finding of a volume that can't be mounted where it is asked for.
func tellMount(c *diagnosis.Case, refused refusal) diagnosis.Finding {
	args := message.Args{
		"Container": refused.Name(), "Path": refused.subject, "Volume": "", "SubPath": "", "Image": refused.Spec.Image,
		"Outer": "", "Name": "", "Near": "", "Has": "", "Workload": c.Workload().String(),
	}
	finding := diagnosis.Finding{Form: refused.form, Args: args, Evidence: []diagnosis.Evidence{refused.proof}}
	mount := failedMount(refused)
	if mount != nil {
		args["Volume"], args["SubPath"], args["Path"] = mount.Name, mount.SubPath, mount.MountPath
		finding.Evidence = append(finding.Evidence, diagnosis.SpecOf(refused.Container, "volumeMounts["+mount.MountPath+"]", mountValue(mount)))
	}
	finding.Remedies = []diagnosis.Remedy{c.EditWorkload()}
	switch {
	case mount == nil:
	case refused.form == "file" && mount.SubPath != "":
		tellSubPath(c, mount, &finding)
	case refused.form == "readonly":
		if outer := around(refused.Spec.VolumeMounts, mount); outer != nil {
			args["Outer"] = outer.MountPath
			finding.Evidence = append(finding.Evidence, diagnosis.SpecOf(refused.Container, "volumeMounts["+outer.MountPath+"]", mountValue(outer)))
		}
	}
	return finding
}

// failedMount finds the mount that the kubelet or the runtime speaks of: by the volume of a subPath, or by the path in the
// container. Old runtimes put the path of the root file system before that one.
func failedMount(refused refusal) *corev1.VolumeMount {
	var found *corev1.VolumeMount
	at := path.Clean("/" + refused.subject)
	for i := range refused.Spec.VolumeMounts {
		mount := &refused.Spec.VolumeMounts[i]
		if refused.form == "subpath" {
			if mount.Name == refused.subject && mount.SubPath+mount.SubPathExpr != "" {
				return mount
			}
			continue
		}
		longer := found == nil || len(mount.MountPath) > len(found.MountPath)
		if strings.HasSuffix(at, path.Clean(mount.MountPath)) && longer {
			found = mount
		}
	}
	return found
}

func mountValue(mount *corev1.VolumeMount) string {
	value := "volume " + mount.Name
	if sub := mount.SubPath + mount.SubPathExpr; sub != "" {
		value += ", subPath " + sub
	}
	if mount.ReadOnly {
		value += ", readOnly"
	}
	return value
}

// around returns the mount below which another one lies.
func around(mounts []corev1.VolumeMount, inner *corev1.VolumeMount) *corev1.VolumeMount {
	var outer *corev1.VolumeMount
	for i := range mounts {
		below := strings.HasPrefix(path.Clean(inner.MountPath), path.Clean(mounts[i].MountPath)+"/")
		if below && (outer == nil || len(mounts[i].MountPath) > len(outer.MountPath)) {
			outer = &mounts[i]
		}
	}
	return outer
}

// tellSubPath explains a subPath that is not in its volume: the kubelet then makes an empty directory of that name
// (kubernetes pkg/kubelet/kubelet_pods.go, makeMounts), which can't be mounted over a file. In a volume of a ConfigMap it
// is a key that is not there.
func tellSubPath(c *diagnosis.Case, mount *corev1.VolumeMount, finding *diagnosis.Finding) {
	name, items := configMapOf(c.Pod, mount.Name)
	if name == "" {
		finding.Form = "subpath-file"
		return
	}
	answer := c.ConfigMap(name)
	if answer.State != casefile.Known {
		finding.Form = "subpath-file"
		return
	}
	files := filesOf(answer.Value, items)
	if slices.Contains(files, mount.SubPath) {
		return
	}
	finding.Form = "subpath-key"
	finding.Args["Name"], finding.Args["Has"] = c.Pod.Namespace+"/"+name, listed(files)
	finding.Args["Near"] = diagnosis.Nearest(mount.SubPath, files)
	object := diagnosis.Object{APIVersion: "v1", Kind: configMap, Namespace: c.Pod.Namespace, Name: name}
	finding.Evidence = append(finding.Evidence, diagnosis.Fact(diagnosis.Other, object, "evidence.config.files", finding.Args))
	show := c.Look("remedy.config.show", message.Args{"Kind": configMap, "Name": name}, "get configmap %s -o yaml", name)
	finding.Remedies = append(finding.Remedies, show)
}

// configMapOf returns the ConfigMap that a volume is made from, and the keys that it takes; all of them when there are none.
func configMapOf(pod *corev1.Pod, volume string) (string, []corev1.KeyToPath) {
	for i := range pod.Spec.Volumes {
		if v := &pod.Spec.Volumes[i]; v.Name == volume && v.ConfigMap != nil {
			return v.ConfigMap.Name, v.ConfigMap.Items
		}
	}
	return "", nil
}

// filesOf are the files that a volume has from a ConfigMap.
func filesOf(object *corev1.ConfigMap, items []corev1.KeyToPath) []string {
	var files []string
	for _, item := range items {
		files = append(files, item.Path)
	}
	if len(items) == 0 {
		files = slices.Concat(slices.Sorted(maps.Keys(object.Data)), slices.Sorted(maps.Keys(object.BinaryData)))
	}
	return files
}
