package io.sailplan.expression;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.shape.FieldShape;
import io.sailplan.shape.Shape;
import io.sailplan.shape.ShapeCatalog;
import io.sailplan.shape.ShapeType;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The types of shapes. Objects become types with names that nobody can write in an expression;
 * objects of the same fields have the same name, wherever they come from, so that both may stand in
 * the branches of one condition.
 */
final class ShapeTypes {
  private static final String PREFIX = "#";
  private static final int DEEPEST = 64;

  private final IdentityHashMap<Shape, CelType> types = new IdentityHashMap<>();
  private final Map<String, Shape> shapes = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private int depth;

  /** Returns the type of what a shape describes. */
  synchronized CelType of(Shape shape) {
    CelType known = types.get(shape);
    if (known != null) {
      return known;
    }
    if (depth >= DEEPEST) {
      return SimpleType.DYN;
    }
    depth++;
    try {
      CelType type = make(shape);
      types.put(shape, type);
      return type;
    } finally {
      depth--;
    }
  }

  private CelType make(Shape shape) {
    switch (shape.type()) {
      case STRING:
        return SimpleType.STRING;
      case INT32:
      case INT64:
        return SimpleType.INT;
      case NUMBER:
        return SimpleType.DOUBLE;
      case BOOLEAN:
        return SimpleType.BOOL;
      case TIME:
      case MICRO_TIME:
        return SimpleType.TIMESTAMP;
      case BYTES:
        return SimpleType.BYTES;
      case LIST:
        return ListType.create(of(shape.items()));
      case OBJECT:
        return shape.fields().isEmpty()
            ? MapType.create(SimpleType.STRING, shape.values().map(this::of).orElse(SimpleType.DYN))
            : object(shape);
      default:
        return SimpleType.DYN;
    }
  }

  private CelType object(Shape shape) {
    String name = PREFIX + (shape.name().isEmpty() ? named(shape) : shape.name());
    shapes.putIfAbsent(name, shape);
    return StructTypeReference.create(name);
  }

  private String named(Shape shape) {
    StringBuilder signature = new StringBuilder(shape.values().isPresent() ? "+" : "");
    shape
        .fields()
        .forEach(
            (name, field) ->
                signature
                    .append(name)
                    .append(':')
                    .append(of(field.shape()).name())
                    .append(parameters(of(field.shape())))
                    .append(','));
    return names.computeIfAbsent(signature.toString(), key -> PREFIX + names.size());
  }

  private static String parameters(CelType type) {
    StringBuilder text = new StringBuilder();
    for (CelType parameter : type.parameters()) {
      text.append('(').append(parameter.name()).append(parameters(parameter)).append(')');
    }
    return text.toString();
  }

  /** Returns the type of an object that has metadata, whether its shape says so or not. */
  CelType resource(Shape shape) {
    if (shape.type() != ShapeType.OBJECT || shape.child("metadata") != null) {
      return of(shape);
    }
    CelType type = of(shape);
    synchronized (this) {
      if (type.kind() != CelKind.STRUCT) {
        return SimpleType.DYN;
      }
      String name = type.name() + "&metadata";
      shapes.put(name, shape);
      return StructTypeReference.create(name);
    }
  }

  private CelType metadata() {
    return ShapeCatalog.builtIn()
        .find(GroupVersionKind.of("v1", "ConfigMap"))
        .flatMap(kind -> Optional.ofNullable(kind.shape().child("metadata")))
        .map(this::of)
        .orElse(SimpleType.DYN);
  }

  /** Returns the shape behind a type of an object; null if it is none. */
  synchronized @Nullable Shape shape(CelType type) {
    return shapes.get(type.name());
  }

  /** Returns what people call the type of an object. */
  static String text(String name) {
    if (name.startsWith(PREFIX + PREFIX)) {
      return "object";
    }
    return name.startsWith(PREFIX) ? name.substring(1).replace("&metadata", "") : name;
  }

  /** Returns the type of a field of an object; null if it has none. */
  @Nullable CelType field(Shape object, String name) {
    FieldShape field = object.field(name);
    if (field != null) {
      return of(field.shape());
    }
    return object.values().map(this::of).orElse(null);
  }

  /** Returns the type that a declared type is to the type checker. */
  CelType of(ExpressionType type) {
    Shape shape = type.shape().orElse(null);
    if (shape != null) {
      return of(shape);
    }
    CelType element = type.element().map(this::of).orElse(SimpleType.DYN);
    switch (type.kind()) {
      case NULL:
        return SimpleType.NULL_TYPE;
      case BOOLEAN:
        return SimpleType.BOOL;
      case INTEGER:
        return SimpleType.INT;
      case UNSIGNED:
        return SimpleType.UINT;
      case NUMBER:
        return SimpleType.DOUBLE;
      case STRING:
        return SimpleType.STRING;
      case BYTES:
        return SimpleType.BYTES;
      case TIME:
        return SimpleType.TIMESTAMP;
      case DURATION:
        return SimpleType.DURATION;
      case LIST:
        return ListType.create(element);
      case MAP:
        return MapType.create(SimpleType.STRING, element);
      case OPTIONAL:
        return OptionalType.create(element);
      default:
        return SimpleType.DYN;
    }
  }

  /** Returns the type of an expression, for others than the type checker. */
  ExpressionType of(CelType type) {
    switch (type.kind()) {
      case NULL_TYPE:
        return ExpressionType.of(ExpressionType.Kind.NULL, null);
      case BOOL:
        return ExpressionType.bool();
      case INT:
        return ExpressionType.integer();
      case UINT:
        return ExpressionType.of(ExpressionType.Kind.UNSIGNED, null);
      case DOUBLE:
        return ExpressionType.number();
      case STRING:
        return ExpressionType.string();
      case BYTES:
        return ExpressionType.of(ExpressionType.Kind.BYTES, null);
      case TIMESTAMP:
        return ExpressionType.of(ExpressionType.Kind.TIME, null);
      case DURATION:
        return ExpressionType.of(ExpressionType.Kind.DURATION, null);
      case LIST:
        return ExpressionType.listOf(of(type.parameters().get(0)));
      case MAP:
        return ExpressionType.mapOf(of(type.parameters().get(1)));
      case STRUCT:
        Shape shape = shape(type);
        return shape == null ? ExpressionType.any() : ExpressionType.object(shape);
      case OPAQUE:
        return type instanceof OptionalType
            ? ExpressionType.of(ExpressionType.Kind.OPTIONAL, of(type.parameters().get(0)))
            : ExpressionType.of(ExpressionType.Kind.OTHER, null);
      case TYPE:
        return ExpressionType.of(ExpressionType.Kind.OTHER, null);
      default:
        return ExpressionType.any();
    }
  }

  /**
   * Returns a provider for one check.
   *
   * @param selected the fields that the expression reads: an object that takes more than its named
   *     fields has these as well
   */
  CelTypeProvider provider(Set<String> selected) {
    return new Provider(selected);
  }

  @SuppressWarnings("Immutable") // what it reads is filled once for each name, and then stays
  private final class Provider implements CelTypeProvider {
    private final Set<String> selected;

    Provider(Set<String> selected) {
      this.selected = selected;
    }

    @Override
    public ImmutableCollection<CelType> types() {
      return ImmutableList.of();
    }

    @Override
    @SuppressWarnings("Immutable") // shapes are, without saying so in this way
    public Optional<CelType> findType(String name) {
      if (!name.startsWith(PREFIX)) {
        return Optional.empty();
      }
      Shape shape = shape(StructTypeReference.create(name));
      if (shape == null || shape.type() != ShapeType.OBJECT) {
        return Optional.empty();
      }
      Set<String> fields = new TreeSet<>(shape.fields().keySet());
      if (shape.values().isPresent()) {
        fields.addAll(selected);
      }
      boolean adds = name.endsWith("&metadata");
      if (adds) {
        fields.add("metadata");
      }
      return Optional.of(
          StructType.create(
              name,
              ImmutableSet.copyOf(fields),
              field ->
                  adds && field.equals("metadata")
                      ? Optional.of(metadata())
                      : Optional.ofNullable(field(shape, field))));
    }
  }
}
