package io.sailplan.run;

import java.time.Instant;

/**
 * Why a step has to come to an end.
 *
 * @param status {@link StepStatus#CANCELLED} or {@link StepStatus#TIMED_OUT}
 * @param until how long it may still wait for answers
 */
record Closing(StepStatus status, Instant until) {}
