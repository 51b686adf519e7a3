package main

import (
	"context"

	corev1 "k8s.io/api/core/v1"
	storagev1 "k8s.io/api/storage/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	corelisters "k8s.io/client-go/listers/core/v1"
	storagelisters "k8s.io/client-go/listers/storage/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/util/workqueue"
)

const (
	provisionerName        = "kubelet.test.sailplan.io/provisioner"
	provisionedBy          = "pv.kubernetes.io/provisioned-by"
	selectedNodeAnnotation = "volume.kubernetes.io/selected-node"
	noProvisioner          = "kubernetes.io/no-provisioner"
)

// provisioner makes a volume for each claim whose class any provisioner stands for. The real
// volume controller binds the two. Keys with a namespace are claims, keys without one are volumes.
type provisioner struct {
	client  kubernetes.Interface
	claims  corelisters.PersistentVolumeClaimLister
	volumes corelisters.PersistentVolumeLister
	classes storagelisters.StorageClassLister
	queue   workqueue.TypedRateLimitingInterface[cache.ObjectName]
}

func newProvisioner(client kubernetes.Interface, factory informers.SharedInformerFactory) *provisioner {
	core, storage := factory.Core().V1(), factory.Storage().V1()
	p := &provisioner{
		client:  client,
		claims:  core.PersistentVolumeClaims().Lister(),
		volumes: core.PersistentVolumes().Lister(),
		classes: storage.StorageClasses().Lister(),
		queue:   newQueue(),
	}
	core.PersistentVolumeClaims().Informer().AddEventHandler(enqueueInto(p.queue))
	core.PersistentVolumes().Informer().AddEventHandler(enqueueInto(p.queue))
	storage.StorageClasses().Informer().AddEventHandler(onChange(func(metav1.Object) {
		all, _ := p.claims.List(labels.Everything()) // the class may be the one they wait for
		for _, claim := range all {
			p.queue.Add(nameOf(claim))
		}
	}))
	return p
}

func (p *provisioner) sync(ctx context.Context, key cache.ObjectName) error {
	var err error
	if key.Namespace == "" {
		err = p.syncVolume(ctx, key.Name)
	} else {
		err = p.syncClaim(ctx, key)
	}
	if apierrors.IsNotFound(err) || apierrors.IsAlreadyExists(err) {
		return nil
	}
	return err
}

// syncVolume deletes a volume of ours that was released by its claim.
func (p *provisioner) syncVolume(ctx context.Context, name string) error {
	volume, err := p.volumes.Get(name)
	if err != nil {
		return err
	}
	_, ours := volume.Annotations[provisionedBy]
	if !ours || volume.DeletionTimestamp != nil || volume.Status.Phase != corev1.VolumeReleased ||
		volume.Spec.PersistentVolumeReclaimPolicy != corev1.PersistentVolumeReclaimDelete {
		return nil
	}
	return p.client.CoreV1().PersistentVolumes().Delete(ctx, name, metav1.DeleteOptions{})
}

func (p *provisioner) syncClaim(ctx context.Context, key cache.ObjectName) error {
	claim, err := p.claims.PersistentVolumeClaims(key.Namespace).Get(key.Name)
	if err != nil {
		return err
	}
	if claim.DeletionTimestamp != nil || claim.Spec.VolumeName != "" || claim.Status.Phase == corev1.ClaimBound {
		return nil
	}
	class, err := p.classOf(claim)
	if err != nil || class == nil {
		return err
	}
	waits := class.VolumeBindingMode != nil && *class.VolumeBindingMode == storagev1.VolumeBindingWaitForFirstConsumer
	if waits && claim.Annotations[selectedNodeAnnotation] == "" {
		return nil // the scheduler has not chosen a node: no pod uses the claim yet
	}
	reclaim := corev1.PersistentVolumeReclaimDelete
	if class.ReclaimPolicy != nil {
		reclaim = *class.ReclaimPolicy
	}
	name := "pvc-" + string(claim.UID)
	volume := &corev1.PersistentVolume{
		ObjectMeta: metav1.ObjectMeta{Name: name, Annotations: map[string]string{provisionedBy: class.Provisioner}},
		Spec: corev1.PersistentVolumeSpec{
			Capacity:                      corev1.ResourceList{corev1.ResourceStorage: claim.Spec.Resources.Requests[corev1.ResourceStorage]},
			AccessModes:                   claim.Spec.AccessModes,
			StorageClassName:              class.Name,
			VolumeMode:                    claim.Spec.VolumeMode,
			MountOptions:                  class.MountOptions,
			PersistentVolumeReclaimPolicy: reclaim,
			PersistentVolumeSource: corev1.PersistentVolumeSource{
				HostPath: &corev1.HostPathVolumeSource{Path: "/nonexistent/" + name},
			},
			ClaimRef: &corev1.ObjectReference{
				APIVersion: "v1", Kind: "PersistentVolumeClaim",
				Namespace: claim.Namespace, Name: claim.Name, UID: claim.UID, ResourceVersion: claim.ResourceVersion,
			},
		},
	}
	_, err = p.client.CoreV1().PersistentVolumes().Create(ctx, volume, metav1.CreateOptions{FieldManager: "provisioner"})
	return err
}

// classOf returns nil where nothing may be provisioned: the class is missing, has no provisioner,
// or the claim asks for a volume that somebody made by hand (class ""). A claim that names no class
// is served as if a default class without a name existed.
func (p *provisioner) classOf(claim *corev1.PersistentVolumeClaim) (*storagev1.StorageClass, error) {
	name, named := claim.Annotations[corev1.BetaStorageClassAnnotation]
	if !named && claim.Spec.StorageClassName == nil {
		return &storagev1.StorageClass{Provisioner: provisionerName}, nil
	}
	if !named {
		name = *claim.Spec.StorageClassName
	}
	if name == "" {
		return nil, nil
	}
	class, err := p.classes.Get(name)
	if err != nil || class.Provisioner == noProvisioner {
		return nil, err
	}
	return class, nil
}
