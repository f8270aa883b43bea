package io.dockherd.system;

import static io.dockherd.system.FollowedEvents.happened;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Somebody asks for events and does not read them. */
@OnLab
class SlowReaderOfEventsLabTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Each event of a container carries its labels: so few make much. */
  private static final int AT_FIRST = 300;

  private static final int LABEL_BYTES = 20_000;

  @Test
  void othersDoNotNoticeAndHeIsCutOff(LabHerd herd) throws IOException {
    try (DockerCaller caller = new DockerCaller(herd);
        FollowedEvents others = FollowedEvents.at(herd, 1, "--filter", "type=volume");
        Socket slow = new Socket()) {
      slow.setReceiveBufferSize(4096);
      slow.setSoTimeout(Math.toIntExact(LIMIT.toMillis()));
      slow.connect(new InetSocketAddress(herd.host(1).address(), LabHost.DOCKER_PORT));
      slow.getOutputStream()
          .write("GET /events HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Await.until("both follow", LIMIT, () -> readers(herd) == 2);

      JsonObject wordy =
          DockerCaller.sleeper(new JsonObject())
              .put("Labels", new JsonObject().put("words", "x".repeat(LABEL_BYTES)))
              .put("Env", new JsonArray().add("constraint:node==host-2"));
      String id = DockerCaller.id(caller.run(1, "", wordy));
      JsonObject command = new JsonObject().put("Cmd", new JsonArray().add("true"));
      for (int i = 0; i < AT_FIRST; i++) {
        assertEquals(201, caller.post(2, "/containers/" + id + "/exec", command).statusCode());
      }
      Ask.docker(herd.host(3), "volume", "create", "meanwhile");
      others.await("what happened meanwhile", happened("create", "meanwhile"));
      // Looked at with each event: by the bytes that wait, or by the time he has taken none.
      Await.until(
          "he is cut off",
          LIMIT,
          () -> {
            caller.post(2, "/containers/" + id + "/exec", command);
            return herd.host(1).nodeLog().contains("reader of events cut off");
          });
      Await.until("one follows", LIMIT, () -> readers(herd) == 1);
      assertTrue(whatWasUnderWay(slow) < AT_FIRST * LABEL_BYTES, "what waited is dropped");
      Ask.docker(herd.host(3), "volume", "create", "later");
      others.await("what happens later", happened("create", "later"));
    }
  }

  private static int readers(LabHerd herd) {
    return Integer.parseInt(
        herd.docker(1, "info", "--format", "{{.NEventsListener}}").orFail().output().strip());
  }

  /** What still comes until the end, in bytes. */
  private static long whatWasUnderWay(Socket slow) throws IOException {
    long all = 0;
    byte[] piece = new byte[64 << 10];
    try {
      for (int read = slow.getInputStream().read(piece);
          read >= 0;
          read = slow.getInputStream().read(piece)) {
        all += read;
      }
    } catch (SocketException reset) {
      // An end too.
      return all;
    }
    return all;
  }
}
