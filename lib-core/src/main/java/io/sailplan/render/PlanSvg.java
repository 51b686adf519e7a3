package io.sailplan.render;

import io.sailplan.plan.Plan;
import io.sailplan.plan.StepKind;
import io.sailplan.render.Drawing.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws the graph of a plan as SVG: what comes first stands left. Colours come from the page, with
 * defaults for a drawing that stands alone. Steps that do nothing are left out.
 */
public final class PlanSvg {
  /** More than this nobody can follow. */
  private static final int MOST = 400;

  private static final int HEIGHT = 40;
  private static final int GAP = 14;
  private static final int LINES = 56;
  private static final int MARGIN = 12;
  private static final int LONGEST = 40;
  private static final double LETTER = 8.0;

  private PlanSvg() {}

  /** Returns the drawing, of at most 400 steps; empty if there is nothing to draw. */
  public static String of(Plan plan) {
    return draw(drawing(plan));
  }

  static Drawing drawing(Plan plan) {
    return Drawing.of(plan, MOST);
  }

  static String draw(Drawing drawing) {
    List<Box> boxes = drawing.boxes();
    if (boxes.isEmpty()) {
      return "";
    }
    int[] lefts = new int[boxes.size()];
    int[] tops = new int[boxes.size()];
    int[] widths = new int[boxes.size()];
    int left = MARGIN;
    int bottom = 0;
    for (List<Integer> column : drawing.columns()) {
      int width = column.stream().mapToInt(place -> width(boxes.get(place))).max().orElse(0);
      int top = MARGIN;
      for (int place : column) {
        lefts[place] = left;
        tops[place] = top;
        widths[place] = width;
        top += HEIGHT + GAP;
      }
      bottom = Math.max(bottom, top - GAP);
      left += width + LINES;
    }
    int right = left - LINES + MARGIN;
    bottom += MARGIN;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"The steps of the plan and what they wait for\""
                + " width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"ui-sans-serif, system-ui, sans-serif\">%n",
            right,
            bottom,
            right,
            bottom));
    List<String> lines = new ArrayList<>();
    for (int place = 0; place < boxes.size(); place++) {
      for (int before : boxes.get(place).before()) {
        lines.add(
            line(
                lefts[before] + widths[before],
                tops[before] + HEIGHT / 2,
                lefts[place],
                tops[place] + HEIGHT / 2));
      }
    }
    lines.forEach(svg::append);
    for (int place = 0; place < boxes.size(); place++) {
      svg.append(box(boxes.get(place), lefts[place], tops[place], widths[place]));
    }
    return svg.append("</svg>\n").toString();
  }

  private static int width(Box box) {
    return (int) Math.ceil(Math.max(cut(box.label()).length(), box.deed().length()) * LETTER) + 24;
  }

  private static String line(int fromX, int fromY, int toX, int toY) {
    int bend = LINES / 2;
    return String.format(
        Locale.ROOT,
        "<path class=\"line\" fill=\"none\" stroke=\"#8a8f98\" stroke-width=\"1.4\" d=\"M%d %dC%d %d %d %d %d %d\"/>%n",
        fromX,
        fromY,
        fromX + bend,
        fromY,
        toX - bend,
        toY,
        toX,
        toY);
  }

  private static String box(Box box, int left, int top, int width) {
    String kind = word(box.kind());
    return String.format(
        Locale.ROOT,
        "<g class=\"%s\"><title>%s: %s</title>"
            + "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\" fill=\"#fff\" stroke=\"%s\" stroke-width=\"1.6\"/>"
            + "<text x=\"%d\" y=\"%d\" font-size=\"13\" fill=\"#1d2127\">%s</text>"
            + "<text class=\"deed\" x=\"%d\" y=\"%d\" font-size=\"11\" fill=\"%s\">%s</text></g>%n",
        kind,
        Markup.escape(box.label()),
        Markup.escape(box.deed()),
        left,
        top,
        width,
        HEIGHT,
        colour(box.kind()),
        left + 12,
        top + 17,
        Markup.escape(cut(box.label())),
        left + 12,
        top + 32,
        colour(box.kind()),
        Markup.escape(box.deed()));
  }

  static String word(StepKind kind) {
    return switch (kind) {
      case CREATE -> "create";
      case APPLY, PATCH -> "change";
      case DELETE -> "delete";
      case AWAIT_READY, AWAIT_GONE, UNCHANGED, GATE -> "wait";
    };
  }

  private static String colour(StepKind kind) {
    return switch (kind) {
      case CREATE -> "#1a7f37";
      case APPLY, PATCH -> "#9a6700";
      case DELETE -> "#cf222e";
      case AWAIT_READY, AWAIT_GONE, UNCHANGED, GATE -> "#59636e";
    };
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }
}
