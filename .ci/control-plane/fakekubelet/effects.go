package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"math/big"
	"strings"
	"time"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Side effects of real programs that others in the same manifests wait for. Each is as small as
// the waiting needs; README.md lists them.

// playStartEffects: the MetalLB controller makes the key that its speakers mount.
func (k *kubelet) playStartEffects(ctx context.Context, pod *corev1.Pod) error {
	first := pod.Spec.Containers[0]
	name := environment(pod, first)["METALLB_ML_SECRET_NAME"]
	if name == "" || !strings.Contains(first.Image, "metallb/controller") {
		return nil
	}
	random := make([]byte, 128)
	_, _ = rand.Read(random)
	secret := &corev1.Secret{
		ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: pod.Namespace},
		Data:       map[string][]byte{"secretkey": []byte(base64.StdEncoding.EncodeToString(random))},
	}
	// The real one is owned by the controller's Deployment, too.
	if owner := environment(pod, first)["METALLB_DEPLOYMENT"]; owner != "" {
		deployment, err := k.client.AppsV1().Deployments(pod.Namespace).Get(ctx, owner, metav1.GetOptions{})
		if err != nil {
			return err
		}
		secret.OwnerReferences = []metav1.OwnerReference{{APIVersion: "apps/v1", Kind: "Deployment", Name: owner, UID: deployment.UID}}
	}
	return k.createSecret(ctx, secret, "controller")
}

// playCompletionEffects: kube-webhook-certgen, which ingress-nginx and other charts run as Jobs.
func (k *kubelet) playCompletionEffects(ctx context.Context, pod *corev1.Pod) error {
	for _, c := range pod.Spec.Containers {
		if !strings.Contains(c.Image, "kube-webhook-certgen") || len(c.Args) == 0 {
			continue
		}
		flags := flagsOf(c.Args[1:], environment(pod, c))
		var err error
		switch c.Args[0] {
		case "create":
			err = k.certgenCreate(ctx, flags)
		case "patch":
			err = k.certgenPatch(ctx, flags)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (k *kubelet) certgenCreate(ctx context.Context, flags map[string]string) error {
	ca, cert, key, err := servingCertificate(strings.Split(flags["host"], ","))
	if err != nil {
		return err
	}
	return k.createSecret(ctx, &corev1.Secret{
		ObjectMeta: metav1.ObjectMeta{Name: flags["secret-name"], Namespace: flags["namespace"]},
		Data:       map[string][]byte{"ca": ca, "cert": cert, "key": key},
	}, "kube-webhook-certgen")
}

// certgenPatch writes the CA, and the failure policy if one is given, into the webhook configurations.
func (k *kubelet) certgenPatch(ctx context.Context, flags map[string]string) error {
	secret, err := k.client.CoreV1().Secrets(flags["namespace"]).Get(ctx, flags["secret-name"], metav1.GetOptions{})
	if err != nil {
		return err
	}
	name, options := flags["webhook-name"], metav1.UpdateOptions{FieldManager: "kube-webhook-certgen"}
	patch := func(client *admissionv1.WebhookClientConfig, policy **admissionv1.FailurePolicyType) {
		client.CABundle = secret.Data["ca"]
		if p := admissionv1.FailurePolicyType(flags["patch-failure-policy"]); p != "" {
			*policy = &p
		}
	}
	if flags["patch-validating"] != "false" {
		configurations := k.client.AdmissionregistrationV1().ValidatingWebhookConfigurations()
		configuration, err := configurations.Get(ctx, name, metav1.GetOptions{})
		if err != nil {
			return err
		}
		for i := range configuration.Webhooks {
			patch(&configuration.Webhooks[i].ClientConfig, &configuration.Webhooks[i].FailurePolicy)
		}
		if _, err := configurations.Update(ctx, configuration, options); err != nil {
			return err
		}
	}
	if flags["patch-mutating"] != "false" {
		configurations := k.client.AdmissionregistrationV1().MutatingWebhookConfigurations()
		configuration, err := configurations.Get(ctx, name, metav1.GetOptions{})
		if err != nil {
			return err
		}
		for i := range configuration.Webhooks {
			patch(&configuration.Webhooks[i].ClientConfig, &configuration.Webhooks[i].FailurePolicy)
		}
		if _, err := configurations.Update(ctx, configuration, options); err != nil {
			return err
		}
	}
	return nil
}

func (k *kubelet) createSecret(ctx context.Context, secret *corev1.Secret, manager string) error {
	_, err := k.client.CoreV1().Secrets(secret.Namespace).Create(ctx, secret, metav1.CreateOptions{FieldManager: manager})
	if apierrors.IsAlreadyExists(err) {
		return nil
	}
	return err
}

// environment: literal values and the two fields of the downward API that arguments refer to.
func environment(pod *corev1.Pod, c corev1.Container) map[string]string {
	values := map[string]string{}
	for _, env := range c.Env {
		values[env.Name] = env.Value
		if env.ValueFrom != nil && env.ValueFrom.FieldRef != nil {
			switch env.ValueFrom.FieldRef.FieldPath {
			case "metadata.namespace":
				values[env.Name] = pod.Namespace
			case "metadata.name":
				values[env.Name] = pod.Name
			}
		}
	}
	return values
}

func flagsOf(args []string, values map[string]string) map[string]string {
	flags := map[string]string{}
	for _, arg := range args {
		for name, value := range values {
			arg = strings.ReplaceAll(arg, "$("+name+")", value)
		}
		name, value, _ := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		flags[name] = value
	}
	return flags
}

// servingCertificate makes one key pair that is its own CA: nobody will ever connect with it.
func servingCertificate(hosts []string) (ca, cert, key []byte, err error) {
	pair, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, nil, err
	}
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(time.Now().UnixNano()),
		Subject:               pkix.Name{CommonName: hosts[0]},
		DNSNames:              hosts,
		NotBefore:             time.Now().Add(-time.Hour),
		NotAfter:              time.Now().Add(100 * 365 * 24 * time.Hour),
		IsCA:                  true,
		BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, pair.Public(), pair)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("serving certificate for %v: %w", hosts, err)
	}
	keyDER, err := x509.MarshalECPrivateKey(pair)
	cert = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	return cert, cert, pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: keyDER}), err
}
