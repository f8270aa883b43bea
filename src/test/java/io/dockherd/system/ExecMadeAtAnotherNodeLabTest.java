package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** An exec made through one node is known to all, though only its engine keeps it. */
@OnLab
class ExecMadeAtAnotherNodeLabTest {
  @Test
  void everyNodeFindsIt(LabHerd herd) {
    herd.docker(
            1,
            "run",
            "-d",
            "--name",
            "web",
            "-e",
            "constraint:node==host-3",
            "busybox",
            "sleep",
            "1000")
        .orFail();
    try (DockerCaller caller = new DockerCaller(herd)) {
      JsonObject wanted = new JsonObject().put("Cmd", new JsonArray().add("true"));
      String id =
          new JsonObject(caller.post(1, "/containers/web/exec", wanted).body()).getString("Id");
      for (int host = 2; host <= 3; host++) {
        JsonObject detached = new JsonObject().put("Detach", true);
        HttpResponse<String> started = caller.post(host, "/exec/" + id + "/start", detached);
        // It is started by the first; the second is told that it was.
        assertEquals(host == 2 ? 200 : 409, started.statusCode(), started.body());
      }
      HttpResponse<String> missing =
          caller.post(2, "/exec/" + "0".repeat(64) + "/resize?h=1&w=1", new JsonObject());
      assertEquals(404, missing.statusCode());
      assertTrue(missing.body().contains("No such exec instance"), missing.body());
    }
  }
}
