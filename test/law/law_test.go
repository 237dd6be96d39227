package law

import "testing"

// rule is a law about imports: the packages that it binds may not import what it forbids.
type rule struct {
	// binds and but are patterns of packages of this module, relative to it; forbids are patterns of import paths, those
	// of this module relative to it, too. A pattern is a path, or a path and "/..." for it and all below.
	binds, but, forbids []string
	// except are imports that are allowed all the same.
	except []string
	// deep forbids what is imported over other packages as well.
	deep bool
	why  string
}

// pure are the packages that only compute. Some of them are yet to come.
var pure = []string{
	"pkg/podstate", "pkg/nodestate", "pkg/access", "pkg/timeline", "pkg/message", "pkg/workflow/...", "pkg/diagnosis/...", "pkg/signature/...",
	"pkg/concept", "pkg/recording/redact", "pkg/shellword",
}

var imports = []rule{
	{
		binds: pure, forbids: []string{"k8s.io/client-go/...", "github.com/spf13/cobra/..."}, deep: true,
		why: "what is said of an object is a pure function of it, so that it can be tested without a cluster or a command line",
	},
	{
		binds: pure, forbids: []string{"os", "os/...", "net", "net/http/...", "io/ioutil", "syscall"},
		why: "a pure package does no I/O; what it needs is handed to it (net/url and net/netip only read texts)",
	},
	{
		binds: []string{"pkg/recording", "pkg/recording/table"}, forbids: []string{"k8s.io/client-go/...", "github.com/spf13/cobra/...", "net/http/..."},
		why: "the file of a recording and its tables know no server",
	},
	{
		binds: []string{"pkg/target", "pkg/casefile"}, forbids: []string{"k8s.io/client-go/...", "github.com/spf13/cobra/..."}, deep: true,
		why: "they ask through small interfaces, so that a recording answers as a live server does",
	},
	{
		binds: []string{"..."}, but: []string{"pkg/cluster", "pkg/action/...", "pkg/recording/..."}, forbids: []string{"k8s.io/client-go/..."},
		except: []string{"cmd/kubectl-podkit k8s.io/client-go/plugin/pkg/client/auth"},
		why:    "every request goes through cluster, which bounds and counts it, or through action, which plans it first; only main registers the login plugins",
	},
	{
		binds: []string{"..."}, but: []string{"pkg/action/..."}, forbids: []string{"k8s.io/kubectl/pkg/cmd/..."},
		why: "kubectl's commands cost 17 MB and 24 ms of start-up, and one place to adapt to them is enough",
	},
	{
		binds: []string{"pkg/report/..."}, forbids: []string{"pkg/cluster", "pkg/action/...", "pkg/cli/..."}, deep: true,
		why: "report knows objects and findings, not where they come from",
	},
	{
		binds: []string{"pkg/cluster", "pkg/casefile", "pkg/target", "pkg/action/..."}, forbids: []string{"pkg/report/...", "pkg/cli/..."}, deep: true,
		why: "whoever reads and acts does not know how it is shown",
	},
	{
		binds: []string{"..."}, but: []string{"cmd/..."}, forbids: []string{"pkg/cli"},
		why: "the command line is the end of the line: nothing depends on it but main",
	},
	{
		binds: []string{"..."}, but: []string{"pkg/cli/...", "cmd/..."}, forbids: []string{"pkg/cli/..."},
		why: "what a command needs that others need as well is not a command and lives outside cli",
	},
	{
		binds: []string{"..."}, but: []string{"pkg/internal/..."}, forbids: []string{"pkg/internal/..."},
		why: "golden files and scenarios are for tests; their flags must not reach the binary",
	},
}

func TestImports(t *testing.T) {
	all := packages(t)
	for _, rule := range imports {
		bound := 0
		for _, p := range all {
			if !rule.isBound(p.path) {
				continue
			}
			bound++
			for _, breach := range rule.breaches(p) {
				t.Error(breach)
			}
		}
		if bound == 0 {
			t.Errorf("a law binds no package any more, was one renamed? %v (%s)", rule.binds, rule.why)
		}
	}
}

// shared are the packages below pkg/cli that commands share.
var shared = []string{"pkg/cli/environment", "pkg/cli/selection", "pkg/cli/completion", "pkg/cli/notice", "pkg/cli/publication"}

// TestCommandsDoNotKnowEachOther: a command imports, of cli, what commands share and its own parts.
func TestCommandsDoNotKnowEachOther(t *testing.T) {
	for _, p := range packages(t) {
		command := commandOf(p.path)
		if command == "" {
			continue
		}
		for _, imported := range p.imports {
			if other := commandOf(imported); other != "" && other != command && !matches(shared, other) {
				t.Errorf("%s imports %s: commands do not know each other; what two need is a package of its own (in %s)",
					p.path, imported, p.importer(imported))
			}
		}
	}
}

// call is a law about code: nobody may use a function but the packages named.
type call struct {
	of, name string
	binds    []string
	but      []string
	why      string
}

var calls = []call{
	{"os", "Exit", []string{"..."}, []string{"cmd/...", "test/bench", "test/picture"}, "an error is returned, so that one place turns it into words and an exit code"},
	{"log", "Fatal", []string{"..."}, nil, "it is os.Exit in disguise"},
	{"log", "Fatalf", []string{"..."}, nil, "it is os.Exit in disguise"},
	{"time", "Sleep", []string{"..."}, nil, "waiting is for an event, with a context that can end it"},
	{"time", "Now", append([]string{"pkg/casefile", "pkg/target", "pkg/report/..."}, pure...), nil, "ages are measured against the time at which something was read, so that a recording says the same in a year"},
	{"time", "Since", append([]string{"pkg/casefile", "pkg/target", "pkg/report/..."}, pure...), nil, "it is time.Now in disguise"},
	{"context", "TODO", []string{"..."}, nil, "the caller's context is handed down, so that an interruption reaches every request"},
}

func TestCalls(t *testing.T) {
	for _, p := range packages(t) {
		for _, breach := range p.uses(t, calls) {
			t.Error(breach)
		}
	}
}

func TestNoInit(t *testing.T) {
	for _, p := range packages(t) {
		for _, where := range p.inits(t) {
			t.Errorf("%s: an init function; what a package needs is made by who uses it, in plain sight", where)
		}
	}
}
