package io.sailplan.dialect;

import io.sailplan.dialect.Key.Use;
import io.sailplan.model.FieldPath;
import io.sailplan.model.ReadinessRule;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Pulumi's provider for Kubernetes reads. */
final class Pulumi implements DialectReader {
  private static final Dialect DIALECT = Dialect.PULUMI;
  private static final String PREFIX = "pulumi.com/";
  private static final Key SKIP_AWAIT = Key.of(DIALECT, PREFIX + "skipAwait", Use.WAITING);
  private static final Key WAIT_FOR = Key.of(DIALECT, PREFIX + "waitFor", Use.WAITING);
  private static final Key TIMEOUT = Key.of(DIALECT, PREFIX + "timeoutSeconds", Use.WAITING);
  private static final Pattern JSONPATH =
      Pattern.compile("jsonpath=\\{?((?:\\.[A-Za-z0-9_-]+)+)\\}?=(.+)");

  static final List<Key> KEYS =
      List.of(
          SKIP_AWAIT,
          WAIT_FOR,
          TIMEOUT,
          Key.notCarriedOver(
              DIALECT,
              PREFIX + "patchForce",
              "Fields are taken from others if the policy forces conflicts."),
          Key.notCarriedOver(
              DIALECT,
              PREFIX + "patchFieldManager",
              "The field manager is that of the application; remove the annotation."),
          Key.notCarriedOver(
              DIALECT,
              PREFIX + "replaceUnready",
              "An object that is not ready is waited for; delete it by hand to have it made anew."),
          Key.notCarriedOver(
              DIALECT,
              PREFIX + "deletionPropagationPolicy",
              "What runs pods is deleted in the foreground, all else in the background."));

  @Override
  public void read(Item item) {
    String waitFor = item.get(WAIT_FOR);
    if (waitFor != null && item.resource().readiness() == null) {
      ReadinessRule rule = rule(waitFor.strip());
      if (rule == null) {
        item.notCarriedOver(
            DIALECT,
            WAIT_FOR.name(),
            "It is waited for by the rules of its kind; write sailplan.io/ready-when to say otherwise.");
      } else {
        item.change(resource -> resource.readyWhen(rule));
      }
    }
    String skip = item.get(SKIP_AWAIT);
    if (skip != null && !skip.equals("true") && !skip.equals("false")) {
      item.malformed(
          SKIP_AWAIT.name(),
          "\"" + Item.cut(skip) + "\" is no truth value",
          "Write true or false.");
    } else if (skip != null && skip.equals("true") && item.resource().readiness() == null) {
      item.change(resource -> resource.readyWhen(new ReadinessRule.Exists()));
    }
    String timeout = item.get(TIMEOUT);
    if (timeout != null) {
      timeout(item, timeout);
    }
  }

  private static void timeout(Item item, String timeout) {
    if (timeout.strip().matches("[0-9]{1,8}") && Long.parseLong(timeout.strip()) > 0) {
      item.treat(now -> now.within(Duration.ofSeconds(Long.parseLong(timeout.strip()))));
    } else {
      item.malformed(
          TIMEOUT.name(),
          "\"" + Item.cut(timeout) + "\" is no number of seconds",
          "Write a whole number above zero.");
    }
  }

  private static @Nullable ReadinessRule rule(String text) {
    if (text.startsWith("condition=")) {
      String[] parts = text.substring("condition=".length()).split("=", 2);
      return parts[0].isBlank()
          ? null
          : new ReadinessRule.Condition(
              parts[0].strip(), parts.length > 1 ? parts[1].strip() : "True");
    }
    Matcher jsonPath = JSONPATH.matcher(text);
    return jsonPath.matches()
        ? new ReadinessRule.FieldEquals(
            FieldPath.of(jsonPath.group(1).substring(1).split("\\.")), jsonPath.group(2).strip())
        : null;
  }
}
