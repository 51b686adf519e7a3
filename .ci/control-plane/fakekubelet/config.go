package main

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// What a container reads from ConfigMaps and Secrets: is it there, and if not, what would a kubelet say?

type source struct {
	kind string // "configmap" or "secret", as the kubelet's messages call them
	name string
	keys []string
}

// missingVolume returns the message of the FailedMount event, or "".
func (k *kubelet) missingVolume(ctx context.Context, pod *corev1.Pod) string {
	for _, volume := range pod.Spec.Volumes {
		for _, s := range volumeSources(volume) {
			keys, found := k.keysOf(ctx, pod.Namespace, s)
			problem := ""
			if !found {
				problem = fmt.Sprintf("%s %q not found", s.kind, s.name)
			} else {
				for _, key := range s.keys {
					if !keys[key] {
						problem = "references non-existent " + map[string]string{"configmap": "config", "secret": "secret"}[s.kind] + " key: " + key
					}
				}
			}
			if problem != "" {
				return fmt.Sprintf("MountVolume.SetUp failed for volume %q : %s", volume.Name, problem)
			}
		}
	}
	return ""
}

func volumeSources(volume corev1.Volume) (sources []source) {
	add := func(kind, name string, items []corev1.KeyToPath, optional *bool) {
		if optional != nil && *optional {
			return
		}
		s := source{kind: kind, name: name}
		for _, item := range items {
			s.keys = append(s.keys, item.Key)
		}
		sources = append(sources, s)
	}
	if v := volume.ConfigMap; v != nil {
		add("configmap", v.Name, v.Items, v.Optional)
	}
	if v := volume.Secret; v != nil {
		add("secret", v.SecretName, v.Items, v.Optional)
	}
	if volume.Projected != nil {
		for _, p := range volume.Projected.Sources {
			if v := p.ConfigMap; v != nil {
				add("configmap", v.Name, v.Items, v.Optional)
			}
			if v := p.Secret; v != nil {
				add("secret", v.Name, v.Items, v.Optional)
			}
		}
	}
	return sources
}

// missingEnvironment returns the first container that cannot be made, and why.
func (k *kubelet) missingEnvironment(ctx context.Context, pod *corev1.Pod) (container, message string) {
	for _, containers := range [][]corev1.Container{pod.Spec.InitContainers, pod.Spec.Containers} {
		for _, c := range containers {
			for _, s := range environmentSources(c) {
				keys, found := k.keysOf(ctx, pod.Namespace, s)
				if !found {
					return c.Name, fmt.Sprintf("%s %q not found", s.kind, s.name)
				}
				for _, key := range s.keys {
					if !keys[key] {
						kind := map[string]string{"configmap": "ConfigMap", "secret": "Secret"}[s.kind]
						return c.Name, fmt.Sprintf("couldn't find key %s in %s %s/%s", key, kind, pod.Namespace, s.name)
					}
				}
			}
		}
	}
	return "", ""
}

func environmentSources(c corev1.Container) (sources []source) {
	add := func(kind, name, key string, optional *bool) {
		if optional != nil && *optional {
			return
		}
		s := source{kind: kind, name: name}
		if key != "" {
			s.keys = []string{key}
		}
		sources = append(sources, s)
	}
	for _, from := range c.EnvFrom {
		if r := from.ConfigMapRef; r != nil {
			add("configmap", r.Name, "", r.Optional)
		}
		if r := from.SecretRef; r != nil {
			add("secret", r.Name, "", r.Optional)
		}
	}
	for _, env := range c.Env {
		if env.ValueFrom == nil {
			continue
		}
		if r := env.ValueFrom.ConfigMapKeyRef; r != nil {
			add("configmap", r.Name, r.Key, r.Optional)
		}
		if r := env.ValueFrom.SecretKeyRef; r != nil {
			add("secret", r.Name, r.Key, r.Optional)
		}
	}
	return sources
}

// keysOf asks the server before it calls anything missing: the cache may lag behind the pod.
func (k *kubelet) keysOf(ctx context.Context, namespace string, s source) (keys map[string]bool, found bool) {
	keys = map[string]bool{}
	has := func() bool {
		for _, key := range s.keys {
			if !keys[key] {
				return false
			}
		}
		return true
	}
	if s.kind == "configmap" {
		object, err := k.configMaps.ConfigMaps(namespace).Get(s.name)
		collectKeys(keys, object, nil)
		if err != nil || !has() {
			object, err = k.client.CoreV1().ConfigMaps(namespace).Get(ctx, s.name, metav1.GetOptions{})
			if err == nil {
				collectKeys(keys, object, nil)
			}
		}
		return keys, !apierrors.IsNotFound(err)
	}
	object, err := k.secrets.Secrets(namespace).Get(s.name)
	collectKeys(keys, nil, object)
	if err != nil || !has() {
		object, err = k.client.CoreV1().Secrets(namespace).Get(ctx, s.name, metav1.GetOptions{})
		if err == nil {
			collectKeys(keys, nil, object)
		}
	}
	return keys, !apierrors.IsNotFound(err)
}

func collectKeys(keys map[string]bool, configMap *corev1.ConfigMap, secret *corev1.Secret) {
	if configMap != nil {
		for key := range configMap.Data {
			keys[key] = true
		}
		for key := range configMap.BinaryData {
			keys[key] = true
		}
	}
	if secret != nil {
		for key := range secret.Data {
			keys[key] = true
		}
	}
}
