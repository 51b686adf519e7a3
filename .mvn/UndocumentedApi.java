import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Fails when a package, or a public or protected element, has no documentation comment.
 *
 * <p>The compiler's own check cannot be told that a sentence is enough: it also wants a tag for
 * each parameter and result. Whether a comment that exists is correct, the compiler does check.
 */
public final class UndocumentedApi extends TreePathScanner<Void, Void> {

  private final DocTrees trees;
  private final List<String> findings = new ArrayList<>();

  private UndocumentedApi(DocTrees trees) {
    this.trees = trees;
  }

  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]);
    if (!Files.isDirectory(root)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root)) {
      files = walk.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    if (files.isEmpty()) {
      return;
    }
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      var task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      var check = new UndocumentedApi(DocTrees.instance(task));
      for (CompilationUnitTree unit : task.parse()) {
        check.scan(unit, null);
      }
      Set<Path> folders = new TreeSet<>();
      files.forEach(file -> folders.add(file.getParent()));
      for (Path folder : folders) {
        if (!Files.exists(folder.resolve("package-info.java"))) {
          check.findings.add(folder + ": the package has no package-info.java");
        }
      }
      check.findings.forEach(System.err::println);
      if (!check.findings.isEmpty()) {
        System.err.println(check.findings.size() + " public elements without documentation");
        System.exit(1);
      }
    }
  }

  @Override
  public Void visitCompilationUnit(CompilationUnitTree unit, Void unused) {
    if (unit.getSourceFile().getName().endsWith("package-info.java")
        && (unit.getPackage() == null
            || undocumented(new TreePath(getCurrentPath(), unit.getPackage())))) {
      report(unit, "the package");
    }
    return super.visitCompilationUnit(unit, unused);
  }

  @Override
  public Void visitClass(ClassTree type, Void unused) {
    if (!visible(type.getModifiers())) {
      return null;
    }
    if (undocumented(getCurrentPath())) {
      report(type, type.getSimpleName().toString());
    }
    return super.visitClass(type, unused);
  }

  @Override
  public Void visitMethod(MethodTree method, Void unused) {
    if (visible(method.getModifiers())
        && !inherits(method)
        && !impliedByRecord(method)
        && undocumented(getCurrentPath())) {
      report(method, owner().getSimpleName() + "." + method.getName() + "()");
    }
    return null;
  }

  @Override
  public Void visitVariable(VariableTree field, Void unused) {
    if (visible(field.getModifiers())
        && !recordComponent(field)
        && undocumented(getCurrentPath())) {
      report(field, owner().getSimpleName() + "." + field.getName());
    }
    return null;
  }

  private ClassTree owner() {
    return (ClassTree) getCurrentPath().getParentPath().getLeaf();
  }

  private boolean visible(ModifiersTree modifiers) {
    Set<Modifier> flags = modifiers.getFlags();
    Tree around = getCurrentPath().getParentPath().getLeaf();
    boolean memberOfInterface =
        around.getKind() == Tree.Kind.INTERFACE || around.getKind() == Tree.Kind.ANNOTATION_TYPE;
    return flags.contains(Modifier.PUBLIC)
        || flags.contains(Modifier.PROTECTED)
        || (memberOfInterface && !flags.contains(Modifier.PRIVATE));
  }

  private static boolean inherits(MethodTree method) {
    return method.getModifiers().getAnnotations().stream()
        .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
  }

  /** A record's comment speaks for its canonical constructor and its accessors. */
  private boolean impliedByRecord(MethodTree method) {
    if (owner().getKind() != Tree.Kind.RECORD) {
      return false;
    }
    List<String> components =
        owner().getMembers().stream()
            .filter(member -> member instanceof VariableTree field && recordComponent(field))
            .map(member -> ((VariableTree) member).getName().toString())
            .toList();
    int parameters = method.getParameters().size();
    return method.getName().contentEquals("<init>")
        ? parameters == 0 || parameters == components.size()
        : parameters == 0 && components.contains(method.getName().toString());
  }

  private boolean recordComponent(VariableTree field) {
    return owner().getKind() == Tree.Kind.RECORD
        && !field.getModifiers().getFlags().contains(Modifier.STATIC);
  }

  private boolean undocumented(TreePath path) {
    String comment = trees.getDocComment(path);
    return comment == null || comment.isBlank();
  }

  private void report(Tree tree, String what) {
    CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
    long line =
        unit.getLineMap().getLineNumber(trees.getSourcePositions().getStartPosition(unit, tree));
    findings.add(
        unit.getSourceFile().getName()
            + ":"
            + line
            + ": "
            + what
            + " has no documentation comment");
  }
}
