package config

import (
	"slices"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/casefile"
	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// objectRule finds ConfigMaps and Secrets, and keys of them, that a pod needs and that do not exist.
func objectRule() diagnosis.Rule {
	var causes []diagnosis.Cause
	for _, id := range []string{"configmap-missing", "secret-missing", "configmap-key-missing", "secret-key-missing"} {
		causes = append(causes, diagnosis.Cause{ID: id, Severity: diagnosis.Error, Explains: symptoms()})
	}
	return diagnosis.Rule{Name: "object", Causes: causes, Check: checkObjects}
}

func checkObjects(c *diagnosis.Case) []diagnosis.Finding {
	var findings []diagnosis.Finding
	for _, l := range merged(lacks(c)) {
		state := existence(c, l.kind, l.name)
		if len(l.keys) > 0 && state != casefile.Absent {
			findings = append(findings, tellKey(c, l))
			continue
		}
		findings = append(findings, tellObject(c, l, state))
	}
	return findings
}

// tellObject makes the finding of an object that the kubelet did not find. Only an answer that it does not exist proves that;
// as long as nobody has looked, or may look, it is the kubelet's word. That the object exists now only tells that it was made
// since, and that the kubelet has not tried again.
func tellObject(c *diagnosis.Case, l lack, state casefile.State) diagnosis.Finding {
	finding := l.finding(c, strings.ToLower(l.kind)+"-missing")
	switch state {
	case casefile.Absent:
		finding.Confidence = diagnosis.Certain
		finding.Evidence = append(finding.Evidence, diagnosis.Fact(diagnosis.Other, finding.Object, "evidence.config.absent", l.names(c)))
		l.suggest(c, &finding)
	case casefile.Known:
		return l.mended(c, finding)
	default:
		create := l.create(c)
		create.ID = "remedy.config.create-absent"
		finding.Form, finding.Remedies = heard, []diagnosis.Remedy{l.list(c), create}
		return finding
	}
	finding.Remedies = append(finding.Remedies, l.create(c), l.list(c))
	return finding
}

// heard is the wording of what is known by the kubelet's word alone.
const heard = "heard"

// finding is what findings of objects and keys have in common. It is likely until a look at the object proves it.
func (l lack) finding(c *diagnosis.Case, id string) diagnosis.Finding {
	args := l.names(c)
	args["Container"], args["Near"], args["Other"] = l.container, "", ""
	args["Places"], args["More"] = l.told()
	finding := diagnosis.Finding{
		ID: id, Confidence: diagnosis.Likely, Container: l.container, Args: args, Evidence: []diagnosis.Evidence{l.proof},
		Object: diagnosis.Object{APIVersion: "v1", Kind: l.kind, Namespace: c.Pod.Namespace, Name: l.name},
	}
	const telling = 4
	for _, place := range l.places[:min(telling, len(l.places))] {
		finding.Evidence = append(finding.Evidence, place.proof)
	}
	return finding
}

// names are the arguments that name what is missing.
func (l lack) names(c *diagnosis.Case) message.Args {
	return message.Args{
		"Kind": l.kind, "Name": l.name, "Object": c.Pod.Namespace + "/" + l.name, "Keys": strings.Join(l.keys, ", "),
	}
}

// told names the first places that need it, and counts the others.
func (l lack) told() (places string, more int) {
	const telling = 2
	var words []string
	for _, r := range l.places {
		words = append(words, r.place)
	}
	shown := min(telling, len(words))
	return strings.Join(words[:shown], ", "), len(words) - shown
}

// mended turns a finding into that of an object which exists by now.
func (l lack) mended(c *diagnosis.Case, finding diagnosis.Finding) diagnosis.Finding {
	finding.Form, finding.Severity = "now", diagnosis.Warning
	finding.Evidence = append(finding.Evidence, diagnosis.Fact(diagnosis.Other, finding.Object, "evidence.config.exists", l.names(c)))
	finding.Remedies = []diagnosis.Remedy{c.Look("remedy.config.watch", nil, "get pod %s --watch", c.Pod.Name), l.list(c)}
	return finding
}

// suggest names what was probably meant: the nearest name of the same kind, or the other kind of that very name.
func (l lack) suggest(c *diagnosis.Case, finding *diagnosis.Finding) {
	if near := diagnosis.Nearest(l.name, c.Names(l.kind).Value); near != "" {
		l.point(c, finding, "Near", near, "remedy.config.use-near")
		return
	}
	other := secret
	if l.kind == secret {
		other = configMap
	}
	if slices.Contains(c.Names(other).Value, l.name) {
		l.point(c, finding, "Other", other, "remedy.config.use-other")
	}
}

// point adds what exists in its stead to a finding, and the step to it.
func (l lack) point(c *diagnosis.Case, finding *diagnosis.Finding, arg, value, id string) {
	finding.Args[arg] = value
	use := c.EditWorkload()
	use.ID = id
	use.Args = message.Args{"Workload": c.Workload().String(), "Kind": l.kind, "Name": l.name, "Instead": value}
	finding.Remedies = append(finding.Remedies, use)
}

// create makes the object with the keys that are read from it.
func (l lack) create(c *diagnosis.Case) diagnosis.Remedy {
	keys := l.wanted()
	path, value := shellword.Placeholder("path"), shellword.Placeholder("value")
	create := c.Change("remedy.config.create", l.names(c), "create configmap %s", l.name)
	if l.kind == secret {
		create.Command = c.Kubectl("create secret generic %s", l.name)
	}
	if l.kind == secret && slices.Contains(keys, "tls.crt") {
		create.Command = c.Kubectl("create secret tls %s --cert=%s --key=%s", l.name, path, path)
		return create
	}
	for _, key := range keys {
		create.Command = create.Command.With("--from-literal=%s=%s", key, value)
	}
	if len(keys) == 0 {
		create.Command = create.Command.With("--from-literal=%s=%s", shellword.Placeholder("key"), value)
	}
	return create
}

// wanted are the keys that the places read by name, sorted.
func (l lack) wanted() []string {
	var keys []string
	for _, r := range l.places {
		keys = append(keys, r.keys...)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// list shows what there is. Names alone are printed: not even of a Secret anything of its data.
func (l lack) list(c *diagnosis.Case) diagnosis.Remedy {
	return c.Look("remedy.config.list", l.names(c), "get %ss", strings.ToLower(l.kind))
}
