package io.sailplan.policy;

/** Whether an object that exists already may become a member of the application. */
public enum Adoption {
  /** Only what is a member already may be changed. */
  MEMBERS_ONLY,
  /** What belongs to no application may be adopted. */
  UNOWNED,
  /** Anything may be adopted, even from another application. */
  ALL
}
