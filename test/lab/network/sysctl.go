package network

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/kubectl-podkit/podkit/test/lab/file"
)

// settings are the kernel settings that the lab changes, by their path below /proc/sys; an empty value is one that
// only the kubelet and kube-proxy change, which the lab remembers so as to put it back.
func settings() map[string]string {
	return map[string]string{
		"net/ipv4/ip_forward": "1",
		// kubelet: setupKernelTunables in pkg/kubelet/cm/container_manager_linux.go.
		"vm/overcommit_memory":             "",
		"vm/panic_on_oom":                  "",
		"kernel/panic":                     "",
		"kernel/panic_on_oops":             "",
		"kernel/keys/root_maxkeys":         "",
		"kernel/keys/root_maxbytes":        "",
		"net/ipv4/conf/all/route_localnet": "",
		// kube-proxy: NewProxier in pkg/proxy/iptables/proxier.go and cmd/kube-proxy/app/conntrack.go.
		"net/netfilter/nf_conntrack_max":                     "",
		"net/netfilter/nf_conntrack_tcp_timeout_established": "",
		"net/netfilter/nf_conntrack_tcp_timeout_close_wait":  "",
		"net/netfilter/nf_conntrack_tcp_be_liberal":          "",
	}
}

// sysctls are the kernel's settings below a directory, /proc/sys except in tests.
type sysctls struct{ root string }

func kernel() sysctls { return sysctls{root: "/proc/sys"} }

// apply notes the former values, unless an earlier run has, and sets the lab's.
func (s sysctls) apply(path string) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if err := s.remember(path); err != nil {
			return fmt.Errorf("remembering kernel settings: %w", err)
		}
	}
	for name, value := range settings() {
		if value == "" {
			continue
		}
		if err := os.WriteFile(filepath.Join(s.root, name), []byte(value), 0); err != nil {
			return fmt.Errorf("changing kernel setting: %w", err)
		}
	}
	return nil
}

func (s sysctls) remember(path string) error {
	former := map[string]string{}
	for name := range settings() {
		value, err := os.ReadFile(filepath.Join(s.root, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		former[name] = strings.TrimSpace(string(value))
	}
	data, err := json.MarshalIndent(former, "", "  ")
	if err != nil {
		return err
	}
	return file.Write(path, data, 0o644)
}

// restore puts the former values back; without the file there is nothing to put back.
func (s sysctls) restore(path string) error {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("restoring kernel settings: %w", err)
	}
	var former map[string]string
	if err := json.Unmarshal(data, &former); err != nil {
		return fmt.Errorf("restoring kernel settings from %s: %w", path, err)
	}
	for name, value := range former {
		setting := filepath.Join(s.root, name)
		current, err := os.ReadFile(setting)
		if err != nil || strings.TrimSpace(string(current)) == value {
			continue
		}
		if err := os.WriteFile(setting, []byte(value), 0); err != nil {
			return fmt.Errorf("restoring kernel settings: %w", err)
		}
	}
	return nil
}
