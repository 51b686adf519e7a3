// Command prepare does what `start` would otherwise need openssl, curl and luck for:
//
//	prepare certs DIR                      CA, serving and client certificates, service account keys
//	prepare ports N                        N ports of 127.0.0.1 that are free right now
//	prepare wait DIR BASE_URL PATH...      waits until a GET of each path answers 200, as the administrator
package main

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	mathrand "math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "prepare:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 2 && args[0] == "certs":
		return writeCertificates(args[1])
	case len(args) == 2 && args[0] == "ports":
		count, err := strconv.Atoi(args[1])
		if err != nil {
			return err
		}
		return printFreePorts(count)
	case len(args) >= 4 && args[0] == "wait":
		ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
		defer cancel()
		return waitFor(ctx, args[1], args[2], args[3:])
	}
	return fmt.Errorf("usage: prepare certs DIR | ports N | wait DIR BASE_URL PATH...")
}

// printFreePorts stays below the range from which Linux takes ports for outgoing connections, so
// that a connection made in between cannot take one away. It holds all of them until all are found.
func printFreePorts(count int) error {
	for tries := 0; count > 0; tries++ {
		if tries == 1000 {
			return fmt.Errorf("no free ports on 127.0.0.1")
		}
		port := 15000 + mathrand.IntN(17000)
		listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err != nil {
			continue
		}
		defer listener.Close()
		fmt.Println(port)
		count--
	}
	return nil
}

func waitFor(ctx context.Context, dir, base string, paths []string) error {
	pair, err := tls.LoadX509KeyPair(filepath.Join(dir, "admin.crt"), filepath.Join(dir, "admin.key"))
	if err != nil {
		return err
	}
	roots := x509.NewCertPool()
	ca, err := os.ReadFile(filepath.Join(dir, "ca.crt"))
	if err != nil {
		return err
	}
	roots.AppendCertsFromPEM(ca)
	client := &http.Client{Transport: &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: roots, Certificates: []tls.Certificate{pair}},
	}}
	for _, path := range paths {
		for last := "no answer"; ; {
			request, err := http.NewRequestWithContext(ctx, http.MethodGet, base+path, nil)
			if err != nil {
				return err
			}
			response, err := client.Do(request)
			if err != nil {
				last = err.Error()
			} else {
				response.Body.Close()
				if response.StatusCode == http.StatusOK {
					break
				}
				last = response.Status
			}
			select {
			case <-ctx.Done():
				return fmt.Errorf("%s: %s", path, last)
			case <-time.After(50 * time.Millisecond):
			}
		}
	}
	return nil
}

type authority struct {
	dir  string
	cert *x509.Certificate
	key  crypto.Signer
}

func writeCertificates(dir string) error {
	caKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	template := certificate(pkix.Name{CommonName: "sailplan-test-ca"})
	template.IsCA, template.BasicConstraintsValid = true, true
	template.KeyUsage |= x509.KeyUsageCertSign
	ca := authority{dir: dir, cert: template, key: caKey}
	if err := ca.issue("ca", template, caKey); err != nil {
		return err
	}

	serving := certificate(pkix.Name{CommonName: "kube-apiserver"})
	serving.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	serving.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1), net.IPv4(10, 96, 0, 1)}
	serving.DNSNames = []string{"localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc"}
	if err := ca.issueWithNewKey("apiserver", serving); err != nil {
		return err
	}
	clients := map[string]pkix.Name{
		"admin":              {CommonName: "sailplan-admin", Organization: []string{"system:masters"}},
		"controller-manager": {CommonName: "system:kube-controller-manager"},
		"scheduler":          {CommonName: "system:kube-scheduler"},
	}
	for file, subject := range clients {
		client := certificate(subject)
		client.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
		if err := ca.issueWithNewKey(file, client); err != nil {
			return err
		}
	}
	return writeServiceAccountKeys(dir)
}

func certificate(subject pkix.Name) *x509.Certificate {
	serial, _ := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	return &x509.Certificate{
		SerialNumber: serial,
		Subject:      subject,
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(365 * 24 * time.Hour),
		KeyUsage:     x509.KeyUsageDigitalSignature,
	}
}

func (ca authority) issueWithNewKey(file string, template *x509.Certificate) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	return ca.issue(file, template, key)
}

func (ca authority) issue(file string, template *x509.Certificate, key crypto.Signer) error {
	der, err := x509.CreateCertificate(rand.Reader, template, ca.cert, key.Public(), ca.key)
	if err != nil {
		return err
	}
	if err := ca.writePEM(file+".crt", "CERTIFICATE", der); err != nil {
		return err
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	return ca.writePEM(file+".key", "PRIVATE KEY", keyDER)
}

// writeServiceAccountKeys makes an RSA pair: tokens are then signed with RS256, as most clusters do.
func writeServiceAccountKeys(dir string) error {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return err
	}
	out := authority{dir: dir}
	if err := out.writePEM("sa.key", "RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key)); err != nil {
		return err
	}
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return err
	}
	return out.writePEM("sa.pub", "PUBLIC KEY", public)
}

func (ca authority) writePEM(file, kind string, der []byte) error {
	return os.WriteFile(filepath.Join(ca.dir, file), pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600)
}
