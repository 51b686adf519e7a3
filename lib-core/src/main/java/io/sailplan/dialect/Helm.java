package io.sailplan.dialect;

import io.sailplan.dialect.Hook.Cleanup;
import io.sailplan.dialect.Hook.Event;
import io.sailplan.dialect.Key.Use;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What Helm reads from the templates of a chart, and what is left of it once they are rendered. */
final class Helm implements DialectReader {
  static final Key HOOK = Key.of(Dialect.HELM, "helm.sh/hook", Use.HOOK);
  static final Key WEIGHT = Key.of(Dialect.HELM, "helm.sh/hook-weight", Use.HOOK);
  static final Key DELETE_POLICY = Key.of(Dialect.HELM, "helm.sh/hook-delete-policy", Use.HOOK);
  private static final Dialect DIALECT = Dialect.HELM;
  private static final String ORDERED =
      "Resources are ordered by what they need of each other; write sailplan.io/depends-on to say more.";
  private static final String READY =
      "It is waited for by the rules of its kind; write sailplan.io/ready-when to say otherwise.";

  static final List<Key> KEYS =
      List.of(
          HOOK,
          WEIGHT,
          DELETE_POLICY,
          Key.of(DIALECT, "helm.sh/resource-policy", Use.PROTECTION),
          Key.of(DIALECT, "helm.sh/hook-output-log-policy", Use.NOTHING),
          Key.of(DIALECT, "helm.sh/chart", Use.NOTHING),
          Key.of(DIALECT, "meta.helm.sh/release-name", Use.NOTHING),
          Key.of(DIALECT, "meta.helm.sh/release-namespace", Use.NOTHING),
          Key.notCarriedOver(DIALECT, "helm.sh/resource-group", ORDERED),
          Key.notCarriedOver(DIALECT, "helm.sh/depends-on/resource-groups", ORDERED),
          Key.notCarriedOver(DIALECT, "helm.sh/depends-on/subcharts", ORDERED),
          Key.notCarriedOver(DIALECT, "helm.sh/readiness-success", READY),
          Key.notCarriedOver(DIALECT, "helm.sh/readiness-failure", READY));

  private static final Map<String, Event> EVENTS =
      Map.of(
          "pre-install", Event.PRE_INSTALL,
          "post-install", Event.POST_INSTALL,
          "pre-upgrade", Event.PRE_UPGRADE,
          "post-upgrade", Event.POST_UPGRADE,
          "pre-delete", Event.PRE_DELETE,
          "post-delete", Event.POST_DELETE);

  /** Charts for Helm 2 made definitions of kinds that way: as members they come first anyway. */
  private static final String DEFINITION = "crd-install";

  private static final Set<String> TESTS = Set.of("test", "test-success", "test-failure");
  private static final Set<String> ROLLBACKS = Set.of("pre-rollback", "post-rollback");

  private static final Map<String, Cleanup> CLEANUPS =
      Map.of(
          "before-hook-creation", Cleanup.BEFORE_CREATION,
          "hook-succeeded", Cleanup.SUCCEEDED,
          "hook-failed", Cleanup.FAILED);

  @Override
  public void read(Item item) {
    String value = item.get(HOOK);
    if (value == null) {
      return;
    }
    Set<Event> events = EnumSet.noneOf(Event.class);
    boolean tests = false;
    boolean member = false;
    for (String part : value.split(",", -1)) {
      String word = part.strip().toLowerCase(Locale.ROOT);
      Event event = EVENTS.get(word);
      if (event != null) {
        events.add(event);
      } else if (word.equals(DEFINITION)) {
        member = true;
      } else if (TESTS.contains(word)) {
        tests = true;
      } else if (!ROLLBACKS.contains(word)) {
        item.malformed(
            HOOK.name(),
            "\"" + Item.cut(part.strip()) + "\" is no hook",
            "Write pre- or post- with install, upgrade, rollback or delete, or test.");
        return;
      }
    }
    if (!events.isEmpty()) {
      item.hook(
          new Hook(
              item.id(),
              DIALECT,
              Item.text(DIALECT, HOOK.name(), value),
              events,
              Numbers.read(item, WEIGHT, 0),
              cleanups(item)));
    } else if (!member) {
      item.leaveOut(
          (tests ? "it is a test, which is not deployed: " : "it runs for rollbacks only: ")
              + Item.text(DIALECT, HOOK.name(), value));
    }
  }

  static Set<Cleanup> cleanups(Item item) {
    String value = item.get(DELETE_POLICY);
    return value == null
        ? EnumSet.of(Cleanup.BEFORE_CREATION)
        : cleanups(item, DELETE_POLICY, value.toLowerCase(Locale.ROOT), CLEANUPS);
  }

  /** Reads words that say when the object of a hook is deleted. */
  static Set<Cleanup> cleanups(Item item, Key key, String value, Map<String, Cleanup> words) {
    Set<Cleanup> cleanups = EnumSet.noneOf(Cleanup.class);
    for (String part : value.split(",", -1)) {
      Cleanup cleanup = words.get(part.strip());
      if (cleanup != null) {
        cleanups.add(cleanup);
      } else {
        item.malformed(
            key.name(),
            "\"" + Item.cut(part.strip()) + "\" does not say when the hook is deleted",
            "Write " + String.join(", ", words.keySet().stream().sorted().toList()) + ".");
      }
    }
    return cleanups;
  }
}
