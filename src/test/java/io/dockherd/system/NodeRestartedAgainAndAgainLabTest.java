package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.Thorough;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.OnLab;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A node that is killed and started again and again: each time it is let in, and no former life
 * stays.
 */
@OnLab
class NodeRestartedAgainAndAgainLabTest {
  private static final int ROUNDS = Thorough.or(6, 20);

  @Test
  void noGhostIsLeft(LabHerd herd) {
    Ask ask = new Ask(herd);
    ask.create(1, 3);
    LabHost host = herd.host(2);
    for (int round = 0; round < ROUNDS; round++) {
      if (round % 2 == 0) {
        host.killNode();
      } else {
        host.stopNode();
      }
      host.startNodeAgain();
      host.awaitNode(Duration.ofSeconds(60));
    }
    herd.awaitMembers(3, Duration.ofSeconds(10));
    herd.awaitEngines();
    for (int seer : List.of(1, 2, 3)) {
      assertEquals(List.of("host-1", "host-2", "host-3"), herd.nodesSeenBy(seer));
      Await.until(
          "host " + seer + " lists what there is, the last life's containers too",
          Duration.ofSeconds(10),
          () -> ask.onEngines(1, 2, 3).equals(ask.listed(seer)));
    }
    // Every node still takes its share: nothing is reserved for a life that is gone.
    assertTrue(
        ask.create(3, 3).stream()
            .anyMatch(one -> one.getString("dockerInstance").equals("host-2")));
  }
}
