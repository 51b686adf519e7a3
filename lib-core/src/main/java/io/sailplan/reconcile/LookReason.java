package io.sailplan.reconcile;

/** Why an application is looked at. */
public enum LookReason {
  /** It was declared for the first time, or anew. */
  DECLARED,
  /** An object that belongs to it, or that it reads, has changed. */
  CHANGED,
  /** A run has ended: whether all is well is seen, not believed. */
  RAN,
  /** The last attempt has failed, was refused, or was undone by somebody. */
  RETRY,
  /** Nobody has looked for a long time. */
  RESYNC,
  /** This instance leads from now on; what others have seen does not count. */
  LEADERSHIP,
  /** What happened while a watch was cut was not told. */
  GAP
}
