package io.sailplan.run;

/**
 * What an answer that is no success means.
 *
 * @param kind what to do about it
 * @param text what happened, for people
 */
record Failure(Kind kind, String text) {

  /** What to do about it. */
  enum Kind {
    /** Nothing has happened yet; the same request may succeed later. */
    RETRY,
    /** Whether it took effect is not known; look, then perhaps send it again. */
    UNSURE,
    /** The object is not as the request says it must be. */
    CONFLICT,
    /** Fields belong to other managers. */
    OWNED_BY_OTHERS,
    /** The object is another one than the request says. */
    ANOTHER_OBJECT,
    /** The patch does not fit the object; the server does not say why. */
    PATCH_DOES_NOT_FIT,
    /** The object does not exist. */
    ABSENT,
    /** Its kind is not served. */
    NOT_SERVED,
    /** Sending it again would change nothing. */
    REFUSED
  }
}
