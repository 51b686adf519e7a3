package io.sailplan.cli;

import io.sailplan.plan.Access;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Remedy;
import io.sailplan.run.Cluster;
import java.util.List;
import picocli.CommandLine.Option;

/** Whether the cluster is asked first what the caller may do. */
final class AccessCheck {
  @Option(
      names = "--check-access",
      description =
          "Ask the cluster whether all that the plan needs is allowed, before anything is done.")
  boolean asked;

  /** Returns a refusal for each access that is needed and denied; none if nobody asked. */
  List<Refusal> refusals(Cluster cluster, Plan plan) {
    return asked
        ? cluster.denied(plan.permissions().needed()).stream().map(AccessCheck::refusal).toList()
        : List.of();
  }

  private static Refusal refusal(Access access) {
    return new Refusal(
        Refusal.Code.ACCESS_DENIED,
        "",
        "the plan has to " + access + ", which you are not allowed to do",
        List.of(
            new Remedy(
                "grant",
                "Grant what \"sailplan plan --role\" prints, by a binding to its Roles.")));
  }
}
