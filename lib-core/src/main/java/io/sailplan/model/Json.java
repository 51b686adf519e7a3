package io.sailplan.model;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON text of trees (see {@link Trees}) and back, for what programs exchange; people's files are
 * read as YAML.
 */
public final class Json {
  private Json() {}

  /** Returns compact JSON; fields keep their order. */
  public static String write(@Nullable Object tree) {
    return write(tree, "");
  }

  /** Returns JSON indented by two spaces; fields keep their order. */
  public static String writePretty(@Nullable Object tree) {
    return write(tree, "  ");
  }

  /**
   * Returns the tree that {@code text} holds.
   *
   * @throws IllegalArgumentException if it is not JSON; the message does not quote it
   */
  public static @Nullable Object read(String text) {
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(com.google.gson.Strictness.STRICT);
      Object tree = read(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new IllegalArgumentException("more than one JSON value");
      }
      return Trees.copyOf(tree);
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw new IllegalArgumentException("not JSON");
    }
  }

  /**
   * Returns the object that {@code text} holds.
   *
   * @throws IllegalArgumentException if it is not a JSON object
   */
  public static Map<String, @Nullable Object> readObject(String text) {
    if (read(text) instanceof Map<?, ?> map) {
      return Trees.object(map);
    }
    throw new IllegalArgumentException("not a JSON object");
  }

  private static String write(@Nullable Object tree, String indent) {
    StringWriter text = new StringWriter();
    try (JsonWriter writer = new JsonWriter(text)) {
      writer.setSerializeNulls(true);
      writer.setHtmlSafe(false);
      writer.setIndent(indent);
      write(writer, tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
    return text.toString();
  }

  private static void write(JsonWriter writer, @Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      writer.beginObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        writer.name((String) entry.getKey());
        write(writer, entry.getValue());
      }
      writer.endObject();
    } else if (value instanceof List<?> list) {
      writer.beginArray();
      for (Object item : list) {
        write(writer, item);
      }
      writer.endArray();
    } else if (value instanceof String text) {
      writer.value(text);
    } else if (value instanceof Boolean flag) {
      writer.value(flag);
    } else if (value instanceof Number number) {
      writer.value(number);
    } else if (value == null) {
      writer.nullValue();
    } else {
      throw new IllegalArgumentException("a JSON tree cannot hold a " + value.getClass().getName());
    }
  }

  private static @Nullable Object read(JsonReader reader) throws IOException {
    switch (reader.peek()) {
      case BEGIN_OBJECT:
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
          object.put(reader.nextName(), read(reader));
        }
        reader.endObject();
        return object;
      case BEGIN_ARRAY:
        List<@Nullable Object> array = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
          array.add(read(reader));
        }
        reader.endArray();
        return array;
      case STRING:
        return reader.nextString();
      case BOOLEAN:
        return reader.nextBoolean();
      case NULL:
        reader.nextNull();
        return null;
      default:
        return number(reader.nextString());
    }
  }

  private static Object number(String text) {
    return text.matches("-?[0-9]{1,18}") ? (Object) Long.valueOf(text) : new BigDecimal(text);
  }
}
