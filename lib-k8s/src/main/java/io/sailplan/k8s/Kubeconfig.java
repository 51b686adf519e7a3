package io.sailplan.k8s;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.sailplan.model.Trees;
import io.sailplan.run.ClusterException;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Kubeconfig files, put together as <a
 * href="https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/#merging-kubeconfig-files">{@code
 * kubectl} does</a>: of entries with the same name the first one counts, and relative paths start
 * at the file that names them. What goes wrong is told without quoting the content.
 */
final class Kubeconfig {
  private static final List<String> CLUSTER_PATHS = List.of("certificate-authority");
  private static final List<String> USER_PATHS =
      List.of("client-certificate", "client-key", "tokenFile");

  private final List<Source> sources;
  private final @Nullable String context;

  private Kubeconfig(List<Source> sources, @Nullable String context) {
    this.sources = List.copyOf(sources);
    this.context = context;
  }

  static Kubeconfig ofText(String text, @Nullable String context) {
    return new Kubeconfig(List.of(new Source(null, text)), context);
  }

  static Kubeconfig ofFile(Path file, @Nullable String context) {
    return new Kubeconfig(List.of(new Source(file.toAbsolutePath(), null)), context);
  }

  /**
   * Returns the files that {@code KUBECONFIG} names, or the one in the home directory.
   *
   * @param environment reads an environment variable
   */
  static Kubeconfig standard(
      UnaryOperator<@Nullable String> environment, Path home, @Nullable String context) {
    String named = environment.apply("KUBECONFIG");
    List<Path> candidates = new ArrayList<>();
    if (named == null || named.isBlank()) {
      candidates.add(home.resolve(".kube").resolve("config"));
    } else {
      for (String path : named.split(Pattern.quote(File.pathSeparator), -1)) {
        if (!path.isBlank()) {
          candidates.add(Path.of(path));
        }
      }
    }
    List<Source> found =
        candidates.stream()
            .filter(Files::exists)
            .map(path -> new Source(path.toAbsolutePath(), null))
            .toList();
    if (found.isEmpty()) {
      throw new ClusterException("there is no kubeconfig at " + candidates, null);
    }
    return new Kubeconfig(found, context);
  }

  /** Returns the namespace of the context; {@code default} if it has none. */
  String namespace() {
    String namespace = load().getNamespace();
    return namespace == null || namespace.isEmpty() ? "default" : namespace;
  }

  /** Reads the files, and makes a client with the credentials as they are now. */
  ApiClient client() {
    KubeConfig config = load();
    try {
      return ClientBuilder.kubeconfig(config).build();
    } catch (IOException | RuntimeException e) {
      // What is thrown here may quote keys or the output of a credential program.
      throw new ClusterException(
          "the context "
              + config.getCurrentContext()
              + " of the kubeconfig is of no use: "
              + why(e)
              + "; check its certificates (certificate-authority, client-certificate), its client-key and its"
              + " credential program",
          null);
    }
  }

  private KubeConfig load() {
    Map<String, Object> contexts = new LinkedHashMap<>();
    Map<String, Object> clusters = new LinkedHashMap<>();
    Map<String, Object> users = new LinkedHashMap<>();
    String current = context;
    for (Source source : sources) {
      KubeConfig part = source.parse();
      merge(contexts, part.getContexts(), "context", List.of(), source);
      merge(clusters, part.getClusters(), "cluster", CLUSTER_PATHS, source);
      merge(users, part.getUsers(), "user", USER_PATHS, source);
      String named = part.getCurrentContext();
      current = current == null && named != null && !named.isEmpty() ? named : current;
    }
    KubeConfig whole =
        new KubeConfig(
            new ArrayList<>(contexts.values()),
            new ArrayList<>(clusters.values()),
            new ArrayList<>(users.values()));
    sources.stream()
        .map(Source::file)
        .filter(file -> file != null)
        .findFirst()
        .ifPresent(file -> whole.setFile(file.toFile()));
    if (current == null) {
      throw new ClusterException("the kubeconfig names no current context", null);
    }
    if (!whole.setContext(current)) {
      Set<String> known = new LinkedHashSet<>(contexts.keySet());
      throw new ClusterException(
          "the kubeconfig has no context " + current + ", but " + known, null);
    }
    return whole;
  }

  private static void merge(
      Map<String, Object> into,
      @Nullable List<Object> entries,
      String field,
      List<String> paths,
      Source source) {
    for (Object entry : entries == null ? List.of() : entries) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>(Trees.object(entry));
      Map<String, @Nullable Object> body = new LinkedHashMap<>(Trees.object(copy.get(field)));
      for (String path : paths) {
        body.computeIfPresent(path, (name, value) -> source.resolve(value));
      }
      copy.put(field, body);
      into.putIfAbsent(Trees.string(copy.get("name")), copy);
    }
  }

  private static String why(Exception e) {
    return e instanceof IOException && e.getMessage() != null && e.getMessage().startsWith("/")
        ? "cannot read " + e.getMessage()
        : e.getClass().getSimpleName();
  }

  /**
   * Where a part of the configuration stands.
   *
   * @param file the file; null for a text
   * @param text the text; null for a file
   */
  private record Source(@Nullable Path file, @Nullable String text) {
    KubeConfig parse() {
      try {
        return KubeConfig.loadKubeConfig(new StringReader(read()));
      } catch (IOException e) {
        throw new ClusterException("cannot read the kubeconfig " + this, e);
      } catch (RuntimeException e) {
        throw new ClusterException(this + " is not a kubeconfig", null);
      }
    }

    private String read() throws IOException {
      if (file != null) {
        return Files.readString(file, StandardCharsets.UTF_8);
      }
      return text == null ? "" : text;
    }

    @Nullable Object resolve(@Nullable Object path) {
      Path parent = file == null ? null : file.getParent();
      return path instanceof String text && parent != null && !text.isEmpty()
          ? parent.resolve(text).normalize().toString()
          : path;
    }

    @Override
    public String toString() {
      return file == null ? "the text" : file.toString();
    }
  }
}
