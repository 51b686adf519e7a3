/**
 * Who owns which field, and what a write does: the API server's server-side apply as a pure
 * function.
 *
 * <pre>{@code
 * ApplyResult result = ServerSideApply.apply(
 *     ApplyRequest.of(live, desired, "sailplan/shop/web", shape, now));
 * if (result instanceof ApplyResult.Conflicted conflicted) {
 *   conflicted.conflicts().forEach(System.out::println); // .spec.replicas: conflict with "hpa" using apps/v1
 * }
 * }</pre>
 *
 * <p>The rules are those of structured-merge-diff v6 as Kubernetes 1.36 uses it, confirmed on a
 * real server.
 */
@NullMarked
package io.sailplan.ownership;

import org.jspecify.annotations.NullMarked;
