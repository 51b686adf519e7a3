package io.sailplan.dialect;

import io.sailplan.dialect.Key.Use;
import io.sailplan.model.LiveObject;
import io.sailplan.problem.Suggestion;
import java.util.List;
import java.util.stream.Stream;

/** The words of {@code argocd.argoproj.io/sync-options}, each with a value. */
final class ArgoOptions {
  static final Key KEY = Key.of(Dialect.ARGO, "argocd.argoproj.io/sync-options", Use.PROTECTION);

  /**
   * A word and what is done with it.
   *
   * @param values the values it takes; none if anything goes
   * @param ordinary the value that asks for nothing
   */
  record Option(String name, Use use, List<String> values, String ordinary, String instead) {
    private static Option plain(String name) {
      return new Option(name, Use.NOTHING, List.of(), "", "");
    }

    private static Option notCarriedOver(String name, String ordinary, String instead) {
      return new Option(name, Use.NOT_CARRIED_OVER, List.of("true", "false"), ordinary, instead);
    }
  }

  static final List<Option> ALL =
      List.of(
          new Option("Prune", Use.PROTECTION, List.of("true", "false", "confirm"), "true", ""),
          new Option("Delete", Use.PROTECTION, List.of("true", "false", "confirm"), "true", ""),
          new Option("PruneLast", Use.ORDER, List.of("true", "false"), "false", ""),
          Option.notCarriedOver(
              "Replace",
              "false",
              "It is changed field by field, and made anew only where that is needed and the policy"
                  + " allows it for its kind."),
          Option.plain("Force"),
          Option.plain("ServerSideApply"),
          Option.plain("ClientSideApplyMigration"),
          Option.plain("ApplyOutOfSyncOnly"),
          Option.plain("SkipDryRunOnMissingResource"),
          Option.plain("RespectIgnoreDifferences"),
          Option.plain("FailOnSharedResource"),
          Option.notCarriedOver(
              "Validate",
              "true",
              "It is validated; take out the fields that its kind does not have."),
          Option.notCarriedOver(
              "CreateNamespace",
              "false",
              "Add the Namespace to the application, or create it before."),
          new Option(
              "PrunePropagationPolicy",
              Use.NOT_CARRIED_OVER,
              List.of("foreground", "background", "orphan"),
              "",
              "What runs pods is deleted in the foreground, all else in the background."));

  private ArgoOptions() {}

  /** Returns whether an object has the option with this value. */
  static boolean has(LiveObject object, String option) {
    return Stream.of(object.manifest().annotations().getOrDefault(KEY.name(), "").split(","))
        .map(String::strip)
        .anyMatch(option::equals);
  }

  static void read(Item item) {
    String value = item.get(KEY);
    if (value == null) {
      return;
    }
    for (String part : value.split(",", -1)) {
      String[] words = part.strip().split("=", 2);
      Option option =
          ALL.stream().filter(known -> known.name().equals(words[0])).findFirst().orElse(null);
      if (option == null) {
        unknown(item, part.strip(), words[0]);
      } else if (words.length < 2
          || (!option.values().isEmpty() && !option.values().contains(words[1]))) {
        item.malformed(
            KEY.name(),
            "\"" + Item.cut(part.strip()) + "\" has no value that is known",
            option.values().isEmpty()
                ? "Write " + option.name() + "=true or " + option.name() + "=false."
                : "Known are " + String.join(", ", option.values()) + ".");
      } else if (option.use() == Use.NOT_CARRIED_OVER && !words[1].equals(option.ordinary())) {
        item.notCarriedOver(Dialect.ARGO, KEY.name(), part.strip(), option.instead());
      }
    }
  }

  private static void unknown(Item item, String part, String word) {
    List<String> names = ALL.stream().map(Option::name).toList();
    String near = Suggestion.didYouMean(word, names);
    item.malformed(
        KEY.name(),
        "\"" + Item.cut(part) + "\" is no option",
        near.isEmpty() ? "Known are " + String.join(", ", names) + "." : near);
  }
}
