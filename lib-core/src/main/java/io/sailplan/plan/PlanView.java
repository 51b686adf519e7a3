package io.sailplan.plan;

import io.sailplan.problem.Problem;
import java.util.List;

/**
 * What people read of a plan, before it is written in one form or another; in the order of the
 * plan. Values of Secrets are not in it, and what would be too long is cut.
 *
 * @param title what is planned, for what
 * @param blocks one for each object that something happens to, and for each gate
 * @param doubts why changes may turn out otherwise, each once, in the order of their numbers
 * @param warnings what the author should know, without places: the same documents in another order
 *     are the same plan, to the byte
 * @param summary how much of what the plan does, as a sentence
 * @param sureness how sure that is, as a sentence; empty if no field changes
 */
public record PlanView(
    String title,
    List<Block> blocks,
    List<String> doubts,
    List<Problem> warnings,
    String summary,
    String sureness) {

  /** Copies the lists. */
  public PlanView {
    blocks = List.copyOf(blocks);
    doubts = List.copyOf(doubts);
    warnings = List.copyOf(warnings);
  }

  /** Returns what people read of {@code plan}. */
  public static PlanView of(Plan plan) {
    return new PlanViews(plan).view();
  }

  /**
   * What happens to one object.
   *
   * @param kind the kind of the first step
   * @param subject the resource; the name of the gate
   * @param deed what is done, such as {@code create, then wait until ready (at most 5m)}
   * @param reason why; empty where the deed says as much
   * @param changes what changes; of an object that is made, only what tells what it will run
   * @param steps the ids of the steps
   */
  public record Block(
      StepKind kind,
      String subject,
      String deed,
      String reason,
      List<Change> changes,
      List<String> steps) {
    /** Copies the lists. */
    public Block {
      changes = List.copyOf(changes);
      steps = List.copyOf(steps);
    }

    /** Returns the character that stands for the deed: one of {@code + ~ - … = ·}. */
    public String mark() {
      return switch (kind) {
        case CREATE -> "+";
        case APPLY, PATCH -> "~";
        case DELETE -> "-";
        case AWAIT_READY, AWAIT_GONE -> "…";
        case UNCHANGED -> "=";
        case GATE -> "·";
      };
    }
  }

  /** How a field changes. */
  public enum Sign {
    /** It is added. */
    ADDED("+"),
    /** It goes. */
    REMOVED("-"),
    /** It gets another value. */
    CHANGED("~"),
    /** Nobody knows how fields change. */
    UNKNOWN("~");

    private final String mark;

    Sign(String mark) {
      this.mark = mark;
    }

    /** Returns the character that stands for it. */
    public String mark() {
      return mark;
    }
  }

  /**
   * What happens to one field.
   *
   * @param sign how it changes
   * @param path where it stands, as the API server writes it in conflicts
   * @param before its value as text, cut where it is long; empty if there is none, or {@code lines}
   *     tell
   * @param after its value afterwards, likewise
   * @param lines the lines that differ, as a unified diff without heading; empty for short values
   * @param later when it will be known; empty if it is known
   * @param doubt the number of the doubt, from 1; 0 if there is none, or none but the plan's only
   *     one
   */
  public record Change(
      Sign sign,
      String path,
      String before,
      String after,
      List<String> lines,
      String later,
      int doubt) {
    /** Copies the lines. */
    public Change {
      lines = List.copyOf(lines);
    }

    /**
     * Returns path and values in one line, such as {@code .spec.replicas: 2 → 3}, without what
     * {@link #lines} tell.
     */
    public String text() {
      if (sign == Sign.UNKNOWN) {
        return "fields unknown: this kind, or this version of it, was not to be had";
      }
      String values = before.isEmpty() || after.isEmpty() ? before + after : before + " → " + after;
      return values.isEmpty() ? path : path + ": " + values;
    }

    /** Returns what follows the values: when it will be known, and the number of the doubt. */
    public String notes() {
      return (later.isEmpty() ? "" : "  (" + later + ")") + (doubt == 0 ? "" : "  [" + doubt + "]");
    }
  }
}
