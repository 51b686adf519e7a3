package io.sailplan.ownership;

import io.sailplan.ownership.CrossRule.At;
import java.util.List;

/** What the fields of events demand of each other. */
final class EventRules {
  private static final int LONGEST = 128;

  private EventRules() {}

  static void addTo(CrossRules.Table rules) {
    rules.add("core.v1.Event", event -> event(event, "involvedObject", "reportingComponent"));
    rules.add("events.v1.Event", event -> event(event, "regarding", "reportingController"));
  }

  private static void event(At event, String about, String controller) {
    String home = event.child("metadata").text("namespace");
    String space = event.child(about).text("namespace");
    boolean modern = event.get("eventTime") != null;
    boolean general = home.equals("default") || (modern && home.equals("kube-system"));
    boolean fits = space.isEmpty() ? general : modern || space.equals(home);
    if (!home.isEmpty() && !fits && !event.child(about).isOpen("namespace")) {
      event.child(about).wrong("namespace", " is not that of the event", "Write " + home + ".");
    }
    for (String field :
        modern ? List.of(controller, "reportingInstance", "action", "reason") : List.<String>of()) {
      if (!event.has(field)) {
        event.missing(field, "It is needed where eventTime is set.");
      } else if (event.text(field).length() > LONGEST) {
        event.wrong(field, " is longer than " + LONGEST + " characters", "Shorten it.");
      }
    }
  }
}
