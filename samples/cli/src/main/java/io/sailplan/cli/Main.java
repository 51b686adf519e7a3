package io.sailplan.cli;

/** Starts the command {@code sailplan}. */
public final class Main {
  private Main() {}

  /** Runs the command and exits with its code. */
  public static void main(String[] args) {
    System.exit(Cli.run(Console.ofProcess(), args));
  }
}
