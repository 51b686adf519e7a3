package io.sailplan.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** What a real cluster draws by chance, drawn from a seed. */
final class Uids {
  /** The characters of generated names: no vowels, no look-alikes. */
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  private final SplittableRandom random;

  Uids(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Returns a random UUID (version 4). */
  String next() {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }

  /** Returns what the server adds to a {@code generateName}. */
  String suffix() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  /** Returns the elements in any order. */
  <T> List<T> shuffled(List<T> elements) {
    List<T> left = new ArrayList<>(elements);
    List<T> shuffled = new ArrayList<>();
    while (!left.isEmpty()) {
      shuffled.add(left.remove(random.nextInt(left.size())));
    }
    return shuffled;
  }

  double nextDouble() {
    return random.nextDouble();
  }

  /** Returns a short name for {@code text}, always the same, in the letters of generated names. */
  static String hash(String text) {
    long hash = 0xcbf29ce484222325L; // FNV-1a
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    StringBuilder name = new StringBuilder();
    for (char digit : Long.toString(hash >>> 32).toCharArray()) {
      name.append(LETTERS.charAt((digit - '0') * 2));
    }
    return name.toString();
  }
}
