package io.dockherd.system.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.herd.records.Version;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The two sides of a split, who change the same apps and become one herd again. */
final class Sides implements AutoCloseable {
  /** How each calls what it makes of an app. */
  private static final String ONE = "one";

  private static final String OTHER = "other";

  private static final Pattern MET =
      Pattern.compile(
          "two sides had written the same record key=apps(\\S+)"
              + " stays=(\\d+)@(\\S+) history=(\\d+)@(\\S+)");

  private final LabHerd herd;
  private final LabApps apps;
  private final int[] one;
  private final int[] other;
  private final List<FollowedApps> told = new ArrayList<>();

  /** Of the hosts on each of them; what their nodes tell is followed from now on. */
  Sides(LabHerd herd, LabApps apps, int[] one, int[] other) {
    this.herd = herd;
    this.apps = apps;
    this.one = one.clone();
    this.other = other.clone();
    for (int host : all()) {
      told.add(FollowedApps.at(herd, host));
    }
  }

  /** All hosts. */
  int[] all() {
    return IntStream.concat(Arrays.stream(one), Arrays.stream(other)).toArray();
  }

  /** One deletes the app, the other makes something else of it. */
  void deleteAndChange(JsonObject app) {
    apps.delete(one[0], app.getString("id"));
    apps.put(other[0], LabApps.changed(app, OTHER));
  }

  /** Each makes something else of the app. */
  void change(JsonObject app) {
    apps.put(one[0], LabApps.changed(app, ONE));
    apps.put(other[0], LabApps.changed(app, OTHER));
  }

  /**
   * Waits until there is exactly what one of the two changes says, on all hosts together, and makes
   * sure that it is the right one, that the other was told of, and that it is kept.
   *
   * @return the revision that lost
   */
  String awaitOne(String path, int count) {
    for (int host : all()) {
      apps.awaitSettled(host, path);
    }
    apps.awaitOfOneRevision(path, count, all());
    Record record = met(path);
    String right = isOn(one, record.stays()) ? ONE : OTHER;
    String stays = apps.revisions(path).iterator().next();
    String goes = "";
    for (FollowedApps node : told) {
      JsonObject news =
          node.await("contradicted", path, it -> it.getString("winner").equals(stays));
      goes = news.getString("loser");
    }
    // Whoever has told it has both sides' word.
    for (int host : all()) {
      assertEquals(right, apps.app(host, path).getJsonObject("env").getString("VERSION"), path);
      TreeMap<String, String> kept = versions(host, path);
      assertEquals(right, kept.get(stays), path + " at host " + host + ": " + kept);
      assertEquals(
          right.equals(ONE) ? OTHER : ONE, kept.get(goes), path + " at host " + host + ": " + kept);
    }
    return goes;
  }

  /**
   * The same of an app that one side has deleted and the other changed: it is gone, or it is there,
   * as the greater of the two says.
   *
   * @return how many there are
   */
  int awaitOneOfDeletedAndChanged(String path, int count) {
    boolean isGone = isOn(one, met(path).stays());
    for (int host : all()) {
      Await.until(
          () -> path + " is " + (isGone ? "gone" : "there") + " at host " + host,
          LabApps.LIMIT,
          () -> apps.send(host, "GET", "/v2/apps" + path, "").statusCode() == (isGone ? 404 : 200));
    }
    int left = isGone ? 0 : count;
    apps.awaitExactly(path, left, all());
    return left;
  }

  /** What a record was made by each side, and which of these is the greater. */
  private record Record(Version stays, Version goes) {}

  /** As all nodes that met it have logged. */
  private Record met(String path) {
    Set<Record> logged =
        herd.lab().hosts().stream()
            .map(LabHost::nodeLog)
            .flatMap(log -> MET.matcher(log).results())
            .filter(line -> line.group(1).equals(path))
            .map(
                line ->
                    new Record(
                        new Version(Long.parseLong(line.group(2)), line.group(3)),
                        new Version(Long.parseLong(line.group(4)), line.group(5))))
            .collect(Collectors.toSet());
    assertEquals(1, logged.size(), "all say the same of " + path + ": " + logged);
    Record record = logged.iterator().next();
    assertTrue(record.stays().compareTo(record.goes()) > 0, record.toString());
    assertTrue(isOn(one, record.stays()) != isOn(one, record.goes()), record.toString());
    return record;
  }

  private boolean isOn(int[] side, Version version) {
    return Arrays.stream(side).anyMatch(host -> herd.host(host).name().equals(version.node()));
  }

  /** Revision → what it was called, of all that an app was. */
  private TreeMap<String, String> versions(int host, String path) {
    JsonObject answer =
        new JsonObject(apps.send(host, "GET", "/v1/apps" + path + "/revisions", "").body());
    TreeMap<String, String> versions = new TreeMap<>();
    for (Object each : answer.getJsonArray("revisions", new JsonArray())) {
      JsonObject revision = (JsonObject) each;
      Matcher version =
          Pattern.compile("\"VERSION=([a-z]+)\"")
              .matcher(revision.getJsonObject("config").encode());
      versions.put(revision.getString("revision"), version.find() ? version.group(1) : "");
    }
    return versions;
  }

  @Override
  public void close() {
    told.forEach(FollowedApps::close);
  }
}
