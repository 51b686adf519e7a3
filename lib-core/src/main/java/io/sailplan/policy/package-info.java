/**
 * What a caller allows.
 *
 * <pre>{@code
 * Policy policy = Policy.standard().deleting("Namespace", "PersistentVolumeClaim");
 * }</pre>
 */
@NullMarked
package io.sailplan.policy;

import org.jspecify.annotations.NullMarked;
