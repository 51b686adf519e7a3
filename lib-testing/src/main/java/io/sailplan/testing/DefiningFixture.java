package io.sailplan.testing;

import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/**
 * What sentences about kinds of their own are written with. Whatever they define goes at their end.
 */
abstract class DefiningFixture extends DeletionContract {
  private final Set<ObjectKey> defined = new LinkedHashSet<>();

  /** Returns the key of the definition of a kind in the group of the sentence. */
  final ObjectKey definition(String plural) {
    return new ObjectKey(
        Kind.DEFINITION.group(), Kind.DEFINITION.kind(), "", plural + "." + group());
  }

  /** Returns the group of the sentence: {@code $ns.sailplan.io} in manifests. */
  final String group() {
    return namespace() + ".sailplan.io";
  }

  /** Returns an object of a kind in the group and the namespace of the sentence. */
  final ObjectKey custom(String kind, String name) {
    return new ObjectKey(group(), kind, namespace(), name);
  }

  /** Applies a definition. */
  final void define(String definition) {
    Manifest manifest = manifest(definition);
    defined.add(manifest.key());
    applied("me", definition);
  }

  /** Applies a definition, and waits until an object of its kind can be written. */
  final void serve(String definition, String object) {
    define(definition);
    await("the kind is served", () -> apply("nobody", object).isSuccess());
  }

  /**
   * Waits until the server has learnt that a version is gone in which somebody owns fields of the
   * object: it fails then. Nothing is written.
   */
  final Response awaitRefusal(String object) {
    Request.Apply attempt = new Request.Apply(manifest(object), "you", false, "", true);
    await("nobody can apply", () -> send(attempt).status() == 500);
    return send(attempt);
  }

  @AfterEach
  final void removeDefinitions() {
    defined.forEach(this::delete);
  }
}
