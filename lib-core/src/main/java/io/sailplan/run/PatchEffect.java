package io.sailplan.run;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Trees;
import io.sailplan.plan.PatchOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a JSON patch has done to an object, or would do. */
final class PatchEffect {
  private PatchEffect() {}

  /** Returns whether the object is as it is after the patch. */
  static boolean isIn(LiveObject live, List<PatchOperation> operations) {
    return operations.stream().allMatch(operation -> isIn(live, operation));
  }

  /**
   * Returns the pointers of the operations that fail on the object, in their order: tests that do
   * not hold, and places that are not there.
   */
  static List<String> unfit(LiveObject live, List<PatchOperation> operations) {
    List<String> unfit = new ArrayList<>();
    for (PatchOperation operation : operations) {
      Optional<Object> there = find(live, operation.pointer());
      boolean fits =
          switch (operation.op()) {
            case "test" -> same(there, operation.value());
            case "add" -> isContainer(find(live, parent(operation.pointer())));
            default -> there.isPresent();
          };
      if (!fits && !unfit.contains(operation.pointer())) {
        unfit.add(operation.pointer());
      }
    }
    return unfit;
  }

  private static boolean isIn(LiveObject live, PatchOperation operation) {
    switch (operation.op()) {
      case "test":
        return true;
      case "remove":
        return find(live, operation.pointer()).isEmpty();
      default:
        return operation.pointer().endsWith("/-")
            ? Trees.list(find(live, parent(operation.pointer())).orElse(null))
                .contains(operation.value())
            : same(find(live, operation.pointer()), operation.value());
    }
  }

  private static boolean same(Optional<Object> there, @Nullable Object value) {
    return there.isPresent() ? there.get().equals(value) : value == null;
  }

  private static boolean isContainer(Optional<Object> there) {
    return there.isPresent() && (there.get() instanceof Map || there.get() instanceof List);
  }

  private static Optional<Object> find(LiveObject live, String pointer) {
    Object at = live.manifest().tree();
    if (!pointer.isEmpty()) {
      for (String token : pointer.substring(1).split("/", -1)) {
        String name = token.replace("~1", "/").replace("~0", "~");
        at = at instanceof List<?> list ? item(list, name) : Trees.get(at, name);
      }
    }
    return Optional.ofNullable(at);
  }

  private static @Nullable Object item(List<?> list, String index) {
    return index.matches("[0-9]{1,9}") && Integer.parseInt(index) < list.size()
        ? list.get(Integer.parseInt(index))
        : null;
  }

  private static String parent(String pointer) {
    return pointer.substring(0, Math.max(0, pointer.lastIndexOf('/')));
  }
}
