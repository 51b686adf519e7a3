import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says at the end of a build whether tests ran against a real API server: what was skipped is
 * easily overlooked.
 */
public final class ClusterTests {
  private static final Pattern COUNTS =
      Pattern.compile(
          "<testsuite [^>]*?\\btests=\"(\\d+)\"[^>]*?\\bskipped=\"(\\d+)\"", Pattern.DOTALL);

  private ClusterTests() {}

  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]);
    int tests = 0;
    int skipped = 0;
    for (Path folder :
        List.of(
            root.resolve("lib-k8s/target/failsafe-reports"),
            root.resolve("samples/cli/target/failsafe-reports"))) {
      if (!Files.isDirectory(folder)) {
        continue;
      }
      try (DirectoryStream<Path> reports = Files.newDirectoryStream(folder, "TEST-*.xml")) {
        for (Path report : reports) {
          Matcher counts = COUNTS.matcher(Files.readString(report));
          if (!report.toString().contains("ShadedJar") && counts.find()) {
            tests += Integer.parseInt(counts.group(1));
            skipped += Integer.parseInt(counts.group(2));
          }
        }
      }
    }
    if (tests > skipped) {
      System.out.println(
          tests - skipped + " tests ran against a real API server, " + skipped + " were skipped.");
      return;
    }
    System.out.println("######################################################################");
    System.out.println("##  NO TEST RAN AGAINST A REAL API SERVER.                          ##");
    System.out.println("##  docs/contributing.md says how to have one.                      ##");
    System.out.println("######################################################################");
  }
}
