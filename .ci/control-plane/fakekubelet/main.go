// Command fakekubelet plays what a test control plane lacks: nodes, their kubelets, a volume
// provisioner, and the few side effects of real programs that well-known manifests wait for.
// Nothing runs; only the API objects change as if it did. See README.md.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	typedcorev1 "k8s.io/client-go/kubernetes/typed/core/v1"
	listers "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/record"
	"k8s.io/client-go/util/workqueue"
	"k8s.io/klog/v2"
)

type options struct {
	nodes        int
	jobDuration  time.Duration
	crashBackoff time.Duration
}

type kubelet struct {
	options
	client     kubernetes.Interface
	events     record.EventRecorder
	nodes      map[string]*node
	pods       listers.PodLister
	configMaps listers.ConfigMapLister
	secrets    listers.SecretLister
	queue      workqueue.TypedRateLimitingInterface[cache.ObjectName]

	lock   sync.Mutex
	states map[cache.ObjectName]*podState
}

func main() {
	var o options
	kubeconfig := flag.String("kubeconfig", "", "how to reach the API server, as administrator")
	readyFile := flag.String("ready-file", "", "written when all nodes are ready")
	flag.IntVar(&o.nodes, "nodes", 3, "number of nodes")
	flag.DurationVar(&o.jobDuration, "job-duration", 300*time.Millisecond, "how long the containers of Never and OnFailure pods run")
	flag.DurationVar(&o.crashBackoff, "crash-backoff", time.Second, "first delay between crashes; doubles twice, then stays")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	if err := run(ctx, o, *kubeconfig, *readyFile); err != nil {
		klog.ErrorS(err, "fakekubelet ends")
		os.Exit(1)
	}
}

func run(ctx context.Context, o options, kubeconfig, readyFile string) error {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	config.UserAgent = "kubelet/test" // the part before the slash becomes the field manager
	config.QPS = -1                   // no client-side limit: it would rule what tests measure
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}

	broadcaster := record.NewBroadcaster(record.WithContext(ctx))
	broadcaster.StartRecordingToSink(&typedcorev1.EventSinkImpl{Interface: client.CoreV1().Events("")})

	factory := informers.NewSharedInformerFactory(client, 0)
	core := factory.Core().V1()
	k := &kubelet{
		options:    o,
		client:     client,
		events:     broadcaster.NewRecorder(scheme.Scheme, corev1.EventSource{Component: "kubelet"}),
		pods:       core.Pods().Lister(),
		configMaps: core.ConfigMaps().Lister(),
		secrets:    core.Secrets().Lister(),
		queue:      newQueue(),
		states:     map[cache.ObjectName]*podState{},
	}
	k.nodes = newNodes(o.nodes)

	core.Pods().Informer().AddEventHandler(enqueueInto(k.queue))
	// A pod that waits for a ConfigMap or Secret looks again as soon as one changes in its namespace.
	core.ConfigMaps().Informer().AddEventHandler(onChange(k.wakeWaitingPods))
	core.Secrets().Informer().AddEventHandler(onChange(k.wakeWaitingPods))

	p := newProvisioner(client, factory)
	balancer := newBalancer(client, factory)
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())

	if err := k.registerNodes(ctx); err != nil {
		return err
	}
	for range 8 {
		go work(ctx, k.queue, k.syncPod)
	}
	for range 2 {
		go work(ctx, p.queue, p.sync)
	}
	go work(ctx, balancer.queue, balancer.sync)
	go k.keepNodesFresh(ctx)

	if err := k.waitForUntaintedNodes(ctx); err != nil {
		return err
	}
	if readyFile != "" {
		if err := os.WriteFile(readyFile, []byte("ready\n"), 0o644); err != nil {
			return err
		}
	}
	<-ctx.Done()
	return nil
}

func newQueue() workqueue.TypedRateLimitingInterface[cache.ObjectName] {
	limiter := workqueue.NewTypedItemExponentialFailureRateLimiter[cache.ObjectName](5*time.Millisecond, 2*time.Second)
	return workqueue.NewTypedRateLimitingQueue(limiter)
}

// work calls sync for one key at a time; what fails is tried again with growing delay.
func work(ctx context.Context, queue workqueue.TypedRateLimitingInterface[cache.ObjectName], sync func(context.Context, cache.ObjectName) error) {
	go func() { <-ctx.Done(); queue.ShutDown() }()
	for {
		key, shutdown := queue.Get()
		if shutdown {
			return
		}
		if err := sync(ctx, key); err != nil {
			klog.V(1).InfoS("again", "key", key, "reason", err)
			queue.AddRateLimited(key)
		} else {
			queue.Forget(key)
		}
		queue.Done(key)
	}
}

func enqueueInto(queue workqueue.TypedRateLimitingInterface[cache.ObjectName]) cache.ResourceEventHandler {
	return onChange(func(o metav1.Object) { queue.Add(nameOf(o)) })
}

func onChange(do func(metav1.Object)) cache.ResourceEventHandler {
	handle := func(o any) {
		if gone, ok := o.(cache.DeletedFinalStateUnknown); ok {
			o = gone.Obj
		}
		do(o.(metav1.Object))
	}
	return cache.ResourceEventHandlerFuncs{
		AddFunc:    handle,
		UpdateFunc: func(_, o any) { handle(o) },
		DeleteFunc: handle,
	}
}

func nameOf(o metav1.Object) cache.ObjectName {
	return cache.ObjectName{Namespace: o.GetNamespace(), Name: o.GetName()}
}

func (k *kubelet) waitForUntaintedNodes(ctx context.Context) error {
	// The server taints each new node as not ready; the node controller takes that away.
	err := wait.PollUntilContextTimeout(ctx, 50*time.Millisecond, 30*time.Second, true, func(ctx context.Context) (bool, error) {
		list, err := k.client.CoreV1().Nodes().List(ctx, metav1.ListOptions{})
		if err != nil {
			return false, nil
		}
		free := 0
		for _, n := range list.Items {
			if k.nodes[n.Name] != nil && len(n.Spec.Taints) == 0 {
				free++
			}
		}
		return free == len(k.nodes), nil
	})
	if err != nil {
		return fmt.Errorf("nodes keep their taints: %w", err)
	}
	return nil
}
