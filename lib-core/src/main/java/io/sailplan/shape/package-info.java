/**
 * The structure of kinds: field types, list keys, what is replaced whole, what the API server fills
 * in or leaves out.
 *
 * <p>Built-in kinds ship with the library; a CustomResourceDefinition brings its own, from the
 * cluster or from the very set that is being planned:
 *
 * <pre>{@code
 * ShapeCatalog shapes = ShapeCatalog.builtIn().withCustomResources(crds);
 * KindShape deployment = shapes.find(GroupVersionKind.of("apps/v1", "Deployment")).orElseThrow();
 * }</pre>
 */
@NullMarked
package io.sailplan.shape;

import org.jspecify.annotations.NullMarked;
