/**
 * Which resource of an application needs which other, and why.
 *
 * <pre>{@code
 * GraphResult result = ResourceGraph.compile(shop, kinds);
 * result.graph().get().order();             // [Secret/db, Deployment/api]
 * result.graph().get().edges().get(0);      // Deployment/api needs Secret/db (spec.template…)
 * }</pre>
 *
 * <p>An edge is <em>hard</em> where Kubernetes refuses, or cannot run, the one without the other,
 * and <em>soft</em> where the other order merely goes better. Hard edges in a circle are a problem;
 * a soft edge that would close a circle is dropped. All types here are immutable.
 */
@NullMarked
package io.sailplan.graph;

import org.jspecify.annotations.NullMarked;
