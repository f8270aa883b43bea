package io.dockherd.doors.docker;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Requests to the Docker API that are right, nearly right, or nothing of the kind. */
final class DockerRubbish {
  private static final List<String> METHODS =
      List.of("GET", "GET", "POST", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "get");
  private static final List<String> PATHS =
      List.of(
          "/_ping",
          "/version",
          "/system/df",
          "/containers/json",
          "/containers/create",
          "/containers/prune",
          "/containers/{}/json",
          "/containers/{}/start",
          "/containers/{}/logs",
          "/containers/{}/archive",
          "/containers/{}/attach",
          "/containers/{}/attach/ws",
          "/containers/{}/exec",
          "/containers/{}/rename",
          "/containers/{}/checkpoints/{}",
          "/containers/{}",
          "/exec/{}/start",
          "/exec/{}/json",
          "/commit",
          "/session",
          "/grpc",
          "/images/json",
          "/images/create",
          "/images/load",
          "/images/get",
          "/images/{}/json",
          "/images/{}/tag",
          "/images/{}",
          "/build",
          "/nodes",
          "/{}",
          "//{}//",
          "");
  private static final List<String> NAMES =
      List.of(
          "web",
          "db",
          "host-1/web",
          "host-9/web",
          "nobody",
          "a",
          "..",
          "%2e%2e",
          "%00",
          "%",
          "%zz",
          "ü",
          "a%2Fb",
          "x".repeat(3000),
          "web?",
          "");
  private static final List<String> VERSIONS =
      List.of(
          "",
          "",
          "/v1.24",
          "/v1.41",
          "/v1.51",
          "/v1.23",
          "/v9.9",
          "/v",
          "/v1.x",
          "/v1.999999999999");
  private static final List<String> QUERIES =
      List.of(
          "",
          "",
          "?all=1",
          "?all=perhaps",
          "?filters={}",
          "?filters=%7B%22name%22%3A%5B%22web%22%5D%7D",
          "?filters=%7B%22nonsense%22%3A%5B%22web%22%5D%7D",
          "?filters=[",
          "?filters=" + "%5B".repeat(900),
          "?limit=-1",
          "?limit=99999999999999999999",
          "?name=new",
          "?name=" + "n".repeat(500),
          "?path=/tmp&x",
          "?fromImage=busybox&tag=latest",
          "?repo=r&tag=%00",
          "?&&==&%",
          "?constraint=zone");
  private static final List<String> BODIES =
      List.of(
          "",
          "{}",
          "[]",
          "null",
          "{\"Image\":\"busybox\"}",
          "{\"Image\":7}",
          "{\"Image\":\"busybox\",\"HostConfig\":[]}",
          "{\"Image\":\"busybox\",\"Env\":[\"constraint:a==/(/\"]}",
          "{\"Image\":\"busybox\",\"Env\":[null,1,{}],\"Labels\":7}",
          "{\"Image\":\"busybox\",\"HostConfig\":{\"PortBindings\":{\"x/y\":[{\"HostPort\":\"-1\"}]}}}",
          "{\"Image\":\"busybox\",\"HostConfig\":{\"Memory\":\"much\",\"NanoCpus\":1e300}}",
          "{\"Image\":\"busybox\",\"HostConfig\":{\"NetworkMode\":\"container:\",\"Binds\":[\":\"]}}",
          "{\"AttachStdin\":true,\"Cmd\":\"x\"}",
          "{\"Detach\":false,\"Tty\":false}",
          "{\"a\":".repeat(2000),
          "\u0000\u0001\u0002");
  private static final List<String> HEADERS =
      List.of(
          "Content-Type: application/json",
          "Content-Type: application/x-tar",
          "Content-Type: \u0000",
          "Upgrade: tcp\r\nConnection: Upgrade",
          "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x",
          "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
          "X-Registry-Auth: !!!",
          "X-Dockherd-Constraint: ;;==",
          "X-Request-Id: " + "i".repeat(500),
          "Expect: 100-continue",
          "Expect: the-worst",
          "Cookie: a=b",
          "Origin: http://evil.example",
          "Range: bytes=0-",
          " folded: yes",
          "no colon here",
          ": no name");

  private final Random random;

  /**
   * What to send.
   *
   * @param isWhole whether its sender waits for the end of the connection; else it goes at once
   */
  record Piece(byte[] bytes, boolean isWhole) {
    @Override
    public String toString() {
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      int length = text.length();
      return length < 800 ? text : text.substring(0, 400) + " … " + text.substring(length - 400);
    }
  }

  DockerRubbish(Random random) {
    this.random = random;
  }

  /** The next one. */
  Piece next() {
    return switch (random.nextInt(16)) {
      case 0 -> whole(noise() + "\r\n\r\n");
      case 1 -> whole(line() + "X-Long: " + "h".repeat(17_000 + random.nextInt(60_000)) + end(""));
      case 2 -> whole(line() + "X-Many: y\r\n".repeat(3_000) + end(""));
      case 3 ->
          whole("GET /" + "p".repeat(9_000 + random.nextInt(60_000)) + " HTTP/1.1\r\n" + end(""));
      case 4 -> whole(contradictory());
      case 5 -> new Piece(half(), false);
      case 6 -> new Piece(cutUpload(), false);
      case 7 -> new Piece(bytes(request()), false);
      case 8 -> whole(chunked());
      case 9 -> whole(mutate(request()));
      default -> whole(request());
    };
  }

  /** A request that breaks off somewhere before its end. */
  byte[] half() {
    byte[] request = bytes(request("{\"Image\":\"busybox\"}"));
    return Arrays.copyOf(request, 1 + random.nextInt(request.length - 1));
  }

  /** More is announced than comes. */
  private byte[] cutUpload() {
    String head =
        pick(
            List.of(
                "PUT /containers/web/archive?path=/",
                "PUT /v1.41/containers/db/archive?path=/",
                "POST /images/load",
                "POST /build",
                "POST /containers/create"));
    String length = random.nextBoolean() ? "Content-Length: 5000000" : "Transfer-Encoding: chunked";
    String body = random.nextBoolean() ? "" : "1000\r\n" + "u".repeat(random.nextInt(100_000));
    return bytes(head + " HTTP/1.1\r\nHost: x\r\n" + length + "\r\n\r\n" + body);
  }

  private String chunked() {
    String chunks =
        pick(
            List.of(
                "2\r\n{}\r\n0\r\n\r\n",
                "zz\r\n{}\r\n0\r\n\r\n",
                "-1\r\n\r\n",
                "FFFFFFFFFFFFFFFF\r\nx\r\n0\r\n\r\n",
                "2;" + "e".repeat(20_000) + "\r\n{}\r\n0\r\n\r\n",
                "0\r\nTrailer: x\r\n\r\n"));
    return line() + "Transfer-Encoding: chunked\r\n" + end(chunks);
  }

  private String contradictory() {
    return line()
        + pick(
            List.of(
                "Content-Length: 2\r\nContent-Length: 3\r\n",
                "Content-Length: -1\r\n",
                "Content-Length: two\r\n",
                "Content-Length: 99999999999999999999\r\n",
                "Content-Length: +2\r\n",
                "Content-Length:\r\n",
                "Transfer-Encoding: gzip\r\n",
                "Transfer-Encoding: chunked, chunked\r\nContent-Length: 5\r\n",
                "Host: y\r\n",
                "Connection: keep-alive, close\r\n"))
        + end("{}0\r\n\r\n");
  }

  private String request() {
    return request(pick(BODIES));
  }

  private String request(String body) {
    StringBuilder request = new StringBuilder(line());
    for (int extra = random.nextInt(3); extra > 0; extra--) {
      request.append(pick(HEADERS)).append("\r\n");
    }
    if (!body.isEmpty()) {
      request.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return request + end(body);
  }

  /** Request line and host. */
  private String line() {
    StringBuilder path = new StringBuilder(pick(VERSIONS));
    for (String part : pick(PATHS).split("(?<=\\{})|(?=\\{})")) {
      path.append(part.equals("{}") ? pick(NAMES) : part);
    }
    String protocol =
        random.nextInt(20) == 0 ? pick(List.of("HTTP/1.0", "HTTP/2.0", "X", "")) : "HTTP/1.1";
    return pick(METHODS) + " " + path + pick(QUERIES) + " " + protocol + "\r\nHost: localhost\r\n";
  }

  private static String end(String body) {
    return "Connection: close\r\n\r\n" + body;
  }

  private String noise() {
    byte[] noise = new byte[1 + random.nextInt(300)];
    random.nextBytes(noise);
    return new String(noise, StandardCharsets.ISO_8859_1);
  }

  /** Sound outside, one character of the head another. */
  private String mutate(String text) {
    int at = random.nextInt(Math.min(60, text.length()));
    return text.substring(0, at)
        + pick(List.of("\r", "\n", "\0", " ", "\t", "\u00ff", ":", "%"))
        + text.substring(at + 1);
  }

  private Piece whole(String text) {
    return new Piece(bytes(text), true);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
