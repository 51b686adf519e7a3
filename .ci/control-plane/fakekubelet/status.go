package main

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// outcome says what the containers of a pod do now. The scripted part concerns the first regular
// container; the others run, or complete when the first one is done.
type outcome struct {
	ready    bool
	exit     behaviour // kind "exit": the first container has ended so
	restarts bool      // and will be restarted

	blocked *corev1.ContainerState // this container cannot start; "" stands for all of them
	at      string
}

func blockedAt(container string, why corev1.ContainerState) outcome {
	return outcome{at: container, blocked: &why}
}

func (o outcome) ended() bool { return o.exit.kind == "exit" && !o.restarts }

func (o outcome) completed() bool { return o.ended() && o.exit.exitCode == 0 }

func waiting(reason, message string) corev1.ContainerState {
	return corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: reason, Message: message}}
}

// pullError is what containerd says of an image that the registry does not have.
func pullError(image string) string {
	return fmt.Sprintf("rpc error: code = NotFound desc = failed to pull and unpack image %q: failed to resolve reference %q: %s: not found", image, image, image)
}

func isSidecar(c corev1.Container) bool {
	return c.RestartPolicy != nil && *c.RestartPolicy == corev1.ContainerRestartPolicyAlways
}

// setContainers writes the statuses of all containers, then phase and conditions from them.
func setContainers(pod *corev1.Pod, state *podState, o outcome) {
	blocked := o.blocked != nil && o.at == ""
	begin := state.started // of the init containers, which take no time
	if begin.IsZero() {
		begin = pod.Status.StartTime.Time
	}
	var inits, mains []corev1.ContainerStatus
	for _, c := range pod.Spec.InitContainers {
		s := newStatus(pod, c, 0)
		switch {
		case o.blocked != nil && o.at == c.Name:
			s.State, blocked = *o.blocked, true
		case blocked:
			s.State = waiting("PodInitializing", "")
		case isSidecar(c) && o.ended():
			s.State = terminated(s, state.started, state.ended, behaviour{exitReason: "Completed"})
		case isSidecar(c):
			keepRunning(&s, begin, true)
		default:
			s.State = terminated(s, begin, begin, behaviour{exitReason: "Completed"})
			s.Ready = true // an init container that has completed counts as ready
		}
		inits = append(inits, s)
	}
	initializing := blocked && len(inits) > 0
	for i, c := range pod.Spec.Containers {
		restarts := int32(0)
		if i == 0 {
			restarts = state.crashes
		}
		s := newStatus(pod, c, restarts)
		if restarts > 0 {
			before := newStatus(pod, c, restarts-1)
			s.LastTerminationState = terminated(before, state.started, state.ended, state.lastExit)
		}
		switch {
		case o.blocked != nil && o.at == c.Name:
			s.State = *o.blocked
		case initializing:
			s.State = waiting("PodInitializing", "")
		case o.blocked != nil && o.at == "":
			s.State = *o.blocked
		case i == 0 && o.exit.kind == "exit" && restarts > 0:
			s.State = waiting("CrashLoopBackOff", fmt.Sprintf("back-off 10s restarting failed container=%s pod=%s_%s(%s)", c.Name, pod.Name, pod.Namespace, pod.UID))
		case i == 0 && o.exit.kind == "exit":
			s.State = terminated(s, state.started, state.ended, o.exit)
		case o.ended():
			s.State = terminated(s, state.started, state.ended, behaviour{exitReason: "Completed"})
		default:
			keepRunning(&s, begin, i > 0 || o.ready)
		}
		if s.State.Waiting != nil && restarts == 0 {
			s.ContainerID, s.ImageID = "", "" // never made
		}
		mains = append(mains, s)
	}
	pod.Status.InitContainerStatuses, pod.Status.ContainerStatuses = inits, mains
	setPhase(pod)
	setConditions(pod, !initializing)
}

func newStatus(pod *corev1.Pod, c corev1.Container, restarts int32) corev1.ContainerStatus {
	started := false
	sum := sha256.Sum256([]byte(c.Image))
	id := sha256.Sum256(fmt.Appendf(nil, "%s/%s/%d", pod.UID, c.Name, restarts))
	return corev1.ContainerStatus{
		Name:         c.Name,
		Image:        c.Image,
		ImageID:      fmt.Sprintf("%s@sha256:%x", strings.SplitN(c.Image, "@", 2)[0], sum),
		ContainerID:  fmt.Sprintf("containerd://%x", id),
		RestartCount: restarts,
		Started:      &started,
		Resources:    c.Resources.DeepCopy(),
	}
}

func keepRunning(s *corev1.ContainerStatus, begin time.Time, ready bool) {
	started := true
	s.State = corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: *timestamp(begin)}}
	s.Ready, s.Started = ready, &started
}

func terminated(s corev1.ContainerStatus, begin, end time.Time, exit behaviour) corev1.ContainerState {
	return corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{
		ExitCode:    exit.exitCode,
		Reason:      exit.exitReason,
		StartedAt:   *timestamp(begin),
		FinishedAt:  *timestamp(end),
		ContainerID: s.ContainerID,
	}}
}

// endContainers terminates whatever has not ended yet, in a pod that is being deleted.
func endContainers(pod *corev1.Pod, exit *corev1.ContainerStateTerminated) {
	for _, statuses := range [][]corev1.ContainerStatus{pod.Status.InitContainerStatuses, pod.Status.ContainerStatuses} {
		for i := range statuses {
			s := &statuses[i]
			if s.State.Terminated != nil {
				continue
			}
			end := *exit
			end.FinishedAt, end.ContainerID = *timestamp(time.Now()), s.ContainerID
			if s.State.Running != nil {
				end.StartedAt = s.State.Running.StartedAt
			}
			stopped := false
			s.State, s.Ready, s.Started = corev1.ContainerState{Terminated: &end}, false, &stopped
		}
	}
	pod.Status.Phase = corev1.PodSucceeded
	if exit.ExitCode != 0 {
		pod.Status.Phase = corev1.PodFailed
	}
	setConditions(pod, true)
}

// setPhase follows the kubelet's own rule (getPhase).
func setPhase(pod *corev1.Pod) {
	var unborn, alive, failed bool
	for _, s := range pod.Status.ContainerStatuses {
		switch end := s.State.Terminated; {
		case s.State.Waiting != nil && s.LastTerminationState.Terminated == nil:
			unborn = true
		case end == nil:
			alive = true
		case end.ExitCode != 0 && pod.Spec.RestartPolicy == corev1.RestartPolicyNever:
			failed = true
		case end.ExitCode != 0 || pod.Spec.RestartPolicy == corev1.RestartPolicyAlways:
			alive = true
		}
	}
	switch {
	case unborn:
		pod.Status.Phase = corev1.PodPending
	case alive:
		pod.Status.Phase = corev1.PodRunning
	case failed:
		pod.Status.Phase = corev1.PodFailed
	default:
		pod.Status.Phase = corev1.PodSucceeded
	}
}

func setConditions(pod *corev1.Pod, initialized bool) {
	pod.Status.ObservedGeneration = pod.Generation
	unready := notReady(pod.Status.ContainerStatuses)
	ready, reason, message := len(unready) == 0, "", ""
	switch {
	case pod.Status.Phase == corev1.PodSucceeded:
		ready, reason = false, "PodCompleted"
	case pod.Status.Phase == corev1.PodFailed:
		ready, reason = false, "PodFailed"
	case !ready:
		reason, message = "ContainersNotReady", fmt.Sprintf("containers with unready status: [%s]", strings.Join(unready, " "))
	}
	if initialized {
		done := ""
		if pod.Status.Phase == corev1.PodSucceeded {
			done = "PodCompleted"
		}
		setCondition(pod, corev1.PodInitialized, true, done, "")
	} else {
		setCondition(pod, corev1.PodInitialized, false, "ContainersNotInitialized",
			fmt.Sprintf("containers with incomplete status: [%s]", strings.Join(notReady(pod.Status.InitContainerStatuses), " ")))
	}
	setCondition(pod, corev1.PodReadyToStartContainers, pod.Status.PodIP != "" && !isTerminal(pod), "", "")
	setCondition(pod, corev1.ContainersReady, ready, reason, message)
	if gates := closedGates(pod); ready && len(gates) > 0 {
		ready, reason, message = false, "ReadinessGatesNotReady", strings.Join(gates, ", ")
	}
	setCondition(pod, corev1.PodReady, ready, reason, message)
}

func notReady(statuses []corev1.ContainerStatus) (names []string) {
	for _, s := range statuses {
		if !s.Ready {
			names = append(names, s.Name)
		}
	}
	return names
}

func closedGates(pod *corev1.Pod) (closed []string) {
	for _, gate := range pod.Spec.ReadinessGates {
		open := false
		for _, c := range pod.Status.Conditions {
			open = open || c.Type == gate.ConditionType && c.Status == corev1.ConditionTrue
		}
		if !open {
			closed = append(closed, fmt.Sprintf("the status of pod readiness gate %q is not \"True\"", gate.ConditionType))
		}
	}
	return closed
}

// setCondition leaves the conditions of others (PodScheduled, readiness gates) alone.
func setCondition(pod *corev1.Pod, kind corev1.PodConditionType, is bool, reason, message string) {
	fresh := corev1.PodCondition{
		Type: kind, Status: corev1.ConditionFalse, Reason: reason, Message: message,
		ObservedGeneration: pod.Generation, LastTransitionTime: *timestamp(time.Now()),
	}
	if is {
		fresh.Status = corev1.ConditionTrue
	}
	for i, old := range pod.Status.Conditions {
		if old.Type == kind {
			if old.Status == fresh.Status {
				fresh.LastTransitionTime = old.LastTransitionTime
			}
			fresh.LastProbeTime = metav1.Time{}
			pod.Status.Conditions[i] = fresh
			return
		}
	}
	pod.Status.Conditions = append(pod.Status.Conditions, fresh)
}
