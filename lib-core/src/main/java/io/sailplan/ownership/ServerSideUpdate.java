package io.sailplan.ownership;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Manifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes that are not server-side apply: whoever changes a field owns it, whoever owned it loses
 * it. A pure function; thread-safe.
 */
public final class ServerSideUpdate {
  private static final int MOST_UPDATERS = 10;
  private static final String OLDEST = "ancient-changes";

  private ServerSideUpdate() {}

  /** Returns what the API server would answer; conflicts of fields do not exist here. */
  public static ApplyResult update(UpdateRequest request) {
    Manifest live = request.live();
    ApplyResult.@Nullable Rejected refused = Preconditions.check(live, request.next());
    if (refused != null) {
      return refused;
    }
    String unreadable = Decoding.firstErrorStrictly(request.next().tree(), request.shape());
    if (!unreadable.isEmpty()) {
      return new ApplyResult.Rejected(
          400, "BadRequest", "the value at " + unreadable + " cannot be read");
    }
    Map<String, @Nullable Object> after =
        StoredForm.inMemory(
            request.next().without("metadata", "managedFields").tree(), request.shape().shape());
    Creation.convert(request.shape(), after);
    Map<String, @Nullable Object> before =
        live == null
            ? Writing.nothing(request.shape())
            : live.without("metadata", "managedFields").tree();
    ManagedFields managers = managers(request);
    ManagedFields owners = managers;
    if (!managers.entries().stream()
        .allMatch(entry -> request.shape().converts(entry.apiVersion()))) {
      owners = ManagedFields.none(); // what cannot be converted makes it forget all of them
    } else if (live == null || !managers.isEmpty()) {
      FieldSet resets = Endpoint.resets(request.shape(), request.subresource());
      owners =
          capped(
              new Ownership(request.shape().shape(), resets, request.time())
                  .update(before, after, managers, self(request)));
    }
    if (request.subresource().equals("scale")) {
      owners = apart(owners, self(request));
    }
    return ImmutableFields.checked(
        live,
        new Writing(request.shape(), request.subresource(), request.time())
            .finish(live, request.next().tree(), after, owners, List.of()),
        request.shape(),
        request.subresource());
  }

  private static ManagedEntry self(UpdateRequest request) {
    return new ManagedEntry(
        request.manager().isEmpty() ? "unknown" : request.manager(),
        ManagedOperation.UPDATE,
        request.shape().kind().apiVersion(),
        request.subresource(),
        null,
        FieldSet.empty());
  }

  /**
   * Those that the request states, or else those of the live object; an empty list forgets them
   * all.
   */
  private static ManagedFields managers(UpdateRequest request) {
    if (request.subresource().isEmpty()
        && request.next().get("metadata", "managedFields") instanceof List<?> stated) {
      if (stated.isEmpty() || (stated.size() == 1 && Values.isEmptyMap(stated.get(0)))) {
        return ManagedFields.none();
      }
      ManagedFields managers = readable(request.next());
      if (!managers.isEmpty()) {
        return managers;
      }
    }
    return request.live() == null ? ManagedFields.none() : readable(request.live());
  }

  private static ManagedFields readable(Manifest object) {
    try {
      return ManagedFields.of(object);
    } catch (IllegalArgumentException e) {
      return ManagedFields.none();
    }
  }

  /**
   * After scaling, other updaters who still own the replicas own them in an entry of their own, by
   * the same name (apimachinery, scalehandler.go).
   */
  private static ManagedFields apart(ManagedFields owners, ManagedEntry scaler) {
    FieldSet replicas = FieldSet.of(FieldPath.of("spec", "replicas"));
    List<ManagedEntry> entries = new ArrayList<>();
    for (ManagedEntry entry : owners.entries()) {
      FieldSet rest = entry.fields().difference(replicas);
      boolean whole =
          entry.operation() == ManagedOperation.APPLY
              || entry.sameManager(scaler)
              || rest.isEmpty()
              || rest.equals(entry.fields());
      entries.add(whole ? entry : entry.with(rest));
      if (!whole) {
        entries.add(entry.with(replicas).at(null));
      }
    }
    return new ManagedFields(entries);
  }

  /** The oldest of too many updaters become one per version (apimachinery, capmanagers.go). */
  private static ManagedFields capped(ManagedFields owners) {
    List<ManagedEntry> left = new ArrayList<>(owners.entries());
    List<ManagedEntry> updaters =
        new ArrayList<>(
            left.stream().filter(entry -> entry.operation() == ManagedOperation.UPDATE).toList());
    if (updaters.size() <= MOST_UPDATERS) {
      return owners;
    }
    updaters.sort(
        Comparator.<ManagedEntry, Long>comparing(entry -> seconds(entry.time()))
            .thenComparing(ManagedEntry::manager)
            .thenComparing(ManagedEntry::apiVersion));
    int count = updaters.size();
    List<ManagedEntry> firsts = new ArrayList<>();
    for (ManagedEntry updater : updaters) {
      if (count <= MOST_UPDATERS) {
        break;
      }
      ManagedEntry first = null;
      for (ManagedEntry seen : firsts) {
        first = seen.apiVersion().equals(updater.apiVersion()) ? seen : first;
      }
      if (first == null) {
        firsts.add(updater);
      } else {
        merge(left, first, updater);
        count--;
      }
    }
    return new ManagedFields(left);
  }

  private static void merge(List<ManagedEntry> entries, ManagedEntry first, ManagedEntry updater) {
    ManagedEntry bucket =
        new ManagedEntry(
            OLDEST,
            ManagedOperation.UPDATE,
            updater.apiVersion(),
            "",
            updater.time(),
            updater.fields());
    for (ManagedEntry entry : List.copyOf(entries)) {
      if (entry.sameManager(bucket)) {
        bucket = bucket.with(bucket.fields().union(entry.fields()));
        entries.remove(entry);
      } else if (entry.equals(first)) {
        bucket = bucket.with(bucket.fields().union(first.fields()));
        entries.remove(entry);
      }
    }
    entries.remove(updater);
    entries.add(bucket);
  }

  private static long seconds(@Nullable Instant time) {
    return time == null ? 0 : time.getEpochSecond();
  }
}
