/**
 * What should exist and what does: manifests, applications, and snapshots of a cluster.
 *
 * <pre>{@code
 * Application shop = Application.read("shop", yaml);
 * Snapshot seen = Snapshot.of(List.of(LiveObject.of(secret)));
 * seen.find(ObjectKey.of("v1", "Secret", "default", "db"));
 * }</pre>
 *
 * <p>All types here are deeply immutable values, safe for use by any number of threads.
 */
@NullMarked
package io.sailplan.model;

import org.jspecify.annotations.NullMarked;
