package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** After two hundred streams, ended in every way, no node holds a socket more than before. */
@OnLab
class ManyStreamsLabTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int AT_ONCE = 10;
  private static final int ROUNDS = 20;

  /** Connections kept for the next call: a pool's worth to the engine and to the other node. */
  private static final int KEPT_FOR_LATER = 2 * AT_ONCE;

  @Test
  void noSocketStaysBehind(LabHerd herd) {
    try (DockerCaller caller = new DockerCaller(herd)) {
      List<String> containers = List.of(echo(caller, "host-1"), echo(caller, "host-2"));
      round(herd, caller, containers);
      List<LabHost> nodes = List.of(herd.host(1), herd.host(2));
      List<Long> before = nodes.stream().map(ManyStreamsLabTest::sockets).toList();
      for (int round = 0; round < ROUNDS; round++) {
        round(herd, caller, containers);
      }
      for (int i = 0; i < nodes.size(); i++) {
        LabHost node = nodes.get(i);
        long most = before.get(i) + KEPT_FOR_LATER;
        Await.until(
            () -> node.name() + " has " + sockets(node) + " sockets, at most " + most,
            PATIENCE,
            () -> sockets(node) <= most);
      }
    }
  }

  /** A container that says what it hears; its id. */
  private static String echo(DockerCaller caller, String node) {
    JsonObject document =
        new JsonObject()
            .put("Image", "busybox")
            .put("Cmd", new JsonArray().add("sh").add("-c").add("echo up; exec cat"))
            .put("OpenStdin", true)
            .put("Env", new JsonArray().add("constraint:node==" + node));
    return DockerCaller.id(caller.run(1, "", document));
  }

  private static void round(LabHerd herd, DockerCaller caller, List<String> containers) {
    DockerCaller.atOnce(
        AT_ONCE,
        number -> {
          String container = containers.get(number % 2);
          switch (number % 5) {
            case 0 -> exec(herd, caller, container);
            case 1 -> attach(herd, container, true);
            case 2 -> attach(herd, container, false);
            default -> logs(herd, container);
          }
          return number;
        });
  }

  /** To its end. */
  private static void exec(LabHerd herd, DockerCaller caller, String container) {
    JsonObject command =
        new JsonObject().put("AttachStdout", true).put("Cmd", new JsonArray().add("hostname"));
    String id = DockerCaller.id(caller.post(1, "/containers/" + container + "/exec", command));
    String body = "{\"Detach\":false,\"Tty\":false}";
    try (Socket socket = upgraded(herd, "/exec/" + id + "/start", body)) {
      String said = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertTrue(said.contains(container.substring(0, 12)), said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Left in the middle: with the input's end said first, or as one who is cut off. */
  private static void attach(LabHerd herd, String container, boolean withFarewell) {
    String target = "/containers/" + container + "/attach?stream=1&stdin=1&stdout=1";
    try (Socket socket = upgraded(herd, target, "")) {
      if (withFarewell) {
        socket.shutdownOutput();
      } else {
        socket.setSoLinger(true, 0);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void logs(LabHerd herd, String container) {
    try (Socket socket = dial(herd)) {
      ask(
          socket,
          "GET /containers/%s/logs?follow=1&stdout=1 HTTP/1.1\r\nHost: a\r\n\r\n"
              .formatted(container));
      awaitText(socket.getInputStream(), "up\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Socket upgraded(LabHerd herd, String target, String body) throws IOException {
    Socket socket = dial(herd);
    ask(
        socket,
        """
        POST %s HTTP/1.1\r
        Host: a\r
        Connection: Upgrade\r
        Upgrade: tcp\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        %s"""
            .formatted(target, body.length(), body));
    String head = awaitText(socket.getInputStream(), "\r\n\r\n");
    assertEquals("HTTP/1.1 101 UPGRADED", head.lines().findFirst().orElse(""));
    return socket;
  }

  private static Socket dial(LabHerd herd) throws IOException {
    Socket socket = new Socket(herd.host(1).address(), LabHost.DOCKER_PORT);
    socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
    return socket;
  }

  private static void ask(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String awaitText(InputStream in, String end) throws IOException {
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

  /** How many sockets a host's node has open. */
  private static long sockets(LabHost host) {
    Path open = Path.of("/proc/" + host.nodePid().orElseThrow() + "/fd");
    try (Stream<Path> all = Files.list(open)) {
      return all.filter(ManyStreamsLabTest::isSocket).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException e) {
      // Closed while they were listed.
      return false;
    }
  }
}
