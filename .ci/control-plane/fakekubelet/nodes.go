package main

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	coordinationv1 "k8s.io/api/coordination/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/util/retry"
	"k8s.io/component-base/version"
	"k8s.io/klog/v2"
)

type node struct {
	name   string
	ip     string
	number int
	given  atomic.Uint32 // pod addresses given so far
}

func newNodes(count int) map[string]*node {
	nodes := map[string]*node{}
	for i := 1; i <= count; i++ {
		n := &node{name: fmt.Sprintf("node-%d", i), ip: fmt.Sprintf("172.18.%d.%d", i>>8, i&255), number: i}
		nodes[n.name] = n
	}
	return nodes
}

// nextPodIP gives addresses of 10.100.0.0/14 and up, one block of 65,536 for each node; they are
// used again after a full turn.
func (n *node) nextPodIP() string {
	i := n.given.Add(1)
	return fmt.Sprintf("10.%d.%d.%d", 100+n.number%100, i>>8&255, i&255)
}

func (k *kubelet) registerNodes(ctx context.Context) error {
	for _, n := range k.nodes {
		object := &corev1.Node{
			ObjectMeta: metav1.ObjectMeta{Name: n.name, Labels: map[string]string{
				corev1.LabelHostname:   n.name,
				corev1.LabelOSStable:   "linux",
				corev1.LabelArchStable: "amd64",
			}},
			Status: n.status(),
		}
		_, err := k.client.CoreV1().Nodes().Create(ctx, object, metav1.CreateOptions{})
		if err != nil && !apierrors.IsAlreadyExists(err) {
			return err
		}
	}
	return nil
}

func (n *node) status() corev1.NodeStatus {
	room := corev1.ResourceList{
		corev1.ResourceCPU:              resource.MustParse("64"),
		corev1.ResourceMemory:           resource.MustParse("256Gi"),
		corev1.ResourceEphemeralStorage: resource.MustParse("1Ti"),
		corev1.ResourcePods:             resource.MustParse("500"),
	}
	return corev1.NodeStatus{
		Capacity:    room,
		Allocatable: room,
		Conditions: []corev1.NodeCondition{
			nodeCondition(corev1.NodeMemoryPressure, corev1.ConditionFalse, "KubeletHasSufficientMemory"),
			nodeCondition(corev1.NodeDiskPressure, corev1.ConditionFalse, "KubeletHasNoDiskPressure"),
			nodeCondition(corev1.NodePIDPressure, corev1.ConditionFalse, "KubeletHasSufficientPID"),
			nodeCondition(corev1.NodeReady, corev1.ConditionTrue, "KubeletReady"),
		},
		Addresses: []corev1.NodeAddress{
			{Type: corev1.NodeInternalIP, Address: n.ip},
			{Type: corev1.NodeHostName, Address: n.name},
		},
		NodeInfo: corev1.NodeSystemInfo{
			Architecture:            "amd64",
			OperatingSystem:         "linux",
			OSImage:                 "fake",
			ContainerRuntimeVersion: "fake://1.0",
			KubeletVersion:          version.Get().GitVersion,
		},
	}
}

func nodeCondition(kind corev1.NodeConditionType, status corev1.ConditionStatus, reason string) corev1.NodeCondition {
	now := metav1.Now()
	return corev1.NodeCondition{Type: kind, Status: status, Reason: reason, LastHeartbeatTime: now, LastTransitionTime: now}
}

// keepNodesFresh renews each Lease every 10 s, as a kubelet does, and each node's conditions every
// 30 s. Without it the node controller would call the nodes unreachable and evict their pods.
func (k *kubelet) keepNodesFresh(ctx context.Context) {
	tick := time.NewTicker(10 * time.Second)
	defer tick.Stop()
	for round := 0; ; round++ {
		for _, n := range k.nodes {
			if err := k.renewLease(ctx, n); err != nil {
				klog.ErrorS(err, "no lease", "node", n.name)
			}
			if round%3 == 2 {
				if err := k.freshenConditions(ctx, n); err != nil {
					klog.ErrorS(err, "no heartbeat", "node", n.name)
				}
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (k *kubelet) renewLease(ctx context.Context, n *node) error {
	leases := k.client.CoordinationV1().Leases(corev1.NamespaceNodeLease)
	now, seconds := metav1.NowMicro(), int32(40)
	lease, err := leases.Get(ctx, n.name, metav1.GetOptions{})
	if apierrors.IsNotFound(err) {
		_, err = leases.Create(ctx, &coordinationv1.Lease{
			ObjectMeta: metav1.ObjectMeta{Name: n.name},
			Spec:       coordinationv1.LeaseSpec{HolderIdentity: &n.name, LeaseDurationSeconds: &seconds, RenewTime: &now},
		}, metav1.CreateOptions{})
		return err
	}
	if err != nil {
		return err
	}
	lease.Spec.RenewTime = &now
	_, err = leases.Update(ctx, lease, metav1.UpdateOptions{})
	return err
}

func (k *kubelet) freshenConditions(ctx context.Context, n *node) error {
	return retry.RetryOnConflict(retry.DefaultRetry, func() error {
		object, err := k.client.CoreV1().Nodes().Get(ctx, n.name, metav1.GetOptions{})
		if err != nil {
			return err
		}
		old := map[corev1.NodeConditionType]corev1.NodeCondition{}
		for _, condition := range object.Status.Conditions {
			old[condition.Type] = condition
		}
		fresh := n.status().Conditions
		for i := range fresh {
			if was := old[fresh[i].Type]; was.Status == fresh[i].Status {
				fresh[i].LastTransitionTime = was.LastTransitionTime
			}
		}
		object.Status.Conditions = fresh
		_, err = k.client.CoreV1().Nodes().UpdateStatus(ctx, object, metav1.UpdateOptions{})
		return err
	})
}
