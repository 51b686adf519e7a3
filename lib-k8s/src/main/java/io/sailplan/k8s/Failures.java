package io.sailplan.k8s;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says what became of a connection, for people, without credentials. */
final class Failures {
  /** What stands before the host in an address, and what follows the word Bearer or Basic. */
  private static final Pattern CREDENTIALS =
      Pattern.compile("(?<=://)[^/@\\s]+@|(?<=\\b(?:Bearer|Basic) )\\S+");

  private Failures() {}

  static String describe(IOException failure) {
    if (failure instanceof InterruptedIOException && !(failure instanceof SocketTimeoutException)) {
      return "timeout".equals(failure.getMessage()) ? "the time was up" : "interrupted";
    }
    String message = failure.getMessage();
    String name = failure.getClass().getSimpleName();
    return message == null ? name : name + ": " + CREDENTIALS.matcher(message).replaceAll("…");
  }

  /** Returns the failure as a cause; null if its own message could give credentials away. */
  static @Nullable IOException cause(IOException failure) {
    String message = failure.getMessage();
    return message != null && CREDENTIALS.matcher(message).find() ? null : failure;
  }
}
