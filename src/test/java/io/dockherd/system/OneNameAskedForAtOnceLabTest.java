package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.lab.Invocation;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many callers want a container of one name at the same moment, on all nodes. */
@OnLab
class OneNameAskedForAtOnceLabTest {
  @Test
  void aHundredGiveExactlyOne(LabHerd herd) {
    try (DockerCaller caller = new DockerCaller(herd)) {
      List<HttpResponse<String>> answers =
          DockerCaller.atOnce(
              100, i -> caller.run(1 + i % 3, "?name=web", DockerCaller.sleeper(new JsonObject())));
      long made = answers.stream().filter(answer -> answer.statusCode() == 201).count();
      List<HttpResponse<String>> others =
          answers.stream().filter(answer -> answer.statusCode() != 201).toList();
      assertEquals(1, made, () -> others.getFirst().body());
      others.forEach(
          answer -> {
            assertEquals(409, answer.statusCode(), answer.body());
            assertTrue(
                DockerCaller.message(answer).startsWith("Conflict. The container name \"/web\""),
                answer.body());
          });
      assertEquals(1, onEngines(herd));
    }
  }

  @Test
  void soItIsWithTheDockerCommand(LabHerd herd) {
    List<Invocation> runs =
        DockerCaller.atOnce(
            9,
            i -> herd.docker(1 + i % 3, "run", "-d", "--name", "db", "busybox", "sleep", "1000"));
    List<Invocation> made = runs.stream().filter(Invocation::succeeded).toList();
    assertEquals(1, made.size(), runs.toString());
    assertEquals(1, onEngines(herd));
    assertTrue(herd.docker(2, "rm", "-f", "db").succeeded());
    herd.docker(3, "run", "-d", "--name", "db", "busybox", "true").orFail();
  }

  private static int onEngines(LabHerd herd) {
    return herd.containersOn(1).size() + herd.containersOn(2).size() + herd.containersOn(3).size();
  }
}
