package pki

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"net"
	"path/filepath"
	"time"
)

// validity is longer than any lab lives. The keys never leave the machine and go with `lab down`.
const validity = 10 * 365 * 24 * time.Hour

// Authority signs certificates and keeps them, PEM encoded, in one directory.
type Authority struct {
	dir, name   string
	certificate *x509.Certificate
	key         crypto.Signer
	now         func() time.Time
}

// Request describes a certificate.
type Request struct {
	// Name is the file name without .crt and .key, unique in the authority's directory.
	Name string
	// User is the common name: for a client its user name.
	User string
	// Groups are the organizations: for a client its groups.
	Groups []string
	// IPs and Names are what a server may be called; both empty makes a client's certificate.
	IPs   []net.IP
	Names []string
}

// Pair is a certificate and its key on disk and in memory.
type Pair struct {
	// CertFile and KeyFile are absolute paths.
	CertFile, KeyFile string
	// Cert and Key are the files' contents, PEM.
	Cert, Key []byte
}

// Open returns the authority whose certificate and key are NAME.crt and NAME.key in dir, and makes them if they are
// missing. now is time.Now except in tests.
func Open(dir, name string, now func() time.Time) (*Authority, error) {
	a := &Authority{dir: dir, name: name, now: now}
	pair, err := a.load(name)
	if err != nil {
		return nil, err
	}
	if pair == nil {
		if pair, err = a.found(name); err != nil {
			return nil, fmt.Errorf("making certificate authority %q: %w", name, err)
		}
	}
	if a.certificate, err = parseCertificate(pair.Cert); err != nil {
		return nil, fmt.Errorf("reading %s: %w; `lab down` clears it", pair.CertFile, err)
	}
	if a.key, err = parseKey(pair.Key); err != nil {
		return nil, fmt.Errorf("reading %s: %w; `lab down` clears it", pair.KeyFile, err)
	}
	return a, nil
}

// found makes a self-signed authority.
func (a *Authority) found(name string) (*Pair, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template, err := a.template(pkix.Name{CommonName: "podkit-lab-" + name})
	if err != nil {
		return nil, err
	}
	template.IsCA = true
	template.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	return a.store(name, der, key)
}

// Issue returns the certificate of a request: the one on disk if there is one, else a new one.
func (a *Authority) Issue(r Request) (Pair, error) {
	pair, err := a.load(r.Name)
	if err == nil && pair == nil {
		pair, err = a.issue(r)
	}
	if err != nil {
		return Pair{}, fmt.Errorf("making certificate %q: %w", r.Name, err)
	}
	return *pair, nil
}

func (a *Authority) issue(r Request) (*Pair, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template, err := a.template(pkix.Name{CommonName: r.User, Organization: r.Groups})
	if err != nil {
		return nil, err
	}
	template.KeyUsage = x509.KeyUsageDigitalSignature
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	if len(r.IPs)+len(r.Names) > 0 {
		// etcd is client and server with one certificate, and so it is simplest for all servers.
		template.ExtKeyUsage = append(template.ExtKeyUsage, x509.ExtKeyUsageServerAuth)
		template.IPAddresses, template.DNSNames = r.IPs, r.Names
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, key.Public(), a.key)
	if err != nil {
		return nil, err
	}
	return a.store(r.Name, der, key)
}

func (a *Authority) template(subject pkix.Name) (*x509.Certificate, error) {
	const bits = 120
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), bits))
	if err != nil {
		return nil, err
	}
	now := a.now()
	return &x509.Certificate{
		SerialNumber:          serial,
		Subject:               subject,
		NotBefore:             now.Add(-time.Hour),
		NotAfter:              now.Add(validity),
		BasicConstraintsValid: true,
	}, nil
}

// Cert is the authority's certificate, PEM.
func (a *Authority) Cert() []byte { return encodeCertificate(a.certificate.Raw) }

// CertFile is the path of the authority's certificate.
func (a *Authority) CertFile() string { return filepath.Join(a.dir, a.name+".crt") }

// KeyFile is the path of the authority's key.
func (a *Authority) KeyFile() string { return filepath.Join(a.dir, a.name+".key") }
