package io.dockherd.fleet.watch;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;

/**
 * What a container's {@code Status} is made of: the text itself ("Up 5 minutes") is out of date the
 * next moment, so facts carry this and the text is made when somebody reads.
 *
 * <pre>{"state":"running","started":1774000000123,"finished":0,"exit":0,"health":"healthy"}</pre>
 *
 * @param state as in lists: created, running, paused, restarting, removing, exited, dead
 * @param startedMillis since 1970, by the engine's clock; 0 when it was never started
 * @param finishedMillis likewise; 0 when it never ended
 * @param health starting, healthy or unhealthy; "" for containers without a health check
 * @param asListed the text the engine's list had, when nothing better is known yet; else ""
 */
public record ContainerStatus(
    String state,
    long startedMillis,
    long finishedMillis,
    int exitCode,
    String health,
    String asListed) {
  public ContainerStatus {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(health, "health");
    Objects.requireNonNull(asListed, "asListed");
  }

  /** Only the list is known. */
  static ContainerStatus listed(JsonObject entry) {
    return new ContainerStatus(
        entry.getString("State", ""), 0, 0, 0, "", entry.getString("Status", ""));
  }

  /** From the {@code State} of an inspect answer. */
  static ContainerStatus inspected(JsonObject state) {
    JsonObject health = state.getJsonObject("Health");
    return new ContainerStatus(
        state.getString("Status", ""),
        millis(state.getString("StartedAt", "")),
        millis(state.getString("FinishedAt", "")),
        state.getInteger("ExitCode", 0),
        health == null ? "" : shownHealth(health.getString("Status", "")),
        "");
  }

  /** As written by {@link #json}. */
  static ContainerStatus of(JsonObject json) {
    return new ContainerStatus(
        json.getString("state", ""),
        json.getLong("started", 0L),
        json.getLong("finished", 0L),
        json.getInteger("exit", 0),
        json.getString("health", ""),
        json.getString("listed", ""));
  }

  JsonObject json() {
    JsonObject json =
        new JsonObject()
            .put("state", state)
            .put("started", startedMillis)
            .put("finished", finishedMillis)
            .put("exit", exitCode)
            .put("health", health);
    return asListed.isEmpty() ? json : json.put("listed", asListed);
  }

  /** Whether it runs or is yet to run: it counts when the next container is to be placed. */
  public boolean isOccupying() {
    return switch (state) {
      case "created", "running", "paused", "restarting" -> true;
      default -> false;
    };
  }

  /** The text at that moment, in Docker's words. */
  public String text(Instant now) {
    if (!asListed.isEmpty()) {
      return asListed;
    }
    return switch (state) {
      case "running" ->
          "Up " + since(startedMillis, now) + (health.isEmpty() ? "" : " (" + healthWords() + ")");
      case "paused" -> "Up " + since(startedMillis, now) + " (Paused)";
      case "restarting" -> "Restarting (" + exitCode + ") " + since(finishedMillis, now) + " ago";
      case "removing" -> "Removal In Progress";
      case "dead" -> "Dead";
      case "created" -> "Created";
      default -> exited(now);
    };
  }

  /**
   * Whether a list read at that moment, give or take a second, could have had this text: then there
   * is nothing new to learn by inspecting.
   */
  boolean explains(String listed, Instant now) {
    return asListed.isEmpty()
        && (listed.equals(text(now))
            || listed.equals(text(now.minusSeconds(1)))
            || listed.equals(text(now.plusSeconds(1))));
  }

  private String exited(Instant now) {
    if (startedMillis == 0) {
      return "Created";
    }
    return finishedMillis == 0
        ? ""
        : "Exited (" + exitCode + ") " + since(finishedMillis, now) + " ago";
  }

  private String healthWords() {
    return health.equals("starting") ? "health: starting" : health;
  }

  private static String since(long millis, Instant now) {
    return ElapsedTime.words(Duration.ofMillis(now.toEpochMilli() - millis));
  }

  /** Engines show a health check that has not begun as unhealthy, and one switched off not. */
  private static String shownHealth(String status) {
    return switch (status) {
      case "" -> "unhealthy";
      case "none" -> "";
      default -> status;
    };
  }

  /** Docker writes the year 1 for "never". */
  private static long millis(String timestamp) {
    try {
      return timestamp.isEmpty() ? 0 : Math.max(0, Instant.parse(timestamp).toEpochMilli());
    } catch (DateTimeParseException e) {
      // An engine with a time zone's offset instead of Z.
      return java.time.OffsetDateTime.parse(timestamp).toInstant().toEpochMilli();
    }
  }
}
