package io.dockherd.system.apps;

import io.dockherd.apps.model.App;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Says again and again what an app is to be, each time to another node, and notes what came of it:
 * each write is one that nobody else makes, so that it is known again.
 */
final class AppWrites {
  private static final Duration PATIENCE = Duration.ofSeconds(12);
  private static final int MOST_INSTANCES = 5;

  private final LabApps apps;
  private final JsonObject app;
  private final int hosts;
  private final SplittableRandom random;
  private final List<Write> all = new ArrayList<>();

  /** What the writer knows of a write. */
  private enum Outcome {
    /** It is so, until somebody else says otherwise. */
    ACKNOWLEDGED,
    /** It has not happened. */
    REFUSED,
    /** There was no answer, or none that says so. */
    UNKNOWN
  }

  /**
   * One that was tried.
   *
   * @param mark of a configuration nobody else writes; 0 when only the number is written
   * @param version by which Marathon's API tells it, when it is acknowledged
   */
  private record Write(
      int host, int mark, int instances, Instant at, Outcome outcome, String version, String said) {
    boolean isAcknowledged() {
      return outcome == Outcome.ACKNOWLEDGED;
    }

    /** Whether the app is what this write says. */
    boolean isIn(JsonObject shown) {
      boolean isConfigured = mark == 0 || ("" + mark).equals(mark(shown));
      return isConfigured && shown.getInteger("instances") == instances;
    }

    private static String mark(JsonObject shown) {
      return shown.getJsonObject("env", new JsonObject()).getString("VERSION", "");
    }
  }

  AppWrites(LabApps apps, JsonObject app, int hosts, long seed) {
    this.apps = apps;
    this.app = app;
    this.hosts = hosts;
    this.random = new SplittableRandom(seed);
  }

  String id() {
    return app.getString("id");
  }

  /** How long it waits until it writes again. */
  Duration pause() {
    return Duration.ofMillis(random.nextInt(500, 4000));
  }

  /** The first, which is to succeed. */
  void begin() {
    write(1, 1, 3);
    if (!all.getFirst().isAcknowledged()) {
      throw new AssertionError(all.getFirst());
    }
  }

  /** One more: another configuration, or only another number. */
  void write() {
    int mark = random.nextInt(5) < 3 ? all.size() + 1 : 0;
    write(random.nextInt(1, hosts + 1), mark, random.nextInt(1, MOST_INSTANCES + 1));
  }

  private void write(int host, int mark, int instances) {
    JsonObject wanted =
        mark == 0 ? new JsonObject().put("id", id()) : LabApps.changed(app, "" + mark);
    wanted.put("instances", instances);
    Instant at = Instant.now();
    Outcome outcome;
    String version = "";
    String said;
    try {
      HttpResponse<String> answer =
          apps.send(host, "PUT", "/v2/apps" + id() + "?force=true", wanted.encode(), PATIENCE);
      said = answer.statusCode() + " " + answer.body();
      if (answer.statusCode() / 100 == 2) {
        outcome = Outcome.ACKNOWLEDGED;
        version = new JsonObject(answer.body()).getString("version");
      } else {
        outcome = answer.statusCode() == 409 ? Outcome.REFUSED : Outcome.UNKNOWN;
      }
    } catch (UncheckedIOException e) {
      outcome = Outcome.UNKNOWN;
      said = String.valueOf(e.getCause());
    }
    all.add(new Write(host, mark, instances, at, outcome, version, said));
  }

  long acknowledged() {
    return all.stream().filter(Write::isAcknowledged).count();
  }

  /** Why the app can't be what it is shown to be, for nobody has written that. */
  Optional<String> objection(JsonObject shown) {
    String version = shown.getString("version");
    Optional<Write> its = all.stream().filter(one -> version.equals(one.version)).findFirst();
    boolean isWritten =
        its.map(one -> one.isIn(shown))
            .orElseGet(
                () ->
                    all.stream()
                        .anyMatch(one -> one.outcome == Outcome.UNKNOWN && one.isIn(shown)));
    return isWritten
        ? Optional.empty()
        : Optional.of(
            "nobody wrote that %s is %d instances of mark %s, version %s"
                .formatted(id(), shown.getInteger("instances"), Write.mark(shown), version));
  }

  /**
   * The acknowledged writes of which nothing is left though nobody was told that they lost: neither
   * among the versions of the app that stayed, or of one that is history, nor overtaken by a
   * conflict that was told.
   *
   * @param documents the app as it is and as history has it, newest first
   * @param conflicts when nodes told that two sides had written the app
   */
  List<String> vanished(List<JsonObject> documents, Collection<Instant> conflicts) {
    Set<String> kept = new TreeSet<>();
    documents.forEach(document -> kept.addAll(stamps(document)));
    List<String> now = documents.isEmpty() ? List.of() : stamps(documents.getFirst());
    String oldest = now.size() < App.KEPT ? "" : now.getLast();
    return all.stream()
        .filter(Write::isAcknowledged)
        .filter(one -> one.version.compareTo(oldest) >= 0)
        .filter(one -> !kept.contains(one.version))
        .filter(one -> conflicts.stream().noneMatch(told -> told.isAfter(one.at)))
        .map(Write::toString)
        .toList();
  }

  private static List<String> stamps(JsonObject document) {
    return document.getJsonArray("versions").stream()
        .map(version -> ((JsonObject) version).getString("stamp"))
        .toList();
  }

  @Override
  public String toString() {
    return all.stream().map(Write::toString).collect(Collectors.joining("\n"));
  }
}
