package io.sailplan.k8s;

import java.math.BigInteger;

/**
 * Compares resource versions of one resource, which is allowed where they are decimal numbers (<a
 * href="https://github.com/kubernetes/enhancements/tree/master/keps/sig-api-machinery/5504-comparable-resource-version">KEP-5504</a>).
 */
final class ResourceVersions {
  private ResourceVersions() {}

  /** Returns whether {@code one} is certainly older than {@code other}. */
  static boolean isOlder(String one, String other) {
    return isNumber(one)
        && isNumber(other)
        && new BigInteger(one).compareTo(new BigInteger(other)) < 0;
  }

  private static boolean isNumber(String version) {
    return version.matches("[0-9]{1,40}");
  }
}
