package io.sailplan.reconcile;

import com.google.common.hash.Hashing;
import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import java.nio.charset.StandardCharsets;

/**
 * Which changes of objects matter to an application: not those of {@code managedFields}, versions
 * and generations; and those of the status only if it has expressions, which may read it.
 */
record Relevance(boolean status) {

  static Relevance of(Application application) {
    return new Relevance(
        application.resources().stream()
            .anyMatch(resource -> resource.manifest().toJson().contains("${")));
  }

  /** Returns whether the object is made by a controller for another one: that one counts. */
  boolean isIgnored(LiveObject object) {
    return !object.owners().isEmpty();
  }

  Seen seen(LiveObject object) {
    Manifest content =
        object
            .manifest()
            .without("metadata", "managedFields")
            .without("metadata", "resourceVersion")
            .without("metadata", "generation");
    String text = (status ? content : content.without("status")).toJson();
    return new Seen(
        object.resourceVersion(),
        Hashing.murmur3_128().hashString(text, StandardCharsets.UTF_8).asLong());
  }
}
