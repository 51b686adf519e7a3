/**
 * The expression language: CEL in <code>${…}</code>, typed against shapes, evaluated with values
 * that are not known yet.
 *
 * <pre>{@code
 * ExpressionEnvironment environment =
 *     ExpressionEnvironment.builder().resource("db", shape).build();
 * Compilation compilation =
 *     environment.compile(Template.parse("${db.status.host}:5432"), ExpressionType.string());
 * Evaluation evaluation =
 *     compilation.orThrow().evaluate(Bindings.builder().bind("db", tree).build());
 * }</pre>
 *
 * <p>Text is parsed and typed by cel-java, of which nothing shows outside of this package, and
 * evaluated here: every evaluation has one budget for time and memory, reads say exactly what they
 * wait for, and no error quotes a value. All types are immutable and safe for use by any number of
 * threads, builders aside.
 */
@NullMarked
package io.sailplan.expression;

import org.jspecify.annotations.NullMarked;
