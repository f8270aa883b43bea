package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.OnLab;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Somebody starts a second node under a name that is taken. */
@OnLab
class TwoNodesWithOneNameLabTest {
  @Test
  void theSecondIsRefusedWithThatWordAndTheFirstGoesOn(LabHerd herd) {
    LabHost second = herd.host(3);
    second.stopNode();
    herd.awaitMembers(2, Duration.ofSeconds(5));
    second.startNode("--name=host-1");
    Await.until("the second has given up", Duration.ofSeconds(25), () -> !second.runsNode());
    String log = second.nodeLog();
    assertTrue(log.contains("host-1") && log.contains(herd.host(1).address()), log);
    assertEquals(List.of("host-1", "host-2"), herd.nodesSeenBy(1));
    assertEquals(List.of("host-1", "host-2"), herd.nodesSeenBy(2));
    assertEquals(2, new Ask(herd).create(2, 2).size());
  }
}
