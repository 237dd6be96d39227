package repertoire

import (
	"bufio"
	"cmp"
	"context"
	"encoding/hex"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/shellword"
	"github.com/kubectl-podkit/podkit/pkg/workflow"
)

// sockets are the kernel's tables of TCP sockets. They are those of the network namespace, which all containers of a pod share.
var sockets = [...]string{"/proc/net/tcp", "/proc/net/tcp6"}

// listening is the state LISTEN in these tables (Linux include/net/tcp_states.h).
const listening = "0A"

// listeners says where programs of the pod listen for TCP connections, and what that means for the port asked for: the one
// of with, else that of the probe, else the one that the pod declares.
func (t Tools) listeners(ctx context.Context, subject *Subject, with map[string]string) Result {
	pod := subject.Pod
	result := Result{
		Commands: listed(t.Kubectl.about(pod.Namespace, inContainer(subject, shellword.New("kubectl exec %s -- cat %s", pod.Name, sockets[:])))),
		Args:     message.Args{"Asked": "", "Listening": ""},
	}
	asked := subject.asked(with)
	result.Args["Asked"] = asked
	stdout, _, err := t.Pods.Capture(ctx, pod, subject.container(), []string{"cat", sockets[0], sockets[1]})
	if err != nil && stdout == "" {
		result.Err = err
		if isA(err, "exec.no-program") {
			result.Facts = append(result.Facts, "no-program")
		}
		return forbidden(result)
	}
	// Without IPv6 the second table is not there and cat ends with 1; what it wrote before counts.
	found := listenersIn(stdout)
	rows := [][]string{{"LISTENS AT", "REACHED FROM"}}
	var all []string
	for _, at := range found {
		from := "anywhere"
		if at.Addr().IsLoopback() {
			from = "this Pod only"
		}
		rows = append(rows, []string{at.String(), from})
		all = append(all, at.String())
	}
	result.Args["Listening"] = strings.Join(all, ", ")
	result.Facts = append(result.Facts, listenFacts(found, asked)...)
	if len(found) == 0 {
		return result
	}
	return t.firstLines(result, columns(rows), tableLines, result.Commands[0].Command)
}

// listenFacts says how a port stands among the listeners: "listens" for anyone, on the "loopback" alone, or only "elsewhere"
// on other ports; "silent" when there is no listener at all.
func listenFacts(found []netip.AddrPort, asked string) []string {
	if len(found) == 0 {
		return []string{"silent"}
	}
	local := false
	for _, at := range found {
		if strconv.Itoa(int(at.Port())) != asked {
			continue
		}
		if !at.Addr().IsLoopback() {
			return []string{"listens"}
		}
		local = true
	}
	switch {
	case local:
		return []string{"loopback"}
	case asked == "":
		return nil
	}
	return []string{"elsewhere"}
}

// listenersIn reads the listening sockets of /proc/net/tcp and tcp6, sorted by port, each once.
func listenersIn(text string) []netip.AddrPort {
	var found []netip.AddrPort
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) < 4 || fields[3] != listening {
			continue
		}
		if at, ok := socketAddress(fields[1]); ok {
			found = append(found, at)
		}
	}
	slices.SortFunc(found, func(a, b netip.AddrPort) int {
		return cmp.Or(cmp.Compare(a.Port(), b.Port()), a.Addr().Compare(b.Addr()))
	})
	return slices.Compact(found)
}

// socketAddress reads "0100007F:1F90", 127.0.0.1:8080: an address in words of four bytes, each in the order of the machine,
// which is little-endian wherever Kubernetes runs (s390x excepted), and a port in plain hexadecimal.
func socketAddress(text string) (netip.AddrPort, bool) {
	address, port, _ := strings.Cut(text, ":")
	number, err := strconv.ParseUint(port, 16, 16)
	if err != nil {
		return netip.AddrPort{}, false
	}
	raw, err := hex.DecodeString(address)
	if err != nil || len(raw)%4 != 0 {
		return netip.AddrPort{}, false
	}
	for i := 0; i < len(raw); i += 4 {
		slices.Reverse(raw[i : i+4])
	}
	at, ok := netip.AddrFromSlice(raw)
	return netip.AddrPortFrom(at.Unmap(), uint16(number)), ok
}

// listenersPlan says what it would do: the same program as an exec.
func (t Tools) listenersPlan(subject *Subject, _ map[string]string) Plan {
	return t.programPlan(subject, []string{"cat", sockets[0], sockets[1]})
}

// listenersAction is what a workflow may know of it.
func listenersAction() workflow.Action {
	return workflow.Action{
		Consent: func(map[string]string) workflow.Consent { return workflow.Active },
		Params:  []string{"port", "probe"},
		Facts:   []string{"listens", "loopback", "elsewhere", "silent", "no-program", "forbidden"},
		Args:    []string{"Asked", "Listening"},
	}
}
