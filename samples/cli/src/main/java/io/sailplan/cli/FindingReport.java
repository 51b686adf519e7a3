package io.sailplan.cli;

import io.sailplan.lifecycle.Membership;
import io.sailplan.model.Json;
import io.sailplan.plan.Plan;
import io.sailplan.plan.PlanText;
import io.sailplan.reconcile.Finding;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells what a reconciler has found: as text, or as one JSON document a line. */
final class FindingReport {
  private final PrintStream out;
  private final Style style;
  private final boolean json;

  FindingReport(PrintStream out, Style style, boolean json) {
    this.out = out;
    this.style = style;
    this.json = json;
  }

  void tell(Membership application, Finding finding) {
    if (json) {
      Map<String, @Nullable Object> document = new LinkedHashMap<>();
      document.put("application", application.toString());
      document.put("finding", name(finding));
      document.put("text", detail(finding, Style.PLAIN));
      out.println(Json.write(document));
    } else {
      out.println(style.bold(application + ": " + title(finding)));
      out.print(detail(finding, style));
    }
    out.flush();
  }

  private static String name(Finding finding) {
    return finding.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static String title(Finding finding) {
    if (finding instanceof Finding.Settled settled) {
      return settled.ready() ? "as declared" : "as declared, but not all is ready";
    }
    if (finding instanceof Finding.Acting acting) {
      return "acting, because of: "
          + acting.reasons().stream()
              .map(reason -> reason.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
    }
    if (finding instanceof Finding.Acted acted) {
      return acted.outcome().isSuccess() ? "done" : "failed";
    }
    if (finding instanceof Finding.Contended) {
      return "somebody undoes this each time; it is done more slowly from now on";
    }
    return name(finding);
  }

  private static String detail(Finding finding, Style style) {
    if (finding instanceof Finding.Acting acting) {
      return plan(acting.plan(), style);
    }
    if (finding instanceof Finding.Drifted drifted) {
      return plan(drifted.plan(), style);
    }
    if (finding instanceof Finding.Contended contended) {
      return plan(contended.plan(), style);
    }
    if (finding instanceof Finding.Acted acted) {
      return OutcomeReport.text(acted.outcome(), style);
    }
    if (finding instanceof Finding.Refused refused) {
      return refused.refusals().stream()
          .map(refusal -> Refusals.text(refusal, style))
          .collect(Collectors.joining());
    }
    if (finding instanceof Finding.Invalid invalid) {
      return invalid.problems().stream()
          .map(problem -> Problems.text(problem, style))
          .collect(Collectors.joining());
    }
    return finding instanceof Finding.Unreachable unreachable ? unreachable.reason() + "\n" : "";
  }

  private static String plan(Plan plan, Style style) {
    return (style == Style.COLOURED ? PlanText.coloured() : PlanText.plain()).render(plan);
  }
}
