package io.sailplan.problem;

import java.util.Locale;

/** The sorts of mistakes, each with a stable {@link #id()} for programs and documents. */
public enum ProblemCode {
  /** A text that cannot be read at all: it is not there, may not be read, or is not UTF-8. */
  UNREADABLE,
  /** The text is not YAML or JSON. */
  SYNTAX,
  /** A mapping holds the same key twice. */
  DUPLICATE_KEY,
  /** A key that is not a string. */
  KEY_NOT_A_STRING,
  /** An alias without anchor, or one that refers to itself. */
  BAD_ALIAS,
  /** A YAML feature that {@code kubectl} does not read, such as a custom tag. */
  UNSUPPORTED_YAML,
  /** A number that JSON cannot carry without loss. */
  PRECISION_LOSS,
  /** The input exceeds a bound on size, depth, aliases or count. */
  TOO_LARGE,
  /** A document that is not a mapping. */
  NOT_AN_OBJECT,
  /** A field that every object needs is missing or empty. */
  MISSING_FIELD,
  /** A field that the kind does not have. */
  UNKNOWN_FIELD,
  /** A value of another type than the field takes. */
  WRONG_TYPE,
  /** A value outside of what the field takes. */
  INVALID_VALUE,
  /** A name that Kubernetes would refuse. */
  INVALID_NAME,
  /** The same object, or the same key of a keyed list, stands in the input twice. */
  DUPLICATE,
  /**
   * A kind that neither ships with Kubernetes, nor is defined by the input or known to the cluster.
   */
  UNKNOWN_KIND,
  /** A namespaced object without, or a cluster-scoped one with, a namespace. */
  WRONG_SCOPE,
  /** A reference to something that is neither in the input nor in what was observed. */
  DANGLING_REFERENCE,
  /** Resources that need each other. */
  CYCLE,
  /** A type or marker that kro's schema language does not know, or does not take there. */
  INVALID_SCHEMA,
  /** An annotation that is meant for this library or another tool, and cannot be understood. */
  INVALID_ANNOTATION,
  /** An annotation of another tool asks for something that does not happen here. */
  NOT_CARRIED_OVER,
  /** Annotations, of one tool or of several, that contradict each other. */
  CONTRADICTION,
  /** An object that belongs to the application, which does not declare it any more. */
  UNDECLARED_MEMBER,
  /** Something of an object that is deleted and made anew cannot be brought back. */
  LOST_BY_RECREATION,
  /** A declared field that the server keeps as it is, whatever is written. */
  IGNORED_FIELD,
  /** The server's dry run did something else than the plan said. */
  SERVER_DIFFERS,
  /** What would have to be known could not be looked at; the plan does without. */
  NOT_OBSERVED,
  /** A text in <code>${…}</code> that is not an expression, or is not closed. */
  EXPRESSION_SYNTAX,
  /** An expression that starts from a name which nothing has. */
  UNKNOWN_NAME,
  /** An expression that calls a function which is not there. */
  UNKNOWN_FUNCTION,
  /** An expression that never has a value, such as one that reads what is not there. */
  EXPRESSION_FAILED,
  /** An expression that takes more time or memory than is allowed. */
  TOO_COSTLY,
  /** Something that has to be decided when a plan is made, and is known only in its run. */
  UNDECIDED,
  /** A saved plan that is not, any more, what was saved. */
  ALTERED;

  /** Returns the stable name, such as {@code duplicate-key}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
