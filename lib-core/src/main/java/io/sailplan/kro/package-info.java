/**
 * ResourceGraphDefinitions of kro, read without a cluster: the graph, the language of its schema,
 * the definition that kro would make of it, and instances.
 *
 * <pre>{@code
 * ResourceGraphDefinition graph = ResourceGraphDefinitionReader.read(resource).orThrow();
 * InstanceKind kind = InstanceKind.of(graph);
 * kind.definition(); // the CustomResourceDefinition that kro would make
 * Instance shop = Instance.read(instance, kind).orThrow();
 * shop.schemaVariable(); // what expressions see, with all defaults
 * Application application = GraphApplication.of(graph, shop.manifest()); // to be planned
 * }</pre>
 *
 * <p>What kro is and does here is what its version 0.9.4 does; where this package differs, and why,
 * is told in docs/kro.md. All types are immutable.
 */
@NullMarked
package io.sailplan.kro;

import org.jspecify.annotations.NullMarked;
