package io.sailplan.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.common.types.TypeType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The types that do not depend on shapes, by their names. */
final class Types {
  static final CelType QUANTITY = OpaqueType.create("kubernetes.Quantity");
  static final CelType URL = OpaqueType.create("kubernetes.URL");
  static final CelType IP = OpaqueType.create("net.IP");
  static final CelType CIDR = OpaqueType.create("net.CIDR");
  static final CelType SEMVER = OpaqueType.create("kubernetes.Semver");
  static final CelType FORMAT = OpaqueType.create("kubernetes.NamedFormat");

  private static final Map<String, CelType> NAMED = named();

  private Types() {}

  private static Map<String, CelType> named() {
    Map<String, CelType> types = new TreeMap<>();
    types.put("int", SimpleType.INT);
    types.put("uint", SimpleType.UINT);
    types.put("double", SimpleType.DOUBLE);
    types.put("bool", SimpleType.BOOL);
    types.put("string", SimpleType.STRING);
    types.put("bytes", SimpleType.BYTES);
    types.put("dyn", SimpleType.DYN);
    types.put("null_type", SimpleType.NULL_TYPE);
    types.put("timestamp", SimpleType.TIMESTAMP);
    types.put("duration", SimpleType.DURATION);
    for (CelType type : List.of(QUANTITY, URL, IP, CIDR, SEMVER, FORMAT)) {
      types.put(type.name(), type);
    }
    return types;
  }

  /** Returns what the name of a type stands for in an expression such as {@code type(x) == int}. */
  static Map<String, CelType> asValues() {
    Map<String, CelType> values = new TreeMap<>();
    for (String name : List.of("int", "uint", "double", "bool", "string", "bytes", "null_type")) {
      values.put(name, TypeType.create(NAMED.getOrDefault(name, SimpleType.DYN)));
    }
    values.put("google.protobuf.Timestamp", TypeType.create(SimpleType.TIMESTAMP));
    values.put("google.protobuf.Duration", TypeType.create(SimpleType.DURATION));
    values.put("list", TypeType.create(ListType.create(SimpleType.DYN)));
    values.put("map", TypeType.create(MapType.create(SimpleType.DYN, SimpleType.DYN)));
    values.put("type", TypeType.create(TypeType.create(SimpleType.DYN)));
    values.put("optional_type", TypeType.create(OptionalType.create(SimpleType.DYN)));
    for (CelType type : List.of(QUANTITY, URL, IP, CIDR, SEMVER, FORMAT)) {
      values.put(type.name(), TypeType.create(type));
    }
    return values;
  }

  /** Returns a type as signatures write it: {@code map(string, list(A))}. */
  static CelType parse(String text) {
    String trimmed = text.trim();
    int open = trimmed.indexOf('(');
    if (open < 0) {
      CelType named = NAMED.get(trimmed);
      if (named != null) {
        return named;
      }
      if (trimmed.length() == 1) {
        return TypeParamType.create(trimmed);
      }
      throw new IllegalArgumentException("not a type: " + text);
    }
    List<CelType> parameters =
        Signature.split(trimmed.substring(open + 1, trimmed.length() - 1)).stream()
            .map(Types::parse)
            .toList();
    switch (trimmed.substring(0, open)) {
      case "list":
        return ListType.create(parameters.get(0));
      case "map":
        return MapType.create(parameters.get(0), parameters.get(1));
      case "optional":
        return OptionalType.create(parameters.get(0));
      case "type":
        return TypeType.create(parameters.get(0));
      default:
        throw new IllegalArgumentException("not a type: " + text);
    }
  }

  /** Returns a type as people read it, without the names that nobody can write. */
  static String text(CelType type) {
    switch (type.kind()) {
      case LIST:
        return "list(" + text(type.parameters().get(0)) + ")";
      case MAP:
        return "map("
            + text(type.parameters().get(0))
            + ", "
            + text(type.parameters().get(1))
            + ")";
      case TYPE_PARAM:
        return "any";
      case STRUCT:
        return ShapeTypes.text(type.name());
      case OPAQUE:
        return type instanceof OptionalType
            ? "optional(" + text(type.parameters().get(0)) + ")"
            : type.name();
      case TIMESTAMP:
        return "timestamp";
      case DURATION:
        return "duration";
      case NULL_TYPE:
        return "null";
      default:
        return type.name();
    }
  }
}
