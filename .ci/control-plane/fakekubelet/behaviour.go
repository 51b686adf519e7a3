package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
)

// behaviourAnnotation scripts what the first container of a pod does. It is read again at each
// look, so that taking it off a pod heals it.
const behaviourAnnotation = "kubelet.test.sailplan.io/behaviour"

type behaviour struct {
	kind       string        // "", "never-ready", "late", "image-pull-error", "exit"
	delay      time.Duration // late: ready (or completed) only after it
	exitCode   int32         // exit: how the container ends
	exitReason string
}

func behaviourOf(pod *corev1.Pod) (behaviour, error) {
	text := pod.Annotations[behaviourAnnotation]
	kind, argument, hasArgument := strings.Cut(text, ":")
	switch {
	case text == "" || text == "never-ready" || text == "image-pull-error":
		return behaviour{kind: kind}, nil
	case kind == "late":
		if delay, err := time.ParseDuration(argument); err == nil {
			return behaviour{kind: kind, delay: delay}, nil
		}
	case text == "crash-loop":
		return behaviour{kind: "exit", exitCode: 1, exitReason: "Error"}, nil
	case text == "oom":
		return behaviour{kind: "exit", exitCode: 137, exitReason: "OOMKilled"}, nil
	case kind == "fail":
		if !hasArgument {
			argument = "1"
		}
		if code, err := strconv.ParseUint(argument, 10, 8); err == nil && code > 0 {
			return behaviour{kind: "exit", exitCode: int32(code), exitReason: "Error"}, nil
		}
	}
	return behaviour{}, fmt.Errorf("annotation %s: %q is not known", behaviourAnnotation, text)
}
