package io.sailplan.cli;

import io.sailplan.plan.Refusal;
import io.sailplan.problem.Problem;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON documents that commands print, apart from plans. Their fields keep one order. */
final class Documents {
  private Documents() {}

  static Map<String, @Nullable Object> of(String name) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("format", "sailplan.io/" + name + "/v0-experimental");
    return document;
  }

  static Map<String, @Nullable Object> failure(
      String message, Collection<Problem> problems, Collection<Refusal> refusals) {
    Map<String, @Nullable Object> document = of("failure");
    document.put("message", message);
    document.put("problems", problems.stream().map(Problems::json).toList());
    document.put("refusals", refusals.stream().map(Refusals::json).toList());
    return document;
  }
}
