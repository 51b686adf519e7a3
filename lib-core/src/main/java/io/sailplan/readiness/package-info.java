/**
 * Is this object ready, and if not, why not.
 *
 * <pre>{@code
 * Verdict verdict = Readiness.judge(deployment, ReadinessQuery.plain());
 * verdict.status();    // PROGRESSING
 * verdict.message();   // "1 of 3 replicas is available"
 * }</pre>
 *
 * <p>The rules, and where other tools decide otherwise, stand in {@code docs/readiness.md}. Where
 * tools disagree, the person who waits is right: what is called ready can be built upon.
 */
@NullMarked
package io.sailplan.readiness;

import org.jspecify.annotations.NullMarked;
