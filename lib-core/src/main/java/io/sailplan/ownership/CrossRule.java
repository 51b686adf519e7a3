package io.sailplan.ownership;

import io.sailplan.model.PlainPath;
import io.sailplan.model.Trees;
import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of one object demand of each other. Never stricter than the API server: what an
 * expression may come to counts as right.
 */
@FunctionalInterface
interface CrossRule {
  /** Reports what is wrong with the object at a place. */
  void check(At object);

  /** Returns both rules as one. */
  default CrossRule and(CrossRule other) {
    return object -> {
      check(object);
      other.check(object);
    };
  }

  /** An object and where it stands; paths are only written when something is wrong. */
  record At(
      Map<String, @Nullable Object> tree,
      @Nullable At parent,
      Object step,
      ProblemPlaces problems) {

    /** Returns the path as people read it. */
    String path() {
      String outer = parent == null ? String.valueOf(step) : parent.path();
      return parent == null
          ? outer
          : step instanceof Integer index
              ? PlainPath.item(outer, index)
              : PlainPath.field(outer, String.valueOf(step));
    }

    static At root(Map<String, @Nullable Object> tree, String path, ProblemPlaces problems) {
      return new At(tree, null, path, problems);
    }

    @Nullable Object get(String field) {
      return tree.get(field);
    }

    /**
     * Returns whether a field holds something; null, the empty text and empty objects are nothing.
     */
    boolean has(String field) {
      Object value = get(field);
      return value != null && !value.equals("");
    }

    /** Returns the text of a field; empty if there is none, or an expression. */
    String text(String field) {
      String text = Trees.string(get(field));
      return text.contains("${") ? "" : text;
    }

    boolean isOpen(String field) {
      return get(field) instanceof String text && text.contains("${");
    }

    boolean isTrue(String field) {
      return Boolean.TRUE.equals(get(field));
    }

    long number(String field, long otherwise) {
      return get(field) instanceof Number number ? number.longValue() : otherwise;
    }

    At child(String field) {
      return new At(Trees.object(get(field)), this, field, problems);
    }

    List<@Nullable Object> list(String field) {
      return Trees.list(get(field));
    }

    /** Returns the objects of a list. */
    List<At> items(String field) {
      List<At> items = new ArrayList<>();
      At list = new At(Map.of(), this, field, problems);
      List<@Nullable Object> values = list(field);
      for (int i = 0; i < values.size(); i++) {
        if (values.get(i) instanceof Map) {
          items.add(new At(Trees.object(values.get(i)), list, i, problems));
        }
      }
      return items;
    }

    /** Returns those of the fields that are there. */
    List<String> present(List<String> fields) {
      return fields.stream().filter(field -> get(field) != null).toList();
    }

    void wrong(String field, String what, String hint) {
      add(ProblemCode.INVALID_VALUE, field, what, hint);
    }

    void missing(String field, String hint) {
      add(ProblemCode.MISSING_FIELD, field, " is required", hint);
    }

    void add(ProblemCode code, String field, String what, String hint) {
      String at = field.isEmpty() ? path() : PlainPath.field(path(), field);
      problems.add(code, at, at + what, hint);
    }
  }
}
