package io.sailplan.cli;

import io.sailplan.model.ReadLimits;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.problem.SourceLocation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The texts that {@code -f} names, by name, and what is wrong with them as files. The order of the
 * options does not matter, and a file that is named twice is read once.
 */
record Texts(Map<String, String> byName, List<Problem> problems) {
  private static final String STDIN = "-";
  private static final String STDIN_NAME = "<stdin>";
  private static final int LONGEST = ReadLimits.standard().maxBytes();

  /** Reads everything that {@code paths} name. */
  static Texts read(List<String> paths, InputStream stdin) {
    Texts texts = new Texts(new LinkedHashMap<>(), new ArrayList<>());
    Map<String, Path> files = new TreeMap<>();
    for (String path : new TreeSet<>(paths)) {
      if (path.equals(STDIN)) {
        texts.add(STDIN_NAME, stdin);
      } else {
        texts.find(path, files);
      }
    }
    Set<Path> seen = new LinkedHashSet<>();
    files.forEach(
        (name, file) -> {
          try {
            if (seen.add(file.toRealPath())) {
              try (InputStream in = Files.newInputStream(file)) {
                texts.add(name, in);
              }
            }
          } catch (IOException e) {
            texts.unreadable(name, reason(e), "");
          }
        });
    return texts;
  }

  /** Finds the files behind one path. */
  private void find(String path, Map<String, Path> files) {
    try {
      Path root = Path.of(path);
      if (!Files.isDirectory(root)) {
        files.put(path, root);
        return;
      }
      List<Path> found = inFolder(root);
      if (found.isEmpty()) {
        unreadable(path, "the folder holds no manifests", "Manifests end in .yaml, .yml or .json.");
      }
      found.forEach(file -> files.put(file.toString(), file));
    } catch (InvalidPathException e) {
      unreadable(path, "this is not a path", "");
    } catch (IOException e) {
      unreadable(path, reason(e), "");
    }
  }

  private static List<Path> inFolder(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(file -> isManifest(root.relativize(file)) && Files.isRegularFile(file))
          .toList();
    }
  }

  private static boolean isManifest(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    String name = relative.toString();
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
  }

  private void add(String name, InputStream in) {
    try {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        problems.add(
            Problem.error(
                    ProblemCode.TOO_LARGE,
                    "the text is longer than " + LONGEST + " bytes, and is not read")
                .at(SourceLocation.of(name, 1, 1))
                .hint("Split it."));
        return;
      }
      decode(name, bytes);
    } catch (IOException e) {
      unreadable(name, reason(e), "");
    }
  }

  private void decode(String name, byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer from = ByteBuffer.wrap(bytes);
    CharBuffer to = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(from, to, true);
    String text = to.flip().toString();
    if (!result.isError()) {
      byName.put(name, text);
      return;
    }
    int line = (int) text.chars().filter(c -> c == '\n').count() + 1;
    int column = text.length() - text.lastIndexOf('\n');
    problems.add(
        Problem.error(ProblemCode.UNREADABLE, "this is not text in UTF-8")
            .at(SourceLocation.of(name, line, column))
            .hint("Save the file as UTF-8, or leave it out."));
  }

  private void unreadable(String name, String message, String hint) {
    problems.add(
        Problem.error(ProblemCode.UNREADABLE, message)
            .at(SourceLocation.of(name, 0, 0))
            .hint(hint));
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (e instanceof AccessDeniedException) {
      return "it may not be read";
    }
    return "it cannot be read: " + e.getMessage();
  }
}
