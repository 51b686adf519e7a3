package io.sailplan.render;

import io.sailplan.plan.Plan;
import io.sailplan.plan.PlanView;
import io.sailplan.plan.PlanView.Block;
import io.sailplan.plan.PlanView.Change;
import io.sailplan.plan.PlanView.Sign;
import io.sailplan.plan.StepKind;
import io.sailplan.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes plans as Markdown, for comments on changes: the counts, a table of what happens to which
 * object, and what changes, folded. Values of Secrets are never written.
 */
public final class PlanMarkdown {
  /** Comments on GitHub take 65,536 characters; something is left for what stands around. */
  private static final int LONGEST = 60_000;

  private PlanMarkdown() {}

  /** Returns the Markdown, of at most 60,000 characters; what is left out is counted. */
  public static String of(Plan plan) {
    return of(plan, LONGEST);
  }

  /**
   * Returns the Markdown; what would make it longer is left out, and counted.
   *
   * @param longest how many characters it may have
   * @throws IllegalArgumentException naming {@code longest}, if that is less than 1,000
   */
  public static String of(Plan plan, int longest) {
    if (longest < 1000) {
      throw new IllegalArgumentException("longest must be at least 1000: " + longest);
    }
    PlanView view = PlanView.of(plan);
    StringBuilder text = new StringBuilder("### Plan: ").append(code(view.title())).append("\n\n");
    text.append(view.summary());
    if (!view.sureness().isEmpty()) {
      text.append("  \n").append(view.sureness());
    }
    text.append('\n');
    String notes = notes(view);
    int room = longest - text.length() - Math.min(notes.length(), longest / 3);
    text.append(blocks(view.blocks(), room));
    return text.append(shortened(notes, longest / 3)).toString();
  }

  private static String blocks(List<Block> blocks, int room) {
    StringBuilder table = new StringBuilder();
    StringBuilder details = new StringBuilder();
    int untold = 0;
    int folded = 0;
    for (Block block : blocks) {
      String row =
          "| " + sign(block.kind()) + " | " + cell(block) + " | " + inCell(block.deed()) + " |\n";
      if (table.length() + details.length() + row.length() + 200 > room) {
        untold++;
        continue;
      }
      table.append(row);
      String detail = detail(block);
      if (table.length() + details.length() + detail.length() + 200 > room) {
        folded++;
      } else {
        details.append(detail);
      }
    }
    if (table.isEmpty() && untold == 0) {
      return "";
    }
    StringBuilder text = new StringBuilder("\n| | object | |\n|---|---|---|\n").append(table);
    if (untold > 0) {
      text.append("\n… and ").append(untold).append(" more objects.\n");
    }
    text.append(details);
    if (folded > 0) {
      text.append("\nThe changes of ")
          .append(folded)
          .append(folded == 1 ? " object are" : " objects are")
          .append(" left out: they are too long for a comment.\n");
    }
    return text.toString();
  }

  private static String cell(Block block) {
    return block.kind() == StepKind.GATE ? "" : code(block.subject());
  }

  private static String sign(StepKind kind) {
    return switch (kind) {
      case CREATE -> "➕";
      case APPLY, PATCH -> "✏️";
      case DELETE -> "➖";
      case AWAIT_READY, AWAIT_GONE -> "⏳";
      case UNCHANGED -> "＝";
      case GATE -> "┄";
    };
  }

  private static String detail(Block block) {
    if (block.changes().isEmpty()) {
      return "";
    }
    List<String> lines = new ArrayList<>();
    block.changes().forEach(change -> lines(change, lines));
    String fence = fence(lines);
    return "\n<details><summary>"
        + Markup.escape(block.subject())
        + (block.reason().isEmpty() ? "" : ": " + Markup.escape(block.reason()))
        + "</summary>\n\n"
        + fence
        + "diff\n"
        + String.join("\n", lines)
        + "\n"
        + fence
        + "\n\n</details>\n";
  }

  /** The first character of a line is what colours it. */
  private static void lines(Change change, List<String> lines) {
    String notes = change.notes();
    if (!change.lines().isEmpty()) {
      lines.add("# " + change.path() + notes);
      lines.addAll(change.lines());
    } else if (change.sign() == Sign.CHANGED && !change.before().isEmpty()) {
      lines.add("- " + change.path() + ": " + change.before());
      lines.add("+ " + change.path() + ": " + change.after() + notes);
    } else {
      String mark =
          change.sign() == Sign.ADDED || change.sign() == Sign.REMOVED ? change.sign().mark() : "!";
      lines.add(mark + " " + change.text() + notes);
    }
  }

  private static String notes(PlanView view) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < view.doubts().size(); i++) {
      text.append(i == 0 ? "\n" : "  \n")
          .append(view.doubts().size() == 1 ? "" : "\\[" + (i + 1) + "\\] ")
          .append("assumed: ")
          .append(inText(view.doubts().get(i)));
    }
    text.append(view.doubts().isEmpty() ? "" : "\n");
    for (Problem warning : view.warnings()) {
      text.append("\n> ⚠️ ").append(inText(warning.toString())).append('\n');
    }
    return text.toString();
  }

  private static String shortened(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = text.lastIndexOf('\n', longest - 60);
    return text.substring(0, Math.max(0, end)) + "\n\n… and more warnings.\n";
  }

  /** A fence is longer than any run of backticks within. */
  private static String fence(List<String> lines) {
    int longest = lines.stream().mapToInt(PlanMarkdown::backticks).max().orElse(0);
    return "`".repeat(Math.max(3, longest + 1));
  }

  private static int backticks(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  private static String code(String text) {
    String fence = "`".repeat(backticks(text) + 1);
    return fence + inCell(text) + fence;
  }

  /** A bar would end the cell, even in code. */
  private static String inCell(String text) {
    return text.replace("\n", " ").replace("|", "\\|");
  }

  /** Characters that mean something in Markdown or HTML are taken as they are. */
  private static String inText(String text) {
    StringBuilder plain = new StringBuilder();
    for (char c : text.replace("\n", " ").toCharArray()) {
      if ("\\`*_{}[]()#+!|~".indexOf(c) >= 0) {
        plain.append('\\');
      }
      plain.append(c);
    }
    return Markup.escape(plain.toString());
  }
}
