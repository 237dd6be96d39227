package probe

import (
	"fmt"
	"maps"

	"github.com/kubectl-podkit/podkit/pkg/diagnosis"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
)

// steps show what the probe meets: the probe run by hand while the container runs, and its log.
func (f *failing) steps(k *diagnosis.Case) []diagnosis.Remedy {
	if f.Running() == nil {
		return []diagnosis.Remedy{k.SeeLog(f.Name()), f.change(k, "remedy.probe-change", nil)}
	}
	if f.host() != "" || f.misnamed() {
		return []diagnosis.Remedy{f.log(k), f.change(k, "remedy.probe-change", nil)}
	}
	return []diagnosis.Remedy{f.byHand(k), f.log(k)}
}

// log reads what the running instance writes.
func (c check) log(k *diagnosis.Case) diagnosis.Remedy {
	return k.Look("remedy.probe-log", message.Args{"Container": c.Name()}, "logs %s -c %s --tail=50", k.Pod.Name, c.Name())
}

// byHand does what the probe does.
func (c check) byHand(k *diagnosis.Case) diagnosis.Remedy {
	port, _ := c.port()
	if c.spec.Exec == nil {
		return c.ask(k, port, "remedy.probe-forward")
	}
	args := message.Args{"Container": c.Name(), "Kind": string(c.kind)}
	return k.Look("remedy.probe-exec", args, "exec %s -c %s -- %s", k.Pod.Name, c.Name(), c.spec.Exec.Command)
}

// ask asks a port of the pod: what the probe asks over HTTP, through the API server; else a tunnel to the port, for what the
// message says. Unlike the probe it also reaches an app that listens on 127.0.0.1 only.
func (c check) ask(k *diagnosis.Case, port int32, tunnel string) diagnosis.Remedy {
	if c.spec.HTTPGet == nil || c.host() != "" {
		return k.Look(tunnel, message.Args{"Port": port}, "port-forward pod/%s %s", k.Pod.Name, port)
	}
	address := fmt.Sprintf("%s:%d%s", k.Pod.Name, port, c.path())
	if c.https() {
		address = "https:" + address
	}
	return diagnosis.Remedy{
		ID: "remedy.probe-ask", Args: message.Args{"Port": port, "Path": c.path()}, Effect: diagnosis.ReadOnly,
		Command: shellword.New("kubectl podkit curl -n %s %s", k.Pod.Namespace, shellword.Path(address)),
	}
}

// listening shows on which addresses and ports the app listens; a container that is down has nothing but its log.
func (c check) listening(k *diagnosis.Case) diagnosis.Remedy {
	if c.Running() == nil {
		return k.SeeLog(c.Name())
	}
	return k.Look("remedy.probe-listening", message.Args{"Container": c.Name()}, "exec %s -c %s -- netstat -tln", k.Pod.Name, c.Name())
}

// change is a correction of the probe in what the pod was made from.
func (c check) change(k *diagnosis.Case, id string, args message.Args) diagnosis.Remedy {
	remedy := k.EditWorkload()
	remedy.ID = id
	remedy.Args = message.Args{
		"Container": c.Name(), "Kind": string(c.kind), "Field": c.field(), "Handler": c.field() + "." + c.handler(), "Workload": k.Workload().String(),
	}
	maps.Copy(remedy.Args, args)
	return remedy
}

func (c check) setPort(k *diagnosis.Case, port string) diagnosis.Remedy {
	return c.change(k, "remedy.probe-set-port", message.Args{"Port": port})
}

func (c check) setTimeout(k *diagnosis.Case) diagnosis.Remedy {
	return c.change(k, "remedy.probe-set-timeout", nil)
}

// giveTime lengthens the time to start: that of the startup probe, or by one where there is none.
func (c check) giveTime(k *diagnosis.Case) diagnosis.Remedy {
	if c.kind == startup {
		return c.change(k, "remedy.probe-raise-threshold", nil)
	}
	return c.change(k, "remedy.probe-add-startup", nil)
}

// remedies are the steps for what a probe met: look at it, then repair it.
func (m *met) remedies(k *diagnosis.Case) []diagnosis.Remedy {
	var steps []diagnosis.Remedy
	refused := m.refused()
	switch {
	case m.Running() == nil:
		steps = append(steps, k.SeeLog(m.Name()))
	case refused:
		steps = append(steps, m.listening(k), m.byHand(k))
	case m.host() == "":
		steps = append(steps, m.byHand(k))
	}
	fix := m.fix(k)
	if fix == nil && m.Running() != nil || m.cause.id == "probe-timeout" {
		steps = append(steps, m.log(k))
	}
	if fix != nil {
		steps = append(steps, *fix)
	}
	if refused && m.stage == killed {
		steps = append(steps, m.giveTime(k))
	}
	if fix == nil && m.Running() == nil {
		steps = append(steps, m.change(k, "remedy.probe-change", nil))
	}
	return steps
}

// fixes are the messages of the changes that repair a cause, by id and form; one without a form is for all others.
var fixes = map[string]string{
	"probe-connection-refused":          "remedy.probe-fix-listen",
	"probe-connection-refused-host":     "remedy.probe-fix-host",
	"probe-timeout":                     "remedy.probe-set-timeout",
	"probe-http-status-path":            "remedy.probe-fix-path",
	"probe-http-status-login":           "remedy.probe-fix-login",
	"probe-http-status-request":         "remedy.probe-fix-https",
	"probe-exec-failed-absent":          "remedy.probe-fix-command",
	"probe-grpc-failed-unimplemented":   "remedy.probe-fix-grpc-health",
	"probe-grpc-failed-unknown-service": "remedy.probe-fix-grpc-service",
	"probe-grpc-failed-connect":         "remedy.probe-fix-listen",
	"probe-dns":                         "remedy.probe-fix-host",
	"probe-tls-plain-server":            "remedy.probe-fix-http",
	"probe-tls-tls-server":              "remedy.probe-fix-https",
}

func (m *met) fix(k *diagnosis.Case) *diagnosis.Remedy {
	id, found := fixes[m.cause.id+"-"+m.cause.form]
	if !found {
		id, found = fixes[m.cause.id]
	}
	if !found {
		return nil
	}
	args := message.Args{"Port": m.args()["Port"], "Path": m.path(), "Host": m.host()}
	fix := m.change(k, id, args)
	return &fix
}
