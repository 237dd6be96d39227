package network

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
)

// families are the two sets of tables. The lab has rules in the first only, kube-proxy in both.
func families() []string { return []string{"iptables", "ip6tables"} }

// disallow removes all rules and chains of the lab and of its kube-proxy, in one step a family. It does not ask
// kube-proxy for it (--cleanup), so that it works when the program is gone from the cache.
func disallow(ctx context.Context) error {
	for _, family := range families() {
		saved, err := listRules(ctx, family)
		if err != nil {
			return err
		}
		removal := removal(saved)
		if removal == "" {
			continue
		}
		cmd := exec.CommandContext(ctx, family+"-restore", "--noflush", "--wait", "10")
		cmd.Stdin = strings.NewReader(removal)
		if output, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("removing firewall rules: %s-restore: %w: %s", family, err, strings.TrimSpace(string(output)))
		}
	}
	return nil
}

// listRules lists the rules of a family. A machine without the program, as a bare one is before its first `up`, has none
// that could be anybody's.
func listRules(ctx context.Context, family string) (string, error) {
	if !isInstalled(family + "-save") {
		return "", nil
	}
	listing, err := output(ctx, family+"-save")
	if err != nil {
		return "", fmt.Errorf("listing firewall rules: %w", err)
	}
	return listing, nil
}

func isInstalled(program string) bool {
	_, err := exec.LookPath(program)
	return err == nil
}

// Rules returns the rules and chains that are the lab's or its kube-proxy's.
func Rules(ctx context.Context) ([]string, error) {
	var found []string
	for _, family := range families() {
		saved, err := listRules(ctx, family)
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(saved) {
			if ours(line) {
				found = append(found, strings.TrimSpace(line))
			}
		}
	}
	return found, nil
}

// ours reports whether a line of iptables-save makes, or leads to, something of the lab or of kube-proxy, whose chains
// all begin with KUBE-.
func ours(line string) bool {
	if rest, ok := strings.CutPrefix(line, ":"); ok {
		return strings.HasPrefix(rest, "KUBE-") || strings.HasPrefix(rest, chain+" ")
	}
	return strings.HasPrefix(line, "-A ") &&
		(strings.Contains(line, "KUBE-") || strings.Contains(line, chain) || strings.Contains(line, "podkit-lab"))
}

// removal turns iptables-save's output into iptables-restore's input that removes what is ours: first the rules that
// lead in, then the chains' contents, then the chains.
func removal(saved string) string {
	var all, rules, flushes, deletions strings.Builder
	for line := range strings.Lines(saved) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "*"):
			rules.Reset()
			flushes.Reset()
			deletions.Reset()
			rules.WriteString(line + "\n")
		case line == "COMMIT":
			if flushes.Len() > 0 || strings.Contains(rules.String(), "-D ") {
				all.WriteString(rules.String() + flushes.String() + deletions.String() + "COMMIT\n")
			}
		case !ours(line):
		case strings.HasPrefix(line, ":"):
			name, _, _ := strings.Cut(line[1:], " ")
			flushes.WriteString("-F " + name + "\n")
			deletions.WriteString("-X " + name + "\n")
		case inBuiltinChain(line):
			rules.WriteString("-D" + strings.TrimPrefix(line, "-A") + "\n")
		}
	}
	return all.String()
}

func inBuiltinChain(rule string) bool {
	name, _, _ := strings.Cut(strings.TrimPrefix(rule, "-A "), " ")
	return !strings.HasPrefix(name, "KUBE-") && name != chain
}
