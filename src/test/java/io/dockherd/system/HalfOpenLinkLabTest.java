package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Packets from one host to another are lost, those the other way arrive. */
@OnLab
class HalfOpenLinkLabTest {
  @Test
  void theHerdPartsAndServesAndIsWholeAgainAfterwards(LabHerd herd) {
    // The oldest node decides who is a member. Were it host 2, which hears both, it would take
    // the word of the other two that both are alive, and the herd would not part.
    for (int host = 2; host <= 3; host++) {
      herd.host(host).stopNode();
      herd.host(host).startNode();
    }
    herd.awaitMembers(3);
    herd.awaitEngines();
    Ask ask = new Ask(herd);
    ask.create(1, 3);
    herd.lab().cutOneWay(3, 1);
    Await.until(
        "somebody has noticed",
        Duration.ofSeconds(30),
        () -> herd.nodesSeenBy(1).size() < 3 || herd.nodesSeenBy(3).size() < 3);
    assertEquals(2, ask.create(2, 2).size(), "whoever is in the middle still creates");
    herd.lab().healAll();
    herd.awaitMembers(3, Duration.ofSeconds(60));
    for (int host = 1; host <= 3; host++) {
      assertEquals(List.of("host-1", "host-2", "host-3"), herd.nodesSeenBy(host));
      int asked = host;
      Await.until(
          "host " + host + " lists all",
          Duration.ofSeconds(10),
          () -> ask.listed(asked).equals(ask.onEngines(1, 2, 3)));
    }
  }
}
