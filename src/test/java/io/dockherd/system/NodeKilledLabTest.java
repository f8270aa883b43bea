package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.dockherd.lab.Slack;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A node's process dies: everybody knows within a second, and its engine's containers are back with
 * it.
 */
@OnLab
class NodeKilledLabTest {
  private static final Duration NOTICED = Slack.on(Duration.ofSeconds(1));

  @Test
  void theOthersNoticeWithinASecond(LabHerd herd) {
    herd.host(3).killNode();
    herd.awaitMembers(2, NOTICED);
    assertEquals(List.of("host-1", "host-2"), herd.nodesSeenBy(1));
    assertEquals(List.of("host-1", "host-2"), herd.nodesSeenBy(2));
  }

  @Test
  void itsContainersAreThereAgainOnceItIsBack(LabHerd herd) {
    Ask ask = new Ask(herd);
    var created = ask.create(1, 6);
    herd.host(3).killNode();
    herd.awaitMembers(2, NOTICED);
    assertEquals(ask.onEngines(1, 2), ask.listed(1));
    herd.host(3).startNodeAgain();
    herd.awaitMembers(3);
    assertEquals(6, created.size());
    for (int host = 1; host <= 3; host++) {
      int asked = host;
      io.dockherd.Await.until(
          "host " + host + " lists all again",
          Duration.ofSeconds(5),
          () -> ask.listed(asked).equals(ask.onEngines(1, 2, 3)));
    }
    assertTrue(ask.listed(2).contains(Ask.id(created.getFirst())));
  }
}
