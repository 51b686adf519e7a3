package io.sailplan.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value as it was read, with its place. Lines and columns count from 1. */
sealed interface TextNode {

  /** Returns the line where the value starts. */
  int line();

  /** Returns the column where the value starts. */
  int column();

  /** Returns the value as a tree, see {@link Trees}; the same one each time. */
  @Nullable Object tree();

  /** Returns how many values this is, those behind aliases counted each time. */
  int size();

  /** Returns how many levels of mappings and lists this has; 0 for a scalar. */
  int height();

  /**
   * A string, number, boolean or null.
   *
   * @param written how a string was written that holds <code>${</code>; null for others
   */
  record Scalar(int line, int column, @Nullable Object tree, @Nullable WrittenText written)
      implements TextNode {
    Scalar(int line, int column, @Nullable Object tree) {
      this(line, column, tree, null);
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public int height() {
      return 0;
    }
  }

  /** A mapping; each field knows the place of its key. */
  final class Mapping implements TextNode {
    private final int line;
    private final int column;
    private final Map<String, Field> fields;
    private final int size;
    private final int height;
    private @Nullable Object tree;

    Mapping(int line, int column, Map<String, Field> fields) {
      this.line = line;
      this.column = column;
      this.fields = fields;
      int sum = 1;
      int highest = 0;
      for (Field field : fields.values()) {
        sum = plus(sum, field.value().size());
        highest = Math.max(highest, field.value().height());
      }
      this.size = sum;
      this.height = highest + 1;
    }

    Map<String, Field> fields() {
      return fields;
    }

    @Nullable TextNode get(String name) {
      Field field = fields.get(name);
      return field == null ? null : field.value();
    }

    @Override
    public int line() {
      return line;
    }

    @Override
    public int column() {
      return column;
    }

    @Override
    public Object tree() {
      Object made = tree;
      if (made == null) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        fields.forEach((name, field) -> map.put(name, field.value().tree()));
        made = Trees.copyOfObject(map);
        tree = made;
      }
      return made;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public int height() {
      return height;
    }
  }

  /** A field of a mapping: the place of its key, and its value. */
  record Field(int line, int column, TextNode value) {}

  /** A list. */
  final class Items implements TextNode {
    private final int line;
    private final int column;
    private final List<TextNode> items;
    private final int size;
    private final int height;
    private @Nullable Object tree;

    Items(int line, int column, List<TextNode> items) {
      this.line = line;
      this.column = column;
      this.items = items;
      int sum = 1;
      int highest = 0;
      for (TextNode item : items) {
        sum = plus(sum, item.size());
        highest = Math.max(highest, item.height());
      }
      this.size = sum;
      this.height = highest + 1;
    }

    List<TextNode> items() {
      return items;
    }

    @Override
    public int line() {
      return line;
    }

    @Override
    public int column() {
      return column;
    }

    @Override
    public @Nullable Object tree() {
      Object made = tree;
      if (made == null) {
        List<@Nullable Object> list = new ArrayList<>(items.size());
        items.forEach(item -> list.add(item.tree()));
        made = Trees.copyOf(list);
        tree = made;
      }
      return made;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public int height() {
      return height;
    }
  }

  /** Adds sizes without ever wrapping around. */
  static int plus(int left, int right) {
    return (int) Math.min(Integer.MAX_VALUE, (long) left + right);
  }
}
