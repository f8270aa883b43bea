package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.herd.keys.ClientCertificate;
import io.dockherd.herd.keys.HerdKey;
import io.dockherd.herd.keys.KeyFile;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.OnLab;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the docker command sends into a container and gets out of it is exact, asked through a node
 * that has not got the container.
 */
@OnLab
class DockerStreamsLabTest {
  private static final String ON_2 = "--env=constraint:node==host-2";
  private static final int TLS_PORT = 2376;

  @Test
  void twentyMegabytesComeBackExactOverClearTcpTlsAndAUnixSocket(LabHerd herd, @TempDir Path temp) {
    Path socket = temp.resolve("door.sock");
    LabHost host = herd.host(1);
    host.stopNode();
    host.startNode(
        "--docker-listen=tcp://%s:%d,tcp://0.0.0.0:%d,unix://%s"
            .formatted(host.address(), LabHost.DOCKER_PORT, TLS_PORT, socket));
    try {
      host.awaitNode(Duration.ofSeconds(30));
      herd.awaitMembers(3);
      HerdKey key = KeyFile.read(herd.lab().keyFile());
      Path certificates = temp.resolve("certificates");
      ClientCertificate.issue(
              key, ClientCertificate.Signer.TODAY, "somebody", Instant.now(), Duration.ofDays(1))
          .write(certificates, false);
      for (DockerCli docker :
          List.of(
              DockerCli.at(host),
              DockerCli.secured(host.address() + ":" + TLS_PORT, certificates),
              DockerCli.at(socket))) {
        twentyMegabytesComeBackExact(docker);
      }
    } finally {
      host.stopNode();
      host.startNode();
    }
  }

  private static void twentyMegabytesComeBackExact(DockerCli docker) {
    byte[] sent = new byte[20 << 20];
    new Random(5).nextBytes(sent);
    DockerCli.Result run = docker.run(sent, "run", "--rm", "-i", ON_2, "busybox", "cat");
    assertEquals(0, run.exitCode(), run::errors);
    assertArrayEquals(sent, run.output());
    String id = docker.succeed("run", "-d", ON_2, "busybox", "sleep", "1000");
    DockerCli.Result exec = docker.run(sent, "exec", "-i", id, "cat");
    assertEquals(0, exec.exitCode(), exec::errors);
    assertArrayEquals(sent, exec.output());
  }

  @Test
  void whatIsReadOnlyAfterTheInputsEndArrives(LabHerd herd) {
    DockerCli docker = DockerCli.at(herd.host(1));
    byte[] lines = "b\na\nc\n".getBytes(StandardCharsets.UTF_8);
    assertEquals(
        "a\nb\nc\n", docker.run(lines, "run", "--rm", "-i", ON_2, "busybox", "sort").text());
  }

  @Test
  void outputErrorsAndExitCodesStayApart(LabHerd herd) {
    DockerCli docker = DockerCli.at(herd.host(1));
    String script = "echo out; echo err >&2; exit 7";
    DockerCli.Result run = docker.run("run", "--rm", ON_2, "busybox", "sh", "-c", script);
    assertEquals("out\n", run.text());
    assertEquals("err\n", run.errors());
    assertEquals(7, run.exitCode());
    String id = docker.succeed("run", "-d", ON_2, "busybox", "sleep", "1000");
    DockerCli.Result exec = docker.run("exec", id, "sh", "-c", script);
    assertEquals("out\n", exec.text());
    assertEquals("err\n", exec.errors());
    assertEquals(7, exec.exitCode());
  }

  @Test
  void aDetachedExecRunsOnce(LabHerd herd) {
    DockerCli docker = DockerCli.at(herd.host(1));
    String id = docker.succeed("run", "-d", ON_2, "busybox", "sleep", "1000");
    docker.succeed("exec", "-d", id, "sh", "-c", "echo once >> /times");
    docker.succeed("exec", id, "sh", "-c", "echo again >> /times");
    Await.until(
        "both have run",
        DockerCli.LIMIT,
        () -> docker.succeed("exec", id, "sh", "-c", "sort /times").equals("again\nonce"));
  }

  @Test
  void anExecThatIsNotThereIsSaidOnce(LabHerd herd) throws Exception {
    try (Socket socket = dial(herd)) {
      String body = "{\"Detach\":false,\"Tty\":false}";
      socket
          .getOutputStream()
          .write(
              ("POST /v1.41/exec/0123456789ab/start HTTP/1.1\r\nHost: a\r\n"
                      + "Content-Type: application/json\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(answer.startsWith("HTTP/1.1 404 "), answer);
      assertEquals(1, answer.split("No such exec", -1).length - 1, answer);
    }
  }

  @Test
  void anOldClientThatAsksForNoUpgradeGetsTheBareStream(LabHerd herd) throws Exception {
    DockerCli docker = DockerCli.at(herd.host(1));
    String id = docker.succeed("create", "-i", ON_2, "busybox", "cat");
    try (Socket socket = dial(herd)) {
      String target = "/containers/" + id + "/attach?stream=1&stdin=1&stdout=1";
      socket
          .getOutputStream()
          .write(
              ("POST " + target + " HTTP/1.1\r\nHost: a\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      String head = head(in);
      assertTrue(head.startsWith("HTTP/1.1 200 OK\r\n"), head);
      docker.succeed("start", id);
      socket.getOutputStream().write("old\n".getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      byte[] frame = in.readAllBytes();
      assertEquals("old\n", new String(frame, 8, frame.length - 8, StandardCharsets.US_ASCII));
    }
  }

  @Test
  void aWebSocketIsAttachedToo(LabHerd herd) throws Exception {
    DockerCli docker = DockerCli.at(herd.host(1));
    String id = docker.succeed("run", "-d", "-i", ON_2, "busybox", "cat");
    try (Socket socket = dial(herd)) {
      String target = "/v1.41/containers/" + id + "/attach/ws?stream=1&stdin=1&stdout=1";
      socket
          .getOutputStream()
          .write(
              ("GET "
                      + target
                      + " HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                      + "Sec-WebSocket-Version: 13\r\n"
                      + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      String head = head(in);
      assertTrue(head.startsWith("HTTP/1.1 101 "), head);
      // RFC 6455 §1.3: the answer to that key.
      assertTrue(head.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), head);
      // A text frame of four bytes, masked with zeros.
      socket
          .getOutputStream()
          .write(new byte[] {(byte) 0x81, (byte) 0x84, 0, 0, 0, 0, 'e', 'c', 'h', '\n'});
      byte[] frame = in.readNBytes(6);
      assertEquals("ech\n", new String(frame, 2, 4, StandardCharsets.US_ASCII));
    }
  }

  @Test
  void aTerminalIsOneAndEndsWithItsCode(LabHerd herd) {
    DockerCli docker = DockerCli.at(herd.host(1));
    try (DockerCli.Running shell =
        docker.startOnTerminal("run", "-it", "--rm", ON_2, "busybox", "sh")) {
      shell.awaitText("/ #");
      shell.type("tty; exit 4\r");
      shell.awaitText("/dev/pts/0");
      assertEquals(4, shell.await().exitCode(), shell::text);
    }
  }

  @Test
  void anExecHasATerminalToo(LabHerd herd) {
    DockerCli docker = DockerCli.at(herd.host(1));
    String id = docker.succeed("run", "-d", ON_2, "busybox", "sleep", "1000");
    try (DockerCli.Running shell = docker.startOnTerminal("exec", "-it", id, "sh")) {
      shell.awaitText("/ #");
      shell.type("tty; exit 3\r");
      shell.awaitText("/dev/pts/0");
      assertEquals(3, shell.await().exitCode(), shell::text);
    }
  }

  @Test
  void aBuildersWaysInReachTheEngine(LabHerd herd) throws Exception {
    // HTTP/2's preface and empty settings, which the engine's builder answers with its own.
    byte[] preface =
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0"
            .getBytes(StandardCharsets.ISO_8859_1);
    try (Socket socket = dial(herd)) {
      socket
          .getOutputStream()
          .write(
              ("POST /v1.41/grpc HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n"
                      + "Upgrade: h2c\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String head = head(socket.getInputStream());
      assertTrue(head.startsWith("HTTP/1.1 101 "), head);
      assertTrue(head.contains("Upgrade: h2c\r\n"), head);
      socket.getOutputStream().write(preface);
      byte[] frame = socket.getInputStream().readNBytes(9);
      assertEquals(4, frame[3], "a SETTINGS frame");
    }
    try (Socket socket = dial(herd)) {
      socket
          .getOutputStream()
          .write(
              ("POST /v1.41/session HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n"
                      + "Upgrade: h2c\r\nX-Docker-Expose-Session-Uuid: some-session\r\n"
                      + "X-Docker-Expose-Session-Name: n\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String head = head(socket.getInputStream());
      assertTrue(head.startsWith("HTTP/1.1 101 "), head);
      // Here the engine is the one who asks.
      byte[] asked = socket.getInputStream().readNBytes(24);
      assertEquals(
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", new String(asked, StandardCharsets.US_ASCII));
    }
  }

  private static Socket dial(LabHerd herd) throws IOException {
    Socket socket = new Socket(herd.host(1).address(), LabHost.DOCKER_PORT);
    socket.setSoTimeout(Math.toIntExact(DockerCli.LIMIT.toMillis()));
    return socket;
  }

  private static String head(InputStream in) throws IOException {
    return readTo(in, "\r\n\r\n");
  }

  private static String readTo(InputStream in, String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      int read = in.read();
      if (read < 0) {
        throw new AssertionError("closed after '" + text + "'");
      }
      text.append((char) read);
    }
    return text.toString();
  }
}
