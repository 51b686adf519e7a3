package io.sailplan.model;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was observed of a cluster, and how much of it was looked at, so that "absent" and "not
 * looked at" differ.
 *
 * <p>Objects are ordered by key. Immutable.
 */
public final class Snapshot {
  private static final Snapshot EMPTY = of(List.of());

  private final Map<ObjectKey, LiveObject> objects;
  private final List<LiveObject> ordered;
  private final Set<Look> looks;
  private final Set<ObjectKey> named;
  private final List<Look.AtList> lists;
  private final Map<Look, String> refused;
  private final @Nullable List<ApiResource> served;
  private final SortedMap<String, String> unavailable;
  private final @Nullable ServerFacts server;
  private final boolean complete;

  private Snapshot(Builder builder, boolean complete) {
    this.objects = Map.copyOf(builder.objects);
    this.ordered = builder.objects.keySet().stream().sorted().map(this::get).toList();
    this.looks = Collections.unmodifiableSet(new LinkedHashSet<>(builder.looks));
    this.named = keys(builder.looks);
    this.lists = lists(builder.looks);
    this.refused = Collections.unmodifiableMap(new LinkedHashMap<>(builder.refused));
    this.served = builder.served == null ? null : List.copyOf(builder.served);
    this.unavailable = Collections.unmodifiableSortedMap(new TreeMap<>(builder.unavailable));
    this.server = builder.server;
    this.complete = complete;
  }

  /** Returns the snapshot of a cluster in which nothing exists, all of it looked at. */
  public static Snapshot empty() {
    return EMPTY;
  }

  /** Returns the snapshot of a cluster that holds just these objects, all of it looked at. */
  public static Snapshot of(Collection<LiveObject> objects) {
    Builder builder = builder();
    objects.forEach(builder::add);
    return new Snapshot(builder, true);
  }

  /** Returns a builder; what it is not told was not looked at. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns what is known of the object. */
  public Lookup lookup(ObjectKey key) {
    LiveObject object = objects.get(key);
    if (object != null) {
      return new Lookup.Found(object);
    }
    for (Map.Entry<Look, String> entry : refused.entrySet()) {
      if (entry.getKey().covers(key, Map.of())) {
        return new Lookup.NotLookedAt(entry.getValue());
      }
    }
    if (complete || covers(key)) {
      return new Lookup.Absent();
    }
    return new Lookup.NotLookedAt("nobody looked at " + key);
  }

  /** Returns the object if it was found. */
  public Optional<LiveObject> find(ObjectKey key) {
    return Optional.ofNullable(objects.get(key));
  }

  /** Returns all objects, ordered by key. */
  public List<LiveObject> objects() {
    return ordered;
  }

  /** Returns whether {@code look}, or one that shows at least as much, was taken and answered. */
  public boolean hasTaken(Look look) {
    if (complete || looks.contains(look)) {
      return true;
    }
    return look instanceof Look.AtObject one
        ? isInVersion(one) && covers(one.key())
        : lists.stream().anyMatch(list -> wider(list, (Look.AtList) look));
  }

  /**
   * Returns the looks that the cluster refused, each with its reason, in the order they were taken.
   */
  public Map<Look, String> refused() {
    return refused;
  }

  /**
   * Returns the kinds that the cluster serves, preferred versions first; empty if nobody asked,
   * which means the built-in kinds.
   */
  public Optional<List<ApiResource>> served() {
    return Optional.ofNullable(served);
  }

  /**
   * Returns why APIs that the cluster lists are not served, by API version: mostly because the
   * server behind an APIService does not answer. What they hold was not looked at.
   */
  public SortedMap<String, String> unavailable() {
    return unavailable;
  }

  /** Returns what the server tells about itself; empty if nobody asked. */
  public Optional<ServerFacts> server() {
    return Optional.ofNullable(server);
  }

  /** Returns a builder that holds what this snapshot holds. */
  public Builder toBuilder() {
    Builder builder = builder();
    ordered.forEach(builder::add);
    builder.looks.addAll(looks);
    builder.refused.putAll(refused);
    builder.served = served;
    builder.unavailable.putAll(unavailable);
    builder.server = server;
    builder.complete = complete;
    return builder;
  }

  @Override
  public String toString() {
    return "Snapshot["
        + objects.size()
        + " objects, "
        + (complete ? "complete" : looks.size() + " looks")
        + "]";
  }

  private boolean covers(ObjectKey key) {
    return named.contains(key) || lists.stream().anyMatch(look -> look.covers(key, Map.of()));
  }

  private static Set<ObjectKey> keys(Collection<Look> looks) {
    Set<ObjectKey> keys = new HashSet<>();
    for (Look look : looks) {
      if (look instanceof Look.AtObject one) {
        keys.add(one.key());
      }
    }
    return keys;
  }

  private static List<Look.AtList> lists(Collection<Look> looks) {
    return looks.stream()
        .filter(Look.AtList.class::isInstance)
        .map(Look.AtList.class::cast)
        .distinct()
        .toList();
  }

  private LiveObject get(ObjectKey key) {
    return requireNonNull(objects.get(key));
  }

  /** What is not there is not there in any version. */
  private boolean isInVersion(Look.AtObject look) {
    LiveObject seen = objects.get(look.key());
    return seen == null
        || look.version().isEmpty()
        || look.version().equals(seen.manifest().groupVersionKind().version());
  }

  private static boolean wider(Look.AtList taken, Look.AtList asked) {
    return taken.groupKind().equals(asked.groupKind())
        && (taken.namespace().isEmpty() || taken.namespace().equals(asked.namespace()))
        && asked.labels().entrySet().containsAll(taken.labels().entrySet());
  }

  /** Collects what was observed. Not safe for use by several threads. */
  public static final class Builder {
    private final Map<ObjectKey, LiveObject> objects = new LinkedHashMap<>();
    private final List<Look> looks = new ArrayList<>();
    private final Map<Look, String> refused = new LinkedHashMap<>();
    private @Nullable List<ApiResource> served;
    private final Map<String, String> unavailable = new TreeMap<>();
    private @Nullable ServerFacts server;
    private boolean complete;

    private Builder() {}

    /** Adds an object; a later one of the same key replaces it. */
    public Builder add(LiveObject object) {
      objects.put(object.key(), object);
      return this;
    }

    /** Notes that a look was taken and answered with {@code found}, which may be empty. */
    public Builder looked(Look look, Collection<LiveObject> found) {
      looks.add(requireNonNull(look, "look"));
      found.forEach(this::add);
      return this;
    }

    /** Notes that a look was refused, and why. */
    public Builder refused(Look look, String reason) {
      refused.put(requireNonNull(look, "look"), requireNonNull(reason, "reason"));
      return this;
    }

    /** Notes the kinds that the cluster serves. */
    public Builder served(List<ApiResource> served) {
      this.served = List.copyOf(served);
      return this;
    }

    /** Notes which API versions the cluster lists and does not serve, each with the reason. */
    public Builder unavailable(Map<String, String> reasons) {
      unavailable.putAll(reasons);
      return this;
    }

    /** Notes what the server tells about itself. */
    public Builder server(ServerFacts server) {
      this.server = requireNonNull(server, "server");
      return this;
    }

    /** Returns the snapshot. */
    public Snapshot build() {
      return new Snapshot(this, complete);
    }
  }
}
