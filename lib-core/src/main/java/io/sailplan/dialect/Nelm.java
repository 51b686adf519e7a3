package io.sailplan.dialect;

import io.sailplan.dialect.Key.Use;
import io.sailplan.dialect.Treatment.Writing;
import io.sailplan.graph.Strength;
import io.sailplan.problem.ProblemCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What werf's engine nelm reads, beside what it reads of Helm's. */
final class Nelm implements DialectReader {
  private static final Dialect DIALECT = Dialect.NELM;
  private static final String PREFIX = "werf.io/";
  private static final String DEPLOY = PREFIX + "deploy-dependency-";
  private static final String DELETE = PREFIX + "delete-dependency-";
  private static final Key WEIGHT = Key.of(DIALECT, PREFIX + "weight", Use.ORDER);
  private static final Key POLICY = Key.of(DIALECT, PREFIX + "resource-policy", Use.PROTECTION);
  private static final Key EXTERNAL =
      Key.notCarriedOver(
          DIALECT,
          "*.external-dependency.werf.io/resource",
          "Nobody waits for it: make sure that it exists before.");
  private static final String WAITING =
      "It is waited for by the rules of its kind and the deadlines of the policy.";
  private static final Set<String> FILTERS =
      Set.of("state", "kind", "name", "namespace", "group", "version");

  static final List<Key> KEYS =
      List.of(
          Key.of(DIALECT, DEPLOY + "*", Use.ORDER),
          Key.of(DIALECT, DELETE + "*", Use.ORDER),
          EXTERNAL,
          Key.of(DIALECT, "*.external-dependency.werf.io/namespace", Use.NOTHING),
          WEIGHT,
          POLICY,
          Key.notCarriedOver(
              DIALECT, PREFIX + "deploy-on", "It is deployed every time, as a member."),
          Key.notCarriedOver(
              DIALECT,
              PREFIX + "delete-policy",
              "It is deleted only if it is not declared any more; hooks have their own policies."),
          Key.notCarriedOver(
              DIALECT, PREFIX + "ownership", "Who owns it is for the policy of adoption to say."),
          Key.notCarriedOver(DIALECT, PREFIX + "fail-mode", WAITING),
          Key.notCarriedOver(DIALECT, PREFIX + "failures-allowed-per-replica", WAITING),
          Key.notCarriedOver(DIALECT, PREFIX + "no-activity-timeout", WAITING),
          Key.notCarriedOver(DIALECT, PREFIX + "track-termination-mode", WAITING));

  @Override
  public void read(Item item) {
    String policy = item.get(POLICY);
    if (policy == null) {
      return;
    }
    String text = Item.text(DIALECT, POLICY.name(), policy);
    for (String part : policy.split(",", -1)) {
      switch (part.strip()) {
        case "skip-create" -> item.treat(now -> now.with(Writing.EXPECTED, text));
        case "skip-update" -> item.treat(now -> now.with(Writing.CREATE_ONLY, text));
        case "skip-recreate", "skip-delete" -> {} // the one is for the policy, the other protects
        default ->
            item.malformed(
                POLICY.name(),
                "\"" + Item.cut(part.strip()) + "\" is not understood",
                "Known are skip-create, skip-update, skip-recreate and skip-delete.");
      }
    }
  }

  @Override
  public void relate(List<Item> items, Findings findings) {
    Waves weights = new Waves(DIALECT, "weight", WEIGHT.name());
    for (Item item : items) {
      if (item.hook() == null) {
        weights.add(Numbers.read(item, WEIGHT, 0), item);
      }
      for (String name : item.annotations().keySet()) {
        if (name.startsWith(findings.isRemoval() ? DELETE : DEPLOY)) {
          depend(item, name, items, findings);
        }
      }
    }
    weights.relate(findings);
  }

  private static void depend(Item item, String name, List<Item> items, Findings findings) {
    Map<String, String> wanted = wanted(item, name);
    if (wanted == null) {
      return;
    }
    boolean found = false;
    for (Item other : items) {
      if (other != item && matches(other, wanted)) {
        found = true;
        findings.edge(
            findings.isRemoval() ? other.id() : item.id(),
            findings.isRemoval() ? item.id() : other.id(),
            Strength.HARD,
            item.provenance(DIALECT, name));
      }
    }
    if (!found) {
      item.warn(
          ProblemCode.DANGLING_REFERENCE,
          name,
          item.id() + ", " + name + ": nothing in the application is meant by it",
          "Add what is meant to the application, or take the annotation away.");
    } else if ("present".equals(wanted.get("state"))) {
      item.notCarriedOver(DIALECT, name, "It waits until the other is ready, not only present.");
    }
  }

  private static @Nullable Map<String, String> wanted(Item item, String name) {
    Map<String, String> wanted = new LinkedHashMap<>();
    for (String part : item.annotations().getOrDefault(name, "").split(",", -1)) {
      String[] words = part.strip().split("=", 2);
      if (words.length < 2 || !FILTERS.contains(words[0])) {
        item.malformed(
            name,
            "\"" + Item.cut(part.strip()) + "\" is not understood",
            "Write state=ready,kind=Deployment,name=api, with namespace, group and version if need be.");
        return null;
      }
      wanted.put(words[0], words[1]);
    }
    return wanted;
  }

  private static boolean matches(Item item, Map<String, String> wanted) {
    return is(item.key().kind(), wanted.get("kind"))
        && is(item.key().name(), wanted.get("name"))
        && is(item.key().namespace(), wanted.get("namespace"))
        && is(item.key().group(), wanted.get("group"));
  }

  private static boolean is(String found, @Nullable String wanted) {
    return wanted == null || wanted.equals(found);
  }
}
