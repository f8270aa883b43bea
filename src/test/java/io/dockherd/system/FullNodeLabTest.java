package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** More is reserved than one node has: the next one takes it, and when all are full nobody does. */
@OnLab
class FullNodeLabTest {
  @Test
  void aFullNodeIsNeverOverbookedAndTheNextTakesIt(LabHerd herd) {
    long total = memory(herd);
    // Two fit on a node, a third does not.
    JsonObject large = new JsonObject().put("MemoryReservation", total * 2 / 5);
    try (DockerCaller caller = new DockerCaller(herd)) {
      List<HttpResponse<String>> answers =
          DockerCaller.atOnce(12, i -> caller.run(1 + i % 3, "", DockerCaller.sleeper(large)));
      for (int host = 1; host <= 3; host++) {
        assertEquals(2, herd.containersOn(host).size(), "on host " + host);
      }
      assertEquals(6, answers.stream().filter(answer -> answer.statusCode() == 201).count());
      answers.stream()
          .filter(answer -> answer.statusCode() != 201)
          .forEach(
              answer -> {
                assertEquals(500, answer.statusCode());
                assertTrue(
                    DockerCaller.message(answer).contains("MiB of memory reserved"), answer.body());
              });
    }
  }

  private static long memory(LabHerd herd) {
    return Long.parseLong(Ask.docker(herd.host(1), "info", "--format", "{{.MemTotal}}").strip());
  }
}
