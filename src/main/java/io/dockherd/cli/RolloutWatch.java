package io.dockherd.cli;

import io.dockherd.failure.Failure;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells how rollouts go, and waits until they are through or nothing will come of them. */
final class RolloutWatch implements AutoCloseable {
  private static final long PAUSE_MILLIS = 500;

  private final AppsClient client;
  private final String group;
  private final Prospects prospects;
  private final PrintWriter out;
  private final Map<String, String> waits = new HashMap<>();
  private InputStream events = InputStream.nullInputStream();
  private volatile boolean isOver;

  /**
   * @param mostFailures after how many an app is not waited for any longer; 0: never
   */
  RolloutWatch(AppsClient client, String group, int mostFailures, PrintWriter out) {
    this.client = client;
    this.group = group;
    this.prospects = new Prospects(mostFailures);
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
    Map<String, String> wanted = new LinkedHashMap<>();
    change
        .getJsonObject("apps")
        .forEach(
            app -> wanted.put(app.getKey(), ((JsonObject) app.getValue()).getString("revision")));
    Map<String, String> open = new LinkedHashMap<>(wanted);
    long until = System.nanoTime() + limit.toNanos();
    while (!open.isEmpty()) {
      Map<String, JsonObject> apps = apps();
      open.entrySet().removeIf(app -> isThrough(app.getKey(), app.getValue(), apps));
      if (!open.isEmpty()) {
        // One that was through may fail again, and be what another waits for.
        wanted.keySet().stream().filter(apps::containsKey).map(apps::get).forEach(this::look);
        if (System.nanoTime() > until) {
          throw late(open, apps, limit);
        }
        pause();
      }
    }
    isOver = true;
  }

  private Map<String, JsonObject> apps() {
    return AppTables.objects(client.get("/v1/apps?group=" + AppsClient.encoded(group)), "apps")
        .stream()
        .collect(Collectors.toMap(app -> app.getString("path"), app -> app));
  }

  private static boolean isThrough(String path, String revision, Map<String, JsonObject> apps) {
    JsonObject app = apps.get(path);
    if (app == null) {
      throw new Refused(path, path + " was removed meanwhile", "");
    }
    JsonObject rollout = app.getJsonObject("rollout");
    if (rollout != null && rollout.getString("state").equals("paused")) {
      throw failed(path, rollout.getString("message"), app, "");
    }
    if (rollout == null && !app.getString("revision").equals(revision)) {
      throw failed(path, "it is revision " + app.getString("revision") + " again", app, "");
    }
    return rollout == null;
  }

  private void look(JsonObject app) {
    String path = app.getString("path");
    if (prospects.areBad(app) && !isUpToTheHerd(app)) {
      throw failed(
          path,
          app.getInteger("failures") + " instances failed",
          app,
          "the herd goes on trying: mend what is wrong and say up again, or end it with down");
    }
    tellOfRoom(path, app.getJsonObject("waiting", new JsonObject()));
  }

  /** A change of what was there before is taken back or paused by a rule of its own. */
  private boolean isUpToTheHerd(JsonObject app) {
    String kind = app.getJsonObject("rollout", new JsonObject()).getString("kind", "");
    if (!kind.equals("update") && !kind.equals("rollback")) {
      return false;
    }
    JsonObject whole = client.get(AppsClient.app(app.getString("path"), ""));
    JsonObject update = whole.getJsonObject("config").getJsonObject("update", new JsonObject());
    return !update.getString("onFailure", "").equals("continue");
  }

  /** Seen twice, so that nothing is said of what is over in a moment. */
  private void tellOfRoom(String path, JsonObject waiting) {
    JsonObject nodes = waiting.getJsonObject("nodes", new JsonObject());
    String reason = nodes.isEmpty() ? "" : waiting.getString("reason");
    String before = waits.getOrDefault(path, "");
    if (reason.isEmpty()) {
      waits.remove(path);
    } else if (before.isEmpty()) {
      waits.put(path, "seen");
    } else if (before.equals("seen")) {
      waits.put(path, "told");
      out.println(path + " waits: " + reason);
      nodes.forEach(node -> out.println("  " + node.getKey() + ": " + node.getValue()));
      out.flush();
    }
  }

  private TimedOut late(Map<String, String> open, Map<String, JsonObject> apps, Duration limit) {
    String states =
        open.keySet().stream()
            .map(path -> "\n  " + path + ": " + AppTables.state(apps.get(path)))
            .collect(Collectors.joining());
    return new TimedOut(
        group,
        String.join(", ", open.keySet())
            + " took longer than "
            + limit.toSeconds()
            + " s"
            + states
            + "\n  it goes on; look with 'dockherd apps "
            + group
            + "'",
        "");
  }

  private static Refused failed(String path, String why, JsonObject app, String remedy) {
    StringBuilder lines = new StringBuilder(path + " could not be rolled out: " + why);
    JsonObject failure = app.getJsonObject("lastFailure");
    if (failure != null) {
      String where = failure.getString("node") + ": " + failure.getString("message");
      lines.append("\n  on ").append(plain(where));
      failure
          .getJsonArray("lastLines")
          .forEach(line -> lines.append("\n  | ").append(plain(String.valueOf(line))));
    }
    return new Refused(path, lines + (remedy.isEmpty() ? "" : "\n  " + remedy), "");
  }

  /** What containers write is not to steer a terminal. */
  private static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  private static void pause() {
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
