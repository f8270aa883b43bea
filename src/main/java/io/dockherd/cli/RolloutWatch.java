package io.dockherd.cli;

import io.dockherd.failure.Failure;
import io.dockherd.failure.NotFound;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells how rollouts go, and waits until they are through. */
final class RolloutWatch implements AutoCloseable {
  private static final long PAUSE_MILLIS = 500;

  private final AppsClient client;
  private final String group;
  private final PrintWriter out;
  private InputStream events = InputStream.nullInputStream();
  private volatile boolean isOver;

  RolloutWatch(AppsClient client, String group, PrintWriter out) {
    this.client = client;
    this.group = group;
    this.out = out;
  }

  /** Prints what happens from now on, on a thread of its own; a broken line ends that alone. */
  void begin() {
    events = client.stream("/v1/events?group=" + AppsClient.encoded(group));
    Thread.ofVirtual().name("events").start(this::tell);
  }

  private void tell() {
    try {
      new JsonLines(events)
          .forEach(
              event -> {
                if (!isOver) {
                  out.println(Moments.local(event) + "  " + event.getString("words"));
                  out.flush();
                }
              });
    } catch (Failure e) {
      if (!isOver) {
        out.println("events end here: " + e.getMessage());
        out.flush();
      }
    }
  }

  /**
   * Waits until all apps of a change are as they are to be.
   *
   * @throws Refused when one is not going to be
   * @throws TimedOut when it takes too long; it goes on by itself
   */
  void await(JsonObject change, Duration limit) {
    Map<String, String> open = new LinkedHashMap<>();
    change
        .getJsonObject("apps")
        .forEach(
            app -> open.put(app.getKey(), ((JsonObject) app.getValue()).getString("revision")));
    long until = System.nanoTime() + limit.toNanos();
    while (!open.isEmpty()) {
      open.entrySet().removeIf(app -> isThrough(app.getKey(), app.getValue()));
      if (!open.isEmpty() && System.nanoTime() > until) {
        throw new TimedOut(
            group,
            String.join(", ", open.keySet()) + " took longer than " + limit.toSeconds() + " s",
            "it goes on; look with 'dockherd apps " + group + "'");
      }
      pause(open.isEmpty());
    }
    isOver = true;
  }

  private boolean isThrough(String path, String revision) {
    JsonObject app;
    try {
      app = client.get(AppsClient.app(path, ""));
    } catch (NotFound e) {
      throw new Refused(path, path + " was removed meanwhile", "", e);
    }
    JsonObject rollout = app.getJsonObject("rollout");
    if (rollout != null && rollout.getString("state").equals("paused")) {
      throw failed(path, rollout.getString("message"), app);
    }
    if (rollout == null && !app.getString("revision").equals(revision)) {
      throw failed(path, "it is revision " + app.getString("revision") + " again", app);
    }
    return rollout == null;
  }

  private static Refused failed(String path, String why, JsonObject app) {
    JsonObject failure = app.getJsonObject("lastFailure");
    StringBuilder lines = new StringBuilder();
    if (failure != null) {
      lines
          .append("\n  on ")
          .append(failure.getString("node"))
          .append(": ")
          .append(failure.getString("message"));
      failure
          .getJsonArray("lastLines")
          .forEach(
              line ->
                  lines
                      .append("\n  | ")
                      .append(String.valueOf(line).replaceAll("\\p{Cntrl}", " ")));
    }
    return new Refused(path, path + " could not be rolled out: " + why + lines, "");
  }

  private static void pause(boolean isDone) {
    if (isDone) {
      return;
    }
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimedOut("up", "interrupted", "the rollout goes on", e);
    }
  }

  @Override
  public void close() {
    isOver = true;
    try {
      events.close();
    } catch (IOException e) {
      // It is over either way.
      out.flush();
    }
  }
}
