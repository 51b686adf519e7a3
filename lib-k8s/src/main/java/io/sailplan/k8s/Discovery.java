package io.sailplan.k8s;

import io.sailplan.model.ApiResource;
import io.sailplan.model.GroupKind;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Manifest;
import io.sailplan.run.ClusterException;
import io.sailplan.run.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which kinds the server serves. Asked again when a kind is unknown, since a definition may have
 * been made meanwhile, but not more often than an interval allows. Safe for use by several threads.
 */
final class Discovery {
  private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

  private final Reads reads;
  private final Parallel parallel;
  private final Calls calls;
  private final Duration interval;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable Known known;
  private volatile boolean suspect;

  Discovery(Reads reads, Parallel parallel, Calls calls, Duration interval) {
    this.reads = reads;
    this.parallel = parallel;
    this.calls = calls;
    this.interval = interval;
  }

  /** Returns how the version of the kind is served. */
  Optional<ApiResource> find(GroupVersionKind kind) {
    ApiResource found = suspect ? null : current().byVersion.get(kind);
    return Optional.ofNullable(found == null ? again().byVersion.get(kind) : found);
  }

  /** Returns how the kind is served in the version that the server prefers. */
  Optional<ApiResource> find(GroupKind kind) {
    ApiResource found = suspect ? null : current().byKind.get(kind);
    return Optional.ofNullable(found == null ? again().byKind.get(kind) : found);
  }

  /** Returns all kinds as the server serves them now, preferred versions first. */
  List<ApiResource> served() {
    return ask(Duration.ZERO).served;
  }

  /** Returns the APIs that the server lists and does not serve, each with the reason. */
  SortedMap<String, String> unavailable() {
    return current().unavailable;
  }

  /** Returns why it is not known whether a kind is served; empty if it is known. */
  Optional<String> unavailable(GroupKind kind) {
    return unavailable().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(kind.group() + "/"))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Notes that a path was not there, so that what is known may be out of date. */
  void suspect() {
    suspect = true;
  }

  private Known current() {
    Known now = known;
    return now == null ? ask(interval) : now;
  }

  private Known again() {
    return ask(interval);
  }

  private Known ask(Duration patience) {
    Known before = known;
    asking.lock();
    try {
      Known now = known;
      // Somebody else asked while this thread waited, or has just asked.
      if (now != null && (now != before || now.isYoungerThan(patience))) {
        return now;
      }
      Known fresh = fetch(now);
      known = fresh;
      suspect = false;
      return fresh;
    } finally {
      asking.unlock();
    }
  }

  private Known fetch(@Nullable Known before) {
    Part core = fetch("/api", before == null ? null : before.core);
    Part groups = fetch("/apis", before == null ? null : before.groups);
    return new Known(core, groups);
  }

  private Part fetch(String path, @Nullable Part before) {
    HttpCall http = HttpCall.get(path).header("Accept", DiscoveryDocuments.ACCEPT);
    boolean conditional = before != null && !before.etag.isEmpty();
    Answer answer =
        reads.read(
            conditional && before != null ? http.header("If-None-Match", before.etag) : http,
            calls);
    Response response = answer.response();
    if (response.status() == 304 && before != null) {
      return before;
    }
    Manifest document = response.body();
    if (!response.isSuccess() || document == null) {
      throw new ClusterException(Refusals.explain("the server's kinds", response), null);
    }
    // The older documents say nothing of their parts, so their tag proves nothing.
    return DiscoveryDocuments.isAggregated(document)
        ? new Part(
            DiscoveryDocuments.aggregated(document),
            answer.etag(),
            DiscoveryDocuments.stale(document))
        : byVersion(path, document);
  }

  private Part byVersion(String path, Manifest document) {
    List<ApiResource> served = new ArrayList<>();
    Set<String> unavailable = new LinkedHashSet<>();
    List<String> versions = DiscoveryDocuments.groupVersions(document);
    List<Response> answers =
        parallel.map(
            versions, version -> reads.read(HttpCall.get(path + "/" + version), calls).response());
    for (int i = 0; i < answers.size(); i++) {
      Manifest kinds = answers.get(i).body();
      if (answers.get(i).isSuccess() && kinds != null) {
        served.addAll(DiscoveryDocuments.ofVersion(kinds));
      } else {
        // An aggregated API whose server is down hides only its own kinds.
        LOG.warn("{}", Refusals.explain("the kinds of " + versions.get(i), answers.get(i)));
        unavailable.add(versions.get(i));
      }
    }
    return new Part(served, "", unavailable);
  }

  private record Part(List<ApiResource> served, String etag, Set<String> unavailable) {}

  private static final class Known {
    private final Part core;
    private final Part groups;
    private final List<ApiResource> served;
    private final Map<GroupVersionKind, ApiResource> byVersion = new HashMap<>();
    private final Map<GroupKind, ApiResource> byKind = new HashMap<>();
    private final SortedMap<String, String> unavailable;
    private final long since = System.nanoTime();

    Known(Part core, Part groups) {
      this.core = core;
      this.groups = groups;
      List<ApiResource> all = new ArrayList<>(core.served);
      all.addAll(groups.served);
      this.served = List.copyOf(all);
      SortedMap<String, String> reasons = new TreeMap<>();
      core.unavailable.forEach(api -> reasons.put(api, Refusals.unavailable(api)));
      groups.unavailable.forEach(api -> reasons.put(api, Refusals.unavailable(api)));
      this.unavailable = Collections.unmodifiableSortedMap(reasons);
      for (ApiResource resource : served) {
        byVersion.putIfAbsent(resource.kind(), resource);
        byKind.putIfAbsent(resource.kind().groupKind(), resource);
      }
    }

    boolean isYoungerThan(Duration age) {
      return System.nanoTime() - since < age.toNanos();
    }
  }
}
