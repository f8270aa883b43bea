package io.dockherd.apps.model;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Objects;

/**
 * A change of an app on its way to its instances. Part of the app's record for as long as it is not
 * through; Marathon calls it a deployment.
 *
 * <pre>
 * {"id":"5ed4c0c5-9ff8-4a6f-a0cd-f57f59a34b43","kind":"update","state":"running","from":{…},"to":{…},
 * "startedMillis":1774000000000,"message":""}</pre>
 *
 * @param id unique; rollouts that one call began have one id together
 * @param from what the app was to be before; of a new app the same as {@code to}
 * @param started when it began, or went on after a pause
 * @param message why it is paused or has failed; "" while all is well
 */
public record Rollout(
    String id,
    Kind kind,
    State state,
    AppVersion from,
    AppVersion to,
    Instant started,
    String message) {
  /** What it does. */
  public enum Kind {
    /** Brings a new app up. */
    START,
    /** Changes the number of instances and nothing else. */
    SCALE,
    /** Replaces instances by those of another revision. */
    UPDATE,
    /** Goes back to an earlier revision, on somebody's word or because an update failed. */
    ROLLBACK
  }

  /** How it stands. */
  public enum State {
    RUNNING,
    /** Waits for somebody's word, after a failure. Another change, or a resume, ends that. */
    PAUSED
  }

  public Rollout {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(started, "started");
    Objects.requireNonNull(message, "message");
  }

  /** The same, in that state. */
  public Rollout in(State other, String why) {
    return new Rollout(id, kind, other, from, to, started, why);
  }

  /** The same with another aim. */
  public Rollout towards(AppVersion other) {
    return new Rollout(id, kind, state, from, other, started, message);
  }

  /** The same, from now on again. */
  public Rollout resumed(Instant now) {
    return new Rollout(id, kind, State.RUNNING, from, to, now, "");
  }

  /** The same, begun then. */
  public Rollout since(Instant when) {
    return new Rollout(id, kind, state, from, to, when, message);
  }

  /** Whether it keeps its app from being changed. */
  public boolean isRunning() {
    return state == State.RUNNING;
  }

  static Rollout of(JsonObject json) {
    return new Rollout(
        json.getString("id"),
        JsonReading.choice(json, "kind", Kind.class, Kind.UPDATE),
        JsonReading.choice(json, "state", State.class, State.RUNNING),
        AppVersion.of(json.getJsonObject("from")),
        AppVersion.of(json.getJsonObject("to")),
        Instant.ofEpochMilli(json.getLong("startedMillis", 0L)),
        json.getString("message", ""));
  }

  JsonObject json() {
    return new JsonObject()
        .put("id", id)
        .put("kind", JsonReading.word(kind))
        .put("state", JsonReading.word(state))
        .put("from", from.json())
        .put("to", to.json())
        .put("startedMillis", started.toEpochMilli())
        .put("message", message);
  }
}
