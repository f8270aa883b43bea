package io.dockherd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.doors.Answer;
import io.dockherd.doors.Call;
import io.dockherd.doors.DoorLimits;
import io.dockherd.doors.FrontDoor;
import io.dockherd.doors.Listener;
import io.dockherd.doors.RequestIds;
import io.dockherd.doors.WholeDialect;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.dockherd.herd.keys.ClientCertificate;
import io.dockherd.herd.keys.ClientCertificate.Signer;
import io.dockherd.herd.keys.Generation;
import io.dockherd.herd.keys.HerdKey;
import io.dockherd.herd.links.DoorTls;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.SequenceInputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the commands speak with doors: through TLS, and with an end to all waiting. */
class DoorHttpTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Instant NOW = Instant.now();

  @TempDir private Path folder;

  /** Says who asked. */
  private static final class Who implements WholeDialect {
    @Override
    public String name() {
      return "who";
    }

    @Override
    public boolean owns(String method, String path) {
      return true;
    }

    @Override
    public Answer answer(Call call) {
      return Answer.json(200, new JsonObject().put("who", call.who().name()).toBuffer());
    }

    @Override
    public Answer failed(String requestId, Throwable cause) {
      return Answer.json(500, Buffer.buffer("{}"));
    }
  }

  private static String ask(URI door, Map<String, String> environment) {
    try (DoorHttp http = new DoorHttp(door, "--door", environment)) {
      return http.send(http.request("/v1/apps").GET(), LONG).body();
    }
  }

  @Test
  void aDoorWithTlsIsOpenedByTheCertificateOfTheEnvironment() {
    HerdKey key = HerdKey.create(NOW, Generation.VALIDITY);
    DoorTls tls = new DoorTls(key, "host-1", List.of("127.0.0.1"), Instant::now);
    Vertx vertx = Vertx.vertx();
    FrontDoor door =
        new FrontDoor(
            vertx,
            DoorLimits.DEFAULT,
            new RequestIds(new Random(1)),
            Set.of("host-1"),
            List.of(new Who()));
    try {
      int port =
          door.open(List.of(Listener.tls("127.0.0.1", 0, tls.secure(new HttpServerOptions()))))
              .getFirst();
      URI uri = URI.create("https://127.0.0.1:" + port + "/");
      ClientCertificate.issue(key, Signer.TODAY, "alice", NOW, Duration.ofDays(1))
          .write(folder, false);
      Map<String, String> environment = Map.of("DOCKER_CERT_PATH", folder.toString());
      assertEquals("{\"who\":\"alice\"}", ask(uri, environment));
      Unreachable closed = assertThrows(Unreachable.class, () -> ask(uri, Map.of()));
      assertTrue(closed.explanation().contains("DOCKER_CERT_PATH"), closed::explanation);
    } finally {
      door.close();
      vertx.close().await();
    }
  }

  @Test
  void aFolderWithoutCertificatesIsNamed() {
    Map<String, String> environment = Map.of("DOCKER_CERT_PATH", folder.toString());
    Invalid wrong =
        assertThrows(Invalid.class, () -> ask(URI.create("https://127.0.0.1:9/"), environment));
    assertTrue(wrong.explanation().contains(folder.toString()), wrong::explanation);
  }

  @Test
  void aDoorThatSaysNothingIsNotWaitedForForEver() throws IOException {
    try (ServerSocket silent = new ServerSocket(0);
        DoorHttp http =
            new DoorHttp(
                URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/"),
                "--door",
                Map.of())) {
      Duration soon = Duration.ofMillis(100);
      assertThrows(TimedOut.class, () -> http.send(http.request().GET(), soon));
      assertThrows(TimedOut.class, () -> http.stream(http.request().GET(), soon, LONG));
    }
  }

  @Test
  void aStreamThatFallsSilentIsBrokenOff() {
    CountDownLatch closed = new CountDownLatch(1);
    InputStream silent =
        new InputStream() {
          @Override
          public int read() throws IOException {
            try {
              closed.await();
              throw new IOException("closed");
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }

          @Override
          public void close() {
            closed.countDown();
          }
        };
    InputStream begun =
        new SequenceInputStream(
            new ByteArrayInputStream("{\"a\":1}\n\n".getBytes(StandardCharsets.UTF_8)), silent);
    StringWriter out = new StringWriter();
    Unreachable broken =
        assertThrows(
            Unreachable.class,
            () ->
                new JsonLines(new AliveStream(begun, Duration.ofMillis(200)))
                    .print(new PrintWriter(out), JsonObject::encode));
    assertTrue(broken.getMessage().contains("the node broke off: nothing came for"));
    assertEquals("{\"a\":1}\n", out.toString());
  }

  @Test
  void whoDoesNotReadMayTakeHisTime() throws IOException {
    try (PipedOutputStream out = new PipedOutputStream();
        AliveStream in = new AliveStream(new PipedInputStream(out), Duration.ofMillis(20))) {
      out.write(new byte[] {1, 2});
      assertEquals(1, in.read());
      long begun = System.nanoTime();
      Await.until("a while has passed", LONG, () -> System.nanoTime() - begun > 200_000_000);
      assertEquals(2, in.read());
    }
  }

  @Test
  void whenNobodyReadsWhatIsPrintedItEnds() {
    InputStream endless =
        new InputStream() {
          private int given;

          @Override
          public int read() {
            if (given > 10_000_000) {
              throw new AssertionError("it goes on and on");
            }
            return "{}\n".charAt(given++ % 3);
          }
        };
    Writer closedPipe =
        new Writer() {
          @Override
          public void write(char[] text, int offset, int length) throws IOException {
            throw new IOException("Broken pipe");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    new JsonLines(endless).print(new PrintWriter(closedPipe), JsonObject::encode);
  }
}
