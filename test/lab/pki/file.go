package pki

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/kubectl-podkit/podkit/test/lab/file"
)

// load reads a pair; it is nil if one of its files is missing, which happens when an earlier run was killed between
// the two writes.
func (a *Authority) load(name string) (*Pair, error) {
	pair := Pair{CertFile: filepath.Join(a.dir, name+".crt"), KeyFile: filepath.Join(a.dir, name+".key")}
	var err error
	if pair.Cert, err = os.ReadFile(pair.CertFile); err == nil {
		pair.Key, err = os.ReadFile(pair.KeyFile)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading certificate: %w", err)
	}
	return &pair, nil
}

func (a *Authority) store(name string, der []byte, key *ecdsa.PrivateKey) (*Pair, error) {
	encoded, err := encodeKey(key)
	if err != nil {
		return nil, err
	}
	pair := Pair{
		CertFile: filepath.Join(a.dir, name+".crt"), Cert: encodeCertificate(der),
		KeyFile: filepath.Join(a.dir, name+".key"), Key: encoded,
	}
	if err := file.Write(pair.KeyFile, pair.Key, 0o600); err != nil {
		return nil, err
	}
	return &pair, file.Write(pair.CertFile, pair.Cert, 0o644)
}

// SigningKey returns the files of a key pair without a certificate, NAME.key and NAME.pub, as service account tokens
// are signed with; they are made if missing.
func SigningKey(dir, name string) (private, public string, err error) {
	private, public = filepath.Join(dir, name+".key"), filepath.Join(dir, name+".pub")
	if _, err := os.Stat(public); err == nil {
		return private, public, nil
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return "", "", fmt.Errorf("making signing key %q: %w", name, err)
	}
	encoded, err := encodeKey(key)
	if err != nil {
		return "", "", fmt.Errorf("making signing key %q: %w", name, err)
	}
	der, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return "", "", fmt.Errorf("making signing key %q: %w", name, err)
	}
	if err := file.Write(private, encoded, 0o600); err != nil {
		return "", "", err
	}
	return private, public, file.Write(public, pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}), 0o644)
}

func encodeCertificate(der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

func encodeKey(key *ecdsa.PrivateKey) ([]byte, error) {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), nil
}

func parseCertificate(data []byte) (*x509.Certificate, error) {
	block, _ := pem.Decode(data)
	if block == nil {
		return nil, errors.New("it holds no PEM block")
	}
	return x509.ParseCertificate(block.Bytes)
}

func parseKey(data []byte) (crypto.Signer, error) {
	block, _ := pem.Decode(data)
	if block == nil {
		return nil, errors.New("it holds no PEM block")
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil, fmt.Errorf("it holds a %T, which cannot sign", key)
	}
	return signer, nil
}
