package io.sailplan.ownership;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Manifest;
import java.util.List;
import java.util.stream.Collectors;

/** What the API server answers to a write. */
public sealed interface ApplyResult {

  /**
   * The object was written, or is already as wanted.
   *
   * @param object the whole object afterwards, its managed fields included. A new object has no
   *     uid, resourceVersion or creationTimestamp, and nothing else that the server makes up:
   *     whoever keeps it adds them; that of a change has the old resourceVersion
   * @param changed whether anything but a resourceVersion differs from before; if not, nothing is
   *     written
   * @param spec whether more than ownership changed
   * @param serverChosen the fields that the server fills with values nobody can know before, such
   *     as {@code .spec.clusterIP}; of a name with a random end only what it begins with
   * @param taken the fields that others lost to this write
   * @param assumptions why the real result may differ, and where; empty if nothing speaks against
   *     it
   */
  record Applied(
      Manifest object,
      boolean changed,
      boolean spec,
      FieldSet serverChosen,
      List<Conflict> taken,
      List<Assumption> assumptions)
      implements ApplyResult {
    /** Copies the lists. */
    public Applied {
      requireNonNull(object, "object");
      requireNonNull(serverChosen, "serverChosen");
      taken = List.copyOf(taken);
      assumptions = List.copyOf(assumptions);
    }

    /** Returns whether the server fills in a field, or a part of it, as nobody can know before. */
    public boolean isServerChosen(FieldPath path) {
      return serverChosen.touches(TokenMount.withoutSuffix(path));
    }

    /** Returns this result with another object, such as one that admission has completed. */
    public Applied with(Manifest object) {
      return new Applied(object, changed, spec, serverChosen, taken, assumptions);
    }
  }

  /**
   * Others own fields that would change; status 409.
   *
   * @param conflicts at least one, by manager in the order of the managed fields, then by path; the
   *     server's order is random
   */
  record Conflicted(List<Conflict> conflicts) implements ApplyResult {
    /** Copies the list. */
    public Conflicted {
      conflicts = List.copyOf(conflicts);
    }

    /** Returns the message of the API server, in the order of {@link #conflicts()}. */
    public String message() {
      return ConflictText.of(conflicts);
    }
  }

  /**
   * The write would change what is fixed once the object exists; status 422.
   *
   * @param unchecked what the write would have made of the object
   * @param violations at least one, in the server's order
   */
  record Immutable(Applied unchecked, List<Violation> violations) implements ApplyResult {
    /** Copies the list. */
    public Immutable {
      requireNonNull(unchecked, "unchecked");
      violations = List.copyOf(violations);
    }

    /** Returns what is refused, without values: they may be secret. */
    public String message() {
      return violations.stream().map(Violation::toString).collect(Collectors.joining("; "));
    }
  }

  /**
   * The object makes no sense to the server, and will not when asked again.
   *
   * @param status the HTTP status: 400, 422 or 500
   * @param reason the reason of the status; empty for 500
   * @param message what the server says; values of Secrets are left out
   */
  record Rejected(int status, String reason, String message) implements ApplyResult {
    /** Checks that no part is null. */
    public Rejected {
      requireNonNull(reason, "reason");
      requireNonNull(message, "message");
    }
  }
}
