package io.sailplan.dialect;

import io.sailplan.dialect.Hook.Cleanup;
import io.sailplan.dialect.Hook.Event;
import io.sailplan.dialect.Key.Use;
import io.sailplan.model.ReadinessRule;
import io.sailplan.problem.ProblemCode;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What Argo CD reads on the objects that it deploys. */
final class Argo implements DialectReader {
  private static final Dialect DIALECT = Dialect.ARGO;
  private static final String PREFIX = "argocd.argoproj.io/";
  private static final Key WAVE = Key.of(DIALECT, PREFIX + "sync-wave", Use.ORDER);
  private static final Key HOOK = Key.of(DIALECT, PREFIX + "hook", Use.HOOK);
  private static final Key DELETE_POLICY = Key.of(DIALECT, PREFIX + "hook-delete-policy", Use.HOOK);
  private static final Key IGNORE_HEALTH =
      Key.of(DIALECT, PREFIX + "ignore-healthcheck", Use.WAITING);

  static final List<Key> KEYS =
      List.of(
          WAVE,
          HOOK,
          DELETE_POLICY,
          ArgoOptions.KEY,
          IGNORE_HEALTH,
          Key.of(DIALECT, PREFIX + "compare-options", Use.NOTHING),
          Key.of(DIALECT, PREFIX + "deletion-approved", Use.NOTHING),
          Key.of(DIALECT, PREFIX + "ignore-resource-updates", Use.NOTHING),
          Key.of(DIALECT, PREFIX + "ignore-restart-policy", Use.NOTHING),
          Key.of(DIALECT, PREFIX + "installation-id", Use.NOTHING),
          Key.of(DIALECT, PREFIX + "tracking-id", Use.NOTHING));

  private static final Map<String, Set<Event>> EVENTS =
      Map.of(
          "PreSync", Set.of(Event.PRE_INSTALL, Event.PRE_UPGRADE),
          "Sync", Set.of(Event.SYNC),
          "PostSync", Set.of(Event.POST_INSTALL, Event.POST_UPGRADE),
          "SyncFail", Set.of(Event.FAILURE),
          "PreDelete", Set.of(Event.PRE_DELETE),
          "PostDelete", Set.of(Event.POST_DELETE),
          "Skip", Set.of());

  private static final Map<String, Cleanup> CLEANUPS =
      Map.of(
          "BeforeHookCreation", Cleanup.BEFORE_CREATION,
          "HookSucceeded", Cleanup.SUCCEEDED,
          "HookFailed", Cleanup.FAILED);

  @Override
  public void read(Item item) {
    ArgoOptions.read(item);
    String health = item.get(IGNORE_HEALTH);
    if (health != null && health.equals("true") && item.resource().readiness() == null) {
      item.change(resource -> resource.readyWhen(new ReadinessRule.Exists()));
    }
    String value = item.get(HOOK);
    if (value != null) {
      hook(item, value);
    } else {
      Numbers.read(item, WAVE, 0); // what cannot be read is noted once
    }
  }

  private static void hook(Item item, String value) {
    Set<Event> events = EnumSet.noneOf(Event.class);
    for (String part : value.split(",", -1)) {
      Set<Event> known = EVENTS.get(part.strip());
      if (known == null) {
        item.malformed(
            HOOK.name(),
            "\"" + Item.cut(part.strip()) + "\" is no hook",
            "Write PreSync, Sync, PostSync, SyncFail, Skip, PreDelete or PostDelete.");
        return;
      }
      if (known.isEmpty()) {
        item.leaveOut(Item.text(DIALECT, HOOK.name(), value));
      }
      events.addAll(known);
    }
    if (!item.leftOut().isEmpty() && events.isEmpty()) {
      return;
    }
    Hook helm = item.hook();
    if (helm != null && !helm.events().equals(events)) {
      item.warn(
          ProblemCode.CONTRADICTION,
          HOOK.name(),
          item.id()
              + " is a hook of two tools, at different moments: "
              + Item.text(DIALECT, HOOK.name(), value)
              + ", and "
              + helm.text(),
          "The one of Argo CD counts; remove the other.");
    }
    String policy = item.get(DELETE_POLICY);
    Set<Cleanup> cleanups =
        policy == null ? Helm.cleanups(item) : Helm.cleanups(item, DELETE_POLICY, policy, CLEANUPS);
    int weight = Numbers.read(item, WAVE, helm == null ? 0 : helm.weight());
    item.hook(
        new Hook(
            item.id(), DIALECT, Item.text(DIALECT, HOOK.name(), value), events, weight, cleanups));
  }

  @Override
  public void relate(List<Item> items, Findings findings) {
    Waves waves = new Waves(DIALECT, "wave", WAVE.name());
    for (Item item : items) {
      Hook hook = item.hook();
      if (hook == null) {
        waves.add(quietly(item), item);
      } else if (hook.isAmongMembers()) {
        waves.add(hook.weight(), item);
      }
    }
    waves.relate(findings);
  }

  private static int quietly(Item item) {
    String value = item.get(WAVE);
    try {
      return value == null ? 0 : Integer.parseInt(value.strip());
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
