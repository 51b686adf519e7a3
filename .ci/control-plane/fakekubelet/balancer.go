package main

import (
	"context"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	listers "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/util/workqueue"
)

// addressAnnotation on a Service of type LoadBalancer gives it that address. Without it such a
// Service stays without one, as in a cluster that has no load balancer.
const addressAnnotation = "kubelet.test.sailplan.io/address"

type balancer struct {
	client   kubernetes.Interface
	services listers.ServiceLister
	queue    workqueue.TypedRateLimitingInterface[cache.ObjectName]
}

func newBalancer(client kubernetes.Interface, factory informers.SharedInformerFactory) *balancer {
	services := factory.Core().V1().Services()
	b := &balancer{client: client, services: services.Lister(), queue: newQueue()}
	services.Informer().AddEventHandler(enqueueInto(b.queue))
	return b
}

func (b *balancer) sync(ctx context.Context, key cache.ObjectName) error {
	service, err := b.services.Services(key.Namespace).Get(key.Name)
	if apierrors.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	address, had := service.Annotations[addressAnnotation], service.Status.LoadBalancer.Ingress
	if address == "" || service.Spec.Type != corev1.ServiceTypeLoadBalancer || len(had) == 1 && had[0].IP == address {
		return nil
	}
	next := service.DeepCopy()
	next.Status.LoadBalancer.Ingress = []corev1.LoadBalancerIngress{{IP: address}}
	_, err = b.client.CoreV1().Services(key.Namespace).UpdateStatus(ctx, next, metav1.UpdateOptions{FieldManager: "load-balancer"})
	return err
}
