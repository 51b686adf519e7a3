package io.sailplan.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that a command sees of the process around it, so that tests can be that process.
 *
 * @param in where {@code -f -} and answers to questions are read
 * @param out where results go
 * @param err where complaints, and progress beside JSON, go
 * @param interactive whether a person sits at both ends
 * @param environment the environment variables
 * @param clock tells the time of planning
 * @param interrupts tells when the person has had enough
 */
record Console(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean interactive,
    Map<String, String> environment,
    Clock clock,
    Interrupts interrupts) {

  /** Returns the console of this process. Writes UTF-8, whatever the locale. */
  static Console ofProcess() {
    return new Console(
        new FileInputStream(FileDescriptor.in),
        utf8(new FileOutputStream(FileDescriptor.out)),
        utf8(new FileOutputStream(FileDescriptor.err)),
        isInteractive(),
        new TreeMap<>(System.getenv()),
        Clock.systemUTC(),
        Interrupts.ofProcess());
  }

  /** Returns an environment variable, or the empty string. */
  String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  private static PrintStream utf8(OutputStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }

  /** From JDK 22 on there may be a console without a terminal, and a method that tells. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isInteractive() {
    java.io.Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }
}
