package io.sailplan.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs the sentences of the contract on a cluster some of whose classes were replaced. */
final class MutatedContract {
  private static final String OWN = "io.sailplan.";

  private MutatedContract() {}

  /** Compiles one changed source into a folder. */
  static void compile(String name, String source, Path folder) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of("-proc:none", "-nowarn", "-cp", classPath, "-d", folder.toString()),
                null,
                List.of(new Source(name, source)))
            .call();
    if (!compiled) {
      throw new IllegalStateException("the mutation does not compile:\n" + messages);
    }
  }

  /** Returns the first sentence that fails, and how; empty if none does. */
  static Optional<String> firstFailure(Path folder) {
    try {
      Class<?> contract =
          new Mutated(folder).loadClass("io.sailplan.testing.SimulatedClusterContractTest");
      List<Method> sentences = methods(contract, Test.class);
      sentences.addAll(methods(contract, TestFactory.class));
      sentences.sort(Comparator.comparing(Method::getName));
      for (Method sentence : sentences) {
        Throwable failure = failure(contract, sentence);
        if (failure != null) {
          return Optional.of(sentence.getName() + ": " + failure);
        }
      }
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Throwable failure(Class<?> contract, Method sentence)
      throws ReflectiveOperationException {
    var constructor = contract.getDeclaredConstructor();
    constructor.setAccessible(true);
    Object test = constructor.newInstance();
    List<Method> steps = new ArrayList<>(methods(contract, BeforeEach.class));
    steps.add(sentence);
    steps.addAll(methods(contract, AfterEach.class));
    for (Method step : steps) {
      try {
        step.setAccessible(true);
        if (step.invoke(test) instanceof Stream<?> rows) {
          for (DynamicTest row : rows.map(DynamicTest.class::cast).toList()) {
            row.getExecutable().execute();
          }
        }
      } catch (InvocationTargetException e) {
        return e.getCause();
      } catch (Throwable e) { // what a row may throw
        return e;
      }
    }
    return null;
  }

  /** Returns the methods with an annotation, those of superclasses first. */
  private static List<Method> methods(Class<?> type, Class<? extends Annotation> annotation) {
    List<Method> methods = new ArrayList<>();
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      List<Method> own = new ArrayList<>();
      for (Method method : at.getDeclaredMethods()) {
        if (method.isAnnotationPresent(annotation)) {
          own.add(method);
        }
      }
      methods.addAll(0, own);
    }
    return methods;
  }

  /** Loads our own classes anew, mutated ones first; all others as they are. */
  private static final class Mutated extends ClassLoader {
    private final Path folder;

    Mutated(Path folder) {
      super(MutatedContract.class.getClassLoader());
      this.folder = folder;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known != null
            ? known
            : name.startsWith(OWN) ? define(name) : super.loadClass(name, resolve);
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      String file = name.replace('.', '/') + ".class";
      Path mutated = folder.resolve(file);
      try (InputStream in =
          Files.exists(mutated) ? Files.newInputStream(mutated) : getResourceAsStream(file)) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
