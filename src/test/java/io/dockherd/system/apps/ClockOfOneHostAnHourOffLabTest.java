package io.dockherd.system.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.Invocation;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A host's clock is wrong by an hour, and nobody has noticed. */
@OnLab
class ClockOfOneHostAnHourOffLabTest {
  private static final int WRONG = 3;
  private static final Duration NODE_UP = Duration.ofSeconds(90);

  /** Time of day only: what measures how long something takes is right on such a host, too. */
  private static Map<String, String> clock(String offset) {
    return Map.of(
        "LD_PRELOAD", library().toString(),
        "FAKETIME", offset,
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        // Its correction for old C libraries ends every timed wait of a JVM at once.
        "FAKETIME_FORCE_MONOTONIC_FIX", "0",
        "FAKETIME_DISABLE_SHM", "1");
  }

  private static Path library() {
    try (Stream<Path> found =
        Files.find(
            Path.of("/usr/lib"), 3, (path, file) -> path.endsWith("faketime/libfaketimeMT.so.1"))) {
      return found.findFirst().orElseThrow(() -> new AssertionError("install Debian's faketime"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anHourAheadChangesNothing(LabHerd herd) {
    allIsAsEver(herd, "+3600");
  }

  @Test
  void anHourBehindChangesNothing(LabHerd herd) {
    allIsAsEver(herd, "-3600");
  }

  private static void allIsAsEver(LabHerd herd, String offset) {
    LabHost host = herd.host(WRONG);
    try (LabApps apps = new LabApps(herd)) {
      host.stopNode();
      host.startNode(clock(offset));
      host.awaitNode(NODE_UP);
      herd.awaitMembers(3);
      requireWrong(host);
      changesAtAnyNodeOvertakeEachOther(apps, stewardedBy(apps, WRONG));
      changesAtAnyNodeOvertakeEachOther(apps, stewardedBy(apps, 1));
      aFailureIsTriedAgain(herd, apps, stewardedBy(apps, WRONG));
    } finally {
      host.stopNode();
    }
  }

  /** An app that host looks after. */
  private static String stewardedBy(LabApps apps, int host) {
    return IntStream.range(0, 1000)
        .mapToObj(number -> "/clock/app" + number)
        .filter(id -> apps.steward(id) == host)
        .findFirst()
        .orElseThrow();
  }

  /** Else all the rest would show nothing. */
  private static void requireWrong(LabHost host) {
    String last = host.nodeLog().lines().reduce((before, line) -> line).orElseThrow();
    Duration off =
        Duration.between(Instant.parse(last.substring(0, last.indexOf(' '))), Instant.now()).abs();
    assertTrue(off.compareTo(Duration.ofMinutes(50)) > 0, last);
  }

  /** The last word counts, whatever the time of day it was said at. */
  private static void changesAtAnyNodeOvertakeEachOther(LabApps apps, String id) {
    JsonObject app = LabApps.sleeper(id, 3);
    app.put("labels", new JsonObject().put("io.dockherd.update.deadline", "10m"));
    app.getJsonObject("labels").put("io.dockherd.update.on-failure", "pause");
    apps.run(1, app);
    apps.run(WRONG, LabApps.changed(app, "2"));
    apps.run(2, LabApps.changed(app, "3").put("instances", 4));
    apps.run(WRONG, LabApps.changed(app, "4").put("instances", 2));
    apps.awaitExactly(id, 2, 1, 2, 3);
    assertEquals("4", apps.app(1, id).getJsonObject("env").getString("VERSION"));
    assertEquals(1, apps.revisions(id).size());
  }

  /** By whoever takes over from the host, too, which has noted when it was. */
  private static void aFailureIsTriedAgain(LabHerd herd, LabApps apps, String id) {
    Path flag = herd.host(1).dataDir().resolveSibling("flag");
    Invocation.run("rm", "-rf", "--", flag.toString());
    Invocation.run("mkdir", flag.toString());
    JsonObject app = LabApps.sleeper(id, 1).put("backoffSeconds", 2);
    app.put("cmd", "test -e /flag/go && sleep 100000")
        .put(
            "constraints",
            new JsonArray().add(new JsonArray().add("hostname").add("LIKE").add("host-1")))
        .getJsonObject("container")
        .put(
            "volumes",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("containerPath", "/flag")
                        .put("hostPath", flag.toString())
                        .put("mode", "RO")));
    apps.put(1, app);
    Await.until(
        "its failure is told",
        LabApps.LIMIT,
        () -> apps.app(1, id).getJsonObject("lastTaskFailure") != null);
    herd.host(WRONG).killNode();
    Invocation.run("touch", flag.resolve("go").toString());
    apps.awaitExactly(id, 1, 1);
  }
}
