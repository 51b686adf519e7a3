import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Prints what ran: a row for each suite, what failed, and a closing line with the sums.
 *
 * <p>Arguments: {@code --cluster required} if tests against a real API server have to have run;
 * {@code --step NAME passed|failed SECONDS} for what leaves no report; {@code --reports STAGE
 * FOLDER} for a copy of the reports of Surefire and Failsafe.
 */
public final class Summary {

  private record Suite(String name, String cluster) {}

  private static final class Counts {
    int tests;
    int failed;
    int skipped;
    double seconds;
  }

  private static final Comparator<Suite> ORDER =
      Comparator.comparing(Suite::name).thenComparing(Suite::cluster);

  private final Map<Suite, Counts> suites = new TreeMap<>(ORDER);
  private final List<String[]> steps = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  public static void main(String[] args) throws Exception {
    var summary = new Summary();
    boolean clusterRequired = false;
    for (int i = 0; i < args.length; ) {
      switch (args[i]) {
        case "--cluster" -> {
          clusterRequired = args[i + 1].equals("required");
          i += 2;
        }
        case "--step" -> {
          summary.steps.add(new String[] {args[i + 1], args[i + 2], args[i + 3]});
          i += 4;
        }
        case "--reports" -> {
          summary.read(Path.of(args[i + 2]));
          i += 3;
        }
        default -> throw new IllegalArgumentException(args[i]);
      }
    }
    System.exit(summary.print(clusterRequired) ? 0 : 1);
  }

  private void read(Path folder) throws Exception {
    List<Path> reports;
    try (Stream<Path> walk = Files.walk(folder)) {
      reports = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path report : reports) {
      read(folder.relativize(report), parse(report));
    }
  }

  private static Document parse(Path report) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    try (var in = Files.newInputStream(report)) {
      return factory.newDocumentBuilder().parse(in);
    } catch (org.xml.sax.SAXException e) {
      throw new IOException(report + " is not a whole report: " + e.getMessage(), e);
    }
  }

  /** The path is MODULE/target/KIND-reports/TEST-CLASS.xml, where the module may be empty. */
  private void read(Path path, Document report) {
    int depth = path.getNameCount();
    String module = depth > 3 ? path.subpath(0, depth - 3).toString() : "consumer";
    boolean integration = path.getName(depth - 2).toString().startsWith("failsafe");
    Element root = report.getDocumentElement();
    String name = root.getAttribute("name");
    boolean real = integration || name.matches(".*\\.(RealServer|Kubectl)\\w*Test");
    String cluster = real ? "real" : name.contains("Simulated") ? "simulated" : "none";
    String java = property(root, "java.specification.version");
    String suite = module + (integration ? ", integration" : ", unit") + ", JDK " + java;

    Counts counts = suites.computeIfAbsent(new Suite(suite, cluster), key -> new Counts());
    counts.seconds += seconds(root.getAttribute("time"));
    NodeList cases = root.getElementsByTagName("testcase");
    for (int i = 0; i < cases.getLength(); i++) {
      var test = (Element) cases.item(i);
      counts.tests++;
      if (has(test, "failure") || has(test, "error")) {
        counts.failed++;
        failures.add(
            suite + ": " + test.getAttribute("classname") + "." + test.getAttribute("name"));
      } else if (has(test, "skipped")) {
        counts.skipped++;
      }
    }
  }

  private static boolean has(Element test, String child) {
    return test.getElementsByTagName(child).getLength() > 0;
  }

  private static String property(Element root, String name) {
    NodeList properties = root.getElementsByTagName("property");
    for (int i = 0; i < properties.getLength(); i++) {
      var property = (Element) properties.item(i);
      if (property.getAttribute("name").equals(name)) {
        return property.getAttribute("value");
      }
    }
    return "unknown";
  }

  /** Surefire groups thousands by commas. */
  private static double seconds(String text) {
    return text.isEmpty() ? 0 : Double.parseDouble(text.replace(",", ""));
  }

  private boolean print(boolean clusterRequired) {
    var rows = new ArrayList<String[]>();
    rows.add(new String[] {"suite", "cluster", "tests", "minutes"});
    int tests = 0;
    int failed = 0;
    int skipped = 0;
    int ranForReal = 0;
    for (var entry : suites.entrySet()) {
      Counts counts = entry.getValue();
      rows.add(
          new String[] {
            entry.getKey().name(),
            entry.getKey().cluster(),
            describe(counts),
            minutes(counts.seconds)
          });
      tests += counts.tests;
      failed += counts.failed;
      skipped += counts.skipped;
      if (entry.getKey().cluster().equals("real")) {
        ranForReal += counts.tests - counts.skipped;
      }
    }
    for (String[] step : steps) {
      rows.add(new String[] {step[0], "", step[1], minutes(Double.parseDouble(step[2]))});
    }
    table(rows);

    failures.forEach(failure -> System.out.println("FAILED  " + failure));
    for (String[] step : steps) {
      if (step[1].equals("failed")) {
        System.out.println("FAILED  " + step[0]);
        // A step that failed without a failed test must not end in "0 failed".
        failed = Math.max(failed, 1);
      }
    }
    boolean good = failed == 0;
    if (ranForReal == 0) {
      System.out.println("!!!!!!  NO TEST RAN AGAINST A REAL API SERVER  !!!!!!");
      good &= !clusterRequired;
    }
    if (tests == 0) {
      System.out.println("!!!!!!  NO TEST RAN AT ALL  !!!!!!");
      good = false;
    }
    int passed = suites.values().stream().mapToInt(it -> it.tests - it.failed - it.skipped).sum();
    System.out.println(passed + " passed, " + failed + " failed, " + skipped + " skipped");
    return good;
  }

  private static String describe(Counts counts) {
    return counts.tests
        + (counts.failed > 0 ? ", " + counts.failed + " failed" : "")
        + (counts.skipped > 0 ? ", " + counts.skipped + " skipped" : "");
  }

  private static String minutes(double seconds) {
    return String.format(Locale.ROOT, "%.2f", seconds / 60);
  }

  private static void table(List<String[]> rows) {
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    for (String[] row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        line.append(String.format("%-" + (widths[i] + 2) + "s", row[i]));
      }
      System.out.println(line.toString().stripTrailing());
    }
    System.out.println();
  }
}
