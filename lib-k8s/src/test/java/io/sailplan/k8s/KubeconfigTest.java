package io.sailplan.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sailplan.run.ClusterException;
import io.sailplan.run.Request;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {
  @TempDir Path folder;

  private final LoopbackServer server = new LoopbackServer();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void uses_the_current_context_of_a_file() throws IOException {
    Path file = file("config", config("one", "token: t0k3n"));

    try (KubernetesCluster cluster = KubernetesCluster.fromKubeconfig(file)) {
      assertThat(cluster.defaultNamespace()).isEqualTo("ns-one");
      cluster.served();
    }
    assertThat(server.received("GET /api").get(0).headers())
        .containsEntry("authorization", "Bearer t0k3n");
  }

  @Test
  void uses_another_context_if_it_is_named() throws IOException {
    Path file =
        file(
            "config",
            config("one", "token: a")
                .replace(
                    "contexts:", "contexts:\n- {name: bare, context: {cluster: one, user: one}}"));

    try (KubernetesCluster cluster = KubernetesCluster.fromKubeconfig(file, "bare")) {
      assertThat(cluster.defaultNamespace()).isEqualTo("default");
    }
    assertThatThrownBy(() -> KubernetesCluster.fromKubeconfig(file, "nope"))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("nope")
        .hasMessageContaining("[bare, one]");
  }

  @Test
  void puts_several_files_together_as_kubectl_does() throws IOException {
    Files.createDirectories(folder.resolve("b"));
    file("b/token", "from-a-file");
    Path first = file("a", config("one", "token: first"));
    Path second = file("b/config", config("two", "tokenFile: token") + "\n" + "preferences: {}\n");
    String both =
        folder.resolve("missing") + File.pathSeparator + first + File.pathSeparator + second;

    Kubeconfig kubeconfig = Kubeconfig.standard(name -> both, folder, "two");
    Kubeconfig current = Kubeconfig.standard(name -> both, folder, null);

    assertThat(kubeconfig.namespace()).isEqualTo("ns-two");
    assertThat(current.namespace()).isEqualTo("ns-one");
    assertThat(kubeconfig.client().getBasePath()).isEqualTo(server.address());
    try (KubernetesCluster cluster =
        KubernetesCluster.builder().apiClient(kubeconfig.client()).build()) {
      cluster.served();
    }
    assertThat(server.received("GET /api").get(0).headers())
        .containsEntry("authorization", "Bearer from-a-file");
  }

  @Test
  void looks_in_the_home_directory_if_nothing_is_named() throws IOException {
    Files.createDirectories(folder.resolve(".kube"));
    file(".kube/config", config("home", "token: t"));

    assertThat(Kubeconfig.standard(name -> null, folder, null).namespace()).isEqualTo("ns-home");
    assertThatThrownBy(() -> Kubeconfig.standard(name -> null, folder.resolve("b"), null))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining(".kube");
  }

  @Test
  void takes_a_text() {
    try (KubernetesCluster cluster = KubernetesCluster.fromKubeconfig(config("one", "token: t"))) {
      assertThat(cluster.served()).isNotEmpty();
    }
  }

  @Test
  void never_quotes_what_it_cannot_use() {
    String secret = "s3cr3t";
    for (String broken :
        new String[] {
          "users: [ {token: " + secret,
          secret,
          config("one", "client-certificate-data: " + secret + "\n    client-key-data: " + secret),
          config("one", "token: \"" + secret + "\\n\"")
        }) {
      StringWriter trace = new StringWriter();
      catchThrowableOfType(
              ClusterException.class,
              () -> {
                try (KubernetesCluster cluster = KubernetesCluster.fromKubeconfig(broken)) {
                  cluster.served();
                }
              })
          .printStackTrace(new PrintWriter(trace));
      assertThat(trace.toString()).doesNotContain(secret);
    }
  }

  @Test
  void reads_the_credentials_again_when_they_have_expired() throws IOException {
    Path token = file("token", "old");
    Path file = file("config", config("one", "tokenFile: " + token));
    server.on(
        "GET /api/v1/namespaces/shop/configmaps/a",
        (request, reply) -> {
          if ("Bearer new".equals(request.headers().get("authorization"))) {
            reply.json(200, Samples.object("a", "1"));
          } else {
            reply.json(401, Samples.status(401, "Unauthorized", "Unauthorized"));
          }
        });
    try (KubernetesCluster cluster = KubernetesCluster.fromKubeconfig(file)) {
      file("token", "new");
      assertThat(cluster.send(new Request.Get(Samples.configMap("a"))).status()).isEqualTo(200);
    }
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private String config(String name, String credentials) {
    return """
        apiVersion: v1
        kind: Config
        current-context: %1$s
        clusters:
        - name: %1$s
          cluster: {server: "%2$s"}
        contexts:
        - name: %1$s
          context: {cluster: %1$s, user: %1$s, namespace: ns-%1$s}
        users:
        - name: %1$s
          user:
            %3$s
        """
        .formatted(name, server.address(), credentials);
  }
}
