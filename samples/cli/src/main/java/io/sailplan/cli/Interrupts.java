package io.sailplan.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells a run that someone wants it to end. */
interface Interrupts {
  /** Calls {@code cancel} when the process is asked to end, until the result is closed. */
  Watch watch(Runnable cancel);

  /** Ends the watching. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Returns those of this process: the first Ctrl-C cancels, the second one kills. SIGTERM cancels
   * too, and the process ends once the outcome was told.
   */
  static Interrupts ofProcess() {
    return cancel -> {
      AtomicBoolean asked = new AtomicBoolean();
      Runnable onInterrupt =
          () -> {
            if (asked.getAndSet(true)) {
              Runtime.getRuntime().halt(130); // 128 + SIGINT, as shells expect it
            }
            cancel.run();
          };
      Object previous = Signals.handle("INT", Signals.handler(onInterrupt));
      CountDownLatch told = new CountDownLatch(1);
      Thread hook =
          new Thread(
              () -> {
                cancel.run();
                try {
                  told.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      Runtime.getRuntime().addShutdownHook(hook);
      return () -> {
        told.countDown();
        try {
          Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
          // the process is ending already
        }
        if (previous != null) {
          Signals.handle("INT", previous);
        }
      };
    };
  }

  /** The JDK's signals, which {@code -Werror} forbids to name. A JVM without them just dies. */
  final class Signals {
    private Signals() {}

    static Object handler(Runnable action) {
      try {
        Class<?> type = Class.forName("sun.misc.SignalHandler");
        return Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "handle":
                  action.run();
                  return null;
                case "hashCode":
                  return System.identityHashCode(proxy);
                case "equals":
                  return proxy == arguments[0];
                default:
                  return "the handler of sailplan";
              }
            });
      } catch (ClassNotFoundException e) {
        return action;
      }
    }

    static @org.jspecify.annotations.Nullable Object handle(String name, Object handler) {
      try {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> type = Class.forName("sun.misc.SignalHandler");
        Method handle = signal.getMethod("handle", signal, type);
        return handle.invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
      } catch (ReflectiveOperationException | IllegalArgumentException e) {
        return null;
      }
    }
  }
}
