package io.sailplan.run;

import io.sailplan.model.LiveObject;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import io.sailplan.readiness.Diagnosis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How the run speaks: what a person reads has to be enough to know what to fix. */
final class Wording {
  /** Servers quote whole objects now and then. */
  private static final int LONGEST = 600;

  private Wording() {}

  /** Returns {@code Deployment shop/api}. */
  static String name(ObjectKey key) {
    return key.kind() + " " + (key.namespace().isEmpty() ? "" : key.namespace() + "/") + key.name();
  }

  /**
   * Returns an error of the server with all its causes; masked, as half a value is none to mask.
   */
  static String error(Response answer, ObjectKey key, UnaryOperator<String> masker) {
    StringBuilder text = new StringBuilder();
    text.append("the server answered ").append(answer.status());
    if (!answer.reason().isEmpty()) {
      text.append(' ').append(answer.reason());
    }
    List<Map<String, @Nullable Object>> causes = answer.causes();
    boolean hidden = maySpellOut(answer, key);
    if (hidden) {
      text.append(" (the message may hold values of the Secret, so it is not shown)");
    } else if (!answer.message().isEmpty()) {
      text.append(": ").append(shortened(masker.apply(answer.message())));
    }
    for (String cause :
        new TreeSet<>(causes.stream().map(c -> cause(c, hidden, masker)).toList())) {
      if (!cause.isEmpty() && !text.toString().contains(cause)) {
        text.append("\n  ").append(cause);
      }
    }
    return text.toString();
  }

  /** What the server says of a Secret that it could not read may quote it. */
  private static boolean maySpellOut(Response answer, ObjectKey key) {
    return key.kind().equals("Secret")
        && key.group().isEmpty()
        && (answer.status() == 400 || answer.status() == 422 || answer.status() == 500)
        && !answer.message().contains("failed calling webhook");
  }

  private static String cause(
      Map<String, @Nullable Object> cause, boolean hidden, UnaryOperator<String> masker) {
    String field = Trees.string(cause.get("field"));
    String message = Trees.string(cause.get(hidden ? "reason" : "message"));
    return shortened(
        masker.apply(
            field.isEmpty() || message.isEmpty() ? field + message : field + ": " + message));
  }

  /** Returns what can be done about an error for good, in a new line; empty if it says it all. */
  static String hint(Response answer) {
    String advice = advice(answer.message());
    if (!advice.isEmpty()) {
      return advice;
    }
    return switch (answer.status()) {
      case 401 -> "\nThe credentials are not valid (any more): log in again, or renew the token.";
      case 403 ->
          answer.message().contains(" cannot ")
              ? "\nGrant the permission by a Role or ClusterRole and its binding."
              : "\nAn admission rule of the cluster forbids it: change the object, or the rule.";
      case 413 -> "\nThe object is too large for the server.";
      default -> "";
    };
  }

  /** Returns what is known of a server's message, in a new line; empty if nothing is. */
  static String advice(String message) {
    String advice = Diagnosis.advice(message);
    return advice.isEmpty() ? "" : "\n" + advice;
  }

  /** Returns fields and their managers, one a line, and what to do. */
  static String conflicts(Response answer) {
    TreeSet<String> lines = new TreeSet<>();
    for (Map<String, @Nullable Object> cause : answer.causes()) {
      lines.add(Trees.string(cause.get("field")) + ": " + Trees.string(cause.get("message")));
    }
    return "fields are owned by other managers, with other values:\n  "
        + String.join("\n  ", lines)
        + "\nLeave these fields out, let the other manager give them up, or allow in the policy to"
        + " force them.";
  }

  /** Returns who made an object, and when, as far as the object says. */
  static String origin(LiveObject live) {
    String created = live.manifest().string("metadata", "creationTimestamp");
    String maker = "";
    String first = "";
    List<String> untimed = new ArrayList<>();
    for (Object item : Trees.list(live.manifest().get("metadata", "managedFields"))) {
      String manager = Trees.string(Trees.get(item, "manager"));
      String time = Trees.string(Trees.get(item, "time"));
      if (time.isEmpty()) {
        untimed.add(manager);
      } else if (first.isEmpty() || time.compareTo(first) < 0) { // RFC 3339 in UTC sorts as text
        first = time;
        maker = manager;
      }
    }
    if (maker.isEmpty() && !untimed.isEmpty()) {
      maker = untimed.get(0);
    }
    return (maker.isEmpty() ? "" : " by " + maker) + (created.isEmpty() ? "" : " at " + created);
  }

  /** Returns why a step was skipped, given how the step ended that started the trouble. */
  static String skipped(StepOutcome root) {
    return "Skipped because \"" + root.step().id() + "\" " + ended(root.status()) + ".";
  }

  private static String ended(StepStatus status) {
    return switch (status) {
      case SUCCEEDED, UNCHANGED -> "succeeded";
      case NOT_NEEDED -> "was not needed";
      case FAILED -> "failed";
      case TIMED_OUT -> "timed out";
      case STALE -> "was stale";
      case SKIPPED -> "was skipped";
      case CANCELLED -> "was cancelled";
      case UNKNOWN -> "ended unknown";
    };
  }

  static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …";
  }
}
