package io.sailplan.expression;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All functions by name. Built once. */
final class FunctionTable {
  /** What a call costs, in steps, beyond what its arguments do: some read or make a lot. */
  private static final Map<String, Integer> COSTS = costs();

  private static final FunctionTable ALL = build();

  private final Map<String, List<Overload>> overloads = new LinkedHashMap<>();
  private final Map<String, CelFunctionDecl> declarations = new LinkedHashMap<>();

  private FunctionTable() {}

  private static Map<String, Integer> costs() {
    Map<String, Integer> costs = new LinkedHashMap<>();
    cost(
        costs,
        10,
        "int",
        "uint",
        "double",
        "isInteger",
        "compareTo",
        "isGreaterThan",
        "isLessThan");
    cost(
        costs,
        20,
        "string",
        "quantity",
        "isQuantity",
        "add",
        "sub",
        "ip",
        "isIP",
        "ip.isCanonical");
    cost(costs, 20, "cidr", "isCIDR", "containsIP", "containsCIDR", "masked", "duration", "format");
    cost(costs, 40, "semver", "isSemver", "getFullYear", "getMonth", "getDate", "getDayOfMonth");
    cost(costs, 40, "getDayOfWeek", "getDayOfYear", "getHours", "getMinutes", "getSeconds");
    cost(costs, 40, "getMilliseconds", "validate", "digest", "hash.sha256", "hash.md5");
    cost(costs, 40, "random.seededString", "random.seededInt", "json.marshal", "json.unmarshal");
    cost(costs, 80, "timestamp", "url", "isURL", "getEscapedPath", "getQuery");
    return costs;
  }

  private static void cost(Map<String, Integer> costs, int cost, String... names) {
    for (String name : names) {
      costs.put(name, cost);
    }
  }

  static FunctionTable all() {
    return ALL;
  }

  private static FunctionTable build() {
    FunctionTable table = new FunctionTable();
    Operators.declare(table);
    Conversions.declare(table);
    TimeLibrary.declare(table);
    StringLibrary.declare(table);
    PatternLibrary.declare(table);
    ListLibrary.declare(table);
    MathLibrary.declare(table);
    OptionalLibrary.declare(table);
    EncodingLibrary.declare(table);
    MapLibrary.declare(table);
    QuantityLibrary.declare(table);
    NetLibrary.declare(table);
    SemverLibrary.declare(table);
    FormatLibrary.declare(table);
    OwnLibrary.declare(table);
    table.overloads.forEach(
        (name, forms) -> table.declarations.put(name, declaration(name, forms)));
    return table;
  }

  private static CelFunctionDecl declaration(String name, List<Overload> forms) {
    List<CelOverloadDecl> declared = new ArrayList<>();
    for (Overload form : forms) {
      String id = name + "#" + declared.size();
      Signature signature = form.signature();
      declared.add(
          signature.member()
              ? CelOverloadDecl.newMemberOverload(id, signature.result(), signature.parameters())
              : CelOverloadDecl.newGlobalOverload(id, signature.result(), signature.parameters()));
    }
    return CelFunctionDecl.newFunctionDeclaration(name, declared);
  }

  /** Adds a form of a function. */
  void add(String signature, Implementation implementation) {
    add(Signature.parse(signature), implementation, false);
  }

  /** Adds a form of a function that looks at containers only from outside. */
  void addOutside(String signature, Implementation implementation) {
    add(Signature.parse(signature), implementation, true);
  }

  /** Adds several forms that do the same. */
  void addAll(Implementation implementation, String... signatures) {
    for (String signature : signatures) {
      add(signature, implementation);
    }
  }

  private void add(Signature signature, Implementation implementation, boolean outside) {
    overloads
        .computeIfAbsent(signature.name(), key -> new ArrayList<>())
        .add(
            new Overload(
                signature, implementation, outside, COSTS.getOrDefault(signature.name(), 1)));
  }

  /** Returns the forms of a function that the type checker found to match, by their ids. */
  List<Overload> find(String name, List<String> ids) {
    List<Overload> forms = overloads.getOrDefault(name, List.of());
    return ids.stream()
        .map(id -> forms.get(Integer.parseInt(id.substring(id.lastIndexOf('#') + 1))))
        .toList();
  }

  @Nullable CelFunctionDecl declaration(String name) {
    return declarations.get(name);
  }

  /** Returns the names of all functions, operators included. */
  Collection<String> names() {
    return overloads.keySet();
  }

  List<Overload> forms(String name) {
    return overloads.getOrDefault(name, List.of());
  }
}
