package io.sailplan.reconcile;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * What a Lease says.
 *
 * @param holder who holds it; empty if nobody does
 * @param seconds for how long the holder is believed
 * @param transitions how often it has changed hands
 * @param acquired since when the holder holds it, as the server writes it
 * @param manifest the whole object as it was read
 */
record LeaseRecord(
    String holder, long seconds, long transitions, String acquired, Manifest manifest) {
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  static LeaseRecord of(LiveObject lease) {
    Manifest manifest = lease.manifest();
    return new LeaseRecord(
        manifest.string("spec", "holderIdentity"),
        manifest.integer(0, "spec", "leaseDurationSeconds"),
        manifest.integer(0, "spec", "leaseTransitions"),
        manifest.string("spec", "acquireTime"),
        manifest);
  }

  String version() {
    return manifest.string("metadata", "resourceVersion");
  }

  /** Returns whether both tell of the same moment: then nobody has renewed it in between. */
  boolean isSame(LeaseRecord other) {
    return version().equals(other.version())
        && manifest.string("metadata", "uid").equals(other.manifest.string("metadata", "uid"));
  }

  static Manifest create(ObjectKey key, LeaseTerms terms, Instant now) {
    Manifest empty =
        Manifest.of(Map.of("apiVersion", "coordination.k8s.io/v1", "kind", "Lease"))
            .with(key.name(), "metadata", "name")
            .with(key.namespace(), "metadata", "namespace");
    return held(empty, terms, 0, text(now), now);
  }

  /** Returns it as the holder renews it, or as somebody takes it over. */
  Manifest held(LeaseTerms terms, Instant now) {
    return holder.equals(terms.identity())
        ? held(manifest, terms, transitions, acquired.isEmpty() ? text(now) : acquired, now)
        : held(manifest, terms, transitions + 1, text(now), now);
  }

  /** Returns it as nobody's, to be taken at once. */
  Manifest free(Instant now) {
    return manifest
        .with("", "spec", "holderIdentity")
        .with(1L, "spec", "leaseDurationSeconds")
        .with(text(now), "spec", "acquireTime")
        .with(text(now), "spec", "renewTime");
  }

  /** Returns for how long it is believed, from when it was seen to be renewed. */
  Duration believed() {
    return Duration.ofSeconds(Math.max(0, seconds));
  }

  private static Manifest held(
      Manifest lease, LeaseTerms terms, long transitions, String acquired, Instant now) {
    return lease
        .with(terms.identity(), "spec", "holderIdentity")
        .with(terms.duration().toSeconds(), "spec", "leaseDurationSeconds")
        .with(transitions, "spec", "leaseTransitions")
        .with(acquired, "spec", "acquireTime")
        .with(text(now), "spec", "renewTime");
  }

  private static String text(Instant time) {
    return MICROSECONDS.format(time);
  }
}
