package io.sailplan.ownership;

import com.google.common.hash.Hashing;
import io.sailplan.model.Json;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A digest of what matters to an apply in a live object: if two observations have the same, the
 * apply means the same in both.
 *
 * <p>It covers the object's UID, the live values of all fields that are sent, and of all fields
 * that the manager owns, so that it changes when somebody else changes, takes or gives back such a
 * field, and does not when a status or an unrelated label changes. Lists are told apart as {@code
 * managedFields} records them; a list that nobody has recorded counts as a whole.
 */
public final class Fingerprint {
  private Fingerprint() {}

  /**
   * Returns a digest of the whole object but its status and what the server keeps in its metadata:
   * whoever deletes it loses all of that.
   */
  public static String ofAll(LiveObject live) {
    Manifest kept =
        live.manifest()
            .without("status")
            .without("metadata", "managedFields")
            .without("metadata", "resourceVersion")
            .without("metadata", "generation");
    return Hashing.sha256()
        .hashString(Json.write(RelevantFields.sorted(kept.tree())), StandardCharsets.UTF_8)
        .toString();
  }

  /**
   * Returns the digest, as lower-case hexadecimal digits. It cannot be turned back, but a guess can
   * be checked against it: handle that of a Secret like the Secret.
   *
   * @param live the object as it was observed
   * @param payload what is sent
   * @param fieldManager by whom
   */
  public static String of(LiveObject live, Manifest payload, String fieldManager) {
    Map<String, @Nullable Object> fields = RelevantFields.of(live, payload, fieldManager);
    List<@Nullable Object> all = new ArrayList<>();
    all.add(live.uid());
    all.add(fields);
    return Hashing.sha256().hashString(Json.write(all), StandardCharsets.UTF_8).toString();
  }
}
