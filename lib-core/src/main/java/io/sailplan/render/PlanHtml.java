package io.sailplan.render;

import io.sailplan.plan.Plan;
import io.sailplan.plan.PlanView;
import io.sailplan.plan.PlanView.Block;
import io.sailplan.plan.PlanView.Change;
import io.sailplan.plan.PlanView.Sign;
import io.sailplan.plan.StepKind;
import java.util.List;
import java.util.Locale;

/**
 * Writes plans as one HTML file that needs nothing else: no script, no font, no request. Values of
 * Secrets are never written.
 */
public final class PlanHtml {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--ink:#1d2127;--dim:#59636e;--paper:#fff;--line:#d1d9e0;--soft:#f6f8fa;
      --made:#1a7f37;--made-soft:#dafbe1;--changed:#9a6700;--changed-soft:#fff8c5;--gone:#cf222e;--gone-soft:#ffebe9}
      @media (prefers-color-scheme:dark){:root{--ink:#e6e9ee;--dim:#9aa4b0;--paper:#0f1318;--line:#3a424c;--soft:#181d24;
      --made:#4ac26b;--made-soft:#12301c;--changed:#d9a441;--changed-soft:#33270b;--gone:#ff7b72;--gone-soft:#3b1517}}
      *{box-sizing:border-box}
      body{margin:0 auto;max-width:76rem;padding:1.5rem;background:var(--paper);color:var(--ink);
      font:15px/1.5 ui-sans-serif,system-ui,sans-serif}
      h1{font-size:1.4rem;margin:0 0 .4rem}h2{font-size:1.05rem;margin:2rem 0 .6rem}
      p{margin:.2rem 0}.dim{color:var(--dim)}
      .graph{overflow-x:auto;border:1px solid var(--line);border-radius:8px;background:var(--soft)}
      svg{display:block}svg text{fill:var(--ink)}svg rect{fill:var(--paper)}svg .line{stroke:var(--dim)}
      svg .create rect{stroke:var(--made)}svg .create .deed{fill:var(--made)}
      svg .change rect{stroke:var(--changed)}svg .change .deed{fill:var(--changed)}
      svg .delete rect{stroke:var(--gone)}svg .delete .deed{fill:var(--gone)}
      svg .wait rect{stroke:var(--dim)}svg .wait .deed{fill:var(--dim)}
      details,.block{border:1px solid var(--line);border-radius:8px;margin:.5rem 0;padding:.45rem .8rem}
      summary{cursor:pointer}summary:focus-visible{outline:2px solid var(--changed);outline-offset:2px}
      .mark{display:inline-block;width:1.1em;font-weight:700;font-family:ui-monospace,monospace}
      .create>.head .mark,.create>summary .mark{color:var(--made)}
      .change>.head .mark,.change>summary .mark{color:var(--changed)}
      .delete>.head .mark,.delete>summary .mark{color:var(--gone)}
      code,pre,table{font-family:ui-monospace,SFMono-Regular,Menlo,monospace;font-size:.87em}
      table{border-collapse:collapse;width:100%;margin:.5rem 0 .2rem}
      td{vertical-align:top;padding:.15rem .6rem .15rem 0;border-top:1px solid var(--line);overflow-wrap:anywhere}
      td.path{width:38%}del{background:var(--gone-soft);text-decoration:none}ins{background:var(--made-soft);text-decoration:none}
      pre{margin:.3rem 0;overflow-x:auto;background:var(--soft);border-radius:6px;padding:.4rem .6rem;white-space:pre}
      pre .a{background:var(--made-soft)}pre .r{background:var(--gone-soft)}pre .h{color:var(--dim)}
      pre span{display:block}
      .warning{border-left:4px solid var(--changed);padding:.2rem .8rem;margin:.5rem 0;background:var(--changed-soft)}
      @media print{body{max-width:none}details{break-inside:avoid}}
      """;

  private PlanHtml() {}

  /** Returns the page. */
  public static String of(Plan plan) {
    PlanView view = PlanView.of(plan);
    StringBuilder page = new StringBuilder();
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\"")
        .append(" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
        .append("<title>Plan: ")
        .append(Markup.escape(view.title()))
        .append("</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<h1>Plan: ")
        .append(Markup.escape(view.title()))
        .append("</h1>\n<p>")
        .append(Markup.escape(view.summary()))
        .append("</p>\n<p class=\"dim\">")
        .append(Markup.escape(view.sureness()))
        .append("</p>\n");
    view.warnings()
        .forEach(
            warning ->
                page.append("<p class=\"warning\">")
                    .append(Markup.escape(warning.toString()))
                    .append("</p>\n"));
    Drawing drawing = PlanSvg.drawing(plan);
    String graph = PlanSvg.draw(drawing);
    if (!graph.isEmpty()) {
      page.append("<h2>Order</h2>\n<div class=\"graph\" tabindex=\"0\">\n")
          .append(graph)
          .append("</div>\n");
      if (drawing.untold() > 0) {
        page.append("<p class=\"dim\">… and ")
            .append(drawing.untold())
            .append(" more steps.</p>\n");
      }
    }
    if (!view.blocks().isEmpty()) {
      page.append("<h2>Objects</h2>\n");
    }
    view.blocks().forEach(block -> block(page, block));
    doubts(page, view.doubts());
    return page.append("</body>\n</html>\n").toString();
  }

  private static void block(StringBuilder page, Block block) {
    String head =
        "<span class=\"mark\">"
            + Markup.escape(block.mark())
            + "</span> "
            + (block.kind() == StepKind.GATE
                ? ""
                : "<code>" + Markup.escape(block.subject()) + "</code> ")
            + Markup.escape(block.deed())
            + (block.reason().isEmpty()
                ? ""
                : " <span class=\"dim\">" + Markup.escape(block.reason()) + "</span>");
    String kind = PlanSvg.word(block.kind());
    if (block.changes().isEmpty()) {
      page.append("<div class=\"block ").append(kind).append("\"><div class=\"head\">");
      page.append(head).append("</div></div>\n");
      return;
    }
    page.append("<details open class=\"").append(kind).append("\"><summary>").append(head);
    page.append("</summary>\n<table>\n");
    block.changes().forEach(change -> change(page, change));
    page.append("</table>\n</details>\n");
  }

  private static void change(StringBuilder page, Change change) {
    page.append("<tr><td class=\"path\">")
        .append(Markup.escape(change.sign().mark() + " " + change.path()))
        .append("</td><td>");
    if (change.sign() == Sign.UNKNOWN) {
      page.append(Markup.escape(change.text()));
    }
    if (!change.before().isEmpty()) {
      page.append("<del>").append(Markup.escape(change.before())).append("</del>");
    }
    page.append(change.before().isEmpty() || change.after().isEmpty() ? "" : " → ");
    if (!change.after().isEmpty()) {
      page.append("<ins>").append(Markup.escape(change.after())).append("</ins>");
    }
    if (!change.lines().isEmpty()) {
      page.append("<pre>");
      change.lines().forEach(line -> page.append(line(line)));
      page.append("</pre>");
    }
    if (!change.later().isEmpty()) {
      page.append(" <span class=\"dim\">").append(Markup.escape(change.later())).append("</span>");
    }
    if (change.doubt() > 0) {
      page.append(
          String.format(
              Locale.ROOT,
              " <a class=\"dim\" href=\"#doubt-%d\">[%d]</a>",
              change.doubt(),
              change.doubt()));
    }
    page.append("</td></tr>\n");
  }

  private static String line(String line) {
    String kind =
        line.startsWith("+") ? "a" : line.startsWith("-") ? "r" : line.startsWith("@") ? "h" : "c";
    return "<span class=\""
        + kind
        + "\">"
        + (line.isEmpty() ? " " : Markup.escape(line))
        + "</span>";
  }

  private static void doubts(StringBuilder page, List<String> doubts) {
    for (int i = 0; i < doubts.size(); i++) {
      page.append("<p class=\"dim\" id=\"doubt-").append(i + 1).append("\">");
      page.append(doubts.size() == 1 ? "" : "[" + (i + 1) + "] ");
      page.append("assumed: ").append(Markup.escape(doubts.get(i))).append("</p>\n");
    }
  }
}
