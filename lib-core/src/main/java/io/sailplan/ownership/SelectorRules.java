package io.sailplan.ownership;

import io.sailplan.ownership.CrossRule.At;
import java.util.List;

/** What the demands of selectors ask of their operator and values. */
final class SelectorRules {
  private static final List<String> OF_LABELS = List.of("In", "NotIn", "Exists", "DoesNotExist");
  private static final List<String> OF_NODES =
      List.of("In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt");

  private SelectorRules() {}

  static void addTo(CrossRules.Table rules) {
    rules.add("meta.v1.LabelSelectorRequirement", demand -> operator(demand, OF_LABELS));
    rules.add("meta.v1.FieldSelectorRequirement", demand -> operator(demand, OF_LABELS));
    rules.add("core.v1.ScopedResourceSelectorRequirement", demand -> operator(demand, OF_LABELS));
    rules.add("core.v1.NodeSelectorRequirement", SelectorRules::node);
    rules.add("core.v1.NodeSelectorTerm", SelectorRules::term);
  }

  private static void node(At demand) {
    operator(demand, OF_NODES);
    boolean compares = List.of("Gt", "Lt").contains(demand.text("operator"));
    if (compares && demand.list("values").size() != 1) {
      demand.wrong("values", " must hold one number", "Write a single number, in quotes.");
    }
  }

  /** Fields of a node can only be compared with one value. */
  private static void term(At term) {
    for (At demand : term.items("matchFields")) {
      String operator = demand.text("operator");
      boolean compares = operator.equals("In") || operator.equals("NotIn");
      if (!operator.isEmpty() && !compares) {
        demand.wrong("operator", " must be In or NotIn", "Choose one of them.");
      } else if (compares && demand.list("values").size() > 1) {
        demand.wrong("values", " must hold one value", "Keep one of them.");
      } else if (demand.list("values").stream()
          .anyMatch(value -> value instanceof String name && !isName(name))) {
        demand.wrong("values", " is no name of a node", "Correct the name.");
      }
    }
  }

  private static boolean isName(String value) {
    return value.contains("${") || NameRules.isSubdomain(value);
  }

  private static void operator(At demand, List<String> operators) {
    String operator = demand.text("operator");
    if (operator.isEmpty()) {
      return;
    }
    boolean some = !demand.list("values").isEmpty();
    if (!operators.contains(operator)) {
      demand.wrong(
          "operator", " must be one of " + String.join(", ", operators), "Choose one of them.");
    } else if (operator.endsWith("In") && !some) {
      demand.missing("values", "Name the values that " + operator + " compares with.");
    } else if (operator.contains("Exist") && some) {
      demand.wrong(
          "values", " must be empty where the operator is " + operator, "Remove the values.");
    }
  }
}
