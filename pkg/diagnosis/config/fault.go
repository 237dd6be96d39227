package config

import (
	"regexp"
	"strings"
	"sync"
)

// The causes that the words of a failed start can mean.
const (
	runAsNonRoot         = "run-as-non-root"
	commandNotFound      = "command-not-found"
	commandNotExecutable = "command-not-executable"
	workingDirInvalid    = "working-dir-invalid"
	mountPathConflict    = "mount-path-conflict"
	profileMissing       = "security-profile-missing"
	deviceMissing        = "host-device-missing"
)

// fault is what the words of a failed start mean. Subject is the thing that they name: a command, a path, a profile, a
// user; it is empty when they name none.
type fault struct {
	id, form, subject string
}

// mounting is how runc tells of a mount that failed (libcontainer/rootfs_linux.go, mountToRootfs; before 1.0 with the
// root file system's own path, and "caused").
const mounting = `mounting "[^"]+" to rootfs(?: "[^"]+")? at "([^"]+)".*`

// makingIt is how runc tells that it cannot make the working directory (libcontainer/rootfs_linux.go, prepareRootfs).
const makingIt = `container (?:init|process)[^"]{0,60}: mkdir ([^:"]+): `

// faultWords are the words of the kubelet and of runtimes for starts that fail, the more telling ones first: a path that
// cannot be found is one thing in a mount and another in a command. The first group that matched is the subject.
var faultWords = []struct {
	id, form string
	words    func() *regexp.Regexp
}{
	// The kubelet (pkg/kubelet/kuberuntime/security_context_others.go and _windows.go, verifyRunAsNonRoot).
	{runAsNonRoot, "root", words(`runAsNonRoot and image will run as root`)},
	{runAsNonRoot, "name", words(`runAsNonRoot and image has non-numeric user \(([^)]*)\)`)},
	{runAsNonRoot, "invalid", words(`runAsNonRoot and image has an invalid user id \(([^)]*)\)`)},
	{runAsNonRoot, "zero", words(`runAsUser(?:Name)?(?: \(([^)]*)\))? (?:breaks non-root policy|which will be regarded as root)`)},
	// The kubelet (pkg/kubelet/kubelet_pods.go, makeMounts).
	{mountPathConflict, "subpath", words(`failed to (?:prepare subPath|create subPath directory) for volumeMount "([^"]+)"`)},

	// containerd (contrib/seccomp, WithProfile) and CRI-O (internal/config/seccomp).
	{profileMissing, "seccomp", words(`(?:seccomp|local) profile "([^"]+)": open [^:]+: no such file`)},
	// containerd (internal/cri/server, generateApparmorSpecOpts), old kubelets, runc (libcontainer/apparmor).
	{profileMissing, "apparmor", words(`apparmor profile not found "?([^\s":]+)|profile "([^"]+)" is not loaded|apply apparmor profile`)},
	{profileMissing, "apparmor-off", words(`cannot enforce AppArmor|AppArmor is not (?:enabled|supported)`)},
	// containerd (pkg/oci, relabel), Docker, CRI-O, runc (setting the key-creation label).
	{profileMissing, "selinux", words(`relabel "([^"]+)" with .*failed: .*(?:not supported|not permitted|denied|invalid argument)` +
		`|SELinux relabeling of (\S+) is not allowed` +
		`|setting label on mount source '([^']+)': .*(?:not supported|not permitted|denied|invalid argument)` +
		`|relabel failed "?([^\s":]+)"?: .*(?:not supported|not permitted|denied)` +
		`|attr/keycreate[^:]*: (?:invalid argument|permission denied)`)},

	// Docker (daemon/oci_linux.go), containerd (internal/cri/opts, WithMounts and WithDevices), CDI, NVIDIA's hook, the
	// kubelet (pkg/kubelet/cm/devicemanager).
	{deviceMissing, "path", words(`gathering device information while adding custom device "([^"]+)"|failed to stat "(/dev/[^"]+)"` +
		`|(?:l?stat|open) (/dev/[^\s:"]+): no such (?:file or directory|device)`)},
	{deviceMissing, "cdi", words(`unresolvable CDI devices? ([^:]+)`)},
	{deviceMissing, "driver", words(`nvidia-container-cli(?:\.real)?: ((?:initialization|device|mount|detection|ldcache) error: .+?)(?:: unknown)?$`)},
	{deviceMissing, "plugin", words(`device plugin (\w+) rpc failed`)},

	{mountPathConflict, "file", words(mounting + `(?:not a directory|is a directory)|mount .[^\x60]+. to \x60([^\x60]+)\x60: not a directory`)},
	{mountPathConflict, "readonly", words(mounting + `read-only file system`)},
	{mountPathConflict, "source", words(mounting + `no such file or directory`)},
	{mountPathConflict, "host", words(`failed to mkdir "([^"]+)": mkdir`)},

	// runc (libcontainer/init_linux.go, finalizeNamespace; libcontainer/rootfs_linux.go, prepareRootfs), crun.
	{workingDirInvalid, "denied", words(`chdir to (?:cwd )?[("\x60]+([^"\x60]+).*: permission denied|` + makingIt + `permission denied`)},
	{workingDirInvalid, "missing", words(`chdir to (?:cwd )?[("\x60]+([^"\x60]+).*: no such file`)},
	{workingDirInvalid, "file", words(`chdir to (?:cwd )?[("\x60]+([^"\x60]+).*: not a directory|` + makingIt + `not a directory`)},
	{workingDirInvalid, "readonly", words(makingIt + `read-only file system`)},

	// runc (libcontainer/standard_init_linux.go, through os/exec.LookPath) and crun.
	{commandNotFound, "path", words(`exec: "([^"]*)": executable file not found|executable file \x60([^\x60]+)\x60 not found in|executable file not found in \$PATH`)},
	{commandNotFound, "file", words(`exec: "([^"]+)": (?:stat [^:]+: )?no such file or directory`)},
	{commandNotFound, "interpreter", words(`exec user process caused:? "?no such file|exec (/[^:\s]+): no such file`)},
	{commandNotExecutable, "directory", words(`exec: "([^"]+)": is a directory`)},
	{commandNotExecutable, "", words(`exec: "([^"]+)": (?:stat [^:]+: )?permission denied|exec \x60([^\x60]+)\x60: permission denied|open executable: permission denied`)},
}

// words compiles a pattern that does not mind case, since crun begins its errors with capitals, when it is needed first: all
// of them together would slow down every start of every command.
func words(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?is)` + pattern) })
}

// classify says what the words of a failed start mean. Old runtimes put an error into another one's quotes, so backslashes
// do not count.
func classify(text string) (fault, bool) {
	text = strings.ReplaceAll(text, `\`, "")
	for _, row := range faultWords {
		if match := row.words().FindStringSubmatch(text); match != nil {
			return fault{row.id, row.form, firstOf(match[1:])}, true
		}
	}
	return fault{}, false
}

func firstOf(texts []string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}
