package pki

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func clock() time.Time { return time.Date(2026, time.May, 1, 12, 0, 0, 0, time.UTC) }

func open(t *testing.T, dir string) *Authority {
	t.Helper()
	a, err := Open(dir, "ca", clock)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func issue(t *testing.T, a *Authority, r Request) Pair {
	t.Helper()
	pair, err := a.Issue(r)
	if err != nil {
		t.Fatal(err)
	}
	return pair
}

func leaf(t *testing.T, p Pair) *x509.Certificate {
	t.Helper()
	if _, err := tls.X509KeyPair(p.Cert, p.Key); err != nil {
		t.Fatalf("certificate and key do not fit: %v", err)
	}
	c, err := parseCertificate(p.Cert)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func verify(t *testing.T, a *Authority, c *x509.Certificate, usage x509.ExtKeyUsage, name string) error {
	t.Helper()
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(a.Cert()) {
		t.Fatal("the authority's certificate is no certificate")
	}
	_, err := c.Verify(x509.VerifyOptions{
		Roots: roots, CurrentTime: clock().Add(24 * time.Hour), KeyUsages: []x509.ExtKeyUsage{usage}, DNSName: name,
	})
	return err
}

func TestAServersCertificate(t *testing.T) {
	a := open(t, t.TempDir())
	c := leaf(t, issue(t, a, Request{
		Name: "server", User: "server", IPs: []net.IP{net.ParseIP("10.90.0.1")}, Names: []string{"kubernetes"},
	}))
	for _, name := range []string{"10.90.0.1", "kubernetes"} {
		if err := verify(t, a, c, x509.ExtKeyUsageServerAuth, name); err != nil {
			t.Errorf("not valid for %s: %v", name, err)
		}
	}
	if err := verify(t, a, c, x509.ExtKeyUsageServerAuth, "example.com"); err == nil {
		t.Error("valid for a name that it was not made for")
	}
}

func TestAClientsCertificateCarriesUserAndGroups(t *testing.T) {
	a := open(t, t.TempDir())
	c := leaf(t, issue(t, a, Request{Name: "kubelet", User: "system:node:node1", Groups: []string{"system:nodes"}}))
	if c.Subject.CommonName != "system:node:node1" {
		t.Errorf("user is %q", c.Subject.CommonName)
	}
	if diff := cmp.Diff([]string{"system:nodes"}, c.Subject.Organization); diff != "" {
		t.Error(diff)
	}
	if err := verify(t, a, c, x509.ExtKeyUsageClientAuth, ""); err != nil {
		t.Error(err)
	}
	if err := verify(t, a, c, x509.ExtKeyUsageServerAuth, ""); err == nil {
		t.Error("a client's certificate can be a server's")
	}
}

func TestASecondRunFindsTheSame(t *testing.T) {
	dir := t.TempDir()
	request := Request{Name: "admin", User: "admin"}
	first := issue(t, open(t, dir), request)
	second := issue(t, open(t, dir), request)
	if diff := cmp.Diff(first, second); diff != "" {
		t.Error(diff)
	}
}

func TestHalfAPairIsMadeAgain(t *testing.T) {
	a := open(t, t.TempDir())
	request := Request{Name: "admin", User: "admin"}
	first := issue(t, a, request)
	if err := os.Remove(first.CertFile); err != nil {
		t.Fatal(err)
	}
	if err := verify(t, a, leaf(t, issue(t, a, request)), x509.ExtKeyUsageClientAuth, ""); err != nil {
		t.Error(err)
	}
}

func TestKeysAreForTheirOwnerOnly(t *testing.T) {
	dir := t.TempDir()
	pair := issue(t, open(t, dir), Request{Name: "admin", User: "admin"})
	token, _, err := SigningKey(dir, "service-account")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{pair.KeyFile, token, open(t, dir).KeyFile()} {
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode().Perm(); mode != 0o600 {
			t.Errorf("%s has mode %o", file, mode)
		}
	}
}

func TestADamagedAuthorityIsAnErrorThatHelps(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	if err := os.WriteFile(a.CertFile(), []byte("nonsense"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, "ca", clock); err == nil {
		t.Error("nonsense was taken for a certificate")
	}
}

func TestTheSigningKeyStays(t *testing.T) {
	dir := t.TempDir()
	var contents []string
	for range 2 {
		private, public, err := SigningKey(dir, "service-account")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range []string{private, public} {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			contents = append(contents, string(data))
		}
	}
	if contents[0] != contents[2] || contents[1] != contents[3] {
		t.Error("a second run made another key, and every token is void")
	}
}
