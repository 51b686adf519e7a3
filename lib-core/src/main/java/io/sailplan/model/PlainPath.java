package io.sailplan.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Paths as people read them: {@code .spec.containers[0].image}, with keys that are not plain words
 * in brackets and quotes, {@code .metadata.annotations["a.b/c"]}.
 */
public final class PlainPath {
  private PlainPath() {}

  /** Returns the path of a field of what stands at {@code path}. */
  public static String field(String path, String name) {
    return isWord(name) ? path + "." + name : path + "[\"" + quote(name) + "\"]";
  }

  /** Returns the path of an item of the list at {@code path}. */
  public static String item(String path, int index) {
    return path + "[" + index + "]";
  }

  /** Returns the steps: a field's name as {@code String}, a position as {@code Integer}. */
  public static List<Object> steps(String path) {
    List<Integer> starts = starts(path);
    List<Object> steps = new ArrayList<>(starts.size());
    for (int i = 0; i < starts.size(); i++) {
      int end = i + 1 < starts.size() ? starts.get(i + 1) : path.length();
      steps.add(step(path.substring(starts.get(i), end)));
    }
    return steps;
  }

  private static Object step(String text) {
    if (text.startsWith("[\"") && text.endsWith("\"]") && text.length() >= 4) {
      return unquote(text.substring(2, text.length() - 2));
    }
    if (text.matches("\\[[0-9]{1,9}]")) {
      return Integer.valueOf(text.substring(1, text.length() - 1));
    }
    return text.startsWith(".") ? text.substring(1) : text;
  }

  /** Returns where each step starts: at a dot or bracket that is not inside quotes. */
  private static List<Integer> starts(String path) {
    List<Integer> starts = new ArrayList<>();
    boolean quoted = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == '.' || c == '[' || i == 0)) {
        starts.add(i);
      }
    }
    return starts;
  }

  private static boolean isWord(String name) {
    if (name.isEmpty()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
      boolean inner = (c >= '0' && c <= '9') || c == '-';
      if (!letter && (i == 0 || !inner)) {
        return false;
      }
    }
    return true;
  }

  private static String quote(String name) {
    return name.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static String unquote(String text) {
    return text.replace("\\\"", "\"").replace("\\\\", "\\");
  }
}
