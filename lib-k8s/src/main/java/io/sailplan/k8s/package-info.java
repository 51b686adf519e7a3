/**
 * The adapter to a real cluster, on top of {@code io.kubernetes:client-java}.
 *
 * <p>Only raw calls are made: the typed models of the client refuse fields that they do not know
 * and add fields that nobody wrote.
 *
 * <pre>{@code
 * try (KubernetesCluster cluster = KubernetesCluster.fromKubeconfig()) {
 *   Snapshot seen = cluster.observe(ObservationScope.of(shop));
 *   Plan plan = Planner.standard().plan(PlanRequest.deploy(shop, seen).at(now)).orThrow();
 *   Outcome outcome = cluster.run(plan, progress -> System.out.println(progress));
 * }
 * }</pre>
 */
@NullMarked
package io.sailplan.k8s;

import org.jspecify.annotations.NullMarked;
