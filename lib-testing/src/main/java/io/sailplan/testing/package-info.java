/**
 * Tests without a cluster: a simulated one in virtual time, assertions on plans and outcomes, and
 * the contract that every cluster meets.
 *
 * <pre>{@code
 * SimulatedCluster cluster = SimulatedCluster.create();
 * cluster.pods().ofImage("shop/api:2").are(PodBehaviour.crashLoop());
 * Outcome outcome = cluster.run(plan, progress -> {});
 * assertThat(outcome).hasFailed("await Deployment/api");
 * }</pre>
 */
@NullMarked
package io.sailplan.testing;

import org.jspecify.annotations.NullMarked;
