package io.sailplan.expression;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.FieldPath;

/**
 * A field that holds expressions.
 *
 * @param path the field
 * @param template what it holds
 */
public record TemplateField(FieldPath path, Template template) {

  /** Checks that no part is null. */
  public TemplateField {
    requireNonNull(path, "path");
    requireNonNull(template, "template");
  }
}
