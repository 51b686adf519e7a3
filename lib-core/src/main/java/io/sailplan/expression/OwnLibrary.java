package io.sailplan.expression;

import io.sailplan.problem.ProblemCode;

/** {@code omit()}, which is kro's, and {@code digest}, which is nobody else's. */
final class OwnLibrary {
  private OwnLibrary() {}

  static void declare(FunctionTable table) {
    table.add("omit(): dyn", (f, a) -> OmitMarker.OMIT);
    table.add("digest(dyn): string", (f, a) -> digest(f, a[0]));
  }

  private static Object digest(Frame frame, Object value) {
    byte[] key = null;
    if (frame.tainted()) {
      key = frame.bindings().digestKey();
      if (key == null) {
        throw new CallFailure(
            ProblemCode.EXPRESSION_FAILED,
            "the digest of something secret needs a key, and there is none",
            "Digests of Secrets are keyed so that they do not give short secrets away.");
      }
    }
    return new CanonicalDigest(frame, key).of(value);
  }
}
