package io.sailplan.cli;

import io.sailplan.plan.Refusal;
import io.sailplan.plan.Remedy;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes refusals for people and for programs. */
final class Refusals {
  private Refusals() {}

  static String text(Refusal refusal, Style style) {
    StringBuilder text = new StringBuilder();
    if (!refusal.subject().isEmpty()) {
      text.append(style.bold(refusal.subject() + ":")).append(' ');
    }
    text.append(style.red("refused")).append(' ').append(code(refusal)).append(": ");
    text.append(refusal.message()).append('\n');
    for (Remedy remedy : refusal.remedies()) {
      text.append("    ").append(style.bold(remedy.action())).append(": ");
      text.append(remedy.description()).append(option(remedy)).append('\n');
    }
    return text.toString();
  }

  /** Returns how this command is told to do it. */
  private static String option(Remedy remedy) {
    return switch (remedy.action()) {
      case "adopt" -> " (--adopt unowned)";
      case "adopt-all" -> " (--adopt all)";
      case "take-back" -> " (--adopt all --force-conflicts)";
      case "prune-more" -> " (--prune all, or a bound such as --prune 50,80%)";
      case "prune-none" -> " (--prune none)";
      case "force" -> " (--force-conflicts)";
      case "recreate" -> " (--recreate KIND)";
      default -> "";
    };
  }

  static Map<String, @Nullable Object> json(Refusal refusal) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("code", code(refusal));
    json.put("subject", refusal.subject());
    json.put("message", refusal.message());
    json.put("remedies", refusal.remedies().stream().map(Refusals::json).toList());
    return json;
  }

  private static Map<String, @Nullable Object> json(Remedy remedy) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("action", remedy.action());
    json.put("description", remedy.description());
    return json;
  }

  private static String code(Refusal refusal) {
    return refusal.code().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
