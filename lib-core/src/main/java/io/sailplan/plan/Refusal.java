package io.sailplan.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A typed no. Nothing is written, and at least one remedy leads on.
 *
 * @param code what sort of refusal it is; stable, for programs
 * @param subject what it is about, such as {@code Deployment/api}; empty for the whole plan
 * @param message why, as a sentence that names what was found
 * @param remedies the ways on, best first; never empty
 */
public record Refusal(Code code, String subject, String message, List<Remedy> remedies) {

  /** The sorts of refusals. */
  public enum Code {
    /** An object exists already and does not belong to the application. */
    FOREIGN_OBJECT,
    /** A field is owned by someone else who wants another value. */
    FIELD_CONFLICT,
    /** A field cannot be changed once it is set. */
    IMMUTABLE_FIELD,
    /** Something is being deleted just now. */
    TERMINATING,
    /** What has to be known was not looked at, or the look was refused. */
    NOT_OBSERVED,
    /** Something that is needed does not exist. */
    MISSING,
    /** The application's home namespace is a member of the application. */
    HOME_IS_MEMBER,
    /** The parent of the application is kept by another tool. */
    FOREIGN_PARENT,
    /** More members would be pruned at once than the policy allows. */
    PRUNES_TOO_MUCH,
    /** The server would reject what the plan would send. */
    REJECTED,
    /** The caller may not do what the plan needs. */
    ACCESS_DENIED,
    /** A saved plan would hold secrets, or is signed, and there is no key. */
    NEEDS_KEY,
    /** A saved plan was not saved with the key that is given. */
    WRONG_KEY,
    /** A saved plan writes a Secret that the source of secrets does not know. */
    SECRET_MISSING,
    /** A saved plan writes a Secret whose content is another one now. */
    SECRET_CHANGED
  }

  /**
   * Copies the remedies.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Refusal {
    requireNonNull(code, "code");
    requireNonNull(subject, "subject");
    requireNonNull(message, "message");
    remedies = List.copyOf(remedies);
    if (remedies.isEmpty()) {
      throw new IllegalArgumentException("remedies must not be empty");
    }
  }

  /** Returns the message and the remedies, one a line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("refused: ").append(message);
    remedies.forEach(
        remedy ->
            text.append("\n  ").append(remedy.action()).append(": ").append(remedy.description()));
    return text.toString();
  }
}
