package io.dockherd.system.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.lab.Invocation;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Host 3 comes back with what apps were when it went, on its engine and on its disk: that goes, and
 * nothing else does.
 */
@OnLab
class ReturnedNodeWithStaleContainersLabTest {
  private static final String UPDATED = "/stale/updated";
  private static final String DELETED = "/stale/deleted";
  private static final String ANEW = "/stale/anew";
  private static final String SAME = "/stale/same";
  private static final String STAY = "/stale/stay";

  private static final JsonObject WEB = LabApps.sleeper(UPDATED, 6);
  private static final JsonObject DISK = LabApps.onSplit("stay", LabApps.sleeper(STAY, 3));

  @Test
  void aHostThatWasOff(LabHerd herd) {
    comesBack(herd, LabHost::kill, LabHost::boot);
  }

  @Test
  void aNodeThatWasDownWhileItsContainersRanOn(LabHerd herd) {
    comesBack(herd, LabHost::killNode, LabHost::startEngine);
  }

  private static void comesBack(
      LabHerd herd, Consumer<LabHost> going, Consumer<LabHost> returning) {
    try (LabApps apps = new LabApps(herd)) {
      settle(apps);
      Set<String> foreign = foreigners(herd);
      going.accept(herd.host(3));
      Set<String> kept = changeMeanwhile(apps);
      returning.accept(herd.host(3));
      assertEquals(
          Map.of(UPDATED, 2, DELETED, 3, ANEW, 1, SAME, 1, STAY, 1),
          apps.census(3),
          "all that is stale, and what is others'");
      herd.host(3).startNodeAgain();
      herd.awaitMembers(3);
      onlyWhatIsStaleGoes(herd, apps, kept, foreign);
      deleteAll(apps);
    }
  }

  private static void settle(LabApps apps) {
    apps.put(1, WEB);
    apps.put(2, LabApps.sleeper(DELETED, 3));
    apps.put(3, LabApps.sleeper(ANEW, 3));
    apps.put(1, LabApps.sleeper(SAME, 3));
    apps.put(2, DISK);
    for (String path : List.of(UPDATED, DELETED, ANEW, SAME, STAY)) {
      apps.awaitSettled(1, path);
    }
    assertEquals(Map.of(UPDATED, 2, DELETED, 1, ANEW, 1, SAME, 1, STAY, 1), apps.census(3));
  }

  /** Containers on host 3 that are none of this herd's business, whatever they are called. */
  private static Set<String> foreigners(LabHerd herd) {
    String herdOfOthers = "--label=io.dockherd.herd=another";
    return Set.of(
        foreigner(herd),
        foreigner(herd, "--label=io.dockherd.app=" + DELETED),
        foreigner(
            herd,
            herdOfOthers,
            "--label=io.dockherd.app=" + DELETED,
            "--label=io.dockherd.instance=1-abcdefgh"));
  }

  private static String foreigner(LabHerd herd, String... labels) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("docker", "-H", "unix://" + herd.host(3).engineSocket(), "run", "-d"));
    command.addAll(List.of(labels));
    command.addAll(List.of("busybox", "sleep", "100000"));
    return Invocation.run(command.toArray(String[]::new)).strip();
  }

  /** What runs on the other hosts when all is done. */
  private static Set<String> changeMeanwhile(LabApps apps) {
    apps.awaitExactly(UPDATED, 6, 1, 2);
    apps.put(1, LabApps.changed(WEB, "2").put("instances", 2));
    apps.delete(2, DELETED);
    apps.delete(1, ANEW);
    apps.awaitExactly(ANEW, 0, 1, 2);
    apps.put(2, LabApps.changed(LabApps.sleeper(ANEW, 2), "2"));
    apps.put(1, LabApps.changed(DISK, "2"));
    apps.awaitSettled(1, UPDATED);
    apps.awaitSettled(2, ANEW);
    apps.awaitSettled(2, SAME);
    apps.awaitQuiet(1, STAY);
    apps.awaitExactly(UPDATED, 2, 1, 2);
    apps.awaitExactly(DELETED, 0, 1, 2);
    apps.awaitExactly(ANEW, 2, 1, 2);
    apps.awaitExactly(SAME, 3, 1, 2);
    apps.awaitExactly(STAY, 2, 1, 2);
    Set<String> kept = new HashSet<>();
    for (String path : List.of(UPDATED, ANEW, STAY)) {
      kept.addAll(apps.running(path, 1, 2));
    }
    return kept;
  }

  private static void onlyWhatIsStaleGoes(
      LabHerd herd, LabApps apps, Set<String> kept, Set<String> foreign) {
    apps.awaitOfOneRevision(UPDATED, 2, 1, 2, 3);
    apps.awaitOfOneRevision(ANEW, 2, 1, 2, 3);
    apps.awaitOfOneRevision(SAME, 3, 1, 2, 3);
    apps.awaitOfOneRevision(STAY, 3, 1, 2, 3);
    assertEquals(1, apps.on(STAY, 3).size());
    for (int host = 1; host <= 3; host++) {
      for (String path : List.of(UPDATED, ANEW, SAME, STAY)) {
        apps.awaitSettled(host, path);
      }
    }
    Set<String> now = new HashSet<>();
    for (String path : List.of(UPDATED, ANEW, STAY)) {
      now.addAll(apps.running(path, 1, 2));
    }
    assertEquals(kept, now, "what ran on the other hosts runs on");
    Set<String> all =
        herd.containersOn(3).stream().map(one -> one.getString("Id")).collect(Collectors.toSet());
    assertTrue(all.containsAll(foreign), "what is of no app is left alone");
    // Two of the app that is deleted are others'.
    apps.awaitCensus(Map.of(UPDATED, 2, DELETED, 2, ANEW, 2, SAME, 3, STAY, 3), 1, 2, 3);
  }

  /** The other test's apps are called the same: a node may not give their names out again yet. */
  private static void deleteAll(LabApps apps) {
    for (String path : List.of(UPDATED, ANEW, SAME, STAY)) {
      apps.delete(1, path);
    }
    for (String path : List.of(UPDATED, ANEW, SAME, STAY)) {
      apps.awaitExactly(path, 0, 1, 2, 3);
    }
  }
}
