package concept

import "slices"

// List returns every topic in the order in which a newcomer would read them: what runs, where, who made it, how it lives
// and dies, what it needs, how it is reached, and how one looks at it.
func List() []Concept {
	return slices.Concat(workloads(), machines(), owners(), lives(), needs(), roads(), tools())
}

func workloads() []Concept {
	return []Concept{
		{ID: "pod", Aliases: []string{"po", "pods"}, Related: []string{"container", "node", "owner", "pod-phase", "event"}, Actions: []string{"get", "describe"}},
		{
			ID: "container", Aliases: []string{"containers"}, Related: []string{"pod", "image", "exit-code", "log"},
			Findings: []string{"container-created-not-started"},
		},
		{
			ID: "init-container", Aliases: []string{"init", "initcontainer", "init-containers"}, Related: []string{"container", "sidecar", "log"},
			Findings: []string{"init-failed", "init-stuck"},
		},
		{
			ID: "sidecar", Aliases: []string{"sidecars"}, Related: []string{"init-container", "container", "probe"},
			Findings: []string{"sidecar-failed"},
		},
		{
			ID: "image", Aliases: []string{"images", "tag", "registry"}, Related: []string{"image-pull", "container", "container-runtime"},
			Findings: []string{
				"image-exec-format", "image-invalid-name", "image-not-found", "image-platform-mismatch", "log-exec-format",
				"command-not-found", "command-not-executable", "working-dir-invalid",
			},
		},
	}
}

func machines() []Concept {
	return []Concept{
		{
			ID: "node", Aliases: []string{"no", "nodes"}, Related: []string{"kubelet", "scheduling", "taint", "eviction"},
			Findings: []string{"image-no-space", "oom-node", "host-device-missing"},
		},
		{
			ID: "control-plane", Aliases: []string{"controlplane", "master", "api-server", "apiserver", "etcd"},
			Related: []string{"node", "scheduling", "kubelet"},
		},
		{ID: "kubelet", Related: []string{"node", "container-runtime", "probe", "log"}},
		{
			ID: "container-runtime", Aliases: []string{"runtime", "containerd", "cri", "cri-o"}, Related: []string{"kubelet", "image-pull", "container"},
			Findings: []string{"container-created-not-started", "image-volume-failed", "security-profile-missing"},
		},
		{ID: "namespace", Aliases: []string{"ns", "namespaces"}, Related: []string{"context", "label", "rbac"}},
		{
			ID: "scheduling", Aliases: []string{"scheduler", "pending", "failedscheduling"},
			Related: []string{"node", "resources", "taint", "volume"},
		},
		{ID: "taint", Aliases: []string{"taints", "toleration", "tolerations"}, Related: []string{"node", "scheduling", "eviction"}},
	}
}

func owners() []Concept {
	return []Concept{
		{ID: "deployment", Aliases: []string{"deploy", "deployments", "rollout"}, Related: []string{"replicaset", "owner", "probe"}},
		{ID: "replicaset", Aliases: []string{"rs", "replicasets", "replica"}, Related: []string{"deployment", "owner", "pod"}},
		{ID: "statefulset", Aliases: []string{"sts", "statefulsets"}, Related: []string{"volume", "deployment", "owner"}},
		{ID: "daemonset", Aliases: []string{"ds", "daemonsets"}, Related: []string{"node", "taint", "owner"}},
		{
			ID: "job", Aliases: []string{"jobs", "cronjob", "cronjobs", "cj"}, Related: []string{"restart-policy", "exit-code", "owner"},
			Findings: []string{"exits-zero-restarts"},
		},
		{ID: "owner", Aliases: []string{"owners", "controller", "ownerreference", "ownerreferences"}, Related: []string{"deployment", "statefulset", "daemonset", "job"}},
	}
}

func lives() []Concept {
	return []Concept{
		{ID: "pod-phase", Aliases: []string{"phase", "status"}, Related: []string{"condition", "pod", "crash-loop-backoff"}, Actions: []string{"get"}},
		{
			ID: "condition", Aliases: []string{"conditions", "ready", "readiness-gate"}, Related: []string{"pod-phase", "event", "probe", "service"},
			Findings: []string{"readiness-gate-unmet"}, Actions: []string{"wait"},
		},
		{ID: "event", Aliases: []string{"ev", "events"}, Related: []string{"condition", "kubelet", "scheduling"}, Actions: []string{"describe"}},
		{
			ID: "probe", Aliases: []string{"probes", "liveness", "readiness", "startup", "healthcheck"}, Related: []string{"condition", "service", "restart-policy", "signal"},
			Findings: []string{
				"readiness-failing", "liveness-failing", "startup-failing", "liveness-killed", "startup-killed",
				"probe-connection-refused", "probe-dns", "probe-exec-failed", "probe-grpc-failed", "probe-http-status",
				"probe-port-mismatch", "probe-timeout", "probe-tls", "probe-too-tight",
			},
		},
		{
			ID: "restart-policy", Aliases: []string{"restartpolicy", "restart", "restarts"}, Related: []string{"crash-loop-backoff", "exit-code", "job"},
			Findings: []string{"exits-zero-restarts", "restarts-high"},
		},
		{
			ID: "crash-loop-backoff", Aliases: []string{"crashloopbackoff", "crashloop", "backoff", "crash"}, Related: []string{"exit-code", "log", "restart-policy", "oom"},
			Findings: []string{"app-exit", "app-signal", "exits-zero-restarts", "log-panic"},
		},
		{
			ID: "exit-code", Aliases: []string{"exitcode", "exit-codes", "exit"}, Related: []string{"signal", "oom", "crash-loop-backoff"},
			Findings: []string{"app-exit", "app-signal", "command-not-found", "command-not-executable", "log-panic"},
		},
		{
			ID: "signal", Aliases: []string{"signals", "sigterm", "sigkill", "sigsegv"}, Related: []string{"exit-code", "oom", "probe"},
			Findings: []string{"app-signal", "liveness-killed", "startup-killed", "lifecycle-hook-failed"},
		},
		{
			ID: "oom", Aliases: []string{"oomkilled", "oom-killed", "out-of-memory"}, Related: []string{"resources", "exit-code", "eviction"},
			Findings: []string{"oom-killed", "oom-node", "log-out-of-memory"},
		},
		{ID: "eviction", Aliases: []string{"evicted", "evict", "drain"}, Related: []string{"node", "resources", "taint"}},
	}
}

func needs() []Concept {
	return []Concept{
		{
			ID: "image-pull", Aliases: []string{"imagepullbackoff", "errimagepull", "pull", "imagepullsecrets"}, Related: []string{"image", "container-runtime", "configmap-secret"},
			Findings: []string{
				"image-never-pull", "image-no-space", "image-not-found", "image-pull-rate-limited", "image-pull-secret-missing",
				"image-pull-unauthorized", "image-pulling-slowly", "image-registry-tls", "image-registry-unreachable",
			},
		},
		{
			ID: "configmap-secret", Aliases: []string{"cm", "configmap", "configmaps", "secret", "secrets"}, Related: []string{"volume", "namespace", "container"},
			Findings: []string{
				"configmap-missing", "configmap-key-missing", "secret-missing", "secret-key-missing", "log-missing-env", "log-config-parse",
			},
		},
		{
			ID: "volume", Aliases: []string{"volumes", "pvc", "pv", "persistentvolumeclaim", "persistentvolume", "storage"},
			Related:  []string{"configmap-secret", "statefulset", "scheduling"},
			Findings: []string{"image-volume-failed", "mount-path-conflict", "log-disk-full", "log-file-missing"},
		},
		{
			ID: "resources", Aliases: []string{"requests", "limits", "request", "limit", "quota"}, Related: []string{"oom", "scheduling", "eviction"},
			Findings: []string{"oom-killed"},
		},
		{
			ID: "security-context", Aliases: []string{"securitycontext", "runasnonroot", "pod-security"}, Related: []string{"container", "rbac", "exec"},
			Findings: []string{"run-as-non-root", "security-profile-missing", "log-permission-denied", "log-read-only-fs"},
		},
	}
}

func roads() []Concept {
	return []Concept{
		{ID: "label", Aliases: []string{"labels", "selector", "selectors"}, Related: []string{"service", "owner", "endpoints"}, Actions: []string{"selector"}},
		{
			ID: "service", Aliases: []string{"svc", "services"}, Related: []string{"endpoints", "label", "dns", "probe"},
			Findings: []string{"log-connection-refused", "log-timeout"},
		},
		{ID: "endpoints", Aliases: []string{"ep", "endpoint", "endpointslice", "endpointslices"}, Related: []string{"service", "label", "condition", "proxy"}, Actions: []string{"endpoints"}},
		{
			ID: "dns", Aliases: []string{"coredns"}, Related: []string{"service", "namespace", "endpoints"},
			Findings: []string{"log-dns-failed", "probe-dns"},
		},
	}
}

func tools() []Concept {
	return []Concept{
		{ID: "log", Aliases: []string{"logs"}, Related: []string{"container", "crash-loop-backoff", "kubelet"}, Actions: []string{"logs"}},
		{ID: "exec", Aliases: []string{"shell"}, Related: []string{"container", "security-context", "rbac"}, Actions: []string{"exec"}},
		{ID: "proxy", Aliases: []string{"port-forward", "portforward", "curl"}, Related: []string{"service", "control-plane", "rbac"}, Actions: []string{"curl"}},
		{
			ID: "rbac", Aliases: []string{"rights", "role", "roles", "rolebinding", "serviceaccount", "sa", "forbidden"}, Related: []string{"namespace", "context", "security-context"},
			Findings: []string{"log-forbidden", "log-auth-failed"},
		},
		{ID: "context", Aliases: []string{"kubeconfig", "contexts"}, Related: []string{"namespace", "rbac", "control-plane"}},
	}
}
