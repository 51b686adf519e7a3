/**
 * ResourceGraphDefinitions of kro, read without a cluster: the graph, the language of its schema,
 * the definition that kro would make of it, and instances.
 *
 * <pre>{@code
 * ResourceGraphDefinition shop = ResourceGraphDefinitionReader.read(resource).orThrow();
 * shop.specSchema(); // OpenAPI v3
 * }</pre>
 *
 * <p>What kro is and does here is what its version 0.9.4 does; where this package differs, and why,
 * is told in docs/kro.md. All types are immutable.
 */
@NullMarked
package io.sailplan.kro;

import org.jspecify.annotations.NullMarked;
