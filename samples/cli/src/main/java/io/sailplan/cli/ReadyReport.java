package io.sailplan.cli;

import io.sailplan.model.LiveObject;
import io.sailplan.readiness.Verdict;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The verdicts on some objects, ordered by key. */
record ReadyReport(List<Entry> entries) {
  /**
   * Part of the interface: other tools read this, and docs/schema/ready.schema.json describes it.
   */
  private static final String FORMAT = "sailplan.io/ready/v1";

  record Entry(LiveObject object, Verdict verdict) {}

  ReadyReport {
    entries =
        entries.stream()
            .sorted(
                Comparator.comparing((Entry entry) -> entry.object().key())
                    .thenComparing(entry -> entry.object().resourceVersion()))
            .toList();
  }

  boolean isReady() {
    return entries.stream().allMatch(entry -> entry.verdict().isReady());
  }

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("format", FORMAT);
    document.put("ready", isReady());
    document.put("objects", entries.stream().map(ReadyReport::json).toList());
    return document;
  }

  String text(Style style) {
    StringBuilder text = new StringBuilder();
    int width =
        entries.stream()
            .mapToInt(entry -> entry.object().key().toString().length())
            .max()
            .orElse(0);
    for (Entry entry : entries) {
      String key = entry.object().key().toString();
      text.append(mark(entry.verdict(), style)).append(' ').append(style.bold(key));
      text.append(" ".repeat(width - key.length())).append("  ");
      text.append(status(entry.verdict())).append(": ").append(entry.verdict().message());
      text.append('\n');
    }
    long ready = entries.stream().filter(entry -> entry.verdict().isReady()).count();
    return text.append(ready + " of " + Problems.number(entries.size(), "object"))
        .append(ready == 1 ? " is ready.\n" : " are ready.\n")
        .toString();
  }

  private static Map<String, @Nullable Object> json(Entry entry) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("apiVersion", entry.object().manifest().apiVersion());
    json.put("kind", entry.object().manifest().kind());
    json.put("namespace", entry.object().manifest().namespace());
    json.put("name", entry.object().manifest().name());
    json.put("ready", entry.verdict().isReady());
    json.put("verdict", status(entry.verdict()));
    json.put("reason", entry.verdict().reason());
    json.put("message", entry.verdict().message());
    json.put("assumed", entry.verdict().assumed());
    return json;
  }

  private static String mark(Verdict verdict, Style style) {
    return switch (verdict.status()) {
      case READY -> style.green("✔");
      case FAILED -> style.red("✘");
      case PROGRESSING, TERMINATING -> style.yellow("…");
      case SILENT -> style.yellow("?");
    };
  }

  private static String status(Verdict verdict) {
    return verdict.status().name().toLowerCase(Locale.ROOT);
  }
}
