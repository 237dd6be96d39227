package config

import (
	"maps"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
)

// store is where a ConfigMap keeps a key.
type store int

const (
	unread store = iota
	nowhere
	inData
	// inBinary: volumes get it, the environment does not (kubernetes pkg/kubelet/kubelet_pods.go,
	// makeEnvironmentVariables, reads data alone).
	inBinary
)

func stored(answer casefile.Answer[*corev1.ConfigMap], key string) store {
	if answer.State != casefile.Known {
		return unread
	}
	if _, found := answer.Value.Data[key]; found {
		return inData
	}
	if _, found := answer.Value.BinaryData[key]; found {
		return inBinary
	}
	return nowhere
}

// tellKey makes the finding of keys that the kubelet did not find in an object. Of a Secret the keys are not known, since
// its data is never requested: that one lacks a key is the kubelet's word, and no more.
func tellKey(c *diagnosis.Case, l lack) diagnosis.Finding {
	finding := l.finding(c, strings.ToLower(l.kind)+"-key-missing")
	if l.kind == secret {
		finding.Form = heard
		finding.Evidence = append(finding.Evidence, diagnosis.Fact(diagnosis.Other, finding.Object, "evidence.config.secret-unseen", l.names(c)))
		describe := c.Look("remedy.config.secret-keys", l.names(c), "describe secret %s", l.name)
		finding.Remedies = []diagnosis.Remedy{l.addKey(c), describe, c.EditWorkload()}
		return finding
	}
	answer := c.ConfigMap(l.name)
	finding.Form = heard
	if answer.State == casefile.Known {
		finding.Form, finding.Confidence = "", diagnosis.Certain
		if l.tellStored(answer, &finding) {
			finding.Confidence = diagnosis.Likely
			return l.mended(c, finding)
		}
		l.tellKeys(c, answer.Value, &finding)
	}
	show := c.Look("remedy.config.show", l.names(c), "get configmap %s -o yaml", l.name)
	finding.Remedies = append(finding.Remedies, l.addKey(c), show)
	return finding
}

// tellStored says where the keys are by now, and reports whether the kubelet would find them all.
func (l lack) tellStored(answer casefile.Answer[*corev1.ConfigMap], finding *diagnosis.Finding) bool {
	mended := true
	for _, key := range l.keys {
		switch stored(answer, key) {
		case inData:
		case inBinary:
			if l.container != "" {
				finding.Form, mended = "binary", false
			}
		default:
			mended = false
		}
	}
	return mended
}

// tellKeys names the keys that the ConfigMap has, and the one that was probably meant.
func (l lack) tellKeys(c *diagnosis.Case, object *corev1.ConfigMap, finding *diagnosis.Finding) {
	has := slices.Sorted(maps.Keys(object.Data))
	shown := slices.Clone(has)
	for _, key := range slices.Sorted(maps.Keys(object.BinaryData)) {
		has, shown = append(has, key), append(shown, key+" (binaryData)")
	}
	args := l.names(c)
	args["Has"] = listed(shown)
	id := "evidence.config.keys"
	if len(has) == 0 {
		id = "evidence.config.no-keys"
	}
	finding.Evidence = append(finding.Evidence, diagnosis.Fact(diagnosis.Other, finding.Object, id, args))
	if near := diagnosis.Nearest(l.keys[0], has); near != "" {
		l.point(c, finding, "Near", near, "remedy.config.use-key")
	}
}

// listed joins names, as many as one can take in.
func listed(names []string) string {
	const most = 12
	if len(names) > most {
		names = append(slices.Clone(names[:most]), "...")
	}
	return strings.Join(names, ", ")
}

// addKey adds the keys to the object, in an editor: a value that is not known yet stands in no command that could be run.
func (l lack) addKey(c *diagnosis.Case) diagnosis.Remedy {
	return c.Change("remedy.config.add-key", l.names(c), "edit %s %s", strings.ToLower(l.kind), l.name)
}
