package io.sailplan.dialect;

import io.sailplan.dialect.Key.Use;
import io.sailplan.dialect.Treatment.Writing;
import io.sailplan.model.ReadinessRule;
import io.sailplan.problem.ProblemCode;
import java.util.List;

/** What Carvel's kapp reads. */
final class Kapp implements DialectReader {
  static final Key GROUP = Key.of(Dialect.KAPP, "kapp.k14s.io/change-group", Use.ORDER);
  static final Key RULE = Key.of(Dialect.KAPP, "kapp.k14s.io/change-rule", Use.ORDER);
  private static final Dialect DIALECT = Dialect.KAPP;
  private static final String PREFIX = "kapp.k14s.io/";
  private static final Key UPDATE = Key.of(DIALECT, PREFIX + "update-strategy", Use.WRITING);
  private static final Key CREATE = Key.of(DIALECT, PREFIX + "create-strategy", Use.NOTHING);
  private static final Key DELETE = Key.of(DIALECT, PREFIX + "delete-strategy", Use.PROTECTION);
  private static final Key EXISTS = Key.of(DIALECT, PREFIX + "exists", Use.WRITING);
  private static final Key NOOP = Key.of(DIALECT, PREFIX + "noop", Use.WRITING);
  private static final Key DISABLE_WAIT = Key.of(DIALECT, PREFIX + "disable-wait", Use.WAITING);
  private static final String VERSIONED =
      "The object keeps its name, and is changed where it is. To have pods follow a ConfigMap or Secret,"
          + " give it a name made of its content, as kustomize does.";

  static final List<Key> KEYS =
      List.of(
          GROUP,
          Key.of(DIALECT, GROUP.name() + ".*", Use.ORDER),
          RULE,
          Key.of(DIALECT, RULE.name() + ".*", Use.ORDER),
          CREATE,
          UPDATE,
          DELETE,
          EXISTS,
          NOOP,
          DISABLE_WAIT,
          Key.of(DIALECT, PREFIX + "disable-associated-resources-wait", Use.NOTHING),
          Key.of(DIALECT, PREFIX + "deploy-logs", Use.NOTHING),
          Key.of(DIALECT, PREFIX + "deploy-logs-container-names", Use.NOTHING),
          Key.of(DIALECT, PREFIX + "app", Use.NOTHING),
          Key.of(DIALECT, PREFIX + "association", Use.NOTHING),
          Key.of(DIALECT, PREFIX + "original", Use.NOTHING),
          Key.of(DIALECT, PREFIX + "original-diff-md5", Use.NOTHING),
          Key.of(DIALECT, PREFIX + "identity", Use.NOTHING),
          Key.notCarriedOver(DIALECT, PREFIX + "versioned", VERSIONED),
          Key.notCarriedOver(DIALECT, PREFIX + "versioned-keep-original", VERSIONED),
          Key.notCarriedOver(DIALECT, PREFIX + "versioned-explicit-ref", VERSIONED),
          Key.notCarriedOver(DIALECT, PREFIX + "num-versions", VERSIONED),
          Key.notCarriedOver(
              DIALECT,
              PREFIX + "nonce",
              "It is changed only if its content changes: what is unchanged is not written."),
          Key.notCarriedOver(
              DIALECT, PREFIX + "renew-duration", "It is changed only if its content changes."),
          Key.notCarriedOver(
              DIALECT,
              PREFIX + "apps-v1-deployment-wait-minimum-replicas-available",
              "All replicas are waited for; write sailplan.io/ready-when to say otherwise."));

  @Override
  public void read(Item item) {
    if (item.key().group().equals("kapp.k14s.io") && item.key().kind().equals("Config")) {
      item.leaveOut("it configures kapp, and is no object of the cluster");
      item.warn(
          ProblemCode.NOT_CARRIED_OVER,
          "",
          item.id() + " configures kapp, which is not carried over",
          "Write rules that matter as annotations of the resources.");
    }
    update(item);
    if (item.get(EXISTS) != null) {
      item.treat(now -> now.with(Writing.EXPECTED, Item.text(DIALECT, EXISTS.name(), "")));
    }
    if (item.get(NOOP) != null) {
      item.treat(now -> now.with(Writing.NEVER, Item.text(DIALECT, NOOP.name(), "")));
    }
    if (item.get(DISABLE_WAIT) != null && item.resource().readiness() == null) {
      item.change(resource -> resource.readyWhen(new ReadinessRule.Exists()));
    }
    check(item, CREATE, "", "fallback-on-update", "fallback-on-update-or-noop");
    check(item, DELETE, "", "orphan");
  }

  private static void update(Item item) {
    String update = item.get(UPDATE);
    check(item, UPDATE, "", "fallback-on-replace", "always-replace", "skip");
    if (update != null && update.equals("skip")) {
      item.treat(now -> now.with(Writing.CREATE_ONLY, Item.text(DIALECT, UPDATE.name(), update)));
    } else if ("always-replace".equals(update)) {
      item.notCarriedOver(
          DIALECT,
          UPDATE.name(),
          "It is changed field by field, and made anew only where that is needed and the policy"
              + " allows it for its kind.");
    }
  }

  private static void check(Item item, Key key, String... known) {
    String value = item.get(key);
    if (value != null && !List.of(known).contains(value)) {
      item.malformed(
          key.name(),
          "\"" + Item.cut(value) + "\" is no strategy",
          "Known are " + String.join(", ", List.of(known).subList(1, known.length)) + ".");
    }
  }

  @Override
  public void relate(List<Item> items, Findings findings) {
    KappRules.relate(items, findings);
  }
}
