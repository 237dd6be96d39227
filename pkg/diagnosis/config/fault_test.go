package config

import "testing"

// runc is what containerd puts before the words of runc.
const runc = `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: `

func TestClassify(t *testing.T) {
	tests := map[string]struct {
		text string
		want fault
	}{
		"containerd, no such program": {
			runc + `exec: "start-shop": executable file not found in $PATH: unknown`,
			fault{commandNotFound, "path", "start-shop"},
		},
		"containerd, no such file": {
			runc + `exec: "/app/start": stat /app/start: no such file or directory: unknown`,
			fault{commandNotFound, "file", "/app/start"},
		},
		"Docker's quotes in quotes": {
			`OCI runtime create failed: container_linux.go:348: starting container process caused "exec: \"start-shop\": executable file not found in $PATH": unknown`,
			fault{commandNotFound, "path", "start-shop"},
		},
		"crun, no such program": {
			"container create failed: executable file `start-shop` not found in $PATH: No such file or directory",
			fault{commandNotFound, "path", "start-shop"},
		},
		"CRI-O with runc": {
			`container create failed: time="2026-11-22T17:46:15Z" level=error msg="runc create failed: unable to start container process: exec: \"/entrypoint.sh\": permission denied"`,
			fault{commandNotExecutable, "", "/entrypoint.sh"},
		},
		"crun, not executable":       {"container create failed: open executable: Permission denied", fault{commandNotExecutable, "", ""}},
		"containerd, not executable": {runc + `exec: "/etc": permission denied: unknown`, fault{commandNotExecutable, "", "/etc"}},
		"a directory":                {runc + `exec: "/etc": is a directory: unknown`, fault{commandNotExecutable, "directory", "/etc"}},
		"working directory is a file": {
			runc + `error during container init: mkdir /etc/passwd: not a directory: unknown`,
			fault{workingDirInvalid, "file", "/etc/passwd"},
		},
		"working directory is closed": {
			`OCI runtime create failed: container_linux.go:367: starting container process caused: chdir to cwd ("/home/atmo") set in config.json failed: permission denied: unknown`,
			fault{workingDirInvalid, "denied", "/home/atmo"},
		},
		"working directory is absent": {
			`oci runtime error: container_linux.go:265: starting container process caused "chdir to cwd (\"/var/www/html\") set in config.json failed: no such file or directory"`,
			fault{workingDirInvalid, "missing", "/var/www/html"},
		},
		"crun, working directory": {"chdir to `/srv/app`: Permission denied", fault{workingDirInvalid, "denied", "/srv/app"}},
		"a mount over a file": {
			runc + `error during container init: error mounting "/var/lib/kubelet/pods/9075e38f/volumes/kubernetes.io~empty-dir/users" to rootfs at "/etc/passwd": mount /var/lib/kubelet/pods/9075e38f/volumes/kubernetes.io~empty-dir/users:/etc/passwd (via /proc/self/fd/6), flags: 0x5000: not a directory: unknown`,
			fault{mountPathConflict, "file", "/etc/passwd"},
		},
		"Docker, a mount over a file": {
			`OCI runtime create failed: container_linux.go:346: starting container process caused "process_linux.go:424: container init caused \"rootfs_linux.go:58: mounting \\\"/srv/nginx.conf\\\" to rootfs \\\"/var/lib/docker/overlay2/1f/merged\\\" at \\\"/var/lib/docker/overlay2/1f/merged/etc/nginx/nginx.conf\\\" caused \\\"not a directory\\\"\"": unknown: Are you trying to mount a directory onto a file (or vice-versa)?`,
			fault{mountPathConflict, "file", "/var/lib/docker/overlay2/1f/merged/etc/nginx/nginx.conf"},
		},
		"a mount below a read-only one": {
			runc + `error during container init: error mounting "/tmp" to rootfs at "/data/no-such-place": mkdir /run/containerd/io.containerd.runtime.v2.task/k8s.io/d75c/rootfs/data/no-such-place: read-only file system: unknown`,
			fault{mountPathConflict, "readonly", "/data/no-such-place"},
		},
		"the node can't make a hostPath": {
			`failed to generate container "3c5a" spec: failed to generate spec: failed to mkdir "/opt/data": mkdir /opt/data: read-only file system`,
			fault{mountPathConflict, "host", "/opt/data"},
		},
		"subPath": {`failed to prepare subPath for volumeMount "conf" of container "app"`, fault{mountPathConflict, "subpath", "conf"}},
		"seccomp": {
			`failed to create containerd container: cannot load seccomp profile "/var/lib/kubelet/seccomp/x.json": open /var/lib/kubelet/seccomp/x.json: no such file or directory`,
			fault{profileMissing, "seccomp", "/var/lib/kubelet/seccomp/x.json"},
		},
		"AppArmor, old kubelet": {`Cannot enforce AppArmor: profile "shop-web" is not loaded`, fault{profileMissing, "apparmor", "shop-web"}},
		"AppArmor, runc": {
			runc + `error during container init: unable to apply apparmor profile: apparmor failed to apply profile: write /proc/self/attr/apparmor/exec: no such file or directory: unknown`,
			fault{profileMissing, "apparmor", ""},
		},
		"SELinux, Docker": {
			`Error response from daemon: SELinux relabeling of /var/lib/kubelet/pods/3d1c/volumes/fq~lizardfs/test is not allowed: "operation not supported"`,
			fault{profileMissing, "selinux", "/var/lib/kubelet/pods/3d1c/volumes/fq~lizardfs/test"},
		},
		"device, Docker": {
			`error gathering device information while adding custom device "/dev/net/tun": no such file or directory`,
			fault{deviceMissing, "path", "/dev/net/tun"},
		},
		"CDI": {`CDI device injection failed: unresolvable CDI devices nvidia.com/gpu=0`, fault{deviceMissing, "cdi", "nvidia.com/gpu=0"}},
		"NVIDIA": {
			runc + `error during container init: error running prestart hook #0: exit status 1, stdout: , stderr: Auto-detected mode as 'legacy' nvidia-container-cli: initialization error: load library failed: libnvidia-ml.so.1: cannot open shared object file: no such file or directory: unknown`,
			fault{deviceMissing, "driver", "initialization error: load library failed: libnvidia-ml.so.1: cannot open shared object file: no such file or directory"},
		},
		"root": {
			`container has runAsNonRoot and image will run as root (pod: "web_shop(458f)", container: app)`,
			fault{runAsNonRoot, "root", ""},
		},
		"Windows' root": {
			`container's runAsUserName (ContainerAdministrator) which will be regarded as root identity and will break non-root policy (pod: "web_shop(458f)", container: app)`,
			fault{runAsNonRoot, "zero", "ContainerAdministrator"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got, ok := classify(test.text); !ok || got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func TestClassifyLeavesOtherErrorsAlone(t *testing.T) {
	for _, text := range []string{
		`configmap "shop-config" not found`,
		`couldn't find key password in Secret shop/database`,
		runc + `exec: "/app/server": exec format error: unknown`,
		`error setting label on mount source '/var/lib/kubelet/pods/3739/volumes/kubernetes.io~cinder/pvc-743c': no space left on device`,
		`failed to reserve container name "web": name "web" is reserved for "3c5a"`,
		`failed to create containerd container: mkdir /var/lib/containerd/tmp: read-only file system`,
		`context deadline exceeded`,
	} {
		if got, ok := classify(text); ok {
			t.Errorf("%q is taken for %+v", text, got)
		}
	}
}
