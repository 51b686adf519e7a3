package io.sailplan.k8s.differential;

import java.util.ArrayList;
import java.util.List;

/** What one case has shown. */
final class Outcome {
  /** How bad it is. */
  enum Verdict {
    /** Something proven was not so, or a no-op was a change, or conflicts differ. */
    CONTRADICTED,
    /** Something assumed was not so. */
    ASSUMED_WRONGLY,
    /** A change was predicted, and none happened. */
    NEEDLESS,
    /** Something was refused that the server would do. */
    TOO_STRICT,
    /** The case could not be tried. */
    BROKEN
  }

  /**
   * One difference between what was predicted and what happened.
   *
   * @param sort what sort of difference, without what is special to the case
   * @param detail all of it
   */
  record Finding(Verdict verdict, String sort, String detail) {}

  /**
   * One field change of a plan.
   *
   * @param certainty its certainty, one word
   * @param reason why it is only assumed; empty otherwise
   */
  record Change(String certainty, String reason) {}

  final String kind;
  final int index;
  String ending = "";
  final List<Change> changes = new ArrayList<>();
  final List<Finding> findings = new ArrayList<>();

  Outcome(String kind, int index) {
    this.kind = kind;
    this.index = index;
  }

  void add(Verdict verdict, String sort, String detail) {
    findings.add(new Finding(verdict, sort, detail));
  }
}
