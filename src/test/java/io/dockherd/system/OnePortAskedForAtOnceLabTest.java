package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many callers publish one port at the same moment, on all nodes: each host has it once. */
@OnLab
class OnePortAskedForAtOnceLabTest {
  @Test
  void fiftyOverThreeHostsGiveExactlyThree(LabHerd herd) {
    JsonObject publishing =
        new JsonObject()
            .put(
                "PortBindings",
                new JsonObject()
                    .put("80/tcp", new JsonArray().add(new JsonObject().put("HostPort", "8123"))));
    try (DockerCaller caller = new DockerCaller(herd)) {
      List<HttpResponse<String>> answers =
          DockerCaller.atOnce(50, i -> caller.run(1 + i % 3, "", DockerCaller.sleeper(publishing)));
      List<HttpResponse<String>> refused =
          answers.stream().filter(answer -> answer.statusCode() != 201).toList();
      assertEquals(47, refused.size(), () -> refused.toString());
      for (int host = 1; host <= 3; host++) {
        assertEquals(1, herd.containersOn(host).size(), "on host " + host);
        assertEquals("running", herd.containersOn(host).getFirst().getString("State"));
      }
      HttpResponse<String> last = caller.run(2, "", DockerCaller.sleeper(publishing));
      assertEquals(500, last.statusCode());
      String message = DockerCaller.message(last);
      assertTrue(
          message.startsWith(
              "Unable to find a node that satisfies the following conditions \n"
                  + "[port 8123 (Bridge mode)]"),
          message);
      for (int host = 1; host <= 3; host++) {
        assertTrue(message.contains("\nhost-" + host + ": port 8123/tcp is held by "), message);
      }
    }
  }
}
