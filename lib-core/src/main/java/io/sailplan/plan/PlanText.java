package io.sailplan.plan;

/** Writes plans as people read them. */
final class PlanText {
  private static final PlanText PLAIN = new PlanText();

  private PlanText() {}

  static PlanText plain() {
    return PLAIN;
  }

  String render(Plan plan) {
    StringBuilder text = new StringBuilder();
    for (Step step : plan.steps()) {
      text.append(step.id()).append("  # ").append(step.reason()).append('\n');
    }
    return text.toString();
  }
}
