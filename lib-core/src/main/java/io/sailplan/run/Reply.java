package io.sailplan.run;

import org.jspecify.annotations.Nullable;

/**
 * How a request ended.
 *
 * @param response the answer; null if there was none
 * @param lost what happened to the connection; empty if there is an answer
 */
record Reply(@Nullable Response response, String lost) {
  static Reply answered(Response response) {
    return new Reply(response, "");
  }

  static Reply lost(String reason) {
    return new Reply(null, reason);
  }
}
