package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.OnLab;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A daemon dies and is started again: the event stream breaks, and what happened meanwhile is
 * known.
 */
@OnLab
class EventStreamBrokenLabTest {
  @Test
  void whatHappenedBeforeTheStreamStoodAgainIsKnownEverywhere(LabHerd herd) {
    Ask ask = new Ask(herd);
    LabHost host = herd.host(3);
    Ask.docker(host, "run", "--detach", "--name", "before", "busybox", "sleep", "1000");
    Await.until("it is known", Duration.ofSeconds(2), () -> ask.listed(1).size() == 1);
    host.killEngine();
    host.startEngine();
    Ask.docker(host, "create", "--name", "after", "busybox", "sleep", "1000");
    Ask.docker(host, "rm", "--force", "before");
    Set<String> now = ask.onEngines(3);
    assertTrue(now.size() == 1);
    for (int seer = 1; seer <= 3; seer++) {
      int asked = seer;
      Await.until(
          "host " + seer + " knows", Duration.ofSeconds(10), () -> ask.listed(asked).equals(now));
    }
    Ask.docker(host, "create", "--name", "later", "busybox", "sleep", "1000");
    Await.until("the stream stands again", Duration.ofSeconds(2), () -> ask.listed(2).size() == 2);
  }
}
