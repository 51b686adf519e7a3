package io.sailplan.readiness;

import io.sailplan.model.LiveObject;

/** Judges the objects of one kind, none of which is being deleted or known to be stale. */
interface KindRule {
  Verdict judge(LiveObject object, ReadinessQuery query);
}
