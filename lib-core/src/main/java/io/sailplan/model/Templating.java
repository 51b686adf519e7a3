package io.sailplan.model;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What makes a {@link Resource} depend on values: that its manifest holds expressions, in which
 * cases it is left out, and for which values there is one of it each.
 *
 * @param includeWhen conditions, without <code>${</code> and <code>}</code>, all of which must
 *     hold; without any it always is
 * @param forEach the dimensions whose combinations have an object each, the last one turning
 *     fastest; without any there is one object
 * @param names its own names for inputs, objects of others and resources, and the names that these
 *     have in the application; those can be used as well, unless they are hidden by one of these
 */
public record Templating(
    List<String> includeWhen, List<Dimension> forEach, Map<String, String> names) {

  /** A manifest that holds expressions, and nothing else. */
  public static final Templating PLAIN = new Templating(List.of(), List.of());

  /** Copies the lists. */
  public Templating {
    includeWhen = List.copyOf(includeWhen);
    forEach = List.copyOf(forEach);
    names = Collections.unmodifiableMap(new TreeMap<>(names));
  }

  /** Makes one without names of its own. */
  public Templating(List<String> includeWhen, List<Dimension> forEach) {
    this(includeWhen, forEach, Map.of());
  }

  /**
   * One dimension.
   *
   * @param name the name that stands for a value in the manifest
   * @param list the list of values, an expression without <code>${</code> and <code>}</code>
   */
  public record Dimension(String name, String list) {
    /** Checks that no part is null. */
    public Dimension {
      requireNonNull(name, "name");
      requireNonNull(list, "list");
    }
  }
}
