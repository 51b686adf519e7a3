package io.sailplan.readiness;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The warnings among the Events of both API groups, by the object they are about. */
final class EventLog {
  private static final Comparator<Warning> NEWEST_FIRST =
      Comparator.comparing(Warning::last)
          .reversed()
          .thenComparing(Warning::reason)
          .thenComparing(Warning::message);

  private record About(String kind, String namespace, String name) {}

  /** The same warning, however often it was given. */
  record Warning(String reason, String message, long count, Instant last) {
    String text() {
      return reason + (count > 1 ? " ×" + count : "") + ": " + message;
    }

    private Warning plus(Warning other) {
      Instant later = last.isAfter(other.last) ? last : other.last;
      return new Warning(reason, message, count + other.count, later);
    }
  }

  private final Map<About, Map<String, Warning>> warnings = new LinkedHashMap<>();

  EventLog(Collection<LiveObject> objects) {
    for (LiveObject object : objects) {
      Manifest event = object.manifest();
      if (event.kind().equals("Event") && event.string("type").equals("Warning")) {
        add(event);
      }
    }
  }

  private void add(Manifest event) {
    Object about =
        event.get("regarding") == null ? event.get("involvedObject") : event.get("regarding");
    String message =
        event.string("note").isEmpty() ? event.string("message") : event.string("note");
    Warning warning =
        new Warning(event.string("reason"), Texts.common(message), count(event), last(event));
    warnings
        .computeIfAbsent(
            new About(
                Trees.string(Trees.get(about, "kind")),
                Trees.string(Trees.get(about, "namespace")),
                Trees.string(Trees.get(about, "name"))),
            key -> new LinkedHashMap<>())
        .merge(warning.reason() + "\n" + warning.message(), warning, Warning::plus);
  }

  /** Returns the warnings about the object, newest first, the same ones counted together. */
  List<Warning> about(LiveObject object) {
    About about = new About(object.key().kind(), object.key().namespace(), object.key().name());
    List<Warning> found = new ArrayList<>(warnings.getOrDefault(about, Map.of()).values());
    found.sort(NEWEST_FIRST);
    return found;
  }

  /** Returns the newest warning about the object that has one of the reasons. */
  Optional<Warning> newest(LiveObject object, Collection<String> reasons) {
    return about(object).stream().filter(event -> reasons.contains(event.reason())).findFirst();
  }

  private static long count(Manifest event) {
    long series = event.integer(0, "series", "count");
    long old = Math.max(event.integer(0, "count"), event.integer(0, "deprecatedCount"));
    return Math.max(1, Math.max(series, old));
  }

  private static Instant last(Manifest event) {
    Instant last = Instant.MIN;
    for (Object time :
        new @Nullable Object[] {
          event.get("series", "lastObservedTime"),
          event.get("lastTimestamp"),
          event.get("deprecatedLastTimestamp"),
          event.get("eventTime"),
          event.get("metadata", "creationTimestamp")
        }) {
      Instant instant = instant(time);
      last = instant.isAfter(last) ? instant : last;
    }
    return last;
  }

  private static Instant instant(@Nullable Object time) {
    try {
      return time instanceof String text ? Instant.parse(text) : Instant.MIN;
    } catch (DateTimeException notATime) {
      return Instant.MIN; // such an event counts as the oldest
    }
  }
}
