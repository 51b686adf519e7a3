package io.sailplan.shape;

/** Ranges of addresses as text. */
public final class IpRanges {
  private IpRanges() {}

  /**
   * Returns whether one range is a smaller part of another; true if either is no range, as others
   * say so.
   */
  public static boolean isWithin(String inner, String outer) {
    if (!IpText.isRange(inner) || !IpText.isRange(outer)) {
      return true;
    }
    String part = IpText.bits(inner);
    String whole = IpText.bits(outer);
    return IpText.isVersion4(inner) == IpText.isVersion4(outer)
        && part.length() > whole.length()
        && part.startsWith(whole);
  }
}
