package io.sailplan.plan;

import com.google.common.hash.Hashing;
import io.sailplan.dialect.Protection;
import io.sailplan.lifecycle.Membership;
import io.sailplan.model.Json;
import io.sailplan.model.LiveObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has to be as it was seen when an object is deleted, however much else has changed: whose it
 * is, and what protects it. Between plan and run another application may have adopted it, or
 * somebody may have marked it to be kept.
 */
public final class Claim {
  private Claim() {}

  /**
   * Returns the precondition that it is still that object, belongs to whom it belonged, and is
   * protected no more than it was.
   *
   * @param live the object that is to go, as it was seen
   */
  public static Precondition.Unchanged of(LiveObject live) {
    return new Precondition.Unchanged(live.uid(), live.resourceVersion(), fingerprint(live));
  }

  static String fingerprint(LiveObject live) {
    List<@Nullable Object> claim = new ArrayList<>();
    claim.add("claim");
    claim.add(live.uid());
    claim.add(live.manifest().get("metadata", "labels", Membership.PART_OF));
    claim.add(live.manifest().get("metadata", "ownerReferences"));
    claim.add(Protection.marks(live));
    return Hashing.sha256().hashString(Json.write(claim), StandardCharsets.UTF_8).toString();
  }
}
