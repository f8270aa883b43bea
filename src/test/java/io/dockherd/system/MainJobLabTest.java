package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.lab.Invocation;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the actions door is there for: containers on three hosts, through any of the nodes. */
@OnLab
class MainJobLabTest {
  @Test
  void containersAreSpreadEvenlyAndListedAlikeByEveryNode(LabHerd herd) {
    Ask ask = new Ask(herd);
    List<JsonObject> created = ask.create(1, 9);
    Map<String, Long> perNode =
        created.stream()
            .collect(
                Collectors.groupingBy(
                    one -> one.getString("dockerInstance"), Collectors.counting()));
    assertEquals(Map.of("host-1", 3L, "host-2", 3L, "host-3", 3L), perNode);
    TreeSet<String> ids =
        created.stream().map(Ask::id).collect(Collectors.toCollection(TreeSet::new));
    for (int host = 1; host <= 3; host++) {
      assertEquals(ids, ask.listed(host), "as host " + host + " lists them");
    }
    assertEquals(ids, ask.onEngines(1, 2, 3));
  }

  @Test
  void aContainerLivesItsWholeLifeThroughANodeThatDoesNotOwnIt(LabHerd herd) {
    Ask ask = new Ask(herd);
    JsonObject created =
        ask.create(1, 3).stream()
            .filter(one -> one.getString("dockerInstance").equals("host-3"))
            .findFirst()
            .orElseThrow();
    String id = Ask.id(created);
    assertEquals(204, ask.act(2, "start-container", id.substring(0, 12)).getInteger("statusCode"));
    assertTrue(isRunning(ask.act(1, "inspect-container", id)));
    assertEquals(204, ask.act(1, "restart-container", id).getInteger("statusCode"));
    assertTrue(isRunning(ask.act(2, "inspect-container", id)));
    assertEquals(204, ask.act(2, "stop-container", id).getInteger("statusCode"));
    JsonObject inspected = ask.act(1, "inspect-container", id);
    assertEquals(false, isRunning(inspected));
    assertEquals("host-3", inspected.getString("dockerInstance"));
    assertEquals(204, ask.act(1, "delete-container", id).getInteger("statusCode"));
    assertEquals(
        404,
        herd.exchange(2, "{\"action\":\"inspect-container\",\"id\":\"" + id + "\"}").statusCode());
    assertEquals(2, ask.listed(3).size());
  }

  @Test
  void aCreateThroughOneNodeIsSeenOnEveryOtherAtOnce(LabHerd herd) {
    Ask ask = new Ask(herd);
    for (int round = 0; round < 10; round++) {
      String id = Ask.id(ask.create(1 + round % 3, 1).getFirst());
      for (int host = 1; host <= 3; host++) {
        assertTrue(ask.listed(host).contains(id), "round " + round + ", host " + host);
      }
      ask.act(1 + (round + 1) % 3, "delete-container", id);
      for (int host = 1; host <= 3; host++) {
        assertTrue(!ask.listed(host).contains(id), "round " + round + ", host " + host);
      }
    }
  }

  @Test
  void curlOnTheNodesOwnMachineNeedsNoMoreThanTheDoor(LabHerd herd) {
    Invocation asked =
        herd.host(2)
            .run(
                "curl",
                "-sS",
                "-X",
                "POST",
                "--data",
                "{\"action\": \"create-container\", \"image\": \"busybox\", \"instances\": 2}",
                "127.0.0.1:8080");
    JsonObject answer = new JsonObject(asked.orFail().output());
    assertEquals(2, answer.getJsonArray("containers").size());
    assertEquals(2, answer.getInteger("created"));
  }

  private static boolean isRunning(JsonObject inspected) {
    return inspected
        .getJsonObject("Response")
        .getJsonObject("Body")
        .getJsonObject("State")
        .getBoolean("Running");
  }
}
