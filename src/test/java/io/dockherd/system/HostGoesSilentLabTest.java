package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.OnLab;
import io.dockherd.lab.Slack;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cable is pulled, or a process frozen: no connection breaks, only silence tells. */
@OnLab
class HostGoesSilentLabTest {
  private static final Duration BACK = Slack.on(Duration.ofSeconds(5));
  private static final Duration NOTICED = Slack.on(Duration.ofSeconds(6));

  @Test
  void aPulledCableIsNoticedOnBothSidesWithinSixSeconds(LabHerd herd) {
    herd.host(3).linkDown();
    long pulled = System.nanoTime();
    Await.until(
        "hosts 1 and 2 see each other alone",
        NOTICED,
        () ->
            herd.nodesSeenBy(1).equals(List.of("host-1", "host-2"))
                && herd.nodesSeenBy(2).equals(List.of("host-1", "host-2")));
    Duration left = NOTICED.minusNanos(System.nanoTime() - pulled);
    Await.until("host 3 sees itself alone", left, () -> sees(herd.host(3)) == 1);
    herd.host(3).linkUp();
    herd.awaitMembers(3, BACK);
  }

  @Test
  void aFrozenNodeIsNoticedWithinSixSecondsAndComesBackWhenItThaws(LabHerd herd) {
    herd.host(2).freezeNode();
    Await.until(
        "hosts 1 and 3 see each other alone",
        NOTICED,
        () ->
            herd.nodesSeenBy(1).equals(List.of("host-1", "host-3"))
                && herd.nodesSeenBy(3).equals(List.of("host-1", "host-3")));
    herd.host(2).thawNode();
    herd.awaitMembers(3, BACK);
    assertEquals(List.of("host-1", "host-2", "host-3"), herd.nodesSeenBy(2));
  }

  /** Asked on its own machine: nobody else can. */
  private static int sees(LabHost host) {
    String answer =
        host.run("curl", "-sS", "-d", "{\"action\":\"list-nodes\"}", "127.0.0.1:8080")
            .orFail()
            .output();
    return new JsonObject(answer).getJsonArray("nodes").size();
  }
}
