package registry

import (
	"fmt"
	"os"
	"path/filepath"
)

// WriteHosts writes a hosts.toml for each of the lab's registries under certsDir,
// the config_path of containerd's CRI registry section. Plain registries are
// spoken to over HTTP, the untrusted one over HTTPS with the system's CAs alone,
// so its pulls fail with the real x509 error.
//
// The format is containerd's docs/hosts.md, as version 1.6 reads it.
func WriteHosts(certsDir string) error {
	addresses := Endpoints()
	addresses = append(addresses, Endpoint{Kind: Open, Address: SilentAddress})
	for _, e := range addresses {
		dir := filepath.Join(certsDir, e.Address)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return fmt.Errorf("telling containerd about the %s registry: %w", e.Kind, err)
		}
		text := fmt.Sprintf("server = %q\n\n[host.%q]\n  capabilities = [\"pull\", \"resolve\"]\n", e.URL(), e.URL())
		if err := os.WriteFile(filepath.Join(dir, "hosts.toml"), []byte(text), 0o644); err != nil {
			return fmt.Errorf("telling containerd about the %s registry: %w", e.Kind, err)
		}
	}
	return nil
}
