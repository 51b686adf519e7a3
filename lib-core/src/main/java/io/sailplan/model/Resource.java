package io.sailplan.model;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an {@link Application}: a manifest, and what its author says about it.
 *
 * @param id its name in the application, such as {@code Deployment/api}; unique there
 * @param manifest what should exist
 * @param dependsOn the ids of the resources that must be ready before this one is touched, in the
 *     author's order
 * @param readiness the author's readiness rule; null for the built-in ones
 * @param source where its text was written
 * @param templating what makes it depend on values; null if its manifest is sent as it is written
 */
public record Resource(
    String id,
    Manifest manifest,
    List<String> dependsOn,
    @Nullable ReadinessRule readiness,
    SourceMap source,
    @Nullable Templating templating) {

  /** Copies the list and checks that nothing but the rule and the templating is null. */
  public Resource {
    requireNonNull(id, "id");
    requireNonNull(manifest, "manifest");
    dependsOn = List.copyOf(dependsOn);
    requireNonNull(source, "source");
  }

  /** Makes one whose manifest is sent as it is written. */
  public Resource(
      String id,
      Manifest manifest,
      List<String> dependsOn,
      @Nullable ReadinessRule readiness,
      SourceMap source) {
    this(id, manifest, dependsOn, readiness, source, null);
  }

  /** Returns a resource with the id {@code Kind/name} and nothing else said about it. */
  public static Resource of(Manifest manifest) {
    return new Resource(
        manifest.kind() + "/" + manifest.name(), manifest, List.of(), null, SourceMap.none());
  }

  /** Returns this resource under another id. */
  public Resource withId(String id) {
    return new Resource(id, manifest, dependsOn, readiness, source, templating);
  }

  /** Returns this resource with another manifest. */
  public Resource withManifest(Manifest manifest) {
    return new Resource(id, manifest, dependsOn, readiness, source, templating);
  }

  /** Returns this resource, waiting for {@code others} (ids) as well. */
  public Resource after(String... others) {
    List<String> all = new ArrayList<>(dependsOn);
    all.addAll(List.of(others));
    return new Resource(id, manifest, all, readiness, source, templating);
  }

  /** Returns this resource, waiting for {@code others} (ids) and for nothing else. */
  public Resource withDependsOn(List<String> others) {
    return new Resource(id, manifest, others, readiness, source, templating);
  }

  /** Returns this resource with its author's own readiness rule. */
  public Resource readyWhen(ReadinessRule rule) {
    return new Resource(id, manifest, dependsOn, requireNonNull(rule, "rule"), source, templating);
  }

  /** Returns this resource with the places of its text. */
  public Resource from(SourceMap source) {
    return new Resource(id, manifest, dependsOn, readiness, source, templating);
  }

  /** Returns this resource with expressions in its manifest, or without. */
  public Resource templated(@Nullable Templating templating) {
    return new Resource(id, manifest, dependsOn, readiness, source, templating);
  }

  /** Returns whether the strings of its manifest may hold expressions. */
  public boolean isTemplate() {
    return templating != null;
  }

  /** Returns the author's readiness rule. */
  public Optional<ReadinessRule> readinessRule() {
    return Optional.ofNullable(readiness);
  }
}
