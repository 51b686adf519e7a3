package io.sailplan.ownership;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.Json;
import io.sailplan.model.Trees;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one manager owns in an object.
 *
 * @param manager its name
 * @param operation how it came to own the fields
 * @param apiVersion the version in which the paths are written
 * @param subresource the subresource that it wrote to; empty for the object itself
 * @param time when its last write changed the object, to the second; null if it only took over what
 *     was there
 * @param fields what it owns
 */
public record ManagedEntry(
    String manager,
    ManagedOperation operation,
    String apiVersion,
    String subresource,
    @Nullable Instant time,
    FieldSet fields) {

  /** Checks that nothing but the time is null, and cuts the time to seconds. */
  public ManagedEntry {
    requireNonNull(manager, "manager");
    requireNonNull(operation, "operation");
    requireNonNull(apiVersion, "apiVersion");
    requireNonNull(subresource, "subresource");
    requireNonNull(fields, "fields");
    time = time == null ? null : time.truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * Returns the entry that an item of {@code metadata.managedFields} holds.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  static ManagedEntry read(Map<String, @Nullable Object> item) {
    String apiVersion = Trees.string(item.get("apiVersion"));
    if (apiVersion.isEmpty()) {
      throw new IllegalArgumentException("apiVersion must not be empty");
    }
    if (!"FieldsV1".equals(item.get("fieldsType"))) {
      throw new IllegalArgumentException("fieldsType must be FieldsV1");
    }
    try {
      return new ManagedEntry(
          Trees.string(item.get("manager")),
          ManagedOperation.parse(Trees.string(item.get("operation"))),
          apiVersion,
          Trees.string(item.get("subresource")),
          item.get("time") instanceof String time ? Instant.parse(time) : null,
          FieldSet.parse(Trees.object(item.get("fieldsV1"))));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("time cannot be read", e);
    }
  }

  /**
   * Returns whether both are of the same manager: an applier keeps its name when its version
   * changes.
   */
  public boolean sameManager(ManagedEntry other) {
    return manager.equals(other.manager)
        && operation == other.operation
        && subresource.equals(other.subresource)
        && (operation == ManagedOperation.APPLY || apiVersion.equals(other.apiVersion));
  }

  /** Returns this entry with other fields. */
  public ManagedEntry with(FieldSet fields) {
    return new ManagedEntry(manager, operation, apiVersion, subresource, time, fields);
  }

  /** Returns this entry with another time. */
  public ManagedEntry at(@Nullable Instant time) {
    return new ManagedEntry(manager, operation, apiVersion, subresource, time, fields);
  }

  /**
   * Returns the manager as the API server writes it in conflicts: {@code "kubectl" with subresource
   * "scale" using apps/v1}.
   */
  public String managerText() {
    StringBuilder text = new StringBuilder(Json.write(manager));
    if (!subresource.isEmpty()) {
      text.append(" with subresource ").append(Json.write(subresource));
    }
    if (operation == ManagedOperation.UPDATE) {
      text.append(" using ").append(apiVersion);
    }
    return text.toString();
  }

  /** Returns the item of {@code metadata.managedFields}. */
  public Map<String, @Nullable Object> toTree() {
    Map<String, @Nullable Object> item = new LinkedHashMap<>();
    item.put("manager", manager);
    item.put("operation", operation.text());
    item.put("apiVersion", apiVersion);
    if (time != null) {
      item.put("time", time.toString());
    }
    item.put("fieldsType", "FieldsV1");
    item.put("fieldsV1", fields.toFieldsV1());
    if (!subresource.isEmpty()) {
      item.put("subresource", subresource);
    }
    return Trees.copyOfObject(item);
  }
}
