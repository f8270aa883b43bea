package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Somebody uses the docker command on one host, past every node. */
@OnLab
class ContainerDeletedBehindOurBackLabTest {
  private static final Duration SOON = Duration.ofSeconds(2);

  @Test
  void aDeletedOneIsGoneEverywhereAndSaidToBeGone(LabHerd herd) {
    Ask ask = new Ask(herd);
    JsonObject created = ask.create(1, 1).getFirst();
    String id = Ask.id(created);
    int owner = Integer.parseInt(created.getString("dockerInstance").substring("host-".length()));
    Ask.docker(herd.host(owner), "rm", "--force", id);
    for (int host = 1; host <= 3; host++) {
      int asked = host;
      Await.until(
          "host " + host + " lists it no more", SOON, () -> !ask.listed(asked).contains(id));
      String question = new JsonObject().put("action", "stop-container").put("id", id).encode();
      assertEquals(404, herd.exchange(host, question).statusCode());
    }
  }

  @Test
  void aNewOneIsListedFoundByNameAndRenamedEverywhere(LabHerd herd) {
    Ask ask = new Ask(herd);
    Ask.docker(herd.host(2), "create", "--name", "outside", "busybox", "sleep", "1000");
    Await.until("host 3 lists it", SOON, () -> ask.listed(3).equals(ask.onEngines(2)));
    assertEquals(200, ask.act(1, "inspect-container", "outside").getInteger("statusCode"));
    Ask.docker(herd.host(2), "rename", "outside", "renamed");
    Await.until(
        "the new name is known",
        SOON,
        () -> ask.act(1, "inspect-container", "renamed").getInteger("statusCode", 0) == 200);
  }
}
