package main

import (
	"context"
	"time"

	corev1 "k8s.io/api/core/v1"
	apiequality "k8s.io/apimachinery/pkg/api/equality"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/tools/cache"
)

// podState is what must be remembered of a pod besides its status. Only the worker that holds the
// pod's key touches it.
type podState struct {
	uid       types.UID
	started   time.Time // when its containers started; zero before
	ended     time.Time // when its first container ended last; zero before
	lastExit  behaviour
	crashes   int32 // how often it was restarted
	nextCrash time.Time
	pullSince time.Time
	nextEvent time.Time
}

func (k *kubelet) stateOf(key cache.ObjectName, pod *corev1.Pod) *podState {
	k.lock.Lock()
	defer k.lock.Unlock()
	state := k.states[key]
	if state == nil || state.uid != pod.UID {
		state = &podState{uid: pod.UID}
		if pod.Status.Phase == corev1.PodRunning && pod.Status.StartTime != nil {
			state.started = pod.Status.StartTime.Time // a fake kubelet before this one started it
		}
		k.states[key] = state
	}
	return state
}

func (k *kubelet) forget(key cache.ObjectName) {
	k.lock.Lock()
	defer k.lock.Unlock()
	delete(k.states, key)
}

func (k *kubelet) wakeWaitingPods(changed metav1.Object) {
	pods, _ := k.pods.Pods(changed.GetNamespace()).List(labels.Everything())
	for _, pod := range pods {
		if pod.Status.Phase == corev1.PodPending && k.nodes[pod.Spec.NodeName] != nil {
			k.queue.Add(nameOf(pod))
		}
	}
}

// syncPod brings the status of one pod to what it should be by now.
func (k *kubelet) syncPod(ctx context.Context, key cache.ObjectName) error {
	pod, err := k.pods.Pods(key.Namespace).Get(key.Name)
	if apierrors.IsNotFound(err) {
		k.forget(key)
		return nil
	}
	if err != nil {
		return err
	}
	node := k.nodes[pod.Spec.NodeName]
	if node == nil {
		return nil
	}
	if pod.DeletionTimestamp != nil {
		return k.terminate(ctx, pod)
	}
	if isTerminal(pod) {
		return nil
	}
	next := pod.DeepCopy()
	wake, err := k.play(ctx, next, node, k.stateOf(key, pod))
	if err != nil {
		return err
	}
	if err := k.writeStatus(ctx, pod, next); err != nil {
		return err
	}
	if wake > 0 {
		k.queue.AddAfter(key, wake)
	}
	return nil
}

// terminate ends a pod as a kubelet does: containers first, then the object. Finalizers keep the
// object, but see a pod that has come to its end. Grace periods and preStop hooks take no time here.
func (k *kubelet) terminate(ctx context.Context, pod *corev1.Pod) error {
	if !isTerminal(pod) {
		next := pod.DeepCopy()
		exit := &corev1.ContainerStateTerminated{ExitCode: 0, Reason: "Completed"}
		if pod.Spec.RestartPolicy != corev1.RestartPolicyAlways || pod.Status.Phase != corev1.PodRunning {
			exit = &corev1.ContainerStateTerminated{ExitCode: 143, Reason: "Error"} // ended by SIGTERM: its work is not done
		}
		endContainers(next, exit)
		if err := k.writeStatus(ctx, pod, next); err != nil {
			return err
		}
		pod = next
	}
	if pod.DeletionGracePeriodSeconds != nil && *pod.DeletionGracePeriodSeconds == 0 && len(pod.Finalizers) > 0 {
		return nil // deleted already; the rest is up to those who hold the finalizers
	}
	options := metav1.NewDeleteOptions(0)
	options.Preconditions = metav1.NewUIDPreconditions(string(pod.UID))
	err := k.client.CoreV1().Pods(pod.Namespace).Delete(ctx, pod.Name, *options)
	if apierrors.IsNotFound(err) || apierrors.IsConflict(err) {
		return nil
	}
	return err
}

func (k *kubelet) writeStatus(ctx context.Context, old, next *corev1.Pod) error {
	if apiequality.Semantic.DeepEqual(old.Status, next.Status) {
		return nil
	}
	_, err := k.client.CoreV1().Pods(next.Namespace).UpdateStatus(ctx, next, metav1.UpdateOptions{})
	if apierrors.IsNotFound(err) {
		return nil
	}
	return err // a conflict, too: the pod changed meanwhile, so look again
}

// play computes the status of a pod that lives, and when to look at it again.
func (k *kubelet) play(ctx context.Context, pod *corev1.Pod, node *node, state *podState) (time.Duration, error) {
	now := time.Now()
	status := &pod.Status
	status.HostIP, status.HostIPs = node.ip, []corev1.HostIP{{IP: node.ip}}
	if status.StartTime == nil {
		status.StartTime = timestamp(now)
	}
	script, err := behaviourOf(pod)
	if err != nil {
		return k.hold(pod, state, waiting("InvalidBehaviour", err.Error()), "InvalidBehaviour", err.Error())
	}
	if state.started.IsZero() {
		if message := k.missingVolume(ctx, pod); message != "" {
			return k.hold(pod, state, waiting("ContainerCreating", ""), "FailedMount", message)
		}
	}
	if status.PodIP == "" {
		status.PodIP = node.nextPodIP()
		if pod.Spec.HostNetwork {
			status.PodIP = node.ip
		}
		status.PodIPs = []corev1.PodIP{{IP: status.PodIP}}
	}
	if state.started.IsZero() {
		if container, message := k.missingEnvironment(ctx, pod); message != "" {
			wake := k.sayEvery(2*time.Second, pod, state, "Failed", "Error: "+message)
			setContainers(pod, state, blockedAt(container, waiting("CreateContainerConfigError", message)))
			return wake, nil
		}
		if script.kind == "image-pull-error" {
			return k.failPull(pod, state, now), nil
		}
		if err := k.playStartEffects(ctx, pod); err != nil {
			return 0, err
		}
		state.started = now
	}
	outcome, wake := k.outcome(pod, state, script, now)
	if outcome.completed() {
		if err := k.playCompletionEffects(ctx, pod); err != nil {
			return 0, err // the program would not have ended yet
		}
	}
	setContainers(pod, state, outcome)
	return wake, nil
}

// hold keeps all containers waiting, before the pod has a sandbox.
func (k *kubelet) hold(pod *corev1.Pod, state *podState, why corev1.ContainerState, reason, message string) (time.Duration, error) {
	wake := k.sayEvery(2*time.Second, pod, state, reason, message)
	setContainers(pod, state, blockedAt("", why))
	return wake, nil
}

func (k *kubelet) failPull(pod *corev1.Pod, state *podState, now time.Time) time.Duration {
	first := pod.Spec.Containers[0]
	message := pullError(first.Image)
	wake := 300 * time.Millisecond
	why := waiting("ErrImagePull", message)
	if state.pullSince.IsZero() {
		state.pullSince = now
		k.events.Event(pod, corev1.EventTypeNormal, "Pulling", `Pulling image "`+first.Image+`"`)
		k.events.Event(pod, corev1.EventTypeWarning, "Failed", `Failed to pull image "`+first.Image+`": `+message)
		k.events.Event(pod, corev1.EventTypeWarning, "Failed", "Error: ErrImagePull")
	} else if now.Sub(state.pullSince) >= wake {
		backOff := `Back-off pulling image "` + first.Image + `"`
		if now.After(state.nextEvent) {
			state.nextEvent = now.Add(10 * time.Second)
			k.events.Event(pod, corev1.EventTypeNormal, "BackOff", backOff)
			k.events.Event(pod, corev1.EventTypeWarning, "Failed", "Error: ImagePullBackOff")
		}
		why, wake = waiting("ImagePullBackOff", backOff+": ErrImagePull: "+message), 10*time.Second
	}
	setContainers(pod, state, blockedAt(first.Name, why))
	return wake
}

// outcome decides what the first container does, once the pod has started.
func (k *kubelet) outcome(pod *corev1.Pod, state *podState, script behaviour, now time.Time) (outcome, time.Duration) {
	age := now.Sub(state.started)
	runsOnce := pod.Spec.RestartPolicy != corev1.RestartPolicyAlways
	switch {
	case script.kind == "never-ready":
		return outcome{}, k.sayEvery(5*time.Second, pod, state, "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503")
	case script.kind == "late" && age < script.delay:
		k.sayEvery(5*time.Second, pod, state, "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503")
		return outcome{}, min(script.delay-age, 5*time.Second)
	case script.kind == "exit" && (pod.Spec.RestartPolicy == corev1.RestartPolicyNever):
		if age < k.jobDuration {
			return outcome{ready: true}, k.jobDuration - age
		}
		state.ended = now
		return outcome{exit: script}, 0
	case script.kind == "exit":
		state.lastExit = script
		return outcome{exit: script, restarts: true}, k.crash(pod, state, now)
	case runsOnce && age < k.jobDuration:
		return outcome{ready: true}, k.jobDuration - age
	case runsOnce:
		state.ended = now
		return outcome{exit: behaviour{kind: "exit", exitReason: "Completed"}}, 0
	}
	return outcome{ready: true}, 0
}

// crash counts: the first end is seen as such, each later one as CrashLoopBackOff.
func (k *kubelet) crash(pod *corev1.Pod, state *podState, now time.Time) time.Duration {
	if state.nextCrash.IsZero() {
		state.ended, state.nextCrash = now, now.Add(min(k.crashBackoff, 300*time.Millisecond))
	} else if !now.Before(state.nextCrash) {
		state.ended, state.nextCrash = now, now.Add(k.crashBackoff<<min(state.crashes, 2))
		state.crashes++
		k.events.Eventf(pod, corev1.EventTypeWarning, "BackOff", "Back-off restarting failed container %s in pod %s_%s(%s)",
			pod.Spec.Containers[0].Name, pod.Name, pod.Namespace, pod.UID)
	}
	return state.nextCrash.Sub(now)
}

// sayEvery writes a Warning event now and then, and tells when the next one is due.
func (k *kubelet) sayEvery(period time.Duration, pod *corev1.Pod, state *podState, reason, message string) time.Duration {
	now := time.Now()
	if !now.Before(state.nextEvent) {
		state.nextEvent = now.Add(period)
		k.events.Event(pod, corev1.EventTypeWarning, reason, message)
	}
	return state.nextEvent.Sub(now)
}

func isTerminal(pod *corev1.Pod) bool {
	return pod.Status.Phase == corev1.PodSucceeded || pod.Status.Phase == corev1.PodFailed
}

// timestamp has whole seconds, as the server stores them: else each look would see a difference.
func timestamp(t time.Time) *metav1.Time {
	return &metav1.Time{Time: t.Truncate(time.Second)}
}
