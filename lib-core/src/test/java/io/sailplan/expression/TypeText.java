package io.sailplan.expression;

import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Manifest;
import io.sailplan.shape.Shape;
import io.sailplan.shape.ShapeCatalog;
import java.util.List;

/** Types as the tables write them: {@code list(string)}, {@code apps/v1 Deployment .spec}. */
final class TypeText {
  private static final ShapeCatalog CATALOG =
      ShapeCatalog.builtIn().withCustomResources(List.of(widget()));

  private TypeText() {}

  static void declare(ExpressionEnvironment.Builder builder, String name, String type) {
    if (type.contains(" ")) {
      builder.resource(name, shape(type));
    } else {
      builder.variable(name, parse(type));
    }
  }

  static ExpressionType parse(String text) {
    if (text.contains(" ")) {
      return ExpressionType.of(shape(text));
    }
    if (text.startsWith("list(")) {
      return ExpressionType.listOf(parse(text.substring(5, text.length() - 1)));
    }
    if (text.startsWith("map(")) {
      return ExpressionType.mapOf(parse(text.substring(4, text.length() - 1)));
    }
    return switch (text) {
      case "any" -> ExpressionType.any();
      case "string" -> ExpressionType.string();
      case "int" -> ExpressionType.integer();
      case "number" -> ExpressionType.number();
      case "bool" -> ExpressionType.bool();
      case "condition" -> ExpressionType.condition();
      default -> throw new IllegalArgumentException("no type: " + text);
    };
  }

  /** Returns the shape of {@code apps/v1 Deployment}, or of a field behind it. */
  private static Shape shape(String text) {
    String[] parts = text.split(" ");
    Shape whole = CATALOG.find(GroupVersionKind.of(parts[0], parts[1])).orElseThrow().shape();
    return parts.length < 3 ? whole : whole.at(Case.fields(parts[2])).orElseThrow();
  }

  /** A kind of its own, with all that a schema can say. */
  private static Manifest widget() {
    return Manifest.of(Tables.read("widget-definition.yml").get(0));
  }
}
