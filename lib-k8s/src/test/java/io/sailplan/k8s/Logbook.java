package io.sailplan.k8s;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Everything that anybody logs, however fine, while it is open. */
final class Logbook extends Handler {
  private static final Logger ROOT = LogManager.getLogManager().getLogger("");

  private final Level before = ROOT.getLevel();
  private final List<String> texts = new CopyOnWriteArrayList<>();
  private final SimpleFormatter formatter = new SimpleFormatter();

  Logbook() {
    setLevel(Level.ALL);
    ROOT.setLevel(Level.ALL);
    ROOT.addHandler(this);
  }

  List<String> texts() {
    return List.copyOf(texts);
  }

  @Override
  public void publish(LogRecord entry) {
    StringWriter trace = new StringWriter();
    if (entry.getThrown() != null) {
      entry.getThrown().printStackTrace(new PrintWriter(trace));
    }
    texts.add(entry.getLoggerName() + ": " + formatter.formatMessage(entry) + trace);
  }

  @Override
  public void flush() {
    // nothing is held back
  }

  @Override
  public void close() {
    ROOT.removeHandler(this);
    ROOT.setLevel(before);
  }
}
