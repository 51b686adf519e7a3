package io.sailplan.plan;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A caller's secret key, by which saved plans speak of secrets without telling them, and by which
 * nobody else can change an approved plan unnoticed. Keep it where Secrets are kept; it has to be
 * the same when a plan is saved and when it is opened. {@link #toString} does not show it.
 */
public final class PlanKey {
  /** What keyed digests start with. */
  static final String PREFIX = "hmac-sha256:";

  private static final int SHORTEST = 16;

  private final HashFunction hmac;

  private PlanKey(byte[] key) {
    this.hmac = Hashing.hmacSha256(key);
  }

  /**
   * Returns a key of these bytes; they should be random.
   *
   * @throws IllegalArgumentException naming {@code key}, if there are fewer than 16
   */
  public static PlanKey of(byte[] key) {
    if (key.length < SHORTEST) {
      throw new IllegalArgumentException(
          "key must have at least " + SHORTEST + " bytes: " + key.length);
    }
    return new PlanKey(key.clone());
  }

  /** Returns the keyed digest of {@code text}, which only has a meaning among those of one use. */
  String digest(String use, String text) {
    return PREFIX + hmac.hashString(use + '\n' + text, StandardCharsets.UTF_8);
  }

  /** Returns whether both are the same, in a time that does not tell where they differ. */
  static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns whether both are the same bytes. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PlanKey key && same(digest("key", ""), key.digest("key", ""));
  }

  @Override
  public int hashCode() {
    return digest("key", "").hashCode();
  }

  @Override
  public String toString() {
    return "PlanKey";
  }
}
