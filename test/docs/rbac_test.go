package docs

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	rbacv1 "k8s.io/api/rbac/v1"

	"github.com/kubectl-podkit/podkit/pkg/access"
	"github.com/kubectl-podkit/podkit/pkg/message"
	"github.com/kubectl-podkit/podkit/pkg/report"
)

// generated begins every file of deploy/rbac.
const generated = "# Generated from pkg/access, which test/rights keeps true; to write it anew: make update\n"

// purposes say what a role is for, in its file.
var purposes = map[string]string{
	access.Read:        "What every command of podkit that only reads asks for. It holds no Secrets: diagnose says then that it\n# could not read them, instead of guessing.",
	access.Active:      "podkit-read, and what it takes to get into Pods: exec, curl, and the guided run of debug.",
	access.SecretNames: "Lets diagnose tell whether a Secret exists, and find the nearest name. podkit asks for the metadata of Secrets\n# and never for their data, but RBAC knows no right to the metadata alone: whoever is bound to this role can read the data\n# with other tools. Bind it only where that is acceptable.",
	access.AppWrites:   "Lets curl send apps what is no GET: -X POST, PUT, PATCH and DELETE.",
}

// TestRBAC compares deploy/rbac with the roles of pkg/access.
func TestRBAC(t *testing.T) {
	files := map[string]string{"README.md": rbacPage(t)}
	for _, role := range access.Roles() {
		name := strings.TrimPrefix(role.Name, "podkit-")
		files[name+".yaml"] = generated + "# " + purposes[role.Name] + "\n" + roleText("ClusterRole", role.Name, role.ClusterRules())
		if len(role.Elsewhere) > 0 {
			files["namespaced-"+name+".yaml"] = generated + "# The part of " + role.Name + " that can be had in one namespace alone. Without the rest nothing is known of Nodes\n# and of what else has no namespace.\n" +
				roleText("Role", role.Name, role.Rules)
		}
	}
	folder := filepath.Join(root, "deploy", "rbac")
	if *update {
		if err := os.RemoveAll(folder); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		for name, text := range files {
			if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	there := map[string]string{}
	paths, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		there[filepath.Base(path)] = string(data)
	}
	if diff := cmp.Diff(there, files); diff != "" {
		t.Errorf("deploy/rbac is stale, run: make update\n(-there +generated)\n%s", diff)
	}
}

func roleText(kind, name string, rules []rbacv1.PolicyRule) string {
	var text strings.Builder
	fmt.Fprintf(&text, "apiVersion: rbac.authorization.k8s.io/v1\nkind: %s\nmetadata:\n  name: %s\nrules:\n", kind, name)
	for _, rule := range rules {
		text.WriteString("  " + report.RuleLine(rule) + "\n")
	}
	return text.String()
}

// rbacPage is deploy/rbac/README.md.
func rbacPage(t *testing.T) string {
	t.Helper()
	catalog, err := message.NewCatalog(message.English)
	if err != nil {
		t.Fatal(err)
	}
	var page strings.Builder
	page.WriteString(`# What podkit asks of a cluster

Roles for those who use podkit, and what each command asks for. This page and the manifests beside it are generated from
[pkg/access](../../pkg/access); ` + "`test/rights`" + ` runs every command against a server that writes down what it is asked, and
fails when the list is not exactly that. ` + "`kubectl podkit doctor`" + ` compares the list with what you may do.

| role | for | manifest |
|---|---|---|
| ` + "`podkit-read`" + ` | every command that only reads | [read.yaml](read.yaml), in one namespace [namespaced-read.yaml](namespaced-read.yaml) |
| ` + "`podkit-active`" + ` | that, and getting into Pods: exec, curl, debug | [active.yaml](active.yaml), in one namespace [namespaced-active.yaml](namespaced-active.yaml) |
| ` + "`podkit-secret-names`" + ` | telling whether a Secret exists; see below | [secret-names.yaml](secret-names.yaml) |
| ` + "`podkit-app-writes`" + ` | curl with -X POST, PUT, PATCH or DELETE | [app-writes.yaml](app-writes.yaml) |

For the whole cluster, and for one namespace:

` + "```sh" + `
kubectl apply -f deploy/rbac/read.yaml
kubectl create clusterrolebinding podkit-read-jane --clusterrole=podkit-read --user=jane
kubectl apply -n shop -f deploy/rbac/namespaced-read.yaml
kubectl create rolebinding podkit-read-jane -n shop --role=podkit-read --user=jane
` + "```" + `

**Secrets.** podkit asks the server for the metadata of Secrets and never for their data, but RBAC knows only the right to
both. So the role for reading leaves Secrets out. A diagnosis without that right says what it could not read and does not
guess: a Pod that waits for a Secret is told to wait for it, as its own status says, with "could not read: secrets" beside it.

Every user may ask, without any of these roles, for the server's version, for its list of resources, and what they
themselves may do.

## What each command asks for
`)
	for _, command := range access.Commands() {
		fmt.Fprintf(&page, "\n### %s\n\n| right | where | role | without it is lost |\n|---|---|---|---|\n", command.Name)
		var rows []string
		for _, need := range command.Needs {
			place := "namespace " + need.Place.Namespace("")
			switch need.Place {
			case access.There:
				place = "its namespace"
			case access.Everywhere:
				place = "the cluster"
			}
			lost := catalog.Text(need.Lost, message.Args{"Resource": need.Resource})
			switch need.Weight {
			case access.Vital:
				lost += " (nothing works without it)"
			case access.Either:
				lost += " (one of them is needed)"
			}
			rows = append(rows, fmt.Sprintf("| `%s` | %s | `%s` | %s |\n", need.Right, place, need.Role(), cell(lost)))
		}
		page.WriteString(strings.Join(slices.Compact(rows), ""))
	}
	return page.String()
}
