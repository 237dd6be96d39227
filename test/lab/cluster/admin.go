package cluster

import (
	"bytes"
	"encoding/base64"
	"os"

	"github.com/kubectl-podkit/podkit/test/lab/access"
	"github.com/kubectl-podkit/podkit/test/lab/pki"
)

// writeAdmin writes the kubeconfig that people and tests use. Their own changes to it, such as another namespace, last
// until the certificate changes.
func writeAdmin(file string, authority *pki.Authority) error {
	admin, err := authority.Issue(pki.Request{Name: "admin", User: "podkit-lab-admin", Groups: []string{"system:masters"}})
	if err != nil {
		return err
	}
	if current, err := os.ReadFile(file); err == nil && bytes.Contains(current, encoded(admin.Cert)) {
		return nil
	}
	_, err = access.Write(file, authority.Cert(), admin)
	return err
}

// encoded is how a certificate looks in a kubeconfig.
func encoded(pem []byte) []byte {
	return []byte(base64.StdEncoding.EncodeToString(pem))
}
