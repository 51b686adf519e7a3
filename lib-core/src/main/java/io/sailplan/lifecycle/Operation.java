package io.sailplan.lifecycle;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.Application;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants to happen to an application. More operations will come: do not implement it.
 */
public sealed interface Operation {

  /** Returns which application. */
  Membership membership();

  /** Returns the verb that people read, such as {@code deploy}. */
  String verb();

  /** Returns the application as its author declares it, if this operation was given one. */
  Optional<Application> declared();

  /**
   * Brings the cluster to what the application declares.
   *
   * @param application what should exist
   */
  record Deploy(Application application) implements Operation {
    /** Checks that the application is not null. */
    public Deploy {
      requireNonNull(application, "application");
    }

    @Override
    public Membership membership() {
      return Membership.of(application);
    }

    @Override
    public String verb() {
      return "deploy";
    }

    @Override
    public Optional<Application> declared() {
      return Optional.of(application);
    }
  }

  /**
   * Removes what belongs to an application.
   *
   * @param membership which application
   * @param application what its author declares; null if that is not known any more. Members are
   *     found by their label; this only helps to look at the right kinds when the parent was lost
   */
  record Delete(Membership membership, @Nullable Application application) implements Operation {
    /** Checks that the membership is not null. */
    public Delete {
      requireNonNull(membership, "membership");
    }

    /** Returns the removal of {@code application}. */
    public static Delete of(Application application) {
      return new Delete(Membership.of(application), application);
    }

    @Override
    public String verb() {
      return "delete";
    }

    @Override
    public Optional<Application> declared() {
      return Optional.ofNullable(application);
    }
  }
}
