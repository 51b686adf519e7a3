package io.sailplan.expression;

import io.sailplan.expression.Stop.Failure;
import io.sailplan.expression.Stop.Pending;
import io.sailplan.model.Trees;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A template whose expressions are understood and typed. */
public final class CompiledExpression {
  private final Template template;
  private final List<Program> programs;
  private final ExpressionType type;
  private final ExpressionLimits limits;
  private final Patterns patterns;

  CompiledExpression(
      Template template,
      List<Program> programs,
      ExpressionType type,
      ExpressionLimits limits,
      Patterns patterns) {
    this.template = template;
    this.programs = List.copyOf(programs);
    this.type = type;
    this.limits = limits;
    this.patterns = patterns;
  }

  /** Returns what it was compiled from. */
  public Template template() {
    return template;
  }

  /** Returns the type of its value. */
  public ExpressionType type() {
    return type;
  }

  /** Returns all that it reads, in order, each once. */
  public List<Reference> references() {
    SortedMap<String, Reference> all = new TreeMap<>();
    for (Program program : programs) {
      for (Reference reference : program.references()) {
        all.merge(
            reference.text(),
            reference,
            (one, other) -> one.strength() == Reference.Strength.HARD ? one : other);
      }
    }
    return List.copyOf(all.values());
  }

  /** Returns what it is with some values; the same each time. */
  public Evaluation evaluate(Bindings bindings) {
    Frame frame = new Frame(bindings, limits, patterns);
    int part = 0;
    try {
      if (template.isWhole()) {
        return whole(frame);
      }
      StringBuilder text = new StringBuilder();
      Pending pending = null;
      Evaluation failed = null;
      for (TemplatePart piece : template.parts()) {
        if (piece instanceof TemplatePart.Literal literal) {
          frame.spendText(literal.text().length());
          text.append(literal.text());
          continue;
        }
        Object value = run(frame, programs.get(part));
        if (value instanceof Pending more) {
          pending = pending == null ? more : pending.and(more);
        } else if (value instanceof Failure failure) {
          failed = failed == null ? failed(frame, part, failure) : failed;
        } else if (value instanceof String string) {
          frame.spendText(string.length());
          text.append(string);
        } else if (failed == null) {
          failed = failed(frame, part, Results.notText(value));
        }
        part++;
      }
      // What fails fails, whatever is still to come.
      if (failed != null) {
        return failed;
      }
      return pending != null
          ? Evaluation.Deferred.of(pending.unknowns(), frame.tainted())
          : new Evaluation.Value(text.toString(), frame.tainted());
    } catch (TooCostly e) {
      return tooCostly(frame, part, e.what());
    }
  }

  /**
   * Returns what it is with some values, where what is missing may still come: what fails with
   * {@code bindings} is deferred if it is with {@code open}, in which the same names are bound and
   * marked as {@linkplain Bindings.Builder#open open}. Otherwise a whole object that is there could
   * not be taken, because more might come.
   */
  public Evaluation evaluate(Bindings bindings, Bindings open) {
    Evaluation evaluation = evaluate(bindings);
    return evaluation instanceof Evaluation.Failed
            && evaluate(open) instanceof Evaluation.Deferred deferred
        ? deferred
        : evaluation;
  }

  private Object run(Frame frame, Program program) {
    frame.locals(program.locals());
    Object value = program.root().evaluate(frame);
    return value instanceof View ? frame.consume(value) : value;
  }

  private Evaluation whole(Frame frame) {
    Object value = run(frame, programs.get(0));
    if (value == OptionalValue.NONE || (value instanceof OptionalValue none && !none.isPresent())) {
      return new Evaluation.Absent(frame.tainted());
    }
    @Nullable Object tree = value instanceof Stop ? value : Results.tree(frame, value);
    if (tree instanceof Pending pending) {
      return Evaluation.Deferred.of(pending.unknowns(), frame.tainted());
    }
    if (tree instanceof Failure failure) {
      return failed(frame, 0, failure);
    }
    return tree == OmitMarker.OMIT
        ? new Evaluation.Omitted(frame.tainted())
        : new Evaluation.Value(Trees.copyOf(tree), frame.tainted());
  }

  private Evaluation failed(Frame frame, int part, Failure failure) {
    int offset = programs.get(part).character(failure.offset());
    return new Evaluation.Failed(
        Problem.error(failure.code(), failure.message())
            .hint(failure.hint())
            .at(template.place(start(part) + offset)),
        frame.tainted());
  }

  private Evaluation tooCostly(Frame frame, int part, String what) {
    return new Evaluation.Failed(
        Problem.error(ProblemCode.TOO_COSTLY, "the expression is too costly: " + what)
            .hint("Make it smaller, or what it reads.")
            .at(template.place(start(part))),
        frame.tainted());
  }

  private int start(int part) {
    int at = 0;
    for (TemplatePart piece : template.parts()) {
      if (piece instanceof TemplatePart.Expression && at++ == part) {
        return piece.offset();
      }
    }
    return 0;
  }

  /** Returns its type, never its text: that may be secret. */
  @Override
  public String toString() {
    return "CompiledExpression[" + type + "]";
  }
}
