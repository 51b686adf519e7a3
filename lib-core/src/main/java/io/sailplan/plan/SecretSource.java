package io.sailplan.plan;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.Application;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the content of Secrets comes from when a saved plan is opened: the plan itself does not
 * hold it. What a source gives is compared with what was planned.
 */
@FunctionalInterface
public interface SecretSource {

  /**
   * Returns a Secret as it was declared when the plan was made, {@code stringData} or {@code data};
   * empty if this source does not know it.
   */
  Optional<Manifest> secret(ObjectKey key);

  /** Returns the source that knows no Secret, for plans that change none. */
  static SecretSource none() {
    return key -> Optional.empty();
  }

  /** Returns the Secrets among the resources of an application, such as one that was read again. */
  static SecretSource of(Application application) {
    Map<ObjectKey, Manifest> secrets = new TreeMap<>();
    for (Resource resource : application.resources()) {
      ObjectKey key = resource.manifest().key();
      secrets.put(
          key.namespace().isEmpty() ? key.inNamespace(application.namespace()) : key,
          resource.manifest());
    }
    return key -> Optional.ofNullable(secrets.get(requireNonNull(key, "key")));
  }
}
