package io.sailplan.dialect;

import static io.sailplan.dialect.Protection.Effect.CONFIRM;
import static io.sailplan.dialect.Protection.Effect.DETACH;
import static io.sailplan.dialect.Protection.Effect.KEEP;

import io.sailplan.dialect.Protection.Effect;
import io.sailplan.dialect.Protection.Removal;
import io.sailplan.model.Manifest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys that protect objects, and what their values ask for. */
final class ProtectionKeys {
  private static final String FLUX = "kustomize.toolkit.fluxcd.io/";

  private static final int LONGEST_VALUE = 60;

  private static final List<Key> ALL =
      List.of(
          Key.of(
              Dialect.CLI_UTILS,
              "client.lifecycle.config.k8s.io/deletion",
              value -> value.equals("detach") ? DETACH : CONFIRM),
          Key.of(
              Dialect.CLI_UTILS,
              "cli-utils.sigs.k8s.io/on-remove",
              value -> value.equals("keep") ? KEEP : CONFIRM),
          Key.of(
              Dialect.KAPP,
              "kapp.k14s.io/delete-strategy",
              value -> value.isEmpty() ? null : value.equals("orphan") ? DETACH : CONFIRM),
          Key.of(Dialect.KAPP, "kapp.k14s.io/exists", value -> KEEP),
          Key.of(Dialect.KAPP, "kapp.k14s.io/noop", value -> KEEP),
          new Key(
              Dialect.ARGO, "argocd.argoproj.io/sync-options", false, ProtectionKeys::syncOptions),
          Key.of(
              Dialect.HELM,
              "helm.sh/resource-policy",
              value -> value.strip().toLowerCase(Locale.ROOT).equals("keep") ? KEEP : CONFIRM),
          flux("prune"),
          flux("reconcile"),
          Key.of(
              Dialect.NELM,
              "werf.io/resource-policy",
              value -> items(value).anyMatch("skip-delete"::equals) ? KEEP : null));

  private ProtectionKeys() {}

  static List<Key> all() {
    return ALL;
  }

  /** What a value asks for; null if it asks for nothing. */
  interface Reading {
    @Nullable Effect effect(String value, Removal removal);
  }

  /** A key, in annotations and, for some tools, in labels as well. */
  record Key(Dialect dialect, String key, boolean labels, Reading reading) {

    private interface Plain {
      @Nullable Effect effect(String value);
    }

    private static Key of(Dialect dialect, String key, Plain reading) {
      return new Key(dialect, key, false, (value, removal) -> reading.effect(value));
    }

    Stream<Protection> find(Manifest manifest, Removal removal) {
      Stream<Protection> annotation =
          protection("annotation", manifest.annotations().get(key), removal);
      return labels
          ? Stream.concat(annotation, protection("label", manifest.labels().get(key), removal))
          : annotation;
    }

    private Stream<Protection> protection(String where, @Nullable String value, Removal removal) {
      return Optional.ofNullable(value)
          .flatMap(found -> Optional.ofNullable(reading.effect(found, removal)))
          .map(effect -> new Protection(effect, dialect, key, text(where, value)))
          .stream();
    }

    private String text(String where, @Nullable String value) {
      return "the "
          + where
          + " "
          + key
          + (value == null || value.isEmpty() ? " is set" : " is \"" + cut(value) + "\"")
          + " ("
          + dialect.title()
          + ")";
    }
  }

  /** What is switched off is neither written nor removed. */
  private static Key flux(String name) {
    return new Key(
        Dialect.FLUX,
        FLUX + name,
        true,
        (value, removal) ->
            switch (value.toLowerCase(Locale.ROOT)) {
              case "disabled" -> KEEP;
              case "enabled" -> null;
              default -> CONFIRM;
            });
  }

  private static @Nullable Effect syncOptions(String value, Removal removal) {
    String option = removal == Removal.PRUNE ? "Prune=" : "Delete=";
    List<Effect> effects =
        items(value)
            .filter(item -> item.startsWith(option) && !item.equals(option + "true"))
            .map(item -> item.equals(option + "false") ? KEEP : CONFIRM)
            .sorted()
            .toList();
    return effects.isEmpty() ? null : effects.get(0);
  }

  private static String cut(String value) {
    return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "…";
  }

  private static Stream<String> items(String value) {
    return Stream.of(value.split(",")).map(String::strip);
  }
}
