package io.dockherd.system.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.Invocation;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The disk a node keeps its records on is full. */
@OnLab
class FullDiskInTheDataDirectoryLabTest {
  private static final int FULL = 3;
  private static final Duration NODE_UP = Duration.ofSeconds(90);

  /** A disk of its own for what a node keeps, in the host's own view of its files. */
  private static final class SmallDisk implements AutoCloseable {
    private final LabHost host;
    private final String folder;

    SmallDisk(LabHost host) {
      this.host = host;
      this.folder = host.dataDir().resolveSibling("small").toString();
      host.run("mkdir", "-p", folder).orFail();
      host.run("mount", "-t", "tmpfs", "-o", "size=3m,mode=700", "small", folder).orFail();
    }

    void fill() {
      host.run("sh", "-c", "cat /dev/zero > \"$1\"", "sh", folder + "/ballast");
    }

    void makeRoom() {
      host.run("rm", folder + "/ballast").orFail();
    }

    @Override
    public void close() {
      host.stopNode();
      host.run("umount", folder).orFail();
    }
  }

  /** An app all of whose records that host's node is to write first. */
  private static String writtenAt(LabApps apps, int host) {
    return IntStream.range(0, 1000)
        .mapToObj(number -> "/disk/app" + number)
        .filter(id -> apps.steward(id) == host && apps.keeper("app-failures" + id) == host)
        .findFirst()
        .orElseThrow();
  }

  /** What fails meanwhile can't be written down, and is replaced all the same. */
  private static void removeOne(LabHerd herd, LabApps apps, String id) {
    LabApps.Seen one = apps.everywhere(id).getFirst();
    String engine = "unix://" + herd.host(one.host()).engineSocket();
    Invocation.run("docker", "-H", engine, "rm", "-f", one.name());
    Await.until(
        "it is missed",
        LabApps.LIMIT,
        () -> apps.everywhere(id).stream().noneMatch(it -> it.name().equals(one.name())));
  }

  @Test
  void nothingThatWasAcknowledgedIsLostAndTheOthersGoOn(LabHerd herd) {
    LabHost host = herd.host(FULL);
    host.stopNode();
    try (LabApps apps = new LabApps(herd);
        SmallDisk disk = new SmallDisk(host)) {
      host.startNode("--data-dir=" + disk.folder);
      herd.awaitMembers(3);
      String there = writtenAt(apps, FULL);
      String elsewhere = writtenAt(apps, 1);
      apps.run(1, LabApps.sleeper(there, 2));
      apps.run(1, LabApps.sleeper(elsewhere, 2));

      disk.fill();
      apps.scale(2, elsewhere, 3);
      apps.awaitExactly(elsewhere, 3, 1, 2, 3);
      removeOne(herd, apps, there);
      apps.awaitExactly(there, 2, 1, 2, 3);
      int acknowledged = 2;
      for (int from = 1; from <= 3; from++) {
        JsonObject scaled = new JsonObject().put("instances", 2 + from);
        HttpResponse<String> said =
            apps.send(from, "PUT", "/v2/apps" + there + "?force=true", scaled.encode());
        if (said.statusCode() == 200) {
          acknowledged = 2 + from;
        } else {
          assertTrue(said.body().contains("data directory"), said.body());
        }
      }
      assertTrue(
          host.nodeLog().contains("nothing can be written to the data directory " + disk.folder),
          "its disk has not been full");
      int kept = acknowledged;
      host.killNode();
      herd.awaitMembers(2);
      apps.awaitExactly(elsewhere, 3, 1, 2, 3);
      assertEquals(kept, apps.app(1, there).getInteger("instances"));

      disk.makeRoom();
      host.startNodeAgain();
      host.awaitNode(NODE_UP);
      herd.awaitMembers(3);
      Await.until(
          "host 3 has what the others have",
          LabApps.LIMIT,
          () -> apps.app(FULL, there).getInteger("instances") == kept);
      apps.scale(FULL, there, 1);
      apps.scale(FULL, elsewhere, 1);
      apps.awaitExactly(there, 1, 1, 2, 3);
      apps.awaitExactly(elsewhere, 1, 1, 2, 3);
      apps.awaitSettled(1, there);
      apps.awaitSettled(1, elsewhere);
    }
  }
}
