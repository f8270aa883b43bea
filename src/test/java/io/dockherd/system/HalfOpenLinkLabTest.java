package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.OnLab;
import io.dockherd.lab.Slack;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hosts 1 and 3 can't talk to each other, while host 2 hears both and both hear it. */
@OnLab
class HalfOpenLinkLabTest {
  private static final Duration NOTICED = Slack.on(Duration.ofSeconds(6));
  private static final Duration BACK = Slack.on(Duration.ofSeconds(5));

  /** Long enough for a herd that merges and parts over the link to have done so. */
  private static final Duration STEADY = Duration.ofSeconds(10);

  @Test
  void packetsAreLostOneWayBetweenTwoThatTheOldestHears(LabHerd herd) {
    comeAnew(herd, 1, 3);
    Ask ask = new Ask(herd);
    ask.create(1, 3);
    herd.lab().cutOneWay(3, 1);
    oneEndIsLeftOutAndAllServe(herd, ask);
    herd.lab().healAll();
    allIsWhole(herd, ask);
  }

  @Test
  void allPacketsAreLostBetweenTheOldestAndAnother(LabHerd herd) {
    comeAnew(herd, 2, 3);
    Ask ask = new Ask(herd);
    ask.create(1, 3);
    herd.lab().cut(1, 3);
    oneEndIsLeftOutAndAllServe(herd, ask);
    herd.lab().healAll();
    allIsWhole(herd, ask);
  }

  /** The third is the oldest from then on, unless one of these found the others too late. */
  private static void comeAnew(LabHerd herd, int... hosts) {
    for (int host : hosts) {
      herd.host(host).stopNode();
      herd.host(host).startNode();
      herd.awaitMembers(3);
    }
    herd.awaitEngines();
  }

  private static void oneEndIsLeftOutAndAllServe(LabHerd herd, Ask ask) {
    Await.until(
        () -> "one end alone: " + herd.nodesSeenBy(1) + herd.nodesSeenBy(3),
        NOTICED,
        () -> isLeftOut(herd, 1, 3) || isLeftOut(herd, 3, 1));
    long parted = System.nanoTime();
    List<Long> before = herd.lab().hosts().stream().map(HalfOpenLinkLabTest::departures).toList();
    assertEquals(2, ask.create(1, 2).size());
    assertEquals(2, ask.create(2, 2).size());
    assertEquals(1, ask.create(3, 1).size());
    Await.until(
        "some seconds have passed",
        STEADY.plusSeconds(5),
        () -> System.nanoTime() - parted > STEADY.toNanos());
    assertEquals(before, herd.lab().hosts().stream().map(HalfOpenLinkLabTest::departures).toList());
  }

  private static boolean isLeftOut(LabHerd herd, int out, int in) {
    List<String> others = List.of("host-" + Math.min(in, 2), "host-" + Math.max(in, 2));
    return herd.nodesSeenBy(out).equals(List.of("host-" + out))
        && herd.nodesSeenBy(in).equals(others)
        && herd.nodesSeenBy(2).equals(others);
  }

  private static void allIsWhole(LabHerd herd, Ask ask) {
    herd.awaitMembers(3, BACK);
    for (int host = 1; host <= 3; host++) {
      assertEquals(List.of("host-1", "host-2", "host-3"), herd.nodesSeenBy(host));
      int asked = host;
      Await.until(
          "host " + host + " lists all",
          Duration.ofSeconds(10),
          () -> ask.listed(asked).equals(ask.onEngines(1, 2, 3)));
    }
  }

  private static long departures(LabHost host) {
    return host.nodeLog().lines().filter(line -> line.contains(" member left ")).count();
  }
}
